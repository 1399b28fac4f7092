"""Disclosure control of two-way tables with totals, of which no edition publishes any that count people.

The network that decides what to hide is the one of `gevinst.method.disclosure`; a two-way table asks more of it than
the lists that editions do publish, which is why its tests are kept.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from gevinst.method.disclosure import _counts, _Network


def hidden_in_table(counts: ArrayLike, k: int) -> NDArray[np.bool_]:
    """Which cells of a two-way table with totals to hide: rows + 1 by columns + 1, totals last.

    Hidden are counts n with 0 < n < `k`, totals alike, and for each of them the others it takes (the fewest totals,
    then the fewest zeros, then the smallest counts) until no hidden number can be worked out from the shown ones.
    That is decided exactly: a hidden number is safe when another table of whole numbers, none below 0, has the same
    shown numbers.
    An attacker who knows more than the table (one of those counted, say) is not considered.
    Source: primary and secondary suppression as Norwegian statistics producers describe it.
    Raises `ValueError` for counts that are not whole, not known or below 0, and for `k` below 1.
    """
    inner = _counts(counts, 2, k)
    rows, columns = inner.shape
    # Rows, columns and the two totals are nodes, and every number is a flow: a line adds up when what flows in flows
    # out. A cell flows from its row to its column, a column's total on to the last row, and so round.
    full = np.block([[inner, inner.sum(axis=1, keepdims=True)], [inner.sum(axis=0, keepdims=True), inner.sum()]])
    network = _Network(k)
    for row in range(rows + 1):
        for column in range(columns + 1):
            totals = (row == rows) + (column == columns)
            tail, head = (row, rows + 1 + column) if totals != 1 else (rows + 1 + column, row)
            network.add(tail, head, int(full[row, column]), totals)
    return network.hidden().reshape(full.shape)


def suppressed_table(cells: pl.DataFrame, row: str, column: str, value: str, k: int) -> pl.DataFrame:
    """`cells` (one per row and column label, missing ones 0) with totals and what must be hidden.

    Returns `row`, `column`, `value` and `is_suppressed`; a null label is the total over it, and `value` is null where
    hidden. Raises `ValueError` for a label that is missing or a pair that is listed twice, and as `hidden_in_table`.
    """
    if cells.select(pl.any_horizontal(pl.col(row, column).is_null().any())).item():
        raise ValueError(f"{row} and {column} must have a label in every row: no label means the total")
    if cells.select(row, column).is_duplicated().any():
        raise ValueError(f"a pair of {row} and {column} is listed twice")
    labels = [cells[name].unique().sort().to_list() for name in (row, column)]
    known = {(a, b): n for a, b, n in cells.select(row, column, value).iter_rows()}
    inner = _counts([[known.get((a, b), 0) for b in labels[1]] for a in labels[0]], 2, k)
    hidden = hidden_in_table(inner, k)
    full = np.block([[inner, inner.sum(axis=1, keepdims=True)], [inner.sum(axis=0, keepdims=True), inner.sum()]])
    places = [(a, b) for a in (*labels[0], None) for b in (*labels[1], None)]
    frame = pl.DataFrame(
        {
            row: [a for a, _ in places],
            column: [b for _, b in places],
            value: full.ravel(),
            "is_suppressed": hidden.ravel(),
        },
        schema_overrides={row: cells.schema[row], column: cells.schema[column], value: pl.Int64},
    )
    return frame.with_columns(pl.when(~pl.col("is_suppressed")).then(pl.col(value)).alias(value))

"""Disclosure control of two-way tables with totals, of which no edition publishes any that count people.

What is hidden is decided by `gevinst.method.disclosure`; a two-way table asks more of it than the lists that editions
do publish, which is why its tests are kept.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from gevinst.method.disclosure import Sum, hidden_numbers


def with_totals(counts: ArrayLike) -> NDArray[np.int64]:
    """The counts with a column and a row of totals, last."""
    inner = np.asarray(counts)
    return np.block([[inner, inner.sum(axis=1, keepdims=True)], [inner.sum(axis=0, keepdims=True), inner.sum()]])


def sums_of(shape: tuple[int, int]) -> list[Sum]:
    """Which places add up to which in a table of this shape (totals included), read row by row."""
    places = np.arange(shape[0] * shape[1]).reshape(shape)
    return [(line[-1], line[:-1]) for line in [*places.tolist(), *places.T.tolist()]]


def hidden_in_table(
    counts: ArrayLike, k: int, *, width: int | None = None, structural: Collection[tuple[int, int]] = ()
) -> NDArray[np.bool_]:
    """Which cells of a two-way table with totals to hide: rows + 1 by columns + 1, totals last.

    `structural` are cells (row and column) that can only be 0. See `hidden_numbers` for what is hidden, and for what
    raises `ValueError`.
    """
    full = with_totals(counts)
    fixed = [row * full.shape[1] + column for row, column in structural]
    hidden = hidden_numbers(full.ravel(), sums_of(full.shape), k, width=width, structural=fixed)
    return hidden.reshape(full.shape)


def suppressed_table(
    cells: pl.DataFrame, row: str, column: str, value: str, k: int, *, structural: Collection[tuple[str, str]] = ()
) -> pl.DataFrame:
    """`cells` (one per row and column label, missing ones 0) with totals and what must be hidden.

    Returns `row`, `column`, `value` and `is_suppressed`; a null label is the total over it, and `value` is null where
    hidden. `structural` are pairs of labels that can only be 0. Raises `ValueError` for a label that is missing or a
    pair that is listed twice, and as `hidden_in_table`.
    """
    if cells.select(pl.any_horizontal(pl.col(row, column).is_null().any())).item():
        raise ValueError(f"{row} and {column} must have a label in every row: no label means the total")
    if cells.select(row, column).is_duplicated().any():
        raise ValueError(f"a pair of {row} and {column} is listed twice")
    labels = [cells[name].unique().sort().to_list() for name in (row, column)]
    known = {(a, b): float("nan") if n is None else n for a, b, n in cells.select(row, column, value).iter_rows()}
    inner = np.array([[known.get((a, b), 0) for b in labels[1]] for a in labels[0]])
    fixed = [(labels[0].index(a), labels[1].index(b)) for a, b in structural]
    hidden = hidden_in_table(inner, k, structural=fixed)
    places = [(a, b) for a in (*labels[0], None) for b in (*labels[1], None)]
    frame = pl.DataFrame(
        {
            row: [a for a, _ in places],
            column: [b for _, b in places],
            value: with_totals(inner).ravel(),
            "is_suppressed": hidden.ravel(),
        },
        schema_overrides={row: cells.schema[row], column: cells.schema[column], value: pl.Int64},
    )
    return frame.with_columns(pl.when(~pl.col("is_suppressed")).then(pl.col(value)).alias(value))

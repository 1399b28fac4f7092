"""In and out of narwhals: the steps around every method function.

Belongs here: making a lazy frame of whatever engine holds the rows, the one way of rows from there into Python, and
giving a result the shape of its contract.
Does not belong here: any rule of the method.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import narwhals as nw
import polars as pl

from gevinst.contracts import Contract, Type
from gevinst.errors import GevinstError

Tables = Mapping[str, nw.LazyFrame[Any]]
"""Lazy frames by table name, all of one engine."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The choices that a run makes: which edition years, and the thresholds of the method.

    `stale_after_months` is the age from which an assessment counts as old (24 by default); `min_n_for_shares` the
    smallest base of which a share is given (5 by default).
    """

    first_year: int
    last_year: int
    stale_after_months: int = 24
    min_n_for_shares: int = 5


BEFORE_ALL, AFTER_ALL = date(1900, 1, 1), date(9999, 12, 31)
"""What stands for no day where rows are put in the order of theirs. (Spark is given a day of the first thousand years
with too few digits, and refuses it.)"""
_TYPES = {
    Type.TEXT: nw.String,
    Type.INTEGER: nw.Int64,
    Type.NUMBER: nw.Float64,
    Type.BOOLEAN: nw.Boolean,
    Type.DATE: nw.Date,
}

SIGNIFICANT_DIGITS = 12
"""An engine adds floats in the order its threads finish, so the last of their sixteen digits change from run to run.
Two builds must give the same bytes; no figure here is known to twelve digits."""


def lazy(native: Any) -> nw.LazyFrame[Any]:
    """A narwhals lazy frame over a Polars frame or a DuckDB relation."""
    frame = nw.from_native(native)
    return frame.lazy() if isinstance(frame, nw.DataFrame) else frame


MOST_ROWS = 1_000_000
"""Rows that a method function may have in Python at once: counts, patterns and months never come near it, and a table
of projects would, so that a function that forgets to reduce it stops instead of filling the memory."""


class TooManyRows(GevinstError):
    """What a method function wants in Python grows with the number of projects; the fault is in the function."""


def reduced(frame: nw.LazyFrame[Any], *order: str) -> pl.DataFrame:
    """The rows that an engine has reduced, in Python, sorted by `order`, which must tell all of them apart.

    The only way that a method function collects rows: filtered, narrowed and counted by then, so that their number does
    not follow that of the projects. Raises `TooManyRows` for more than `MOST_ROWS`.
    """
    # One row more shows that there are more, without bringing them all.
    rows: pl.DataFrame = frame.head(MOST_ROWS + 1).collect("polars").to_native()
    if rows.height > MOST_ROWS:
        raise TooManyRows(
            f"more than {MOST_ROWS} rows by {', '.join(order)} would be collected: count them in the engine first",
            f"mer enn {MOST_ROWS} rader etter {', '.join(order)} ville blitt samlet i minnet; meld fra om feilen",
        )
    return rows.sort(order)


BLOCK_ROWS = 100_000
"""Rows of one of the `blocks`: large enough that reading the table once more for each costs little beside them."""


def blocks(frame: nw.LazyFrame[Any], key: str, *order: str) -> Iterator[pl.DataFrame]:
    """All rows of `frame` in Python, but no more than about `BLOCK_ROWS` at once; sorted as `reduced` sorts them.

    For what is computed from all rows of one `key`, one key after another: they are in one block.
    """
    sizes = frame.group_by(key).agg(_rows=nw.len().cast(nw.Int64))
    placed = sizes.with_columns(_block=(nw.col("_rows").cum_sum().over(order_by=key) - 1) // BLOCK_ROWS)
    spans = placed.group_by("_block").agg(_first=nw.col(key).min(), _last=nw.col(key).max())
    for first, last in reduced(spans, "_block").select("_first", "_last").iter_rows():
        yield reduced(frame.filter((nw.col(key) >= first) & (nw.col(key) <= last)), *order)


def finished(frame: nw.LazyFrame[Any], contract: Contract, *, is_illustrative: bool) -> nw.LazyFrame[Any]:
    """The result with the contract's columns, types and order, still in its engine; rows in any order.

    Numbers have `SIGNIFICANT_DIGITS` digits.
    """
    flagged = frame.with_columns(is_illustrative=nw.lit(is_illustrative))
    typed = flagged.select(nw.col(column.name).cast(_TYPES[column.type]) for column in contract.all_columns)
    numbers = [column.name for column in contract.all_columns if column.type is Type.NUMBER]
    # First to the digits that every engine agrees on: half way between two numbers of twelve digits, where sums of
    # amounts in whole kroner and øre often lie, the sixteenth digit would decide.
    for digits in (15, SIGNIFICANT_DIGITS) if numbers else ():
        typed = typed.with_columns(_rounded(name, digits) for name in numbers)
    return typed


def _rounded(name: str, digits: int) -> nw.Expr:
    """The number with so many significant digits, half away from zero, which no engine's own rounding agrees on."""
    value = nw.col(name)
    scale = nw.lit(10.0) ** (digits - 1 - value.abs().log(10).floor())
    whole = (value.abs() * scale + 0.5).floor() / scale
    return nw.when(value > 0).then(whole).otherwise(nw.when(value < 0).then(-whole).otherwise(value)).alias(name)


def collect(result: nw.LazyFrame[Any], contract: Contract) -> pl.DataFrame:
    """A `finished` result as Polars, sorted by its key."""
    return result.collect("polars").to_native().sort(contract.key)

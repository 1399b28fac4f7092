"""Counting rows per edition year, and what is different, first and last among them, alike in every engine.

Belongs here: different values, the row that comes first, counts by conditions, and one row per edition year in which
nothing found is 0.
Does not belong here: what is counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw


def different(rows: nw.LazyFrame[Any], *columns: str) -> nw.LazyFrame[Any]:
    """`columns` of `rows`, each combination of values once.

    As groups and not with `unique`, for which narwhals numbers all rows of each combination: ten times the work.
    """
    return rows.group_by(*columns).agg(_rows=nw.len()).select(*columns)


def first_of(rows: nw.LazyFrame[Any], by: Sequence[str], *order: str) -> nw.LazyFrame[Any]:
    """The row of each `by` that is first in `order`, which must tell all rows of it apart and have no empty values."""
    return rows.unique(subset=list(by), keep="first", order_by=list(order))


def last_of(rows: nw.LazyFrame[Any], by: Sequence[str], *order: str) -> nw.LazyFrame[Any]:
    """The row of each `by` that is last in `order`, as `first_of`."""
    return rows.unique(subset=list(by), keep="last", order_by=list(order))


def mapped(column: str, to: Mapping[str, str], otherwise: str) -> nw.Expr:
    """The text that belongs to each code of `column`; `otherwise` for any other code and for none."""
    return _mapped(column, to, nw.String, nw.lit(otherwise))


def place_in(column: str, order: Sequence[str], first: int = 0) -> nw.Expr:
    """The place of each code of `column` in `order`, counted from `first`; empty for any other code and for none."""
    return _mapped(column, {code: place for place, code in enumerate(order, first)}, nw.Int64)


def _mapped(column: str, to: Mapping[str, Any], dtype: Any, *otherwise: nw.Expr) -> nw.Expr:
    # Choices side by side and no dictionary, which Spark Connect lacks.
    none = nw.lit(None, dtype)
    return nw.coalesce(
        *(nw.when(nw.col(column) == code).then(nw.lit(value, dtype)).otherwise(none) for code, value in to.items()),
        *otherwise,
    )


def counted(
    frame: nw.LazyFrame[Any], by: Sequence[str] = ("edition_year",), **conditions: nw.Expr
) -> nw.LazyFrame[Any]:
    """One row per `by` with how many rows of `frame` meet each condition; a condition that is null is not met."""
    marked = frame.with_columns(**{name: _as_number(condition) for name, condition in conditions.items()})
    return marked.group_by(*by).agg(*[nw.col(name).sum().cast(nw.Int64) for name in conditions])


def distinct(
    frame: nw.LazyFrame[Any], column: str, name: str, by: Sequence[str] = ("edition_year",)
) -> nw.LazyFrame[Any]:
    """One row per `by` with the number of different values of `column`, called `name`; null is no value."""
    known = different(frame.filter(~nw.col(column).is_null()), *by, column)
    return known.group_by(*by).agg(nw.len().cast(nw.Int64).alias(name))


def per_edition(
    editions: nw.LazyFrame[Any], *parts: nw.LazyFrame[Any], unknown: Sequence[str] = ()
) -> nw.LazyFrame[Any]:
    """One row per row of `editions` with the columns of all `parts` (one row per edition year at most).

    Where a part has no row its numbers are 0, but null in the columns named by `unknown`: sums and shares of nothing.
    """
    joined = editions.select("edition_year")
    names: list[str] = []
    for part in parts:
        names += [name for name in part.collect_schema().names() if name != "edition_year"]
        joined = joined.join(part, on="edition_year", how="left")
    return joined.with_columns(nw.col(name).fill_null(0) for name in names if name not in unknown)


def _as_number(condition: nw.Expr) -> nw.Expr:
    return condition.fill_null(False).cast(nw.Int64)

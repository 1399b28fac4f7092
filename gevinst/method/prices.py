"""Prices: from one year's kroner to another's, growth of the index, real rates and simple unit values.

Belongs here: conversion with the consumer price index and the arithmetic that makes a yearly amount out of
quantities and unit prices.
Does not belong here: discounting, which is about time and not about prices (`discounting.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from gevinst.method.counting import different
from gevinst.method.frames import reduced


class MixedBasesError(ValueError):
    """A price index holds rows with different base years; they cannot be used together."""


def price_index(kpi: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """One row per year with `index_value` (annual mean, one decimal), all with the same base year.

    Raises `MixedBasesError` naming the table and the rows of each base year: a quotient of two bases is wrong by any
    amount. Source: Statistics Norway: rates are computed within one base.
    """
    rows = reduced(kpi.select("base_year", "year"), "base_year", "year")
    bases = rows.group_by("base_year", maintain_order=True).agg("year")
    if bases.height > 1:
        listed = [f"base {base}: years {', '.join(map(str, years))}" for base, years in bases.iter_rows()]
        raise MixedBasesError(f"table kpi, column base_year: rows have different base years ({'; '.join(listed)})")
    return kpi.select("year", "index_value")


def newest_price_years(editions: nw.LazyFrame[Any], kpi: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """`to_price_year` of each `edition_year`: an annual mean is published after its year has ended.

    One row per edition year that has any index before it.
    """
    indexed = different(kpi, "year")
    return (
        editions.select("edition_year")
        .join(indexed, how="cross")
        .filter(nw.col("year") < nw.col("edition_year"))
        .group_by("edition_year")
        .agg(to_price_year=nw.col("year").max())
    )


def to_real(
    frame: nw.LazyFrame[Any],
    kpi: nw.LazyFrame[Any],
    columns: Sequence[str],
    *,
    price_year: str = "price_year",
    to_price_year: str = "to_price_year",
) -> nw.LazyFrame[Any]:
    """`frame` with `columns` (kroner of the year in `price_year`) converted to kroner of the year in `to_price_year`.

    Amount times the index of the later year over the index of the earlier, not rounded. An amount becomes null when
    either year has no index. Raises `MixedBasesError` as `price_index` does. Source: R-109/2021, real prices by KPI.
    """
    index = price_index(kpi)
    joined = frame.join(
        index.select(nw.col("year").alias(price_year), nw.col("index_value").alias("_from")), on=price_year, how="left"
    ).join(
        index.select(nw.col("year").alias(to_price_year), nw.col("index_value").alias("_to")),
        on=to_price_year,
        how="left",
    )
    return joined.with_columns(nw.col(name) * nw.col("_to") / nw.col("_from") for name in columns).drop("_from", "_to")


def real_growth(year: str, base_year: str, growth_pct: float) -> nw.Expr:
    """What an amount with real-price growth is multiplied by: (1 + g) to the power of years since `base_year`.

    Only for time values, statistical lives and items with a documented basis (R-109/2021).
    """
    return nw.lit(1 + growth_pct / 100) ** (nw.col(year) - nw.col(base_year))


def ratio(numerator: str, denominator: str) -> nw.Expr:
    """One column over another; null when either is null or the denominator is zero."""
    return nw.when(nw.col(denominator) != 0).then(nw.col(numerator) / nw.col(denominator))

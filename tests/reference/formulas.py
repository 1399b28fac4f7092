"""Formulas of the field that published answers exist for and that no figure of an edition uses.

They tie published cases (`tests/data/published`) to the parts that figures do use: price index, discount factors, sums.
A formula moves to `gevinst/method` when a mart needs it.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw
import numpy as np
import polars as pl
from numpy.typing import ArrayLike
from scipy import stats

from gevinst.method.discounting import discount_factor, rate_schedule
from gevinst.method.economic_rules import EconomicRules
from gevinst.method.frames import lazy
from gevinst.method.prices import price_index

_GUESS = 0.5, 0.25, 1.0
_WEIGHTS = {"0": (0.0, 0.0, 0.0), "2": _GUESS, "3": _GUESS, "4": (1.0, 1.0, 1.0)}


def index_growth(kpi: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """One row per year with `growth_pct` from the year before, per cent with one decimal.

    Computed from the published one-decimal index, hence up to 0.1 away from growth published under an older base.
    Null in the first year and after a year that is missing. Raises `MixedBasesError` as `price_index` does.
    """
    index = price_index(kpi)
    before = index.select(year=nw.col("year") + 1, _before=nw.col("index_value"))
    growth = (nw.col("index_value") / nw.col("_before") - 1) * 100
    return index.join(before, on="year", how="left").select("year", growth_pct=growth.round(1))


def real_rate(nominal: float, inflation: float) -> float:
    """The real rate of a nominal one, both as fractions: (i - m) / (1 + m), never i - m."""
    return (nominal - inflation) / (1 + inflation)


def chain_value(*columns: str) -> nw.Expr:
    """The product of the columns: quantity times shares times unit value. Null when any of them is null."""
    product = nw.col(columns[0])
    for column in columns[1:]:
        product = product * nw.col(column)
    return product


def hourly_cost(annual_salary: str, *, per_mille: float, ceiling: float) -> nw.Expr:
    """Kroner per hour as a share of a year's salary, never above the ceiling; null when the salary is null.

    The form of the rule for own hours in R&D tax relief (1.2 per mille, at most 700 kroner), which has to be checked
    for the year it is used.
    """
    hourly = nw.col(annual_salary) * (per_mille / 1000)
    return nw.when(hourly > ceiling).then(nw.lit(float(ceiling))).otherwise(hourly)


def discount_table(
    rates: nw.LazyFrame[Any], rules: EconomicRules, *, start_year: int, reference_year: int, years: tuple[int, int]
) -> pl.DataFrame:
    """One row per year from `years[0]` to `years[1]` with `discount_factor`; for documentation and checks by hand.

    Errors as `rate_schedule`.
    """
    schedule = rate_schedule(rates, rules.ruleset_code, rules.schedule_code)
    frame = pl.DataFrame({"year": range(years[0], years[1] + 1)}, schema={"year": pl.Int64}).with_columns(
        start_year=pl.lit(start_year, pl.Int64), reference_year=pl.lit(reference_year, pl.Int64)
    )
    factors = lazy(frame).select("year", discount_factor=discount_factor(schedule, rules.clock_code))
    return factors.collect("polars").to_native()


def printed_sum_agrees(items: nw.LazyFrame[Any], printed: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """One row per printed total: `printed_value`, `computed_value`, `difference` and `agrees`.

    `items` has `total_id` and `value` (signed parts); `printed` has `total_id`, `printed_value` and `tolerance`, half
    a unit of the last digit printed or what the parts' own rounding allows. `agrees` is null, not false, when a part
    or the total is unknown or has no parts. Figures that do not agree are shown and never used as answers.
    """
    sums = (
        items.with_columns(_unknown=nw.col("value").is_null().cast(nw.Int64))
        .group_by("total_id")
        .agg(_sum=nw.col("value").sum(), _unknown=nw.col("_unknown").sum())
        .select("total_id", computed_value=nw.when(nw.col("_unknown") == 0).then(nw.col("_sum")))
    )
    difference = nw.col("printed_value") - nw.col("computed_value")
    # Sums of decimals are not exact: a difference of just the tolerance still agrees.
    limit = nw.col("tolerance") + 1e-9 * nw.col("computed_value").abs()
    return printed.join(sums, on="total_id", how="left").select(
        "total_id",
        "printed_value",
        "computed_value",
        difference=difference,
        agrees=difference.abs() <= limit,
    )


def attribution_weights(answers: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """`answers` with the share of a monetised benefit that is put down to the funding, and its range for sensitivity.

    `attribution_weight` is 0 where the same would have been done anyway, 1 where nothing would, and 0.5 (0.25-1.0)
    where less would or in another way. Where it would only have come later the weight is null and `is_time_shift`
    true: the value is what coming earlier is worth, not a share. Unknown answers give null. For benefits in kroner
    only, never for others. Source: a choice of this project, in the spirit of social return on investment.
    """
    code = nw.col("counterfactual_code")
    names = ("attribution_weight", "attribution_weight_low", "attribution_weight_high")
    weights = {name: nw.lit(None, nw.Float64) for name in names}
    for answer, values in _WEIGHTS.items():
        for name, value in zip(names, values, strict=True):
            weights[name] = nw.when(code == answer).then(nw.lit(value)).otherwise(weights[name])
    return answers.with_columns(is_time_shift=(code == "1").fill_null(False), **weights)


def fisher_p(table: ArrayLike) -> tuple[float, float] | None:
    """One-sided (more in the first cell) and two-sided p of Fisher's exact test of a 2x2 table of counts.

    `None` when a row or a column is empty. Source: Fisher (1935), as computed by SciPy.
    """
    counts = np.asarray(table, dtype=np.int64)
    if (counts.sum(axis=0) == 0).any() or (counts.sum(axis=1) == 0).any():
        return None
    one_sided, two_sided = (
        np.asarray(stats.fisher_exact(counts, alternative=side))[1] for side in ("greater", "two-sided")
    )
    return float(one_sided), float(two_sided)

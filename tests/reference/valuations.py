"""Valuations of the field that published answers exist for and that no figure of an edition uses.

They tie published cases to the present values that figures do use. A valuation moves to `gevinst/method` when a mart
needs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw


def annuity_factor(years: int, rate: float) -> float:
    """Present value of 1 a year at the end of each of `years` years at a constant `rate` (fraction).

    (1 - (1 + r)^-n) / r, and `years` when the rate is 0. Raises `ValueError` for less than one year.
    """
    if years < 1:
        raise ValueError(f"an annuity runs for at least one year, not {years}")
    return float(years) if rate == 0 else (1 - (1 + rate) ** -years) / rate


def named_scenarios(
    effects: nw.LazyFrame[Any], changes: nw.LazyFrame[Any], scenario_code: str = "mid"
) -> nw.LazyFrame[Any]:
    """One row per scenario name and project: `npv_amount` with several effects changed together.

    `effects` is what `effect_present_values` gives, of which the rows of `scenario_code` are used; `changes` has
    `scenario_name`, `project_id`, `effect_id` and `factor`, and effects that it does not name stay as stated.
    `unknown_change_count` counts changes of effects that the project does not have or whose factor is missing;
    `npv_amount` is null when there are any, and when any effect is unknown.
    """
    stated = effects.filter(nw.col("scenario_code") == scenario_code).select(
        "project_id", "effect_id", "present_value_amount"
    )
    key = ["scenario_name", "project_id"]
    names = changes.select(*key).unique()
    valued = (
        names.join(stated, on="project_id", how="inner")
        .join(changes.with_columns(_named=nw.lit(True)), on=[*key, "effect_id"], how="left")
        .with_columns(_factor=nw.when(nw.col("_named").is_null()).then(nw.lit(1.0)).otherwise(nw.col("factor")))
        .with_columns(_value=nw.col("present_value_amount") * nw.col("_factor"))
        .with_columns(_unknown=nw.col("_value").is_null().cast(nw.Int64))
        .group_by(*key)
        .agg(_sum=nw.col("_value").sum(), _unknown=nw.col("_unknown").sum())
    )
    known = stated.select("project_id", "effect_id", _known=nw.lit(1))
    unmatched = changes.join(known, on=["project_id", "effect_id"], how="left").with_columns(
        _wrong=(nw.col("_known").is_null() | nw.col("factor").is_null()).cast(nw.Int64)
    )
    wrong = unmatched.group_by(*key).agg(unknown_change_count=nw.col("_wrong").sum().cast(nw.Int64))
    is_known = (nw.col("_unknown") == 0) & (nw.col("unknown_change_count") == 0)
    return wrong.join(valued, on=key, how="left").select(
        *key, "unknown_change_count", npv_amount=nw.when(is_known).then(nw.col("_sum"))
    )


def expected_values(outcomes: nw.LazyFrame[Any], by: Sequence[str] = ("option_id",)) -> nw.LazyFrame[Any]:
    """One row per option: `expected_value` = sum of probability x value, and `probability_sum`.

    `outcomes` has `probability` (0-1) and `value`. The expected value is null when the probabilities do not add up to
    1 (within 1e-9), one is negative, or anything is unknown.
    """
    probability = nw.col("probability")
    bad = (probability.is_null() | nw.col("value").is_null() | (probability < 0)).fill_null(True)
    summed = (
        outcomes.with_columns(_bad=bad.cast(nw.Int64), _part=probability * nw.col("value"))
        .group_by(*by)
        .agg(probability_sum=probability.sum(), _sum=nw.col("_part").sum(), _bad=nw.col("_bad").sum())
    )
    adds_up = (nw.col("probability_sum") - 1).abs() <= 1e-9
    return summed.select(
        *by, "probability_sum", expected_value=nw.when(adds_up & (nw.col("_bad") == 0)).then(nw.col("_sum"))
    )


def three_point(low: str, mid: str, high: str) -> tuple[nw.Expr, nw.Expr]:
    """Mean and standard deviation of the triangular distribution with these columns as lowest, likeliest, highest.

    The same distribution as `gevinst.method.uncertainty.monte_carlo` draws from. Null when one is unknown or they are
    not in order.
    """
    a, b, c = nw.col(low), nw.col(mid), nw.col(high)
    ordered = (a <= b) & (b <= c)
    variance = (a * a + b * b + c * c - a * b - a * c - b * c) / 18
    return nw.when(ordered).then((a + b + c) / 3), nw.when(ordered).then(variance.abs() ** 0.5)

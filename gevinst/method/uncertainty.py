"""Uncertainty of net present values: one factor at a time, named scenarios, expected values and simulation.

Belongs here: what happens to the result when stated values are other than assumed.
Does not belong here: the result itself (`npv.py`) and non-priced effects (`value_matrix.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl

from gevinst.contracts.vocabulary import SCENARIOS
from gevinst.method.npv import with_npv

FRAM_FACTORS = (0.8, 1.2)
"""The standard of Kystverket's FRAM; halving and doubling (0.5, 2.0) is also in use."""


def one_way(
    effects: nw.LazyFrame[Any], factors: Sequence[float] = FRAM_FACTORS, by: Sequence[str] = ("project_id",)
) -> nw.LazyFrame[Any]:
    """One row per effect, scenario and factor: `npv_nok` when that effect alone is multiplied by `factor`.

    `effects` is what `effect_present_values` gives; `change_nok` is the difference from the net present value with
    all effects as stated. Both are null when any effect of the sum is unknown.
    """
    whole = with_npv(effects, by)
    change = nw.col("present_value_nok") * (nw.col("factor") - 1)
    changed = [whole.with_columns(factor=nw.lit(float(factor))) for factor in factors]
    return (
        nw.concat(changed, how="vertical")
        .with_columns(change_nok=nw.when(~nw.col("npv_nok").is_null()).then(change))
        .select(
            *[*by, "scenario_code", "benefit_value_id", "effect_id", "factor", "change_nok"],
            npv_nok=nw.col("npv_nok") + nw.col("change_nok"),
        )
    )


def named_scenarios(
    effects: nw.LazyFrame[Any], changes: nw.LazyFrame[Any], scenario_code: str = "mid"
) -> nw.LazyFrame[Any]:
    """One row per scenario name and project: `npv_nok` with several effects changed together.

    `effects` is what `effect_present_values` gives, of which the rows of `scenario_code` are used; `changes` has
    `scenario_name`, `project_id`, `effect_id` and `factor`, and effects that it does not name stand as stated.
    `unknown_change_count` counts changes of effects that the project does not have or whose factor is missing;
    `npv_nok` is null when there are any, and when any effect is unknown.
    """
    stated = effects.filter(nw.col("scenario_code") == scenario_code).select(
        "project_id", "effect_id", "present_value_nok"
    )
    key = ["scenario_name", "project_id"]
    names = changes.select(*key).unique()
    valued = (
        names.join(stated, on="project_id", how="inner")
        .join(changes.with_columns(_named=nw.lit(True)), on=[*key, "effect_id"], how="left")
        .with_columns(_factor=nw.when(nw.col("_named").is_null()).then(nw.lit(1.0)).otherwise(nw.col("factor")))
        .with_columns(_value=nw.col("present_value_nok") * nw.col("_factor"))
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
        *key, "unknown_change_count", npv_nok=nw.when(is_known).then(nw.col("_sum"))
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

    The same distribution as `monte_carlo` draws from. Null when one is unknown or they are not in order.
    """
    a, b, c = nw.col(low), nw.col(mid), nw.col(high)
    ordered = (a <= b) & (b <= c)
    variance = (a * a + b * b + c * c - a * b - a * c - b * c) / 18
    return nw.when(ordered).then((a + b + c) / 3), nw.when(ordered).then(variance.abs() ** 0.5)


def monte_carlo(
    effects: pl.DataFrame, *, seed: int, draws: int = 10_000, by: Sequence[str] = ("project_id",)
) -> pl.DataFrame:
    """One row per `by`: net present value over `draws` simulations, in the unit of `present_value_nok`.

    `effects` is a collected result of `effect_present_values`. Each effect is drawn by itself, independent of the
    others, from the triangular distribution with its low, mid and high present value as lowest, likeliest and
    highest; triangular rather than PERT, since three stated points say nothing of how sure the middle is, and the
    wider of the two does not understate the spread. Columns `draw_count`, `seed`, `mean_nok`, `sd_nok`, `p5_nok`,
    `p50_nok`, `p95_nok`, `positive_probability` (share above 0). All are null when an effect lacks one of its values
    or they are not in order. Random numbers are NumPy's PCG64; rows in another order give the same result, another
    set of projects does not. Raises `ValueError` for fewer than 1 000 draws (a published minimum).
    """
    if draws < 1000:
        raise ValueError(f"a simulation needs at least 1000 draws, not {draws}")
    wide = effects.pivot("scenario_code", index=[*by, "benefit_value_id"], values="present_value_nok").sort(
        *by, "benefit_value_id"
    )
    wide = wide.with_columns(pl.lit(None, pl.Float64).alias(name) for name in SCENARIOS if name not in wide.columns)
    groups = wide.group_by(*by, maintain_order=True).agg(
        pl.len().alias("_n"),
        ((pl.col("low") <= pl.col("mid")) & (pl.col("mid") <= pl.col("high"))).fill_null(False).all().alias("_ok"),
    )
    measures = _simulated(
        wide.select(SCENARIOS).fill_null(0.0).to_numpy(), groups["_n"].cast(pl.Int64).to_numpy(), seed, draws
    )
    known = groups.select(*by, "_ok").hstack(measures)
    return known.select(
        *by,
        pl.lit(draws, pl.Int64).alias("draw_count"),
        pl.lit(seed, pl.Int64).alias("seed"),
        *[pl.when(pl.col("_ok")).then(pl.col(name)).alias(name) for name in measures.columns],
    )


def _simulated(points: np.ndarray, sizes: np.ndarray, seed: int, draws: int) -> pl.DataFrame:
    """Measures per group of consecutive rows of `points` (low, mid, high)."""
    names = ("mean_nok", "sd_nok", "p5_nok", "p50_nok", "p95_nok", "positive_probability")
    if not len(sizes):
        return pl.DataFrame(schema=dict.fromkeys(names, pl.Float64))
    uniform = np.random.Generator(np.random.PCG64(seed)).random((draws, len(points)))
    starts = np.cumsum(sizes) - sizes
    totals = np.add.reduceat(_triangular(uniform, *points.T), starts, axis=1)
    quantiles = np.quantile(totals, [0.05, 0.5, 0.95], axis=0)
    columns = (totals.mean(axis=0), totals.std(axis=0, ddof=1), *quantiles, (totals > 0).mean(axis=0))
    return pl.DataFrame(dict(zip(names, columns, strict=True)))


def _triangular(uniform: np.ndarray, low: np.ndarray, mid: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Quantiles of the triangular distribution; NumPy's own refuses three equal points, where the value is certain."""
    width = high - low
    rising = low + np.sqrt(np.maximum(uniform * width * (mid - low), 0))
    falling = high - np.sqrt(np.maximum((1 - uniform) * width * (high - mid), 0))
    return np.where(uniform * width < mid - low, rising, falling)

"""Uncertainty of net present values: one factor at a time, and simulation.

Belongs here: what happens to the result when stated values are other than assumed.
Does not belong here: the result itself (`npv.py`) and non-priced effects.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zlib import crc32

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
    """One row per effect, scenario and factor: `npv_amount` when that effect alone is multiplied by `factor`.

    `effects` is what `effect_present_values` gives; `change_amount` is the difference from `stated_npv_amount`, the net
    present value with all effects as stated. All are null when any effect of the sum is unknown.
    """
    whole = with_npv(effects, by)
    change = nw.col("present_value_amount") * (nw.col("factor") - 1)
    changed = [whole.with_columns(factor=nw.lit(float(factor))) for factor in factors]
    return (
        nw.concat(changed, how="vertical")
        .with_columns(change_amount=nw.when(~nw.col("npv_amount").is_null()).then(change))
        .select(
            *[*by, "scenario_code", "benefit_value_id", "effect_id", "factor", "change_amount"],
            stated_npv_amount=nw.col("npv_amount"),
            npv_amount=nw.col("npv_amount") + nw.col("change_amount"),
        )
    )


_SIMULATED = ("mean_amount", "sd_amount", "p5_amount", "p50_amount", "p95_amount", "positive_probability")


def monte_carlo(
    effects: pl.DataFrame, *, seed: int, draws: int = 10_000, by: Sequence[str] = ("project_id",)
) -> pl.DataFrame:
    """One row per `by`: net present value over `draws` simulations, in the unit of `present_value_amount`.

    `effects` is a collected result of `effect_present_values`. Each effect is drawn by itself, independent of the
    others, from the triangular distribution with its low, mid and high present value as lowest, likeliest and
    highest; triangular rather than PERT, since three stated points say nothing of how sure the middle is, and the
    wider of the two does not understate the spread. Columns `effect_count`, `draw_count`, `seed`, `mean_amount`,
    `sd_amount`, `p5_amount`, `p50_amount`, `p95_amount`, `positive_probability` (share above 0). The results are null
    when an effect lacks one of its values or they are not in order. Random numbers are NumPy's PCG64, one stream per
    effect, seeded by `seed` and its id: neither the order of rows nor another effect or project changes what is drawn
    for it.
    Raises `ValueError` for fewer than 1 000 draws (a published minimum).
    """
    if draws < 1000:
        raise ValueError(f"a simulation needs at least 1000 draws, not {draws}")
    wide = effects.pivot("scenario_code", index=[*by, "benefit_value_id"], values="present_value_amount").sort(
        *by, "benefit_value_id"
    )
    wide = wide.with_columns(pl.lit(None, pl.Float64).alias(name) for name in SCENARIOS if name not in wide.columns)
    rows = [
        (*key, group.height, *_simulated(group.select("benefit_value_id", *SCENARIOS), seed, draws))
        for key, group in wide.group_by(*by, maintain_order=True)
    ]
    schema = {
        **{name: wide.schema[name] for name in by},
        "effect_count": pl.Int64,
        **dict.fromkeys(_SIMULATED, pl.Float64),
    }
    return pl.DataFrame(rows, schema, orient="row").with_columns(
        draw_count=pl.lit(draws, pl.Int64), seed=pl.lit(seed, pl.Int64)
    )


def _simulated(group: pl.DataFrame, seed: int, draws: int) -> tuple[float | None, ...]:
    """The results of one group of effects, in the order of `_SIMULATED`."""
    is_ordered = (pl.col("low") <= pl.col("mid")) & (pl.col("mid") <= pl.col("high"))
    if not group.select(is_ordered.fill_null(False).all()).item():
        return (None,) * len(_SIMULATED)
    totals = np.zeros(draws)
    for effect, low, mid, high in group.iter_rows():
        # crc32 and not hash(): Python salts the hash of a text differently in each process.
        stream = np.random.Generator(np.random.PCG64([seed, crc32(effect.encode())]))
        totals += _triangular(stream.random(draws), low, mid, high)
    quantiles = np.quantile(totals, [0.05, 0.5, 0.95])
    return tuple(map(float, (totals.mean(), totals.std(ddof=1), *quantiles, (totals > 0).mean())))


def _triangular(uniform: np.ndarray, low: float, mid: float, high: float) -> np.ndarray:
    """Quantiles of the triangular distribution; NumPy's own refuses three equal points, where the value is certain."""
    width = high - low
    rising = low + np.sqrt(np.maximum(uniform * width * (mid - low), 0))
    falling = high - np.sqrt(np.maximum((1 - uniform) * width * (high - mid), 0))
    return np.where(uniform * width < mid - low, rising, falling)

"""Agreement between coders: Krippendorff's alpha with its interval, and Cohen's kappa.

Belongs here: how far independent coders gave the same values, for any level of measurement and with missing values.
Does not belong here: which rating is then used (`drivers.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from gevinst.contracts.vocabulary import CODED_VARIABLES, RATED_DRIVERS, MeasurementLevel
from gevinst.method.as_of import with_known_on
from gevinst.method.drivers import current_ratings
from gevinst.method.frames import Rules, lazy

Floats = NDArray[np.float64]

SEED = 20_161_117
"""Seed of the bootstrap, so that an edition can be computed again."""

DRAWS = 2_000
"""Enough for the 2.5 % tails of a percentile bootstrap: fifty draws lie in each."""
FEWEST_UNITS = 10
"""With fewer units an interval would be a pretence."""

_TAIL = 0.025

PUBLISH_FROM = 0.667
RANK_FROM = 0.800
"""Krippendorff's customary limits: below 0.667 nothing is concluded, and from 0.800 on values may be relied on. They
are conventions, hence arguments of `coder_agreement`."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Alpha with a 95 % bootstrap interval, and what it rests on.

    Units are those with at least two ratings. `reason_code` says why alpha or the interval is null: ``no_pairs``,
    ``no_variation``, ``too_few_units`` or ``no_variation_in_draws``.
    """

    unit_count: int
    coder_count: int
    rating_count: int
    alpha: float | None
    alpha_low: float | None = None
    alpha_high: float | None = None
    reason_code: str | None = None


def krippendorff(ratings: ArrayLike, level: MeasurementLevel, *, seed: int = SEED, draws: int = DRAWS) -> Agreement:
    """Krippendorff's alpha of `ratings` (coders x units; NaN is missing) at a level of measurement.

    alpha = 1 - (n - 1) sum(o_ck d_ck) / sum(n_c n_k d_ck) over the coincidences o of values within units. Units
    with one rating drop out. Without variation alpha is undefined: null with a reason, never 1. The interval is the
    percentile bootstrap over units, from the draws that have variation; null below 10 units, and when more draws
    than one tail (2.5 %) have none, since the bounds could then lie anywhere. Nominal codes are given as numbers.
    Own code rather than the kept package `krippendorff`: that gives the same values (and those published), but under
    the GPL, which a project under the MIT licence should not bind its users to, and with neither the interval nor an
    answer for data without variation.
    Source: Krippendorff (2011), Computing Krippendorff's alpha-reliability.
    Raises `ValueError` for ratings that are not a table, infinite, or below 0 at ratio level.
    """
    table = np.asarray(ratings, dtype=np.float64)
    if table.ndim != 2 or np.isinf(table).any():
        raise ValueError("ratings must be a table of coders by units, each a finite number or missing")
    if level == "ratio" and (table < 0).any():
        raise ValueError("the ratio level has no values below 0")
    is_paired = (~np.isnan(table)).sum(axis=0) >= 2
    paired = table[:, is_paired]
    size = (int(is_paired.sum()), int((~np.isnan(paired)).any(axis=1).sum()), int((~np.isnan(paired)).sum()))
    if not is_paired.any():
        return Agreement(*size, None, reason_code="no_pairs")
    values = np.unique(paired[~np.isnan(paired)])
    coincidences = _coincidences(paired, values)
    alpha = _alphas(coincidences.sum(axis=0)[None], values, level)[0]
    if np.isnan(alpha):
        return Agreement(*size, None, reason_code="no_variation")
    # Alpha itself is defined for few units; it is given without an interval rather than with a wrong one.
    if size[0] < FEWEST_UNITS:
        return Agreement(*size, float(alpha), reason_code="too_few_units")
    weights = np.random.Generator(np.random.PCG64(seed)).multinomial(size[0], np.full(size[0], 1 / size[0]), draws)
    drawn = _alphas(np.tensordot(weights.astype(np.float64), coincidences, axes=1), values, level)
    if np.isnan(drawn).mean() > _TAIL:
        return Agreement(*size, float(alpha), reason_code="no_variation_in_draws")
    low, high = np.nanquantile(drawn, [_TAIL, 1 - _TAIL])
    return Agreement(*size, float(alpha), float(low), float(high))


def cohen_kappa(table: ArrayLike) -> float | None:
    """Cohen's kappa of two coders from their square table of counts; `None` without units or variation.

    For comparison with older reports; alpha is what this project uses. Source: Cohen (1960).
    Raises `ValueError` when the table is not square.
    """
    counts = np.asarray(table, dtype=np.float64)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1]:
        raise ValueError("kappa needs a square table: the same codes for both coders")
    total = counts.sum()
    if total == 0:
        return None
    agreed = np.trace(counts) / total
    by_chance = float(counts.sum(axis=0) @ counts.sum(axis=1)) / total**2
    return None if by_chance == 1 else float((agreed - by_chance) / (1 - by_chance))


def coder_agreement(
    tables: Mapping[str, pl.DataFrame],
    rules: Rules,
    *,
    publish_from: float = PUBLISH_FROM,
    rank_from: float = RANK_FROM,
) -> pl.DataFrame:
    """One row per edition year and rated driver: agreement of the ratings in use then; contract `coder_agreement`.

    Ratings are ordinal, and only independent ones count: what was decided afterwards (`rating_decisions`) does not.
    Where no project has two ratings, the row has counts of 0 and the reason.
    """
    names = ("driver_ratings", "sources", "edition_years", "project_status")
    ratings: pl.DataFrame = (
        current_ratings({name: lazy(tables[name]) for name in names})
        .select("edition_year", "project_id", "rated_driver_code", "coder_code", "rating")
        .collect("polars")
        .to_native()
    )
    rows: list[dict[str, Any]] = []
    for year in tables["edition_years"]["edition_year"].sort():
        for driver in RATED_DRIVERS:
            own = ratings.filter(edition_year=year, rated_driver_code=driver)
            result = krippendorff(coders_by_units(own), "ordinal")
            alpha = -np.inf if result.alpha is None else result.alpha
            rows.append(
                {
                    "edition_year": year,
                    "rated_driver_code": driver,
                    "measurement_level_code": "ordinal",
                    "unit_count": result.unit_count,
                    "coder_count": result.coder_count,
                    "rating_count": result.rating_count,
                    "alpha": result.alpha,
                    "alpha_low": result.alpha_low,
                    "alpha_high": result.alpha_high,
                    "is_publishable": bool(alpha >= publish_from),
                    "is_rankable": bool(alpha >= rank_from),
                    "agreement_reason_code": result.reason_code,
                }
            )
    return pl.DataFrame(rows, infer_schema_length=None)


def coding_agreement(tables: Mapping[str, pl.DataFrame], rules: Rules) -> pl.DataFrame:
    """One row per edition year and coded variable: agreement of independent codings; contract `coding_agreement`.

    Codes have no order, so alpha is nominal. Claims that an edition knows count, those with one coding drop out, and
    of several beneficiaries the first, which is the main one, is compared. Pairs are two codings of one claim.
    """
    dated = with_known_on(lazy(tables["claim_codings"]), lazy(tables["sources"])).collect("polars").to_native()
    codings = dated.with_columns(beneficiary_code=pl.col("beneficiary_codes").str.split(" ").list.first())
    rows: list[dict[str, Any]] = []
    for year, as_of_on in tables["edition_years"].sort("edition_year").select("edition_year", "as_of_on").iter_rows():
        known = tables["benefit_trail"].filter(edition_year=year).select("benefit_claim_id")
        own = codings.filter(pl.col("known_on") <= as_of_on).join(known, on="benefit_claim_id", how="semi")
        rows += [{"edition_year": year, **_coded_alike(own, name, rules)} for name in CODED_VARIABLES]
    return pl.DataFrame(rows, infer_schema_length=None)


def _coded_alike(codings: pl.DataFrame, variable: str, rules: Rules) -> dict[str, Any]:
    """What coders of the same claims agree on for one variable (a column of `codings`)."""
    codes = codings[variable].unique().drop_nulls().sort().to_list()
    numbered = codings.select(
        "coder_code",
        unit="benefit_claim_id",
        code=pl.col(variable).replace_strict(codes, list(range(len(codes))), default=None, return_dtype=pl.Float64),
    )
    by_claim = numbered.drop_nulls("code").group_by("unit").agg("code")["code"].to_list()
    pairs = [pair for given in by_claim for pair in combinations(given, 2)]
    equal = sum(one == other for one, other in pairs)
    result = krippendorff(_wide(numbered), "nominal")
    return {
        "coded_variable_code": variable,
        "measurement_level_code": "nominal",
        "unit_count": result.unit_count,
        "coder_count": result.coder_count,
        "rating_count": result.rating_count,
        "pair_count": len(pairs),
        "equal_pair_count": equal,
        "agreement_pct": 100 * equal / len(pairs) if len(pairs) >= max(rules.min_n_for_shares, 1) else None,
        "alpha": result.alpha,
        "alpha_low": result.alpha_low,
        "alpha_high": result.alpha_high,
        "agreement_reason_code": result.reason_code,
    }


def _wide(numbered: pl.DataFrame) -> Floats:
    """Codes as coders x units, NaN where a coder did not code; a table without cells where there is none."""
    if numbered.is_empty():
        return np.empty((0, 0))
    wide = numbered.sort("unit", "coder_code").pivot("unit", index="coder_code", values="code")
    return wide.drop("coder_code").cast(pl.Float64).fill_null(float("nan")).to_numpy()


def coders_by_units(ratings: pl.DataFrame) -> Floats:
    """Ratings as coders x projects, NaN where a coder did not rate."""
    wide = ratings.sort("project_id", "coder_code").pivot("project_id", index="coder_code", values="rating")
    return wide.drop("coder_code").cast(pl.Float64).fill_null(float("nan")).to_numpy()


def _coincidences(paired: Floats, values: Floats) -> Floats:
    """Coincidences o_ck of each unit (units x values x values), units in an order that their ratings give."""
    counts = (paired[:, :, None] == values).sum(axis=0).astype(np.float64)
    # The bootstrap draws units by position: sorted by content, neither row order nor ids change the interval.
    counts = counts[np.lexsort(counts.T)]
    pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(len(values))
    return pairs / (counts.sum(axis=1) - 1)[:, None, None]


def _alphas(coincidences: Floats, values: Floats, level: MeasurementLevel) -> Floats:
    """Alpha of each table of coincidences (draws x values x values); NaN where there is no variation."""
    totals = coincidences.sum(axis=2)
    distances = _distances(totals, values, level)
    observed = (coincidences * distances).sum(axis=(1, 2))
    expected = (totals[:, :, None] * totals[:, None, :] * distances).sum(axis=(1, 2))
    n = totals.sum(axis=1)
    return 1 - (n - 1) * observed / np.where(expected > 0, expected, np.nan)


def _distances(totals: Floats, values: Floats, level: MeasurementLevel) -> Floats:
    """Squared distances of values; at ordinal level they depend on how often each value occurs in the draw."""
    if level == "nominal":
        return 1.0 - np.eye(len(values))[None]
    if level == "ordinal":
        middles = np.cumsum(totals, axis=1) - totals / 2
        return (middles[:, :, None] - middles[:, None, :]) ** 2
    differences = (values[:, None] - values)[None]
    if level == "interval":
        return differences**2
    sums = (values[:, None] + values)[None]
    return np.divide(differences, sums, out=np.zeros_like(differences), where=sums > 0) ** 2

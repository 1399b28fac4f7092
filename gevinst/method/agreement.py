"""Agreement between coders: Krippendorff's alpha with its interval, and Cohen's kappa.

Belongs here: how far independent coders gave the same values, for any level of measurement and with missing values.
Does not belong here: which rating is then used (`drivers.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from gevinst.contracts.vocabulary import CODED_VARIABLES, RATED_DRIVERS, MeasurementLevel
from gevinst.method.as_of import with_known_on
from gevinst.method.counting import counted, different
from gevinst.method.drivers import current_ratings
from gevinst.method.frames import Rules, Tables, lazy, reduced

Floats = NDArray[np.float64]

SEED = 20_161_117
"""Seed of the bootstrap, so that an edition can be computed again."""

DRAWS = 2_000
"""Enough for the 2.5 % tails of a percentile bootstrap: fifty draws lie in each."""
FEWEST_UNITS = 10
"""With fewer units an interval would be a pretence."""

_TAIL = 0.025

_ONE_BY_ONE = 1_000
"""Up to so many units the bootstrap draws each by itself, from there on the patterns of ratings that units share, as
often as their share of the units: the same distribution, and a table of a size that does not follow the units."""

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
    What counts is how many units share a pattern of ratings; `of_patterns` starts from there.
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
    values = np.unique(paired[~np.isnan(paired)])
    given = (paired[:, :, None] == values).sum(axis=0).astype(np.float64)
    patterns, units = np.unique(given, axis=0, return_counts=True)
    coders = int((~np.isnan(paired)).any(axis=1).sum())
    return of_patterns(patterns, units, coders, level, values=values, seed=seed, draws=draws)


def of_patterns(
    patterns: Floats,
    units: NDArray[np.int64],
    coder_count: int,
    level: MeasurementLevel,
    *,
    values: Floats | None = None,
    seed: int = SEED,
    draws: int = DRAWS,
) -> Agreement:
    """`krippendorff` of units that share patterns: how many have each row of `patterns` (patterns x values).

    A pattern holds how many coders gave each value, at least two in all; `values` are numbers at the levels that
    measure distances, and in order.
    """
    is_given = patterns.any(axis=0)
    patterns = patterns[:, is_given]
    values = np.arange(patterns.shape[1], dtype=np.float64) if values is None else values[is_given]
    size = (int(units.sum()), coder_count, int(units @ patterns.sum(axis=1)))
    if size[0] == 0:
        return Agreement(*size, None, reason_code="no_pairs")
    # The bootstrap draws by position: sorted by content, neither row order nor ids change the interval.
    order = np.lexsort(patterns.T)
    patterns, units = patterns[order], units[order]
    if size[0] <= _ONE_BY_ONE:
        patterns, units = np.repeat(patterns, units, axis=0), np.ones(size[0], dtype=np.int64)
    coincidences = _coincidences(patterns)
    alpha = _alphas(np.tensordot(units.astype(np.float64), coincidences, axes=1)[None], values, level)[0]
    if np.isnan(alpha):
        return Agreement(*size, None, reason_code="no_variation")
    # Alpha itself is defined for few units; it is given without an interval rather than with a wrong one.
    if size[0] < FEWEST_UNITS:
        return Agreement(*size, float(alpha), reason_code="too_few_units")
    weights = np.random.Generator(np.random.PCG64(seed)).multinomial(size[0], units / size[0], draws)
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


_UNIT_OF_PROJECTS = ["edition_year", "rated_driver_code", "project_id"]
_UNIT_OF_CLAIMS = ["edition_year", "coded_variable_code", "benefit_claim_id"]
_RATINGS = ("1", "2", "3", "4", "5")


def coder_agreement(
    tables: Tables, rules: Rules, *, publish_from: float = PUBLISH_FROM, rank_from: float = RANK_FROM
) -> nw.LazyFrame[Any]:
    """One row per edition year and rated driver: agreement of the ratings in use then; contract `coder_agreement`.

    Ratings are ordinal, and only independent ones count: what was decided afterwards (`rating_decisions`) does not.
    Where no project has two ratings, the row has counts of 0 and the reason.
    """
    ratings = current_ratings(tables).select(*_UNIT_OF_PROJECTS, "coder_code", code=nw.col("rating").cast(nw.String))
    shared = _Shared.of(ratings, _UNIT_OF_PROJECTS, dict.fromkeys(RATED_DRIVERS, _RATINGS))
    rows: list[dict[str, Any]] = []
    for year in _years(tables):
        for driver in RATED_DRIVERS:
            result = shared.agreement(year, driver, "ordinal")
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
    return lazy(pl.DataFrame(rows, infer_schema_length=None))


def coding_agreement(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year and coded variable: agreement of independent codings; contract `coding_agreement`.

    Codes have no order, so alpha is nominal. Claims that an edition knows count, those with one coding drop out, and
    of several beneficiaries the first, which is the main one, is compared. Pairs are two codings of one claim.
    """
    dated = with_known_on(tables["claim_codings"], tables["sources"])
    codings = nw.concat(
        [
            dated.select("benefit_claim_id", "coder_code", "known_on", coded_variable_code=nw.lit(name), code=code)
            for name, code in _CODES.items()
        ],
        how="vertical",
    ).filter(~nw.col("code").is_null())
    codes = reduced(different(codings, *_VARIABLE, "code"), *_VARIABLE, "code")
    known = (
        codings.join(tables["benefit_trail"].select("edition_year", "benefit_claim_id"), on="benefit_claim_id")
        .join(tables["edition_years"].select("edition_year", "as_of_on"), on="edition_year")
        .filter(nw.col("known_on") <= nw.col("as_of_on"))
    )
    by_variable = {name: codes.filter(coded_variable_code=name)["code"].to_list() for name in CODED_VARIABLES}
    shared = _Shared.of(known, _UNIT_OF_CLAIMS, by_variable)
    rows = [
        {"edition_year": year, **_coded_alike(shared, year, name, rules)}
        for year in _years(tables)
        for name in CODED_VARIABLES
    ]
    return lazy(pl.DataFrame(rows, infer_schema_length=None))


_VARIABLE = ("coded_variable_code",)
_CODES: Mapping[str, nw.Expr] = {
    name: nw.col("beneficiary_codes").str.split(" ").list.get(0) if name == "beneficiary_code" else nw.col(name)
    for name in CODED_VARIABLES
}


def _coded_alike(shared: _Shared, year: int, variable: str, rules: Rules) -> dict[str, Any]:
    """What coders of the same claims agree on for one variable."""
    patterns, units = shared.patterns(year, variable)
    given = patterns.sum(axis=1)
    pairs = int(units @ (given * (given - 1))) // 2
    equal = int(units @ (patterns * (patterns - 1)).sum(axis=1)) // 2
    result = shared.agreement(year, variable, "nominal")
    return {
        "coded_variable_code": variable,
        "measurement_level_code": "nominal",
        "unit_count": result.unit_count,
        "coder_count": result.coder_count,
        "rating_count": result.rating_count,
        "pair_count": pairs,
        "equal_pair_count": equal,
        "agreement_pct": 100 * equal / pairs if pairs >= max(rules.min_n_for_shares, 1) else None,
        "alpha": result.alpha,
        "alpha_low": result.alpha_low,
        "alpha_high": result.alpha_high,
        "agreement_reason_code": result.reason_code,
    }


def _years(tables: Tables) -> list[int]:
    return reduced(tables["edition_years"].select("edition_year"), "edition_year")["edition_year"].to_list()


@dataclass(frozen=True, slots=True)
class _Shared:
    """How many units share each pattern of codes, by edition year and variable, counted in the engine."""

    counted: pl.DataFrame
    coders: pl.DataFrame
    names: Sequence[str]
    """The columns of the codes' counts; a variable with fewer codes has 0 in the last of them."""

    @classmethod
    def of(cls, codings: nw.LazyFrame[Any], unit: Sequence[str], codes: Mapping[str, Sequence[str]]) -> _Shared:
        """From `codings` with `coder_code` and `code` by `unit`: edition year, a variable with `codes`, and an id."""
        names = [f"_{place}" for place in range(max(map(len, codes.values())))]
        variable, code, *key = nw.col(unit[1]), nw.col("code"), *unit[:2]

        def is_code(place: int) -> nw.Expr:
            found = nw.lit(False)
            for name, own in codes.items():
                if place < len(own):
                    found = found | ((variable == name) & (code == own[place]))
            return found

        units = counted(codings, unit, _given=~code.is_null(), **{n: is_code(p) for p, n in enumerate(names)})
        paired = units.filter(nw.col("_given") >= 2)
        patterns = paired.group_by(*key, *names).agg(_units=nw.len().cast(nw.Int64))
        coders = different(codings.join(paired.select(*unit), on=list(unit)), *key, "coder_code")
        counts = coders.group_by(*key).agg(_coders=nw.len().cast(nw.Int64))
        return cls(reduced(patterns, *key, *names), reduced(counts, *key), names)

    def patterns(self, year: int, variable: str) -> tuple[Floats, NDArray[np.int64]]:
        """Patterns x codes, and how many units have each."""
        own = self._own(self.counted, year, variable)
        return own.select(self.names).to_numpy().astype(np.float64), own["_units"].to_numpy()

    def agreement(self, year: int, variable: str, level: MeasurementLevel) -> Agreement:
        """Alpha of one variable in one edition."""
        coders = int(self._own(self.coders, year, variable)["_coders"].sum())
        return of_patterns(*self.patterns(year, variable), coders, level)

    def _own(self, frame: pl.DataFrame, year: int, variable: str) -> pl.DataFrame:
        return frame.filter((pl.nth(0) == year) & (pl.nth(1) == variable))


def coders_by_units(ratings: pl.DataFrame) -> Floats:
    """Ratings as coders x projects, NaN where a coder did not rate."""
    wide = ratings.sort("project_id", "coder_code").pivot("project_id", index="coder_code", values="rating")
    return wide.drop("coder_code").cast(pl.Float64).fill_null(float("nan")).to_numpy()


def _coincidences(patterns: Floats) -> Floats:
    """Coincidences o_ck of a unit with each pattern (patterns x values x values)."""
    width = patterns.shape[1]
    pairs = patterns[:, :, None] * patterns[:, None, :] - patterns[:, :, None] * np.eye(width)
    return pairs / (patterns.sum(axis=1) - 1)[:, None, None]


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

"""Net present values under assumptions that a reader chooses: another rate, a shorter period, surer benefits only.

What the page of benefits lets a reader try, as Python on the method of the marts: the answers that the browser's own
calculation (``gevinst/site/pages/benefits/assumptions.js``) is compared with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import narwhals as nw
import polars as pl

from gevinst.contracts.vocabulary import BENEFIT
from gevinst.method.discounting import Schedule, Step
from gevinst.method.economic_rules import R_109, EconomicRules
from gevinst.method.frames import lazy
from gevinst.method.npv import effect_present_values, flows_in_force, schedule_in_use

_KEY = ("project_id",)


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What a reader may choose; the defaults are the calculation of mart `priced_effects`.

    `rate_pct` is one rate for all years in place of the ruleset's schedule, `analysis_years` the length of the period
    (without it every effect is followed through its duration), `has_residual` whether what comes after the period
    counts, and `least_evidence_code` how sure a benefit must be to count (code list `evidence`; without it all do).
    """

    rate_pct: float | None = None
    analysis_years: int | None = None
    has_residual: bool = True
    least_evidence_code: str | None = None


BASE = Assumptions()


def effects_under(
    tables: Mapping[str, pl.DataFrame],
    edition_year: int,
    assumptions: Assumptions = BASE,
    economic: EconomicRules = R_109,
) -> pl.DataFrame:
    """One row per effect and scenario under `assumptions`, as `effect_present_values` gives them.

    Adds `evidence_code`, how sure the claim behind the value is (null where the value is tied to none), and
    `is_counted`. Only benefits are left out for want of evidence; costs and disbenefits always count, and in which
    year a project starts does not depend on what counts. Errors as `flows_in_force`.
    """
    effects = effect_present_values(lazy(flows_under(tables, edition_year, assumptions, economic)), _KEY)
    marked = effects.collect("polars").to_native().join(_evidence(tables, edition_year), on="benefit_value_id")
    is_counted = pl.lit(True)
    if assumptions.least_evidence_code is not None:
        is_counted = (pl.col("effect_kind_code") != BENEFIT) | pl.col("evidence_code").is_in(
            _at_least(tables["codelists"], assumptions.least_evidence_code)
        ).fill_null(False)
    return marked.with_columns(is_counted=is_counted).sort("project_id", "benefit_value_id", "scenario_code")


def flows_under(
    tables: Mapping[str, pl.DataFrame],
    edition_year: int,
    assumptions: Assumptions = BASE,
    economic: EconomicRules = R_109,
) -> pl.DataFrame:
    """Yearly flows of one edition year under `assumptions`, whatever their evidence; columns as `yearly_flows`."""
    lazily = {
        name: lazy(tables[name]) for name in ("benefit_values", "sources", "edition_years", "kpi", "discount_rates")
    }
    chosen = replace(economic, analysis_years=assumptions.analysis_years)
    flows = flows_in_force(lazily, schedule_under(lazily, assumptions, economic), chosen)
    known = flows.filter(nw.col("edition_year") == edition_year)
    kept = known if assumptions.has_residual else known.filter(~nw.col("is_residual"))
    return kept.collect("polars").to_native()


def schedule_under(
    tables: Mapping[str, nw.LazyFrame], assumptions: Assumptions, economic: EconomicRules = R_109
) -> Schedule:
    """The reader's rate for all years, else the schedule of the ruleset."""
    if assumptions.rate_pct is None:
        return schedule_in_use(tables, economic)
    return (Step(0, None, assumptions.rate_pct / 100),)


def net_under(effects: pl.DataFrame) -> pl.DataFrame:
    """One row per project and scenario with `npv_amount`; `effects` is what `effects_under` gives.

    Null when an effect that counts is unknown, and when benefits were left out and none remains: costs alone say
    nothing of whether something pays.
    """
    value, counts = pl.col("present_value_amount"), pl.col("is_counted")
    is_known = ~(value.is_null() & counts).any()
    has_benefit = (counts & (pl.col("effect_kind_code") == BENEFIT)).any()
    return (
        effects.group_by("project_id", "scenario_code")
        .agg(npv_amount=pl.when(is_known & (has_benefit | counts.all())).then(value.filter(counts).sum()))
        .sort("project_id", "scenario_code")
    )


def _evidence(tables: Mapping[str, pl.DataFrame], edition_year: int) -> pl.DataFrame:
    """`evidence_code` of every stated value, as the edition knows it."""
    trail = tables["benefit_trail"].filter(pl.col("edition_year") == edition_year)
    return (
        tables["benefit_values"]
        .join(trail.select("benefit_claim_id", "evidence_code"), on="benefit_claim_id", how="left")
        .select("benefit_value_id", "evidence_code")
    )


def _at_least(codelists: pl.DataFrame, least_code: str) -> list[str]:
    """Codes of evidence that are as sure as `least_code`, or surer."""
    evidence = codelists.filter(pl.col("codelist") == "evidence")
    least = evidence.filter(pl.col("code") == least_code).item(0, "rank")
    return evidence.filter(pl.col("rank") >= least)["code"].to_list()

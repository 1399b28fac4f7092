"""Which function makes which mart, and the order they are made in.

Belongs here: the list that the pipeline, the tests and the documentation share.
Does not belong here: any rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import narwhals as nw
import polars as pl

from gevinst.contracts import MARTS, Contract, contract
from gevinst.contracts.marts_projects import EDITION_YEARS
from gevinst.contracts.schema import polars_schema
from gevinst.method.additionality import additionality
from gevinst.method.ages import outcomes_by_age, project_ages
from gevinst.method.agreement import coder_agreement, coding_agreement
from gevinst.method.as_of import edition_years
from gevinst.method.benefit_headlines import (
    beneficiary_claims,
    benefit_by_category,
    benefit_by_project,
    benefit_headlines,
    benefit_stages,
    measurement_intervals,
)
from gevinst.method.benefits import benefit_overview, benefit_validity, unmeasured_benefits
from gevinst.method.coverage import coverage_validity, project_coverage
from gevinst.method.driver_levels import driver_headlines, driver_outcomes
from gevinst.method.drivers import driver_association, driver_heatmap, driver_table
from gevinst.method.follow_up import follow_up_reasons, follow_ups
from gevinst.method.frames import Rules, Tables, collect, finished, lazy
from gevinst.method.gains import (
    benefit_by_beneficiary,
    benefit_by_stated_by,
    benefit_evidence,
    benefit_trail,
    claim_validity,
    self_report_share,
)
from gevinst.method.headlines import (
    cohort_counts,
    evidence_group_counts,
    headline_counts,
    project_claims,
    source_use,
)
from gevinst.method.last_words import last_words
from gevinst.method.news import Before, news_tables
from gevinst.method.npv import non_priced_assessments, priced_effects
from gevinst.method.organisations import organisation_outcomes
from gevinst.method.priced import (
    discount_steps,
    effect_sensitivities,
    effect_values,
    npv_simulations,
    priced_flows,
    priced_projects,
    priced_totals,
    return_rates,
)
from gevinst.method.reading import document_reading, reading_list
from gevinst.method.realisation import plan_validity, planned_realised, realisation_by_unit
from gevinst.method.reconciliation import reconciliation
from gevinst.method.reconstruction import reconstruction_bounds
from gevinst.method.register import benefit_register, register_counts
from gevinst.method.requests import follow_up_progress, request_outcomes
from gevinst.method.rounds import round_overview
from gevinst.method.scheme import (
    cohort_actors,
    finding_sources,
    grant_amounts,
    owner_groups,
    round_amounts,
    round_disagreements,
    round_outcomes,
    scheme_headlines,
    supplier_cohorts,
    supplier_deliveries,
)
from gevinst.method.status import project_status, status_conflicts, status_validity
from gevinst.method.survey import survey_marts
from gevinst.method.time_to_use import time_to_use

MartFunction = Callable[[Tables, Rules], nw.LazyFrame[Any] | Iterator[nw.LazyFrame[Any]] | Iterator[pl.DataFrame]]
"""A lazy frame that the engine computes, or several where one would hold too much at once; or, where Python computes
from more rows than it may hold, parts of a result.

What is not relational asks the engine for what it has counted (`reduced`), or for the rows in parts (`blocks`)."""

MART_FUNCTIONS: Mapping[str, MartFunction] = {
    "edition_years": edition_years,
    "status_validity": status_validity,
    "project_status": project_status,
    "round_overview": round_overview,
    "claim_validity": claim_validity,
    "benefit_trail": benefit_trail,
    "benefit_evidence": benefit_evidence,
    "benefit_by_beneficiary": benefit_by_beneficiary,
    "benefit_by_stated_by": benefit_by_stated_by,
    "plan_validity": plan_validity,
    "planned_realised": planned_realised,
    "realisation_by_unit": realisation_by_unit,
    "benefit_validity": benefit_validity,
    "benefit_overview": benefit_overview,
    "unmeasured_benefits": unmeasured_benefits,
    "self_report_share": self_report_share,
    "status_conflicts": status_conflicts,
    "coverage_validity": coverage_validity,
    "project_coverage": project_coverage,
    "priced_effects": priced_effects,
    "non_priced_assessments": non_priced_assessments,
    "priced_flows": priced_flows,
    "effect_values": effect_values,
    "effect_sensitivities": effect_sensitivities,
    "return_rates": return_rates,
    "npv_simulations": npv_simulations,
    "priced_projects": priced_projects,
    "priced_totals": priced_totals,
    "discount_steps": discount_steps,
    "benefit_by_category": benefit_by_category,
    "benefit_by_project": benefit_by_project,
    "beneficiary_claims": beneficiary_claims,
    "benefit_stages": benefit_stages,
    "measurement_intervals": measurement_intervals,
    "benefit_headlines": benefit_headlines,
    "benefit_register": benefit_register,
    "register_counts": register_counts,
    "project_ages": project_ages,
    "outcomes_by_age": outcomes_by_age,
    "driver_table": driver_table,
    "driver_heatmap": driver_heatmap,
    "coder_agreement": coder_agreement,
    "driver_association": driver_association,
    "time_to_use": time_to_use,
    "driver_outcomes": driver_outcomes,
    "driver_headlines": driver_headlines,
    "round_amounts": round_amounts,
    "grant_amounts": grant_amounts,
    "supplier_deliveries": supplier_deliveries,
    "supplier_cohorts": supplier_cohorts,
    "owner_groups": owner_groups,
    "round_disagreements": round_disagreements,
    "finding_sources": finding_sources,
    "cohort_actors": cohort_actors,
    "round_outcomes": round_outcomes,
    "scheme_headlines": scheme_headlines,
    "organisation_outcomes": organisation_outcomes,
    "additionality": additionality,
    "survey_series": survey_marts,
    "reconciliation": reconciliation,
    "source_use": source_use,
    "document_reading": document_reading,
    "reading_list": reading_list,
    "coding_agreement": coding_agreement,
    "last_words": last_words,
    "follow_up_reasons": follow_up_reasons,
    "follow_ups": follow_ups,
    "request_outcomes": request_outcomes,
    "follow_up_progress": follow_up_progress,
    "headline_counts": headline_counts,
    "cohort_counts": cohort_counts,
    "evidence_group_counts": evidence_group_counts,
    "project_claims": project_claims,
    "reconstruction_bounds": reconstruction_bounds,
}
"""One function per mart contract, each after the marts it reads."""


def mart_parts(
    mart: Contract, inputs: Mapping[str, Any], rules: Rules, *, is_illustrative: bool
) -> Iterator[nw.LazyFrame[Any]]:
    """One mart from native frames (Polars) or relations (DuckDB) of the tables its contract depends on.

    Its rows come in one part, or in several that are computed as they are asked for, or in none. Nothing is computed
    before somebody writes or collects them.
    """
    result = MART_FUNCTIONS[mart.name]({name: lazy(inputs[name]) for name in mart.depends_on}, rules)
    for part in [result] if isinstance(result, nw.LazyFrame) else result:
        yield finished(lazy(part), mart, is_illustrative=is_illustrative)


def compute_mart(mart: Contract, inputs: Mapping[str, Any], rules: Rules, *, is_illustrative: bool) -> pl.DataFrame:
    """One mart in memory, sorted by its key."""
    parts = mart_parts(mart, inputs, rules, is_illustrative=is_illustrative)
    empty = pl.DataFrame(schema=polars_schema(mart))
    return pl.concat([empty, *(collect(part, mart) for part in parts)]).sort(mart.key)


def compute_marts(
    core: Mapping[str, pl.DataFrame], rules: Rules, *, is_illustrative: bool, last_as_of_on: date | None = None
) -> dict[str, pl.DataFrame]:
    """All marts from Polars core tables and the corrections register, in memory: for tests and dry calculations.

    With them come the tables of news as a first edition has them: empty, since nothing was published before. The last
    edition year is seen from `last_as_of_on`, where that is given, instead of the day on which somebody read last.
    """
    tables: dict[str, pl.DataFrame] = dict(core)
    for mart in MARTS:  # in an order in which each comes after those it reads
        tables[mart.name] = compute_mart(contract(mart.name), tables, rules, is_illustrative=is_illustrative)
        if mart is EDITION_YEARS and last_as_of_on is not None:
            is_last = pl.col("edition_year") == rules.last_year
            seen_from = pl.when(is_last).then(pl.lit(last_as_of_on, pl.Date)).otherwise("as_of_on")
            tables[mart.name] = tables[mart.name].with_columns(as_of_on=seen_from)
    news = news_tables(Before(), tables, rules.last_year, is_illustrative=is_illustrative)
    return {mart.name: tables[mart.name] for mart in MARTS} | news

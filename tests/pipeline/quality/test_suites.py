"""Each check of a suite passes on the small world and fails on the smallest change that should make it fail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest

from gevinst.contracts import contract
from gevinst.contracts.vocabulary import Severity
from gevinst.quality import CheckResult, run_checks
from gevinst.quality.suites import SUITE_CHECKS
from tests.data.quality_world import with_rows

Row = dict[str, Any]
Break = Callable[[list[Row]], None]


def run_table_checks(name: str, tables: dict[str, pl.DataFrame]) -> list[CheckResult]:
    """Results of the whole suite of one table."""
    return run_checks([check for check in SUITE_CHECKS if check.table_name == name], tables)


def change(number: int, **values: Any) -> Break:
    """Give row `number` other values."""
    return lambda rows: rows[number].update(values)


def repeat(number: int, **values: Any) -> Break:
    """Add row `number` once more with other values."""
    return lambda rows: rows.append({**rows[number], **values})


def empty(column: str) -> Break:
    """Take the values of `column` away."""
    return lambda rows: [row.update({column: None}) for row in rows] and None


def every(**values: Any) -> Break:
    """Give every row these values."""
    return lambda rows: [row.update(values) for row in rows] and None


BREAKS: dict[str, Break] = {
    "codelists_code_form": change(0, code="i gang"),
    "codelists_labels_differ_nb": change(0, label_nb="innsikt"),
    "codelists_labels_differ_en": change(0, label_en="innsikt (in English)"),
    "codelists_ranks_differ": change(0, rank=1),
    "kpi_index_plausible": change(2, index_value=1084.0),
    "municipality_codes_form": change(0, municipality_code="301"),
    "municipality_codes_dates_ordered": change(0, valid_to_on=date(1989, 12, 31)),
    "corrections_change_something": change(0, replace="Etatn"),
    "sources_id_form": change(0, source_id="Ordningen 2017"),
    "sources_published_before_read": change(0, published_on=date(2027, 5, 11)),
    "sources_listed_once": repeat(3, source_id="eierside-2"),
    "sources_address_form": change(1, address="se ordningens sider"),
    "rounds_id_form": change(0, round_id="vår-2018"),
    "sources_have_address": change(0, address=None),
    "sources_without_address_have_none": change(0, has_no_public_address=True),
    "sources_lines_are_counted": change(1, line_count=None),
    "sources_text_sum_form": change(1, text_sha256="abc"),
    "sources_public_bounds_ordered": change(3, public_not_after=date(2023, 12, 31)),
    "sources_public_not_before_has_basis": change(3, public_bounds_basis_nb=None, public_not_after=None),
    "sources_public_not_after_has_basis": change(3, public_bounds_basis_nb=None, public_not_before=None),
    "rounds_award_date_is_cohort_year": change(1, awarded_on=date(2022, 6, 6)),
    "rounds_id_is_cohort_year": change(1, round_id="2022"),
    "round_figures_counts_plausible": change(0, value=6_200_000.0),
    "round_figures_amounts_plausible": change(3, value=6.2),
    "round_figures_amounts_have_kind": change(3, amount_kind_code=None),
    "round_figures_counts_have_no_kind": change(0, amount_kind_code="award"),
    "projects_id_form": change(0, project_id="skyss"),
    "project_grants_plausible": change(0, grant_amount=1.2),
    "project_grants_in_own_currency": change(0, currency_code="EUR"),
    "own_funding_in_own_currency": lambda rows: rows.append({"own_funding_id": "2018-1", "currency_code": "EUR"}),
    "follow_on_funding_in_own_currency": change(0, currency_code="EUR"),
    "projects_external_id_once": lambda rows: [row.update(external_id="7") for row in rows[:2]],
    "organisations_country_form": change(0, country_code="Norge"),
    "project_events_listed_once": repeat(0, project_event_id="2018-skyss-started-2"),
    "projects_problem_mostly_known": change(1, problem_nb=None),
    "projects_short_names_fit": change(0, short_name_nb="Fleksibel skyss i spredtbygde strøk av kommunen"),
    "projects_named_once": change(0, name_nb="Gjeld"),
    "organisations_id_form": change(0, organisation_id="Etaten"),
    "organisations_named_once": change(0, name="Kommunen"),
    "organisations_municipalities_have_code": change(2, municipality_code=None),
    "organisation_names_dates_ordered": change(0, valid_to_on=date(2015, 12, 31)),
    "participations_listed_once": repeat(1, participation_id="2018-skyss-partner-2"),
    "participations_supplier_is_no_authority": change(1, role_code="supplier"),
    "participations_owner_is_no_supplier": change(2, organisation_id="etaten"),
    "project_relations_have_other_side": change(1, related_name=None),
    "project_relations_not_to_itself": change(0, related_project_id="2023-byggesak"),
    "status_assessments_stated_once": repeat(0, status_assessment_id="s5"),
    "status_assessments_late_step_has_reason_nb": change(1, reason_nb="I bruk."),
    "status_assessments_late_step_has_reason_en": change(1, reason_en="In use."),
    "status_assessments_late_step_reason_is_its_own": repeat(1, status_assessment_id="s9", project_id="2018-gjeld"),
    "benefit_claims_belong_to_their_benefit": change(0, project_id="2018-gjeld"),
    "benefit_claims_words_once_nb": change(2, statement_nb="Mindre går, til PURRING"),
    "benefit_claims_words_once_en": change(2, statement_en="Mindre går til purring (in English)."),
    "benefits_named_once_nb": change(2, name_nb="OVERSIKT."),
    "benefits_named_once_en": change(2, name_en="oversikt (in English)"),
    "statements_in_one_table": change(0, statement_nb="Bedre oversikt!"),
    "benefit_claims_evidence_fits_modality": change(0, evidence_code="oppgitt"),
    "benefit_claims_listed_once": repeat(0, benefit_claim_id="c5"),
    "benefit_claims_state_no_kroner_nb": change(0, statement_nb="Sparer 15 millioner kroner i året."),
    "benefit_claims_state_no_kroner_en": change(0, statement_en="Saves NOK 15 million a year."),
    "benefit_plans_baseline_value_in_unit": change(0, baseline_value=300.0),
    "benefit_plans_target_value_in_unit": change(0, target_value=-5.0),
    "benefit_measurements_measured_value_in_unit": change(0, measured_value=100.5),
    "benefit_measurements_have_baseline": change(2, baseline_value=None),
    "benefit_measurements_dates_ordered": change(0, measured_on=date(2018, 1, 1)),
    "benefit_plans_money_has_currency": change(2, currency_code=None),
    "benefit_plans_money_has_price_year": change(2, price_year=None),
    "benefit_plans_others_have_no_currency": change(0, currency_code="NOK"),
    "benefit_plans_others_have_no_price_year": change(0, price_year=2018),
    "benefit_plans_currency_form": change(2, currency_code="kroner"),
    "follow_on_funding_plausible": change(0, amount=15.0),
    "follow_on_funding_listed_once": repeat(0, follow_on_funding_id="f2"),
    "portfolio_findings_counts_have_value": change(0, value=None),
    "status_validity_stretches_have_length": change(1, valid_to=date(2018, 5, 30)),
    "plan_validity_stretches_have_length": change(0, valid_to=date(2026, 11, 1)),
    "benefit_validity_stretches_have_length": change(1, valid_to=date(2026, 11, 1)),
    "coverage_validity_stretches_have_length": change(0, valid_to=date(2018, 5, 30)),
    "claim_validity_ends_after_it_begins": change(0, valid_to=date(2018, 5, 29)),
    "claim_validity_end_has_superseder": change(0, superseded_by_id=None),
    "project_status_highest_above_first": every(first_step=3, highest_step=2),
    "project_status_highest_above_current": change(0, current_step=6, first_step=None),
    "project_status_not_before_award": change(0, months_since_award=-1),
    "round_overview_selected_among_applicants": change(0, selected_count=31),
    "edition_changes_change_something": every(from_code="i_gang", to_code="i_gang"),
    "reconciliation_differences_explained": change(0, result_code="disagrees", explanation_nb=None),
}


@pytest.mark.parametrize("check", SUITE_CHECKS, ids=lambda check: check.check_id)
def test_a_check_fails_on_the_fault_it_is_there_for(check: Any, world: dict[str, pl.DataFrame]) -> None:
    name = BROKEN_IN.get(check.check_id, check.table_name)
    rows = world[name].to_dicts()
    BREAKS[check.check_id](rows)
    tables = with_rows(world, name, rows)
    results = {result.check.check_id: result for result in run_table_checks(check.table_name, tables)}
    result = results[check.check_id]
    assert result.has_failed
    assert 1 <= result.unexpected_count <= result.checked_count
    keys = tables[check.table_name].select(pl.concat_str(contract(check.table_name).key, separator="/")).to_series()
    # A statement that is in two tables is named with its table.
    assert {key.removeprefix(f"{check.table_name}/") for key in result.unexpected_keys} & set(keys)
    assert result.unexpected_keys
    also = {name for name, other in results.items() if other.has_failed} - {check.check_id}
    assert also <= SIDE_EFFECTS.get(check.check_id, set()), "a fault should be reported once"


BROKEN_IN = {
    "statements_in_one_table": "counterfactual_statements",
    "benefit_measurements_have_baseline": "benefit_plans",
}
"""Checks of a frame of several tables that are broken in another than the one in which the fault is corrected."""

SIDE_EFFECTS: dict[str, set[str]] = {
    # A public body that sells to its own project is wrong in two ways.
    "participations_owner_is_no_supplier": {"participations_supplier_is_no_authority"},
    "project_status_highest_above_first": {"project_status_highest_above_current"},
}


def test_every_check_of_a_suite_passes_on_sound_tables(world: dict[str, pl.DataFrame]) -> None:
    results = run_checks(SUITE_CHECKS, world)
    assert [result.check for result in results] == list(SUITE_CHECKS)
    assert [result.check.check_id for result in results if result.has_failed] == []


@pytest.mark.parametrize(
    "text", ["Sparer kr 500 per sak.", "Sparer 1 200 kr.", "Gir 3 mill. kroner.", "Verdt 2 milliarder kroner."]
)
def test_an_amount_in_a_claim_is_found_however_it_is_written(text: str, world: dict[str, pl.DataFrame]) -> None:
    rows = world["benefit_claims"].to_dicts()
    rows[0]["statement_nb"] = text
    results = run_table_checks("benefit_claims", with_rows(world, "benefit_claims", rows))
    assert [result.check.check_id for result in results if result.has_failed] == ["benefit_claims_state_no_kroner_nb"]


def failed(name: str, tables: dict[str, pl.DataFrame]) -> list[str]:
    """Checks of one table that fail."""
    return [result.check.check_id for result in run_table_checks(name, tables) if result.has_failed]


def test_dates_may_be_equal_or_unknown(world: dict[str, pl.DataFrame]) -> None:
    rows = world["benefit_measurements"].to_dicts()
    rows[0].update(measured_on=date(2019, 1, 1))
    rows.append({**rows[0], "benefit_measurement_id": "m3", "measured_on": None})
    assert failed("benefit_measurements", with_rows(world, "benefit_measurements", rows)) == []
    plans = [{**row, "baseline_on": None} for row in world["benefit_plans"].to_dicts()]
    rows[0].update(measured_on=date(2018, 6, 1))
    undated = with_rows(with_rows(world, "benefit_plans", plans), "benefit_measurements", rows)
    assert failed("benefit_measurements", undated) == []


def test_a_measurement_of_a_changed_plan_has_the_baseline_of_the_first(world: dict[str, pl.DataFrame]) -> None:
    plans, rows = world["benefit_plans"].to_dicts(), world["benefit_measurements"].to_dicts()
    plans[1].update(baseline_value=None)
    rows[0].update(benefit_plan_id="p1-endret")
    tables = with_rows(with_rows(world, "benefit_plans", plans), "benefit_measurements", rows)
    assert failed("benefit_measurements", tables) == []


def test_two_sources_may_say_the_same_of_one_benefit(world: dict[str, pl.DataFrame]) -> None:
    rows = world["benefit_claims"].to_dicts()
    rows[0].update(statement_nb=rows[1]["statement_nb"], statement_en="Said in other words.")
    assert failed("benefit_claims", with_rows(world, "benefit_claims", rows)) == []


def test_a_difference_of_shares_may_be_below_zero(world: dict[str, pl.DataFrame]) -> None:
    plans = world["benefit_plans"].to_dicts()
    for row in plans[:2]:
        row.update(unit_code="percentage_points", target_value=-4.0)
    assert failed("benefit_plans", with_rows(world, "benefit_plans", plans)) == []


def test_a_warning_about_completeness_tolerates_half(world: dict[str, pl.DataFrame]) -> None:
    result = next(
        result
        for result in run_table_checks("projects", world)
        if result.check.check_id == "projects_problem_mostly_known"
    )
    assert not result.has_failed
    assert (result.unexpected_count, result.unexpected_keys) == (1, ("2018-skyss",))
    assert result.check.severity is Severity.WARNING

"""Each check of a suite passes on the small world and fails on the smallest change that should make it fail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest

from gevinst.contracts import contract
from gevinst.quality import CheckResult, Severity, run_checks
from gevinst.quality.suites import SUITE_CHECKS
from tests.data.quality_world import with_rows

Row = dict[str, Any]
Break = Callable[[list[Row]], None]


def run_table_checks(name: str, frame: pl.DataFrame) -> list[CheckResult]:
    """Results of the whole suite of one table."""
    return run_checks([check for check in SUITE_CHECKS if check.table_name == name], {name: frame})


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
    "round_figures_counts_plausible": change(0, value=6_200_000.0),
    "round_figures_amounts_plausible": change(3, value=6.2),
    "round_figures_amounts_have_kind": change(3, amount_kind_code=None),
    "round_figures_counts_have_no_kind": change(0, amount_kind_code="award"),
    "projects_id_form": change(0, project_id="skyss"),
    "project_grants_plausible": change(0, grant_nok=1.2),
    "project_events_listed_once": repeat(0, project_event_id="2018-skyss-started-2"),
    "projects_problem_mostly_known": change(1, problem_nb=None),
    "projects_short_names_fit": change(0, short_name_nb="Fleksibel skyss i spredtbygde strøk av kommunen"),
    "projects_named_once": change(0, name_nb="Gjeld"),
    "organisations_id_form": change(0, organisation_id="Etaten"),
    "organisations_named_once": change(0, name="Kommunen"),
    "organisations_municipalities_have_code": change(1, municipality_code=None),
    "organisation_names_dates_ordered": change(0, valid_to_on=date(2015, 12, 31)),
    "participations_listed_once": repeat(0, participation_id="2018-skyss-owner-2"),
    "project_relations_have_other_side": change(1, related_name=None),
    "project_relations_not_to_itself": change(0, related_project_id="2023-byggesak"),
    "status_assessments_stated_once": repeat(0, status_assessment_id="s5"),
    "benefit_claims_evidence_fits_modality": change(0, evidence_code="oppgitt"),
    "benefit_claims_listed_once": repeat(0, benefit_claim_id="c5"),
    "benefit_claims_state_no_kroner_nb": change(0, statement_nb="Sparer 15 millioner kroner i året."),
    "benefit_claims_state_no_kroner_en": change(0, statement_en="Saves NOK 15 million a year."),
    "follow_on_funding_plausible": change(0, amount_nok=15.0),
    "follow_on_funding_listed_once": repeat(0, follow_on_funding_id="f2"),
    "portfolio_findings_counts_have_value": change(0, value=None),
    "project_status_highest_above_first": every(first_step=3, highest_step=2),
    "project_status_highest_above_current": change(0, current_step=6, first_step=None),
    "project_status_not_before_award": change(0, months_since_award=-1),
    "round_overview_selected_among_applicants": change(0, selected_count=31),
    "edition_changes_change_something": every(from_code="i_gang", to_code="i_gang"),
    "reconciliation_differences_explained": change(0, result_code="disagrees", explanation_nb=None),
}


@pytest.mark.parametrize("check", SUITE_CHECKS, ids=lambda check: check.check_id)
def test_a_check_fails_on_the_fault_it_is_there_for(check: Any, world: dict[str, pl.DataFrame]) -> None:
    rows = world[check.table_name].to_dicts()
    BREAKS[check.check_id](rows)
    broken = with_rows(world, check.table_name, rows)[check.table_name]
    results = {result.check.check_id: result for result in run_table_checks(check.table_name, broken)}
    result = results[check.check_id]
    assert not result.is_passed
    assert 1 <= result.unexpected_count <= result.checked_count
    keys = broken.select(pl.concat_str(pl.col(name).cast(pl.String) for name in contract(check.table_name).key))
    assert {key.replace("/", "") for key in result.unexpected_keys} <= set(keys.to_series())
    assert result.unexpected_keys
    also = {name for name, other in results.items() if not other.is_passed} - {check.check_id}
    assert also <= SIDE_EFFECTS.get(check.check_id, set()), "a fault should be reported once"


SIDE_EFFECTS: dict[str, set[str]] = {
    "project_status_highest_above_first": {"project_status_highest_above_current"},
}


def test_every_check_of_a_suite_passes_on_sound_tables(world: dict[str, pl.DataFrame]) -> None:
    results = run_checks(SUITE_CHECKS, world)
    assert [result.check for result in results] == list(SUITE_CHECKS)
    assert [result.check.check_id for result in results if not result.is_passed] == []


@pytest.mark.parametrize(
    "text", ["Sparer kr 500 per sak.", "Sparer 1 200 kr.", "Gir 3 mill. kroner.", "Verdt 2 milliarder kroner."]
)
def test_an_amount_in_a_claim_is_found_however_it_is_written(text: str, world: dict[str, pl.DataFrame]) -> None:
    rows = world["benefit_claims"].to_dicts()
    rows[0]["statement_nb"] = text
    results = run_table_checks("benefit_claims", with_rows(world, "benefit_claims", rows)["benefit_claims"])
    assert [result.check.check_id for result in results if not result.is_passed] == [
        "benefit_claims_state_no_kroner_nb"
    ]


def test_a_warning_about_completeness_tolerates_half(world: dict[str, pl.DataFrame]) -> None:
    result = next(
        result
        for result in run_table_checks("projects", world["projects"])
        if result.check.check_id == "projects_problem_mostly_known"
    )
    assert result.is_passed
    assert (result.unexpected_count, result.unexpected_keys) == (1, ("2018-skyss",))
    assert result.check.severity is Severity.WARNING

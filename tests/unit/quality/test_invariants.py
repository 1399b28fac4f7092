"""Each rule across tables holds on the small world and fails on the fault its docstring names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gevinst.contracts.vocabulary import CheckOutcome
from gevinst.quality import CheckResult, QualityError, run_checks
from gevinst.quality.invariants import INVARIANTS
from tests.data.priced import kpi, value_frame
from tests.data.quality_faults import FAULTS, Fault, Tables, again, at, broken, set_aside
from tests.data.quality_registry import Row
from tests.data.quality_world import with_rows

BY_ID = {invariant.check.check_id: invariant for invariant in INVARIANTS}


def run_invariants(tables: Tables, previous: Tables | None = None) -> list[CheckResult]:
    """Results of every rule across tables."""
    return run_checks([invariant.check for invariant in INVARIANTS], tables, previous)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.check_id}: {fault.label}")
def test_a_rule_notices_and_names(fault: Fault, world: Tables) -> None:
    result = BY_ID[fault.check_id](broken(world, fault))
    assert result.unexpected_keys == fault.keys
    assert result.has_failed
    assert result.unexpected_count == len(fault.keys)
    assert result.checked_count >= 1


def test_every_rule_holds_on_sound_tables(world: Tables) -> None:
    results = run_invariants(world)
    assert [(result.check.check_id, result.unexpected_keys) for result in results if result.has_failed] == []
    idle = {result.check.check_id for result in results if result.checked_count == 0}
    assert idle == {"priced_benefits_can_be_computed"}, "a rule that looks at nothing proves nothing"


def test_every_rule_is_shown_to_fail() -> None:
    assert {fault.check_id for fault in FAULTS} | {"published_keys_stay", "priced_benefits_can_be_computed"} == set(
        BY_ID
    )


def test_a_scheme_that_says_nothing_of_who_may_own_projects_lets_anybody(
    world: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (fault,) = [fault for fault in FAULTS if fault.check_id == "participations_owner_is_public"]
    (tmp_path / "scheme.toml").write_text('[scheme]\nname = "Fondet"\n', encoding="utf-8")
    monkeypatch.setenv("GEVINST_WORKSPACE", str(tmp_path))
    assert not BY_ID[fault.check_id](broken(world, fault)).has_failed


def test_a_priced_estimate_that_cannot_be_computed_with_is_named() -> None:
    sound = {"low_amount": 1.0, "mid_amount": 2.0, "high_amount": 3.0}
    values = value_frame([{**sound, "benefit_value_id": "a"}, {**sound, "benefit_value_id": "b", "low_amount": 9.0}])
    tables = {"benefit_values": values, "kpi": kpi()}
    result = BY_ID["priced_benefits_can_be_computed"](tables)
    assert result.checked_count == 2
    assert result.unexpected_keys
    assert all(key.startswith("b.") for key in result.unexpected_keys)


def test_a_text_that_is_not_translated_yet_has_no_second_number_to_differ(world: Tables) -> None:
    fault = Fault("", "texts_say_the_same_numbers", "projects", at(0, name_nb="Tre byer", name_en="Tre byer"), ())
    assert not BY_ID["texts_say_the_same_numbers"](broken(world, fault)).has_failed


def test_an_id_that_is_gone_since_the_published_edition_is_named(world: Tables) -> None:
    now = with_rows(world, "projects", world["projects"].to_dicts()[1:])
    rule = "published_keys_stay"
    (result,) = [result for result in run_invariants(now, previous=world) if result.check.check_id == rule]
    assert (result.has_failed, result.unexpected_keys) == (True, ("projects/2018-skyss",))
    (result,) = [result for result in run_invariants(world, previous=now) if result.check.check_id == rule]
    assert not result.has_failed, "a new project is not a loss"


def test_the_published_edition_is_compared_and_not_checked_again(world: Tables) -> None:
    spoilt = with_rows(world, "participations", [{**world["participations"].row(0, named=True), "note_nb": "a@b.no"}])
    results = run_invariants(world, previous=spoilt)
    assert all(not result.has_failed for result in results)


def test_a_missing_table_is_an_error_that_names_rule_and_table(world: Tables) -> None:
    with pytest.raises(QualityError, match="check projects_have_one_owner needs the tables participations"):
        run_invariants({name: frame for name, frame in world.items() if name != "participations"})


@pytest.mark.parametrize(
    "text",
    ["Ring 22 45 10 00", "Ring 911 22 333", "Ring 91122333", "Ring +47 911 22 333", "tlf. 911 22 333", "Tlf: 815 00"],
)
def test_a_phone_number_is_found_however_it_is_written(text: str, world: Tables) -> None:
    fault = Fault("", "no_contact_data", "participations", at(0, note_nb=text), ())
    assert BY_ID["no_contact_data"](broken(world, fault)).has_failed


@pytest.mark.parametrize(
    "text",
    ["57 383 633 kroner", "18 000 dokumenter", "ISSN 2703-7061", "2018-05-30", "fil 20180530", "side 6371089",
     "1994–2024", "20 + 30 + 50 prosent", "Rapport 2020:2"],
)  # fmt: skip
def test_other_numbers_are_not_taken_for_phone_numbers(text: str, world: Tables) -> None:
    fault = Fault("", "no_contact_data", "participations", at(0, note_nb=text), ())
    assert not BY_ID["no_contact_data"](broken(world, fault)).has_failed


def test_a_name_may_be_the_same_in_both_languages(world: Tables) -> None:
    fault = Fault("", "texts_are_translated", "projects", at(0, name_nb="Kudos", name_en="Kudos"), ())
    assert not BY_ID["texts_are_translated"](broken(world, fault)).has_failed


def test_a_claim_may_hold_the_figure_of_another_project_or_a_small_one(world: Tables) -> None:
    rows = world["benefit_claims"].to_dicts()
    rows[3]["statement_nb"] = "Ga 15 millioner til drift."
    assert not BY_ID["benefits_are_not_other_figures"](with_rows(world, "benefit_claims", rows)).has_failed
    figures = [{**world["context_figures"].row(0, named=True), "value": 3.0}]
    rows[3]["statement_nb"] = "Svar innen 3 dager."
    small = with_rows(with_rows(world, "benefit_claims", rows), "context_figures", figures)
    assert not BY_ID["benefits_are_not_other_figures"](small).has_failed


def test_a_project_may_plan_to_end_after_its_source_was_read(world: Tables) -> None:
    fault = Fault("", "nothing_dated_after_it_was_read", "project_events", at(1, event_on=date(2028, 1, 1)), ())
    assert not BY_ID["nothing_dated_after_it_was_read"](broken(world, fault)).has_failed


def test_an_announced_start_may_be_later_than_the_reading_and_a_misprint_may_not(world: Tables) -> None:
    check, events = BY_ID["nothing_dated_after_it_was_read"], world["project_events"].to_dicts()
    read = dict(world["sources"].select("source_id", "accessed_on").iter_rows())[events[0]["source_id"]]
    for years, has_failed in ((1, False), (36, True)):
        events[0].update(event_code="started", event_on=read.replace(year=read.year + years))
        assert check(with_rows(world, "project_events", events)).has_failed == has_failed


def test_what_is_planned_and_what_we_did_ourselves_may_be_later_than_the_reading(world: Tables) -> None:
    plans = world["benefit_plans"].to_dicts()
    plans[0].update(next_measurement_on=date(2028, 1, 1), target_on=date(2030, 1, 1), recorded_on=date(2027, 2, 1))
    tables = with_rows(world, "benefit_plans", plans)
    assert not BY_ID["nothing_dated_after_it_was_read"](tables).has_failed


def test_a_target_without_a_desired_direction_may_lie_either_way(world: Tables) -> None:
    swapped = {"baseline_value": 9.0, "target_value": 5.0, "desired_direction_code": None}
    fault = Fault("", "targets_lie_the_desired_way", "benefit_plans", at(0, **swapped), ())
    assert not BY_ID["targets_lie_the_desired_way"](broken(world, fault)).has_failed


def test_a_benefit_for_the_worse_may_be_planned_to_grow_within_a_limit(world: Tables) -> None:
    worse = Fault("", "", "benefits", at(2, benefit_sign_code="negative"), ())
    more = Fault("", "targets_lie_the_desired_way", "benefit_plans", at(2, baseline_value=0.0, target_value=4.0), ())
    assert BY_ID["targets_lie_the_desired_way"](broken(world, more)).has_failed
    assert not BY_ID["targets_lie_the_desired_way"](broken(broken(world, worse), more)).has_failed


def test_a_figure_counts_as_measured_whichever_version_of_its_plan_has_the_baseline(world: Tables) -> None:
    moved = Fault("", "", "benefit_measurements", at(0, benefit_plan_id="p1-endret"), ())
    left_out = Fault("", "documented_claims_have_proof", "benefit_plans", at(1, baseline_value=None), ())
    assert not BY_ID["documented_claims_have_proof"](broken(broken(world, moved), left_out)).has_failed


def test_benefits_that_build_on_nothing_give_nothing_to_check(world: Tables) -> None:
    rows = [{**row, "depends_on_ids": None} for row in world["benefits"].to_dicts()]
    result = BY_ID["benefits_depend_on_earlier_ones"](with_rows(world, "benefits", rows))
    assert result.outcome is CheckOutcome.NOTHING


def test_a_mart_that_may_be_empty_is_no_fault_without_rows(world: Tables) -> None:
    assert not BY_ID["marts_have_rows"](with_rows(world, "status_conflicts", [])).has_failed


def test_a_mart_without_rows_is_a_fault_only_where_there_are_rows_that_it_is_made_of(world: Tables) -> None:
    empty = with_rows(world, "round_overview", [])
    assert BY_ID["marts_have_rows"](empty).has_failed
    assert not BY_ID["marts_have_rows"](with_rows(empty, "rounds", [])).has_failed
    assert BY_ID["marts_have_rows"](with_rows(empty, "projects", [])).has_failed, "that other rows are missing too"


def test_a_project_may_start_and_end_within_a_year_known_only_roughly(world: Tables) -> None:
    fault = Fault("", "projects_end_after_they_start", "project_events", at(1, event_on=date(2018, 1, 1)), ())
    assert not BY_ID["projects_end_after_they_start"](broken(world, fault)).has_failed


def test_a_figure_of_another_kind_may_stand_beside_the_preferred_one(world: Tables) -> None:
    frame = {"round_figure_id": "ramme", "amount_kind_code": "frame_plus_options", "is_preferred": False}
    fault = Fault("", "round_figures_have_one_preferred", "round_figures", again(3, **frame), ())
    assert not BY_ID["round_figures_have_one_preferred"](broken(world, fault)).has_failed


def test_a_value_measured_some_time_in_the_year_of_the_award_is_no_fault(world: Tables) -> None:
    fault = Fault("", "measurements_follow_the_award", "benefit_measurements",
                  at(0, measured_on=date(2018, 1, 1)), ())  # fmt: skip
    assert not BY_ID["measurements_follow_the_award"](broken(world, fault)).has_failed


def test_a_source_known_later_in_the_same_edition_year_is_no_fault(world: Tables) -> None:
    rows = world["sources"].to_dicts()
    for row in rows:
        if row["source_id"] == "tildeling-2018":
            row.update(published_on=date(2018, 1, 1), published_precision="year")
    assert not BY_ID["nothing_known_before_its_project"](with_rows(world, "sources", rows)).has_failed


def test_a_table_with_few_rows_set_aside_is_still_trusted(world: Tables) -> None:
    many = [{**world["participations"].row(0, named=True), "participation_id": f"p{number}"} for number in range(20)]
    fault = Fault("", "few_rows_set_aside", "quarantine", set_aside(1), ())
    tables = broken(with_rows(world, "participations", many), fault)
    assert not BY_ID["few_rows_set_aside"](tables).has_failed
    assert BY_ID["no_rows_set_aside"](tables).has_failed


def test_rows_of_a_sheet_set_aside_count_for_its_table(world: Tables) -> None:
    def from_workbook(rows: list[Row]) -> None:
        set_aside(3, "delivery.xlsx")(rows)
        for row in rows:
            row["sheet"] = "disagreements"

    fault = Fault("", "few_rows_set_aside", "quarantine", from_workbook, ("disagreements",))
    assert BY_ID["few_rows_set_aside"](broken(world, fault)).unexpected_keys == fault.keys

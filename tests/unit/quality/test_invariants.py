"""Each rule across tables holds on the small world and fails on the fault its docstring names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
import pytest

from gevinst.quality import CheckResult, QualityError, run_checks
from gevinst.quality.invariants import INVARIANTS
from tests.data.priced import kpi, value_frame
from tests.data.quality_world import with_rows

Row = dict[str, Any]
Tables = dict[str, pl.DataFrame]
BY_ID = {invariant.check.check_id: invariant for invariant in INVARIANTS}


@dataclass(frozen=True)
class Fault:
    """A change to one table of the world, the rule that must notice, and the keys it must name."""

    label: str
    check_id: str
    table: str
    change: Callable[[list[Row]], Any]
    keys: tuple[str, ...]


def at(number: int, **values: Any) -> Callable[[list[Row]], Any]:
    """Give row `number` other values."""
    return lambda rows: rows[number].update(values)


def again(number: int, **values: Any) -> Callable[[list[Row]], Any]:
    """Add row `number` once more with other values."""
    return lambda rows: rows.append({**rows[number], **values})


def without(number: int) -> Callable[[list[Row]], Any]:
    """Leave row `number` out."""
    return lambda rows: rows.pop(number)


def set_aside(rows_at_fault: int, file: str = "registry/participations.csv") -> Callable[[list[Row]], Any]:
    """Put rows of a file in quarantine, each with two faults."""
    return lambda rows: rows.extend(
        {"file": file, "row_number": number, "column_name": column, "reason_nb": "Feil.", "reason_en": "Wrong."}
        for number in range(2, 2 + rows_at_fault)
        for column in ("role_code", "is_disputed")
    )


def run_invariants(tables: Tables, previous: Tables | None = None) -> list[CheckResult]:
    """Results of every rule across tables."""
    return run_checks([invariant.check for invariant in INVARIANTS], tables, previous)


LONG = "Innbyggerne finner fram på egen hånd"

FAULTS = [
    Fault("a value measured the year before the award", "measurements_follow_the_award", "benefit_measurements",
          at(0, measured_on=date(2017, 1, 1)), ("m1",)),
    Fault("a co-owner entered as owner", "projects_have_one_owner", "participations",
          again(0, participation_id="p", organisation_id="kommunen"), ("2018-skyss",)),
    Fault("an owner forgotten", "projects_have_one_owner", "participations", without(3), ("2023-byggesak",)),
    Fault("a name of another organisation", "participation_names_are_listed", "participations",
          at(0, organisation_name="Kommunen"), ("2018-skyss-owner",)),
    Fault("a misspelling that was not corrected", "participation_names_are_listed", "participations",
          at(3, organisation_name="Etatn"), ("2023-byggesak-owner",)),
    Fault("two preferred figures", "round_figures_have_one_preferred", "round_figures",
          lambda rows: [row.update(is_preferred=True) for row in rows], ("2018-1/applicants/count",)),
    Fault("no preferred figure", "round_figures_have_one_preferred", "round_figures",
          lambda rows: [row.update(is_preferred=False) for row in rows if row["measure_code"] == "amount"],
          ("2018-1/amount",)),
    Fault("grants above the amount of the round", "grants_within_round_amount", "project_grants",
          at(0, grant_nok=7_000_000.0), ("2018-1",)),
    Fault("start and end swapped", "projects_end_after_they_start", "project_events",
          lambda rows: [row.update(event_code={"started": "ended", "ended": "started"}[row["event_code"]])
                        for row in rows], ("2018-skyss",)),
    Fault("a start dated in the future", "nothing_dated_after_it_was_read", "project_events",
          at(0, event_on=date(2062, 1, 1)), ("project_events/2018-skyss-started",)),
    Fault("more named than selected", "named_projects_within_selected", "round_figures",
          lambda rows: [row.update(value=1.0) for row in rows if row["measure_code"] == "selected"], ("2018-1",)),
    Fault("a project in the wrong round", "project_ids_carry_their_cohort", "projects",
          at(0, round_id="2023"), ("2018-skyss",)),
    Fault("predecessor and successor swapped", "predecessors_come_first", "project_relations",
          at(0, project_id="2018-skyss", related_project_id="2023-byggesak"), ("r1",)),
    Fault("digits of a number swapped", "organisation_numbers_are_valid", "organisation_numbers",
          at(0, organisation_number="974760763"), ("974760763",)),
    Fault("digits of the index swapped", "kpi_grows_plausibly", "kpi", at(1, index_value=136.0),
          ("2016/2015", "2018/2015")),
    Fault("a status dated in the future", "nothing_dated_after_it_was_read", "status_assessments",
          at(1, assessed_on=date(2062, 1, 1)), ("status_assessments/s2",)),
    Fault("a claim known before its project", "nothing_known_before_its_project", "benefit_claims",
          at(0, source_id="ordning-2017"), ("benefit_claims/c1",)),
    Fault("a project that rests on an undated page", "nothing_known_before_its_project", "projects",
          at(2, source_id="eierside"),
          ("participations/2023-byggesak-owner", "project_relations/r1", "status_assessments/s4")),
    Fault("documented by the owner's page alone", "documented_claims_have_proof", "benefit_claims",
          at(3, source_id="eierside"), ("c4",)),
    Fault("documented by a participant's report", "documented_claims_have_proof", "benefit_claims",
          lambda rows: rows[3].update(source_id="eierrapport", project_id="2018-skyss"), ("c4",)),
    Fault("measured without a baseline", "documented_claims_have_proof", "benefit_plans",
          lambda rows: [row.update(baseline_value=None) for row in rows], ("c2",)),
    Fault("documented by what the owner measured", "documented_claims_have_proof", "benefit_measurements",
          at(0, stated_by_code="owner"), ("c2",)),
    Fault("measured without a figure", "measured_claims_have_a_measurement", "benefit_measurements", without(1),
          ("c5",)),
    Fault("measured by a participant, without a baseline", "measured_claims_have_a_measurement", "benefit_plans",
          at(2, baseline_value=None), ("c5",)),
    Fault("a benefit of another project", "claims_are_about_their_project", "benefit_claims",
          at(4, benefit_id="b1"), ("c5",)),
    Fault("two claims put together without a reason", "further_claims_say_why", "benefit_claims",
          at(1, same_benefit_reason_nb=None), ("c2",)),
    Fault("a benefit that builds on nothing known", "benefit_maps_lead_somewhere", "benefits",
          at(2, depends_on_ids="b2 b9"), ("b3",)),
    Fault("a benefit that builds on another project", "benefit_maps_lead_somewhere", "benefits",
          at(2, depends_on_ids="b1"), ("b3",)),
    Fault("benefits that wait for one another", "benefit_maps_lead_somewhere", "benefits",
          at(1, depends_on_ids="b3"), ("b2", "b3")),
    Fault("a benefit that waits for itself", "benefit_maps_lead_somewhere", "benefits",
          at(1, depends_on_ids="b2"), ("b2", "b3")),
    Fault("a change that turns a share into hours", "changed_plans_keep_their_measure", "benefit_plans",
          at(1, unit_code="hours_per_year"), ("p1-endret",)),
    Fault("a change of a change", "changed_plans_keep_their_measure", "benefit_plans",
          again(1, benefit_plan_id="p1-igjen", revises_plan_id="p1-endret"), ("p1-igjen",)),
    Fault("kroner without a price year", "money_has_currency_and_price_year", "benefit_plans",
          at(2, price_year=None), ("p2",)),
    Fault("a currency in words", "money_has_currency_and_price_year", "benefit_plans",
          at(2, currency_code="kroner"), ("p2",)),
    Fault("a price year on a share", "money_has_currency_and_price_year", "benefit_plans",
          at(0, price_year=2018), ("p1",)),
    Fault("baseline and target swapped", "targets_lie_the_desired_way", "benefit_plans",
          at(2, baseline_value=5.0, target_value=9.0), ("p2",)),
    Fault("a count entered as a share", "shares_lie_between_0_and_100", "benefit_measurements",
          at(0, measured_value=120.0), ("m1",)),
    Fault("a target above all", "shares_lie_between_0_and_100", "benefit_plans",
          at(1, target_value=101.0), ("p1-endret",)),
    Fault("a measurement without anything before it", "measurements_have_a_baseline", "benefit_plans",
          at(2, baseline_value=None), ("m2",)),
    Fault("before and after swapped", "measurements_follow_their_baseline", "benefit_measurements",
          at(0, measured_on=date(2018, 6, 1)), ("m1",)),
    Fault("an undated gain in a project that only has insight", "early_benefits_are_dated", "benefit_claims",
          at(2, source_id="eierside"), ("c3",)),
    Fault("co-financing presented as a benefit", "benefits_are_not_other_figures", "benefit_claims",
          at(0, statement_nb="Ga 15 millioner til drift."), ("c1",)),
    Fault("co-financing in full digits", "benefits_are_not_other_figures", "benefit_claims",
          at(0, statement_nb="Ga 15 000 000 til drift."), ("c1",)),
    Fault("reach presented as a benefit", "benefits_are_not_other_figures", "benefit_claims",
          at(2, statement_nb="Har samlet 12\u00a0400 dokumenter."), ("c3",)),
    Fault("the newest status without the group", "newest_status_carries_evidence_group", "status_assessments",
          again(1, status_assessment_id="s9", assessed_on=date(2025, 1, 1), public_evidence_group_code=None),
          ("2018-skyss",)),
    Fault("two groups on the newest day", "newest_status_carries_evidence_group", "status_assessments",
          again(1, status_assessment_id="s9", public_evidence_group_code="B"), ("2018-skyss",)),
    Fault("a decision on another project", "decisions_settle_disagreements", "rating_decisions",
          at(0, project_id="2018-gjeld"), ("2026/2018-gjeld/complexity",)),
    Fault("a decision where coders agree", "decisions_settle_disagreements", "driver_ratings",
          at(0, rating=4), ("2026/2018-skyss/complexity",)),
    Fault("a side forgotten", "disagreements_have_two_sides", "disagreements", without(0), ("d1",)),
    Fault("two sides that say the same", "disagreements_have_two_sides", "disagreements",
          lambda rows: [row.update(position_nb="Det samme.") for row in rows], ("d1",)),
    Fault("two questions under one id", "disagreements_have_two_sides", "disagreements",
          at(0, topic_nb="Et annet spørsmål?"), ("d1",)),
    Fault("a sum of a finding that is not there", "reconciliations_sum_known_findings", "reconciliation_rules",
          at(0, component_finding_ids="funn-21 funn-22"), ("sum-2018",)),
    Fault("a kind of benefit without a category", "benefits_have_a_category", "benefit_categories", without(1),
          ("new_knowledge_insight",)),
    Fault("a benefit of an unknown kind", "benefits_have_a_category", "benefits",
          at(0, benefit_code="time_saved_staff"), ("time_saved_staff",)),
    Fault("input factors and effects in one category", "benefits_have_a_category", "benefit_categories",
          at(1, benefit_category_code="user_effects"), ("new_knowledge_insight", "time_saved_users")),
    Fault("an empty mart", "marts_have_rows", "round_overview", lambda rows: rows.clear(), ("round_overview",)),
    Fault("an edition that knows the future", "editions_use_only_what_was_known", "project_status",
          at(0, source_id="eierside"), ("project_status/2018/2018-gjeld",)),
    Fault("a stopped project that drops out", "projects_stay_in_later_editions", "project_status", without(2),
          ("2019/2018-gjeld",)),
    Fault("a fact that is lost", "coverage_does_not_shrink", "project_coverage", at(-1, has_owner=False),
          ("2026/2023-byggesak",)),
    Fault("an e-mail address", "no_contact_data", "participations", at(0, note_nb="Spør ola.n@etaten.no"),
          ("participations/2018-skyss-owner.note_nb",)),
    Fault("an address in a row set aside", "no_contact_data", "quarantine",
          lambda rows: rows.append({"file": "f.csv", "row_number": 2, "column_name": "name", "value": "a@b.no"}),
          ("quarantine/f.csv//2/name.value",)),
    Fault("an address in a mart", "no_contact_data", "project_status", at(0, reason_en="Ask ola@etaten.no"),
          ("project_status/2018/2018-gjeld.reason_en",)),
    Fault("a text in one language", "texts_in_both_languages", "sources", at(1, note_en=None),
          ("sources/tildeling-2018.note",)),
    Fault("a text that was not translated", "texts_are_translated", "benefit_claims",
          at(0, statement_nb=LONG, statement_en=LONG), ("benefit_claims/c1.statement",)),
    Fault("a date without precision", "dates_have_precision", "benefit_measurements", at(0, measured_precision=None),
          ("benefit_measurements/m1.measured",)),
    Fault("a precision without date", "dates_have_precision", "sources", at(3, published_precision="year"),
          ("sources/eierside.published",)),
    Fault("a month given as a day in it", "rough_dates_stand_on_first_day", "sources",
          lambda rows: [row.update(published_on=date(2023, 6, 6)) for row in rows
                        if row["source_id"] == "tildeling-2023"], ("sources/tildeling-2023.published",)),
    Fault("a year given as a month in it", "rough_dates_stand_on_first_day", "benefit_measurements",
          at(0, measured_on=date(2020, 2, 1)), ("benefit_measurements/m1.measured",)),
    Fault("a line number in other words", "line_locators_can_be_followed", "status_assessments",
          at(0, source_locator="linjene 7 til 9"), ("status_assessments/s1",)),
    Fault("a line number in a text that is not kept", "line_locators_can_be_followed", "status_assessments",
          at(1, source_locator="linje 7"), ("status_assessments/s2",)),
    Fault("an invented row beside real ones", "one_kind_of_data", "benefit_claims", at(0, is_illustrative=True),
          ("benefit_claims",)),
    Fault("a twentieth of a table set aside", "few_rows_set_aside", "quarantine", set_aside(1), ("participations",)),
    Fault("a row set aside", "no_rows_set_aside", "quarantine", set_aside(1, "registry/sources.csv"),
          ("registry/sources.csv:2",)),
]  # fmt: skip


def broken(world: Tables, fault: Fault) -> Tables:
    rows = [{"is_illustrative": False, **row} for row in world[fault.table].to_dicts()]
    fault.change(rows)
    return with_rows(world, fault.table, [{"is_illustrative": False, **row} for row in rows])


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.check_id}: {fault.label}")
def test_a_rule_notices_and_names(fault: Fault, world: Tables) -> None:
    result = BY_ID[fault.check_id](broken(world, fault))
    assert result.unexpected_keys == fault.keys
    assert not result.is_passed
    assert result.unexpected_count == len(fault.keys)
    assert result.checked_count >= 1


def test_every_rule_holds_on_sound_tables(world: Tables) -> None:
    results = run_invariants(world)
    assert [(result.check.check_id, result.unexpected_keys) for result in results if not result.is_passed] == []
    idle = {result.check.check_id for result in results if result.checked_count == 0}
    assert idle == {"priced_benefits_can_be_computed", "no_rows_set_aside"}, (
        "a rule that looks at nothing proves nothing"
    )


def test_every_rule_is_shown_to_fail() -> None:
    assert {fault.check_id for fault in FAULTS} | {"published_keys_stay", "priced_benefits_can_be_computed"} == set(
        BY_ID
    )


def test_a_priced_estimate_that_cannot_be_computed_with_is_named() -> None:
    sound = {"low_nok": 1.0, "mid_nok": 2.0, "high_nok": 3.0}
    values = value_frame([{**sound, "benefit_value_id": "a"}, {**sound, "benefit_value_id": "b", "low_nok": 9.0}])
    tables = {"benefit_values": values, "kpi": kpi()}
    result = BY_ID["priced_benefits_can_be_computed"](tables)
    assert result.checked_count == 2
    assert result.unexpected_keys
    assert all(key.startswith("b: ") for key in result.unexpected_keys)


def test_an_id_that_is_gone_since_the_published_edition_is_named(world: Tables) -> None:
    now = with_rows(world, "projects", world["projects"].to_dicts()[1:])
    rule = "published_keys_stay"
    (result,) = [result for result in run_invariants(now, previous=world) if result.check.check_id == rule]
    assert (result.is_passed, result.unexpected_keys) == (False, ("projects/2018-skyss",))
    (result,) = [result for result in run_invariants(world, previous=now) if result.check.check_id == rule]
    assert result.is_passed, "a new project is not a loss"


def test_the_published_edition_is_compared_and_not_checked_again(world: Tables) -> None:
    spoilt = with_rows(world, "participations", [{**world["participations"].row(0, named=True), "note_nb": "a@b.no"}])
    results = run_invariants(world, previous=spoilt)
    assert all(result.is_passed for result in results)


def test_a_missing_table_is_an_error_that_names_rule_and_table(world: Tables) -> None:
    with pytest.raises(QualityError, match="check projects_have_one_owner needs the tables participations"):
        run_invariants({name: frame for name, frame in world.items() if name != "participations"})


@pytest.mark.parametrize(
    "text",
    ["Ring 22 45 10 00", "Ring 911 22 333", "Ring 91122333", "Ring +47 911 22 333", "tlf. 911 22 333", "Tlf: 815 00"],
)
def test_a_phone_number_is_found_however_it_is_written(text: str, world: Tables) -> None:
    fault = Fault("", "no_contact_data", "participations", at(0, note_nb=text), ())
    assert not BY_ID["no_contact_data"](broken(world, fault)).is_passed


@pytest.mark.parametrize(
    "text",
    ["57 383 633 kroner", "18 000 dokumenter", "ISSN 2703-7061", "2018-05-30", "fil 20180530", "side 6371089",
     "1994–2024", "20 + 30 + 50 prosent", "Rapport 2020:2"],
)  # fmt: skip
def test_other_numbers_are_not_taken_for_phone_numbers(text: str, world: Tables) -> None:
    fault = Fault("", "no_contact_data", "participations", at(0, note_nb=text), ())
    assert BY_ID["no_contact_data"](broken(world, fault)).is_passed


def test_a_name_may_be_the_same_in_both_languages(world: Tables) -> None:
    fault = Fault("", "texts_are_translated", "projects", at(0, name_nb="Kudos", name_en="Kudos"), ())
    assert BY_ID["texts_are_translated"](broken(world, fault)).is_passed


def test_a_claim_may_hold_the_figure_of_another_project_or_a_small_one(world: Tables) -> None:
    rows = world["benefit_claims"].to_dicts()
    rows[3]["statement_nb"] = "Ga 15 millioner til drift."
    assert BY_ID["benefits_are_not_other_figures"](with_rows(world, "benefit_claims", rows)).is_passed
    figures = [{**world["context_figures"].row(0, named=True), "value": 3.0}]
    rows[3]["statement_nb"] = "Svar innen 3 dager."
    small = with_rows(with_rows(world, "benefit_claims", rows), "context_figures", figures)
    assert BY_ID["benefits_are_not_other_figures"](small).is_passed


def test_a_project_may_plan_to_end_after_its_source_was_read(world: Tables) -> None:
    fault = Fault("", "nothing_dated_after_it_was_read", "project_events", at(1, event_on=date(2028, 1, 1)), ())
    assert BY_ID["nothing_dated_after_it_was_read"](broken(world, fault)).is_passed


def test_a_measurement_may_be_planned_after_its_source_was_read(world: Tables) -> None:
    planned = {
        f"{stem}_{part}": value
        for stem in ("next_measurement", "target")
        for part, value in (("on", date(2028, 1, 1)), ("precision", "year"))
    }
    fault = Fault("", "nothing_dated_after_it_was_read", "benefit_plans", at(0, **planned), ())
    assert BY_ID["nothing_dated_after_it_was_read"](broken(world, fault)).is_passed


def test_a_measurement_may_be_as_old_as_its_baseline_or_of_one_without_a_date(world: Tables) -> None:
    same_day = Fault("", "measurements_follow_their_baseline", "benefit_measurements",
                     at(0, measured_on=date(2019, 1, 1)), ())  # fmt: skip
    assert BY_ID[same_day.check_id](broken(world, same_day)).is_passed
    undated = broken(world, Fault("", "", "benefit_plans", at(0, baseline_on=None), ()))
    early = Fault("", "", "benefit_measurements", at(0, measured_on=date(2018, 6, 1)), ())
    assert BY_ID[same_day.check_id](broken(undated, early)).is_passed


def test_a_difference_of_shares_may_be_below_zero(world: Tables) -> None:
    fault = Fault("", "shares_lie_between_0_and_100", "benefit_plans",
                  lambda rows: [row.update(unit_code="percentage_points", target_value=-4.0) for row in rows[:2]],
                  ())  # fmt: skip
    assert BY_ID["shares_lie_between_0_and_100"](broken(world, fault)).is_passed


def test_a_target_without_a_desired_direction_may_lie_either_way(world: Tables) -> None:
    swapped = {"baseline_value": 9.0, "target_value": 5.0, "desired_direction_code": None}
    fault = Fault("", "targets_lie_the_desired_way", "benefit_plans", at(0, **swapped), ())
    assert BY_ID["targets_lie_the_desired_way"](broken(world, fault)).is_passed


def test_a_mart_that_may_be_empty_is_no_fault_without_rows(world: Tables) -> None:
    assert BY_ID["marts_have_rows"](with_rows(world, "status_conflicts", [])).is_passed


def test_a_project_may_start_and_end_within_a_year_known_only_roughly(world: Tables) -> None:
    fault = Fault("", "projects_end_after_they_start", "project_events", at(1, event_on=date(2018, 1, 1)), ())
    assert BY_ID["projects_end_after_they_start"](broken(world, fault)).is_passed


def test_a_figure_of_another_kind_may_stand_beside_the_preferred_one(world: Tables) -> None:
    frame = {"round_figure_id": "ramme", "amount_kind_code": "frame_plus_options", "is_preferred": False}
    fault = Fault("", "round_figures_have_one_preferred", "round_figures", again(3, **frame), ())
    assert BY_ID["round_figures_have_one_preferred"](broken(world, fault)).is_passed


def test_a_value_measured_some_time_in_the_year_of_the_award_is_no_fault(world: Tables) -> None:
    fault = Fault("", "measurements_follow_the_award", "benefit_measurements",
                  at(0, measured_on=date(2018, 1, 1)), ())  # fmt: skip
    assert BY_ID["measurements_follow_the_award"](broken(world, fault)).is_passed


def test_a_source_known_later_in_the_same_edition_year_is_no_fault(world: Tables) -> None:
    rows = world["sources"].to_dicts()
    for row in rows:
        if row["source_id"] == "tildeling-2018":
            row.update(published_on=date(2018, 1, 1), published_precision="year")
    assert BY_ID["nothing_known_before_its_project"](with_rows(world, "sources", rows)).is_passed


def test_a_table_with_few_rows_set_aside_is_still_trusted(world: Tables) -> None:
    many = [{**world["participations"].row(0, named=True), "participation_id": f"p{number}"} for number in range(20)]
    fault = Fault("", "few_rows_set_aside", "quarantine", set_aside(1), ())
    tables = broken(with_rows(world, "participations", many), fault)
    assert BY_ID["few_rows_set_aside"](tables).is_passed
    assert not BY_ID["no_rows_set_aside"](tables).is_passed


def test_rows_of_a_sheet_set_aside_count_for_its_table(world: Tables) -> None:
    def from_workbook(rows: list[Row]) -> None:
        set_aside(3, "delivery.xlsx")(rows)
        for row in rows:
            row["sheet"] = "disagreements"

    fault = Fault("", "few_rows_set_aside", "quarantine", from_workbook, ("disagreements",))
    assert BY_ID["few_rows_set_aside"](broken(world, fault)).unexpected_keys == fault.keys

"""Changes to the small world of `quality_world`, each with the rule across tables that must notice it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from tests.data.quality_registry import Row
from tests.data.quality_world import with_rows

Tables = dict[str, pl.DataFrame]


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


def broken(world: Tables, fault: Fault) -> Tables:
    """The world with the change of `fault`; nothing is computed again."""
    rows = [{"is_illustrative": False, **row} for row in world[fault.table].to_dicts()]
    fault.change(rows)
    return with_rows(world, fault.table, [{"is_illustrative": False, **row} for row in rows])


LONG = "Innbyggerne finner fram på egen hånd"

AT_FOREIGN = {"source_id": "forskning", "source_locator": "avsnitt 1"}

FAULTS = [
    Fault("a value measured the year before the award", "measurements_follow_the_award", "benefit_measurements",
          at(0, measured_on=date(2017, 1, 1)), ("m1",)),
    Fault("a co-owner entered as owner", "projects_have_one_owner", "participations",
          again(0, participation_id="p", organisation_id="kommunen"), ("2018-skyss",)),
    Fault("an owner forgotten", "projects_have_one_owner", "participations", without(4), ("2023-byggesak",)),
    Fault("a supplier entered as owner", "participations_owner_is_public", "participations",
          at(0, organisation_id="byraet"), ("2018-skyss-owner",)),
    Fault("a name of another organisation", "participation_names_are_listed", "participations",
          at(0, organisation_name="Kommunen"), ("2018-skyss-owner",)),
    Fault("a misspelling that was not corrected", "participation_names_are_listed", "participations",
          at(4, organisation_name="Etatn"), ("2023-byggesak-owner",)),
    Fault("two preferred figures", "round_figures_have_one_preferred", "round_figures",
          lambda rows: [row.update(is_preferred=True) for row in rows], ("2018-1/applicants/count",)),
    Fault("no preferred figure", "round_figures_have_one_preferred", "round_figures",
          lambda rows: [row.update(is_preferred=False) for row in rows if row["measure_code"] == "amount"],
          ("2018-1/amount",)),
    Fault("grants above the amount of the round", "grants_within_round_amount", "project_grants",
          at(0, grant_amount=7_000_000.0), ("2018-1",)),
    Fault("start and end swapped", "projects_end_after_they_start", "project_events",
          lambda rows: [row.update(event_code={"started": "ended", "ended": "started"}[row["event_code"]])
                        for row in rows], ("2018-skyss",)),
    Fault("a start dated in the future", "nothing_dated_after_it_was_read", "project_events",
          at(0, event_on=date(2062, 1, 1)), ("project_events/2018-skyss-started.event_on",)),
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
          at(1, assessed_on=date(2062, 1, 1)), ("status_assessments/s2.assessed_on",)),
    Fault("a claim known before its project", "nothing_known_before_its_project", "benefit_claims",
          at(0, source_id="ordning-2017"), ("benefit_claims/c1",)),
    Fault("a project that rests on an undated page", "nothing_known_before_its_project", "projects",
          at(2, source_id="eierside"),
          ("participations/2023-byggesak-owner", "project_relations/r1", "status_assessments/s4")),
    Fault("documented by an outside report alone", "documented_claims_have_proof", "benefit_claims",
          at(3, evidence_code="dokumentert"), ("c4",)),
    Fault("measured without a baseline", "documented_claims_have_proof", "benefit_plans",
          lambda rows: [row.update(baseline_value=None) for row in rows], ("c2",)),
    Fault("documented by what the owner measured", "documented_claims_have_proof", "benefit_measurements",
          at(0, stated_by_code="owner"), ("c2",)),
    Fault("measured without a figure", "measured_claims_have_a_measurement", "benefit_measurements", without(1),
          ("c5",)),
    Fault("measured by a participant, without a baseline", "measured_claims_have_a_measurement", "benefit_plans",
          at(2, baseline_value=None), ("c5",)),
    Fault("two claims put together without a reason", "further_claims_say_why", "benefit_claims",
          at(1, same_benefit_reason_nb=None), ("c2",)),
    Fault("a share as a part of one", "shares_are_in_per_cent", "benefit_measurements", at(0, measured_value=0.85),
          ("benefit_measurements/m1.measured_value",)),
    Fault("a benefit that builds on nothing known", "benefits_depend_on_earlier_ones", "benefits",
          at(2, depends_on_ids="b2 b9"), ("b3",)),
    Fault("a benefit that builds on another project", "benefits_depend_on_earlier_ones", "benefits",
          at(2, depends_on_ids="b1"), ("b3",)),
    Fault("benefits that wait for one another", "benefits_depend_on_earlier_ones", "benefits",
          at(1, depends_on_ids="b3"), ("b2", "b3")),
    Fault("a benefit that waits for itself", "benefits_depend_on_earlier_ones", "benefits",
          at(1, depends_on_ids="b2"), ("b2", "b3")),
    Fault("a change that turns a share into hours", "changed_plans_keep_their_measure", "benefit_plans",
          at(1, unit_code="hours_per_year"), ("p1-endret",)),
    Fault("a change to kroner of another year", "changed_plans_keep_their_measure", "benefit_plans",
          again(2, benefit_plan_id="p2-endret", revises_plan_id="p2", price_year=2020), ("p2-endret",)),
    Fault("a change of a change", "changed_plans_keep_their_measure", "benefit_plans",
          again(1, benefit_plan_id="p1-igjen", revises_plan_id="p1-endret"), ("p1-igjen",)),
    Fault("baseline and target swapped where lower is better", "targets_lie_the_desired_way", "benefit_plans",
          at(2, baseline_value=5.0, target_value=9.0), ("p2 (5 → 9)",)),
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
    Fault("in use, with the group that was there before", "evidence_group_fits_step", "status_assessments",
          at(1, public_evidence_group_code="B"), ("s2",)),
    Fault("partly in use, said to be only selected", "evidence_group_fits_step", "status_assessments",
          at(1, status_code="delvis_i_bruk", public_evidence_group_code="C"), ("s2",)),
    Fault("tried out, said to be only under way", "evidence_group_fits_step", "status_assessments",
          at(3, status_code="provd_ut"), ("s4",)),
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
    Fault("a stretch that begins before its document was public", "editions_use_only_what_was_known",
          "status_validity", at(0, source_id="eierside"), ("status_validity/2018-gjeld/2018-05-30",)),
    Fault("a stretch that is lost", "stretches_meet", "status_validity", without(2),
          ("status_validity/2018-skyss/2018-05-30",)),
    Fault("an indicator with two plans in force", "stretches_meet", "plan_validity",
          again(1, valid_from=date(2025, 6, 1)), ("plan_validity/p2/m2/2024-12-31",)),
    Fault("a measurement that leaves before its plan", "stretches_meet", "plan_validity",
          again(0, benefit_measurement_id="m9", valid_to=date(2026, 11, 9)), ("plan_validity/p1/m9/2026-11-01",)),
    Fault("a gap in what is known of a benefit", "stretches_meet", "benefit_validity",
          at(2, valid_to=date(2024, 3, 1)), ("benefit_validity/b2/2018-05-30",)),
    Fault("a project of which nothing is known any more", "stretches_meet", "coverage_validity",
          at(-1, valid_to=date(2025, 1, 1)), ("coverage_validity/2023-byggesak/2023-06-30",)),
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
    Fault("a text in English only", "texts_in_both_languages", "sources", at(1, note_nb=None),
          ("sources/tildeling-2018.note_nb",)),
    Fault("a code in Norwegian only", "texts_in_both_languages", "codelists", at(0, label_en=None),
          ("codelists/status/i_gang.label_en",)),
    Fault("a text that waits for a translator", "english_texts_are_written", "sources", at(1, note_en=None),
          ("sources/tildeling-2018.note_en",)),
    Fault("a text that was not translated", "texts_are_translated", "benefit_claims",
          at(0, statement_nb=LONG, statement_en=LONG), ("benefit_claims/c1.statement_en",)),
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
          at(0, source_locator="linjene 7 til 9"), ("status_assessments/s1.source_locator",)),
    Fault("a line number in a text that is not kept", "line_locators_can_be_followed", "status_assessments",
          at(1, source_locator="linje 7"), ("status_assessments/s2.source_locator",)),
    Fault("an invented row beside real ones", "one_kind_of_data", "benefit_claims", at(0, is_illustrative=True),
          ("benefit_claims",)),
    Fault("a status from before the award", "statuses_follow_the_award", "status_assessments",
          at(1, assessed_on=date(2014, 1, 1)), ("s2",)),
    Fault("a status that falls without a reason", "status_falls_have_a_reason", "status_assessments",
          again(1, status_assessment_id="s9", assessed_on=date(2025, 1, 1), status_code="provd_ut"), ("s9",)),
    Fault("reported, raised to measured", "measured_claims_have_a_measurement", "benefit_claims",
          at(2, evidence_code="malt_oppgitt"), ("c3",)),
    Fault("told as measured, with no figure", "measured_claims_have_a_measurement", "benefit_claims",
          at(2, modality_code="measured"), ("c3",)),
    Fault("baseline and value swapped", "measurements_go_the_desired_way", "benefit_measurements",
          at(0, measured_value=20.0), ("m1 (30 → 20)",)),
    Fault("baseline and target swapped", "targets_lie_the_desired_way", "benefit_plans",
          at(0, target_value=10.0), ("p1 (30 → 10)",)),
    Fault("a line that is not there", "cited_lines_exist", "round_figures", at(0, source_locator="linje 7 og 41"),
          ("round_figures/2018-1-applicants-0.source_locator",)),
    Fault("a line before the first", "cited_lines_exist", "round_figures", at(0, source_locator="linje 0"),
          ("round_figures/2018-1-applicants-0.source_locator",)),
    Fault("lines in the wrong order", "cited_lines_exist", "round_figures", at(0, source_locator="linje 14–12"),
          ("round_figures/2018-1-applicants-0.source_locator",)),
    Fault("a note at a line that is not there", "cited_lines_exist", "rounds",
          at(0, note_nb="Merk.", note_en="Note.", note_source_locator="linje 500"),
          ("rounds/2018-1.note_source_locator",)),
    Fault("a claim of a source without address", "claims_rest_on_an_address", "sources", at(3, address=None), ("c2",)),
    Fault("a note of a source that is not there", "notes_and_problems_have_a_source", "rounds",
          at(0, note_nb="Merk.", note_en="Note.", note_source_id="borte", note_source_locator="ingressen"),
          ("rounds/2018-1.note_source_id",)),
    Fault("a problem of another source without a place in it", "notes_and_problems_have_a_source", "projects",
          at(1, problem_source_id="eierside"), ("projects/2018-gjeld.problem_source_id",)),
    Fault("a source of a note that is not there", "notes_and_problems_have_a_source", "rounds",
          at(0, note_source_id="eierside", note_source_locator="ingressen"), ("rounds/2018-1.note_source_id",)),
    Fault("a document that nobody read for the project", "codings_rest_on_documents_read", "benefit_claims",
          at(0, source_id="forskning"), ("benefit_claims/c1.source_id",)),
    Fault("a document read for another project", "codings_rest_on_documents_read", "coding_coverage", without(6),
          ("benefit_claims/c4.source_id", "benefits/b3.source_id")),
    Fault("another project's source", "sources_are_the_projects_own", "project_phases",
          lambda rows: rows.append({"project_id": "2023-byggesak", "phase_code": "diagnose", **AT_FOREIGN}),
          ("project_phases/2023-byggesak/diagnose/forskning.source_id",)),
    Fault("a cause in our own words", "statements_claim_no_cause", "benefit_claims",
          at(2, statement_nb="Eieren sier mye. Prosjektet førte til oversikt."), ("benefit_claims/c3.statement_nb",)),
    Fault("a cause in the translation alone", "statements_claim_no_cause", "benefit_claims",
          at(2, statement_en="Better, thanks to the project."), ("benefit_claims/c3.statement_en",)),
    Fault("numbers that differ", "texts_say_the_same_numbers", "benefit_claims",
          at(0, statement_nb="Tre skritt.", statement_en="Four steps."), ("benefit_claims/c1.statement",)),
    Fault("a number that nobody measured", "numbers_of_claims_are_measured", "benefit_claims",
          at(2, statement_nb="Bedre oversikt for 12 av dem."), ("c3",)),
    Fault("a hoped-for share that is in no plan", "numbers_of_claims_are_measured", "benefit_claims",
          at(0, statement_nb="Skal spare 40 prosent."), ("c1",)),
    Fault("a person's name", "no_person_is_named", "benefit_claims",
          at(0, statement_en="Shorter, says Kari Nordmann."), ("benefit_claims/c1.statement_en",)),
    Fault("a goal coded as a result", "achieved_claims_are_no_goals", "benefit_claims",
          at(2, statement_nb="Folk skal få oversikt."), ("c3",)),
    Fault("the owner's page as somebody outside", "third_parties_are_outside", "benefit_claims",
          at(1, stated_by_code="third_party"), ("benefit_claims/c2.stated_by_code",)),
    Fault("a twentieth of a table set aside", "few_rows_set_aside", "quarantine", set_aside(1), ("participations",)),
    Fault("a row set aside", "no_rows_set_aside", "quarantine", set_aside(1, "registry/sources.csv"),
          ("registry/sources.csv:2",)),
]  # fmt: skip

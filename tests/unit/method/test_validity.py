"""Results are kept by validity interval: one row for as long as nothing changes, and editions are views over them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from gevinst.contracts import MARTS
from gevinst.method.as_of import as_seen
from gevinst.method.frames import lazy
from tests.data.gains import CATEGORIES, SOURCES, claim, rows
from tests.unit.method.conftest import Marts


def statement(key: str, code: str, on: date, source: str, **more: Any) -> dict[str, Any]:
    return {
        "status_assessment_id": key,
        "project_id": "p",
        "status_code": code,
        "assessed_on": on,
        "assessed_precision": "day",
        "source_id": source,
        **more,
    }


STARTED = statement("a", "i_gang", date(2019, 6, 1), "s2019")
IN_USE = statement("b", "i_bruk", date(2020, 1, 1), "s2021")


@pytest.fixture
def claims_of(build):
    """The marts of some claims, with sources of every year and a project known in 2019."""

    def make(*claims: dict[str, Any], last: int = 2026) -> Marts:
        core = build(sources=SOURCES, benefit_categories=CATEGORIES, benefit_claims=list(claims))
        return Marts(core, last=last)

    return make


def stretches(mart: pl.DataFrame) -> list[tuple[date, date | None, str]]:
    return mart.select("valid_from", "valid_to", "status_assessment_id").rows()


def seen_on(day: date, mart: pl.DataFrame) -> pl.DataFrame:
    return as_seen(lazy(mart), nw.lit(day)).collect("polars").to_native()


def test_a_stretch_begins_when_something_becomes_known_and_ends_when_the_next_does(build, marts) -> None:
    found = marts(build(status_assessments=[STARTED, IN_USE]))["status_validity"]
    assert stretches(found) == [
        (date(2019, 6, 1), date(2021, 3, 16), "a"),
        (date(2021, 3, 16), None, "b"),
    ]
    assert found["assessment_count"].to_list() == [1, 2]
    assert found["progress_assessment_count"].to_list() == [0, 1]
    assert found["highest_step"].to_list() == [0, 5]
    assert found["first_status_code"].to_list() == [None, "i_bruk"]


def test_an_edition_between_two_changes_sees_the_first(build, marts) -> None:
    found = marts(build(status_assessments=[STARTED, IN_USE]))["project_status"]
    seen = dict(found.select("edition_year", "current_status_code").rows())
    assert seen == {2019: "i_gang", 2020: "i_gang", **dict.fromkeys(range(2021, 2027), "i_bruk")}


def test_what_becomes_known_on_the_day_of_an_edition_is_in_it(build, marts) -> None:
    on_the_day = statement("c", "i_bruk", date(2020, 12, 31), "s2019")
    day_after = statement("c", "i_bruk", date(2021, 1, 1), "s2019")
    for last, code in ((on_the_day, "i_bruk"), (day_after, "i_gang")):
        found = marts(build(status_assessments=[STARTED, last]))["project_status"]
        assert [row["current_status_code"] for row in rows(found, edition_year=2020)] == [code]


def test_of_a_project_of_which_nothing_is_known_there_is_no_row(build, marts) -> None:
    found = marts(build())
    assert found["status_validity"].is_empty()
    assert set(found["project_status"]["current_status_code"]) == {"ikke_vurdert"}


def test_statements_known_on_one_day_begin_one_stretch(build, marts) -> None:
    same_day = statement("c", "provd_ut", date(2019, 5, 1), "s2019")
    found = marts(build(status_assessments=[STARTED, same_day]))["status_validity"]
    assert stretches(found) == [(date(2019, 6, 1), None, "a")]
    assert found["assessment_count"].to_list() == [2]


def test_an_older_state_that_becomes_known_later_begins_a_stretch_with_the_same_newest_status(build, marts) -> None:
    older = statement("c", "innsikt", date(2019, 2, 1), "s2021")
    found = marts(build(status_assessments=[STARTED, older]))["status_validity"]
    assert stretches(found) == [(date(2019, 6, 1), date(2021, 3, 16), "a"), (date(2021, 3, 16), None, "a")]
    assert found["highest_step"].to_list() == [0, 1]


def test_no_stretch_begins_before_the_project_itself_is_known(build, marts) -> None:
    late = [{"project_id": "p", "round_id": "r", "source_id": "s2021"}]
    found = marts(build(projects=late, status_assessments=[STARTED]))["status_validity"]
    assert stretches(found) == [(date(2021, 3, 16), None, "a")]
    assert found["known_on"].to_list() == [date(2019, 6, 1)], "the statement itself was known before"


def test_a_statement_about_a_day_to_come_begins_no_stretch_until_an_edition_reaches_it(build, marts) -> None:
    to_come = statement("c", "i_bruk", date(2026, 12, 31), "s2021")
    core = build(status_assessments=[STARTED, to_come])
    assert stretches(marts(core)["status_validity"]) == [(date(2019, 6, 1), None, "a")]


def test_a_claim_is_in_force_until_a_better_one_is_known(claims_of) -> None:
    found = claims_of(claim("goal", "forventet", "s2019"), claim("stated", "oppgitt", "s2021"))["claim_validity"]
    assert found.select("benefit_claim_id", "valid_from", "valid_to", "superseded_by_id").rows() == [
        ("goal", date(2019, 6, 1), date(2021, 6, 1), "stated"),
        ("stated", date(2021, 6, 1), None, None),
    ]


def test_a_claim_superseded_on_its_own_first_day_has_an_interval_of_no_length(claims_of) -> None:
    found = claims_of(claim("shown", "dokumentert", "s2019"), claim("hope", "forventet", "s2022"))
    (hope,) = rows(found["claim_validity"], benefit_claim_id="hope")
    assert hope["valid_from"] == hope["valid_to"] == date(2022, 6, 1)
    trail = rows(found["benefit_trail"], benefit_claim_id="hope")
    assert [row["edition_year"] for row in trail] == list(range(2022, 2027)), "it is still listed"
    assert all(row["is_superseded"] for row in trail)


def test_an_edition_that_does_not_know_yet_of_the_end_has_an_empty_valid_to(claims_of) -> None:
    claims = claim("goal", "forventet", "s2019"), claim("stated", "oppgitt", "s2021")
    (goal,) = rows(claims_of(*claims, last=2020)["claim_validity"])
    assert (goal["benefit_claim_id"], goal["valid_to"], goal["superseded_by_id"]) == ("goal", None, None)


def test_the_end_belongs_to_the_very_day(claims_of) -> None:
    found = claims_of(claim("goal", "forventet", "s2019"), claim("stated", "oppgitt", "s2021"))["claim_validity"]
    day_before, the_day = (seen_on(day, found) for day in (date(2021, 5, 31), date(2021, 6, 1)))
    assert day_before.select("benefit_claim_id", "valid_to", "superseded_by_id").rows() == [("goal", None, None)]
    assert the_day.equals(found)


def days_of(mart: pl.DataFrame) -> list[tuple[date, date | None]]:
    return mart.select("valid_from", "valid_to").unique().sort("valid_from").rows()


def said(mart: pl.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    """The first day of each row and what it says."""
    return mart.select("valid_from", *columns).rows()


PLAN = {
    "benefit_plan_id": "plan",
    "benefit_id": "b",
    "unit_code": "hours_per_year",
    "baseline_value": 100.0,
    "target_value": 60.0,
    "source_id": "s2019",
}
BENEFITS = [
    {"benefit_id": name, "project_id": "p", "benefit_code": "user_experience", "source_id": "s2019"}
    for name in ("b", "other")
]
LATE = {"benefit_plan_id": "late", "benefit_id": "other", "source_id": "s2022"}


@pytest.fixture
def planned(build):
    """The marts of plans and measurements of benefits that are known in 2019 as their project is."""

    def make(*plans: dict[str, Any], measured: Sequence[dict[str, Any]] = (), last: int = 2026, **more: Any) -> Marts:
        core = build(
            sources=SOURCES,
            benefit_categories=CATEGORIES,
            benefit_plans=list(plans),
            benefit_measurements=[
                {"benefit_measurement_id": f"m{n}", "benefit_plan_id": "plan", "measured_value": 80.0, **row}
                for n, row in enumerate(measured, start=1)
            ],
            **{"benefits": BENEFITS, **more},
        )
        return Marts(core, last=last)

    return make


JUNE = {year: date(year, 6, 1) for year in range(2019, 2026)}
"""The day on which the document of each year became public."""


def test_a_plan_is_in_force_until_a_change_of_it_is_known(planned) -> None:
    changed = {**PLAN, "benefit_plan_id": "new", "revises_plan_id": "plan", "target_value": 50.0, "source_id": "s2021"}
    found = planned(PLAN, changed)
    assert found["plan_validity"].select("valid_from", "valid_to", "plan_in_force_id", "target_value").rows() == [
        (JUNE[2019], JUNE[2021], "plan", 60.0),
        (JUNE[2021], None, "new", 50.0),
    ]
    seen = dict(found["planned_realised"].select("edition_year", "target_value").rows())
    assert seen == {2019: 60.0, 2020: 60.0, **dict.fromkeys(range(2021, 2027), 50.0)}


def test_a_measurement_that_comes_later_ends_the_row_without_one(planned) -> None:
    found = planned(PLAN, measured=[{"source_id": "s2021"}, {"source_id": "s2023"}])["plan_validity"]
    rows_of = found.sort("valid_from", "benefit_measurement_id").select(
        "benefit_measurement_id", "valid_from", "valid_to", "is_newest"
    )
    assert rows_of.rows() == [
        (None, JUNE[2019], JUNE[2021], False),
        ("m1", JUNE[2021], JUNE[2023], True),
        ("m1", JUNE[2023], None, False),
        ("m2", JUNE[2023], None, True),
    ]


def test_what_happens_to_one_indicator_begins_no_stretch_of_another(planned) -> None:
    found = planned(PLAN, LATE, measured=[{"source_id": "s2021"}])["plan_validity"]
    assert days_of(found.filter(benefit_plan_id="plan")) == [(JUNE[2019], JUNE[2021]), (JUNE[2021], None)]
    assert days_of(found.filter(benefit_plan_id="late")) == [(JUNE[2022], None)]


def test_a_plan_its_change_and_a_measurement_of_one_day_begin_one_stretch(planned) -> None:
    changed = {**PLAN, "benefit_plan_id": "new", "revises_plan_id": "plan", "target_value": 50.0}
    (row,) = planned(PLAN, changed, measured=[{"source_id": "s2019"}])["plan_validity"].rows(named=True)
    assert (row["valid_from"], row["valid_to"]) == (JUNE[2019], None)
    assert (row["plan_in_force_id"], row["plan_change_count"], row["benefit_measurement_id"]) == ("new", 1, "m1")


def test_a_measurement_is_no_earlier_than_it_was_made(planned) -> None:
    to_come = {"source_id": "s2021", "measured_on": date(2024, 1, 1), "measured_precision": "month"}
    for last, days in (
        (2023, [(JUNE[2019], None)]),
        (2024, [(JUNE[2019], date(2024, 1, 31)), (date(2024, 1, 31), None)]),
    ):
        marts = planned(PLAN, measured=[to_come], last=last)
        assert days_of(marts["plan_validity"]) == days
        own = marts["benefit_validity"].filter(benefit_id="b")
        assert own["measured_plan_count"].to_list() == [0, 1][: len(days)]
        assert own["valid_to"].to_list()[-1] is None, "no edition knows of what is to come"


def test_a_benefit_has_a_stretch_for_each_surer_thing_that_is_said_of_it(claims_of) -> None:
    of_one = [claim(key, evidence, source) for key, evidence, source in (
        ("goal", "forventet", "s2019"), ("shown", "dokumentert", "s2023"), ("stated", "oppgitt", "s2021"),
    )]  # fmt: skip
    found = claims_of(*of_one)
    assert said(found["benefit_validity"], "best_evidence_code", "claim_count", "is_achieved", "known_on") == [
        (JUNE[2019], "forventet", 1, False, JUNE[2019]),
        (JUNE[2021], "oppgitt", 2, True, JUNE[2019]),
        (JUNE[2023], "dokumentert", 3, True, JUNE[2019]),
    ]
    assert set(found["benefit_overview"]["valid_from"]) == {JUNE[2019]}, "the day the benefit itself became known"


def test_what_changes_nothing_in_the_row_of_a_benefit_begins_no_stretch_of_it(planned) -> None:
    changed = {**PLAN, "benefit_plan_id": "new", "revises_plan_id": "plan", "target_value": 50.0, "source_id": "s2024"}
    marts = planned(PLAN, changed, measured=[{"source_id": "s2021"}, {"source_id": "s2023"}])
    own = marts["benefit_validity"].filter(benefit_id="b")
    assert said(own, "plan_count", "measured_plan_count") == [(JUNE[2019], 1, 0), (JUNE[2021], 1, 1)]
    assert own["valid_to"].to_list() == [JUNE[2021], None]
    assert len(days_of(marts["plan_validity"])) == 4, "it does begin stretches of the indicator"


def test_a_status_that_is_taken_back_is_a_change_from_something_to_nothing(planned) -> None:
    stated = {**PLAN, "benefit_status_code": "realised", "status_on": date(2019, 1, 1), "status_precision": "year"}
    taken_back = {**PLAN, "benefit_plan_id": "new", "revises_plan_id": "plan", "source_id": "s2021"}
    own = planned(stated, taken_back)["benefit_validity"].filter(benefit_id="b")
    assert said(own, "benefit_status_code") == [(JUNE[2019], "realised"), (JUNE[2021], None)]


def test_coverage_grows_on_the_day_a_document_tells_something(build, marts) -> None:
    core = build(
        participations=[{"project_id": "p", "role_code": "owner", "source_id": "s2021"}],
        benefit_claims=[claim("goal", "forventet", "s2021")],
    )
    found = marts(core)["coverage_validity"]
    columns = ("has_owner", "has_expected_benefit", "known_count", "source_count", "expected_absence_code")
    assert said(found, *columns) == [
        (date(2019, 6, 1), False, False, 0, 1, "not_coded"),
        (date(2021, 3, 16), True, True, 2, 2, None),
    ]
    assert found["valid_to"].to_list() == [date(2021, 3, 16), None]


def test_a_plan_that_gives_a_benefit_up_and_takes_it_up_again_shows_in_coverage_while_it_stands(planned) -> None:
    states = [("plan", None, "s2019"), ("up", "abandoned", "s2021"), ("on", "in_progress", "s2023")]
    plans = [
        {**PLAN, "benefit_plan_id": key, "benefit_status_code": code, "source_id": source,
         "revises_plan_id": None if key == "plan" else "plan"}
        for key, code, source in states
    ]  # fmt: skip
    found = planned(*plans)["coverage_validity"]
    assert said(found, "results_absence_code", "is_coded_results") == [
        (JUNE[2019], "not_coded", False),
        (JUNE[2021], "stated_not", True),
        (JUNE[2023], "not_coded", False),
    ]


def test_of_a_project_nothing_is_covered_before_it_is_known_itself(build, marts) -> None:
    core = build(
        projects=[{"project_id": "p", "round_id": "r", "source_id": "s2021"}],
        participations=[{"project_id": "p", "role_code": "owner", "source_id": "s2019"}],
    )
    assert said(marts(core)["coverage_validity"], "has_owner", "source_count") == [(date(2021, 3, 16), True, 2)]


def test_a_plan_that_tells_nothing_new_of_a_project_begins_no_stretch_of_its_coverage(planned) -> None:
    marts = planned(PLAN, LATE)
    assert days_of(marts["plan_validity"]) == [(JUNE[2019], None), (JUNE[2022], None)]
    assert days_of(marts["coverage_validity"]) == [(JUNE[2019], None)]


def test_what_is_known_only_after_the_last_edition_is_in_no_stretch(planned) -> None:
    told = {"participations": [{"project_id": "p", "role_code": "owner", "source_id": "s2021"}]}
    others = [
        {"benefit_id": name, "project_id": "p", "source_id": f"s{year}"} for name, year in (("b", 2019), ("c", 2021))
    ]
    for last, benefits, owner in ((2020, ["b"], [False]), (2021, ["b", "c"], [False, True])):
        marts = planned(PLAN, last=last, benefits=others, **told)
        assert marts["benefit_validity"]["benefit_id"].to_list() == benefits
        assert marts["coverage_validity"]["has_owner"].to_list() == owner
        assert marts["coverage_validity"]["valid_to"].to_list()[-1] is None


STRETCHED = (
    ("status_validity", "project_status"),
    ("plan_validity", "planned_realised"),
    ("benefit_validity", "benefit_overview"),
    ("coverage_validity", "project_coverage"),
)
"""Marts that are kept by stretch, and what each edition year sees of them."""


def test_every_mart_that_is_kept_by_stretch_is_tested_here() -> None:
    assert {mart.name for mart in MARTS if mart.stretches_of} == {name for name, _ in STRETCHED}


def test_the_day_a_stretch_ends_belongs_to_the_next_one(planned) -> None:
    known = date(2020, 12, 31)
    for day, seen in ((known, 1), (known + timedelta(days=1), 0)):
        made = {"source_id": "s2019", "measured_on": day, "measured_precision": "day"}
        marts = planned(PLAN, measured=[made])
        assert rows(marts["benefit_overview"], edition_year=2020, benefit_id="b")[0]["measured_plan_count"] == seen
        assert [row["is_measured"] for row in rows(marts["planned_realised"], edition_year=2020)] == [bool(seen)]


def test_intervals_grow_with_what_happens_and_not_with_the_number_of_editions(planned) -> None:
    told = {
        "status_assessments": [STARTED, IN_USE],
        "benefit_claims": [claim("goal", "forventet", "s2019", benefit_id="b")],
    }
    told = {name: [{**row, "source_id": "s2021"} for row in given] for name, given in told.items()}
    few, many = (planned(PLAN, measured=[{"source_id": "s2021"}], last=last, **told) for last in (2022, 2026))
    for interval, per_year in (*STRETCHED, ("claim_validity", "benefit_trail")):
        assert few[interval].height > 0
        assert few[interval].equals(many[interval])
        assert few[per_year].height < many[per_year].height

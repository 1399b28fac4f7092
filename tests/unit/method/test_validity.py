"""Results are kept by validity interval: one row for as long as nothing changes, and editions are views over them."""

from __future__ import annotations

from datetime import date
from typing import Any

import narwhals as nw
import polars as pl
import pytest

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


def test_intervals_grow_with_what_happens_and_not_with_the_number_of_editions(build) -> None:
    core = build(status_assessments=[STARTED, IN_USE], benefit_claims=[claim("goal", "forventet", "s2019")])
    few, many = Marts(core, last=2022), Marts(core, last=2026)
    for interval, per_year in (("status_validity", "project_status"), ("claim_validity", "benefit_trail")):
        assert few[interval].equals(many[interval])
        assert few[per_year].height < many[per_year].height

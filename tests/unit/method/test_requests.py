"""Who was asked and what came: each rule of requests and answers at its boundary, and the counts of a year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import polars as pl
import pytest

from gevinst.contracts import contract
from gevinst.contracts.vocabulary import FIRST_REQUEST, REMINDER
from tests.data.marts import mart_of, row_of
from tests.data.small_edition import dated_sources, frame

Row = dict[str, Any]
YEAR = 2026
KNOWN = date(2026, 11, 22)
"""The day that the edition is made as of."""
AFTER = date(2026, 11, 23)
FIRST, REMINDED, ANSWERED = date(2026, 2, 2), date(2026, 3, 2), date(2026, 3, 9)


def request(request_id: str = "r1", **own: Any) -> Row:
    """The owner `o` was asked about project `p` with form `f`."""
    return {
        "request_id": request_id,
        "form_id": "f",
        "project_id": "p",
        "asked_organisation_id": "o",
        "request_kind_code": FIRST_REQUEST,
        "asked_on": FIRST,
        "answer_by_on": date(2026, 3, 1),
        "asked_edition_id": "2025-1",
        "source_id": "letter",
        **own,
    }


def reminder(request_id: str = "r2", **own: Any) -> Row:
    later = {"request_kind_code": REMINDER, "asked_on": REMINDED, "answer_by_on": date(2026, 3, 29)}
    return request(request_id, **{**later, **own})


def answer(answer_id: str = "a1", **own: Any) -> Row:
    """An answer about the whole project."""
    return {
        "answer_id": answer_id,
        "request_id": "r1",
        "project_id": "p",
        "answered_on": ANSWERED,
        "answered_status_code": "i_bruk",
        "source_id": "said",
        "source_locator": answer_id,
        **own,
    }


def outcomes(requests: Iterable[Row], answers: Iterable[Row] = ()) -> list[Row]:
    """What came of them, as the edition of the year knows it."""
    on_the_day = dated_sources({"letter": FIRST, "said": ANSWERED, "at_last": KNOWN}, read_on=KNOWN)
    sources = pl.concat([on_the_day, dated_sources({"late": AFTER}, read_on=AFTER)])
    projects = frame(contract("project_status"), [{"edition_year": YEAR, "project_id": name} for name in ("p", "q")])
    found = mart_of(
        "request_outcomes",
        sources=sources,
        project_status=projects,
        requests=frame(contract("requests"), requests),
        answers=frame(contract("answers"), answers),
    )
    return found.sort("form_id", "project_id").to_dicts()


def outcome(*requests: Row, answers: Iterable[Row] = ()) -> Row:
    (row,) = outcomes(requests or (request(),), answers)
    return row


def test_a_request_is_one_row_with_its_days_and_nothing_answered() -> None:
    row = outcome()
    assert (row["asked_organisation_id"], row["asked_edition_id"]) == ("o", "2025-1")
    assert (row["asked_on"], row["reminded_on"], row["answer_by_on"]) == (FIRST, None, date(2026, 3, 1))
    assert (row["is_answered"], row["answered_on"], row["answered_status_code"]) == (False, None, None)
    assert row["source_id"] == "letter"


@pytest.mark.parametrize(("source", "count"), [("at_last", 1), ("late", 0)])
def test_a_request_is_known_from_the_day_of_its_source_and_no_earlier(source, count) -> None:
    assert len(outcomes([request(source_id=source)])) == count


def test_a_request_about_a_project_that_no_edition_knows_is_none() -> None:
    assert outcomes([request(project_id="unknown")]) == []


def test_each_project_of_a_form_and_each_form_of_a_project_has_its_own_row() -> None:
    rows = outcomes([request(), request("r2", project_id="q"), request("r3", form_id="g")])
    assert [(row["form_id"], row["project_id"]) for row in rows] == [("f", "p"), ("f", "q"), ("g", "p")]


def test_a_reminder_moves_the_last_day_to_answer_and_not_the_day_of_asking() -> None:
    row = outcome(request(), reminder())
    assert (row["asked_on"], row["reminded_on"], row["answer_by_on"]) == (FIRST, REMINDED, date(2026, 3, 29))


def test_of_several_reminders_the_last_is_told_and_one_that_is_not_known_yet_is_not() -> None:
    again = reminder("r3", asked_on=date(2026, 4, 1))
    assert outcome(request(), again, reminder())["reminded_on"] == date(2026, 4, 1)
    assert outcome(request(), {**again, "source_id": "late"}, reminder())["reminded_on"] == REMINDED
    assert outcome(request(), request("r3", asked_on=date(2026, 4, 1)))["reminded_on"] is None


def test_without_an_answer_the_row_leads_to_the_last_letter_and_with_one_to_the_answer() -> None:
    letters = request(source_locator="first"), reminder(source_id="at_last", source_locator="second")
    row = outcome(*letters)
    assert (row["source_id"], row["source_locator"]) == ("at_last", "second")
    row = outcome(*letters, answers=[answer()])
    assert (row["source_id"], row["source_locator"]) == ("said", "a1")


@pytest.mark.parametrize(("source", "is_answered"), [("at_last", True), ("late", False)])
def test_an_answer_is_known_from_the_day_of_its_source_and_no_earlier(source, is_answered) -> None:
    assert outcome(answers=[answer(source_id=source)])["is_answered"] is is_answered


@pytest.mark.parametrize("on", [date(2026, 3, 1), date(2026, 3, 2), date(2026, 11, 1)])
def test_an_answer_counts_whenever_it_comes(on) -> None:
    row = outcome(answers=[answer(answered_on=on)])
    assert (row["is_answered"], row["answered_on"]) == (True, on)


@pytest.mark.parametrize(
    ("first", "second", "newest"),
    [
        ({"answered_on": date(2026, 3, 9)}, {"answered_on": date(2026, 3, 10)}, "a2"),
        ({"answered_on": date(2026, 3, 10)}, {"answered_on": date(2026, 3, 9)}, "a1"),
        ({"answered_on": date(2026, 3, 9)}, {"answered_on": date(2026, 3, 9)}, "a2"),
        ({"answered_on": date(2026, 3, 9)}, {"answered_on": date(2026, 3, 10), "source_id": "late"}, "a1"),
    ],
)
def test_the_newest_answer_counts_by_its_day_and_then_by_its_id(first, second, newest) -> None:
    said = [answer("a1", answered_status_code="i_gang", **first), answer("a2", answered_status_code="i_bruk", **second)]
    for answers in (said, said[::-1]):
        row = outcome(answers=answers)
        assert row["source_locator"] == newest
        assert row["answered_status_code"] == {"a1": "i_gang", "a2": "i_bruk"}[newest]


def test_a_newer_answer_that_says_less_takes_nothing_from_the_one_before() -> None:
    silent = answer("a2", answered_on=date(2026, 3, 10), answered_status_code=None)
    row = outcome(answers=[answer(obstacle_codes="mangler_driftsmidler"), silent])
    assert (row["answered_status_code"], row["obstacle_codes"]) == (None, None)


def test_an_answer_to_the_reminder_answers_the_form() -> None:
    row = outcome(request(), reminder(), answers=[answer(request_id="r2")])
    assert row["is_answered"] and row["asked_on"] == FIRST


def test_an_answer_to_another_form_or_about_another_project_is_none_to_this_one() -> None:
    rows = outcomes(
        [request(), request("g1", form_id="g"), request("r3", project_id="q")],
        [answer(request_id="g1"), answer("a2", request_id="g1", answered_on=AFTER)],
    )
    assert {(row["form_id"], row["project_id"]): row["is_answered"] for row in rows} == {
        ("f", "p"): False,
        ("f", "q"): False,
        ("g", "p"): True,
    }


def test_an_answer_about_a_benefit_alone_is_no_answer_about_the_project() -> None:
    of_benefit = answer("a9", benefit_id="b", answered_on=date(2026, 4, 1), answered_status_code=None)
    assert outcome(answers=[of_benefit])["is_answered"] is False
    row = outcome(answers=[answer(), of_benefit])
    assert (row["answered_on"], row["source_locator"]) == (ANSWERED, "a1")


@pytest.mark.parametrize(
    ("asked_on", "is_of_this_year"),
    [(date(2025, 12, 31), False), (date(2026, 1, 1), True), (KNOWN, True)],
)
def test_a_form_is_of_the_year_in_which_it_was_asked_first(asked_on, is_of_this_year) -> None:
    assert outcome(request(asked_on=asked_on))["is_of_this_year"] is is_of_this_year
    assert outcome(request(asked_on=asked_on), reminder())["is_of_this_year"] is is_of_this_year


def asked(owner: str, project: str, **own: Any) -> Row:
    """A row of `request_outcomes` of the year, not answered."""
    seat = {"edition_year": YEAR, "form_id": f"f-{owner}", "project_id": project}
    return {**seat, "asked_organisation_id": owner, "is_of_this_year": True, "is_answered": False, **own}


def progress(rows: Iterable[Row] = (), months: Iterable[int] = (), **own: Any) -> Row:
    words = [
        {"edition_year": YEAR, "project_id": f"p{n}", "months_since_last_word": age} for n, age in enumerate(months)
    ]
    return row_of(
        "follow_up_progress",
        request_outcomes=frame(contract("request_outcomes"), rows),
        last_words=frame(contract("last_words"), words),
        **own,
    )


def test_a_year_without_requests_and_projects_has_noughts_and_no_shares() -> None:
    row = progress()
    assert {value for name, value in row.items() if name.endswith("_count")} == {0}
    assert (row["answered_owner_pct"], row["old_word_pct"]) == (None, None)


def test_an_owner_counts_once_however_many_projects_it_has() -> None:
    row = progress([asked("o", "p", is_answered=True), asked("o", "q", is_answered=True), asked("n", "r")])
    assert (row["asked_owner_count"], row["answered_owner_count"]) == (2, 1)
    assert (row["asked_project_count"], row["answered_project_count"]) == (3, 2)


def test_an_owner_has_answered_once_it_has_answered_about_one_of_its_projects() -> None:
    row = progress([asked("o", "p", is_answered=True), asked("o", "q")])
    assert (row["asked_owner_count"], row["answered_owner_count"]) == (1, 1)
    assert (row["asked_project_count"], row["answered_project_count"]) == (2, 1)


def test_only_those_asked_in_the_year_count_even_where_those_of_another_answer_in_it() -> None:
    row = progress([asked("o", "p"), asked("n", "q", is_of_this_year=False, is_answered=True)])
    assert (row["asked_owner_count"], row["answered_owner_count"]) == (1, 0)
    assert (row["asked_project_count"], row["answered_project_count"]) == (1, 0)


@pytest.mark.parametrize(("owners", "share"), [(4, None), (5, 20.0), (6, pytest.approx(100 / 6))])
def test_a_share_of_owners_is_given_from_the_least_number_on(owners, share) -> None:
    rows = [asked(f"o{n}", f"p{n}", is_answered=n == 0) for n in range(owners)]
    assert progress(rows)["answered_owner_pct"] == share


@pytest.mark.parametrize(("projects", "share"), [(4, None), (5, 20.0)])
def test_a_share_of_projects_is_given_from_the_least_number_on(projects, share) -> None:
    assert progress(months=[24, *[0] * (projects - 1)])["old_word_pct"] == share


def test_the_least_number_is_that_of_the_rules() -> None:
    rows = [asked(f"o{n}", f"p{n}", is_answered=True) for n in range(3)]
    found = [progress(rows, [0, 24, 24], min_n=least) for least in (3, 4)]
    assert [row["answered_owner_pct"] for row in found] == [100.0, None]
    assert [row["old_word_pct"] for row in found] == [pytest.approx(200 / 3), None]


AGES = ("fresh_word_count", "ageing_word_count", "old_word_count")


@pytest.mark.parametrize(
    ("months", "group"),
    [(0, AGES[0]), (11, AGES[0]), (12, AGES[1]), (23, AGES[1]), (24, AGES[2]), (240, AGES[2])],
)
def test_a_word_ages_at_half_the_limit_and_is_old_at_the_limit(months, group) -> None:
    row = progress(months=[months])
    assert {name: row[name] for name in AGES} == {name: int(name == group) for name in AGES}
    assert row["project_count"] == 1


@pytest.mark.parametrize(("months", "group"), [(6, AGES[0]), (7, AGES[1]), (14, AGES[1]), (15, AGES[2])])
def test_the_limit_is_that_of_the_rules_and_of_an_odd_one_the_half_is_whole_months(months, group) -> None:
    row = progress(months=[months], stale_after_months=15)
    assert [name for name in AGES if row[name]] == [group]

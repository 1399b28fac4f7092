"""Who is asked, why and in which order: each reason at its boundary, and nothing judged where nobody looked."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from gevinst.contracts import contract
from gevinst.contracts.vocabulary import FOLLOW_UP_REASONS, OF_BENEFITS
from tests.data.marts import committed, mart_of
from tests.data.small_edition import dated_sources, frame

Row = dict[str, Any]
YEAR = 2026
KNOWN = date(2026, 11, 22)
LATER = date(2027, 1, 1)


def status(**own: Any) -> Row:
    """A project tried out a month ago, ten months after its award, unless `own` says otherwise."""
    return {
        "edition_year": YEAR,
        "project_id": "p",
        "current_status_code": "provd_ut",
        "outcome_code": "result_not_in_use",
        "months_since_status": 1,
        "months_since_award": 10,
        **own,
    }


def coverage(**own: Any) -> Row:
    return {"edition_year": YEAR, "project_id": "p", "is_coded_results": True, **own}


def benefit(benefit_id: str = "b", **own: Any) -> Row:
    """A benefit that somebody expects."""
    return {
        "edition_year": YEAR,
        "project_id": "p",
        "benefit_id": benefit_id,
        "is_gain": True,
        "best_evidence_code": "forventet",
        "plan_count": 0,
        **own,
    }


def indicator(**own: Any) -> Row:
    return {"edition_year": YEAR, "project_id": "p", "benefit_id": "b", "benefit_plan_id": "plan", **own}


def reasons(
    known: Row | None = None,
    covered: Row | None = None,
    benefits: tuple[Row, ...] = (),
    indicators: tuple[Row, ...] = (),
    **inputs: pl.DataFrame,
) -> dict[str, Row]:
    """The reasons for asking about one project, by their codes."""
    found = mart_of(
        "follow_up_reasons",
        sources=pl.concat(
            [dated_sources({"s": date(2020, 1, 1)}), dated_sources({"later": LATER}, read_on=LATER)],
        ),
        **inputs,
        project_status=frame(contract("project_status"), [known or status()]),
        project_coverage=frame(contract("project_coverage"), [covered or coverage()]),
        benefit_overview=frame(contract("benefit_overview"), benefits),
        planned_realised=frame(contract("planned_realised"), indicators),
    )
    return {row["follow_up_reason_code"]: row for row in found.to_dicts()}


AWARDED = {"current_status_code": "tildelt", "outcome_code": "unknown", "months_since_status": None}
UNDER_WAY = {"current_status_code": "i_gang", "outcome_code": "unknown"}


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"months_since_status": 11}, []),
        ({"months_since_status": 12}, ["developed_not_used"]),
        ({"months_since_status": 12, "current_status_code": "losning_utviklet"}, ["developed_not_used"]),
        ({"months_since_status": 12, "current_status_code": "innsikt"}, []),
        ({**AWARDED, "months_since_award": 11}, []),
        ({**AWARDED, "months_since_award": 12}, ["nothing_heard"]),
        ({**AWARDED, "months_since_award": 35}, ["nothing_heard"]),
        ({**AWARDED, "months_since_award": 36}, ["ending_unknown", "nothing_heard"]),
        ({**UNDER_WAY, "months_since_award": 35}, []),
        ({**UNDER_WAY, "months_since_award": 36}, ["ending_unknown"]),
        ({"current_status_code": "i_bruk", "outcome_code": "in_use", "months_since_status": 23}, []),
        ({"current_status_code": "i_bruk", "outcome_code": "in_use", "months_since_status": 24}, ["stale"]),
        ({**AWARDED, "months_since_status": 90}, []),
        ({"current_status_code": "stanset", "outcome_code": "stopped", "months_since_status": 90}, []),
        ({"current_status_code": "viderefort", "outcome_code": "continued", "months_since_status": 90}, []),
    ],
)
def test_status_asks_for_a_word_from_the_age_on_that_the_rule_says_and_never_of_what_has_ended(known, expected) -> None:
    assert sorted(reasons(status(**known))) == expected


@pytest.mark.parametrize("known", [{**AWARDED, "months_since_award": 60}, {**UNDER_WAY, "months_since_award": 60}])
def test_silence_is_no_reason_where_nobody_has_read_a_document_for_status(known) -> None:
    assert reasons(status(**known), coverage(status_absence_code="not_coded")) == {}
    assert reasons(status(**known), coverage(status_absence_code="not_found")) != {}


@pytest.mark.parametrize(
    ("own", "is_asked"),
    [
        ({}, True),
        ({"best_evidence_code": "oppgitt"}, False),
        ({"best_evidence_code": "oppgitt", "has_goal": True}, True),
        ({"best_evidence_code": None, "plan_count": 1}, True),
        ({"best_evidence_code": "malt_oppgitt", "has_goal": True}, False),
        ({"best_evidence_code": "dokumentert", "has_goal": True}, False),
        ({"benefit_status_code": "abandoned"}, False),
        ({"benefit_status_code": "in_progress"}, True),
        ({"is_gain": False}, False),
    ],
)
def test_a_promise_is_a_goal_a_plan_or_an_expectation_that_nobody_has_measured_or_given_up(own, is_asked) -> None:
    assert ("promised_without_baseline" in reasons(benefits=(benefit(**own),))) == is_asked


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ({"baseline_value": 3.0}, []),
        ({"baseline_value": None}, ["promised_without_baseline"]),
        ({"is_measured": True, "is_newest": True, "target_value": 5.0}, []),
        ({"is_measured": True, "is_newest": True}, ["measured_without_target"]),
        ({"is_measured": True, "is_newest": False}, []),
    ],
)
def test_a_baseline_or_a_measurement_settles_a_promise_and_a_measurement_asks_for_its_target(own, expected) -> None:
    assert sorted(reasons(benefits=(benefit(),), indicators=(indicator(**own),))) == expected


@pytest.mark.parametrize(
    ("own", "is_asked"),
    [
        ({"target_on": date(2026, 11, 21)}, True),
        ({"target_on": KNOWN}, False),
        ({"target_on": date(2026, 11, 1), "target_precision": "month"}, False),
        ({"target_on": date(2026, 10, 1), "target_precision": "month"}, True),
        ({"target_on": None}, False),
        ({"target_value": None}, False),
        ({"is_measured": True, "is_newest": True, "measured_on": date(2024, 12, 31)}, True),
        ({"is_measured": True, "is_newest": True, "measured_on": date(2025, 1, 1)}, False),
        ({"is_measured": True, "is_newest": False, "measured_on": date(2024, 12, 31)}, False),
    ],
)
def test_a_target_is_asked_about_from_the_day_after_its_own_until_somebody_has_measured_it(own, is_asked) -> None:
    plan = {"baseline_value": 1.0, "target_value": 5.0, "target_on": date(2025, 1, 1), "target_precision": "day"}
    found = reasons(benefits=(benefit(),), indicators=(indicator(**{**plan, "measured_precision": "day", **own}),))
    assert ("target_passed" in found) == is_asked


def ended(on: date, precision: str = "day", source: str = "s", **own: Any) -> pl.DataFrame:
    event = {"project_id": "p", "event_code": "ended", "event_on": on, "event_precision": precision, **own}
    return frame(contract("project_events"), [{"project_event_id": "e", "source_id": source, **event}])


@pytest.mark.parametrize(
    ("event", "is_asked"),
    [
        (ended(date(2025, 11, 22)), True),
        (ended(date(2025, 11, 23)), False),
        (ended(date(2025, 1, 1), "year"), False),
        (ended(date(2024, 1, 1), "year"), True),
        (ended(date(2020, 1, 1), event_code="started"), False),
        (ended(date(2020, 1, 1), source="later"), False),
    ],
)
def test_a_closing_statement_is_missing_from_a_year_after_the_last_day_on_which_work_can_have_ended(
    event, is_asked
) -> None:
    assert ("closing_statement_missing" in reasons(project_events=event)) == is_asked
    assert reasons(status(current_status_code="stanset"), project_events=event) == {}


@pytest.mark.parametrize(("source", "is_asked"), [("s", False), ("later", True)])
def test_a_closing_statement_counts_from_when_it_was_known(source, is_asked) -> None:
    statement = {"closing_statement_id": "c", "project_id": "p", "source_id": source}
    closed = frame(contract("closing_statements"), [statement])
    found = reasons(project_events=ended(date(2020, 1, 1)), closing_statements=closed)
    assert ("closing_statement_missing" in found) == is_asked


@pytest.mark.parametrize(
    ("own", "is_asked"),
    [
        ({}, True),
        ({"planned_on": date(2026, 8, 22)}, True),
        ({"planned_on": date(2026, 8, 23)}, False),
        ({"planned_on": date(2026, 8, 1), "planned_precision": "month"}, False),
        ({"delivered_source_id": "s"}, False),
        ({"delivered_source_id": "later"}, True),
        ({"project_id": None}, False),
        ({"source_id": "later"}, False),
    ],
)
def test_a_planned_evaluation_is_overdue_three_months_after_its_last_day_until_it_is_delivered(own, is_asked) -> None:
    planned = {"project_id": "p", "planned_on": date(2025, 1, 1), "planned_precision": "day", "source_id": "s", **own}
    found = reasons(
        planned_evaluations=frame(contract("planned_evaluations"), [{"planned_evaluation_id": "e", **planned}])
    )
    assert ("evaluation_overdue" in found) == is_asked


def answer(on: date, outcome: str, source: str = "s", benefit_id: str | None = "b") -> Row:
    return {
        "answer_id": f"a{on}",
        "project_id": "p",
        "benefit_id": benefit_id,
        "answered_on": on,
        "answered_outcome_code": outcome,
        "source_id": source,
    }


@pytest.mark.parametrize(
    ("said", "is_asked"),
    [
        ([answer(date(2025, 3, 1), "not_came")], False),
        ([answer(date(2025, 3, 1), "dropped")], False),
        ([answer(date(2025, 3, 1), "not_yet")], True),
        ([answer(date(2025, 3, 1), "not_came", "later")], True),
        ([answer(date(2025, 3, 1), "not_came", benefit_id="another")], True),
        ([answer(date(2025, 3, 1), "not_came"), answer(date(2025, 3, 2), "not_yet")], True),
        ([answer(date(2025, 3, 1), "not_yet"), answer(date(2025, 3, 2), "dropped")], False),
    ],
)
def test_no_baseline_is_asked_for_of_a_benefit_that_the_owner_last_said_will_not_come(said, is_asked) -> None:
    found = reasons(benefits=(benefit(),), answers=frame(contract("answers"), said))
    assert ("promised_without_baseline" in found) == is_asked


def test_the_rules_decide_how_long_to_wait_and_a_reason_without_a_rule_is_not_used() -> None:
    rules = committed("due_rules")
    known, benefits = status(months_since_status=11), (benefit(),)
    sooner = rules.with_columns(after_months=pl.lit(11, pl.Int64))
    assert sorted(reasons(known, due_rules=sooner)) == ["developed_not_used", "stale"]
    unused = rules.filter(pl.col("follow_up_reason_code") != "promised_without_baseline")
    assert list(reasons(benefits=benefits, due_rules=rules)) == ["promised_without_baseline"]
    assert reasons(benefits=benefits, due_rules=unused) == {}
    assert sorted(rules["follow_up_reason_code"]) == sorted(FOLLOW_UP_REASONS)


def test_a_benefit_is_not_told_as_unmeasured_where_nobody_has_read_for_results() -> None:
    found = reasons(covered=coverage(is_coded_results=False), benefits=(benefit(),))
    assert list(found) == ["results_unread"]


def test_the_benefit_set_as_a_goal_is_named_first_then_one_for_users_or_society_then_by_id() -> None:
    plain, effect, goal = benefit("a"), benefit("y", gain_nature_code="user_effect"), benefit("z", has_goal=True)
    named = [
        reasons(benefits=found)["promised_without_baseline"]
        for found in ((plain, benefit("c")), (plain, effect), (plain, effect, goal))
    ]
    assert [(row["benefit_id"], row["more_benefit_count"]) for row in named] == [("a", 1), ("y", 1), ("z", 2)]


def test_of_several_reasons_about_status_only_the_first_is_asked_and_the_first_of_all_is_the_main_one() -> None:
    known = status(**AWARDED, months_since_award=40)
    found = reasons(known, benefits=(benefit(),))
    assert {code: (row["is_main_reason"], row["is_asked"]) for code, row in found.items()} == {
        "ending_unknown": (True, True),
        "nothing_heard": (False, False),
        "promised_without_baseline": (False, True),
    }
    measured = reasons(known, benefits=(benefit(),), indicators=(indicator(is_newest=True, is_measured=True),))
    assert [code for code, row in measured.items() if row["is_main_reason"]] == ["measured_without_target"]
    assert FOLLOW_UP_REASONS[0] in OF_BENEFITS


def projects(*known: Row, owners: tuple[Row, ...] = (), organisations: tuple[Row, ...] = ()) -> pl.DataFrame:
    """`follow_ups` of projects with reason, last word, goals and grant, one row each."""
    seats = [{"edition_year": YEAR, "project_id": row["project_id"]} for row in known]
    why = [{**seat, "follow_up_reason_code": "stale", "is_main_reason": True} for seat in seats]
    words = [{**seat, "months_since_last_word": row.get("months", 30)} for seat, row in zip(seats, known, strict=True)]
    goals = [benefit(f"b-{row['project_id']}", project_id=row["project_id"], has_goal=row["goal"]) for row in known]
    grants = [{**seat, "grant_amount": row["nok"]} for seat, row in zip(seats, known, strict=True) if "nok" in row]
    return mart_of(
        "follow_ups",
        follow_up_reasons=frame(contract("follow_up_reasons"), why),
        last_words=frame(contract("last_words"), words),
        project_status=frame(contract("project_status"), [status(**seat) for seat in seats]),
        project_coverage=frame(contract("project_coverage"), [coverage(**seat) for seat in seats]),
        benefit_overview=frame(contract("benefit_overview"), goals),
        grant_amounts=frame(contract("grant_amounts"), grants),
        participations=frame(contract("participations"), owners),
        organisations=frame(contract("organisations"), organisations),
        sources=dated_sources({"s": date(2020, 1, 1)}),
    ).sort("follow_up_order")


def test_goals_come_first_then_the_longest_silence_then_the_largest_grant_then_the_id() -> None:
    found = projects(
        {"project_id": "a", "goal": False, "months": 90},
        {"project_id": "b", "goal": True, "months": 30, "nok": 1.0},
        {"project_id": "c", "goal": True, "months": 30, "nok": 2.0},
        {"project_id": "d", "goal": True, "months": 31},
        {"project_id": "e", "goal": True, "months": 30},
        {"project_id": "f", "goal": True, "months": 30, "nok": 0.0},
        {"project_id": "g", "goal": True, "months": 30},
    )
    assert "".join(found["project_id"]) == "dcbfega"
    assert found["follow_up_order"].to_list() == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("roles", "asked"),
    [
        ({"b": "owner", "a": "co_owner"}, "b"),
        ({"b": "co_owner", "a": "co_owner"}, "a"),
        ({"gone": "owner"}, "b"),
        ({"a": "supplier"}, None),
    ],
)
def test_the_owner_is_asked_before_a_co_owner_and_whoever_took_over_for_one_that_is_gone(roles, asked) -> None:
    owners = tuple(
        {"project_id": "p", "organisation_id": one, "role_code": role, "source_id": "s"} for one, role in roles.items()
    )
    known = tuple(
        {"organisation_id": one, "successor_id": "b" if one == "gone" else None} for one in ("a", "b", "gone")
    )
    (row,) = projects({"project_id": "p", "goal": False}, owners=owners, organisations=known).to_dicts()
    assert row["owner_organisation_id"] == asked


@pytest.mark.parametrize(
    ("as_of_on", "ask_on"),
    [
        (date(2026, 11, 22), date(2027, 2, 1)),
        (date(2025, 12, 31), date(2026, 2, 2)),  # 1 February 2026 is a Sunday
        (date(2019, 12, 31), date(2020, 2, 3)),  # 1 February 2020 is a Saturday
        (date(2026, 1, 31), date(2026, 2, 2)),
        (date(2027, 2, 1), date(2028, 2, 1)),
    ],
)
def test_owners_are_asked_on_the_first_working_day_from_1_february_after_the_edition(as_of_on, ask_on) -> None:
    found = mart_of(
        "follow_ups",
        edition_years=frame(contract("edition_years"), [{"edition_year": YEAR, "as_of_on": as_of_on}]),
        follow_up_reasons=frame(
            contract("follow_up_reasons"),
            [{"edition_year": YEAR, "project_id": "p", "follow_up_reason_code": "stale", "is_main_reason": True}],
        ),
        project_status=frame(contract("project_status"), [status()]),
        last_words=frame(contract("last_words"), [{"edition_year": YEAR, "project_id": "p"}]),
    )
    assert found["ask_on"].to_list() == [ask_on]

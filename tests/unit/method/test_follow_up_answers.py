"""What came of those asked: a newer word, by what it is about; and nobody was asked by an edition made in hindsight."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from gevinst.contracts import contract
from gevinst.method.follow_up_answers import follow_up_answers
from tests.data.small_edition import dated_sources, frame

THEN, NOW = date(2026, 11, 22), date(2027, 12, 31)
Row = dict[str, Any]


def before(recorded_on: date = THEN, **own: Any) -> dict[str, pl.DataFrame]:
    """The edition of 2026, in which project p was asked because its status was old."""
    asked = {
        "edition_year": 2026,
        "project_id": "p",
        "follow_up_reason_code": "stale",
        "last_word_on": date(2022, 10, 1),
        "last_word_precision": "month",
        **own,
    }
    earlier = {**asked, "edition_year": 2025, "follow_up_reason_code": "nothing_heard"}
    sources = dated_sources({"s": date(2022, 11, 1)}).with_columns(recorded_on=pl.lit(recorded_on))
    return {"follow_ups": frame(contract("follow_ups"), [earlier, asked]), "sources": sources}


def now(word_on: date, *reasons: str, precision: str = "day") -> dict[str, pl.DataFrame]:
    seat = {"edition_year": 2027, "project_id": "p"}
    return {
        "last_words": frame(
            contract("last_words"), [{**seat, "last_word_on": word_on, "last_word_precision": precision}]
        ),
        "project_status": frame(contract("project_status"), [{**seat, "current_status_code": "i_bruk"}]),
        "follow_up_reasons": frame(
            contract("follow_up_reasons"), [{**seat, "follow_up_reason_code": code} for code in reasons]
        ),
    }


def answers(then: dict[str, pl.DataFrame], here: dict[str, pl.DataFrame], as_of_on: date | None = THEN) -> list[Row]:
    return follow_up_answers(then, as_of_on, here, 2027, is_illustrative=False).to_dicts()


@pytest.mark.parametrize(
    ("asked", "word_on", "reasons", "expected"),
    [
        ("stale", date(2027, 3, 1), (), "answered"),
        ("stale", date(2027, 3, 1), ("promised_without_baseline",), "answered"),
        ("stale", date(2027, 3, 1), ("stale",), "heard"),
        ("stale", date(2022, 10, 1), ("stale",), "open"),
        ("stale", date(2022, 10, 31), ("stale",), "open"),  # the month that was known already
        ("stale", date(2022, 11, 1), ("stale",), "heard"),
        ("stale", date(2022, 10, 1), (), "not_asked"),
        ("results_unread", date(2022, 10, 1), (), "not_asked"),  # we have read; nobody has answered
        ("promised_without_baseline", date(2022, 10, 1), (), "answered"),  # a baseline has no day of its own
        ("measured_without_target", date(2022, 10, 1), (), "answered"),
        ("measured_without_target", date(2022, 10, 1), ("measured_without_target",), "open"),
    ],
)
def test_an_answer_is_a_newer_word_or_the_number_that_was_missing(asked, word_on, reasons, expected) -> None:
    (row,) = answers(before(follow_up_reason_code=asked), now(word_on, *reasons))
    assert row["follow_up_answer_code"] == expected
    assert (row["edition_year"], row["asked_edition_year"], row["asked_reason_code"]) == (2027, 2026, asked)
    assert (row["alike_count"], row["all_asked_count"]) == (1, 1)


@pytest.mark.parametrize(
    ("word_on", "precision", "expected"),
    [
        (date(2022, 10, 1), "month", None),
        (date(2024, 5, 1), "day", "found"),
        (THEN, "day", "found"),
        (date(2026, 11, 23), "day", "happened"),
        (date(2026, 1, 1), "year", "unknown"),
    ],
)
def test_what_was_only_found_since_is_not_told_as_happened(word_on, precision, expected) -> None:
    (row,) = answers(before(), now(word_on, precision=precision))
    assert row["change_time_code"] == expected


def test_rows_are_counted_over_the_list_and_by_answer() -> None:
    then, here = before(), now(date(2027, 3, 1))
    twice = {name: pl.concat([rows, rows.with_columns(project_id=pl.lit("q"))]) for name, rows in here.items()}
    twice["last_words"] = twice["last_words"].with_columns(
        last_word_on=pl.when(pl.col("project_id") == "q").then(date(2022, 10, 1)).otherwise("last_word_on")
    )
    asked = then["follow_ups"]
    both = {**then, "follow_ups": pl.concat([asked, asked.with_columns(project_id=pl.lit("q"))])}
    found = answers(both, twice)
    assert [(row["follow_up_answer_code"], row["alike_count"], row["all_asked_count"]) for row in found] == [
        ("answered", 1, 2),
        ("not_asked", 1, 2),
    ]


def test_nobody_was_asked_by_a_first_edition_one_without_a_list_or_one_made_in_hindsight() -> None:
    here = now(date(2027, 3, 1))
    assert answers({}, here, None) == []
    assert answers({**before(), "follow_ups": frame(contract("follow_ups"), [])}, here) == []
    assert answers(before(recorded_on=date(2027, 6, 1)), here) == []
    assert answers(before(recorded_on=date(2027, 3, 1)), here) != []

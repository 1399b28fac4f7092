"""Two publications against each other: what changed between them tells nobody's answer."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from gevinst.contracts import contract
from gevinst.contracts.schema import polars_schema
from gevinst.method.disclosure import ORGANISATIONS, PERSONS
from gevinst.method.disclosure_between import held_back, reveals
from tests.unit.method.test_survey import question

SURVEY, ADDITIONALITY = contract("survey_series"), contract("additionality")


def frame_of(table: Any, rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema = polars_schema(table)
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


def surveyed(*rounds: list[dict[str, Any]], edition_year: int = 2026) -> pl.DataFrame:
    rows = [
        {
            **row,
            "share_pct": 100 * row["answer_count"] / row["base_count"] if row["answer_count"] is not None else None,
            "is_suppressed": row["answer_count"] is None,
            "is_base_suppressed": False,
            "is_held_back": False,
            "edition_year": edition_year,
        }
        for answers in rounds
        for row in answers
    ]
    return frame_of(SURVEY, rows)


def asked(*years: tuple[int, int | None, int | None, int]) -> pl.DataFrame:
    """Rows of `additionality`: year, strict, broad and known."""
    rows = [
        {"edition_year": year, "strict_count": strict, "broad_count": broad, "known_count": known, "asked_count": known}
        for year, strict, broad, known in years
    ]
    return frame_of(ADDITIONALITY, [row | {"project_count": 40, "is_held_back": False} for row in rows])


def survey(now: pl.DataFrame, *published: pl.DataFrame) -> list[tuple[int | None, bool]]:
    before = [{"survey_series": frame, "additionality": asked()} for frame in published]
    held = held_back({"survey_series": now, "additionality": asked()}, before)["survey_series"]
    return list(held.select("answer_count", "is_held_back").iter_rows())


def funded(now: pl.DataFrame, *published: pl.DataFrame) -> list[tuple[int | None, ...]]:
    before = [{"survey_series": surveyed(), "additionality": frame} for frame in published]
    held = held_back({"survey_series": surveyed(), "additionality": now}, before)["additionality"]
    return list(held.select("strict_count", "broad_count", "known_count", "is_held_back").iter_rows())


YES_NO: dict[str, int | None] = {"ja": 12, "nei": 28}


@pytest.mark.parametrize(
    ("now", "is_held"),
    [
        ({"ja": 13, "nei": 28}, True),  # one more, and it said yes
        ({"ja": 13, "nei": 27}, True),  # one changed its answer
        ({"ja": 12 + PERSONS - 1, "nei": 28 + PERSONS}, True),  # one less than the minimum
        ({"ja": 12 + PERSONS, "nei": 28 + PERSONS}, False),  # exactly the minimum
        ({"ja": 12 + 20, "nei": 28}, True),  # all who are new said yes
        (YES_NO, False),
    ],
)
def test_a_question_whose_change_tells_of_a_few_stays_as_it_was(now: dict[str, int | None], is_held: bool) -> None:
    found = survey(surveyed(question(2024, now)), surveyed(question(2024, YES_NO)))
    assert found == [(count, is_held) for count in (YES_NO if is_held else now).values()]


def test_shares_bases_and_changes_to_the_next_round_are_those_of_the_counts_that_are_shown() -> None:
    before = surveyed(question(2024, YES_NO))
    now = surveyed(question(2024, {"ja": 13, "nei": 28}), question(2026, {"ja": 30, "nei": 30}))
    held = held_back(
        {"survey_series": now, "additionality": asked()}, [{"survey_series": before, "additionality": asked()}]
    )["survey_series"]
    old, new = held.filter(answer_id="ja").sort("survey_year").rows(named=True)
    assert (old["base_count"], old["share_pct"], old["is_held_back"]) == (40, 30.0, True)
    assert (new["share_pct"], new["change_points"], new["is_held_back"]) == (50.0, 20.0, False)


def test_nothing_is_held_where_nothing_was_published() -> None:
    now = surveyed(question(2024, {"ja": 13, "nei": 28}))
    assert survey(now) == survey(now, surveyed(question(2023, YES_NO))) == [(13, False), (28, False)]


def test_what_nobody_holds_back_is_the_table_itself() -> None:
    now = {"survey_series": surveyed(question(2024, YES_NO), question(2026, YES_NO)), "additionality": asked()}
    assert held_back(now, [now])["survey_series"] is now["survey_series"]


def test_every_edition_before_counts_and_the_newest_is_kept() -> None:
    first, second = surveyed(question(2024, YES_NO)), surveyed(question(2024, {"ja": 22, "nei": 38}))
    assert survey(surveyed(question(2024, {"ja": 13, "nei": 48})), first, second) == [(22, True), (38, True)]


def test_an_answer_that_was_not_there_before_is_hidden_while_its_question_is_held() -> None:
    now = surveyed(question(2024, {"ja": 12, "nei": 26, "kanskje": 7}))
    assert survey(now, surveyed(question(2024, YES_NO))) == [(12, True), (28, True), (None, True)]


def test_what_is_held_is_held_again_from_the_same_data_and_shown_when_enough_have_answered() -> None:
    first = surveyed(question(2024, YES_NO))
    late = surveyed(question(2024, {"ja": 13, "nei": 28}))
    held = held_back(
        {"survey_series": late, "additionality": asked()}, [{"survey_series": first, "additionality": asked()}]
    )["survey_series"]
    assert survey(late, first, held) == survey(late, first)
    assert survey(surveyed(question(2024, {"ja": 20, "nei": 40})), first, held) == [(20, False), (40, False)]


@pytest.mark.parametrize(
    ("now", "is_held"),
    [
        ((6, 9, 13), True),  # one more, and it was strict
        ((5 + ORGANISATIONS - 1, 9 + 2 * ORGANISATIONS, 12 + 3 * ORGANISATIONS), True),  # one less than the minimum
        ((5 + ORGANISATIONS, 9 + 2 * ORGANISATIONS, 12 + 3 * ORGANISATIONS), False),  # exactly the minimum
        ((5, 9, 12), False),
        ((5, 9, 16), True),  # all four who are new answered alike
    ],
)
def test_projects_that_answer_from_one_year_to_the_next_are_not_told_one_by_one(
    now: tuple[int, int, int], is_held: bool
) -> None:
    before = (5, 9, 12)
    years = funded(asked((2025, *before), (2026, *now)))
    assert years[1] == (*(before if is_held else now), is_held)
    editions = funded(asked((2026, *now)), asked((2026, *before)))
    assert editions == [(*(before if is_held else now), is_held)], "nor from one edition to the next"


def test_the_first_answers_are_compared_with_nothing_and_hidden_counts_tell_nothing() -> None:
    assert funded(asked((2025, 0, 0, 0), (2026, 5, 9, 12))) == [(0, 0, 0, False), (5, 9, 12, False)]
    assert funded(asked((2025, None, None, 12), (2026, None, None, 13)))[1] == (None, None, 13, False)


def test_a_few_years_of_one_more_each_are_shown_when_they_are_enough_together() -> None:
    years = [(2020 + n, 5 + n, 9 + 2 * n, 12 + 3 * n) for n in range(4)]
    assert [row[-1] for row in funded(asked(*years))] == [False, True, True, False]


def test_hidden_counts_are_no_steps() -> None:
    assert not reveals([None, 5, None], [3, 5, 9], PERSONS)
    assert reveals([None, 5, None], [3, 6, 9], PERSONS), "one more gave this answer"

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from gevinst.contracts.evaluations import SURVEY_RESULTS
from gevinst.contracts.schema import polars_schema
from gevinst.method.frames import Rules, lazy
from gevinst.method.survey import survey_marts, survey_series
from tests.data.small_edition import dated_sources


def question(year: int, counts: dict[str, int | None], **more: Any) -> list[dict[str, Any]]:
    """The answers to one question in one round."""
    known = [count for count in counts.values() if count is not None]
    return [
        {
            "survey_id": "owners",
            "survey_year": year,
            "question_id": "triggered",
            "answer_id": answer,
            "invited_count": 200,
            "answered_count": 120,
            "wording": "Ville dere gjort det uten støtten?",
            "scale": "ja / nei / vet ikke",
            "is_dont_know": answer == "vet_ikke",
            "answer_count": count,
            "base_count": sum(known),
            **more,
        }
        for answer, count in counts.items()
    ]


def series(*rounds: list[dict[str, Any]], **limits: int) -> dict[tuple[int, str], dict[str, Any]]:
    rows = [row for answers in rounds for row in answers]
    names = [column.name for column in SURVEY_RESULTS.all_columns]
    results = pl.DataFrame(
        [{name: row.get(name) for name in names} for row in rows], schema=polars_schema(SURVEY_RESULTS)
    )
    frame = survey_series(results, **limits)
    assert frame.height == results.height
    assert set(names) <= set(frame.columns), "population, wording, scale and counts stay beside every figure"
    return {(row["survey_year"], row["answer_id"]): row for row in frame.rows(named=True)}


def test_each_answer_carries_its_share_and_the_response_rate() -> None:
    rows = series(question(2024, {"ja": 30, "nei": 60, "vet_ikke": 10}))
    assert rows[2024, "ja"]["share_pct"] == pytest.approx(30)
    assert rows[2024, "vet_ikke"]["share_pct"] == pytest.approx(10), "don't know is a row of its own"
    assert rows[2024, "ja"]["response_rate_pct"] == pytest.approx(60)
    assert (rows[2024, "ja"]["previous_year"], rows[2024, "ja"]["change_points"]) == (None, None)


def test_a_share_of_a_sample_carries_wilsons_interval_and_that_of_a_whole_population_none() -> None:
    sample = series(question(2024, {"ja": 30, "nei": 70}, population_count=1000))[2024, "ja"]
    # Wilson (1927) by hand: 30 of 100 is 21.9 to 39.6 per cent.
    assert sample["share_low_pct"] == pytest.approx(21.895, abs=1e-3)
    assert sample["share_high_pct"] == pytest.approx(39.585, abs=1e-3)
    for population in (200, None):
        whole = series(question(2024, {"ja": 30, "nei": 70}, population_count=population))[2024, "ja"]
        assert (whole["share_low_pct"], whole["share_high_pct"]) == (None, None)


def test_a_hidden_share_has_no_interval_that_would_give_it_away() -> None:
    rows = series(question(2024, {"ja": 2, "nei": 60, "vet_ikke": 38}, population_count=1000))
    assert [row["share_low_pct"] for row in rows.values() if row["is_suppressed"]] == [None, None]
    assert any(row["share_low_pct"] is not None for row in rows.values())


@pytest.mark.parametrize(
    "counts",
    [
        {"invited_count": None},
        {"answered_count": None},
        {"invited_count": 100},
        {"invited_count": 0, "answered_count": 0},
    ],
)
def test_a_rate_is_unknown_when_a_part_is_unknown_or_larger_than_the_whole(counts: dict[str, Any]) -> None:
    assert series(question(2024, {"ja": 30, "nei": 60}, **counts))[2024, "ja"]["response_rate_pct"] is None


def test_a_share_larger_than_the_whole_is_unknown() -> None:
    assert series(question(2024, {"ja": 30, "nei": 60}, base_count=20))[2024, "ja"]["share_pct"] is None


def test_a_change_is_in_points_and_only_between_rounds_that_measure_the_same() -> None:
    first = question(2020, {"ja": 20, "nei": 80})
    same, reworded = (
        question(2022, {"ja": 30, "nei": 70}),
        question(2022, {"ja": 30, "nei": 70}, wording="Utløste støtten?"),
    )
    rows = series(first, same)
    assert (rows[2022, "ja"]["previous_year"], rows[2022, "ja"]["change_points"]) == (2020, pytest.approx(10))
    assert (rows[2022, "ja"]["is_wording_changed"], rows[2022, "ja"]["is_scale_changed"]) == (False, False)
    broken = series(first, reworded, question(2024, {"ja": 35, "nei": 65}, wording="Utløste støtten?"))
    assert (broken[2022, "ja"]["is_wording_changed"], broken[2022, "ja"]["change_points"]) == (True, None)
    assert (broken[2024, "ja"]["is_wording_changed"], broken[2024, "ja"]["change_points"]) == (False, pytest.approx(5))
    rescaled = series(first, question(2022, {"ja": 30, "nei": 70}, scale="1-6"))
    assert (rescaled[2022, "ja"]["is_scale_changed"], rescaled[2022, "ja"]["change_points"]) == (True, None)


def test_a_small_count_is_hidden_with_the_one_that_would_give_it_away_and_so_are_their_shares() -> None:
    rows = series(question(2024, {"ja": 40, "nei": 20, "vet_ikke": 2}))
    hidden = {answer: row for (_, answer), row in rows.items() if row["is_suppressed"]}
    assert set(hidden) == {"nei", "vet_ikke"}
    assert [(row["answer_count"], row["share_pct"]) for row in hidden.values()] == [(None, None)] * 2
    assert (rows[2024, "ja"]["answer_count"], rows[2024, "ja"]["base_count"]) == (40, 62)
    assert not any(
        row["is_suppressed"] for row in series(question(2024, {"ja": 40, "nei": 20, "vet_ikke": 2}), k=2).values()
    )


def test_a_hidden_share_gives_no_change_before_or_after() -> None:
    rows = series(question(2020, {"ja": 96, "nei": 4}), question(2022, {"ja": 90, "nei": 10}))
    assert rows[2022, "nei"]["share_pct"] == pytest.approx(10)
    assert (rows[2022, "nei"]["previous_year"], rows[2022, "nei"]["change_points"]) == (2020, None)


def test_so_few_respondents_that_they_could_be_known_are_hidden_with_their_number() -> None:
    row = series(question(2024, {"ja": 3, "nei": 1}, answered_count=4))[2024, "ja"]
    assert (row["is_base_suppressed"], row["base_count"], row["answered_count"], row["response_rate_pct"]) == (
        True,
        None,
        None,
        None,
    )


def test_below_ten_answers_counts_stand_and_shares_do_not() -> None:
    few = question(2024, {"ja": 6, "nei": 3})
    row = series(few, k=3)[2024, "ja"]
    assert (row["answer_count"], row["share_pct"]) == (6, None)
    assert series(few, k=3, min_base=9)[2024, "ja"]["share_pct"] == pytest.approx(200 / 3)


def test_where_all_answered_the_same_the_answer_and_a_zero_are_hidden_and_their_number_is_not() -> None:
    rows = series(question(2024, {"ja": 60, "nei": 0, "vet_ikke": 0}))
    assert [row["is_suppressed"] for row in rows.values()] == [True, True, False]
    assert [(row["answer_count"], row["share_pct"], row["base_count"]) for row in rows.values()] == [
        (None, None, 60),
        (None, None, 60),
        (0, 0, 60),
    ]


def test_an_unknown_count_stays_unknown_and_is_not_taken_for_hidden() -> None:
    rows = series(question(2024, {"ja": 30, "nei": None, "vet_ikke": 20}))
    assert (rows[2024, "nei"]["answer_count"], rows[2024, "nei"]["is_suppressed"]) == (None, False)
    assert rows[2024, "nei"]["share_pct"] is None


def test_no_results_give_no_rows() -> None:
    assert series() == {}


def test_a_later_round_changes_nothing_in_an_older_edition() -> None:
    sources = dated_sources({"2020": date(2020, 6, 1), "2024": date(2024, 6, 1)})
    years = pl.DataFrame({"edition_year": [2019, 2020, 2024]}).with_columns(
        as_of_on=pl.date(pl.col("edition_year"), 12, 31)
    )
    names = [column.name for column in SURVEY_RESULTS.all_columns]
    answers = [row for year in (2020, 2024) for row in question(year, {"ja": 30, "nei": 10}, source_id=str(year))]
    rounds = pl.DataFrame(
        [{name: row.get(name) for name in names} for row in answers], schema=polars_schema(SURVEY_RESULTS)
    )

    def marts(results: pl.DataFrame) -> pl.DataFrame:
        tables = {"survey_results": results, "sources": sources, "edition_years": years}
        return pl.concat(survey_marts({name: lazy(frame) for name, frame in tables.items()}, Rules(2019, 2024)))

    shown = marts(rounds)
    assert shown.group_by("edition_year").len().sort("edition_year").rows() == [(2020, 2), (2024, 4)]
    alone = marts(rounds.filter(pl.col("survey_year") == 2020))
    assert shown.filter(pl.col("edition_year") == 2020).equals(alone.filter(pl.col("edition_year") == 2020))

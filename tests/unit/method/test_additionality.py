from __future__ import annotations

from datetime import date
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from gevinst.contracts.marts_statistics import ADDITIONALITY
from gevinst.method.additionality import additionality
from gevinst.method.frames import Rules, collect, finished, lazy
from gevinst.method.shares import percentage_points, share_pct, wilson_interval
from tests.data.small_edition import dated_sources
from tests.reference.formulas import attribution_weights

YEARS = {2020: date(2020, 12, 31), 2022: date(2022, 12, 31)}


def answer(project: str, code: str, **more: Any) -> dict[str, Any]:
    return {
        "assessment_round_id": "round-1",
        "project_id": project,
        "counterfactual_code": code,
        "assessed_on": date(2020, 2, 1),
        "assessed_precision": "day",
        "source_id": "s",
        **more,
    }


def shares(answers: list[dict[str, Any]], year: int = 2022, **limits: int) -> dict[str, Any]:
    projects = [f"p{place}" for place in range(14)]
    schema = {name: pl.Date if name == "assessed_on" else pl.String for name in answer("p", "4")}
    frames = {
        "counterfactuals": pl.DataFrame(answers, schema=schema),
        "sources": dated_sources({"s": date(2020, 6, 1), "late": date(2022, 6, 1)}),
        "edition_years": pl.DataFrame({"edition_year": list(YEARS), "as_of_on": list(YEARS.values())}),
        "project_status": pl.DataFrame(
            [(y, project) for y in YEARS for project in projects],
            schema={"edition_year": pl.Int64, "project_id": pl.String},
            orient="row",
        ),
    }
    tables = {name: lazy(frame) for name, frame in frames.items()}
    result = additionality(tables, Rules(2020, 2022), **limits)
    mart = collect(finished(result, ADDITIONALITY, is_illustrative=False), ADDITIONALITY)
    assert mart["edition_year"].to_list() == list(YEARS)
    return mart.row(by_predicate=pl.col("edition_year") == year, named=True)


ALL = [answer(f"p{place}", code) for place, code in enumerate("0001233344444")]
NINE = [answer(f"p{place}", code) for place, code in enumerate("000233444")]


def test_strict_and_broad_shares_are_of_known_answers_and_carry_their_n() -> None:
    row = shares(ALL)
    assert (row["project_count"], row["asked_count"], row["known_count"]) == (14, 13, 13)
    assert (row["strict_count"], row["broad_count"], row["is_suppressed"]) == (5, 10, False)
    assert (row["strict_pct"], row["broad_pct"]) == (pytest.approx(500 / 13), pytest.approx(1000 / 13))
    assert shares([*ALL, answer("p13", "9")])["known_count"] == 13, "an unknown answer is asked for and not counted"


def test_below_ten_answers_counts_stand_and_shares_do_not() -> None:
    row = shares(NINE)
    assert (row["known_count"], row["broad_count"], row["strict_pct"], row["broad_pct"]) == (9, 6, None, None)
    assert shares(NINE, min_base=9)["broad_pct"] == pytest.approx(600 / 9)


@pytest.mark.parametrize(
    ("codes", "strict", "broad"),
    [
        ("000111144444", 5, 9),
        ("001111144444", 5, None),
        ("000011144", None, 5),
        ("000001144", None, 4),
        ("0000000044", None, None),
        ("0000000000", 0, None),
        ("4444444444", None, None),
        ("0000022222", None, 5),
        ("4444422222", 5, None),
    ],
    ids=[
        "none small",
        "two said the same anyway",
        "two strict",
        "two and two",
        "only two in all",
        "all said the same anyway",
        "all strict",
        "all of the broad alike",
        "all broad",
    ],
)
def test_counts_that_tell_how_few_or_all_answered_are_hidden_with_their_shares(codes, strict, broad) -> None:
    row = shares([answer(f"p{place}", code) for place, code in enumerate(codes)], min_base=1)
    assert (row["strict_count"], row["broad_count"]) == (strict, broad)
    assert (row["strict_pct"] is None, row["broad_pct"] is None) == (strict is None, broad is None)
    assert row["is_suppressed"] is (strict is None or broad is None)


def test_nobody_asked_is_counted_as_nobody_and_not_as_no_effect() -> None:
    row = shares([])
    assert [row[name] for name in ("asked_count", "known_count", "strict_count", "strict_pct", "broad_pct")] == [
        0,
        0,
        0,
        None,
        None,
    ]
    assert shares([answer("p0", "9")], min_base=0)["strict_pct"] is None


def test_an_edition_uses_the_newest_answer_it_knows() -> None:
    changed = answer("p0", "4", assessment_round_id="round-2", assessed_on=date(2022, 2, 1), source_id="late")
    answers = [answer("p0", "0"), changed]
    found = [shares(answers, year, k=1) for year in YEARS]
    assert [(row["asked_count"], row["strict_count"]) for row in found] == [(1, 0), (1, 1)]


@given(counts=st.lists(st.tuples(st.integers(0, 30), st.integers(1, 30)), min_size=1, max_size=5))
def test_wilsons_interval_is_scipys(counts) -> None:
    wanted = [stats.binomtest(n, base).proportion_ci(0.95, "wilson") for n, base in counts if n <= base]
    found = intervals([pair for pair in counts if pair[0] <= pair[1]])
    assert [pytest.approx((one.low, one.high), abs=1e-14) for one in wanted] == found


def test_an_interval_of_more_than_all_or_of_nothing_is_unknown() -> None:
    assert intervals([(5, 4), (0, 0), (-1, 4), (None, 4), (1, None)]) == [(None, None)] * 5


def intervals(counts: list[tuple[int | None, int | None]]) -> list[tuple[float | None, float | None]]:
    frame = pl.DataFrame(counts, {"count": pl.Int64, "base": pl.Int64}, orient="row")
    low, high = wilson_interval(nw.col("count"), nw.col("base"))
    return lazy(frame).select(low=low, high=high).collect("polars").to_native().rows()


def test_a_benefit_that_only_came_earlier_has_no_share_and_an_unknown_one_no_weight() -> None:
    answers = pl.DataFrame({"counterfactual_code": ["0", "1", "2", "3", "4", "9", None]})
    weights = attribution_weights(lazy(answers)).collect("polars").to_native()
    assert weights["attribution_weight"].to_list() == [0.0, None, 0.5, 0.5, 1.0, None, None]
    assert weights["attribution_weight_low"].to_list() == [0.0, None, 0.25, 0.25, 1.0, None, None]
    assert weights["attribution_weight_high"].to_list() == [0.0, None, 1.0, 1.0, 1.0, None, None]
    assert weights["is_time_shift"].to_list() == [False, True, False, False, False, False, False]


def test_a_share_of_nothing_or_of_the_unknown_is_unknown() -> None:
    counts = pl.DataFrame({"count": [1, 0, None, 1], "base": [4, 0, 4, None]})
    rows = lazy(counts).select(pct=share_pct("count", "base"), points=percentage_points("base", "count"))
    frame = rows.collect("polars").to_native()
    assert frame["pct"].to_list() == [25.0, None, None, None]
    assert frame["points"].to_list() == [-3, 0, None, None]

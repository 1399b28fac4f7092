from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from gevinst.method.frames import Rules
from gevinst.method.time_to_use import kaplan_meier, time_to_use
from tests.data.small_edition import dated_sources

spell = st.tuples(st.integers(0, 30), st.booleans(), st.integers(0, 30), st.booleans())


def spells(rows) -> pl.DataFrame:
    schema = {"months": pl.Int64, "is_event": pl.Boolean, "heard_months": pl.Int64, "is_rough": pl.Boolean}
    return pl.DataFrame(rows, schema=schema, orient="row")


@given(rows=st.lists(spell, min_size=1, max_size=40))
def test_the_share_is_that_of_scipy_and_the_numbers_at_risk_add_up(rows) -> None:
    curve = kaplan_meier(spells(rows))
    data = stats.CensoredData(
        uncensored=[months for months, is_event, *_ in rows if is_event],
        right=[months for months, is_event, *_ in rows if not is_event],
    )
    months = curve["month"].to_numpy()
    assert np.allclose(curve["not_in_use_pct"].to_numpy() / 100, stats.ecdf(data).sf.evaluate(months))
    assert curve["at_risk_count"].to_list() == [sum(row[0] >= month for row in rows) for month in months]
    assert curve["event_count"].sum() + curve["censored_count"].sum() == len(rows)


@given(rows=st.lists(spell, min_size=1, max_size=40))
def test_the_share_never_rises_and_stays_between_none_and_all(rows) -> None:
    curve = kaplan_meier(spells(rows))
    shares = curve["not_in_use_pct"]
    assert shares.is_between(0, 100).all()
    assert (shares.diff().drop_nulls() <= 1e-9).all()
    assert curve["month"].to_list() == list(range(max(row[0] for row in rows) + 1))


@given(rows=st.lists(spell, min_size=1, max_size=40))
def test_the_interval_holds_the_share_and_is_unknown_at_all_and_at_none(rows) -> None:
    for row in kaplan_meier(spells(rows)).iter_rows(named=True):
        share, low, high = (row[name] for name in ("not_in_use_pct", "not_in_use_low_pct", "not_in_use_high_pct"))
        if 1e-9 < share < 100 - 1e-9:
            assert 0 <= low < share < high <= 100
        else:
            assert (low, high) == (None, None)


def test_no_spells_give_no_curve() -> None:
    assert kaplan_meier(spells([])).height == 0


def test_those_without_later_news_are_counted_among_those_at_risk() -> None:
    curve = kaplan_meier(spells([(10, False, 10, False), (10, False, 3, False), (5, True, 5, True)]))
    unheard = dict(curve.select("month", "unheard_count").iter_rows())
    assert [unheard[month] for month in (0, 3, 4, 10)] == [0, 0, 1, 1]
    assert curve.filter(month=5).select("event_count", "rough_count").row(0) == (1, 1)


def status(project: str, code: str, on: date, precision: str = "day", source: str = "s") -> dict:
    return {
        "project_id": project,
        "status_code": code,
        "assessed_on": on,
        "assessed_precision": precision,
        "source_id": source,
    }


def curve(
    statements: list[dict], awarded: tuple[date, str] = (date(2019, 1, 15), "day"), year: int = 2022
) -> pl.DataFrame:
    projects = sorted({row["project_id"] for row in statements} | {"quiet"})
    years = [2020, 2022]
    tables = {
        "projects": pl.DataFrame({"project_id": projects, "round_id": "r"}),
        "rounds": pl.DataFrame({"round_id": ["r"], "awarded_on": [awarded[0]], "awarded_precision": [awarded[1]]}),
        "sources": dated_sources({"s": date(2019, 1, 1), "late": date(2022, 6, 1)}),
        "status_assessments": pl.DataFrame(statements),
        "edition_years": pl.DataFrame({"edition_year": years, "as_of_on": [date(2020, 12, 31), date(2022, 12, 31)]}),
        "project_status": pl.DataFrame(
            [(y, project) for y in years for project in projects],
            schema={"edition_year": pl.Int64, "project_id": pl.String},
            orient="row",
        ),
    }
    return time_to_use(tables, Rules(2020, 2022)).filter(edition_year=year)


def happened(table: pl.DataFrame) -> list[tuple[int, int, int]]:
    some = table.filter((pl.col("event_count") > 0) | (pl.col("censored_count") > 0))
    return some.select("month", "event_count", "censored_count").rows()


def test_use_ends_a_spell_at_its_first_known_date_and_the_quiet_are_followed_to_the_edition() -> None:
    statements = [status("p", "i_bruk", date(2020, 3, 20)), status("p", "spredt", date(2022, 3, 20))]
    assert happened(curve(statements)) == [(14, 1, 0), (47, 0, 1)]
    assert curve(statements).filter(month=14)["not_in_use_pct"].item() == pytest.approx(50)


@pytest.mark.parametrize(("code", "is_use"), [("i_bruk", True), ("spredt", True), ("delvis_i_bruk", False)])
def test_use_and_spread_are_use_and_use_in_part_is_not(code: str, is_use: bool) -> None:
    assert happened(curve([status("p", code, date(2020, 3, 20))]))[0] == ((14, 1, 0) if is_use else (47, 0, 2))


def test_an_older_edition_does_not_know_what_was_reported_later() -> None:
    statements = [status("p", "i_bruk", date(2020, 3, 20), source="late")]
    assert happened(curve(statements, year=2020)) == [(23, 0, 2)]
    assert happened(curve(statements, year=2022)) == [(14, 1, 0), (47, 0, 1)]


@pytest.mark.parametrize("outcome", ["stanset", "viderefort"])
def test_a_project_that_is_stopped_or_continued_is_at_risk_until_then_and_no_longer(outcome: str) -> None:
    table = curve([status("p", outcome, date(2020, 1, 15)), status("p", "i_bruk", date(2021, 1, 15))])
    assert happened(table) == [(12, 0, 1), (47, 0, 1)]
    assert table.filter(pl.col("month").is_in([12, 13]))["at_risk_count"].to_list() == [2, 1]


def test_use_before_a_stop_is_still_use() -> None:
    table = curve([status("p", "i_bruk", date(2020, 1, 15)), status("p", "stanset", date(2021, 1, 15))])
    assert happened(table) == [(12, 1, 0), (47, 0, 1)]


def test_a_date_that_is_only_a_year_counts_as_its_last_day_and_is_marked_rough() -> None:
    table = curve([status("p", "i_bruk", date(2020, 1, 1), "year")])
    assert happened(table) == [(23, 1, 0), (47, 0, 1)]
    assert table["rough_count"].sum() == 1
    assert curve([status("p", "i_bruk", date(2020, 1, 1), "month")])["rough_count"].sum() == 0
    rough_award = curve([status("p", "i_bruk", date(2020, 3, 20))], awarded=(date(2019, 1, 1), "year"))
    assert rough_award["rough_count"].sum() == 1


def test_use_in_the_year_of_an_award_known_only_by_year_takes_no_time() -> None:
    table = curve([status("p", "i_bruk", date(2019, 3, 1))], awarded=(date(2019, 1, 1), "year"))
    assert happened(table)[0] == (0, 1, 0)
    assert table["left_out_count"].unique().to_list() == [0]


def test_use_before_the_award_is_left_out_and_counted() -> None:
    table = curve([status("p", "i_bruk", date(2018, 6, 1))])
    assert happened(table) == [(47, 0, 1)]
    assert table["left_out_count"].unique().to_list() == [1]

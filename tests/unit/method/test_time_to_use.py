from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from gevinst.method.frames import Rules, lazy
from gevinst.method.time_to_use import aalen_johansen, both_curves, time_to_use
from tests.data.small_edition import dated_sources

EVENT, LEFT, CENSORED = "event", "left", "censored"

endings = st.sampled_from([EVENT, EVENT, LEFT, CENSORED])
spell = st.tuples(st.integers(0, 30), endings, st.integers(0, 30), st.booleans())
two_way = st.tuples(st.integers(0, 30), st.sampled_from([EVENT, CENSORED]), st.integers(0, 30), st.booleans())


def spells(rows) -> pl.DataFrame:
    """Spells of (months, how they ended, months heard of, is rough); use and leaving are news themselves."""
    return pl.DataFrame(
        [
            (months, end == EVENT, end == LEFT, min(heard, months) if end == CENSORED else months, is_rough, 1)
            for months, end, heard, is_rough in rows
        ],
        schema={
            "months": pl.Int64,
            "is_event": pl.Boolean,
            "is_left": pl.Boolean,
            "heard_months": pl.Int64,
            "is_rough": pl.Boolean,
            "spell_count": pl.Int64,
        },
        orient="row",
    )


def ended(*rows: tuple[int, str]) -> pl.DataFrame:
    return aalen_johansen(spells([(months, end, months, False) for months, end in rows]))


def shares(curve: pl.DataFrame, *months: int) -> list[float]:
    found = dict(curve.select("month", "not_in_use_pct").iter_rows())
    return [found[month] for month in months]


def by_definition(rows, month: int) -> float:
    """The share not in use after `month`, in exact fractions: F adds up S d / n."""
    free, used = Fraction(1), Fraction(0)
    for at in range(month + 1):
        at_risk = sum(months >= at for months, *_ in rows)
        out = [end for months, end, *_ in rows if months == at and end != CENSORED]
        if at_risk:
            used += free * Fraction(out.count(EVENT), at_risk)
            free *= 1 - Fraction(len(out), at_risk)
    return float(100 * (1 - used))


@pytest.mark.filterwarnings("ignore:The confidence interval is undefined")
@given(rows=st.lists(two_way, min_size=1, max_size=40))
def test_where_nobody_stops_or_continues_the_share_is_kaplan_and_meiers_as_scipy_has_it(rows) -> None:
    curve = aalen_johansen(spells(rows))
    data = stats.CensoredData(
        uncensored=[months for months, end, *_ in rows if end == EVENT],
        right=[months for months, end, *_ in rows if end == CENSORED],
    )
    months = curve["month"].to_numpy()
    product_limit = stats.ecdf(data).sf
    assert np.allclose(curve["not_in_use_pct"].to_numpy() / 100, product_limit.evaluate(months))
    greenwood = product_limit.confidence_interval(0.95, method="log-log")
    for name, bound in (("low", greenwood.low), ("high", greenwood.high)):
        ours = curve[f"not_in_use_{name}_pct"].to_numpy() / 100
        theirs = bound.evaluate(months)
        known = ~np.isnan(ours)
        assert np.allclose(ours[known], theirs[known])


@given(rows=st.lists(spell, min_size=1, max_size=40))
def test_the_share_is_what_the_definition_gives_and_the_numbers_at_risk_add_up(rows) -> None:
    curve = aalen_johansen(spells(rows))
    assert shares(curve, *curve["month"]) == pytest.approx([by_definition(rows, month) for month in curve["month"]])
    assert curve["at_risk_count"].to_list() == [sum(row[0] >= month for row in rows) for month in curve["month"]]
    ends = [curve[f"{name}_count"].sum() for name in (EVENT, LEFT, CENSORED)]
    assert ends == [sum(row[1] == end for row in rows) for end in (EVENT, LEFT, CENSORED)]


@given(rows=st.lists(spell, min_size=1, max_size=40))
def test_the_share_never_rises_and_stays_between_none_and_all(rows) -> None:
    curve = both_curves(spells(rows))
    for column in (curve["not_in_use_pct"], curve["heard_not_in_use_pct"].drop_nulls()):
        assert column.is_between(0, 100 + 1e-9).all()
        assert (column.diff().drop_nulls() <= 1e-9).all()
    assert curve["month"].to_list() == list(range(max(row[0] for row in rows) + 1))


@given(rows=st.lists(spell, min_size=1, max_size=40))
def test_the_interval_holds_the_share_and_is_unknown_at_all_and_at_none(rows) -> None:
    used = 0
    for row in aalen_johansen(spells(rows)).iter_rows(named=True):
        share, low, high = (row[name] for name in ("not_in_use_pct", "not_in_use_low_pct", "not_in_use_high_pct"))
        used += row["event_count"]
        if used and share > 1e-9:
            assert 0 <= low < share < high <= 100
        else:
            assert (low, high) == (None, None)


def test_a_stop_is_no_censoring_the_others_do_not_take_over_its_chance_of_use() -> None:
    # By hand. Four projects: one stopped after 1 month, one in use after 2, one followed to month 3, one in use in 4.
    rows = [(1, LEFT), (2, EVENT), (3, CENSORED), (4, EVENT)]
    # F: 3/4 * 1/3 = 1/4 after month 2; 3/4 * 2/3 * 1/1 = 1/2 more after month 4. The stopped one stays: 1 - 3/4.
    assert shares(ended(*rows), 1, 2, 3, 4) == pytest.approx([100, 75, 75, 25])
    as_censored = [(months, CENSORED if end == LEFT else end) for months, end in rows]
    # Kaplan and Meier would have two thirds left after month 2, and nobody in the end.
    assert shares(ended(*as_censored), 1, 2, 3, 4) == pytest.approx([100, 200 / 3, 200 / 3, 0])


def test_in_one_month_use_and_stop_share_those_at_risk_and_go_before_a_censoring() -> None:
    together = ended((5, EVENT), (5, LEFT), (5, CENSORED), (6, EVENT))
    row = together.filter(month=5).row(0, named=True)
    assert [row[f"{name}_count"] for name in ("at_risk", EVENT, LEFT, CENSORED)] == [4, 1, 1, 1]
    # 1/4 in month 5; then half are free, and the one at risk comes into use: 1/2 more.
    assert shares(together, 4, 5, 6) == pytest.approx([100, 75, 25])


def test_where_all_are_stopped_nobody_comes_into_use_and_nothing_is_uncertain_about_it() -> None:
    curve = ended((1, LEFT), (2, LEFT), (3, LEFT))
    assert curve["not_in_use_pct"].to_list() == [100.0] * 4
    assert curve["not_in_use_low_pct"].null_count() == 4
    assert curve["left_count"].to_list() == [0, 1, 1, 1]


def test_where_the_last_are_stopped_the_share_keeps_its_interval() -> None:
    last = ended((1, EVENT), (2, LEFT)).filter(month=2).row(0, named=True)
    assert last["not_in_use_pct"] == 50.0
    assert last["not_in_use_low_pct"] < 50 < last["not_in_use_high_pct"]


@given(rows=st.lists(spell, min_size=1, max_size=20), times=st.lists(st.integers(1, 4), min_size=20, max_size=20))
def test_spells_that_are_alike_may_be_given_once_with_their_number(rows, times) -> None:
    each = spells([row for row, number in zip(rows, times, strict=False) for _ in range(number)])
    counted = spells(rows).with_columns(spell_count=pl.Series(times[: len(rows)]))
    assert both_curves(counted).equals(both_curves(each))


def test_where_all_come_into_use_the_share_is_none_and_without_events_all() -> None:
    assert shares(ended((1, EVENT), (2, EVENT), (3, EVENT)), 3) == [0.0]
    assert shares(ended((1, CENSORED), (3, CENSORED)), 3) == [100.0]


def test_no_spells_give_no_curve() -> None:
    assert both_curves(spells([])).height == 0


def test_those_without_later_news_are_counted_among_those_at_risk() -> None:
    curve = both_curves(spells([(10, CENSORED, 10, False), (10, CENSORED, 3, False), (5, EVENT, 5, True)]))
    unheard = dict(curve.select("month", "unheard_count").iter_rows())
    assert [unheard[month] for month in (0, 3, 4, 10)] == [0, 0, 1, 1]
    assert curve.filter(month=5).select("event_count", "rough_count").row(0) == (1, 1)


def test_the_second_curve_follows_each_only_until_its_newest_news() -> None:
    silent, heard, used = (10, CENSORED, 3, False), (10, CENSORED, 5, False), (5, EVENT, 5, False)
    curve = both_curves(spells([silent, heard, used]))
    found = {row["month"]: row for row in curve.iter_rows(named=True)}
    assert [found[month]["heard_count"] for month in (0, 3, 4, 5, 6, 10)] == [3, 3, 2, 2, 0, 0]
    # At month 5 one of three is in use; of the two that are still heard of, one of two. Use goes before the last news.
    assert (found[5]["not_in_use_pct"], found[5]["heard_not_in_use_pct"]) == pytest.approx((200 / 3, 50))
    assert found[5]["heard_not_in_use_low_pct"] < 50 < found[5]["heard_not_in_use_high_pct"]
    assert found[6]["heard_not_in_use_pct"] is None, "nobody is heard of any more"


@given(rows=st.lists(spell, min_size=1, max_size=40))
def test_where_all_are_heard_of_to_the_end_both_curves_are_one(rows) -> None:
    curve = both_curves(spells([(months, end, months, is_rough) for months, end, _, is_rough in rows]))
    assert curve["unheard_count"].sum() == 0
    assert curve["heard_not_in_use_pct"].equals(curve["not_in_use_pct"])


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
    curves = time_to_use({name: lazy(frame) for name, frame in tables.items()}, Rules(2020, 2022))
    return curves.collect("polars").to_native().filter(edition_year=year)


def happened(table: pl.DataFrame) -> list[tuple[int, int, int, int]]:
    """Months in which something ended, with how many came into use, left and were followed no longer."""
    some = table.filter(pl.sum_horizontal("event_count", "left_count", "censored_count") > 0)
    return some.select("month", "event_count", "left_count", "censored_count").rows()


def test_use_ends_a_spell_at_its_first_known_date_and_the_quiet_are_followed_to_the_edition() -> None:
    statements = [status("p", "i_bruk", date(2020, 3, 20)), status("p", "spredt", date(2022, 3, 20))]
    assert happened(curve(statements)) == [(14, 1, 0, 0), (47, 0, 0, 1)]
    assert curve(statements).filter(month=14)["not_in_use_pct"].item() == pytest.approx(50)


@pytest.mark.parametrize(("code", "is_use"), [("i_bruk", True), ("spredt", True), ("delvis_i_bruk", False)])
def test_use_and_spread_are_use_and_use_in_part_is_not(code: str, is_use: bool) -> None:
    assert happened(curve([status("p", code, date(2020, 3, 20))]))[0] == ((14, 1, 0, 0) if is_use else (47, 0, 0, 2))


def test_an_older_edition_does_not_know_what_was_reported_later() -> None:
    statements = [status("p", "i_bruk", date(2020, 3, 20), source="late")]
    assert happened(curve(statements, year=2020)) == [(23, 0, 0, 2)]
    assert happened(curve(statements, year=2022)) == [(14, 1, 0, 0), (47, 0, 0, 1)]


@pytest.mark.parametrize("outcome", ["stanset", "viderefort"])
def test_a_project_that_is_stopped_or_continued_is_at_risk_until_then_and_no_longer(outcome: str) -> None:
    table = curve([status("p", outcome, date(2020, 1, 15)), status("p", "i_bruk", date(2021, 1, 15))])
    assert happened(table) == [(12, 0, 1, 0), (47, 0, 0, 1)]
    assert table.filter(pl.col("month").is_in([12, 13]))["at_risk_count"].to_list() == [2, 1]


def test_a_project_that_is_stopped_is_never_estimated_to_come_into_use() -> None:
    used, left = status("p", "i_bruk", date(2020, 3, 20)), status("q", "stanset", date(2020, 1, 15))
    table = curve([used, left])
    # One of three is stopped in month 12 and one of the two others in use in month 14: 2/3 * 1/2 of all.
    assert table.filter(month=14)["not_in_use_pct"].item() == pytest.approx(200 / 3)


def test_that_a_project_is_not_assessed_is_no_news_of_it() -> None:
    said = [status("p", "provd_ut", date(2020, 1, 15)), status("p", "ikke_vurdert", date(2022, 1, 15))]
    heard = dict(curve(said).select("month", "heard_count").iter_rows())
    assert [heard[month] for month in (0, 1, 12, 13)] == [2, 1, 1, 0]


def test_use_before_a_stop_is_still_use() -> None:
    table = curve([status("p", "i_bruk", date(2020, 1, 15)), status("p", "stanset", date(2021, 1, 15))])
    assert happened(table) == [(12, 1, 0, 0), (47, 0, 0, 1)]


def test_a_date_that_is_only_a_year_counts_as_its_last_day_and_is_marked_rough() -> None:
    table = curve([status("p", "i_bruk", date(2020, 1, 1), "year")])
    assert happened(table) == [(23, 1, 0, 0), (47, 0, 0, 1)]
    assert table["rough_count"].sum() == 1
    assert curve([status("p", "i_bruk", date(2020, 1, 1), "month")])["rough_count"].sum() == 0
    rough_award = curve([status("p", "i_bruk", date(2020, 3, 20))], awarded=(date(2019, 1, 1), "year"))
    assert rough_award["rough_count"].sum() == 1


def test_use_in_the_year_of_an_award_known_only_by_year_takes_no_time() -> None:
    table = curve([status("p", "i_bruk", date(2019, 3, 1))], awarded=(date(2019, 1, 1), "year"))
    assert happened(table)[0] == (0, 1, 0, 0)
    assert table["left_out_count"].unique().to_list() == [0]


def test_use_before_the_award_is_left_out_and_counted() -> None:
    table = curve([status("p", "i_bruk", date(2018, 6, 1))])
    assert happened(table) == [(47, 0, 0, 1)]
    assert table["left_out_count"].unique().to_list() == [1]

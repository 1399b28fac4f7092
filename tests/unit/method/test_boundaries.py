"""The day itself, the minimum itself, none against nothing: where a rule changes, on both sides of the change."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from gevinst.method.frames import lazy
from gevinst.method.shares import share_pct
from gevinst.method.status import months_between
from gevinst.method.time_to_use import use_spells
from tests.unit.method.conftest import Marts

NEW_YEARS_EVE = date(2020, 12, 31)


def source(source_id: str, published_on: date | None, precision: str | None = "day", **more) -> dict:
    return {"source_id": source_id, "published_on": published_on, "published_precision": precision, **more}


BASE_SOURCES = [source("s2019", date(2019, 6, 1)), source("s2021", date(2021, 3, 16)), source("undated", None, None)]
CATEGORIES = [
    {
        "benefit_code": "time",
        "benefit_category_code": "resource_use",
        "gain_nature_code": "user_effect",
        "is_gain": True,
    }
]


def claim(claim_id: str, source_id: str, evidence: str) -> dict:
    return {
        "benefit_claim_id": claim_id,
        "project_id": "p",
        "benefit_code": "time",
        "beneficiary_code": "inhabitants",
        "evidence_code": evidence,
        "source_id": source_id,
    }


def status(code: str, on: date, source_id: str = "s2019", precision: str = "day", key: str | None = None) -> dict:
    return {
        "status_assessment_id": key or f"{code}-{on}",
        "project_id": "p",
        "status_code": code,
        "assessed_on": on,
        "assessed_precision": precision,
        "source_id": source_id,
    }


@pytest.mark.parametrize(("published_on", "first_year"), [(NEW_YEARS_EVE, 2020), (date(2021, 1, 1), 2021)])
def test_the_last_day_of_a_year_belongs_to_it_and_the_next_day_does_not(build, published_on, first_year) -> None:
    tables = Marts(
        build(
            sources=[*BASE_SOURCES, source("eve", published_on)],
            projects=[{"project_id": "p", "round_id": "r", "source_id": "eve"}],
        )
    )
    assert tables["project_status"]["edition_year"].min() == first_year
    named = tables["edition_changes"].filter(pl.col("change_kind_code") == "project_named")
    assert named["edition_year"].to_list() == [first_year], "new once, and in the first edition that knows it"


@pytest.mark.parametrize(("better_on", "superseded_in"), [(NEW_YEARS_EVE, 2020), (date(2021, 1, 1), 2021)])
def test_a_claim_is_superseded_in_the_edition_of_the_very_day_on_which_a_better_one_is_known(
    build, better_on, superseded_in
) -> None:
    core = build(
        sources=[*BASE_SOURCES, source("better", better_on)],
        benefit_categories=CATEGORIES,
        benefit_claims=[claim("weak", "s2019", "forventet"), claim("strong", "better", "dokumentert")],
    )
    tables = Marts(core)
    weak = tables["benefit_trail"].filter(pl.col("benefit_claim_id") == "weak")
    assert weak.filter("is_superseded")["edition_year"].min() == superseded_in
    assert weak.filter(~pl.col("is_superseded"))["edition_year"].max() == superseded_in - 1
    changes = tables["edition_changes"].filter(pl.col("change_kind_code").is_in(["claim_added", "claim_superseded"]))
    in_year = changes.filter(pl.col("edition_year") == superseded_in)
    assert sorted(in_year["change_kind_code"]) == ["claim_added", "claim_superseded"]
    assert changes.height == 3, "each claim is new once"


@pytest.mark.parametrize(
    ("code", "is_in_use", "is_stopped"),
    [
        ("i_gang", False, False),
        ("innsikt", False, False),
        ("losning_utviklet", False, False),
        ("provd_ut", False, False),
        ("delvis_i_bruk", False, False),
        ("i_bruk", True, False),
        ("spredt", True, False),
        ("stanset", False, True),
        ("viderefort", False, False),
        ("ikke_vurdert", False, False),
    ],
)
def test_only_the_two_last_steps_are_in_use_and_only_stopped_is_stopped(build, code, is_in_use, is_stopped) -> None:
    now = Marts(build(status_assessments=[status(code, date(2020, 5, 1))]))["project_status"].filter(
        pl.col("edition_year") == 2021
    )
    assert now.select("is_in_use", "is_stopped").row(0) == (is_in_use, is_stopped)


def test_highest_step_and_first_status_are_taken_over_all_statements_and_current_from_the_newest(build) -> None:
    assessments = [
        status("i_bruk", date(2019, 9, 1)),
        status("innsikt", date(2019, 7, 1)),
        status("provd_ut", date(2020, 2, 1)),
    ]
    now = Marts(build(status_assessments=assessments))["project_status"].filter(pl.col("edition_year") == 2020)
    row = now.row(0, named=True)
    assert (row["highest_step"], row["first_status_code"], row["current_status_code"]) == (5, "innsikt", "provd_ut")
    assert (row["first_step"], row["current_step"], row["assessment_count"]) == (1, 3, 3)


@pytest.mark.parametrize(
    ("about", "months", "is_stale"),
    [(date(2021, 1, 1), 23, False), (date(2020, 12, 31), 24, True), (date(2020, 11, 30), 25, True)],
)
def test_a_status_is_old_from_the_month_itself(build, about, months, is_stale) -> None:
    core = build(
        sources=[*BASE_SOURCES, source("stated", about)],
        status_assessments=[status("innsikt", about, "stated")],
    )
    row = Marts(core)["project_status"].filter(pl.col("edition_year") == 2022).row(0, named=True)
    assert (row["months_since_status"], row["is_stale"]) == (months, is_stale)


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2020, 1, 31), date(2020, 2, 29), 0),
        (date(2020, 1, 31), date(2020, 3, 31), 2),
        (date(2020, 1, 15), date(2020, 2, 14), 0),
        (date(2020, 1, 15), date(2020, 2, 15), 1),
        (date(2019, 12, 31), date(2020, 12, 31), 12),
        (date(2020, 5, 2), date(2020, 5, 1), -1),
        (date(2020, 5, 1), date(2020, 5, 1), 0),
        (None, date(2020, 5, 1), None),
        (date(2020, 5, 1), None, None),
    ],
)
def test_a_month_is_whole_on_its_own_day_and_not_the_day_before(first, last, months) -> None:
    frame = lazy(pl.DataFrame({"a": [first], "b": [last]}, schema={"a": pl.Date, "b": pl.Date}))
    counted = frame.select(months=months_between("a", "b")).collect("polars").to_native()
    assert counted["months"].to_list() == [months]


def spell(build, *statuses: dict) -> dict:
    core = build(status_assessments=list(statuses))
    tables = Marts(core)
    names = ("projects", "rounds", "sources", "status_assessments")
    frames = {name: lazy(core[name]) for name in names}
    frames |= {name: lazy(tables[name]) for name in ("edition_years", "project_status")}
    spells = use_spells(frames).collect("polars").to_native()
    return spells.filter(pl.col("edition_year") == 2021).row(0, named=True)


def test_use_and_stop_on_one_day_count_as_use(build) -> None:
    day = date(2020, 6, 1)
    together = spell(build, status("i_bruk", day), status("stanset", day))
    assert (together["is_event"], together["is_left"], together["months"]) == (True, False, 12)
    later = spell(build, status("i_bruk", day + timedelta(days=1)), status("stanset", day))
    assert (later["is_event"], later["is_left"], later["end_on"]) == (False, True, day), "use after a stop is none"


def test_partly_in_use_does_not_end_a_spell(build) -> None:
    partly = spell(build, status("delvis_i_bruk", date(2020, 6, 1)))
    assert (partly["is_event"], partly["is_left"]) == (False, False)


def test_the_first_use_and_the_first_leaving_count_and_the_newest_word_is_heard(build) -> None:
    used_twice = spell(build, status("i_bruk", date(2020, 8, 1)), status("i_bruk", date(2020, 6, 1)))
    assert (used_twice["months"], used_twice["heard_months"]) == (12, 12), "heard of later, but not past the end"
    left_twice = spell(build, status("stanset", date(2020, 8, 1)), status("viderefort", date(2020, 6, 1)))
    assert (left_twice["is_event"], left_twice["end_on"]) == (False, date(2020, 6, 1))


def test_the_newest_word_is_the_one_that_is_heard(build) -> None:
    heard = spell(build, status("provd_ut", date(2020, 2, 1)), status("innsikt", date(2019, 8, 1)))
    assert (heard["is_event"], heard["heard_months"]) == (False, 8)


def test_use_on_the_day_of_the_award_is_a_spell_of_no_months(build) -> None:
    assert spell(build, status("i_bruk", date(2019, 6, 1)))["months"] == 0


def test_use_the_day_before_the_award_gives_no_usable_time(build) -> None:
    assert spell(build, status("i_bruk", date(2019, 5, 31)))["months"] is None


def measured(baseline: float | None, target: float | None, value: float, unit: str = "count_per_year") -> dict:
    return {
        "benefit_measurement_id": "m",
        "benefit_claim_id": "c",
        "indicator_nb": "Antall",
        "unit_code": unit,
        "baseline_value": baseline,
        "target_value": target,
        "measured_value": value,
        "stated_by_code": "owner",
        "source_id": "s2019",
    }


@pytest.mark.parametrize(
    ("baseline", "target", "value", "expected"),
    [
        # from a negative baseline: -100 to -50 is half of the way to 0, and 50 per cent up
        (-100.0, 0.0, -50.0, {"change_value": 50.0, "change_pct": 50.0, "realisation_rate": 0.5}),
        (-100.0, -200.0, -150.0, {"change_value": -50.0, "change_pct": -50.0, "realisation_rate": 0.5}),
        (-100.0, 100.0, -200.0, {"change_value": -100.0, "change_pct": -100.0, "realisation_rate": -0.5}),
        # from nothing there is no per cent, but a rate
        (0.0, 10.0, 5.0, {"change_value": 5.0, "change_pct": None, "realisation_rate": 0.5}),
        # a target that equals the baseline plans no change
        (10.0, 10.0, 12.0, {"planned_change_value": 0.0, "realisation_rate": None}),
        # no change towards a decrease is 0 and never minus 0
        (10.0, 5.0, 10.0, {"change_value": 0.0, "realisation_rate": 0.0, "measurement_outcome_code": "unchanged"}),
        # on target, one step short, one step beyond
        (10.0, 5.0, 5.0, {"measurement_outcome_code": "reached", "realisation_rate": 1.0}),
        (10.0, 5.0, 5.5, {"measurement_outcome_code": "better"}),
        (10.0, 5.0, 4.0, {"measurement_outcome_code": "reached", "realisation_rate": 1.2}),
        (10.0, 5.0, 11.0, {"measurement_outcome_code": "worse", "is_disbenefit": True}),
        # nothing is known without a baseline, and no direction without a target
        (None, 5.0, 4.0, {"change_value": None, "realisation_rate": None}),
        (10.0, None, 4.0, {"change_value": -6.0, "measurement_outcome_code": None, "is_disbenefit": False}),
    ],
)
def test_a_change_is_right_on_both_sides_of_nothing(build, baseline, target, value, expected) -> None:
    core = build(
        benefit_categories=CATEGORIES,
        benefit_claims=[claim("c", "s2019", "dokumentert")],
        benefit_measurements=[measured(baseline, target, value)],
    )
    row = Marts(core)["planned_realised"].filter(pl.col("edition_year") == 2021).row(0, named=True)
    assert {name: row[name] for name in expected} == expected
    assert str(row["realisation_rate"]) != "-0.0"


@pytest.mark.parametrize(("count", "base", "share"), [(0, 0, None), (0, 1, 0.0), (1, 1, 100.0), (1, 3, 100 / 3)])
def test_a_share_of_nothing_is_unknown_and_of_one_is_all_or_none(count, base, share) -> None:
    counted = lazy(pl.DataFrame({"count": [count], "base": [base]})).select(share=share_pct("count", "base"))
    assert counted.collect("polars").to_native()["share"].to_list() == [share]


@pytest.mark.parametrize(("target", "rate"), [(None, None), (100.0, None), (140.0, 0.5)])
def test_a_rate_of_a_unit_needs_a_planned_change(build, target, rate) -> None:
    core = build(
        benefit_categories=CATEGORIES,
        benefit_claims=[claim("c", "s2019", "dokumentert")],
        benefit_measurements=[measured(100.0, target, 120.0)],
    )
    row = Marts(core)["realisation_by_unit"].filter(pl.col("edition_year") == 2021).row(0, named=True)
    assert (row["measurement_count"], row["realisation_rate"]) == (1, rate)


@pytest.mark.parametrize(("achieved", "share"), [(4, None), (5, 100.0)])
def test_a_share_is_given_from_the_least_base_itself(build, achieved, share) -> None:
    claims = [claim(f"c{n}", "s2019", "oppgitt") for n in range(achieved)]
    core = build(benefit_categories=CATEGORIES, benefit_claims=claims)
    row = Marts(core)["self_report_share"].filter(pl.col("edition_year") == 2021).row(0, named=True)
    assert (row["achieved_count"], row["self_reported_pct"]) == (achieved, share)


@pytest.mark.parametrize(
    ("precision", "expected"),
    [
        ("day", date(2019, 2, 1)),
        ("month", date(2019, 2, 28)),
        ("year", date(2019, 12, 31)),
        ("earliest", date(2019, 2, 1)),
    ],
)
def test_a_rough_date_is_used_on_the_last_day_it_can_mean(build, precision, expected) -> None:
    core = build(
        sources=[source("s2019", date(2019, 2, 1), precision)],
        benefit_categories=CATEGORIES,
        benefit_claims=[claim("c", "s2019", "oppgitt")],
    )
    trail = Marts(core)["benefit_trail"]
    assert trail["valid_from"].unique().to_list() == [expected]
    assert trail["edition_year"].min() == 2019


def test_a_document_of_a_year_that_still_runs_was_known_when_it_was_read(build) -> None:
    core = build(
        sources=[source("s2019", date(2026, 1, 1), "year")],
        benefit_categories=CATEGORIES,
        benefit_claims=[claim("c", "s2019", "oppgitt")],
    )
    assert Marts(core)["benefit_trail"]["valid_from"].unique().to_list() == [date(2026, 11, 22)]

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest


def statement(code: str, on: date, source: str = "s2019", precision: str = "day", **more: Any) -> dict[str, Any]:
    return {
        "project_id": "p",
        "status_code": code,
        "assessed_on": on,
        "assessed_precision": precision,
        "source_id": source,
        **more,
    }


def in_year(status: pl.DataFrame, year: int) -> dict[str, Any]:
    return status.filter(pl.col("edition_year") == year).row(0, named=True)


def test_a_project_is_in_every_edition_from_the_year_it_became_known(build, marts) -> None:
    status = marts(build())["project_status"]
    assert status["edition_year"].to_list() == list(range(2019, 2027))
    assert set(status["current_status_code"]) == {"ikke_vurdert"}
    assert status["current_step"].null_count() == status.height
    assert status["assessment_count"].sum() == 0


def test_a_statement_counts_only_from_the_edition_in_which_its_source_was_known(build, marts) -> None:
    core = build(
        status_assessments=[
            statement("i_gang", date(2019, 6, 1)),
            statement("i_bruk", date(2020, 1, 1), source="s2021"),
        ]
    )
    status = marts(core)["project_status"]
    assert in_year(status, 2020)["current_status_code"] == "i_gang"
    row = in_year(status, 2021)
    assert (row["current_status_code"], row["current_step"], row["is_in_use"]) == ("i_bruk", 5, True)
    assert (row["known_on"], row["status_on"]) == (date(2021, 3, 16), date(2020, 1, 1))
    assert (row["highest_step"], row["assessment_count"]) == (5, 2)
    assert (row["first_step"], row["progress_assessment_count"]) == (5, 1), "a start begins no movement"


def test_a_statement_about_the_future_of_its_source_waits_for_its_own_date(build, marts) -> None:
    core = build(status_assessments=[statement("provd_ut", date(2022, 2, 1), source="s2021")])
    status = marts(core)["project_status"]
    assert in_year(status, 2021)["current_status_code"] == "ikke_vurdert"
    assert in_year(status, 2022)["current_status_code"] == "provd_ut"


def test_an_older_state_that_becomes_known_later_never_supersedes_a_newer_one(build, marts) -> None:
    core = build(
        status_assessments=[
            statement("provd_ut", date(2019, 5, 1)),
            statement("innsikt", date(2019, 2, 1), source="s2021"),
        ]
    )
    status = marts(core)["project_status"]
    row = in_year(status, 2021)
    assert (row["current_status_code"], row["first_status_code"], row["assessment_count"]) == ("provd_ut", "innsikt", 2)
    assert in_year(status, 2020)["first_status_code"] == "provd_ut"


@pytest.mark.parametrize("outcome", ["stanset", "viderefort", "ikke_vurdert"])
def test_an_outcome_outside_the_ladder_keeps_the_last_step(build, marts, outcome: str) -> None:
    core = build(
        status_assessments=[
            statement("losning_utviklet", date(2019, 6, 1)),
            statement(outcome, date(2021, 1, 1), source="s2021"),
        ]
    )
    row = in_year(marts(core)["project_status"], 2021)
    assert (row["current_status_code"], row["current_step"], row["highest_step"]) == (outcome, 2, 2)
    assert row["outcome_code"] == {"stanset": "stopped", "viderefort": "continued"}.get(outcome, "unknown")


def test_a_step_down_is_shown_and_the_highest_step_is_remembered(build, marts) -> None:
    core = build(
        status_assessments=[
            statement("i_bruk", date(2019, 6, 1)),
            statement("provd_ut", date(2021, 1, 1), source="s2021"),
        ]
    )
    row = in_year(marts(core)["project_status"], 2021)
    assert (row["current_step"], row["highest_step"], row["is_in_use"]) == (3, 5, False)


def test_of_two_statements_known_on_one_day_the_newer_state_is_current(build, marts) -> None:
    core = build(
        status_assessments=[
            statement("delvis_i_bruk", date(2019, 5, 1)),
            statement("innsikt", date(2019, 1, 1)),
        ]
    )
    row = in_year(marts(core)["project_status"], 2019)
    assert (row["current_status_code"], row["first_status_code"]) == ("delvis_i_bruk", "innsikt")


def test_a_month_counts_as_its_last_day_and_a_year_as_its_end(build, marts) -> None:
    core = build(
        sources=[
            {"source_id": "month", "published_on": date(2019, 12, 1), "published_precision": "month"},
            {"source_id": "year", "published_on": date(2020, 1, 1), "published_precision": "year"},
            {"source_id": "s2019", "published_on": date(2019, 6, 1), "published_precision": "day"},
        ],
        status_assessments=[
            statement("innsikt", date(2019, 2, 1), source="month", precision="month"),
            statement("provd_ut", date(2020, 1, 1), source="year", precision="year"),
        ],
    )
    status = marts(core)["project_status"]
    assert in_year(status, 2019)["known_on"] == date(2019, 12, 31)
    assert in_year(status, 2020)["known_on"] == date(2020, 12, 31)


def test_an_undated_source_is_known_from_the_day_it_was_read(build, marts) -> None:
    core = build(status_assessments=[statement("i_bruk", date(2020, 1, 1), source="undated")])
    status = marts(core)["project_status"]
    assert in_year(status, 2025)["current_status_code"] == "ikke_vurdert"
    assert in_year(status, 2026)["known_on"] == date(2026, 11, 22)


@pytest.mark.parametrize("award_known_in", ["s2019", "s2021"])
def test_what_is_said_of_a_project_is_newer_than_its_award_however_roughly_that_is_dated(
    award_known_in, build, marts
) -> None:
    core = build(
        status_assessments=[
            statement("tildelt", date(2019, 1, 1), precision="year", source=award_known_in),
            statement("provd_ut", date(2019, 2, 15), source="s2019"),
        ]
    )
    row = in_year(marts(core)["project_status"], 2026)
    assert (row["current_status_code"], row["current_step"], row["highest_step"]) == ("provd_ut", 3, 3)


def test_an_award_does_not_grow_old_since_nothing_was_said_of_how_it_went(build, marts) -> None:
    core = build(status_assessments=[statement("tildelt", date(2019, 6, 1), source="s2019")])
    row = in_year(marts(core)["project_status"], 2026)
    assert (row["months_since_status"] > 24, row["is_stale"], row["outcome_code"]) == (True, False, "unknown")


def test_ages_are_whole_months_and_a_status_is_old_after_24(build, marts) -> None:
    core = build(status_assessments=[statement("innsikt", date(2020, 12, 31), source="s2019")])
    status = marts(core)["project_status"]
    ages = {year: in_year(status, year)["months_since_status"] for year in (2020, 2021, 2022)}
    assert ages == {2020: 0, 2021: 12, 2022: 24}
    assert [in_year(status, year)["is_stale"] for year in (2021, 2022)] == [False, True]
    assert in_year(status, 2019)["months_since_award"] == 6
    assert in_year(status, 2026)["months_since_award"] == 89, "the edition of 2026 ends on the day sources were read"


def test_adding_later_knowledge_never_changes_an_older_edition(build, marts) -> None:
    old = [statement("i_gang", date(2019, 6, 1), status_assessment_id="a")]
    new = [*old, statement("spredt", date(2019, 6, 2), source="s2021", status_assessment_id="b")]
    before = marts(build(status_assessments=old))["project_status"].filter(pl.col("edition_year") < 2021)
    after = marts(build(status_assessments=new))["project_status"].filter(pl.col("edition_year") < 2021)
    assert before.equals(after)


def test_a_status_known_only_by_year_is_no_older_than_the_end_of_that_year(build, marts) -> None:
    core = build(status_assessments=[statement("innsikt", date(2019, 1, 1), precision="year")])
    assert in_year(marts(core)["project_status"], 2021)["months_since_status"] == 24

"""Outcomes at equal age: the anniversary itself, what was said of that time and when, and who is ranked."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from gevinst.contracts import contract
from tests.data.marts import mart_of
from tests.data.small_edition import frame

SAID_LATE = "undated"
"""A document read in November 2026, after all that it tells of."""


def statement(code: str, on: date, precision: str = "day", source: str = SAID_LATE) -> dict[str, object]:
    return {
        "project_id": "p",
        "status_code": code,
        "assessed_on": on,
        "assessed_precision": precision,
        "source_id": source,
    }


def outcomes(ages: pl.DataFrame, year: int = 2026) -> dict[int, str]:
    """Outcome by age; the project of these tests was awarded on 1 June 2019."""
    rows = ages.filter(pl.col("edition_year") == year).sort("age_years")
    return dict(rows.select("age_years", "outcome_code").iter_rows())


def test_a_project_has_the_ages_that_it_has_reached_and_no_outcome_of_a_time_nobody_spoke_of(build, marts) -> None:
    ages = marts(build())["project_ages"]
    assert outcomes(ages) == dict.fromkeys(range(1, 8), "unknown"), "seven whole years on 22 November 2026"
    assert outcomes(ages, 2019) == {}
    assert list(outcomes(ages, 2021)) == [1, 2]


@pytest.mark.parametrize(
    ("on", "first_age"),
    [
        (date(2019, 6, 1), 1),
        (date(2020, 5, 31), 1),
        (date(2020, 6, 1), 1),
        (date(2020, 6, 2), 2),
        (date(2021, 6, 1), 2),
        (date(2019, 1, 1), 1),
    ],
)
def test_what_is_said_of_the_anniversary_itself_holds_at_that_age(build, marts, on: date, first_age: int) -> None:
    found = outcomes(marts(build(status_assessments=[statement("provd_ut", on)]))["project_ages"])
    assert min(age for age, outcome in found.items() if outcome == "result_not_in_use") == first_age
    assert all(outcome == "unknown" for age, outcome in found.items() if age < first_age)


def test_a_year_counts_as_its_last_day(build, marts) -> None:
    core = build(status_assessments=[statement("i_bruk", date(2020, 1, 1), precision="year")])
    found = outcomes(marts(core)["project_ages"])
    assert (found[1], found[2]) == ("unknown", "in_use")


def test_the_newest_of_that_time_counts_and_a_later_fall_is_seen_only_later(build, marts) -> None:
    said = [
        statement("i_bruk", date(2021, 1, 1)),
        statement("provd_ut", date(2020, 1, 1)),
        statement("stanset", date(2023, 1, 1)),
        statement("tildelt", date(2019, 1, 1), precision="year"),
    ]
    found = outcomes(marts(build(status_assessments=said))["project_ages"])
    assert [found[age] for age in range(1, 6)] == ["result_not_in_use", "in_use", "in_use", "stopped", "stopped"]


def test_an_edition_counts_only_what_it_knows(build, marts) -> None:
    core = build(status_assessments=[statement("i_bruk", date(2020, 1, 1), source="s2021")])
    ages = marts(core)["project_ages"]
    assert outcomes(ages, 2020) == {1: "unknown"}
    assert outcomes(ages, 2021) == {1: "in_use", 2: "in_use"}


def aged(*groups: tuple[str, int, int]) -> pl.DataFrame:
    """`outcomes_by_age` at one age of cohorts, each with so many projects in use of so many with a known outcome."""
    projects, ages = [], []
    for cohort, in_use, known in groups:
        for n in range(known):
            seat = {"edition_year": 2026, "project_id": f"{cohort}-{n}"}
            projects.append({**seat, "cohort_year": int(cohort)})
            ages.append({**seat, "age_years": 3, "outcome_code": "in_use" if n < in_use else "stopped"})
    inputs = {
        "project_status": frame(contract("project_status"), projects),
        "project_ages": frame(contract("project_ages"), ages),
    }
    return mart_of("outcomes_by_age", **inputs).filter(pl.col("comparison_group") == "cohort").sort("group_value")


def test_a_share_needs_five_known_outcomes_and_a_rank_two_such_groups() -> None:
    rows = aged(("2019", 4, 4), ("2020", 2, 5), ("2021", 1, 6))
    assert rows["in_use_pct"].to_list() == [None, 40.0, pytest.approx(100 / 6)]
    assert rows["is_most"].to_list() == [False, True, False]
    assert rows["compared_count"].to_list() == [2, 2, 2]
    assert not aged(("2019", 4, 4), ("2020", 2, 5))["is_most"].any(), "one group alone is not the best of any"
    assert not aged(("2019", 0, 5), ("2020", 0, 5))["is_most"].any(), "nothing in use is nothing to rank"
    assert aged(("2019", 1, 5), ("2020", 1, 5))["is_most"].to_list() == [True, True]


def test_every_project_is_in_the_group_of_all_whatever_else_is_known_of_it(build, marts) -> None:
    rows = marts(build())["outcomes_by_age"].filter(pl.col("edition_year") == 2026, pl.col("age_years") == 7)
    found = dict(rows.select("comparison_group", "project_count").iter_rows())
    assert found["all"] == found["cohort"] == 1 and "owner_level" not in found
    assert rows["unknown_outcome_count"].to_list() == rows["project_count"].to_list()

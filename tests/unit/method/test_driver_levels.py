"""Which level a value belongs to, on both sides of every limit, and the counts and headline numbers of drivers."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from gevinst.contracts import contract
from gevinst.contracts.vocabulary import ACTOR_COUNT, COMPLEXITY, DRIVERS, IMPLEMENTATION_DIFFICULTY, MONTHS_SINCE_START
from gevinst.method.driver_levels import BANDS, COHORT, LEVELS, OWNER_COUNT, OWNER_LEVEL, SECTOR, UNKNOWN, WHOLE
from tests.data.driver_tables import curve, driver_table, outcomes
from tests.data.marts import mart_of, row_of
from tests.data.small_edition import frame

AT_9: dict[str, Any] = {"at_risk_count": 9, "not_in_use_pct": 100.0, "unheard_count": 0}
ONE_TO_FIVE = (range(1, 6), "1-2 1-2 3-3 4-5 4-5", "1-1 2-2 3-3 4-4 5-5")


def counts(characteristic: str, grouping: str = BANDS, **inputs: pl.DataFrame) -> dict[str, int]:
    """Projects by level."""
    found = mart_of("driver_outcomes", **inputs).filter(characteristic=characteristic, grouping=grouping)
    return dict(found.select("level", "project_count").iter_rows())


@pytest.mark.parametrize(
    ("driver", "values", "bands", "levels"),
    [
        (COMPLEXITY, *ONE_TO_FIVE),
        (IMPLEMENTATION_DIFFICULTY, *ONE_TO_FIVE),
        (ACTOR_COUNT, (1, 2, 3, 4, 5, 60), "1-1 2-3 2-3 4- 4- 4-", "1-1 2-2 3-3 4-4 5- 5-"),
        # The last month of a year and the first of the next.
        (
            MONTHS_SINCE_START,
            (0, 23, 24, 35, 36, 47, 48, 71, 72, 95, 96, 600),
            "0-2 0-2 0-2 0-2 3-5 3-5 3-5 3-5 6- 6- 6- 6-",
            "0-1 0-1 2-3 2-3 2-3 2-3 4-5 4-5 6-7 6-7 8- 8-",
        ),
    ],
)
def test_every_value_of_a_driver_has_one_band_and_one_level(driver, values, bands, levels) -> None:
    # Each value in a year of its own, so that the mart is computed once.
    table = driver_table(*[{"edition_year": 2000 + n, driver: value} for n, value in enumerate(values)])
    found = mart_of("driver_outcomes", driver_table=table).filter(characteristic=driver).sort("edition_year")
    assert found.filter(grouping=BANDS)["level"].to_list() == bands.split()
    assert found.filter(grouping=LEVELS)["level"].to_list() == levels.split()


def test_an_unknown_driver_is_a_level_of_its_own_in_every_grouping() -> None:
    table = driver_table({COMPLEXITY: 3}, {}, {})
    found = [counts(COMPLEXITY, grouping, driver_table=table) for grouping in (BANDS, LEVELS, WHOLE)]
    assert found == [{"3-3": 1, UNKNOWN: 2}, {"3-3": 1, UNKNOWN: 2}, {"known": 1, UNKNOWN: 2}]


def test_owners_are_one_or_several() -> None:
    table = driver_table(*[{"owner_count": count} for count in (1, 2, 3, None)])
    assert counts(OWNER_COUNT, driver_table=table) == {"1-1": 1, "2-": 2, UNKNOWN: 1}


def test_the_owners_level_is_theirs_when_they_share_one_and_of_owners_known_by_then() -> None:
    levels = {"k": "kommune", "m": "kommune", "s": "stat"}
    parts = {
        "p0": [("k", "owner"), ("m", "co_owner")],
        "p1": [("k", "owner"), ("s", "co_owner")],
        "p2": [("s", "owner"), ("k", "partner")],
        "p3": [("s", "partner")],
        "p4": [("k", "owner", "later")],
    }
    rows = [
        {"project_id": project, "organisation_id": who, "role_code": role, "source_id": next(iter(source), "s")}
        for project, given in parts.items()
        for who, role, *source in given
    ]
    read = {"published_precision": "day", "accessed_on": date(2027, 1, 1)}
    sources = [
        {"source_id": "s", "published_on": date(2026, 11, 22), **read},
        {"source_id": "later", "published_on": date(2026, 11, 23), **read},
    ]
    found = counts(
        OWNER_LEVEL,
        driver_table=driver_table(*[{}] * 5),
        project_status=frame(
            contract("project_status"), [{"edition_year": 2026, "project_id": project} for project in parts]
        ),
        participations=frame(contract("participations"), rows),
        organisations=frame(
            contract("organisations"), [{"organisation_id": who, "level_code": level} for who, level in levels.items()]
        ),
        sources=frame(contract("sources"), sources),
    )
    assert found == {"kommune": 1, "mixed": 1, "stat": 1, UNKNOWN: 2}


def test_policy_area_and_cohort_are_levels_as_they_are() -> None:
    table = driver_table({}, {}, {})
    projects = frame(contract("projects"), [{"project_id": "p0", "sector_code": "helse"}, {"project_id": "p1"}])
    status = frame(
        contract("project_status"),
        [
            {"edition_year": 2026, "project_id": f"p{n}", "cohort_year": year}
            for n, year in enumerate((2019, 2019, 2020))
        ],
    )
    assert counts(SECTOR, driver_table=table, projects=projects) == {"helse": 1, UNKNOWN: 2}
    assert counts(COHORT, driver_table=table, project_status=status) == {"2019": 2, "2020": 1}


@pytest.mark.parametrize(("not_in_use", "share"), [(3, None), (4, 20.0)])
def test_a_share_is_of_five_known_outcomes_or_more_and_unknown_ones_do_not_help(not_in_use, share) -> None:
    table = outcomes(1, not_in_use, 2)
    (row,) = mart_of("driver_outcomes", driver_table=table).filter(characteristic=COMPLEXITY, grouping=WHOLE).to_dicts()
    names = ("in_use_count", "not_in_use_count", "unknown_count", "known_count", "project_count")
    assert [row[name] for name in names] == [1, not_in_use, 2, 1 + not_in_use, 3 + not_in_use]
    assert row["in_use_pct"] == share


def test_use_with_an_unknown_outcome_is_counted_as_unknown_alone() -> None:
    table = driver_table({"is_in_use": True, "is_outcome_known": False})
    (row,) = mart_of("driver_outcomes", driver_table=table).filter(characteristic=COMPLEXITY, grouping=WHOLE).to_dicts()
    assert (row["in_use_count"], row["not_in_use_count"], row["unknown_count"]) == (0, 0, 1)
    assert row_of("driver_headlines", driver_table=table)["in_use_count"] == 0


def test_projects_have_a_known_or_an_unknown_outcome_and_use_is_among_the_known() -> None:
    row = row_of("driver_headlines", driver_table=outcomes(1, 2, 5))
    names = ("project_count", "known_outcome_count", "unknown_outcome_count", "in_use_count")
    assert [row[name] for name in names] == [8, 3, 5, 1]


def test_only_the_edition_itself_counts_in_its_headline_numbers() -> None:
    older = {"edition_year": 2025}
    row = row_of("driver_headlines", driver_table=driver_table({}, older, older), time_to_use=curve({**older, **AT_9}))
    assert (row["project_count"], row["followed_count"]) == (1, 0)


def test_without_projects_no_driver_is_known_for_all_and_nothing_is_followed() -> None:
    row = row_of("driver_headlines")
    assert (row["driver_count"], row["fully_known_driver_count"], row["followed_count"]) == (len(DRIVERS), 0, 0)
    one = driver_table(dict.fromkeys(DRIVERS, 2), {**dict.fromkeys(DRIVERS, 2), COMPLEXITY: None})
    assert row_of("driver_headlines", driver_table=one)["fully_known_driver_count"] == len(DRIVERS) - 1


CURVE = ("curve_years", "curve_not_in_use_pct", "curve_at_risk_count", "curve_unheard_count")


def stated(*months: dict[str, Any]) -> list[Any]:
    """What is given of a curve in which one project came into use in the first month."""
    first = {**months[0], "event_count": 1}
    row = row_of("driver_headlines", time_to_use=curve(first, *months[1:]))
    assert (row["event_count"], row["followed_count"]) == (1, months[0]["at_risk_count"])
    return [row[name] for name in CURVE]


@pytest.mark.parametrize(("last_month", "years"), [(11, None), (12, 1), (23, 1), (24, 2), (131, 10), (132, 11)])
def test_a_curve_is_stated_at_its_last_whole_year_and_never_at_the_award(last_month: int, years: int | None) -> None:
    assert stated(*[AT_9] * (last_month + 1))[0] == years


def test_a_whole_year_is_stated_from_five_followed_projects_on_with_its_own_numbers() -> None:
    year_1 = {"at_risk_count": 5, "not_in_use_pct": 75.0, "unheard_count": 2}
    year_2 = {"at_risk_count": 4, "not_in_use_pct": 50.0, "unheard_count": 3}
    assert stated(*[AT_9] * 12, year_1, *[AT_9] * 11, year_2) == [1, 75.0, 5, 2]
    assert stated(*[AT_9] * 12, year_2) == [None] * 4


def test_events_are_added_up_over_all_months_and_those_followed_are_those_of_the_first() -> None:
    months = curve(
        *(
            {"at_risk_count": n, "event_count": events, "not_in_use_pct": 100.0}
            for n, events in ((9, 1), (8, 3), (5, 2))
        )
    )
    row = row_of("driver_headlines", time_to_use=months)
    assert (row["event_count"], row["followed_count"]) == (6, 9)

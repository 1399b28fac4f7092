"""What had come of projects at equal age: so many whole years after the award, and group by group.

Belongs here: the outcome of each project at each age that it has reached, and counts of these by cohort, policy area
and level of government.
Does not belong here: the newest status (`status.py`), estimates of how long it takes (`time_to_use.py`), and choosing
which groups a page compares.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from gevinst.contracts.vocabulary import (
    AWARDED,
    OUTCOME_CONTINUED,
    OUTCOME_IN_USE,
    OUTCOME_OF_STATUS,
    OUTCOME_PARTLY,
    OUTCOME_RESULT,
    OUTCOME_STOPPED,
    OUTCOME_UNKNOWN,
    OWNER_ROLES,
)
from gevinst.method.as_of import dated_statements, known_in_editions, last_possible_day, with_known_on
from gevinst.method.counting import counted, different, last_of, mapped
from gevinst.method.frames import BEFORE_ALL, Rules, Tables
from gevinst.method.status import months_between

_SEAT = ["edition_year", "project_id"]
_AGED = [*_SEAT, "age_years"]
_GROUP = ["edition_year", "comparison_group", "group_value"]
COHORT, SECTOR, OWNER_LEVEL, EVERY_PROJECT = COMPARISON_GROUPS = ("cohort", "sector", "owner_level", "all")
"""What projects are compared by; the last has one value, of its own name."""


def project_ages(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year, project and whole number of years since its award; contract `project_ages`.

    A project has the ages that it has reached by the edition's date, from 1. Its outcome at an age is that of the
    newest statement about a day no later than the award plus so many years, among those the edition knows, whenever
    they became public. Awards and statements of which only the month or year is known count as its last day. Where
    nothing is known by then the outcome is unknown, however much is known of a later time.
    """
    reached = _ages_reached(tables)
    said = reached.join(_statements(tables), on=_SEAT, how="inner").filter(nw.col("_from_age") <= nw.col("age_years"))
    newest = last_of(said, _AGED, "_placed_on", "known_on", "status_assessment_id")
    by_then = newest.select(*_AGED, "status_code")
    outcome = mapped("status_code", OUTCOME_OF_STATUS, OUTCOME_UNKNOWN)
    placed = reached.select(*_AGED).join(by_then, on=_AGED, how="left")
    return placed.with_columns(nw.col("status_code").fill_null(AWARDED)).select(*_AGED, outcome_code=outcome)


def outcomes_by_age(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year, group, value of the group and age; contract `outcomes_by_age`.

    A project with owners of several levels of government is counted once in each of these. `is_most` marks the value
    with the largest share in use among those with at least `rules.min_n_for_shares` known outcomes, where there are
    two or more of these to compare and any project of them is in use.
    """
    outcome = nw.col("outcome_code")
    aged = tables["project_ages"].join(_groups(tables), on=_SEAT, how="inner")
    counts = counted(
        aged,
        (*_GROUP, "age_years"),
        project_count=~outcome.is_null(),
        in_use_count=outcome == OUTCOME_IN_USE,
        partly_in_use_count=outcome == OUTCOME_PARTLY,
        result_count=outcome == OUTCOME_RESULT,
        ended_count=outcome.is_in([OUTCOME_STOPPED, OUTCOME_CONTINUED]),
        known_count=outcome != OUTCOME_UNKNOWN,
        unknown_outcome_count=outcome == OUTCOME_UNKNOWN,
    )
    known = nw.col("known_count")
    compared = ["edition_year", "comparison_group", "age_years"]
    is_large = known >= max(rules.min_n_for_shares, 1)
    share = nw.when(is_large).then(100.0 * nw.col("in_use_count").cast(nw.Float64) / known.cast(nw.Float64))
    shared = counts.with_columns(in_use_pct=share, _large=is_large.cast(nw.Int64))
    topped = shared.with_columns(
        _top=nw.col("in_use_pct").max().over(*compared), compared_count=nw.col("_large").sum().over(*compared)
    )
    is_top = (nw.col("in_use_pct") == nw.col("_top")) & (nw.col("_top") > 0) & (nw.col("compared_count") > 1)
    return topped.with_columns(is_most=is_top.fill_null(False), compared_count=nw.col("compared_count").cast(nw.Int64))


def _ages_reached(tables: Tables) -> nw.LazyFrame[Any]:
    """Every project at each of its ages, with its award. No project is older than the calendar of editions."""
    first = tables["edition_years"].select(_first=nw.col("edition_year").min())
    ages = (
        tables["edition_years"].join(first, how="cross").select(age_years=nw.col("edition_year") - nw.col("_first") + 1)
    )
    rounds = tables["rounds"].select("round_id", award_on=last_possible_day("awarded"))
    status = tables["project_status"].select(*_SEAT, "round_id", "months_since_award")
    reached = status.join(ages, how="cross").filter(nw.col("months_since_award") >= nw.col("age_years") * 12)
    return reached.join(rounds, on="round_id", how="left").select(*_AGED)


def _statements(tables: Tables) -> nw.LazyFrame[Any]:
    """Statements per edition and project that know them, with `_from_age`, the first age at which they hold."""
    rounds = tables["rounds"].select("round_id", award_on=last_possible_day("awarded"))
    awards = tables["projects"].select("project_id", "round_id").join(rounds, on="round_id", how="left")
    dated = dated_statements(tables["status_assessments"], tables["sources"]).join(awards, on="project_id", how="inner")
    months, on_the_day = (
        months_between("award_on", "about_on"),
        nw.col("about_on").dt.day() == nw.col("award_on").dt.day(),
    )
    # The anniversary itself is the last day of a year: what is said of it holds at that age and not only at the next.
    whole = nw.when(on_the_day).then(nw.col("_months") + 11).otherwise(nw.col("_months") + 12)
    aged = dated.with_columns(_months=months).with_columns(_from_age=nw.when(nw.col("_months") >= 0).then(whole // 12))
    placed = aged.with_columns(
        nw.col("_from_age").fill_null(0),
        # An award of which only the year is known would count as the last day of it, after what is said of the project.
        _placed_on=nw.when(nw.col("status_code") == AWARDED).then(nw.lit(BEFORE_ALL)).otherwise(nw.col("about_on")),
    )
    columns = ("project_id", "status_assessment_id", "status_code", "known_on", "_placed_on", "_from_age")
    return known_in_editions(placed.select(*columns), tables).drop("as_of_on")


def _groups(tables: Tables) -> nw.LazyFrame[Any]:
    """Each project in the groups that it belongs to, per edition."""
    status = tables["project_status"].select(*_SEAT, "cohort_year")
    sectors = tables["projects"].select("project_id", group_value="sector_code")
    levels = tables["organisations"].select("organisation_id", group_value="level_code")
    owners = with_known_on(
        tables["participations"].select("project_id", "organisation_id", "role_code", "source_id"), tables["sources"]
    ).filter(nw.col("role_code").is_in(OWNER_ROLES))
    owned = known_in_editions(owners, tables).join(levels, on="organisation_id", how="inner")
    parts = (
        (COHORT, status.with_columns(group_value=nw.col("cohort_year").cast(nw.String))),
        (SECTOR, status.join(sectors, on="project_id", how="inner")),
        (OWNER_LEVEL, different(owned, *_SEAT, "group_value")),
        (EVERY_PROJECT, status.with_columns(group_value=nw.lit(EVERY_PROJECT))),
    )
    grouped = [part.select(*_SEAT, "group_value", comparison_group=nw.lit(name)) for name, part in parts]
    return nw.concat(grouped, how="vertical").filter(~nw.col("group_value").is_null())

"""Reconstructions of earlier years: what certainly was public by then, and what may have been.

Belongs here: the two bounds of a figure of an earlier year, which differ where documents carry no date.
Does not belong here: the statuses themselves (`status.py`), and news, which no reconstruction has (`news.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import narwhals as nw
import polars as pl

from gevinst.contracts.vocabulary import OUTCOME_IN_USE, OUTCOME_OF_STATUS, OUTCOME_PARTLY, OUTCOME_UNKNOWN
from gevinst.method.as_of import (
    dated_statements,
    every_edition_of,
    first_possible_day,
    source_published,
)
from gevinst.method.counting import distinct, mapped
from gevinst.method.frames import Rules, Tables

PROJECTS_KNOWN, OUTCOME_KNOWN, PARTLY_IN_USE, IN_USE = BOUNDED = (
    "projects",
    "outcome_known",
    "partly_in_use",
    "in_use",
)
"""Figures that have two bounds, in the order in which they are shown."""


_MADE_IN_TIME = timedelta(days=183)
"""A yearly edition is made in the months after its year; rows recorded half a year later were found in hindsight."""


def is_reconstruction(tables: Mapping[str, pl.DataFrame], as_of_on: date) -> bool:
    """Whether an edition that shows what was known on `as_of_on` holds rows that were recorded long after it.

    Told by the rows and not by the clock, so that two builds from the same rows agree.
    """
    days = [frame["recorded_on"].max() for frame in tables.values() if "recorded_on" in frame.columns and frame.height]
    newest = max((day for day in days if isinstance(day, date)), default=None)
    return newest is not None and newest > as_of_on + _MADE_IN_TIME


def reconstruction_bounds(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year and figure of `BOUNDED`; contract `reconstruction_bounds`.

    `certain_count` is what `project_status` counts: documents from the last day on which they can have become public.
    `possible_count` takes documents from the first such day, and statements from the first day they can be about;
    a statement gives way only to a later one that certainly was public. It therefore uses documents that were
    certainly public only later, which is why it is a bound and no figure of that year's edition. The bounds meet in
    the last year, by which every document has been read.
    Source: the second of the three clocks in docs/truth.md.
    """
    status = tables["project_status"]
    certain = {
        PROJECTS_KNOWN: status,
        OUTCOME_KNOWN: status.filter(nw.col("outcome_code") != OUTCOME_UNKNOWN),
        PARTLY_IN_USE: status.filter(nw.col("outcome_code") == OUTCOME_PARTLY),
        IN_USE: status.filter(nw.col("outcome_code") == OUTCOME_IN_USE),
    }
    projects = _projects(tables)
    statements = _statements(tables, projects)
    calendar = tables["edition_years"]
    said = every_edition_of(statements, calendar).filter(
        nw.col("_replaced_on").is_null() | (nw.col("as_of_on") < nw.col("_replaced_on"))
    )
    possible = {
        PROJECTS_KNOWN: every_edition_of(projects, calendar),
        OUTCOME_KNOWN: said,
        PARTLY_IN_USE: said.filter(nw.col("outcome_code") == OUTCOME_PARTLY),
        IN_USE: said.filter(nw.col("outcome_code") == OUTCOME_IN_USE),
    }
    rows = [
        calendar.select("edition_year")
        .join(distinct(certain[figure], "project_id", "certain_count"), on="edition_year", how="left")
        .join(
            distinct(_either(possible[figure], certain[figure]), "project_id", "possible_count"),
            on="edition_year",
            how="left",
        )
        .select(
            "edition_year",
            nw.col("certain_count").fill_null(0),
            nw.col("possible_count").fill_null(0),
            bounded_figure=nw.lit(figure),
        )
        for figure in BOUNDED
    ]
    return nw.concat(rows, how="vertical")


def _either(possible: nw.LazyFrame[Any], certain: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Projects of either: what was certain may have been, also where statements of one day differ."""
    seat = ("edition_year", "project_id")
    return nw.concat([possible.select(*seat), certain.select(*seat)], how="vertical")


def _published(tables: Tables) -> nw.LazyFrame[Any]:
    return source_published(tables["sources"]).select("source_id", _from="public_from", _to="public_to")


def _projects(tables: Tables) -> nw.LazyFrame[Any]:
    """Projects and the first day on which they may have been known: named no earlier than they were awarded."""
    awarded = tables["rounds"].select("round_id", _awarded=first_possible_day("awarded"))
    named = (
        tables["projects"]
        .select("project_id", "round_id", "source_id")
        .join(_published(tables), on="source_id", how="left")
        .join(awarded, on="round_id", how="left")
    )
    # Never later than it certainly was: a source that is older than the award it tells of is still a source.
    return named.select(
        "project_id", known_on=nw.min_horizontal(nw.max_horizontal("_from", "_awarded").fill_null(nw.col("_to")), "_to")
    )


def _statements(tables: Tables, projects: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Statements of an outcome, the first day on which each may have been known, and the day it certainly gave way.

    `_replaced_on` is the first day on which a statement about a later time certainly was public, whatever it says.
    """
    dated = dated_statements(tables["status_assessments"], tables["sources"]).rename({"known_on": "_certain_on"})
    # The order of `project_status`: by what it is about; among equals the one known later counts, then the last id.
    order = ["about_on", "_certain_on", "status_assessment_id"]
    dated = dated.with_columns(
        _earliest=nw.col("_certain_on").cum_min(reverse=True).over("project_id", order_by=order)
    ).with_columns(_replaced_on=nw.col("_earliest").shift(-1).over("project_id", order_by=order))
    outcome = mapped("status_code", OUTCOME_OF_STATUS, OUTCOME_UNKNOWN)
    placed = (
        dated.with_columns(outcome_code=outcome, _about=first_possible_day("assessed"))
        .join(_published(tables), on="source_id", how="left")
        .join(projects.select("project_id", _named_on="known_on"), on="project_id", how="inner")
        .filter(nw.col("outcome_code") != OUTCOME_UNKNOWN)
    )
    # A known project is a condition of the certain bound too, so the later of the two days holds for both.
    said = nw.min_horizontal(nw.max_horizontal("_from", "_about"), "_certain_on")
    return placed.select("project_id", "outcome_code", "_replaced_on", known_on=nw.max_horizontal(said, "_named_on"))

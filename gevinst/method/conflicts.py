"""Contradictions between assessors: who says different things of one project at one time.

Belongs here: the rule for when two status assessments contradict one another.
Does not belong here: what is then taken for the status (`status.py`), and disagreements between documents that
somebody has entered (table `disagreements`).
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from gevinst.method.frames import Rules, Tables
from gevinst.method.known import every_edition_of, last_possible_day, source_known_on, with_known_on

_SAME_TIME = ("project_id", "assessed_on", "assessed_precision")


def status_conflicts(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year and assessment that is a side of a contradiction; contract `status_conflicts`.

    Assessments contradict one another when they are about one project and one day, month or year, come from different
    rounds or parties, and say different statuses, on the ladder or outside it. All sides that an edition knows are
    shown; nothing is averaged. Periods that only overlap are no contradiction, since the status may have moved in
    between. `step` is null outside the ladder. No rows means that none is known.
    Source: the rule that disagreement is shown and never averaged away.
    """
    assessments = _dated(tables)
    second_status = _second_day(assessments, "status_code")
    second_assessor = _second_day(assessments, "_assessor")
    sides = (
        assessments.join(second_status, on=list(_SAME_TIME), how="inner")
        .join(second_assessor, on=list(_SAME_TIME), how="inner")
        .with_columns(known_on=nw.max_horizontal("known_on", "_second_status_code_on", "_second__assessor_on"))
    )
    rounds = tables["assessment_rounds"].select("assessment_round_id", "assessor_role_code")
    ranks = tables["codelists"].filter(nw.col("codelist") == "status").select(status_code="code", step="rank")
    return (
        every_edition_of(sides, tables["edition_years"])
        .join(rounds, on="assessment_round_id", how="left")
        .join(ranks, on="status_code", how="left")
        .with_columns(
            conflict_id=nw.concat_str(
                nw.col("project_id"), nw.col("assessed_on").cast(nw.String), nw.col("assessed_precision"), separator="/"
            )
        )
    )


def _dated(tables: Tables) -> nw.LazyFrame[Any]:
    """Assessments with their assessor and the day on which both they and their project are known."""
    projects = (
        tables["projects"]
        .select("project_id", "source_id")
        .join(source_known_on(tables["sources"]), on="source_id", how="left")
    )
    return (
        with_known_on(tables["status_assessments"].drop("is_illustrative"), tables["sources"])
        .join(projects.select("project_id", _project_known_on="known_on"), on="project_id", how="left")
        .with_columns(
            known_on=nw.max_horizontal("known_on", last_possible_day("assessed"), "_project_known_on"),
            _assessor=nw.concat_str("assessment_round_id", "stated_by_code", separator="/"),
        )
    )


def _second_day(assessments: nw.LazyFrame[Any], column: str) -> nw.LazyFrame[Any]:
    """The day on which a second value of `column` became known, for each project and time that has two."""
    first_days = assessments.group_by(*_SAME_TIME, column).agg(known_on=nw.col("known_on").min())
    nth = nw.col(column).cum_count().over(*_SAME_TIME, order_by=["known_on", column])
    return (
        first_days.with_columns(_nth=nth)
        .filter(nw.col("_nth") == 2)
        .select(*_SAME_TIME, **{f"_second_{column}_on": nw.col("known_on")})
    )

"""Implementation status: how far each project had come, as known at each edition.

Belongs here: the rule that reduces dated status statements to one status per project and edition year.
Does not belong here: benefits, and the words for each step (code list `status`).
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from gevinst.contracts.vocabulary import (
    AWARDED,
    NEVER_ASSESSED,
    NOTHING_BEYOND_AWARD,
    OUTCOME_IN_USE,
    OUTCOME_OF_STATUS,
    OUTCOME_UNKNOWN,
)
from gevinst.method.as_of import dated_statements, every_edition_of, last_possible_day, source_known_on, with_known_on
from gevinst.method.frames import Rules, Tables

_CURRENT = {
    "status_code": "current_status_code",
    "about_on": "about_on",
    "assessed_on": "status_on",
    "assessed_precision": "status_precision",
    "known_on": "known_on",
    "is_inferred": "is_inferred",
    "public_evidence_group_code": "public_evidence_group_code",
    "step_reason_code": "step_reason_code",
    "reason_nb": "reason_nb",
    "reason_en": "reason_en",
    "source_id": "source_id",
    "source_locator": "source_locator",
}
"""What the newest statement gives to the result, and the name it has there."""


def project_status(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per project and edition year in which the project is known; contract `project_status`.

    The newest status is the statement about the latest date among those known by the edition's `as_of_on` (the later
    of the statement's date and its source's); one that becomes known later but is about an earlier date adds to the
    history and never supersedes. Steps are the ranks of code list `status` (-1 to 6). A project that is stopped or
    continued in another form keeps its last step, and stays in every count. The first step is the oldest known after
    the award, so that movement lies between two assessments. `outcome_code` is decided here and nowhere else.
    Months are whole months.
    Source: the ladder in docs/method/project_status.md; ages as known at the edition's date.
    """
    spans = _spans(_statements(tables))
    seats = _seats(tables)
    known = seats.join(spans, on="project_id", how="inner").filter(
        (nw.col("valid_from") <= nw.col("as_of_on"))
        & (nw.col("valid_to").is_null() | (nw.col("as_of_on") < nw.col("valid_to")))
    )
    placed = seats.join(
        known.drop("round_id", "cohort_year", "as_of_on", "award_on"),
        on=["edition_year", "project_id"],
        how="left",
    )
    return _finish(placed, rules)


def _statements(tables: Tables) -> nw.LazyFrame[Any]:
    """Status statements with the day they became known and the rank of their step."""
    ranks = tables["codelists"].filter(nw.col("codelist") == "status").select(status_code="code", step="rank")
    statements = dated_statements(tables["status_assessments"], tables["sources"])
    return statements.join(ranks, on="status_code", how="left")


def _spans(statements: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """One row per project and stretch of time in which nothing new became known, with what was known in it.

    `valid_from` is inclusive, `valid_to` exclusive and null for the last stretch.
    """
    # By when it became known, then by what it is about; the id decides among equals, so that every engine agrees.
    order = ["known_on", "about_on", "status_assessment_id"]
    # Neither award nor start begins a movement: every project has them, so that any news at all would be a step up.
    shows_more = ~nw.col("status_code").is_in(NOTHING_BEYOND_AWARD)
    running = statements.with_columns(
        _newest=nw.col("about_on").cum_max().over("project_id", order_by=order),
        _heard_on=nw.when(shows_more).then(nw.col("about_on")),
        highest_step=nw.col("step").cum_max().over("project_id", order_by=order),
        assessment_count=nw.col("status_assessment_id").cum_count().over("project_id", order_by=order),
        progress_assessment_count=shows_more.cast(nw.Int64).cum_sum().over("project_id", order_by=order),
    )
    oldest = nw.col("_heard_on").cum_min().over("project_id", order_by=order)
    earlier = nw.col("_oldest").shift(1).over("project_id", order_by=order)
    is_newest = nw.col("about_on") == nw.col("_newest")
    is_oldest = (nw.col("_heard_on") == nw.col("_oldest")) & (nw.col("_oldest") != earlier).fill_null(True)
    running = running.with_columns(_oldest=oldest).with_columns(
        _oldest=nw.col("_oldest").fill_null(strategy="forward").over("project_id", order_by=order)
    )
    marked = running.with_columns(
        _current=nw.when(is_newest).then(nw.col("status_assessment_id")),
        _first=nw.when(is_oldest).then(nw.col("status_assessment_id")),
        current_step=nw.when(is_newest).then(nw.col("step")),
    )
    carried = (
        marked.with_columns(
            nw.col(name).fill_null(strategy="forward").over("project_id", order_by=order)
            for name in ("_current", "_first", "current_step", "highest_step")
        )
        .with_columns(
            valid_from=nw.col("known_on"),
            valid_to=nw.col("known_on").shift(-1).over("project_id", order_by=order),
        )
        # Of several statements known on one day, only the last stretch lasts; the others are of no length.
        .filter(nw.col("valid_to").is_null() | (nw.col("valid_to") > nw.col("valid_from")))
    )
    spans = carried.select(
        "project_id",
        "valid_from",
        "valid_to",
        "highest_step",
        "current_step",
        "assessment_count",
        "progress_assessment_count",
        "_current",
        "_first",
    )
    current = statements.select(_current="status_assessment_id", **{new: old for old, new in _CURRENT.items()})
    first = statements.select(_first="status_assessment_id", first_status_code="status_code", first_step="step")
    return (
        spans.join(current, on="_current", how="left").join(first, on="_first", how="left").drop("_current", "_first")
    )


def _seats(tables: Tables) -> nw.LazyFrame[Any]:
    """Every project in every edition year from the one in which it became known."""
    projects = (
        tables["projects"]
        .select("project_id", "round_id", "source_id")
        .join(source_known_on(tables["sources"]), on="source_id", how="left")
        .join(
            tables["rounds"].select("round_id", "cohort_year", award_on=last_possible_day("awarded")),
            on="round_id",
            how="left",
        )
    )
    years = tables["edition_years"].select("edition_year", "as_of_on")
    return (
        projects.join(years, how="cross")
        .filter(nw.col("known_on") <= nw.col("as_of_on"))
        .select("edition_year", "as_of_on", "project_id", "round_id", "cohort_year", "award_on")
    )


def _finish(placed: nw.LazyFrame[Any], rules: Rules) -> nw.LazyFrame[Any]:
    """Flags and ages, and what an edition says of a project that no one has assessed."""
    months_since_status = months_between("about_on", "as_of_on")
    return (
        placed.with_columns(
            current_status_code=nw.col("current_status_code").fill_null(NEVER_ASSESSED),
            assessment_count=nw.col("assessment_count").fill_null(0),
            progress_assessment_count=nw.col("progress_assessment_count").fill_null(0),
            is_inferred=nw.col("is_inferred").fill_null(False),
            months_since_award=months_between("award_on", "as_of_on"),
            months_since_status=months_since_status,
            # An award does not grow old: it stays true that nothing has been heard since.
            is_stale=(
                (months_since_status >= rules.stale_after_months) & (nw.col("current_status_code") != AWARDED)
            ).fill_null(False),
        )
        .with_columns(
            outcome_code=nw.col("current_status_code").replace_strict(
                list(OUTCOME_OF_STATUS),
                list(OUTCOME_OF_STATUS.values()),
                default=OUTCOME_UNKNOWN,
                return_dtype=nw.String,
            )
        )
        .with_columns(is_in_use=nw.col("outcome_code") == OUTCOME_IN_USE)
    )


def months_between(earlier: str, later: str) -> nw.Expr:
    """Whole months from column `earlier` to column `later` (dates); null when either is null."""
    first, last = nw.col(earlier), nw.col(later)
    # By calendar fields: narwhals has no difference in months, and days divided by 30 would be off by some days.
    months = (last.dt.year() - first.dt.year()) * 12 + (last.dt.month() - first.dt.month())
    return (months - (last.dt.day() < first.dt.day()).cast(nw.Int64)).cast(nw.Int64)


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
        # A contradiction begins when the second different value is known, however many follow.
        .filter(nw.col("_nth") == 2)
        .select(*_SAME_TIME, **{f"_second_{column}_on": nw.col("known_on")})
    )

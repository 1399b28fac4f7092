"""Implementation status: how far each project had come, as known at each edition.

Belongs here: the rule that reduces dated status statements to what was known of each project in each stretch of time,
and that as a status per project and edition year.
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
from gevinst.method.as_of import (
    as_seen_by_last_edition,
    dated_statements,
    every_edition_of,
    last_possible_day,
    source_known_on,
    with_known_on,
)
from gevinst.method.counting import mapped
from gevinst.method.frames import BEFORE_ALL, Rules, Tables
from gevinst.method.stretches import stretches_per_edition

_CURRENT = {
    "status_code": "current_status_code",
    "assessed_on": "status_on",
    "assessed_precision": "status_precision",
    "known_on": "known_on",
    "stated_by_code": "stated_by_code",
    "is_inferred": "is_inferred",
    "public_evidence_group_code": "public_evidence_group_code",
    "step_reason_code": "step_reason_code",
    "reason_nb": "reason_nb",
    "reason_en": "reason_en",
    "source_id": "source_id",
    "source_locator": "source_locator",
}
"""What the newest statement gives to the result, and the name it has there."""


def status_validity(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per project and stretch of time in which nothing new became known; contract `status_validity`.

    A stretch begins on the day a statement becomes known (the later of its date and its source's), and no earlier than
    the project itself is known; it ends when the next one begins, so that `valid_to` is exclusive, and null for the
    last. The newest status is the statement about the latest date among those known in the stretch; one that becomes
    known later but is about an earlier date adds to the history and never supersedes. Steps are the ranks of code list
    `status` (-1 to 6). A project that is stopped or continued in another form keeps its last step. The first step is
    the oldest known after the award, so that movement lies between two assessments. A project of which no statement is
    known has no row.
    Source: the ladder in docs/method/project_status.md.
    """
    statements = _statements(tables)
    current = statements.select("status_assessment_id", **{new: old for old, new in _CURRENT.items()})
    first = statements.select(_first="status_assessment_id", first_status_code="status_code", first_step="step")
    stretches = (
        _stretches(statements)
        .join(current, on="status_assessment_id", how="left")
        .join(first, on="_first", how="left")
        .drop("_first")
    )
    return as_seen_by_last_edition(stretches, tables["edition_years"])


def project_status(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per project and edition year in which the project is known; contract `project_status`.

    What an edition says of a project is the row of `status_validity` whose stretch holds the edition's `as_of_on`. A
    project that is stopped or continued in another form stays in every count. `outcome_code` is decided here and
    nowhere else. Months are whole months.
    Source: the ladder in docs/method/project_status.md; ages as known at the edition's date.
    """
    known = stretches_per_edition(tables["status_validity"], tables["edition_years"]).drop("as_of_on")
    placed = _seats(tables).join(known, on=["edition_year", "project_id"], how="left")
    return _finish(placed.with_columns(about_on=last_possible_day("status")), rules)


def _statements(tables: Tables) -> nw.LazyFrame[Any]:
    """Status statements with the days they and their project became known and the rank of their step."""
    ranks = tables["codelists"].filter(nw.col("codelist") == "status").select(status_code="code", step="rank")
    projects = _known_projects(tables).select("project_id", _project_known_on="known_on")
    statements = dated_statements(tables["status_assessments"], tables["sources"]).with_columns(
        # All that is said of a project comes after its award, also where the award has only a year and would count as
        # the last day of it: else a project tried out in February is taken for one just awarded in December.
        _placed_on=nw.when(nw.col("status_code") == AWARDED).then(nw.lit(BEFORE_ALL)).otherwise(nw.col("about_on"))
    )
    return statements.join(ranks, on="status_code", how="left").join(projects, on="project_id", how="inner")


_AS_KNOWN = ("known_on", "about_on", "status_assessment_id")
"""The order of statements: by when they became known, then by what they are about; the id decides among equals, so that
every engine agrees."""


def _stretches(statements: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Stretches of time with what was counted in each, and the ids of its newest (and `_first`) statement."""
    ended = nw.col("valid_from").shift(-1).over("project_id", order_by=_AS_KNOWN)
    return (
        _running(statements)
        .with_columns(valid_from=nw.max_horizontal("known_on", "_project_known_on"))
        .with_columns(valid_to=ended)
        # Of several statements known on one day, only the last stretch lasts; the others are of no length.
        .filter(nw.col("valid_to").is_null() | (nw.col("valid_to") > nw.col("valid_from")))
        .select(
            "project_id",
            "valid_from",
            "valid_to",
            "highest_step",
            "current_step",
            "assessment_count",
            "progress_assessment_count",
            "_first",
            status_assessment_id="_current",
        )
    )


def _running(statements: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Statements with what was known of their project once they were: counts, steps, `_current` and `_first` one."""
    order = _AS_KNOWN
    # Neither award nor start begins a movement: every project has them, so that any news at all would be a step up.
    shows_more = ~nw.col("status_code").is_in(NOTHING_BEYOND_AWARD)
    running = statements.with_columns(
        _newest=nw.col("_placed_on").cum_max().over("project_id", order_by=order),
        _heard_on=nw.when(shows_more).then(nw.col("about_on")),
        highest_step=nw.col("step").cum_max().over("project_id", order_by=order),
        assessment_count=nw.col("status_assessment_id").cum_count().over("project_id", order_by=order),
        progress_assessment_count=shows_more.cast(nw.Int64).cum_sum().over("project_id", order_by=order),
    )
    oldest = nw.col("_heard_on").cum_min().over("project_id", order_by=order)
    earlier = nw.col("_oldest").shift(1).over("project_id", order_by=order)
    is_newest = nw.col("_placed_on") == nw.col("_newest")
    is_oldest = (nw.col("_heard_on") == nw.col("_oldest")) & (nw.col("_oldest") != earlier).fill_null(True)
    running = running.with_columns(_oldest=oldest).with_columns(
        _oldest=nw.col("_oldest").fill_null(strategy="forward").over("project_id", order_by=order)
    )
    marked = running.with_columns(
        _current=nw.when(is_newest).then(nw.col("status_assessment_id")),
        _first=nw.when(is_oldest).then(nw.col("status_assessment_id")),
        current_step=nw.when(is_newest).then(nw.col("step")),
    )
    return marked.with_columns(
        nw.col(name).fill_null(strategy="forward").over("project_id", order_by=order)
        for name in ("_current", "_first", "current_step", "highest_step")
    )


def _known_projects(tables: Tables) -> nw.LazyFrame[Any]:
    """Projects with their round and the day they became known."""
    projects = tables["projects"].select("project_id", "round_id", "source_id")
    return projects.join(source_known_on(tables["sources"]), on="source_id", how="left")


def _seats(tables: Tables) -> nw.LazyFrame[Any]:
    """Every project in every edition year from the one in which it became known."""
    rounds = tables["rounds"].select("round_id", "cohort_year", award_on=last_possible_day("awarded"))
    projects = _known_projects(tables).join(rounds, on="round_id", how="left")
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
        .with_columns(outcome_code=mapped("current_status_code", OUTCOME_OF_STATUS, OUTCOME_UNKNOWN))
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
    projects = _known_projects(tables).select("project_id", _project_known_on="known_on")
    return (
        with_known_on(tables["status_assessments"].drop("is_illustrative"), tables["sources"])
        .join(projects, on="project_id", how="left")
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

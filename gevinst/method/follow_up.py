"""Follow-up: which projects need a word this year, why, and in which order.

Belongs here: the open rule that finds reasons for asking and puts projects in order.
Does not belong here: the words of the questions (texts of the page), what came of those asked before
(`follow_up_answers.py`), and how far projects have come (`status.py`).
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from gevinst.contracts.vocabulary import (
    AWARDED,
    CLOSING_STATEMENT_MISSING,
    DEVELOPED,
    DEVELOPED_NOT_USED,
    DOCUMENTED,
    EFFECTS,
    ENDED,
    ENDING_UNKNOWN,
    EVALUATION_OVERDUE,
    EVENT_ENDED,
    EXPECTED,
    FOLLOW_UP_REASONS,
    MEASURED_BY_PARTICIPANT,
    MEASURED_WITHOUT_TARGET,
    NEVER_ASSESSED,
    NEVER_CAME,
    NOT_CODED,
    NOTHING_HEARD,
    OF_STATUS,
    OUTCOME_UNKNOWN,
    OWNER_ROLES,
    PROMISED_WITHOUT_BASELINE,
    RESULTS_UNREAD,
    SAID_DROPPED,
    SAID_NOT_CAME,
    STALE_WORD,
    TARGET_PASSED,
    TRIED_OUT,
)
from gevinst.method.as_of import every_edition_of, known_in_editions, last_possible_day, source_known_on, with_known_on
from gevinst.method.counting import different, first_of, last_of, place_in
from gevinst.method.frames import Rules, Tables
from gevinst.method.status import months_between

ASK_MONTH = 2
"""The month in which owners are asked: the year has ended, and their own annual reports are due in March."""

_SEAT: tuple[str, ...] = ("edition_year", "project_id")


def follow_up_reasons(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per project, edition year and reason for asking; contract `follow_up_reasons`.

    Silence is judged only where somebody looked: a project that nobody coded for status is not one that was never heard
    from, and a benefit whose results nobody read is not one that was never measured. A project that is stopped or
    continued in another form has said how it ended. A reason that `due_rules` has no row for is not used.
    Source: the rules of table `due_rules`, which the page on follow-up states.
    """
    found = nw.concat([*_of_projects(tables), *_of_documents(tables), *_of_benefits(tables)], how="vertical")
    ranked = found.with_columns(reason_order=place_in("follow_up_reason_code", FOLLOW_UP_REASONS, first=1))
    of_status = nw.col("follow_up_reason_code").is_in(OF_STATUS)
    first_of_status = nw.when(of_status).then(nw.col("reason_order")).min().over(*_SEAT)
    return ranked.with_columns(
        is_main_reason=nw.col("reason_order") == nw.col("reason_order").min().over(*_SEAT),
        is_asked=~of_status | (nw.col("reason_order") == first_of_status).fill_null(False),
    )


def _due(rows: nw.LazyFrame[Any], reason: str, tables: Tables) -> nw.LazyFrame[Any]:
    """`rows` with `follow_up_reason_code` and `after_months`; none where there is no rule for the reason."""
    rules = tables["due_rules"].select("follow_up_reason_code", "after_months")
    named = rows.with_columns(follow_up_reason_code=nw.lit(reason))
    return named.join(rules, on="follow_up_reason_code", how="inner")


def _of_projects(tables: Tables) -> list[nw.LazyFrame[Any]]:
    """Reasons that what is known of a project gives, one frame each."""
    coverage = tables["project_coverage"].select(*_SEAT, "status_absence_code", "is_coded_results")
    known = tables["project_status"].join(coverage, on=list(_SEAT), how="left")
    status, goes_on, after = nw.col("current_status_code"), _goes_on(), nw.col("after_months")
    was_looked_for = nw.col("status_absence_code").fill_null("") != NOT_CODED
    has_waited = {stem: nw.col(f"months_since_{stem}") >= after for stem in ("status", "award")}
    conditions = {
        DEVELOPED_NOT_USED: status.is_in([DEVELOPED, TRIED_OUT]) & has_waited["status"],
        ENDING_UNKNOWN: goes_on & (nw.col("outcome_code") == OUTCOME_UNKNOWN) & has_waited["award"] & was_looked_for,
        NOTHING_HEARD: status.is_in([AWARDED, NEVER_ASSESSED]) & has_waited["award"] & was_looked_for,
        # An award does not grow old: it stays true that nothing has been heard since.
        STALE_WORD: goes_on & has_waited["status"] & (status != AWARDED),
        RESULTS_UNREAD: ~nw.col("is_coded_results"),
    }
    return [
        _without_benefit(_due(known, reason, tables).filter(condition.fill_null(False)))
        for reason, condition in conditions.items()
    ]


def _of_documents(tables: Tables) -> list[nw.LazyFrame[Any]]:
    """Reasons that a document is missing: what is said of the end, and an evaluation that was planned."""
    ended = known_rows("project_events", tables).filter(nw.col("event_code") == EVENT_ENDED)
    last_end = ended.group_by(*_SEAT, "as_of_on").agg(_since=last_possible_day("event").max())
    closed = different(known_rows("closing_statements", tables), *_SEAT)
    going = tables["project_status"].filter(_goes_on()).select(*_SEAT)
    unstated = last_end.join(closed, on=list(_SEAT), how="anti").join(going, on=list(_SEAT), how="semi")
    delivered = source_known_on(tables["sources"]).select(delivered_source_id="source_id", _delivered_on="known_on")
    planned = known_rows("planned_evaluations", tables).join(delivered, on="delivered_source_id", how="left")
    # An edition from before the delivery does not know of it.
    planned = planned.filter(~(nw.col("_delivered_on") <= nw.col("as_of_on")).fill_null(False))
    # Of several that are overdue the first one decides: it has been waited for longest.
    overdue = planned.group_by(*_SEAT, "as_of_on").agg(_since=last_possible_day("planned").min())
    return [
        _without_benefit(
            _due(rows, reason, tables).filter(months_between("_since", "as_of_on") >= nw.col("after_months"))
        )
        for reason, rows in ((CLOSING_STATEMENT_MISSING, unstated), (EVALUATION_OVERDUE, overdue))
    ]


def known_rows(name: str, tables: Tables) -> nw.LazyFrame[Any]:
    """Rows of a core table once for each edition that knows them and their project."""
    rows = with_known_on(tables[name], tables["sources"])
    return known_in_editions(rows, tables)


def _without_benefit(rows: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    return rows.select(
        *_SEAT,
        "follow_up_reason_code",
        benefit_id=nw.lit(None, nw.String),
        more_benefit_count=nw.lit(None, nw.Int64),
    )


def _of_benefits(tables: Tables) -> list[nw.LazyFrame[Any]]:
    """Reasons about a benefit, with the first benefit by the rule and how many there are."""
    found = {
        MEASURED_WITHOUT_TARGET: _measured_without_target(tables),
        TARGET_PASSED: _target_passed(tables),
        PROMISED_WITHOUT_BASELINE: _promised_without_baseline(tables),
    }
    return [_first_benefit(_due(benefits, reason, tables)) for reason, benefits in found.items()]


def _measured_without_target(tables: Tables) -> nw.LazyFrame[Any]:
    measured = tables["planned_realised"].filter(nw.col("is_newest") & nw.col("target_value").is_null())
    return _open_benefits(tables).join(_benefits_of(measured), on=["edition_year", "benefit_id"], how="semi")


def _target_passed(tables: Tables) -> nw.LazyFrame[Any]:
    """Benefits with a target whose date has passed, and no measurement from then or later."""
    years = tables["edition_years"].select("edition_year", "as_of_on")
    dated = (
        tables["planned_realised"]
        .filter(~nw.col("target_value").is_null() & (nw.col("is_newest") | ~nw.col("is_measured")))
        .join(years, on="edition_year", how="inner")
        .with_columns(_target_on=last_possible_day("target"), _measured_on=last_possible_day("measured"))
    )
    is_measured_since = (nw.col("_measured_on") >= nw.col("_target_on")).fill_null(False)
    passed = dated.filter((nw.col("_target_on") < nw.col("as_of_on")).fill_null(False) & ~is_measured_since)
    late = _due(passed, TARGET_PASSED, tables).filter(
        months_between("_target_on", "as_of_on") >= nw.col("after_months")
    )
    return _open_benefits(tables).join(_benefits_of(late), on=["edition_year", "benefit_id"], how="semi")


def _promised_without_baseline(tables: Tables) -> nw.LazyFrame[Any]:
    """Benefits that somebody has promised and nobody, in what was read, has begun to measure."""
    best, status = nw.col("best_evidence_code"), nw.col("benefit_status_code")
    is_promised = nw.col("has_goal") | (nw.col("plan_count") > 0) | (best == EXPECTED).fill_null(False)
    is_measured = best.is_in([MEASURED_BY_PARTICIPANT, DOCUMENTED]).fill_null(False)
    begun = tables["planned_realised"].filter(nw.col("is_measured") | ~nw.col("baseline_value").is_null())
    read = tables["project_coverage"].filter(nw.col("is_coded_results")).select(*_SEAT)
    return (
        _open_benefits(tables)
        .filter(is_promised & ~is_measured & ~status.is_in(NEVER_CAME).fill_null(False))
        .join(_benefits_of(begun), on=["edition_year", "benefit_id"], how="anti")
        .join(_said_never_to_come(tables), on=["edition_year", "benefit_id"], how="anti")
        .join(read, on=list(_SEAT), how="semi")
    )


def _said_never_to_come(tables: Tables) -> nw.LazyFrame[Any]:
    """Benefits of which the owner's newest answer is that they did not come, or are a goal no longer.

    Where there is a plan, the answer is a change of its status too; most benefits have none.
    """
    said = known_rows("answers", tables).filter(~nw.col("benefit_id").is_null())
    newest = last_of(said, ("edition_year", "benefit_id"), "answered_on", "answer_id")
    return _benefits_of(newest.filter(nw.col("answered_outcome_code").is_in([SAID_NOT_CAME, SAID_DROPPED])))


def _benefits_of(rows: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    return different(rows, "edition_year", "benefit_id")


def _open_benefits(tables: Tables) -> nw.LazyFrame[Any]:
    """Benefits, no general potentials or disbenefits, of projects that go on."""
    going = tables["project_status"].filter(_goes_on()).select(*_SEAT)
    return tables["benefit_overview"].filter(nw.col("is_gain")).join(going, on=list(_SEAT), how="semi")


def _goes_on() -> nw.Expr:
    """Nobody has said that the project stopped or went on as something else."""
    return ~nw.col("current_status_code").is_in(ENDED)


def _first_benefit(benefits: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    # Negated, since an order has no direction of its own.
    marked = benefits.with_columns(
        _one=nw.lit(1, nw.Int64),
        _goal=-nw.col("has_goal").cast(nw.Int64),
        _effect=-nw.col("gain_nature_code").is_in(EFFECTS).fill_null(False).cast(nw.Int64),
    )
    placed = marked.with_columns(more_benefit_count=nw.col("_one").sum().over(*_SEAT).cast(nw.Int64) - 1)
    first = first_of(placed, _SEAT, "_goal", "_effect", "benefit_id")
    return first.select(*_SEAT, "follow_up_reason_code", "benefit_id", "more_benefit_count")


def follow_ups(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per project that somebody should be asked about, and edition year; contract `follow_ups`.

    The order is open: a benefit set as a goal first, then the longest silence, then the largest grant, then the id. A
    grant that no source states is after all that are known.
    Source: the rule of the page on follow-up, which is stated there.
    """
    reasons = tables["follow_up_reasons"]
    status = tables["project_status"].select(
        *_SEAT, "current_status_code", "outcome_code", "months_since_award", "round_id"
    )
    listed = (
        reasons.filter(nw.col("is_main_reason"))
        .select(*_SEAT, "follow_up_reason_code", "benefit_id", "more_benefit_count")
        .join(reasons.group_by(*_SEAT).agg(reason_count=nw.len().cast(nw.Int64)), on=list(_SEAT), how="left")
        .join(_unmeasured_goals(tables), on=list(_SEAT), how="left")
        .join(status, on=list(_SEAT), how="left")
        .join(tables["last_words"].drop("is_illustrative", strict=False), on=list(_SEAT), how="left")
        .join(_owners(tables), on=list(_SEAT), how="left")
        .join(tables["grant_amounts"].select(*_SEAT, "grant_amount"), on=list(_SEAT), how="left")
        .join(tables["edition_years"].select("edition_year", "as_of_on"), on="edition_year", how="left")
        .with_columns(nw.col("unmeasured_goal_count").fill_null(0), ask_on=_ask_on())
    )
    ordered = listed.with_columns(
        _goal=-(nw.col("unmeasured_goal_count") > 0).cast(nw.Int64),
        _silence=-nw.col("months_since_last_word"),
        _grant=-nw.col("grant_amount").fill_null(-1.0),
    )
    order = ["_goal", "_silence", "_grant", "project_id"]
    return ordered.with_columns(follow_up_order=nw.col("project_id").cum_count().over("edition_year", order_by=order))


def _unmeasured_goals(tables: Tables) -> nw.LazyFrame[Any]:
    goals = _promised_without_baseline(tables).filter(nw.col("has_goal"))
    return goals.group_by(*_SEAT).agg(unmeasured_goal_count=nw.len().cast(nw.Int64))


def _ask_on() -> nw.Expr:
    """The first 1 February after the edition's date, or the Monday after where that is a weekend."""
    this_year = nw.col("as_of_on").dt.truncate("1y").dt.offset_by(f"{ASK_MONTH - 1}mo").cast(nw.Date)
    next_year = nw.col("as_of_on").dt.truncate("1y").dt.offset_by("1y").dt.offset_by(f"{ASK_MONTH - 1}mo").cast(nw.Date)
    first = nw.when(this_year > nw.col("as_of_on")).then(this_year).otherwise(next_year)
    weekday = first.dt.weekday() % 7  # a Sunday is 7 on some engines and 0 on others
    return (
        nw.when(weekday == 6)
        .then(first.dt.offset_by("2d").cast(nw.Date))
        .otherwise(nw.when(weekday == 0).then(first.dt.offset_by("1d").cast(nw.Date)).otherwise(first))
    )


def _owners(tables: Tables) -> nw.LazyFrame[Any]:
    """The organisation that is asked: the owner, else a co-owner; of several the one with the first id.

    Whoever took over answers for an organisation that is no more.
    """
    owners = tables["participations"].filter(nw.col("role_code").is_in(OWNER_ROLES))
    ranked = owners.select(
        "project_id",
        "organisation_id",
        "source_id",
        _role=place_in("role_code", OWNER_ROLES),
    )
    known = every_edition_of(with_known_on(ranked, tables["sources"]), tables["edition_years"])
    first = first_of(known, _SEAT, "_role", "organisation_id")
    today = tables["organisations"].select("organisation_id", "successor_id")
    return first.join(today, on="organisation_id", how="left").select(
        *_SEAT, owner_organisation_id=nw.coalesce("successor_id", "organisation_id")
    )

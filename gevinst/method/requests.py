"""What came of asking: who was asked and answered, and how old what is known is.

Belongs here: requests and answers side by side, and counts of them by edition year.
Does not belong here: who is to be asked (`follow_up.py`), and what an edition finds of those on the list of the one
before, asked or not (`follow_up_answers.py`).
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from gevinst.contracts.vocabulary import REMINDER
from gevinst.method.as_of import known_in_editions, with_known_on
from gevinst.method.counting import counted, distinct, last_of, per_edition
from gevinst.method.follow_up import known_rows
from gevinst.method.frames import Rules, Tables
from gevinst.method.shares import share_pct

_REQUEST = ("edition_year", "form_id", "project_id")
_ANSWER = (
    "answered_on",
    "known_is_right_code",
    "answered_status_code",
    "answered_status_on",
    "answered_status_precision",
    "obstacle_codes",
)


def request_outcomes(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per form, project in it and edition year that knows of it; contract `request_outcomes`.

    The newest answer counts, whenever it came: whoever answers late has answered. An answer to one form is none to
    another.
    Source: the rule of table `answers`, that a later answer goes before an earlier one.
    """
    requests = known_rows("requests", tables)
    asked = requests.group_by(*_REQUEST).agg(
        asked_on=nw.col("asked_on").min(),
        answer_by_on=nw.col("answer_by_on").max(),
        # Of one form they are the same in every row.
        asked_organisation_id=nw.col("asked_organisation_id").max(),
        asked_edition_id=nw.col("asked_edition_id").max(),
    )
    reminders = requests.filter(nw.col("request_kind_code") == REMINDER)
    reminded = reminders.group_by(*_REQUEST).agg(reminded_on=nw.col("asked_on").max())
    last = last_of(requests, _REQUEST, "asked_on", "request_id").select(
        *_REQUEST, _request_source_id="source_id", _request_locator="source_locator"
    )
    joined = asked
    for part in (reminded, last, _newest_answers(tables)):
        joined = joined.join(part, on=list(_REQUEST), how="left")
    is_answered = ~nw.col("answered_on").is_null()
    return joined.with_columns(
        is_answered=is_answered,
        is_of_this_year=nw.col("asked_on").dt.year().cast(nw.Int64) == nw.col("edition_year"),
        source_id=nw.coalesce("_answer_source_id", "_request_source_id"),
        source_locator=nw.coalesce("_answer_locator", "_request_locator"),
    )


def _newest_answers(tables: Tables) -> nw.LazyFrame[Any]:
    """The newest answer about each project of each form; what it says of single benefits has rows of its own."""
    of_projects = with_known_on(tables["answers"].filter(nw.col("benefit_id").is_null()), tables["sources"])
    forms = tables["requests"].select("request_id", "form_id")
    known = known_in_editions(of_projects.join(forms, on="request_id", how="inner"), tables)
    newest = last_of(known, _REQUEST, "answered_on", "answer_id")
    return newest.select(*_REQUEST, *_ANSWER, _answer_source_id="source_id", _answer_locator="source_locator")


def follow_up_progress(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year: owners and projects asked that year, those that answered, and the age of the last word
    of every project; contract `follow_up_progress`.

    Source: the first of the three clocks in docs/truth.md: what was read late is not news.
    """
    this_year = tables["request_outcomes"].filter(nw.col("is_of_this_year"))
    answered = this_year.filter(nw.col("is_answered"))
    months = nw.col("months_since_last_word")
    limit = rules.stale_after_months
    ages = counted(
        tables["last_words"],
        project_count=~nw.col("project_id").is_null(),
        fresh_word_count=months < limit // 2,
        ageing_word_count=(months >= limit // 2) & (months < limit),
        old_word_count=months >= limit,
    )
    projects = counted(
        this_year, asked_project_count=~nw.col("project_id").is_null(), answered_project_count=nw.col("is_answered")
    )
    joined = per_edition(
        tables["edition_years"],
        ages,
        projects,
        distinct(this_year, "asked_organisation_id", "asked_owner_count"),
        distinct(answered, "asked_organisation_id", "answered_owner_count"),
    )
    shares = joined.with_columns(
        _owners=share_pct("answered_owner_count", "asked_owner_count"),
        _old=share_pct("old_word_count", "project_count"),
    )
    return shares.with_columns(
        answered_owner_pct=nw.when(nw.col("asked_owner_count") >= rules.min_n_for_shares).then(nw.col("_owners")),
        old_word_pct=nw.when(nw.col("project_count") >= rules.min_n_for_shares).then(nw.col("_old")),
    )

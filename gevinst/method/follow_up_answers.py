"""What came of follow-up: for those on the list of the edition published before, what is known now.

Belongs here: the comparison of that list with this edition. It is computed when an edition is built, since the marts do
not know what was published.
Does not belong here: who is asked this year (`follow_up.py`) and other news (`news.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from gevinst.contracts import contract
from gevinst.contracts.schema import polars_schema
from gevinst.contracts.vocabulary import (
    ANSWERED,
    FOUND_NOW,
    HAPPENED_SINCE,
    HEARD,
    NOT_ASKED,
    OF_BENEFITS,
    OF_DOCUMENTS,
    OPEN,
    TIME_UNKNOWN,
)
from gevinst.method.as_of import last_possible_day
from gevinst.method.frames import lazy
from gevinst.method.reconstruction import is_reconstruction

ANSWERS = contract("follow_up_answers")


def follow_up_answers(
    before: Mapping[str, pl.DataFrame],
    before_as_of_on: date | None,
    now: Mapping[str, pl.DataFrame],
    edition_year: int,
    *,
    is_illustrative: bool,
) -> pl.DataFrame:
    """One row per project on the list of the edition before; contract `follow_up_answers`.

    `before` holds the tables of that edition, `now` all tables of the one being built. None where nothing was published
    before, where that edition had no list, and where it was made in hindsight: it asked nobody.
    Source: the rule that reading is not happening: a word counts as newer by what it is about.
    """
    list_before = before.get("follow_ups")
    if (
        list_before is None
        or list_before.is_empty()
        or before_as_of_on is None
        or is_reconstruction(before, before_as_of_on)
    ):
        return pl.DataFrame(schema=polars_schema(ANSWERS))
    compared = (
        _asked(list_before)
        .join(_now(now["last_words"], edition_year), on="project_id", how="inner")
        .join(
            _now(now["project_status"], edition_year).select("project_id", "current_status_code"),
            on="project_id",
            how="left",
        )
        .join(
            _now(now["follow_up_reasons"], edition_year).select(
                "project_id", asked_reason_code="follow_up_reason_code", _applies=pl.lit(value=True)
            ),
            on=["project_id", "asked_reason_code"],
            how="left",
        )
    )
    decided = _with_days(compared).with_columns(
        _answer(), _time(before_as_of_on), is_illustrative=pl.lit(value=is_illustrative)
    )
    counted = decided.with_columns(
        alike_count=pl.len().over("follow_up_answer_code").cast(pl.Int64),
        all_asked_count=pl.len().cast(pl.Int64),
    )
    return counted.select(pl.col(name).cast(type_) for name, type_ in polars_schema(ANSWERS).items()).sort(ANSWERS.key)


def _asked(list_before: pl.DataFrame) -> pl.DataFrame:
    """The list of the edition before: its own year is the last that its marts have."""
    own = list_before.filter(pl.col("edition_year") == pl.col("edition_year").max())
    return own.select(
        "project_id",
        asked_edition_year="edition_year",
        asked_reason_code="follow_up_reason_code",
        word_before_on="last_word_on",
        word_before_precision="last_word_precision",
    )


def _now(mart: pl.DataFrame, edition_year: int) -> pl.DataFrame:
    return mart.filter(pl.col("edition_year") == edition_year)


def _with_days(compared: pl.DataFrame) -> pl.DataFrame:
    """With the last days that the word before and the word now can be about."""
    days = lazy(compared).with_columns(_before=last_possible_day("word_before"), _after=last_possible_day("last_word"))
    return days.collect("polars").to_native()


def _answer() -> pl.Expr:
    is_newer, is_gone = _is_newer(), pl.col("_applies").is_null()
    is_settled = is_gone & (is_newer | pl.col("asked_reason_code").is_in([*OF_BENEFITS, *OF_DOCUMENTS]))
    return (
        pl.when(is_settled)
        .then(pl.lit(ANSWERED))
        .when(is_newer)
        .then(pl.lit(HEARD))
        .when(is_gone)
        .then(pl.lit(NOT_ASKED))
        .otherwise(pl.lit(OPEN))
        .alias("follow_up_answer_code")
    )


def _time(before_as_of_on: date) -> pl.Expr:
    """Whether what is newer happened after the edition before, or was only found since."""
    last = pl.lit(before_as_of_on, pl.Date)
    return (
        pl.when(~_is_newer())
        .then(None)
        .when(pl.col("last_word_on") > last)
        .then(pl.lit(HAPPENED_SINCE))
        .when(pl.col("_after") <= last)
        .then(pl.lit(FOUND_NOW))
        .otherwise(pl.lit(TIME_UNKNOWN))
        .alias("change_time_code")
    )


def _is_newer() -> pl.Expr:
    return pl.col("_after") > pl.col("_before")

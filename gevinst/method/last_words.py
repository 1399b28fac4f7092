"""The last word of each project: the latest that any source says of how it goes.

Belongs here: finding it among statuses, benefits achieved and measurements, and its age.
Does not belong here: who is asked for another (`follow_up.py`).
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from gevinst.contracts.vocabulary import (
    AWARD_WORD,
    CLAIM_WORD,
    EXPECTED,
    LAST_WORDS,
    MEASUREMENT_WORD,
    STATUS_WORD,
)
from gevinst.method.as_of import last_possible_day
from gevinst.method.counting import last_of, place_in
from gevinst.method.frames import Rules, Tables
from gevinst.method.status import months_between

_SEAT: tuple[str, ...] = ("edition_year", "project_id")
_WORD = (
    "last_word_code",
    "last_word_on",
    "last_word_precision",
    "last_word_benefit_id",
    "source_id",
    "source_locator",
    "_id",
    "_about_on",
)


def last_words(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per project and edition year that knows it; contract `last_words`.

    The last word is the latest by what it is about, never by when it was read. What is about a period that has not
    ended counts as heard on the edition's own day. An expectation is no word of how a project goes.
    Source: the first of the three clocks in docs/truth.md.
    """
    years = tables["edition_years"].select("edition_year", "as_of_on")
    words = nw.concat(
        [_award_words(tables), _status_words(tables), _claim_words(tables), _measurement_words(tables)], how="vertical"
    )
    dated = words.join(years, on="edition_year", how="inner").with_columns(
        _about_on=nw.min_horizontal("_about_on", "as_of_on"),
        # An award is the last word only where there is no other, however roughly that is dated.
        _is_more=(nw.col("last_word_code") != AWARD_WORD).cast(nw.Int64),
        _rank=place_in("last_word_code", LAST_WORDS),
    )
    last = last_of(dated, _SEAT, "_is_more", "_about_on", "_rank", "_id")
    return last.with_columns(
        months_since_last_word=months_between("_about_on", "as_of_on"),
        years_since_last_word=_years_between("_about_on", "as_of_on"),
    )


def _years_between(earlier: str, later: str) -> nw.Expr:
    """Whole years from one day to another."""
    first, last = nw.col(earlier), nw.col(later)
    is_before = (last.dt.month() < first.dt.month()) | (
        (last.dt.month() == first.dt.month()) & (last.dt.day() < first.dt.day())
    )
    return (last.dt.year() - first.dt.year() - is_before.cast(nw.Int64)).cast(nw.Int64)


def _words(rows: nw.LazyFrame[Any], kind: str, stem: str, row_id: str, benefit_id: str | None) -> nw.LazyFrame[Any]:
    named = rows.filter(~nw.col(f"{stem}_on").is_null()).with_columns(
        _about_on=last_possible_day(stem),
        last_word_code=nw.lit(kind),
        last_word_on=nw.col(f"{stem}_on"),
        last_word_precision=nw.col(f"{stem}_precision"),
        last_word_benefit_id=nw.col(benefit_id) if benefit_id else nw.lit(None, nw.String),
        _id=nw.col(row_id),
    )
    return named.select(*_SEAT, *_WORD)


def _award_words(tables: Tables) -> nw.LazyFrame[Any]:
    rounds = tables["rounds"].select(
        "round_id", "awarded_on", "awarded_precision", _source_id="source_id", _locator="source_locator"
    )
    placed = tables["project_status"].select(*_SEAT, "round_id").join(rounds, on="round_id", how="inner")
    return _words(
        placed.with_columns(source_id=nw.col("_source_id"), source_locator=nw.col("_locator")),
        AWARD_WORD,
        "awarded",
        "round_id",
        None,
    )


def _status_words(tables: Tables) -> nw.LazyFrame[Any]:
    return _words(tables["project_status"], STATUS_WORD, "status", "project_id", None)


def _claim_words(tables: Tables) -> nw.LazyFrame[Any]:
    """What somebody says has come about; an expectation says nothing of how a project goes."""
    about = tables["benefit_claims"].select("benefit_claim_id", "about_on", "about_precision")
    said = tables["benefit_trail"].filter(nw.col("evidence_code") != EXPECTED)
    return _words(
        said.join(about, on="benefit_claim_id", how="inner"), CLAIM_WORD, "about", "benefit_claim_id", "benefit_id"
    )


def _measurement_words(tables: Tables) -> nw.LazyFrame[Any]:
    made = tables["planned_realised"].filter(nw.col("is_newest"))
    return _words(made, MEASUREMENT_WORD, "measured", "benefit_measurement_id", "benefit_id")

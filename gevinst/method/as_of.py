"""When something became known, and what that means for an edition.

Belongs here: the rule for dates that a source gives only roughly, the day a row became known, the calendar of
editions, and how an edition sees an interval. Every as-of result starts here.
Does not belong here: what is then computed from the known rows.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import narwhals as nw

from gevinst.contracts import REFERENCE, contract
from gevinst.contracts.vocabulary import AT_EARLIEST, REFERENCE_DATA
from gevinst.method.counting import different
from gevinst.method.frames import Rules, Tables

LOOKUPS = ("sources", "organisations", "assessment_rounds")
"""Tables that say who and how rather than what: an edition keeps their rows as long as a row of it refers to them.

An organisation is described once, often from a document later than those that first name it, and the round in which
documents were read is later than all of them.
"""


def last_possible_day(stem: str) -> nw.Expr:
    """The last day that ``<stem>_on`` can mean, by ``<stem>_precision``.

    A month or a year counts as its last day, so that nothing is used before it was certain; ``earliest`` (not before)
    and ``day`` count unchanged. Null stays null.
    """
    day, precision = nw.col(f"{stem}_on"), nw.col(f"{stem}_precision")
    month_end = day.dt.truncate("1mo").dt.offset_by("1mo").dt.offset_by("-1d").cast(nw.Date)
    year_end = day.dt.truncate("1y").dt.offset_by("1y").dt.offset_by("-1d").cast(nw.Date)
    return (
        nw.when(precision == "month")
        .then(month_end)
        .otherwise(nw.when(precision == "year").then(year_end).otherwise(day))
    )


def first_possible_day(stem: str) -> nw.Expr:
    """The first day that ``<stem>_on`` can mean; the first day of a month or year represents the whole of it."""
    return nw.col(f"{stem}_on")


def source_published(sources: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """One row per source with `public_from` and `public_to`: the days between which it became public.

    Of a dated document the days that its date can mean. Of an undated one, or one dated "not before", the bounds that
    evidence gives; without evidence `public_from` is null and `public_to` the day it was read. No document became
    public after it was read. Source: the second of the three clocks in docs/truth.md.
    """
    is_dated = ~nw.col("published_on").is_null()
    is_open = (nw.col("published_precision") == AT_EARLIEST).fill_null(False) | ~is_dated
    last = nw.coalesce(nw.when(~is_open).then(last_possible_day("published")), "public_not_after", "accessed_on")
    first = nw.when(is_dated).then(first_possible_day("published")).otherwise(nw.col("public_not_before"))
    return sources.select("source_id", public_from=first, public_to=nw.min_horizontal(last, "accessed_on"))


def source_known_on(sources: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """One row per source with `known_on`, the day from which it certainly was public (`source_published`)."""
    return source_published(sources).select("source_id", known_on="public_to")


def with_known_on(frame: nw.LazyFrame[Any], sources: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """`frame` (with `source_id`) and `known_on`, the day its source became known."""
    return frame.join(source_known_on(sources), on="source_id", how="left")


def rows_known_on(name: str, tables: Tables) -> nw.LazyFrame[Any]:
    """Rows of core table `name` (with `source_id`) and `known_on`: no earlier than that of any row they refer to.

    A figure of a round that no source had named by then is in no edition yet, however old its own document is.
    """
    rows = with_known_on(tables[name], tables["sources"])
    for column, target, target_column in contract(name).references:
        if target not in LOOKUPS and contract(target) not in REFERENCE:
            # A row that refers to another of its own table (a changed plan) refers to one that refers to none.
            dated = rows if target == name else rows_known_on(target, tables)
            targets = dated.select(nw.col(target_column).alias(column), _target_on="known_on")
            rows = rows.join(targets, on=column, how="left")
            rows = rows.with_columns(known_on=nw.max_horizontal("known_on", "_target_on")).drop("_target_on")
    return rows


def read_for_scheme() -> nw.Expr:
    """Whether a document was read for the scheme, and is not one behind what comes with the program."""
    return ~(nw.col("document_type_code") == REFERENCE_DATA).fill_null(False)


def edition_years(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year from `rules.first_year` to `rules.last_year`; contract `edition_years`.

    `as_of_on` is the last day of the year, or the last day on which any source was read when that is earlier: nothing
    can be known later than it was read. Counts are of sources and projects known by then.
    """
    sources = source_known_on(tables["sources"].filter(read_for_scheme()))
    calendar = _calendar(tables["sources"], rules)
    projects = with_known_on(tables["projects"].select("project_id", "source_id"), tables["sources"])
    return (
        calendar.join(_known_count(calendar, sources, "source_count"), on="edition_year", how="left")
        .join(_known_count(calendar, projects, "project_count"), on="edition_year", how="left")
        .with_columns(nw.col("source_count").fill_null(0), nw.col("project_count").fill_null(0))
    )


def _calendar(sources: nw.LazyFrame[Any], rules: Rules) -> nw.LazyFrame[Any]:
    """One row per year; written as a union so that it runs inside the engine that holds `sources`."""
    last_read = sources.select(last_read_on=nw.col("accessed_on").max())
    years = [
        last_read.select(
            edition_year=nw.lit(year, nw.Int64),
            as_of_on=nw.min_horizontal(nw.lit(date(year, 12, 31)), "last_read_on"),
        )
        for year in range(rules.first_year, rules.last_year + 1)
    ]
    return nw.concat(years, how="vertical")


def _known_count(calendar: nw.LazyFrame[Any], dated: nw.LazyFrame[Any], name: str) -> nw.LazyFrame[Any]:
    days = dated.group_by("known_on").agg(nw.len().alias("_n"))
    known = calendar.join(days, how="cross").filter(nw.col("known_on") <= nw.col("as_of_on"))
    return known.group_by("edition_year").agg(nw.col("_n").sum().cast(nw.Int64).alias(name))


def first_edition_of(dated: nw.LazyFrame[Any], calendar: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """`dated` (with `known_on`) and the first `edition_year` in which each row is known; later rows are left out.

    Uses the days on which years end, one interval per year, so that rows are never crossed with editions.
    """
    spans = calendar.select("edition_year", "as_of_on").with_columns(
        _after=nw.col("as_of_on").shift(1).over(order_by="edition_year")
    )
    days = (
        different(dated, "known_on")
        .join(spans, how="cross")
        .filter(
            # Open at the start, closed at the end: what is known on 31 December belongs to the year that ends then.
            (nw.col("known_on") <= nw.col("as_of_on"))
            & (nw.col("_after").is_null() | (nw.col("known_on") > nw.col("_after")))
        )
    )
    return dated.join(days.select("known_on", "edition_year"), on="known_on", how="inner")


def every_edition_of(dated: nw.LazyFrame[Any], calendar: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """`dated` (with `known_on`) once for each edition that knows the row, with `edition_year` and `as_of_on`.

    Years are crossed with years and never rows with years: a row is joined to the editions from its first one on.
    """
    first = first_edition_of(dated, calendar).rename({"edition_year": "_first_year"})
    years = calendar.select("edition_year", "as_of_on")
    later = (
        years.select(_first_year="edition_year")
        .join(years, how="cross")
        .filter(nw.col("edition_year") >= nw.col("_first_year"))
    )
    return first.join(later, on="_first_year", how="inner").drop("_first_year")


_OF_THE_END = ("valid_to", "superseded_by_id")
"""Columns of an interval that nobody can know before it has ended."""


def as_seen(intervals: nw.LazyFrame[Any], as_of_on: nw.Expr) -> nw.LazyFrame[Any]:
    """`intervals` (with `valid_from` and `valid_to`) that have begun by the day `as_of_on`, as they were seen that day.

    An end that lies ahead is not known yet: `valid_to` is null, and so is `superseded_by_id` where there is one. An
    interval that ends on the very day has ended.
    """
    has_ended = (nw.col("valid_to") <= as_of_on).fill_null(False)
    columns = intervals.collect_schema().names()
    return intervals.filter(nw.col("valid_from") <= as_of_on).with_columns(
        nw.when(has_ended).then(nw.col(name)).alias(name) for name in _OF_THE_END if name in columns
    )


def as_seen_by_last_edition(intervals: nw.LazyFrame[Any], calendar: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """`intervals` as the last edition of `calendar` sees them.

    A statement may be about a day that has not come when it is read; what follows from it is in no edition before then.
    """
    last = calendar.select(_last_on=nw.col("as_of_on").max())
    return as_seen(intervals.join(last, how="cross"), nw.col("_last_on")).drop("_last_on")


def intervals_per_edition(intervals: nw.LazyFrame[Any], calendar: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """`intervals` once for each edition that knows the row, `as_seen` by that edition.

    Adds `edition_year` and `as_of_on`.
    """
    known = every_edition_of(intervals.with_columns(known_on=nw.col("valid_from")), calendar)
    return as_seen(known, nw.col("as_of_on"))


def dated_statements(rows: nw.LazyFrame[Any], sources: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """`rows` (with `assessed_on`, `assessed_precision` and `source_id`), `about_on` and `known_on`.

    `about_on` is the last day the date can mean; `known_on` is the later of that day and the day the source became
    known.
    """
    return (
        with_known_on(rows, sources)
        .with_columns(about_on=last_possible_day("assessed"))
        .with_columns(known_on=nw.max_horizontal("known_on", "about_on"))
    )


def seats(tables: Tables) -> nw.LazyFrame[Any]:
    """Every project in every edition that knows it, with the edition's `as_of_on`; from mart `project_status`."""
    years = tables["edition_years"].select("edition_year", "as_of_on")
    return tables["project_status"].select("edition_year", "project_id").join(years, on="edition_year", how="inner")


def known_in_editions(rows: nw.LazyFrame[Any], tables: Tables) -> nw.LazyFrame[Any]:
    """`rows` (with `project_id` and `known_on`) once per edition that knows both the project and the row."""
    return seats(tables).join(rows, on="project_id", how="inner").filter(nw.col("known_on") <= nw.col("as_of_on"))


def in_force(
    valuations: nw.LazyFrame[Any], sources: nw.LazyFrame[Any], editions: nw.LazyFrame[Any], row_id: str
) -> nw.LazyFrame[Any]:
    """`valuations` once for each edition year in which the row is the newest known one about its effect.

    The effect is `project_id` and `effect_id`; a row is known from the day its source is (`known_on`), and gives way
    to the next known row about the same effect. Of rows known on the same day the one with the last id counts.
    Adds `edition_year` and `known_on`.
    """
    effect = ("project_id", "effect_id")
    dated = with_known_on(valuations, sources)
    # Of rows known on the same day all but the last get an empty span, which no edition falls into.
    spans = dated.with_columns(_until=nw.col("known_on").shift(-1).over(*effect, order_by=["known_on", row_id]))
    return (
        spans.join(editions.select("edition_year", "as_of_on"), how="cross")
        .filter(
            (nw.col("known_on") <= nw.col("as_of_on"))
            & (nw.col("_until").is_null() | (nw.col("as_of_on") < nw.col("_until")))
        )
        .drop("_until", "as_of_on")
    )

"""Reading and coding: how much of each document was read and for what, and what to read again first.

Belongs here: marts computed from `coding_coverage`, and which projects were coded for what.
Does not belong here: what was found (`coverage.py`, `gains.py`) and how coders agree (`agreement.py`).
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from gevinst.contracts.vocabulary import NOT_READ, READ_EXTENTS, READ_IN_PART, READ_WHOLE
from gevinst.method.as_of import every_edition_of, read_for_scheme, source_published, with_known_on
from gevinst.method.benefits import rows_of_benefits
from gevinst.method.counting import counted, distinct, place_in
from gevinst.method.frames import Rules, Tables
from gevinst.method.stretches import known_at_moments

CODED = ("is_coded_status", "is_coded_expected", "is_coded_results")
"""What a document may have been coded for."""
MENTIONS = (
    "projects",
    "project_events",
    "project_grants",
    "participations",
    "status_assessments",
    "benefits",
    "benefit_claims",
    "follow_on_funding",
    "coding_coverage",
)
"""Tables whose rows say that a document is about a project."""
_OF_READING = ("coding_coverage", "claim_codings")
"""Tables about the reading itself: a document does not become important by being read."""


def dated_rows(name: str, tables: Tables) -> nw.LazyFrame[Any]:
    """Rows of a table about projects with `known_on`; a claim is known no earlier than its benefit."""
    if name == "benefit_claims":
        return rows_of_benefits(name, tables)
    return with_known_on(tables[name], tables["sources"])


def mentions(tables: Tables) -> nw.LazyFrame[Any]:
    """`project_id` and `source_id` of every document that is about a project, once, and `known_on`."""
    rows = [dated_rows(name, tables).select("project_id", "source_id", "known_on") for name in MENTIONS]
    return nw.concat(rows, how="vertical").group_by("project_id", "source_id").agg(nw.col("known_on").min())


def coded_projects(tables: Tables, begun: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """One row per project that anybody has coded and moment: what for, and documents read in whole.

    `begun` are `moments` of projects. Only documents that were public by then count, whenever they were coded: an
    edition of an earlier year says what could have been read then. A second coder adds to what was looked for and never
    takes away from it.
    """
    known = known_at_moments(with_known_on(tables["coding_coverage"], tables["sources"]), begun, "project_id")
    key = ("project_id", "valid_from")
    coded = known.group_by(*key).agg(nw.col(name).cast(nw.Int64).max() for name in CODED)
    whole = distinct(known.filter(nw.col("read_code") == READ_WHOLE), "source_id", "read_whole_count", key)
    return coded.join(whole, on=list(key), how="left").with_columns(
        nw.col("read_whole_count").fill_null(0), *(nw.col(name) > 0 for name in CODED)
    )


def document_reading(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per document and edition year that knows it; contract `document_reading`.

    Whoever read most of a document counts. A document that is not in `coding_coverage` is read as far as `sources`
    says, and coded for nothing. Source: what was not looked for cannot be reported as not found.
    """
    read = tables["sources"].filter(read_for_scheme())
    sources = read.join(source_published(tables["sources"]), on="source_id", how="left")
    dated = sources.select("source_id", "is_partly_read", "public_from", "public_to", known_on="public_to")
    known = every_edition_of(dated, tables["edition_years"])
    coded = (
        tables["coding_coverage"]
        .with_columns(_extent=_extent_rank())
        .group_by("source_id")
        .agg(nw.col("_extent").min(), *(nw.col(name).cast(nw.Int64).max() for name in CODED))
    )
    resting = tables["source_use"].filter(~nw.col("table_name").is_in(_OF_READING))
    rows = resting.group_by("edition_year", "source_id").agg(nw.col("row_count").sum().cast(nw.Int64))
    stated = nw.when(nw.col("is_partly_read")).then(nw.lit(READ_IN_PART)).otherwise(nw.lit(READ_WHOLE))
    return (
        known.join(coded, on="source_id", how="left")
        .join(rows, on=["edition_year", "source_id"], how="left")
        .with_columns(
            read_code=nw.when(nw.col("_extent").is_null()).then(stated).otherwise(_extent_code()),
            row_count=nw.col("row_count").fill_null(0),
            **{name: nw.col(name).fill_null(0) > 0 for name in CODED},
        )
    )


def _extent_rank() -> nw.Expr:
    """0 for a document read in whole, then in part, then not read."""
    return place_in("read_code", READ_EXTENTS)


def _extent_code() -> nw.Expr:
    extent = nw.col("_extent")
    rest = nw.when(extent == READ_EXTENTS.index(READ_IN_PART)).then(nw.lit(READ_IN_PART)).otherwise(nw.lit(NOT_READ))
    return nw.when(extent == READ_EXTENTS.index(READ_WHOLE)).then(nw.lit(READ_WHOLE)).otherwise(rest)


def reading_list(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year and document that should be read again; contract `reading_list`.

    Documents on no project are left out, and so are those read in whole and coded for results: only a newer document
    could say more. The order is open: results unread, old statuses, rows that rest on it, id.
    """
    key = ["edition_year", "source_id"]
    status = tables["project_status"].select("edition_year", "project_id", "is_stale")
    about = counted(
        mentions(tables).join(status, on="project_id", how="inner"),
        key,
        project_count=~nw.col("project_id").is_null(),
        stale_project_count=nw.col("is_stale"),
    )
    unread = ~nw.col("is_coded_results")
    found = (
        tables["document_reading"]
        .filter((nw.col("read_code") != READ_WHOLE) | unread)
        .join(about, on=key, how="inner")
        .with_columns(
            is_results_unread=unread,
            _coded=nw.col("is_coded_results").cast(nw.Int64),
            # Negated, since an order has no direction of its own.
            _stale=-nw.col("stale_project_count"),
            _rows=-nw.col("row_count"),
        )
    )
    order = ["_coded", "_stale", "_rows", "source_id"]
    return found.with_columns(reading_order=nw.col("source_id").cum_count().over("edition_year", order_by=order))

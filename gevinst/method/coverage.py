"""Coverage: what is known of whom at each edition.

Belongs here: the eight facts a reader may expect of a project, and the day each became known.
Does not belong here: the values of those facts.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from gevinst.contracts.vocabulary import ACHIEVED, DOCUMENTED, EXPECTED, NOTHING_BEYOND_AWARD
from gevinst.method.as_of import with_known_on
from gevinst.method.benefits import rows_of_benefits
from gevinst.method.frames import Rules, Tables

FACTS = (
    "has_owner",
    "has_supplier",
    "has_period",
    "has_grant",
    "has_status_beyond_award",
    "has_expected_benefit",
    "has_reported_benefit",
    "has_documented_benefit",
)
"""The eight facts; `known_count` is how many of them hold."""


def project_coverage(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per project and edition year in which it is known; contract `project_coverage`.

    A fact is known from the day the first document that states it became known. Unknown is not no: a missing grant
    means that no source states it.
    """
    seats = (
        tables["project_status"]
        .select("edition_year", "project_id")
        .join(tables["edition_years"].select("edition_year", "as_of_on"), on="edition_year", how="left")
    )
    first_known = _first_known(tables)
    joined = seats.join(_documents(tables, seats), on=["edition_year", "project_id"], how="left").with_columns(
        nw.col("source_count").fill_null(0)
    )
    # One join per fact: narwhals has no pivot of lazy frames.
    for fact in FACTS:
        days = first_known.filter(nw.col("fact") == fact).select("project_id", _day="known_on")
        joined = (
            joined.join(days, on="project_id", how="left")
            .with_columns((nw.col("_day") <= nw.col("as_of_on")).fill_null(False).alias(fact))
            .drop("_day")
        )
    return joined.with_columns(known_count=nw.sum_horizontal(nw.col(fact).cast(nw.Int64) for fact in FACTS))


def _rows_by_fact(tables: Tables) -> dict[str, nw.LazyFrame[Any]]:
    """For each fact the rows (with `project_id` and `known_on`) that state it."""
    claims, participations = _dated("benefit_claims", tables), _dated("participations", tables)
    rank = nw.col("evidence_code")
    return {
        "has_owner": participations.filter(nw.col("role_code") == "owner"),
        "has_supplier": participations.filter(nw.col("role_code") == "supplier"),
        "has_period": _dated("project_events", tables),
        "has_grant": _dated("project_grants", tables),
        "has_status_beyond_award": _dated("status_assessments", tables).filter(
            ~nw.col("status_code").is_in(NOTHING_BEYOND_AWARD)
        ),
        "has_expected_benefit": claims.filter(rank == EXPECTED),
        "has_reported_benefit": claims.filter(rank.is_in(ACHIEVED)),
        "has_documented_benefit": claims.filter(rank == DOCUMENTED),
    }


def _dated(name: str, tables: Tables) -> nw.LazyFrame[Any]:
    """Rows of a table about projects with `known_on`; a claim is known no earlier than its benefit."""
    if name == "benefit_claims":
        return rows_of_benefits(name, tables)
    return with_known_on(tables[name], tables["sources"])


def _first_known(tables: Tables) -> nw.LazyFrame[Any]:
    parts = [
        rows.group_by("project_id").agg(nw.col("known_on").min()).with_columns(nw.lit(fact).alias("fact"))
        for fact, rows in _rows_by_fact(tables).items()
    ]
    return nw.concat(parts, how="vertical")


def _documents(tables: Tables, seats: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """How many documents mention each project at each edition."""
    names = (
        "projects",
        "project_events",
        "project_grants",
        "participations",
        "status_assessments",
        "benefits",
        "benefit_claims",
        "follow_on_funding",
    )
    rows = [_dated(name, tables).select("project_id", "source_id", "known_on") for name in names]
    pairs = nw.concat(rows, how="vertical").group_by("project_id", "source_id").agg(nw.col("known_on").min())
    days = pairs.group_by("project_id", "known_on").agg(_n=nw.len())
    known = seats.join(days, on="project_id", how="inner").filter(nw.col("known_on") <= nw.col("as_of_on"))
    return known.group_by("edition_year", "project_id").agg(source_count=nw.col("_n").sum().cast(nw.Int64))

"""Coverage: what is known of whom at each edition.

Belongs here: the eight facts a reader may expect of a project, and the day each became known.
Does not belong here: the values of those facts.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from gevinst.contracts.vocabulary import (
    ACHIEVED,
    DOCUMENTED,
    EXPECTED,
    NEVER_ASSESSED,
    NEVER_CAME,
    NOT_CODED,
    NOT_FOUND,
    NOTHING_BEYOND_AWARD,
    STATED_NOT,
)
from gevinst.method.benefits import known_benefits
from gevinst.method.frames import Rules, Tables
from gevinst.method.reading import CODED, coded_projects, dated_rows, mentions

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
_FOUND = dict(zip(CODED, ("has_status_beyond_award", "has_expected_benefit", "has_reported_benefit"), strict=True))
"""What is found when a document is coded for something."""
_SPOKEN = dict(zip(CODED, ("_spoken_status", "_spoken_expected", "_spoken_results"), strict=True))
"""Whether anything is stated, a general potential or a disbenefit among it: somebody looked, whatever was recorded."""


def project_coverage(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per project and edition year in which it is known; contract `project_coverage`.

    A fact is known from the day the first document that states it became known. Unknown is not no: a missing grant
    means that no source that was read states it, and of status and benefits the reason is given. What is found was
    looked for, also where no coding is recorded. Source: not coded, not found in what was read and stated not to be so
    are three different things.
    """
    seats = (
        tables["project_status"]
        .select("edition_year", "project_id")
        .join(tables["edition_years"].select("edition_year", "as_of_on"), on="edition_year", how="left")
    )
    first_known = _first_known(tables)
    # A project has at least the document that made it known, so that the count is never empty.
    joined = seats.join(_documents(tables, seats), on=["edition_year", "project_id"], how="left")
    # One join per fact: narwhals has no pivot of lazy frames.
    for fact in (*FACTS, *_SPOKEN.values()):
        days = first_known.filter(nw.col("fact") == fact).select("project_id", _day="known_on")
        joined = (
            joined.join(days, on="project_id", how="left")
            .with_columns((nw.col("_day") <= nw.col("as_of_on")).fill_null(False).alias(fact))
            .drop("_day")
        )
    counts = nw.sum_horizontal(nw.col(fact).cast(nw.Int64) for fact in FACTS)
    return _with_absences(joined.with_columns(known_count=counts), tables)


def _with_absences(known: nw.LazyFrame[Any], tables: Tables) -> nw.LazyFrame[Any]:
    """`known` (with the eight facts) with what each project was coded for, and why a fact is not known."""
    key = ["edition_year", "project_id"]
    never = tables["planned_realised"].filter(nw.col("benefit_status_code").is_in(NEVER_CAME))
    joined = (
        known.join(coded_projects(tables), on=key, how="left")
        .join(_surest(tables), on=key, how="left")
        .join(never.select(*key).unique().with_columns(_never=nw.lit(1, nw.Int64)), on=key, how="left")
        .with_columns(
            nw.col("read_whole_count").fill_null(0),
            *(nw.col(name).fill_null(False) | nw.col(spoken) for name, spoken in _SPOKEN.items()),
        )
    )
    # A plan that says that the benefit did not come was read for results, whatever was recorded.
    came_not = ~nw.col("_never").is_null()
    return joined.with_columns(is_coded_results=nw.col("is_coded_results") | came_not).with_columns(
        status_absence_code=_absence("is_coded_status"),
        expected_absence_code=_absence("is_coded_expected"),
        results_absence_code=nw.when(came_not & ~nw.col("has_reported_benefit"))
        .then(nw.lit(STATED_NOT))
        .otherwise(_absence("is_coded_results")),
    )


def _surest(tables: Tables) -> nw.LazyFrame[Any]:
    """The best evidence of any benefit of a project, per edition year."""
    evidence = tables["codelists"].filter(nw.col("codelist") == "evidence")
    ranks = evidence.select(best_evidence_code="code", _rank="rank")
    gains = tables["benefit_evidence"].filter(nw.col("is_gain")).join(ranks, on="best_evidence_code", how="inner")
    best = gains.group_by("edition_year", "project_id").agg(nw.col("_rank").max())
    return best.join(ranks, on="_rank", how="inner").select("edition_year", "project_id", "best_evidence_code")


def _absence(is_coded: str) -> nw.Expr:
    """Null where something is found, else whether anybody looked for it."""
    looked = nw.when(nw.col(is_coded)).then(nw.lit(NOT_FOUND)).otherwise(nw.lit(NOT_CODED))
    return nw.when(~nw.col(_FOUND[is_coded])).then(looked)


def _rows_by_fact(tables: Tables) -> dict[str, nw.LazyFrame[Any]]:
    """For each fact the rows (with `project_id` and `known_on`) that state it."""
    said, participations = dated_rows("benefit_claims", tables), dated_rows("participations", tables)
    # A general potential is no benefit, and a disbenefit is none.
    gains = known_benefits(tables).filter(nw.col("is_gain")).select("benefit_id")
    claims = said.join(gains, on="benefit_id", how="semi")
    assessed = dated_rows("status_assessments", tables).filter(nw.col("status_code") != NEVER_ASSESSED)
    rank = nw.col("evidence_code")
    return {
        "has_owner": participations.filter(nw.col("role_code") == "owner"),
        "has_supplier": participations.filter(nw.col("role_code") == "supplier"),
        "has_period": dated_rows("project_events", tables),
        "has_grant": dated_rows("project_grants", tables),
        "has_status_beyond_award": assessed.filter(~nw.col("status_code").is_in(NOTHING_BEYOND_AWARD)),
        "has_expected_benefit": claims.filter(rank == EXPECTED),
        "has_reported_benefit": claims.filter(rank.is_in(ACHIEVED)),
        "has_documented_benefit": claims.filter(rank == DOCUMENTED),
        "_spoken_status": assessed,
        "_spoken_expected": said.filter(rank == EXPECTED),
        "_spoken_results": said.filter(rank.is_in(ACHIEVED)),
    }


def _first_known(tables: Tables) -> nw.LazyFrame[Any]:
    parts = [
        rows.group_by("project_id").agg(nw.col("known_on").min()).with_columns(nw.lit(fact).alias("fact"))
        for fact, rows in _rows_by_fact(tables).items()
    ]
    return nw.concat(parts, how="vertical")


def _documents(tables: Tables, seats: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """How many documents mention each project at each edition."""
    days = mentions(tables).group_by("project_id", "known_on").agg(_n=nw.len())
    known = seats.join(days, on="project_id", how="inner").filter(nw.col("known_on") <= nw.col("as_of_on"))
    return known.group_by("edition_year", "project_id").agg(source_count=nw.col("_n").sum().cast(nw.Int64))

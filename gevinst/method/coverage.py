"""Coverage: what is known of whom, and from when.

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
    FOR_THE_BETTER,
    NEVER_ASSESSED,
    NEVER_CAME,
    NOT_CODED,
    NOT_FOUND,
    NOTHING_BEYOND_AWARD,
    STATED_NOT,
)
from gevinst.method.as_of import as_seen_by_last_edition, with_known_on
from gevinst.method.benefits import known_benefits
from gevinst.method.counting import different
from gevinst.method.frames import Rules, Tables
from gevinst.method.gains import evidence_ranks, gain_categories
from gevinst.method.reading import CODED, MENTIONS, coded_projects, dated_rows, mentions
from gevinst.method.stretches import known_at_moments, merged, moments, standing_at_moments, stretches_per_edition

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
_MOMENT: tuple[str, ...] = ("project_id", "valid_from")
_FOUND: dict[str, str] = dict(
    zip(CODED, ("has_status_beyond_award", "has_expected_benefit", "has_reported_benefit"), strict=True)
)
"""What is found when a document is coded for something."""
_SPOKEN = dict(zip(CODED, ("_spoken_status", "_spoken_expected", "_spoken_results"), strict=True))
"""Whether anything is stated, a general potential or a disbenefit among it: somebody looked, whatever was recorded."""


def coverage_validity(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per project and stretch in which nothing that is known of it changed; contract `coverage_validity`.

    A fact is known from the day the first document that states it became known. Unknown is not no: a missing grant
    means that no source that was read states it, and of status and benefits the reason is given. What is found was
    looked for, also where no coding is recorded. No stretch begins before the project itself is known. Source: not
    coded, not found in what was read and stated not to be so are three different things.
    """
    begun = _moments(tables)
    first_known = _first_known(tables)
    # A project has at least the document that made it known, so that the count is never empty.
    joined = begun.join(_documents(tables, begun), on=list(_MOMENT), how="left")
    # One join per fact: narwhals has no pivot of lazy frames.
    for fact in (*FACTS, *_SPOKEN.values()):
        days = first_known.filter(nw.col("fact") == fact).select("project_id", _day="known_on")
        joined = (
            joined.join(days, on="project_id", how="left")
            .with_columns((nw.col("_day") <= nw.col("valid_from")).fill_null(False).alias(fact))
            .drop("_day")
        )
    counts = nw.sum_horizontal(nw.col(fact).cast(nw.Int64) for fact in FACTS)
    known = _with_absences(joined.with_columns(known_count=counts), begun, tables)
    return as_seen_by_last_edition(merged(known, "project_id"), tables["edition_years"])


def project_coverage(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per project and edition year in which it is known; contract `project_coverage`.

    What an edition says of a project is the row of `coverage_validity` whose stretch holds the edition's `as_of_on`.
    Source: not coded, not found in what was read and stated not to be so are three different things.
    """
    return stretches_per_edition(tables["coverage_validity"], tables["edition_years"])


def _moments(tables: Tables) -> nw.LazyFrame[Any]:
    """The days on which a document said something of a project, or a plan of it became known."""
    projects = with_known_on(tables["projects"].select("project_id", "source_id"), tables["sources"])
    said = [dated_rows(name, tables).select("project_id", "known_on") for name in MENTIONS]
    planned = tables["plan_validity"].select("project_id", known_on="valid_from")
    dated = (
        nw.concat([*said, planned], how="vertical")
        .join(projects.select("project_id", _project_known_on="known_on"), on="project_id", how="inner")
        .with_columns(known_on=nw.max_horizontal("known_on", "_project_known_on"))
    )
    return moments("project_id", dated)


def _with_absences(known: nw.LazyFrame[Any], begun: nw.LazyFrame[Any], tables: Tables) -> nw.LazyFrame[Any]:
    """`known` (with the eight facts) with what each project was coded for, and why a fact is not known."""
    key = list(_MOMENT)
    planned = standing_at_moments(tables["plan_validity"], begun, "project_id")
    never = different(planned.filter(nw.col("benefit_status_code").is_in(NEVER_CAME)), *key)
    joined = (
        known.join(coded_projects(tables, begun), on=key, how="left")
        .join(_surest(tables, begun), on=key, how="left")
        .join(never.with_columns(_never=nw.lit(1, nw.Int64)), on=key, how="left")
        .with_columns(
            nw.col("read_whole_count").fill_null(0),
            *(nw.col(name).fill_null(False) | nw.col(spoken) for name, spoken in _SPOKEN.items()),
        )
        .drop(*_SPOKEN.values())
    )
    # A plan that says that the benefit did not come was read for results, whatever was recorded.
    came_not = ~nw.col("_never").is_null()
    return (
        joined.with_columns(is_coded_results=nw.col("is_coded_results") | came_not)
        .with_columns(
            status_absence_code=_absence("is_coded_status"),
            expected_absence_code=_absence("is_coded_expected"),
            results_absence_code=nw.when(came_not & ~nw.col("has_reported_benefit"))
            .then(nw.lit(STATED_NOT))
            .otherwise(_absence("is_coded_results")),
        )
        .drop("_never")
    )


def _surest(tables: Tables, begun: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """The best evidence of any benefit of a project, at each moment.

    Of all claims: one that is superseded has given way to a surer one of the same benefit.
    """
    ranks = evidence_ranks(tables)
    claims = tables["claim_validity"].filter(nw.col("benefit_sign_code") == FOR_THE_BETTER)
    gains = (
        claims.join(gain_categories(tables), on="benefit_category_code", how="left", suffix="_of_category")
        .filter(nw.col("is_gain_of_category").fill_null(True))
        .join(ranks, on="evidence_code", how="inner")
        .select("project_id", "evidence_rank", known_on="valid_from")
    )
    known = known_at_moments(gains, begun, "project_id")
    best = known.group_by(*_MOMENT).agg(nw.col("evidence_rank").max())
    named = best.join(ranks, on="evidence_rank", how="inner")
    return named.select(*_MOMENT, best_evidence_code="evidence_code")


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


def _documents(tables: Tables, begun: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """How many documents mention each project, at each moment."""
    days = mentions(tables).group_by("project_id", "known_on").agg(_n=nw.len())
    known = known_at_moments(days, begun, "project_id")
    return known.group_by(*_MOMENT).agg(source_count=nw.col("_n").sum().cast(nw.Int64))

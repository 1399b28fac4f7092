"""The projects of single organisations, by role: how many, and what became of them.

Belongs here: counting projects of an organisation, one edition year at a time.
Does not belong here: suppliers and owners of the scheme as a whole (`scheme.py`) and deciding outcomes (`status.py`).
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from gevinst.contracts.vocabulary import (
    OUTCOME_CONTINUED,
    OUTCOME_PARTLY,
    OUTCOME_RESULT,
    OUTCOME_STOPPED,
    OUTCOME_UNKNOWN,
    OWNER_ROLES,
)
from gevinst.method.as_of import known_in_editions, with_known_on
from gevinst.method.counting import counted
from gevinst.method.frames import Rules, Tables

ALL_ROLES = "all"
"""The value of `role_group` that means every role together."""
OWNER_GROUP = OWNER_ROLES[0]
"""The value of `role_group` that means owners and co-owners."""


def organisation_outcomes(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year, organisation and role; contract `organisation_outcomes`.

    An organisation may have several roles in one project, and sources may name it twice in one: the project is counted
    once in each role and once in all of them.
    """
    rows = tables["participations"].select("project_id", "organisation_id", "role_code", "is_disputed", "source_id")
    known = known_in_editions(with_known_on(rows, tables["sources"]), tables)
    group = nw.when(nw.col("role_code").is_in(OWNER_ROLES)).then(nw.lit(OWNER_GROUP)).otherwise(nw.col("role_code"))
    seat = ("edition_year", "project_id", "organisation_id")
    by_role = known.select(*seat, "is_disputed", role_group=group)
    placed = nw.concat([by_role, known.select(*seat, "is_disputed", role_group=nw.lit(ALL_ROLES))], how="vertical")
    projects = counted(placed, (*seat, "role_group"), _disputed=nw.col("is_disputed"))
    status = tables["project_status"].select(
        "edition_year", "project_id", "outcome_code", "is_in_use", "is_stale", "is_inferred"
    )
    outcome, in_use, is_stale = nw.col("outcome_code"), nw.col("is_in_use"), nw.col("is_stale")
    return counted(
        projects.join(status, on=["edition_year", "project_id"], how="inner"),
        ("edition_year", "organisation_id", "role_group"),
        project_count=~nw.col("project_id").is_null(),
        disputed_count=nw.col("_disputed") > 0,
        in_use_count=in_use,
        in_use_stale_count=in_use & is_stale,
        in_use_inferred_count=in_use & nw.col("is_inferred"),
        partly_in_use_count=outcome == OUTCOME_PARTLY,
        result_not_in_use_count=outcome == OUTCOME_RESULT,
        stopped_count=outcome == OUTCOME_STOPPED,
        continued_count=outcome == OUTCOME_CONTINUED,
        known_outcome_count=outcome != OUTCOME_UNKNOWN,
        unknown_outcome_count=outcome == OUTCOME_UNKNOWN,
        # Silence grows no older: that nothing is known after the award is as true as it was.
        stale_count=is_stale & (outcome != OUTCOME_UNKNOWN),
    )

"""The registry's grants as 360Giving.

Belongs here: what a grant of the registry is in the 360Giving Data Standard (schema at standard.threesixtygiving.org).
Does not belong here: grants of others (`read_threesixty.py`), and writing files (`exchange.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from gevinst.formats.errors import ExchangeError
from gevinst.formats.model import NotCarried
from gevinst.workspace import Scheme, scheme

REQUIRED = ("id", "title", "description", "currency", "amountAwarded", "awardDate")
OWN = "gevinst-"
"""Begins the ids of grants and organisations that are this registry's own."""
REGISTER = "NO-BRC-"
"""Prefix of Enhetsregisteret in the list of organisation identifiers (org-id.guide)."""
_NO_PLACE = (
    "status_assessments",
    "benefits",
    "benefit_beneficiaries",
    "benefit_plans",
    "benefit_claims",
    "benefit_measurements",
    "counterfactual_statements",
    "follow_on_funding",
    "own_funding",
    "project_phases",
    "project_relations",
    "round_figures",
    "sources",
)

Tables = Mapping[str, pl.DataFrame]


def to_grants(tables: Tables, as_of_on: date, *, is_illustrative: bool) -> tuple[dict[str, Any], list[NotCarried]]:
    """The registry as a 360Giving package, and everything that does not fit in it.

    A grant needs an amount and a day, so a project whose grant no source states, or whose award is known by year only,
    is left out and reported. Nothing is estimated. Raises `ExchangeError` when ``scheme.toml`` does not say who the
    funder is, which each grant needs too.
    """
    own = scheme()
    if not (own.funder and own.funder_id):
        raise ExchangeError("no_funder")
    grants: list[dict[str, Any]] = []
    left: list[NotCarried] = []
    facts = _facts(tables)
    for row in facts.iter_rows(named=True):
        reason = _why_not(row)
        if reason:
            left.append(reason)
            continue
        grants.append(_grant(row, own, as_of_on, is_illustrative))
        left += _suppliers(tables, row["project_id"])
    left += [
        NotCarried(name, "*", "no_place", {"n": tables[name].height})
        for name in _NO_PLACE
        if name in tables and tables[name].height
    ]
    return {"grants": grants}, left


def _facts(tables: Tables) -> pl.DataFrame:
    owners = tables["participations"].filter(pl.col("role_code") == "owner")
    owners = owners.group_by("project_id").agg(pl.col("organisation_id", "organisation_name").first())
    numbers = tables["organisation_numbers"].select("organisation_id", "organisation_number").drop_nulls()
    return (
        tables["projects"]
        .join(tables["rounds"].select("round_id", "awarded_on", "awarded_precision"), on="round_id", how="left")
        .join(tables["project_grants"].select("project_id", "grant_amount"), on="project_id", how="left")
        .join(owners, on="project_id", how="left")
        .join(numbers.unique("organisation_id", keep="first"), on="organisation_id", how="left")
        .sort("project_id")
    )


def _why_not(row: Mapping[str, Any]) -> NotCarried | None:
    project = row["project_id"]
    if row["grant_amount"] is None:
        return NotCarried(project, "amountAwarded", "no_amount")
    if row["awarded_precision"] != "day":
        # An ISO date cut to what the source states.
        known = str(row["awarded_on"])[: {"year": 4, "month": 7}.get(row["awarded_precision"], 0)]
        return NotCarried(project, "awardDate", "award_day_unknown", {"known": known or "?"})
    if row["organisation_id"] is None:
        return NotCarried(project, "recipientOrganization", "no_owner")
    return None


def _grant(row: Mapping[str, Any], own: Scheme, as_of_on: date, is_illustrative: bool) -> dict[str, Any]:
    note = "[Illustrative data] " if is_illustrative else ""
    return {
        "id": f"{OWN}{row['project_id']}",
        "title": note + (row["name_nb"] or row["project_id"]),
        "description": row["problem_nb"] or row["name_nb"],
        "currency": scheme().currency,
        "amountAwarded": row["grant_amount"],
        "awardDate": row["awarded_on"].isoformat(),
        "recipientOrganization": [{"id": _organisation_id(row), "name": row["organisation_name"]}],
        "fundingOrganization": [{"id": own.funder_id, "name": own.funder}],
        "grantProgramme": [{"code": row["round_id"], "title": own.name.nb}],
        "dateModified": f"{as_of_on.isoformat()}T00:00:00Z",
    }


def _organisation_id(row: Mapping[str, Any]) -> str:
    number = row["organisation_number"]
    return f"{REGISTER}{number}" if number else f"{OWN}{row['organisation_id']}"


def _suppliers(tables: Tables, project_id: str) -> list[NotCarried]:
    others = tables["participations"].filter((pl.col("project_id") == project_id) & (pl.col("role_code") != "owner"))
    return [NotCarried(project_id, "participations", "no_place", {"n": others.height})] if others.height else []

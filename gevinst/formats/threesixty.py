"""Grants as 360Giving, both ways.

Belongs here: what a grant is in the 360Giving Data Standard (schema at standard.threesixtygiving.org) and in the
registry, and how one becomes the other.
Does not belong here: reading and writing files (`exchange.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from gevinst.formats.errors import ExchangeError
from gevinst.formats.model import Draft, NotCarried, slug

REQUIRED = ("id", "title", "description", "currency", "amountAwarded", "awardDate")
FUNDER = {"id": "NO-BRC-991825827", "name": "Digitaliseringsdirektoratet"}
"""Who awards StimuLab's grants; the number is Enhetsregisteret's."""
PROGRAMME = "StimuLab"
_PREFIX = "gevinst"
_OWN = f"{_PREFIX}-"
_REGISTER = "NO-BRC-"
"""Prefix of Enhetsregisteret in the list of organisation identifiers (org-id.guide)."""
_KNOWN = {
    *REQUIRED,
    "recipientOrganization",
    "fundingOrganization",
    "grantProgramme",
    "plannedDates",
    "dateModified",
    "dataSource",
}
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
    is left out and reported. Nothing is estimated.
    """
    grants: list[dict[str, Any]] = []
    left: list[NotCarried] = []
    facts = _facts(tables)
    for row in facts.iter_rows(named=True):
        reason = _why_not(row)
        if reason:
            left.append(reason)
            continue
        grants.append(_grant(row, as_of_on, is_illustrative))
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
        .join(tables["project_grants"].select("project_id", "grant_nok"), on="project_id", how="left")
        .join(owners, on="project_id", how="left")
        .join(numbers.unique("organisation_id", keep="first"), on="organisation_id", how="left")
        .sort("project_id")
    )


def _why_not(row: Mapping[str, Any]) -> NotCarried | None:
    project = row["project_id"]
    if row["grant_nok"] is None:
        return NotCarried(project, "amountAwarded", "no_amount")
    if row["awarded_precision"] != "day":
        # An ISO date cut to what the source states.
        known = str(row["awarded_on"])[: {"year": 4, "month": 7}.get(row["awarded_precision"], 0)]
        return NotCarried(project, "awardDate", "award_day_unknown", {"known": known or "?"})
    if row["organisation_id"] is None:
        return NotCarried(project, "recipientOrganization", "no_owner")
    return None


def _grant(row: Mapping[str, Any], as_of_on: date, is_illustrative: bool) -> dict[str, Any]:
    note = "[Illustrative data] " if is_illustrative else ""
    return {
        "id": f"{_OWN}{row['project_id']}",
        "title": note + (row["name_nb"] or row["project_id"]),
        "description": row["problem_nb"] or row["name_nb"],
        "currency": "NOK",
        "amountAwarded": row["grant_nok"],
        "awardDate": row["awarded_on"].isoformat(),
        "recipientOrganization": [{"id": _organisation_id(row), "name": row["organisation_name"]}],
        "fundingOrganization": [FUNDER],
        "grantProgramme": [{"code": row["round_id"], "title": PROGRAMME}],
        "dateModified": f"{as_of_on.isoformat()}T00:00:00Z",
    }


def _organisation_id(row: Mapping[str, Any]) -> str:
    number = row["organisation_number"]
    return f"{_REGISTER}{number}" if number else f"{_OWN}{row['organisation_id']}"


def _suppliers(tables: Tables, project_id: str) -> list[NotCarried]:
    others = tables["participations"].filter((pl.col("project_id") == project_id) & (pl.col("role_code") != "owner"))
    return [NotCarried(project_id, "participations", "no_place", {"n": others.height})] if others.height else []


def from_grants(package: Any, numbers: pl.DataFrame) -> Draft:
    """Proposed registry rows from a 360Giving package, and every field that does not fit in the registry.

    `numbers` are the known organisation numbers (contract `organisation_numbers`). Names in English, sectors and
    sources are left for a person to fill in. Raises `ExchangeError` when it is not a package or a grant lacks what the
    standard requires.
    """
    grants = package.get("grants") if isinstance(package, dict) else None
    if not isinstance(grants, list):
        raise ExchangeError('the file is no 360Giving package: it needs a list called "grants"')
    known = {row["organisation_number"]: row["organisation_id"] for row in numbers.iter_rows(named=True)}
    tables: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("projects", "organisations", "participations", "project_grants")
    }
    left: list[NotCarried] = []
    for place, grant in enumerate(grants, start=1):
        _read_grant(grant, place, known, tables, left)
    tables["organisations"] = list({row["organisation_id"]: row for row in tables["organisations"]}.values())
    return Draft(tables, tuple(left))


def _read_grant(
    grant: Any, place: int, known: Mapping[str, str], tables: dict[str, list[dict[str, Any]]], left: list[NotCarried]
) -> None:
    missing = [name for name in REQUIRED if not isinstance(grant, dict) or grant.get(name) in (None, "")]
    if missing:
        raise ExchangeError(f"grant {place} lacks {', '.join(missing)}, which 360Giving requires; add it to the file")
    record = str(grant["id"])
    awarded_on = _day(record, grant["awardDate"], left)
    programme = (grant.get("grantProgramme") or [{}])[0]
    is_own = record.startswith(_OWN)
    # A year that no round has: the draft stays readable, and the person who accepts it must correct the id.
    year = str(awarded_on.year) if awarded_on else "0000"
    project_id = record.removeprefix(_OWN) if is_own else f"{year}-{slug(str(grant['title']))}"
    tables["projects"].append(
        {
            "project_id": project_id,
            "round_id": programme.get("code") if is_own else year,
            "name_nb": grant["title"],
            "problem_nb": grant["description"],
            "source_locator": f"grants[{place - 1}]",
        }
    )
    for recipient in grant.get("recipientOrganization") or []:
        _read_recipient(recipient, project_id, known, tables)
    amount = _amount(record, grant, left)
    if amount is not None:
        tables["project_grants"].append({"project_id": project_id, "grant_nok": amount})
    left += [NotCarried(record, name, "unknown_field") for name in sorted(set(grant) - _KNOWN)]
    left += [NotCarried(record, name, "fill_in") for name in ("name_en", "sector_code", "source_id")]


def _read_recipient(
    recipient: Mapping[str, Any], project_id: str, known: Mapping[str, str], tables: dict[str, list[dict[str, Any]]]
) -> None:
    identifier, name = str(recipient.get("id", "")), str(recipient.get("name", ""))
    number = identifier.removeprefix(_REGISTER) if identifier.startswith(_REGISTER) else None
    own = identifier.removeprefix(_OWN) if identifier.startswith(_OWN) else None
    organisation_id = own or known.get(number or "") or slug(name)
    tables["organisations"].append({"organisation_id": organisation_id, "name": name})
    tables["participations"].append(
        {
            "participation_id": f"{project_id}.owner.{organisation_id}",
            "project_id": project_id,
            "organisation_id": organisation_id,
            "organisation_name": name,
            "role_code": "owner",
            "is_disputed": False,
        }
    )


def _amount(record: str, grant: Mapping[str, Any], left: list[NotCarried]) -> int | None:
    value, currency = grant["amountAwarded"], grant["currency"]
    if currency != "NOK":
        left.append(NotCarried(record, "amountAwarded", "other_currency", {"currency": currency}))
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        left.append(NotCarried(record, "amountAwarded", "bad_amount", {"value": value}))
        return None
    return round(value)


def _day(record: str, value: object, left: list[NotCarried]) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        left.append(NotCarried(record, "awardDate", "bad_date", {"value": value}))
        return None

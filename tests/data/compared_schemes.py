"""Schemes of a few projects, as the tables that a comparison of editions rests on.

Belongs here: projects described by what a comparison asks of them, the tables that they become, and editions of these.
Does not belong here: expected answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from gevinst.contracts import Type, contract
from gevinst.contracts.vocabulary import EXPECTED, REPORTED
from gevinst.edition import Provenance, build_edition
from gevinst.method.gains import LEVELS
from gevinst.settings import load_settings
from gevinst.workspace import VARIABLE
from tests.data.marts import YEAR, committed
from tests.data.small_edition import SMALL_EDITION, frame, small_tables

_PLAIN: dict[Type, Any] = {
    Type.TEXT: "kilde-a",
    Type.INTEGER: 0,
    Type.NUMBER: 0.0,
    Type.BOOLEAN: False,
    Type.DATE: date(2026, 1, 1),
}


@dataclass(frozen=True)
class Project:
    """A project of a scheme: months since its award, what it is coded for, claims, benefits and levels of its owners.

    `claims` are category and evidence; `benefits` are stage and beneficiaries.
    """

    months: int | None = 30
    is_coded_expected: bool = True
    is_coded_results: bool = True
    claims: tuple[tuple[str, str], ...] = ()
    benefits: tuple[tuple[str, ...], ...] = ()
    owners: tuple[str, ...] = ("stat",)


def tables_of(*projects: Project) -> dict[str, pl.DataFrame]:
    """The tables that a comparison needs, with the committed code lists and categories; projects are p0, p1, ..."""
    rows: dict[str, list[dict[str, Any]]] = {
        name: []
        for name in (
            *("project_status", "project_coverage", "benefit_evidence", "benefit_register"),
            *("benefit_beneficiaries", "participations", "organisations"),
        )
    }
    levels = sorted({level for project in projects for level in project.owners})
    rows["organisations"] = [{"organisation_id": level, "name": level, "level_code": level} for level in levels]
    for number, project in enumerate(projects):
        seat = {"edition_year": YEAR, "project_id": f"p{number}"}
        rows["project_status"].append({**seat, "months_since_award": project.months})
        coded = {"is_coded_expected": project.is_coded_expected, "is_coded_results": project.is_coded_results}
        rows["project_coverage"].append({**seat, **coded})
        for category in dict.fromkeys(category for category, _ in project.claims):
            found = [evidence for name, evidence in project.claims if name == category]
            counts = {column: found.count(code) for column, code in LEVELS.items()}
            is_gain = category != "general_potential"
            rows["benefit_evidence"].append({**seat, "benefit_category_code": category, "is_gain": is_gain, **counts})
        for place, (stage, *beneficiaries) in enumerate(project.benefits):
            benefit = f"p{number}-{place}"
            rows["benefit_register"].append({**seat, "benefit_id": benefit, "stage_code": stage})
            rows["benefit_beneficiaries"] += [
                {"benefit_id": benefit, "beneficiary_code": beneficiary} for beneficiary in beneficiaries
            ]
        rows["participations"] += [
            {
                "participation_id": f"p{number}-{level}",
                "project_id": f"p{number}",
                "organisation_id": level,
                "role_code": "owner" if level == project.owners[0] else "co_owner",
            }
            for level in project.owners
        ]
    made = {name: frame(contract(name), [{**_plain(name), **row} for row in found]) for name, found in rows.items()}
    categories = committed("benefit_categories").with_columns(source_id=pl.lit("kilde-a"), source_locator=pl.lit("1"))
    return {**made, "codelists": committed("codelists"), "benefit_categories": categories}


def _plain(name: str) -> dict[str, Any]:
    """Plain values in the columns that a table must have, whatever the comparison asks of it."""
    return {column.name: _PLAIN[column.type] for column in contract(name).columns if column.required}


def saved_time(evidence: str = EXPECTED, **more: Any) -> Project:
    """A project of whose saved time somebody says this much."""
    return Project(claims=(("resource_use", evidence),), **more)


REPORTED_GAIN = (("reported", "innbygger", "virksomhet"),)
FIRST = [
    *[saved_time(REPORTED, benefits=REPORTED_GAIN)] * 5,
    saved_time(EXPECTED, is_coded_results=False, benefits=(("promised", "samfunn"),)),
    *[Project(months=60)] * 4,
    Project(months=None),
]
SECOND = [
    *[saved_time(REPORTED, owners=("kommune",), benefits=REPORTED_GAIN)] * 2,
    *[Project(is_coded_expected=False, is_coded_results=True)] * 2,
    *[Project(is_coded_expected=False, is_coded_results=False)] * 3,
    *[Project(months=60)] * 6,
]
"""Projects of two schemes that share one age, at which the second is little read."""


def publish_in(
    place: Path, name: str, tables: Mapping[str, pl.DataFrame], *, is_illustrative: bool = True, currency: str = "NOK"
) -> Path:
    """A workspace with a published edition of a scheme of that name; its pages are left out."""
    place.mkdir(parents=True)
    (place / "scheme.toml").write_text(f'[scheme]\nname = "{name}"\ncurrency = "{currency}"\n', encoding="utf-8")
    settings = load_settings({VARIABLE: str(place)})
    content = {**small_tables(), **tables}
    flagged = {key: frame.with_columns(is_illustrative=pl.lit(is_illustrative)) for key, frame in content.items()}
    target = settings.editions_dir / SMALL_EDITION.edition_id
    built = Provenance(None, {}, f"run of {name}", datetime(2026, 11, 22, 12, tzinfo=UTC))
    info = replace(SMALL_EDITION, is_illustrative=is_illustrative)
    build_edition(flagged, info, target, lambda site: {}, lambda step: None, built, settings)
    settings.current.symlink_to(target)
    return target

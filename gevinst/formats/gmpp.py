"""Benefits in the yearly layout of the UK's Government Major Projects Portfolio (GMPP), both ways.

Belongs here: the nineteen columns of the 2023-24 files (published by DfT, DCMS and HMRC in January 2025), their older
forms, and which facts of a StimuLab project fit in them.
Does not belong here: reading and writing files (`exchange.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import polars as pl

from gevinst.contracts.vocabulary import DOCUMENTED, EXPECTED, MEASURED_BY_PARTICIPANT, REPORTED
from gevinst.formats.errors import ExchangeError
from gevinst.formats.model import Draft, NotCarried, slug
from gevinst.language.texts import Catalogue

_SCALE = "(A Delivery Confidence Assessment of the project at a fixed point in time, using a three-point scale)"
COLUMNS: Mapping[str, str] = {
    "gmpp_id": "GMPP ID Number",
    "name": "Project Name",
    "department": "Department",
    "category": "Annual Report Category",
    "description": "Description / Aims",
    "ipa_rating": f"IPA Delivery Confidence Assessment {_SCALE}",
    "sro_rating": f"SRO Delivery Confidence Assessment {_SCALE}",
    "rating_commentary": "Departmental commentary on actions planned or taken on the IPA RAG rating.",
    "start_on": "Project - Start Date (Latest Approved Start Date)",
    "end_on": "Project - End Date (Latest Approved End Date)",
    "schedule_narrative": (
        "Departmental narrative on schedule, including any deviation from planned schedule (if necessary)"
    ),
    "year_baseline": "Financial Year Baseline (£m) (including Non-Government Costs)",
    "year_forecast": "Financial Year Forecast (£m) (including Non-Government Costs)",
    "year_variance": "Financial Year Variance (%)",
    "variance_narrative": "Departmental narrative on budget/forecast variance (if variance is more than 5%)",
    "whole_life_cost": "TOTAL Baseline Whole Life Costs (£m) (including Non-Government Costs)",
    "cost_narrative": "Departmental Narrative on Budgeted Whole Life Costs",
    "benefits": "TOTAL Baseline Benefits (£m)",
    "benefits_narrative": "Departmental Narrative on Budgeted Benefits",
}
"""Our name and the published heading of each column, in the published order."""
NOT_SET = "Not set"
# Headings differ a little from year to year; each pattern is what the published forms have in common.
_ALIKE = {
    "gmpp_id": r"gmpp id",
    "name": r"project name",
    "department": r"department$",
    "category": r"annual report category",
    "description": r"description",
    "ipa_rating": r"(ipa|nista|mpa).*(delivery confidence|rag rating)",
    "sro_rating": r"sro.*delivery confidence",
    "rating_commentary": r"departmental commentary",
    "start_on": r"project.*start date",
    "end_on": r"project.*end date",
    "schedule_narrative": r"departmental narrative on schedule",
    "year_baseline": r"financial year baseline",
    "year_forecast": r"financial year forecast",
    "year_variance": r"financial year variance",
    "variance_narrative": r"departmental narrative on budget/forecast",
    "whole_life_cost": r"total.*whole life cost",
    "cost_narrative": r"departmental narrative on.*whole life cost",
    "benefits": r"total.*benefits",
    "benefits_narrative": r"departmental narrative on.*benefits",
}
_ID = re.compile(r"[A-Z]+_\d{4}_\d{4}-Q[1-4]")
_MONEY = ("year_baseline", "year_forecast", "whole_life_cost", "benefits")
_NO_PLACE = ("benefits", "benefit_plans", "benefit_claims", "benefit_measurements")
"""Tables of which the layout has room for one sentence per project."""
_MONEY_ON_EXPORT = ("year_baseline", "whole_life_cost", "benefits")

Tables = Mapping[str, pl.DataFrame]


def to_rows(tables: Tables, edition_year: int, language: str) -> tuple[pl.DataFrame, list[NotCarried]]:
    """One row per project in the nineteen columns, and what does not fit in them.

    Needs the marts `project_status` and `benefit_evidence` of the edition. Ratings are "Not set" and money is empty:
    a step on the ladder is not a confidence in delivery, and kroner are not pounds.
    """
    catalogue = Catalogue(language)
    status = tables["project_status"].filter(pl.col("edition_year") == edition_year).sort("project_id")
    counts = _benefits(tables["benefit_evidence"].filter((pl.col("edition_year") == edition_year) & pl.col("is_gain")))
    facts = {row["project_id"]: row for row in tables["projects"].iter_rows(named=True)}
    owners = dict(
        tables["participations"]
        .filter(pl.col("role_code") == "owner")
        .select("project_id", "organisation_name")
        .iter_rows()
    )
    rows = []
    for row in status.iter_rows(named=True):
        fact = facts[row["project_id"]]
        note = catalogue.t("exchange.illustrative_note") + " " if fact["is_illustrative"] else ""
        counted = counts.get(row["project_id"], {})
        rows.append(
            {
                "gmpp_id": row["project_id"],
                "name": fact[f"name_{language}"] or fact["name_nb"],
                "department": owners.get(row["project_id"], ""),
                "category": catalogue.label(tables["codelists"], "sector", fact["sector_code"]),
                "description": note + (fact[f"problem_{language}"] or ""),
                "ipa_rating": NOT_SET,
                "sro_rating": NOT_SET,
                "rating_commentary": catalogue.label(tables["codelists"], "status", row["current_status_code"]),
                "start_on": _event(tables, row["project_id"], "started"),
                "end_on": _event(tables, row["project_id"], "ended"),
                "benefits_narrative": catalogue.t(
                    "exchange.benefits_counted",
                    expected=counted.get(EXPECTED, 0),
                    reported=counted.get(REPORTED, 0),
                    measured=counted.get(MEASURED_BY_PARTICIPANT, 0),
                    documented=counted.get(DOCUMENTED, 0),
                ),
            }
        )
    frame = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String)).rename(dict(COLUMNS))
    left = [NotCarried("*", COLUMNS[name], "no_confidence_rating") for name in ("ipa_rating", "sro_rating")]
    left += [NotCarried("*", COLUMNS[name], "kroner_not_pounds") for name in _MONEY_ON_EXPORT]
    left += [NotCarried(name, "*", "no_place", {"n": tables[name].height}) for name in _NO_PLACE if tables[name].height]
    return frame, left


def _benefits(evidence: pl.DataFrame) -> dict[str, dict[str, int]]:
    """Categories of benefit per project and best evidence."""
    counted: dict[str, dict[str, int]] = {}
    for project, level, n in evidence.group_by("project_id", "best_evidence_code").len().iter_rows():
        counted.setdefault(project, {})[level] = n
    return counted


def _event(tables: Tables, project_id: str, event: str) -> str | None:
    found = tables["project_events"].filter((pl.col("project_id") == project_id) & (pl.col("event_code") == event))
    if found.is_empty():
        return None
    row = found.row(0, named=True)
    # An ISO date cut to what the source states: year, or year and month.
    return str(row["event_on"])[: {"year": 4, "month": 7}.get(row["event_precision"], 10)]


def from_cells(cells: list[list[str]]) -> Draft:
    """Proposed registry rows from the cells of a GMPP file, headings first, and what does not fit in the registry.

    Takes the nineteen columns, the sixteen of 2021 without benefits, and the form of September 2019 in which each
    project is a column. The five-point scale is reported as such and never mapped to the three-point one. Raises
    `ExchangeError` when the file has another layout.
    """
    cells = _upright(cells)
    places, scale = _places(cells[0])
    named = ("projects", "participations", "benefits", "benefit_claims")
    tables: dict[str, list[dict[str, Any]]] = {name: [] for name in named}
    left: list[NotCarried] = []
    for line in cells[1:]:
        row = {name: line[place].strip() if place < len(line) else "" for name, place in places.items()}
        if any(row.values()):
            _read_row(row, scale, tables, left)
    return Draft(tables, tuple(left))


def _upright(cells: list[list[str]]) -> list[list[str]]:
    """The cells with one project per row, whichever way the file was written."""
    first = [line[0] for line in cells if line]
    if len(first) > 1 and _name_of(first[1]) == "name" and _name_of(first[0]) == "gmpp_id":
        width = max(map(len, cells))
        return [list(column) for column in zip(*(line + [""] * (width - len(line)) for line in cells), strict=True)]
    return cells


def _name_of(heading: str) -> str | None:
    plain = " ".join(heading.lower().split())
    return next((name for name, pattern in _ALIKE.items() if re.match(pattern, plain)), None)


def _places(headings: list[str]) -> tuple[dict[str, int], str]:
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        name = _name_of(heading)
        if name and name not in places:
            places[name] = place
    missing = [COLUMNS[name] for name in ("gmpp_id", "name", "department") if name not in places]
    if missing:
        raise ExchangeError(f"the file is not in the GMPP layout: it has no column called {', '.join(missing)}")
    scale = "five-point" if any("five-point" in heading for heading in headings) else "three-point"
    return places, scale


def _read_row(
    row: Mapping[str, str], scale: str, tables: dict[str, list[dict[str, Any]]], left: list[NotCarried]
) -> None:
    record = row["gmpp_id"] or row["name"]
    if not _ID.fullmatch(row["gmpp_id"]):
        left.append(NotCarried(record, "gmpp_id", "odd_gmpp_id", {"value": row["gmpp_id"]}))
    project_id = slug(record)
    tables["projects"].append(
        {"project_id": project_id, "name_en": row["name"], "problem_en": row.get("description") or None}
    )
    tables["participations"].append(
        {
            "participation_id": f"{project_id}.owner.{slug(row['department'])}",
            "project_id": project_id,
            "organisation_id": slug(row["department"]),
            "organisation_name": row["department"],
            "role_code": "owner",
            "is_disputed": False,
        }
    )
    if row.get("benefits_narrative"):
        # One narrative of all benefits together: a person divides it, and says what kind each is and whom it is for.
        benefit = {"benefit_id": f"{project_id}-01", "project_id": project_id}
        tables["benefits"].append({**benefit, "name_en": row["benefits_narrative"]})
        tables["benefit_claims"].append(
            {
                "benefit_claim_id": f"{project_id}-01",
                **benefit,
                "evidence_code": EXPECTED,
                "statement_en": row["benefits_narrative"],
            }
        )
        left.append(NotCarried(record, "benefits", "divide_benefits"))
    for name in ("ipa_rating", "sro_rating"):
        if row.get(name) and row[name].lower() != NOT_SET.lower():
            left.append(NotCarried(record, COLUMNS[name], "rating_not_a_step", {"value": row[name], "scale": scale}))
    for name in _MONEY:
        if row.get(name):
            left.append(NotCarried(record, COLUMNS[name], "pounds_not_kroner", {"value": row[name]}))
    left += [NotCarried(record, name, "fill_in") for name in ("round_id", "name_nb", "sector_code", "source_id")]

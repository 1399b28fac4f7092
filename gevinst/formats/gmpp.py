"""Benefits in the yearly layout of the UK's Government Major Projects Portfolio (GMPP).

Belongs here: the nineteen columns of the 2023-24 files (published by DfT, DCMS and HMRC in January 2025), and which
facts of a project fit in them.
Does not belong here: files of others in any year's layout (`read_gmpp.py`), and writing files (`exchange.py`).
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from gevinst.contracts.vocabulary import DOCUMENTED, EXPECTED, MEASURED_BY_PARTICIPANT, REPORTED
from gevinst.formats.model import NotCarried
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
                "name": catalogue.text(fact, "name"),
                "department": owners.get(row["project_id"], ""),
                "category": catalogue.label(tables["codelists"], "sector", fact["sector_code"]),
                "description": note + (catalogue.text(fact, "problem") or ""),
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

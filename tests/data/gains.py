"""Claims, measurements and documents for tests of what is said of benefits."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

CATEGORIES = [
    {"benefit_code": code, "benefit_category_code": category, "gain_nature_code": nature, "is_gain": is_gain}
    for code, category, nature, is_gain in (
        ("user_experience", "user_effects", "user_effect", True),
        ("new_knowledge_insight", "new_knowledge", "input_factor", True),
        ("general_potential", "general_potential", None, False),
    )
]
SOURCES = [
    {"source_id": f"s{year}", "published_on": date(year, 6, 1), "published_precision": "day"}
    for year in range(2019, 2026)
] + [{"source_id": "undated"}]
GAIN_MARTS = (
    "claim_validity",
    "benefit_trail",
    "benefit_evidence",
    "benefit_by_beneficiary",
    "benefit_by_stated_by",
    "benefit_validity",
    "benefit_overview",
    "self_report_share",
    "unmeasured_benefits",
    "plan_validity",
    "planned_realised",
    "coverage_validity",
    "project_coverage",
    "realisation_by_unit",
)


def claim(key: str, evidence: str, source: str, **more: Any) -> dict[str, Any]:
    return {
        "benefit_claim_id": key,
        "project_id": "p",
        "benefit_code": "user_experience",
        "beneficiary_code": "innbygger",
        "evidence_code": evidence,
        "statement_nb": f"Utsagn {key}",
        "statement_en": f"Claim {key}",
        "source_id": source,
        **more,
    }


def measurement(claim_id: str, source: str, **more: Any) -> dict[str, Any]:
    return {
        "benefit_claim_id": claim_id,
        "unit_code": "percent_of_cases",
        "baseline_value": 10.0,
        "measured_value": 20.0,
        "stated_by_code": "owner",
        "source_id": source,
        **more,
    }


def rows(mart: pl.DataFrame, **cells: Any) -> list[dict[str, Any]]:
    return mart.filter(*[pl.col(name) == value for name, value in cells.items()]).rows(named=True)

"""What was read of the invented documents, and what it was coded for.

Belongs here: one row per project and document that something was taken from.
Does not belong here: the documents themselves and what was taken from them (`evaluations.py`, `benefits.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

from gevinst.contracts.vocabulary import ACHIEVED, CODERS, EXPECTED
from gevinst.illustrative.model import FOLDER_YEAR, Draft, both
from gevinst.illustrative.registry import Project

_STATUS, _EXPECTED, _RESULTS = "status", "expected", "results"


def add_coverage(draft: Draft, projects: list[Project]) -> None:
    """Add a row for every document that something is coded from; of every fifth project the award is read in part."""
    read_on = {row["source_id"]: row["accessed_on"] for row in draft.rows["sources"]}
    coded: dict[tuple[str, str], set[str]] = {}
    for project_id, source_id, what in _codings(draft):
        coded.setdefault((project_id, source_id), set()).add(what)
    in_part = {(project.project_id, project.award) for project in projects if project.number % 5 == 3}
    for key, kinds in coded.items():
        project_id, source_id = key
        is_in_part = key in in_part
        draft.add(
            "coding_coverage",
            {
                "project_id": project_id,
                "source_id": source_id,
                "coder_code": CODERS[0],
                "read_code": "in_part" if is_in_part else "whole",
                **(both("read_part", "avsnittet om prosjektet", "the section on the project") if is_in_part else {}),
                "is_coded_status": _STATUS in kinds,
                "is_coded_expected": _EXPECTED in kinds,
                "is_coded_results": _RESULTS in kinds,
                "coded_on": read_on[source_id],
                FOLDER_YEAR: read_on[source_id].year,
            },
        )


def _codings(draft: Draft) -> Iterator[tuple[str, str, str]]:
    """Project, document and what was coded, for each row that something was coded in."""
    project_of = {row["benefit_id"]: row["project_id"] for row in draft.rows["benefits"]}
    benefit_of = {row["benefit_plan_id"]: row["benefit_id"] for row in draft.rows["benefit_plans"]}
    for row in draft.rows["status_assessments"]:
        yield row["project_id"], row["source_id"], _STATUS
    for row in draft.rows["benefits"]:
        yield row["project_id"], row["source_id"], _EXPECTED
    for row in draft.rows["benefit_plans"]:
        yield project_of[row["benefit_id"]], row["source_id"], _EXPECTED
    for row in draft.rows["benefit_claims"]:
        if row["evidence_code"] == EXPECTED:
            yield row["project_id"], row["source_id"], _EXPECTED
        if row["evidence_code"] in ACHIEVED:
            yield row["project_id"], row["source_id"], _RESULTS
    for row in draft.rows["benefit_measurements"]:
        yield project_of[benefit_of[row["benefit_plan_id"]]], row["source_id"], _RESULTS

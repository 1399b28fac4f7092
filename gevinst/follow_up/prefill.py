"""What a form holds when it is sent: of one owner, what an edition knows of each of its projects on the list.

Belongs here: the forms of an edition as plain data, and the checksum by which an answer shows that it is of one.
Does not belong here: what is asked (`fields.py`), and how a form looks (`form/`, `sheet.py`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from gevinst.addresses import bare
from gevinst.bilingual import LANGUAGES
from gevinst.contracts.vocabulary import (
    ACHIEVED,
    AWARD_WORD,
    CLOSING_STATEMENT_MISSING,
    DOCUMENTED,
    EFFECTS,
    MEASURED_BY_PARTICIPANT,
    NEVER_CAME,
)
from gevinst.site.context import View
from gevinst.site.pages.follow_up import words
from gevinst.site.rows import Row

FORMAT = "gevinst-owner-form/1"
"""What a file of answers says that it is; the number changes when earlier ones can no longer be read."""
SHOWN_FIRST = 3
"""Benefits of a project that are asked about at once; the others wait until somebody opens them. Each takes some two
minutes where it is measured, and ten minutes for a project are the most that anybody is asked for."""
_DAYS_TO_ANSWER = 28
_OF_PLAN = (
    "benefit_plan_id",
    "unit_code",
    "currency_code",
    "price_year",
    "baseline_value",
    "target_value",
    "target_precision",
)
"""What a form says of the plan of a benefit, and a change of it keeps."""

Form = Mapping[str, Any]


def forms_of(view: View, asked_on: date) -> list[Form]:
    """One form per owner with projects on the list, in the order of the list; owners nobody knows have none.

    `view` is of the edition that is asked from, and `asked_on` the day that the letters bear.
    """
    by_owner: dict[str, list[Row]] = {}
    for row in words.listed(view):
        if row["owner_organisation_id"] is not None:
            by_owner.setdefault(row["owner_organisation_id"], []).append(row)
    return [_form(view, owner, rows, asked_on) for owner, rows in by_owner.items()]


def form_id_of(edition_id: str, owner_id: str) -> str:
    """The id of the form that an edition gives an owner."""
    return f"{edition_id}-{owner_id}"


def _form(view: View, owner_id: str, rows: list[Row], asked_on: date) -> Form:
    form = {
        "format": FORMAT,
        "form_id": form_id_of(view.edition.edition_id, owner_id),
        "edition_id": view.edition.edition_id,
        "year": view.edition.edition_year,
        "as_of": view.edition.as_of_on.isoformat(),
        "is_illustrative": view.edition.is_illustrative,
        "owner_id": owner_id,
        "owner_name": view.data.organisation_by_id[owner_id]["name"],
        "asked_on": asked_on.isoformat(),
        "answer_by": (asked_on + timedelta(days=_DAYS_TO_ANSWER)).isoformat(),
        "projects": [_project(view, row) for row in rows],
    }
    return {**form, "sha256": checksum(form)}


def checksum(form: Form) -> str:
    """SHA-256 of what is known in a form, whatever the order of its parts and the day it was asked on."""
    of_the_day = ("sha256", "asked_on", "answer_by")
    known = {name: value for name, value in form.items() if name not in of_the_day}
    return hashlib.sha256(json.dumps(known, ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()


def _project(view: View, row: Row) -> dict[str, Any]:
    project_id = row["project_id"]
    project = view.data.project_by_id[project_id]
    codes = [one["follow_up_reason_code"] for one in row["reasons"]]
    is_award = row["last_word_code"] == AWARD_WORD or project["status_on"] is None
    dated, stem = (row, "last_word") if is_award else (project, "status")
    source = project["source_id"] if is_award else _status_source(view, project_id)
    return {
        "project_id": project_id,
        "name": _both(view.data.fact_of(project_id), "short_name"),
        "status_code": None if is_award else project["current_status_code"],
        "known_on": dated[f"{stem}_on"].isoformat(),
        "known_precision": dated[f"{stem}_precision"],
        "source": bare(view.source_name(source)) if source else None,
        "reasons": codes,
        "is_closing": CLOSING_STATEMENT_MISSING in codes,
        "benefits": _benefits(view, project_id),
    }


def _status_source(view: View, project_id: str) -> str | None:
    found = next(row for row in view.data.now("project_status") if row["project_id"] == project_id)
    return found["source_id"]


def _both(row: Row, stem: str) -> dict[str, str]:
    """The name in both languages; one that waits for its translation in the language it has."""
    return {language: row[f"{stem}_{language}"] or row[f"{stem}_nb"] for language in LANGUAGES}


def _benefits(view: View, project_id: str) -> list[dict[str, Any]]:
    """The benefits that an owner can say more of: goals first, then effects, then by id, as the list has them."""
    rows = [
        row
        for row in view.data.now("benefit_overview")
        if row["project_id"] == project_id
        and row["is_gain"]
        and row["best_evidence_code"] != DOCUMENTED
        and row["benefit_status_code"] not in NEVER_CAME
    ]
    rows.sort(key=lambda row: (not row["has_goal"], row["gain_nature_code"] not in EFFECTS, row["benefit_id"]))
    plans = _plans(view, project_id)
    return [_benefit(row, plans.get(row["benefit_id"]), place) for place, row in enumerate(rows)]


def _plans(view: View, project_id: str) -> dict[str, Row]:
    """The indicator of each benefit, the first by id where there are several."""
    found: dict[str, Row] = {}
    rows = [row for row in view.data.now("planned_realised") if row["project_id"] == project_id]
    for row in sorted(rows, key=lambda row: row["benefit_plan_id"], reverse=True):
        if row["is_newest"] or not row["is_measured"]:
            found[row["benefit_id"]] = row
    return found


def _benefit(row: Row, plan: Row | None, place: int) -> dict[str, Any]:
    return {
        "benefit_id": row["benefit_id"],
        "name": _both(row, "name"),
        "known": _known(row),
        "is_first": place < SHOWN_FIRST,
        **{name: plan[name] if plan else None for name in _OF_PLAN},
        "target_on": plan["target_on"].isoformat() if plan and plan["target_on"] else None,
        "indicator": _both(plan, "indicator") if plan else None,
    }


def _known(row: Row) -> str:
    """What is known of a benefit, as the ending of a text."""
    if row["best_evidence_code"] == MEASURED_BY_PARTICIPANT:
        return "measured"
    if row["best_evidence_code"] in ACHIEVED:
        return "reported"
    if row["has_goal"]:
        return "goal"
    return "planned" if row["plan_count"] else "expected"

"""A reading as the object that `gevinst read --json` prints.

Belongs here: the shape of that object.
Does not belong here: what is in it (`reading.py`) and the files of a draft (`draft.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gevinst.announcements.model import Found, Gain, Note, Project, Reading, Round


def as_object(reading: Reading, language: str = "en") -> dict[str, Any]:
    """`document`, `rounds`, `projects` and `findings`; an unknown value is `None`, an unknown list empty."""
    return {
        "document": {
            "type": _value(reading.type),
            "published": _value(reading.published),
            "language": _value(reading.language),
        },
        "rounds": [_round(one) for one in reading.rounds],
        "projects": [_project(one) for one in reading.projects],
        "findings": [_note(one, language) for one in reading.findings],
    }


def _value(found: Found | None) -> dict[str, Any] | None:
    return found and {"value": found.value, "line": found.line, "confidence": round(found.confidence, 2)}


def _values(found: Sequence[Found]) -> list[dict[str, Any] | None]:
    return [_value(one) for one in found]


def _round(one: Round) -> dict[str, Any]:
    return {
        "year": _value(one.year),
        "selected": _value(one.selected),
        "applicants": _value(one.applicants),
        "amount_nok": _value(one.amount_nok),
        "amount_kind": _value(one.amount_kind),
    }


def _project(one: Project) -> dict[str, Any]:
    return {
        "name": _value(one.name),
        "owners": _values(one.owners),
        "partners": _values(one.partners),
        "suppliers": _values(one.suppliers),
        "start": _value(one.start),
        "end": _value(one.end),
        "gains": [_gain(gain) for gain in one.gains],
        "status": _value(one.status),
    }


def _gain(gain: Gain) -> dict[str, Any]:
    return {"text": gain.text, "modality": gain.modality, "line": gain.line, "confidence": round(gain.confidence, 2)}


def _note(note: Note, language: str) -> dict[str, Any]:
    return {"code": note.code, "text": note.text(language), "line": note.line, "value": note.value}

"""What a form asks: one field for each answer, the same in the page, in the workbook and in what comes back.

Belongs here: the fields of a project and of a benefit, their kinds and their choices.
Does not belong here: what is known already (`prefill.py`), and what answers become (`to_rows.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from gevinst.contracts.vocabulary import (
    ANSWERED_OUTCOMES,
    CONTINUED,
    KNOWN_IS_RIGHT,
    MEASURERS,
    OBSTACLES,
    SAID_MEASURED,
    STEPS,
    STOPPED,
)

Kind = Literal["choice", "choices", "unit", "number", "when", "text"]

DO_NOT_KNOW = "vet_ikke"
STATUSES = (*STEPS, STOPPED, CONTINUED, DO_NOT_KNOW)
NO_OBSTACLE = "none"
ROLE = "role"
"""The one field that is about no project."""

_SECONDS = {"choice": 6, "choices": 10, "unit": 6, "number": 8, "when": 10, "text": 45}
"""What an answer of each kind takes: a sentence of a hundred characters is half a minute of typing, after a thought."""

Project = Mapping[str, Any]
"""A project as `prefill.py` describes it."""


@dataclass(frozen=True, slots=True)
class Field:
    """One answer: where it belongs (`key`), what it is called (text ``name_<name>``), and what it may be.

    `only_if` names another field by its key and the choice that makes this one worth asking.
    """

    key: str
    name: str
    kind: Kind
    section: str
    benefit_id: str | None = None
    choices: tuple[str, ...] = ()
    only_if: tuple[str, str] | None = None


def fields_of(project: Project) -> Iterator[Field]:
    """The fields of a project, in the order in which they are asked."""
    own = project["project_id"]
    yield Field(f"{own}.known_is_right", "known_is_right", "choice", "known", choices=KNOWN_IS_RIGHT)
    yield Field(f"{own}.status", "status", "choice", "known", choices=STATUSES)
    yield Field(f"{own}.status_since", "status_since", "when", "known")
    yield Field(f"{own}.statement", "statement", "text", "known")
    for benefit in project["benefits"]:
        yield from _of_benefit(own, benefit)
    yield Field(f"{own}.obstacles", "obstacles", "choices", "obstacles", choices=(*OBSTACLES, NO_OBSTACLE))
    yield Field(f"{own}.planned", "planned", "text", "planned")
    yield Field(f"{own}.planned_on", "planned_on", "when", "planned")
    yield Field(f"{own}.document", "document", "text", "documents")
    if project["is_closing"]:
        yield Field(f"{own}.closing", "closing", "text", "documents")


def _of_benefit(project_id: str, benefit: Mapping[str, Any]) -> Iterator[Field]:
    of = benefit["benefit_id"]
    own = f"{project_id}.{of}"
    outcome = f"{own}.outcome"
    yield Field(outcome, "outcome", "choice", "benefits", of, (*ANSWERED_OUTCOMES, DO_NOT_KNOW))
    measured = (outcome, SAID_MEASURED)
    if benefit["baseline_value"] is None:
        yield Field(f"{own}.baseline", "baseline", "number", "benefits", of, only_if=measured)
    yield Field(f"{own}.value", "value", "number", "benefits", of, only_if=measured)
    if benefit["unit_code"] is None:
        yield Field(f"{own}.unit", "unit", "unit", "benefits", of, only_if=measured)
    yield Field(f"{own}.measured_on", "measured_on", "when", "benefits", of, only_if=measured)
    yield Field(f"{own}.method", "method", "text", "benefits", of, only_if=measured)
    yield Field(f"{own}.measured_by", "measured_by", "choice", "benefits", of, MEASURERS, measured)


def minutes_for(project: Project) -> int:
    """Whole minutes to answer everything that is asked at once, every benefit of it measured."""
    later = {benefit["benefit_id"] for benefit in project["benefits"] if not benefit["is_first"]}
    seconds = sum(_SECONDS[field.kind] for field in fields_of(project) if field.benefit_id not in later)
    return -(-seconds // 60)

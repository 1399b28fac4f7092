"""Ids of the rows of a draft, made alike for rows that the reader proposes and rows that a person adds.

Belongs here: what the id of a row of each table of the registry is made of.
Does not belong here: how a text becomes part of an id, and ids of benefits and claims, which are numbered
(`gevinst.intake.new_ids`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from gevinst.announcements.vocabulary import compiled, one_of
from gevinst.intake.new_ids import slug

_SHORT_NAME_ENDS = compiled(rf"\s+{one_of('drafts.short_name_ends')}$")


def short_name(name: str, longest: int = 40) -> str:
    """The part of a project's name before a dash, colon or bracket, cut between words."""
    bare = re.split(r"\s+[–—-]\s+|:\s|\s\(", name)[0].strip()
    if len(bare) <= longest:
        return bare
    return _SHORT_NAME_ENDS.sub("", bare[:longest].rsplit(" ", 1)[0])


def new_project_id(cohort: object, name: str) -> str:
    """Such as ``2026-bat-pa-boks``; `cohort` is the year of the round."""
    return f"{cohort}-{slug(short_name(name))}"


def figure_id(round_id: str, measure: str, source_id: str) -> str:
    """`measure` is the kind of an amount, such as ``award``, or the measure of what is no amount."""
    return f"{round_id}-{measure.replace('_', '-')}-{source_id}"


def event_id(project_id: str, event: str) -> str:
    return f"{project_id}-{event}"


def participation_id(project_id: str, role: str, organisation_id: str) -> str:
    return f"{project_id}.{role}.{organisation_id}"


def new_organisation_id(name: str) -> str:
    return slug(name, 50)


def organisation_name_id(organisation_id: str, name: str) -> str:
    return f"{organisation_id}.{slug(name, 60)}"


def new_source_id(title: str) -> str:
    return slug(title, 60)


_MADE: dict[str, tuple[Callable[..., str], tuple[str, ...]]] = {
    "sources": (new_source_id, ("title",)),
    "round_figures": (figure_id, ("round_id", "amount_kind_code|measure_code", "source_id")),
    "organisations": (new_organisation_id, ("name",)),
    "organisation_names": (organisation_name_id, ("organisation_id", "name")),
    "project_events": (event_id, ("project_id", "event_code")),
    "participations": (participation_id, ("project_id", "role_code", "organisation_id")),
}
"""How an id is made, and of which columns; of two with a bar between them, the first that is filled in."""


def id_of(table: str, row: Mapping[str, str | None]) -> str | None:
    """The id of a row of `table` by what the row says; `None` while it lacks a part that its id is made of."""
    make, columns = _MADE[table]
    values = [next((row[one] for one in names.split("|") if row.get(one)), None) for names in columns]
    return make(*values) if all(values) else None

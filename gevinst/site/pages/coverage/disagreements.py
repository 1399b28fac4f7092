"""Disagreements between sources, side by side; used by the page of a project and by the coverage page.

Belongs here: gathering the sides of each disagreement.
Does not belong here: choosing between them; nobody does.
"""

from __future__ import annotations

from dataclasses import dataclass

from gevinst.site.context import SourceLink, View
from gevinst.site.rows import Row


@dataclass(frozen=True, slots=True)
class Side:
    """What one source says."""

    position: str
    source: SourceLink


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A question that sources answer differently."""

    anchor: str
    kind: str
    topic: str
    sides: tuple[Side, ...]
    project: tuple[str, str] | None
    """Name and address of the project it is about."""


def gather(view: View, rows: list[Row]) -> list[Disagreement]:
    """One entry per disagreement among `rows`, in their order, with all its sides."""
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row["disagreement_id"], []).append(row)
    return [_disagreement(view, key, sides) for key, sides in grouped.items()]


def _disagreement(view: View, key: str, rows: list[Row]) -> Disagreement:
    first = rows[0]
    project = view.data.project_by_id.get(first["project_id"])
    return Disagreement(
        anchor=key,
        kind=view.label("disagreement_kind", first["disagreement_kind_code"]),
        topic=view.text(first, "topic") or "",
        sides=tuple(Side(view.text(row, "position") or "", view.source_of(row)) for row in rows),
        project=(view.text(project, "short_name") or "", view.project_href(project["project_id"])) if project else None,
    )

"""A reading in words, for the person who is to judge it.

Belongs here: how a reading is told on screen and in the draft's `summary.txt`.
Does not belong here: the object for programs (`output.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from gevinst.intake.announcements.model import Found, Project, Reading, Round

UNSURE = 0.6


def summary_text(reading: Reading) -> str:
    """The reading as lines of text; values below `UNSURE` carry a question mark."""
    lines = [
        f"{reading.file_name}: {reading.type.value}, {reading.language.value}, published {_shown(reading.published)}",
        *(_round(one) for one in reading.rounds),
    ]
    for number, project in enumerate(reading.projects, start=1):
        lines += _project(number, project)
    for note in reading.findings:
        value = f": {note.value}" if note.value is not None else ""
        lines.append(f"  ! {note.text}{value}{f' (line {note.line})' if note.line else ''}")
    return "\n".join(lines)


def _round(one: Round) -> str:
    kind = f" ({one.amount_kind.value})" if one.amount_kind else ""
    return (
        f"  Round {_shown(one.year)}: {_shown(one.selected)} selected of {_shown(one.applicants)} applicants, "
        f"NOK {_shown(one.amount_nok)}{kind}"
    )


def _project(number: int, project: Project) -> list[str]:
    lines = [f"  {number}. {_shown(project.name, 'without a name')}"]
    for label, found in (("owner", project.owners), ("partner", project.partners), ("supplier", project.suppliers)):
        if found:
            lines.append(f"     {label}: {_listed(found)}")
    if project.start or project.end:
        lines.append(f"     period: {_shown(project.start)} to {_shown(project.end)}")
    if project.status:
        lines.append(f"     status: {_shown(project.status)}")
    lines += [f"     gain ({gain.modality}, line {gain.line}): {gain.text}" for gain in project.gains]
    return lines


def _listed(found: Sequence[Found]) -> str:
    return "; ".join(_shown(one) for one in found)


def _shown(found: Found | None, unknown: str = "unknown") -> str:
    if found is None:
        return unknown
    place = f" [{found.line}]" if found.line else ""
    return f"{found.value}{'?' if found.confidence < UNSURE else ''}{place}"

"""A reading in words, for the person who is to judge it.

Belongs here: how a reading is told on screen and in the draft's `summary.txt`.
Does not belong here: the words (``texts/reader.toml``) and the object for programs (`output.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from gevinst.announcements.model import Found, Project, Reading, Round
from gevinst.language.texts import Catalogue

UNSURE = 0.6


def summary_text(reading: Reading, language: str) -> str:
    """The reading as lines of text; values below `UNSURE` carry a question mark, lines stand in square brackets."""
    t = Catalogue(language).t
    head = t(
        "reader.head",
        file=reading.file_name,
        type=t(f"reader.type_{reading.type.value}"),
        language=t(f"reader.language_{reading.language.value}"),
        published=_shown(reading.published, t("reader.unknown")),
    )
    lines = [head, *(f"  {_round(one, language)}" for one in reading.rounds)]
    for number, project in enumerate(reading.projects, start=1):
        lines.append(f"  {number}. {_shown(project.name, t('reader.without_name'))}")
        lines += [f"     {line}" for line in _project(project, language)]
    for note in reading.findings:
        value = f": {note.value}" if note.value is not None else ""
        line = f" ({t('reader.line', line=note.line)})" if note.line else ""
        lines.append(f"  ! {note.text(language)}{value}{line}")
    return "\n".join(lines)


def _round(one: Round, language: str) -> str:
    t = Catalogue(language).t
    found = {"year": one.year, "selected": one.selected, "applicants": one.applicants, "amount": one.amount_nok}
    told = t("reader.round", None, **{name: _shown(value, t("reader.unknown")) for name, value in found.items()})
    return f"{told} ({t(f'reader.{one.amount_kind.value}')})" if one.amount_kind else told


def _project(project: Project, language: str) -> list[str]:
    t = Catalogue(language).t
    unknown = t("reader.unknown")
    named = (("owner", project.owners), ("partner", project.partners), ("supplier", project.suppliers))
    lines = [t(f"reader.{role}", listed=_listed(found)) for role, found in named if found]
    if project.start or project.end:
        lines.append(t("reader.period", start=_shown(project.start, unknown), end=_shown(project.end, unknown)))
    if project.status:
        lines.append(t("reader.status", status=_shown(project.status, unknown)))
    for gain in project.gains:
        lines.append(t("reader.gain", modality=t(f"reader.{gain.modality}"), line=gain.line, text=gain.text))
    return lines


def _listed(found: Sequence[Found]) -> str:
    return "; ".join(_shown(one, "") for one in found)


def _shown(found: Found | None, unknown: str) -> str:
    if found is None:
        return unknown
    place = f" [{found.line}]" if found.line else ""
    return f"{found.value}{'?' if found.confidence < UNSURE else ''}{place}"

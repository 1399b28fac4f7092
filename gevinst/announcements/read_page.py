"""A page to everything proposed from it.

Belongs here: the order of the steps, and saying why a page gave no project.
Does not belong here: any of the steps.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gevinst.announcements.boilerplate import marked
from gevinst.announcements.document import Document, read_document
from gevinst.announcements.document_type import (
    Contents,
    is_about_award,
    is_call,
    language_of,
    published_of,
    publisher_of,
    tells_of_projects,
    title_of,
    type_of,
)
from gevinst.announcements.fields import Field, fields_of
from gevinst.announcements.headings import bare_title
from gevinst.announcements.model import Found, Line, Note, Project, Reading
from gevinst.announcements.organisations import named_in
from gevinst.announcements.projects import completed, found_projects
from gevinst.announcements.rounds import rounds_of

_WHY_NONE = {
    "call": (
        "siden er en utlysning: den inviterer til å søke og tildeler ingenting, og prosjektene i den er eksempler",
        "the page is a call: it invites to apply and awards nothing, and projects in it are examples",
    ),
    "scheme_rules": (
        "siden gir reglene for ordningen og nevner ikke noe prosjekt",
        "the page gives the rules of the scheme and names no project",
    ),
    "summary_article": (
        "siden gjengir en rapport om ordningen og beskriver ikke noe enkelt prosjekt",
        "the page relates a report on the scheme and describes no single project",
    ),
    "award_news": (
        "siden forteller om en tildeling, men ingen eier av et prosjekt kunne leses ut av den",
        "the page tells of an award, but no owner or field of a project could be read from it",
    ),
}
_NOTHING_FOUND = (
    "ingen felt, tabell eller liste med prosjekter ble funnet på siden",
    "no label, table or list of projects was found on the page",
)
LABELLED = 0.85
AWARDS = ("award_news", "cohort_page", "ministry_release", "vendor_table", "programme_page")


def read_page(path: Path) -> Reading:
    """Everything proposed from the page at `path`; raises `AnnouncementError` when it cannot be read."""
    return reading_of(read_document(path))


def reading_of(document: Document) -> Reading:
    """Everything proposed from a page."""
    document = replace(document, lines=tuple(marked(list(document.lines), document.text)))
    fields = fields_of(document.lines)
    title = title_of(document)
    call = is_call(document, title)
    projects: list[Project] = []
    notes: list[Note] = []
    has_table = False
    if not call:
        told = tells_of_projects(document, title)
        projects, has_table, notes = found_projects(document.lines, fields, title, may_be_told=told)
    contents = Contents(
        projects=len(projects),
        has_table=has_table,
        has_suppliers=any(project.suppliers for project in projects),
        is_labelled=any(one.confidence >= LABELLED for project in projects for one in project.owners),
    )
    kind = type_of(document, title, contents)
    if kind.value == "scheme_rules":
        projects = []
    reading = Reading(document.name, kind, language_of(document))
    reading.title = Found(bare_title(title.text), title.number, 0.9) if title else None
    reading.published = published_of(document, fields)
    reading.publisher = publisher_of(document, fields)
    _complete(reading, projects, fields, notes)
    _rounds(reading, document, title, notes)
    reading.findings += _findings(reading, fields, notes)
    return reading


def _complete(reading: Reading, projects: list[Project], fields: list[Field], notes: list[Note]) -> None:
    is_award = reading.type.value in AWARDS
    for project in projects:
        completed(project, fields, is_only=len(projects) == 1 and not is_award, is_award=is_award, notes=notes)
        if reading.type.value == "cofinancing_page" and project.grant:
            notes.append(
                Note(
                    "amount_co_funding",
                    "penger fra en annen ordning, ikke et tilskudd herfra",
                    "money of another scheme, not a grant",
                    project.grant.line,
                    project.grant.value,
                )
            )
            project.grant = None
    reading.projects = projects


def _rounds(reading: Reading, document: Document, title: Line | None, notes: list[Note]) -> None:
    about = is_about_award(document, title) or reading.projects
    if reading.type.value in ("call", "scheme_rules", "summary_article", "cofinancing_page", "other") or not about:
        return
    inside = {line.number for project in reading.projects for line in project.lines if len(project.lines) > 1}
    kept = [line for line in document.lines if line.number not in inside or len(reading.projects) == 1]
    rounds, said = rounds_of(kept, reading.published, projects=len(reading.projects), title=title)
    reading.rounds = rounds
    notes += said


def _findings(reading: Reading, fields: list[Field], notes: list[Note]) -> list[Note]:
    found = list(notes)
    if not reading.projects:
        found.insert(0, Note("no_projects", *_WHY_NONE.get(str(reading.type.value), _NOTHING_FOUND)))
    for project in reading.projects:
        if project.name is None:
            owner = project.owners[0].value if project.owners else None
            nb, en = "siden gir ikke prosjektet noe navn", "the page gives this project no name"
            found.append(Note("project_without_name", nb, en, project.first_line, owner))
        if not project.owners:
            found.append(
                Note(
                    "owner_not_stated",
                    "siden sier ikke hvem som eier prosjektet",
                    "the page does not say who owns this project",
                    project.first_line,
                    _name(project),
                )
            )
        if project.grant:
            found.append(
                Note(
                    "project_grant",
                    f"siden oppgir et tilskudd til {_name(project) or 'et prosjekt'}",
                    f"the page states a grant to {_name(project) or 'a project'}",
                    project.grant.line,
                    project.grant.value,
                )
            )
    for field in fields:
        if field.field in ("owner", "owners", "partners"):
            groups = named_in(field.value.text).groups
            found += [
                Note(
                    "unnamed_participants",
                    "er med uten navn",
                    "takes part without being named",
                    field.value.of(one),
                    one,
                )
                for one in groups
            ]
    return sorted(dict.fromkeys(found), key=lambda note: note.line or 0)


def _name(project: Project) -> str | None:
    known = project.name or (project.owners[0] if project.owners else None)
    return str(known.value) if known else None

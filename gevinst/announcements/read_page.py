"""From a saved page to a `Reading`: everything proposed from it, as an object and in words.

Belongs here: the order of the steps, the reason why a page gave no project, and how a reading is shown.
Does not belong here: any of the steps, the words on the screen (``texts/reader.toml``) and drafts (`accept.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from gevinst.announcements.article import marked
from gevinst.announcements.document import Document, read_document
from gevinst.announcements.document_type import (
    Contents,
    is_about_award,
    is_about_projects,
    is_call,
    is_list_of_applicants,
    language_of,
    published_of,
    publisher_of,
    title_of,
    type_of,
)
from gevinst.announcements.model import Found, Line, Note, Project, Reading, Round
from gevinst.announcements.name_lists import named_in, second_reading
from gevinst.announcements.projects import Projects, completed, completed_together, found_projects
from gevinst.announcements.projects_in_fields import Field, fields_of
from gevinst.announcements.rounds import rounds_of
from gevinst.announcements.titles import bare_title, is_only_organisations
from gevinst.announcements.units import is_told_whole, unit_said
from gevinst.announcements.vocabulary import LANGUAGES, confidence, limit
from gevinst.announcements.without_persons import without_persons
from gevinst.language.texts import Catalogue
from gevinst.limited import LimitError, in_child

_WHY_NONE = {
    "call": (
        "siden er en utlysning: den inviterer til å søke og tildeler ingenting, og prosjektene i den er eksempler",
        "the page is a call: it invites applications and awards nothing, and projects in it are examples",
    ),
    "scheme_rules": (
        "siden gir reglene for ordningen og nevner ikke noe prosjekt",
        "the page gives the rules of the scheme and names no project",
    ),
    "summary_article": (
        "siden gjengir en rapport om ordningen og beskriver ikke noe enkelt prosjekt",
        "the page summarises a report on the scheme and describes no single project",
    ),
    "award_news": (
        "siden forteller om en tildeling, men ingen eier av et prosjekt kunne leses ut av den",
        "the page is about an award, but no owner or field of a project could be read from it",
    ),
}
_APPLICANTS = (
    "siden lister opp søkere, og ingenting på den er tildelt",
    "the page lists applicants, and nothing on it has been awarded",
)
_OTHER_LANGUAGE = (
    "siden er på et språk leseren ikke kan; bare bokmål, nynorsk og engelsk blir lest",
    "the page is in a language that the reader does not know; only bokmål, nynorsk and English are read",
)
_UNKNOWN_LANGUAGE = (
    "språket på siden er ikke gjenkjent; bare bokmål, nynorsk og engelsk blir lest",
    "the language of the page is not recognised; only bokmål, nynorsk and English are read",
)
_NOTHING_FOUND = (
    "ingen felt, tabell eller liste med prosjekter ble funnet på siden",
    "no label, table or list of projects was found on the page",
)
_AWARDS = ("award_news", "cohort_page", "ministry_release", "vendor_table", "programme_page")
_WITHOUT_ROUND = ("call", "scheme_rules", "summary_article", "cofinancing_page", "other")


def read_page(path: Path) -> Reading:
    """Everything proposed from the page at `path`, read in a process of its own.

    Raises `AnnouncementError` when it cannot be read, and `LimitError` when reading took too much.
    """
    try:
        return in_child(_read, path)
    except LimitError as error:
        raise error.about(str(path)) from error


def _read(path: Path) -> Reading:
    return reading_of(read_document(path))


def reading_of(document: Document) -> Reading:
    """Everything proposed from a page."""
    document = replace(document, lines=tuple(marked(list(document.lines), document.text)))
    language = language_of(document)
    if language.value not in (*LANGUAGES, "und"):
        return _not_read(document, language)
    fields = fields_of(document.lines)
    title = title_of(document)
    projects = Projects()
    # A call praises earlier projects, which are not what it is about.
    applicants_only = is_list_of_applicants(document)
    if not applicants_only and not is_call(document, title):
        may_be_prose = is_about_projects(document, title)
        projects = found_projects(document.lines, fields, title, may_be_prose=may_be_prose)
    # An owner known this surely was given by a label, and labels make a project page.
    labelled = confidence("type.labelled")
    found, notes = projects.found, projects.notes
    contents = Contents(
        projects=len(found),
        has_table=projects.has_table,
        has_suppliers=any(project.suppliers for project in found),
        has_grants=any(project.grant for project in found),
        is_labelled=any(one.confidence >= labelled for project in found for one in project.owners),
    )
    kind = type_of(document, title, contents)
    reading = Reading(document.name, kind, language, lines=document.lines)
    reading.title = Found(bare_title(title.text), title.number, confidence("page.title")) if title else None
    reading.published = published_of(document, fields)
    reading.publisher = publisher_of(document, fields)
    reading.projects = [] if kind.value == "scheme_rules" else found
    if kind.value == "vendor_case":
        _add_vendor(reading, document)
    _complete(reading, fields, notes)
    _drop_bare_amounts(reading, document, projects)
    if applicants_only:
        _add_round_of_applicants(reading, document, title, notes)
    else:
        _add_rounds(reading, document, title, projects)
        _drop_bare_amounts(reading, document, projects)
    reading.findings = _findings(reading, fields, notes)
    return without_persons(reading)


def _not_read(document: Document, language: Found) -> Reading:
    """What is known of a page in a language that the reader has no words of: title, date and publisher."""
    title, fields = title_of(document), fields_of(document.lines)
    kind = Found("other", None, confidence("type.none_without_sign"))
    reading = Reading(document.name, kind, language, lines=document.lines)
    reading.title = Found(bare_title(title.text), title.number, confidence("page.title")) if title else None
    reading.published = published_of(document, fields)
    reading.publisher = publisher_of(document, fields)
    reading.findings = [
        Note("language_not_read", *_OTHER_LANGUAGE, title.number if title else None, language.value),
        Note("no_projects", *_OTHER_LANGUAGE),
    ]
    return without_persons(reading)


def _add_vendor(reading: Reading, document: Document) -> None:
    """The supplier of a page on which a supplier tells of its own work: whose site it is, by the end of its title."""
    title = document.meta.title
    site = re.split(r"\s+[|–—-]\s+", title[0])[-1].strip() if title else ""
    is_site = site and title and site != title[0] and len(site.split()) <= limit("words_of_site")
    if len(reading.projects) == 1 and not reading.projects[0].suppliers and is_site and title:
        reading.projects[0].suppliers = [Found(site, title[1], confidence("text.supplier"))]


def _complete(reading: Reading, fields: list[Field], notes: list[Note]) -> None:
    is_award = reading.type.value in _AWARDS
    is_only = len(reading.projects) == 1 and not is_award
    for project in reading.projects:
        completed(project, fields, is_only=is_only, is_award=is_award, notes=notes)
        if reading.type.value == "cofinancing_page" and project.grant:
            nb, en = "penger fra en annen ordning, ikke et tilskudd herfra", "money of another scheme, not a grant"
            notes.append(Note("amount_co_funding", nb, en, project.grant.line, project.grant.value))
            project.grant = None
    completed_together(reading.projects, reading.lines)


def _add_rounds(reading: Reading, document: Document, title: Line | None, projects: Projects) -> None:
    is_about_round = reading.projects or is_about_award(document, title)
    if reading.type.value in _WITHOUT_ROUND or not is_about_round:
        return
    # Numbers inside one of several projects belong to that project; a page of one project is about its round too.
    inside = [line for project in reading.projects for line in project.lines if len(project.lines) > 1]
    kept = [line for line in document.lines if len(reading.projects) == 1 or not _is_among(line, inside)]
    is_award = reading.type.value in _AWARDS
    count = len(reading.projects)
    grants = {(one.grant.line, int(one.grant.value)) for one in reading.projects if one.grant}
    reading.rounds, more = rounds_of(
        kept,
        reading.published,
        projects=count,
        title=title,
        is_award=is_award,
        grants=grants,
        total=projects.total if is_award else None,
    )
    projects.notes += more


def _drop_bare_amounts(reading: Reading, document: Document, projects: Projects) -> None:
    """Where a page counts in thousands or millions, an amount that does not say its scale may be in that too."""
    if unit_said(document.lines) is None:
        return
    texts = {line.number: line.text for line in document.lines}
    nb, en = "et beløp som kan være i tusen eller millioner", "an amount that may be in thousands or millions"

    def is_known(found: Found | None) -> bool:
        said = texts.get(found.line or 0, "") if found else ""
        return found is None or found in projects.in_unit or is_told_whole(int(found.value), said)

    for project in reading.projects:
        if (grant := project.grant) and not is_known(grant):
            projects.notes.append(Note("amount_unit_not_certain", nb, en, grant.line, grant.value))
            project.grant = None
    for one in reading.rounds:
        if (amount := one.amount_nok) and not is_known(amount):
            projects.notes.append(Note("amount_unit_not_certain", nb, en, amount.line, amount.value))
            one.amount_nok = one.amount_kind = None


def _is_among(line: Line, others: Sequence[Line]) -> bool:
    """Whether a line, or what it begins with, is among others; its number does not say so where a file is one line."""
    same = (one.text for one in others if one.number == line.number and one.text)
    return any(line.text.startswith(text) or line.text in text for text in same)


def _add_round_of_applicants(reading: Reading, document: Document, title: Line | None, notes: list[Note]) -> None:
    """What a list of applicants says of its round: the year and how many there are; what they ask for is no award."""
    notes.append(Note("applicants_only", *_APPLICANTS, reading.type.line))
    found, more = rounds_of(document.lines, reading.published, projects=0, title=title, is_award=False)
    reading.rounds = [Round(year=one.year, applicants=one.applicants) for one in found[:1] if one.applicants]
    notes += more


def _findings(reading: Reading, fields: list[Field], notes: list[Note]) -> list[Note]:
    found = list(notes)
    if reading.language.value == "und":
        found.append(Note("language_not_known", *_UNKNOWN_LANGUAGE))
    if not reading.projects:
        is_listed = any(note.code == "applicants_only" for note in notes)
        why = _APPLICANTS if is_listed else _WHY_NONE.get(str(reading.type.value), _NOTHING_FOUND)
        found.insert(0, Note("no_projects", *why))
    for project in reading.projects:
        found += _findings_of(project)
    for field in fields:
        if field.field in ("owner", "owners", "partners"):
            nb, en = "er med uten navn", "takes part without being named"
            groups = named_in(field.value.text).groups
            found += [Note("unnamed_participants", nb, en, field.value.of(one), one) for one in groups]
        elif field.field == "unknown" and is_only_organisations(field.value.text):
            nb, en = "et felt som ikke er kjent, og ikke er lest", "a label that is not known, and was not read"
            found.append(Note("label_not_known", nb, en, field.value.number, field.label))
    return sorted(dict.fromkeys(found), key=lambda note: note.line or 0)


def _findings_of(project: Project) -> list[Note]:
    """Notes on what a project lacks, and on its grant, which must not be mistaken for the round's amount."""
    found: list[Note] = []
    known = project.name or (project.owners[0] if project.owners else None)
    if project.name is None:
        nb, en = "siden gir ikke prosjektet noe navn", "the page gives this project no name"
        found.append(Note("project_without_name", nb, en, project.first_line, known and known.value))
    if not project.owners:
        nb, en = "siden sier ikke hvem som eier prosjektet", "the page does not say who owns this project"
        found.append(Note("owner_not_stated", nb, en, project.first_line, known and str(known.value)))
    for one in [*project.owners, *project.partners, *project.suppliers]:
        if two := second_reading(str(one.value)):
            nb, en = f"kan også være to: {two[0]}, {two[1]}", f"may also be two: {two[0]}, {two[1]}"
            found.append(Note("name_may_be_two", nb, en, one.line, one.value))
    if project.grant:
        nb = f"siden oppgir et tilskudd til {known.value if known else 'et prosjekt'}"
        en = f"the page states a grant to {known.value if known else 'a project'}"
        found.append(Note("project_grant", nb, en, project.grant.line, project.grant.value))
    return found


def as_object(reading: Reading, language: str = "en") -> dict[str, Any]:
    """`document`, `rounds`, `projects` and `findings`; an unknown value is `None`, an unknown list empty."""
    figures = ("year", "selected", "applicants", "amount_nok", "amount_kind")
    return {
        "document": _values(reading, ("type", "published", "language")),
        "rounds": [_values(one, figures) for one in reading.rounds],
        "projects": [_project_object(one) for one in reading.projects],
        "findings": [
            {"code": one.code, "text": one.text(language), "line": one.line, "value": one.value}
            for one in reading.findings
        ],
    }


def _value(found: Found | None) -> dict[str, Any] | None:
    return found and {"value": found.value, "line": found.line, "confidence": round(found.confidence, 2)}


def _values(holder: Reading | Round | Project, names: Sequence[str]) -> dict[str, Any]:
    return {name: _value(getattr(holder, name)) for name in names}


def _project_object(one: Project) -> dict[str, Any]:
    lists = {role: [_value(found) for found in getattr(one, role)] for role in ("owners", "partners", "suppliers")}
    gains = [
        {"text": gain.text, "modality": gain.modality, "line": gain.line, "confidence": round(gain.confidence, 2)}
        for gain in one.gains
    ]
    return {
        **_values(one, ("name",)),
        **lists,
        **_values(one, ("start", "end")),
        "gains": gains,
        **_values(one, ("status",)),
    }


def summary_text(reading: Reading, language: str) -> str:
    """The reading as lines of text; unsure values have a question mark, numbers of lines are in square brackets."""
    t = Catalogue(language).t
    head = t(
        "reader.head",
        file=reading.file_name,
        type=t(f"reader.type_{reading.type.value}"),
        language=t(f"reader.language_{reading.language.value}"),
        published=_shown(reading.published, t("reader.unknown")),
    )
    lines = [head, *(f"  {_round_text(one, language)}" for one in reading.rounds)]
    for number, project in enumerate(reading.projects, start=1):
        lines.append(f"  {number}. {_shown(project.name, t('reader.without_name'))}")
        lines += [f"     {line}" for line in _project_lines(project, language)]
    for note in reading.findings:
        value = f": {_note_value(note, language)}" if note.value is not None else ""
        line = f" ({t('reader.line', line=note.line)})" if note.line else ""
        lines.append(f"  ! {note.text(language)}{value}{line}")
    return "\n".join(lines)


def _round_text(one: Round, language: str) -> str:
    t = Catalogue(language).t
    found = {"year": one.year, "selected": one.selected, "applicants": one.applicants}
    known = {name: _shown(value, t("reader.unknown")) for name, value in found.items()}
    amount = one.amount_nok
    kroner = amount and t("reader.amount", amount=int(amount.value))
    text = t("reader.round", None, amount=_shown(amount, t("reader.no_amount"), kroner), **known)
    return f"{text} ({t(f'reader.{one.amount_kind.value}')})" if one.amount_kind else text


def _project_lines(project: Project, language: str) -> list[str]:
    t = Catalogue(language).t
    unknown = t("reader.unknown")
    named = (("owner", project.owners), ("partner", project.partners), ("supplier", project.suppliers))
    lines = [t(f"reader.{role}", listed="; ".join(_shown(one, "") for one in found)) for role, found in named if found]
    if project.start or project.end:
        lines.append(t("reader.period", start=_shown(project.start, unknown), end=_shown(project.end, unknown)))
    if project.status:
        status = t(f"reader.status_{project.status.value}")
        lines.append(t("reader.status", status=_shown(project.status, unknown, status)))
    for gain in project.gains:
        lines.append(t("reader.gain", modality=t(f"reader.{gain.modality}"), line=gain.line, text=gain.text))
    return lines


def _note_value(note: Note, language: str) -> str:
    """The value of a note, of which kroner are written as such."""
    is_amount = note.code.startswith("amount_") or note.code in ("project_grant", "sum_differs")
    if is_amount and isinstance(note.value, int):
        return Catalogue(language).t("reader.amount", amount=note.value)
    return str(note.value)


def _shown(found: Found | None, unknown: str, text: str | None = None) -> str:
    """A value, or the `text` that says it, with its line and a question mark where it is unsure."""
    if found is None:
        return unknown
    place = f" [{found.line}]" if found.line else ""
    return f"{text or found.value}{'?' if found.confidence < confidence('draft.unsure') else ''}{place}"

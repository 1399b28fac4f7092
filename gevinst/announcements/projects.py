"""All projects of a page: from fields, tables and sentences, merged and completed from their text.

Belongs here: the order in which the ways of finding projects are tried, merging, and what the text adds to a project.
Does not belong here: the ways themselves (`projects_in_fields.py`, `projects_in_prose.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gevinst.announcements.all_projects import sentences_on_all, start_all, without_those_of_all
from gevinst.announcements.amounts import amounts_in, date_in, foreign_in, period_in
from gevinst.announcements.benefits import benefits_of, status_of
from gevinst.announcements.model import Found, Line, Note, Project
from gevinst.announcements.name_lists import add, add_names
from gevinst.announcements.organisations import is_scheme, may_be_organisation, without_brackets
from gevinst.announcements.projects_in_fields import Field, projects_in_blocks
from gevinst.announcements.projects_in_prose import inline, projects_in_text
from gevinst.announcements.projects_in_tables import projects_in_tables
from gevinst.announcements.statements import along_in, statement_of
from gevinst.announcements.vocabulary import (
    MONTH,
    SEASON,
    YEAR,
    compiled,
    confidence,
    limit,
    one_of,
    pattern,
    sentences,
)

_WHEN = rf"(?:(?:\d{{1,2}}\.?\s*)?{MONTH}\s+{YEAR}|{SEASON}\s+{YEAR}|{YEAR})"
# Limits such as {0,30} keep a verb and a date within one clause: further apart, the date is about something else.
_STARTED = compiled(
    rf"\b{one_of('projects.started')}\b[^.;]{{0,30}}?\b{one_of('projects.on')}?(?P<when>{_WHEN})", re.IGNORECASE
)
_ENDED = compiled(rf"\b{one_of('projects.ended')}\b[^.;]{{0,40}}?\b(?P<when>{_WHEN})", re.IGNORECASE)
_RAN = compiled(
    rf"\b{one_of('projects.ran')}\b[^.;]{{0,20}}?(?P<a>{_WHEN}|{MONTH})"
    rf"\s*(?:–|-|{one_of('projects.until')})\s*(?P<b>{_WHEN})",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\b(?:[Ss]timu[Ll]ab-)?(?:[Pp]rosjektet|project)\s+(?P<name>[«“][^»”]{3,120}[»”]|"
    r"[A-ZÆØÅÄÖÉ][\w-]+(?:\s[A-ZÆØÅÄÖÉ0-9][\w.-]*)*)(?=[\s,.])"
)
_FOR_ONE = pattern("projects.for_one")
_FOR_ALL = compiled(rf"{one_of('rounds.in_total')}|{one_of('rounds.the_projects')}", re.IGNORECASE)
_WORKS_WITH = pattern("projects.works_with")


@dataclass(slots=True)
class Projects:
    """What a page gave: its projects in order, whether any was in a table, the sum of a table, and notes.

    `in_unit` are the amounts of which it is known what their table counts in.
    """

    found: list[Project] = field(default_factory=list)
    has_table: bool = False
    total: Found | None = None
    in_unit: set[Found] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)


def found_projects(
    lines: Sequence[Line], fields: Sequence[Field], title: Line | None, *, may_be_prose: bool
) -> Projects:
    """The projects of a page.

    `may_be_prose` allows projects that only sentences name; labels and tables need no such permission.
    """
    tables = projects_in_tables(lines)
    tabled, notes = tables.projects, tables.notes
    blocked = projects_in_blocks(lines, [one for one in fields if one.first not in tables.taken], title)
    if tabled:  # beside a table, a block with half of a project is mostly a heading or an explanation of the table
        blocked = [project for project in blocked if project.name and project.owners]
    found = merged([*blocked, *tabled])
    if found:
        _note_name_variants(found, inline(lines), notes)
    elif may_be_prose:
        lines = [line for place, line in enumerate(lines) if place not in tables.taken]
        found = [project for project in merged(projects_in_text(lines)) if not _is_scheme_only(project)]
    total = tables.total
    if _is_in_other_money(lines):
        total = None
        for project in found:
            project.grant = None
    return Projects(sorted(found, key=lambda project: project.first_line), bool(tabled), total, tables.in_unit, notes)


def _is_in_other_money(lines: Sequence[Line]) -> bool:
    """Whether a page speaks of other money and never of kroner, so that a bare number in a cell is none either."""
    texts = [line.text for line in lines if not line.is_quiet]
    has_kroner = any(not amount.is_bare for text in texts for amount in amounts_in(text))
    return not has_kroner and any(foreign_in(text) for text in texts)


def _is_scheme_only(project: Project) -> bool:
    return bool(project.owners) and project.name is None and all(is_scheme(str(one.value)) for one in project.owners)


def completed_together(projects: Sequence[Project], lines: Sequence[Line]) -> None:
    """Add the period that a sentence gives all of several projects."""
    if len(projects) > 1:
        shared = Project(lines=list(sentences_on_all(lines, len(projects))))
        _dates_of_text(shared)
        start_all(projects, shared.start, shared.end)


def completed(project: Project, fields: Sequence[Field], *, is_only: bool, is_award: bool, notes: list[Note]) -> None:
    """Add what the text and the other fields of a project say: period, grant, partners, benefits and status."""
    numbers = {line.number for line in project.lines}
    own = [one for one in fields if is_only or one.value.number in numbers]
    for one in own:
        _take(project, one)
    whole = project.lines
    project.lines = whole if is_only else without_those_of_all(whole)
    _dates_of_text(project)
    if is_only and project.name is None:
        project.name = _name_of_text(project)
    if is_only and not project.owners:
        _owner_of_text(project)
    _partners_of_text(project)
    if project.grant is None:
        _grant_of_text(project, notes, is_one_of_several=is_award and not is_only)
    project.gains = benefits_of(project.lines, is_result_page=is_only)
    label = next((one.value for one in own if one.field == "status"), None)
    project.status = status_of(project.lines, label, is_result_page=is_only)
    project.lines = whole
    if project.status is None and is_award:
        project.status = Found("tildelt", project.first_line, confidence("status.of_award"))
    owners = {owner.value for owner in project.owners}
    project.partners = [one for one in project.partners if one.value not in owners]


def _take(project: Project, field: Field) -> None:
    """Take a date, a period or an amount from a labelled field, which counts before running text."""
    text, number, sure = field.value.text, field.value.number, confidence("fields.date")
    if field.field == "period":
        start, end = period_in(text)
        project.start = project.start or _dated(start, number, sure)
        project.end = project.end or _dated(end, number, sure)
    elif field.field == "start":
        project.start = _dated(date_in(text), number, sure) or project.start
    elif field.field == "end":
        project.end = _dated(date_in(text), number, sure) or project.end
    elif field.field == "grant":
        # The kind of an amount depends on the words around it: here the label, after which «kroner» may be left out.
        whole = f"støtte {text}"
        found = amounts_in(whole if re.search(r"kr|NOK|mill", whole, re.IGNORECASE) else f"{whole.rstrip('. ')} kroner")
        if found and found[0].kind == "award":
            project.grant = Found(found[0].nok, number, confidence("fields.grant"))


def _dated(when: str | None, number: int, sure: float) -> Found | None:
    return Found(when, number, sure) if when else None


def _prose(project: Project) -> Iterator[Line]:
    """Lines of running text: the article without menus, quotes and tables."""
    return (line for line in project.lines if not line.is_quiet and not line.cells)


def _dates_of_text(project: Project) -> None:
    for line in _prose(project):
        if (match := _RAN.search(line.text)) and not (project.start or project.end):
            start, end = period_in(f"{match['a']} – {match['b']}")
            project.start = _dated(start, line.at(match.start("a")), confidence("text.start"))
            project.end = _dated(end, line.at(match.start("b")), confidence("text.start"))
        if project.start is None and (match := _STARTED.search(line.text)):
            project.start = _dated(date_in(match["when"]), line.at(match.start("when")), confidence("text.start"))
        if project.end is None and (match := _ENDED.search(line.text)):
            project.end = _dated(date_in(match["when"]), line.at(match.start("when")), confidence("text.end"))


def _name_of_text(project: Project) -> Found | None:
    """A name with a capital after the words «<scheme>-prosjektet», on a page of one project without a title."""
    for line in _prose(project):
        match = _CALLED.search(line.text)
        if match and not may_be_organisation(match["name"]):
            return Found(match["name"].strip('«»“”" '), line.at(match.start("name")), confidence("text.name"))
    return None


def _owner_of_text(project: Project) -> None:
    """On a page of one project: the organisation that is the subject of the first sentence with one."""
    for line in _prose(project):
        if line.level:
            continue
        for sentence in sentences(line.text)[:3]:
            stated = statement_of(sentence)
            if stated and stated.is_sure and not is_scheme(stated.owners[0]):
                owner, sure = stated.owners[0], confidence("text.owner")
                project.owners = [Found(owner, line.of(owner), sure)]
                project.partners = [one for one in project.partners if one.value != owner]
                add_names(project.partners, line, stated.partners, sure)
                return


def _partners_of_text(project: Project) -> None:
    owners = {without_brackets(str(one.value)) for one in project.owners}
    if not owners:
        return
    known = {str(one.value) for one in [*project.owners, *project.suppliers]}
    for line in _prose(project):
        for sentence in sentences(line.text)[:4]:
            stated = statement_of(sentence)
            names: list[str] = []
            if stated and {without_brackets(name) for name in stated.owners} & owners:
                names = stated.partners
            elif match := _WORKS_WITH.search(sentence):
                names = along_in(f" sammen med {sentence[match.end() :]}")
            fresh = [name for name in names if may_be_organisation(name) and name not in known]
            add_names(project.partners, line, fresh, confidence("text.partner"))


def _grant_of_text(project: Project, notes: list[Note], *, is_one_of_several: bool) -> None:
    """The grant in a project's own text; where several have texts of their own, an amount there is its own."""
    for line in _prose(project):
        for sentence in sentences(line.text):
            number = line.of(sentence[:40])
            for amount in amounts_in(sentence):
                is_own = _FOR_ONE.search(sentence) or (is_one_of_several and not _FOR_ALL.search(sentence))
                if amount.kind == "award" and amount.nok < limit("most_for_one") and is_own:
                    project.grant = project.grant or Found(amount.nok, number, confidence("text.grant"))
                elif amount.kind in ("earmark", "co_funding", "own_money", "saving", "cost", "applied_for"):
                    nb, en = "et beløp som ikke er et tilskudd", "an amount that is no grant"
                    notes.append(Note(f"amount_{amount.kind}", nb, en, number, amount.nok))


def merged(found: Sequence[Project]) -> list[Project]:
    """Projects without duplicates: those with the same name, or the same owner when one has no name, are joined."""
    kept: list[Project] = []
    for project in found:
        same = next((known for known in kept if _is_same(known, project)), None)
        if same is None:
            kept.append(project)
            continue
        same.name = same.name or project.name
        same.owners = same.owners or project.owners
        add(same.partners, project.partners)
        add(same.suppliers, project.suppliers)
        same.lines += [line for line in project.lines if line not in same.lines]
    return kept


def _is_same(one: Project, other: Project) -> bool:
    first, second = ({without_brackets(str(owner.value)) for owner in project.owners} for project in (one, other))
    if one.name and other.name:
        may_be = bool(first & second) or not first or not second
        return may_be and similar(str(one.name.value), str(other.name.value))
    return bool(first & second)


def similar(one: str, other: str) -> bool:
    """Whether two names are forms of one: most words of the shorter in the longer."""
    first, second = (set(re.findall(r"\w{3,}", name.lower())) for name in (one, other))
    if not first or not second:
        return one.lower() == other.lower()
    return len(first & second) >= confidence("factors.words_in_common") * min(len(first), len(second))


def _note_name_variants(found: list[Project], others: Sequence[Project], notes: list[Note]) -> None:
    """Note other forms of names in running text; they are not further projects."""
    for other in others:
        name = other.name
        same = (project for project in found if project.name and name and project.name.value != name.value)
        project = next((project for project in same if _is_same(project, other)), None)
        if project and project.name and name:
            nb, en = f"en annen form av «{project.name.value}»", f"another form of «{project.name.value}»"
            notes.append(Note("name_variant", nb, en, name.line, name.value))

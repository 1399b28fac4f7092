"""All projects of a page: from blocks, tables and sentences, put together and completed from their text.

Belongs here: the order in which the ways of telling are tried, merging, and what the text adds to a project.
Does not belong here: the ways of telling (`blocks.py`, `tables.py`, `items.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gevinst.announcements import projects_in_fields as blocks
from gevinst.announcements import projects_in_prose as items
from gevinst.announcements import tables
from gevinst.announcements.amounts import amounts_in
from gevinst.announcements.benefits import gains_of
from gevinst.announcements.dates import MONTH, YEAR, date_in, period_in
from gevinst.announcements.fields import Field, add
from gevinst.announcements.model import Found, Line, Note, Project
from gevinst.announcements.organisations import is_scheme, may_be_organisation
from gevinst.announcements.status import status_of
from gevinst.announcements.subjects import along_in, told_in
from gevinst.announcements.words import SEASON, sentences

_WHEN = rf"(?:(?:\d{{1,2}}\.?\s*)?{MONTH}\s+{YEAR}|{SEASON}\s+{YEAR}|{YEAR})"
_STARTED = re.compile(
    rf"\b(?:oppstart|startet(?: opp)?|starta|startdato|startar|starter|satte i gang|sette i gang|started|starts|"
    rf"began|kick-off|ble satt i gang|vart sett i gang|begynte|start)\b[^.;]{{0,30}}?\b(?:i |in |on |"
    rf"den )?(?P<when>{_WHEN})",
    re.IGNORECASE,
)
_ENDED = re.compile(
    rf"\b(?:avsluttet|avslutta|avsluttes|avsluttast|ferdig|ferdigstilt|sluttrapport\w*|sluttført|fullført|ended|"
    rf"finished|completed|concluded|ends)\b[^.;]{{0,40}}?\b(?P<when>{_WHEN})",
    re.IGNORECASE,
)
_RAN = re.compile(
    rf"\b(?:fra|frå|from|perioden|pågikk|varte|varer|ran|gikk|gjekk|between|mellom)\b[^.;]{{0,20}}?(?P<a>{_WHEN}|"
    rf"{MONTH})\s*(?:til|to|–|-|until|og|and)\s*(?P<b>{_WHEN})",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\b(?:[Ss]timu[Ll]ab-)?(?:[Pp]rosjektet|project)\s+(?P<name>[«“][^»”]{3,120}[»”]|"
    r"[A-ZÆØÅ][\w-]+(?:\s[A-ZÆØÅ0-9][\w.-]*)*)(?=[\s,.])"
)
MOST_FOR_ONE = 6_000_000
_FOR_ONE = re.compile(
    r"til prosjektet|til arbeidet|for prosjektet|for the project|to the project|har fått|fikk|fekk|received|tildelt",
    re.IGNORECASE,
)
_WORKS_WITH = re.compile(
    r"\b(?:prosjektet|prosjektgruppa|the project)\s+"
    r"(?:(?:gjennomføres|gjennomførast|skjer|drives|is carried out|is run)\s"
    r"(?:sammen|saman|i samarbeid|together|in cooperation)|"
    r"samarbeider|samarbeidar|har samarbeidet|works|cooperates|collaborates)\s+"
    r"(?:også\s|òg\s|tett\s|also\s|closely\s)*(?P<with>med|with)\s+",
    re.IGNORECASE,
)


def found_projects(
    lines: Sequence[Line], fields: Sequence[Field], title: Line | None, *, may_be_told: bool
) -> tuple[list[Project], bool, list[Note]]:
    """Projects of the page, whether they stood in a table, and notes.

    `may_be_told` allows projects told in sentences only; labels and tables speak for themselves.
    """
    notes: list[Note] = []
    tabled, taken = tables.projects_of(lines)
    outside = [field for field in fields if field.first not in taken]
    blocked = blocks.projects_of(lines, blocks.blocks_of(lines, outside), title)
    if tabled:
        blocked = [project for project in blocked if project.name and project.owners]
    found = merged([*blocked, *tabled])
    if not found and may_be_told:
        found = merged(items.projects_of(lines))
        found = [project for project in found if not _is_scheme_only(project)]
    elif found:
        _name_variants(found, items.inline(lines), notes)
    return sorted(found, key=lambda project: project.first_line), bool(tabled), notes


def _is_scheme_only(project: Project) -> bool:
    return bool(project.owners) and project.name is None and all(is_scheme(str(one.value)) for one in project.owners)


def completed(project: Project, fields: Sequence[Field], *, is_only: bool, is_award: bool, notes: list[Note]) -> None:
    """Add what the text and the other fields of a project say: period, grant, partners, gains and status."""
    numbers = {line.number for line in project.lines}
    own = [field for field in fields if is_only or field.value.number in numbers]
    for field in own:
        _take(project, field)
    _dates_of_text(project)
    if is_only and project.name is None:
        project.name = _name_of_text(project)
    if is_only and not project.owners:
        _owner_of_text(project)
    if is_only or len(project.lines) > 0:
        _partners_of_text(project)
    if project.grant is None:
        _grant_of_text(project, notes)
    project.gains = gains_of(project.lines, is_result_page=is_only)
    label = next((field.value for field in own if field.field == "status"), None)
    project.status = status_of(project.lines, label, is_result_page=is_only)
    if project.status is None and is_award:
        project.status = Found("i_gang", project.first_line, 0.5)
    project.partners = [one for one in project.partners if one.value not in {owner.value for owner in project.owners}]


def _take(project: Project, field: Field) -> None:
    if field.field == "period":
        start, end = period_in(field.value.text)
        project.start = project.start or (Found(start, field.value.number, 0.95) if start else None)
        project.end = project.end or (Found(end, field.value.number, 0.95) if end else None)
    elif field.field in ("start", "end"):
        when = date_in(field.value.text)
        if when and field.field == "start":
            project.start = Found(when, field.value.number, 0.95)
        elif when:
            project.end = Found(when, field.value.number, 0.95)
    elif field.field == "grant":
        whole = f"støtte {field.value.text}"
        found = amounts_in(whole if re.search(r"kr|NOK|mill", whole, re.I) else f"{whole.rstrip('. ')} kroner")
        if found and found[0].kind == "award":
            project.grant = Found(found[0].nok, field.value.number, 0.85)


def _dates_of_text(project: Project) -> None:
    for line in project.lines:
        if line.is_quiet or line.cells:
            continue
        if (match := _RAN.search(line.text)) and not (project.start or project.end):
            start, end = period_in(f"{match['a']} – {match['b']}")
            project.start = Found(start, line.at(match.start("a")), 0.75) if start else None
            project.end = Found(end, line.at(match.start("b")), 0.75) if end else None
        if project.start is None and (match := _STARTED.search(line.text)):
            when = date_in(match["when"])
            project.start = Found(when, line.at(match.start("when")), 0.75) if when else None
        if project.end is None and (match := _ENDED.search(line.text)):
            when = date_in(match["when"])
            project.end = Found(when, line.at(match.start("when")), 0.6) if when else None


def _name_of_text(project: Project) -> Found | None:
    """A name with a capital after the words «Stimulab-prosjektet», on a page of one project without a title."""
    for line in project.lines:
        match = None if line.is_quiet or line.cells else _CALLED.search(line.text)
        if match and not may_be_organisation(match["name"]):
            return Found(match["name"].strip('«»“”" '), line.at(match.start("name")), 0.6)
    return None


def _owner_of_text(project: Project) -> None:
    """On a page of one project: the organisation that the first sentence with one as its subject tells of."""
    for line in project.lines:
        if line.is_quiet or line.cells or line.level:
            continue
        for sentence in sentences(line.text)[:3]:
            told = told_in(sentence)
            if told and told.is_sure and not is_scheme(told.owners[0]):
                project.owners = [Found(told.owners[0], line.of(told.owners[0]), 0.6)]
                known = {str(one.value) for one in project.partners}
                project.partners = [one for one in project.partners if one.value != told.owners[0]]
                add(project.partners, [Found(n, line.of(n), 0.6) for n in told.partners if n not in known])
                return


def _partners_of_text(project: Project) -> None:
    owners = {_bare(str(one.value)) for one in project.owners}
    if not owners:
        return
    known = {str(one.value) for one in [*project.owners, *project.suppliers]}
    for line in project.lines:
        if line.is_quiet or line.cells:
            continue
        for sentence in sentences(line.text)[:4]:
            told = told_in(sentence)
            names: list[str] = []
            if told and {_bare(name) for name in told.owners} & owners:
                names = told.partners
            elif match := _WORKS_WITH.search(sentence):
                names = along_in(f" sammen med {sentence[match.end() :]}")[0]
            fresh = [name for name in names if may_be_organisation(name) and name not in known]
            add(project.partners, [Found(name, line.of(name), 0.7) for name in fresh])


def _bare(name: str) -> str:
    return re.sub(r"\s*\([^)]*\)", "", name).strip().lower()


def _grant_of_text(project: Project, notes: list[Note]) -> None:
    for line in project.lines:
        if line.is_quiet or line.cells:
            continue
        for sentence in sentences(line.text):
            for amount in amounts_in(sentence):
                if amount.kind == "award" and amount.nok < MOST_FOR_ONE and _FOR_ONE.search(sentence):
                    project.grant = project.grant or Found(amount.nok, line.of(sentence[:40]), 0.6)
                elif amount.kind in ("earmark", "co_funding", "saving", "cost"):
                    notes.append(
                        Note(
                            f"amount_{amount.kind}",
                            "et beløp som ikke er et tilskudd",
                            "an amount that is no grant",
                            line.of(sentence[:40]),
                            amount.nok,
                        )
                    )


def merged(found: Sequence[Project]) -> list[Project]:
    """Projects with those joined that are told twice: by the same name, or the same owner when one has no name."""
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
    owners = {_bare(str(found.value)) for found in one.owners} & {_bare(str(found.value)) for found in other.owners}
    if one.name and other.name:
        return similar(str(one.name.value), str(other.name.value)) and (
            bool(owners) or not one.owners or not other.owners
        )
    return bool(owners)


def similar(one: str, other: str) -> bool:
    """Whether two names are forms of one: the same words, or all words of the shorter in the longer."""
    first, second = (set(re.findall(r"\w{3,}", name.lower())) for name in (one, other))
    if not first or not second:
        return one.lower() == other.lower()
    return len(first & second) >= 0.8 * min(len(first), len(second)) and min(len(first), len(second)) >= 1


def _name_variants(found: list[Project], told: Sequence[Project], notes: list[Note]) -> None:
    """Note other forms of names in running text; they are no projects of their own."""
    for other in told:
        for project in found:
            if other.name and project.name and other.name.value != project.name.value and _is_same(project, other):
                notes.append(
                    Note(
                        "name_variant",
                        f"en annen form av «{project.name.value}»",
                        f"another form of «{project.name.value}»",
                        other.name.line,
                        other.name.value,
                    )
                )
                break

"""Projects in lists: items and headings that hold owner and name, after words that announce a list or without them.

Belongs here: where a list of projects begins and ends, and what an item says about owner and name.
Does not belong here: projects that only sentences and paragraphs name (`projects_in_prose.py`), labels and tables
(`projects_in_fields.py`, `projects_in_tables.py`), and what one sentence says (`statements.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from gevinst.announcements.amounts import amounts_in
from gevinst.announcements.article import is_heading
from gevinst.announcements.model import Found, Line, Project
from gevinst.announcements.name_lists import add_names, put_organisations
from gevinst.announcements.organisations import is_organisation
from gevinst.announcements.statements import (
    BEGINS_QUOTED,
    Statement,
    begins_with_body,
    described_in,
    first_statement,
    owner_in,
    quoted_with_owner,
    said_of,
    statement_of,
)
from gevinst.announcements.titles import bare_title, is_general, is_only_organisations, owner_and_name, unquoted
from gevinst.announcements.vocabulary import (
    compiled,
    confidence,
    is_section,
    label_of,
    limit,
    one_of,
    pattern,
    sentences,
)

T = TypeVar("T")

_INTRODUCED = pattern("lists.introduced")
AFTER_LIST = compiled(rf"^{one_of('lists.after')}", re.IGNORECASE)
_BETWEEN = re.compile(r"\s+[·•|]\s+")
_NOT_A_NAME = compiled(rf"{one_of('lists.not_a_name')}\b")
_AFTER_COLON = re.compile(r"(?<=[a-zæøåäöé]):\s+(?=[A-ZÆØÅÄÖÉ])")


def listed(lines: Sequence[Line]) -> list[Project]:
    """The longest list after words that announce one, and others whose items all have an owner and a name."""
    lists: list[list[Project]] = []
    for index, line in enumerate(lines):
        is_long = len(line.text) > limit("longest_introduction")
        if line.is_quiet or line.cells or is_long or not _INTRODUCED.search(line.text):
            continue
        before_bullet = index + 1 < len(lines) and lines[index + 1].is_bullet
        if not (line.level or line.text.endswith(":") or is_heading(line) or before_bullet):
            continue
        lists.append(_items(lines[index + 1 :], line.level))
    # A page may announce its themes or partners in the same words.
    best = max(lists, key=len, default=[])
    taken = {project.first_line for project in best}
    for found in lists:
        is_whole = len(found) > 1 and all(project.owners and project.name for project in found)
        if found is not best and is_whole and not taken & {project.first_line for project in found}:
            best = [*best, *found]
            taken |= {project.first_line for project in found}
    return best


def _items(lines: Sequence[Line], level: int) -> list[Project]:
    """Projects of the list that begins at the first line, up to a heading that ends it."""
    found: list[Project] = []
    chunk: list[Line] = []
    bullets = bool(lines) and lines[0].is_bullet
    for line in (piece for whole in lines if not whole.is_quiet for piece in pieces_of(whole)):
        heading = is_heading(line)
        if heading and (AFTER_LIST.match(line.text) or (level and line.level and line.level <= level)):
            break
        if bullets and not line.is_bullet:
            break
        is_pair = not bullets and not line.is_field and not label_of(line.text) and all(_pair(line))
        starts = (
            line.is_bullet
            or is_pair
            or (heading and not is_section(line.text))
            or (not bullets and first_statement(line.text) is not None)
        )
        joins = chunk and not line.is_bullet and is_heading(chunk[-1]) and not heading and not is_pair
        if starts and not joins:
            _take(chunk, found)
            chunk = []
        chunk.append(line)
    _take(chunk, found)
    return found


def pieces_of(line: Line) -> list[Line]:
    """A paragraph in which several owners have a sentence each, as a line for each of them; others as they are."""
    if line.is_bullet or line.level or line.cells:
        return [line]
    begun: list[list[str]] = []
    owners: set[str] = set()
    for sentence in (part for whole in sentences(line.text) for part in _AFTER_COLON.split(whole)):
        stated = statement_of(sentence, is_listed=bool(owners))
        begins = stated is not None and (stated.is_sure or bool(owners)) and not owners & set(stated.owners)
        if begins and stated:
            owners |= set(stated.owners)
        if begins or not begun:
            begun.append([sentence])
        else:
            begun[-1].append(sentence)
    if len(owners) < 2:
        return [line]
    return [replace(line, text=" ".join(piece), number=line.of(piece[0][:40]), parts=()) for piece in begun]


def _take(chunk: list[Line], found: list[Project]) -> None:
    """Append the project of an item; a paragraph that is not a project belongs to the one before it."""
    if not chunk:
        return
    is_listed = chunk[0].is_bullet
    project = item_of(chunk, is_listed=is_listed)
    if project:
        found.append(project)
    elif found and not is_listed and not is_heading(chunk[0]):
        found[-1].lines += chunk


def item_of(chunk: list[Line], *, is_listed: bool = False) -> Project | None:
    """The project of an item: by its heading, a pair of owner and name, or the subject of a sentence."""
    first, rest = chunk[0], chunk[1:]
    project = Project(first_line=first.number, lines=list(chunk))
    is_short_bullet = first.is_bullet and len(first.text) <= limit("longest_heading") and not first.text.endswith(".")
    if (is_heading(first) or is_short_bullet) and not (rest and first_statement(first.text)):
        if is_general(bare_title(first.text)) and not re.search(r"[:–«]", first.text):
            return None
        if _of_heading(project, first, rest):
            return project
    return _of_sentences(project, chunk, is_listed=is_listed)


def _of_heading(project: Project, first: Line, rest: list[Line]) -> bool:
    pairs = quoted_with_owner(first.text)
    owner, name = (pairs[0][1], pairs[0][0]) if len(pairs) == 1 else _pair(first)
    if owner:
        put_organisations(project, "owner", Line(first.number, owner), confidence("lists.heading"))
        if name:
            put_name(project, name, first, confidence("lists.heading"))
        complete_named(project, rest)
        return True
    if rest and name and not is_general(name) and len(name.split()) <= limit("words_of_name_alone"):
        describe(project, rest)
        if project.owners:
            project.name = Found(name, first.number, confidence("lists.heading_without_owner"))
            return True
    return False


def _pair(line: Line) -> tuple[str | None, str | None]:
    """Owner and name in the item of a list; none in a label with its value."""
    if line.is_field:
        return None, None
    return owner_and_name(line.text, is_listed=not line.text.endswith("."), strong=line.strong)


def put_name(project: Project, name: str, line: Line, sure: float) -> None:
    """A short right side is a name; a sentence is a description, and the project stays without a name."""
    is_short = len(name.split()) <= limit("words_of_name")
    if project.name is None and is_short and not name.rstrip().endswith(".") and not _NOT_A_NAME.match(name):
        project.name = Found(unquoted(name), line.of(name), sure)


def complete_named(project: Project, rest: list[Line]) -> None:
    """Name in quotation marks, partners and suppliers from the text below an owner's heading."""
    for line in rest[:4]:
        for stated in filter(None, map(statement_of, sentences(line.text)[:3])):
            if stated.name and project.name is None:
                project.name = Found(stated.name, line.of(stated.name), confidence("lists.quoted_below_heading"))
            add_names(project.partners, line, stated.partners, confidence("lists.text_below_heading"))
        if project.name is None and (match := BEGINS_QUOTED.match(line.text)):
            project.name = Found(match["name"], line.number, confidence("lists.quoted_below_heading"))
        add_said(project, line, confidence("lists.text_below_heading"))


def _named_first(project: Project, chunk: list[Line]) -> bool:
    """An item that begins with the name alone, as a sentence of its own, and then says whose it is."""
    name, *told = sentences(chunk[0].text)
    bare = name.rstrip(". ")
    is_name = len(bare.split()) <= limit("words_of_name") and bare[:1].isupper() and not is_general(bare)
    if not told or not is_name or is_organisation(bare) or statement_of(name) or described_in(name):
        return False
    describe(project, [replace(chunk[0], text=" ".join(told), parts=(), number=chunk[0].of(told[0][:30])), *chunk[1:]])
    if project.owners:
        put_name(project, bare, chunk[0], confidence("lists.heading_without_owner"))
    return bool(project.owners and project.name)


def _of_sentences(project: Project, chunk: list[Line], *, is_listed: bool) -> Project | None:
    if is_listed and _named_first(project, chunk):
        return project
    for line in chunk[:2]:
        pairs = quoted_with_owner(line.text)
        stated = first_statement(line.text, is_listed=is_listed)
        if stated:
            put_statement(
                project, stated, line, confidence("lists.sentence" if stated.is_sure else "lists.sentence_by_place")
            )
            if project.name is None and len(pairs) == 1:
                project.name = Found(pairs[0][0], line.of(pairs[0][0]), confidence("lists.quoted_in_sentence"))
            for one in chunk[: limit("lines_of_project")]:
                add_said(project, one, confidence("lists.text_below_heading"))
            return project
        if len(pairs) == 1:
            name, owner, offset = pairs[0]
            put_organisations(project, "owner", Line(line.number, owner), confidence("lists.owner_of_quoted"))
            project.name = Found(name, line.at(offset), confidence("lists.quoted"))
            return project
        match = re.match(r"^(?P<owner>[^:]{2,100}):\s+(?P<text>.{3,})$", line.text)
        if match and not label_of(line.text) and is_organisation(match["owner"]):
            put_organisations(project, "owner", Line(line.number, match["owner"]), confidence("lists.owner_of_quoted"))
            put_name(project, match["text"].rstrip("."), line, confidence("lists.after_colon"))
            return project
    return None


def put_statement(project: Project, stated: Statement, line: Line, sure: float) -> None:
    """Add what a sentence states: owners, partners, suppliers and a name."""
    add_names(project.owners, line, stated.owners, sure)
    add_names(project.partners, line, stated.partners, sure * confidence("factors.beside_owner"))
    add_names(project.suppliers, line, stated.suppliers, sure)
    if stated.name and project.name is None:
        project.name = Found(stated.name, line.of(stated.name), sure)


def add_said(project: Project, line: Line, sure: float) -> None:
    """Add the partners and suppliers that the sentences of a line name, once the owner is known."""
    owners = [str(one.value) for one in project.owners]
    for sentence in sentences(line.text):
        if said := said_of(sentence, owners):
            known = {*owners, *(str(one.value) for one in project.suppliers)}
            add_names(project.partners, line, [name for name in said.partners if name not in known], sure)
            add_names(project.suppliers, line, [name for name in said.suppliers if name not in owners], sure)


def is_body_alone(text: str) -> bool:
    """Whether a line is nothing but the names of bodies: no sentence, no label, no number."""
    is_said = re.search(r"[.:;!?\d](?:\s|$)", text) or statement_of(text) or described_in(text)
    return not is_said and is_only_organisations(text)


def describe(project: Project, below: Sequence[Line]) -> None:
    """Who owns and takes part by the first sentences below a heading; the first that names an owner decides."""
    sure = confidence("lists.text_below_heading")
    for line in below[: limit("lines_of_project")]:
        if not project.owners and is_body_alone(line.text):
            put_organisations(project, "owner", line, confidence("lists.heading_without_owner"))
            continue
        # «2029 · Lia kommune · Avsluttet» below the name of a card.
        bodies = [part for part in _BETWEEN.split(line.text) if is_body_alone(part)]
        if not project.owners and len(bodies) == 1 and bodies[0] != line.text:
            put_organisations(project, "owner", replace(line, text=bodies[0]), confidence("lists.text_below_heading"))
            continue
        for sentence in sentences(line.text)[:4]:
            stated = owner_in(sentence)
            if stated and stated.is_sure and not project.owners:
                put_statement(project, stated, line, sure)
    first = below[0] if below and not project.owners else None
    if first is not None and (name := begins_with_body(first.text)):
        add_names(project.owners, first, [name], confidence("lists.sentence_by_place"))
    if project.owners:
        for line in below[: limit("lines_of_project")]:
            add_said(project, line, sure)


def headed(lines: Sequence[Line]) -> list[Project]:
    """Headings that hold both owner and name, at least two of them."""
    found: list[Project] = []
    for index, line in enumerate(lines):
        if not is_heading(line):
            continue
        owner, name = owner_and_name(line.text)
        if owner and name and not is_general(name):
            end = next((n for n in range(index + 1, len(lines)) if is_heading(lines[n])), len(lines))
            project = item_of(list(lines[index:end]))
            found += [project] if project else []
    return at_least_two(found)


def in_rows(lines: Sequence[Line]) -> list[Project]:
    """Lines one below the other that hold owner and name each, at least two of them."""
    found: list[Project] = []
    for line in lines:
        if line.is_quiet or line.cells or line.level or line.is_field or len(line.text) > limit("longest_heading"):
            continue
        pairs = quoted_with_owner(line.text)
        if len(pairs) == 1:
            name, owner = pairs[0][:2]
        else:
            owner, name = (None, None) if label_of(line.text) else owner_and_name(line.text)
        if owner and name and not is_general(name) and not line.text.endswith("."):
            project = Project(first_line=line.number, lines=[line])
            put_organisations(project, "owner", Line(line.number, owner), confidence("lists.heading"))
            put_name(project, name, line, confidence("lists.heading"))
            found.append(project)
    return at_least_two(found)


def stacked(lines: Sequence[Line]) -> list[Project]:
    """Groups of lines alike, parted by blank ones: in each the same line is a body, and one other is a name."""
    groups: list[list[Line]] = []
    for line in lines:
        if line.after_gap or not groups:
            groups.append([])
        groups[-1].append(line)
    alike = [group for group in groups if _may_be_record(group)]
    sizes = [len(group) for group in alike]
    size = max(set(sizes), key=sizes.count, default=0)
    alike = [group for group in alike if len(group) == size]
    if len(alike) < limit("least_groups"):
        return []
    columns = list(zip(*alike, strict=True))
    bodies = [n for n, column in enumerate(columns) if all(is_body_alone(line.text) for line in column)]
    names = [n for n, column in enumerate(columns) if all(_may_be_name(line) for line in column)]
    if len(bodies) != 1 or len(names) != 1:
        return []
    found: list[Project] = []
    for group in alike:
        project = Project(first_line=group[0].number, lines=list(group))
        put_organisations(project, "owner", group[bodies[0]], confidence("lists.stacked"))
        name = group[names[0]]
        project.name = Found(unquoted(name.text), name.number, confidence("lists.stacked"))
        found.append(project)
    return found


def _may_be_record(group: Sequence[Line]) -> bool:
    """Whether a group of lines may be what a list says of one project."""
    is_plain = not any(line.is_quiet or line.cells or line.is_field or line.is_bullet for line in group)
    is_short = all(len(line.text) <= limit("longest_heading_of_section") for line in group)
    return is_plain and is_short and 2 <= len(group) <= limit("lines_of_group")


def _may_be_name(line: Line) -> bool:
    is_amount = not line.text or bool(amounts_in(f"støtte {line.text}")) or line.text[:1].isdigit()
    return not is_amount and not is_organisation(line.text) and not line.text.endswith((".", ":", ","))


def bulleted(lines: Sequence[Line]) -> list[Project]:
    """Bullets that begin with an owner, at least two of them."""
    items = (item_of([line]) for line in lines if line.is_bullet and not line.is_quiet)
    return at_least_two([project for project in items if project and project.owners])


def at_least_two(found: list[T]) -> list[T]:
    """One of a kind may be an example; two are a list."""
    return found if len(found) >= 2 else []

"""Projects told by blocks of labelled fields.

Belongs here: which fields stand together, the heading they belong to, and the lines that tell of each project.
Does not belong here: tables (`tables.py`) and projects told in sentences (`items.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gevinst.announcements.fields import Field, put_organisations
from gevinst.announcements.headings import bare_title, is_general, is_heading, owner_and_name, unquoted
from gevinst.announcements.model import Found, Line, Project
from gevinst.announcements.organisations import is_organisation, is_scheme
from gevinst.announcements.vocabulary import ANCHORS, is_section, label_of

PROSE = 120
"""A line longer than this is prose, no heading and no field."""


@dataclass(frozen=True, slots=True)
class Block:
    """Fields that stand together, the index of the heading above them, and whether it stands right above."""

    fields: tuple[Field, ...]
    heading: int | None
    is_close: bool

    @property
    def first(self) -> int:
        """Index of the first line of the block with its heading."""
        return self.fields[0].first if self.heading is None else self.heading

    def has(self, *names: str) -> bool:
        """Whether one of the fields is there."""
        return any(field.field in names for field in self.fields)


def blocks_of(lines: Sequence[Line], fields: Sequence[Field]) -> list[Block]:
    """Blocks with at least one field of an organisation or a name, in order."""
    groups: list[list[Field]] = []
    for field in fields:
        group = groups[-1] if groups else None
        if group is None or not _adjacent(lines, group[-1], field) or _begins_anew(group, field):
            groups.append([field])
        else:
            group.append(field)
    found: list[Block] = []
    floor = 0
    for group in groups:
        if any(field.field in ANCHORS for field in group):
            heading, close = _heading_above(lines, group[0].first, floor)
            found.append(Block(tuple(group), heading, close))
            floor = group[-1].last + 1
    return found


def _adjacent(lines: Sequence[Line], before: Field, field: Field) -> bool:
    between = lines[before.last + 1 : field.first]
    return all(line.is_quiet for line in between)


def _begins_anew(group: list[Field], field: Field) -> bool:
    kinds = [one.field for one in group]
    if field.field in ("name", "owner", "owners"):
        anchors = [kind for kind in kinds if kind in ANCHORS]
        same = {"owners": "owner"}
        return same.get(field.field, field.field) in [same.get(kind, kind) for kind in anchors]
    return False


def _heading_above(lines: Sequence[Line], first: int, floor: int) -> tuple[int | None, bool]:
    """Index of the nearest heading above a block that could name its project."""
    close = True
    for index in range(first - 1, floor - 1, -1):
        line = lines[index]
        if line.is_quiet:
            continue
        if is_heading(line, before_field=close) and not is_section(line.text):
            return index, close
        close = False
    return None, False


def projects_of(lines: Sequence[Line], blocks: Sequence[Block], title: Line | None) -> list[Project]:
    """One project for each block that begins one; a block without owner, name and heading adds to the one before."""
    found: list[Project] = []
    starts: list[int] = []
    for block in blocks:
        project = _project(lines, block, title, is_only=len(blocks) == 1)
        if project is None:
            if found:
                _add_fields(found[-1], block)
            continue
        if found and _tells_more(found[-1], project, block):
            _add_fields(found[-1], block)
            continue
        found.append(project)
        used = {one.line for one in [project.name, *project.owners] if one}
        headed = block.heading is not None and lines[block.heading].number in used
        starts.append(block.first if headed else block.fields[0].first)
    ends = [*starts[1:], len(lines)] if found else []
    for project, start, end in zip(found, starts, ends, strict=True):
        project.lines = list(lines[start:end])
        project.first_line = lines[start].number
    if len(found) == 1:
        found[0].lines = list(lines)
    elif found:
        found[-1].lines = _until_general(found)
    return found


def _project(lines: Sequence[Line], block: Block, title: Line | None, *, is_only: bool) -> Project | None:
    project = Project()
    _add_fields(project, block)
    heading = lines[block.heading] if block.heading is not None else None
    if heading is not None and is_general(bare_title(heading.text)):
        heading = None
    if is_only and project.name is None:
        heading = _title_above(lines, block.fields[0].first) or heading
    if heading is not None:
        _read_heading(project, heading, 0.95 if block.is_close else 0.75)
        if project.name is None and project.owners and block.heading and block.is_close:
            _name_above(project, lines[block.heading - 1])
    if is_only and title is not None and project.name is None and heading is not title:
        _read_heading(project, title, 0.8)
    if project.name is None and not project.owners:
        return None
    weak = project.name is not None and not project.owners and not project.partners and not project.suppliers
    return None if weak and not block.has("name") else project


def _name_above(project: Project, line: Line) -> None:
    """The name in the heading above a line that is nothing but the owner."""
    title = bare_title(line.text)
    if is_heading(line) and not is_general(title) and not is_organisation(title):
        project.name = Found(unquoted(title), line.number, 0.85)


def _title_above(lines: Sequence[Line], first: int) -> Line | None:
    """The first heading of a page with one block, when at most a lead stands between the two."""
    above = [line for line in lines[:first] if not line.is_quiet]
    headings = [line for line in above if is_heading(line) and not is_general(bare_title(line.text))]
    headings = [line for line in headings if not is_scheme(line.text)]
    if not headings or (len(headings) > 2 and headings[0].level != 1):
        return None
    return headings[0] if headings[0].level == 1 or len(above) - above.index(headings[0]) <= 4 else None


def _read_heading(project: Project, heading: Line, confidence: float) -> None:
    """Take name and owner from a heading; where fields give the owner, the heading is all name but for that owner."""
    title = bare_title(heading.text)
    if not project.owners:
        owner, name = owner_and_name(title)
        if owner:
            put_organisations(project, "owner", Line(heading.number, owner), confidence)
    else:
        name = _without_owner(title, [str(one.value) for one in project.owners])
    if name and project.name is None:
        project.name = Found(unquoted(name), heading.number, confidence)


def _without_owner(title: str, owners: list[str]) -> str | None:
    """A title without the owner before a colon or dash; `None` when it is nothing but the owner."""
    bare = {re.sub(r"\s*\(.*?\)", "", owner).lower() for owner in owners} | {owner.lower() for owner in owners}
    if re.sub(r"\s*\(.*?\)", "", title).lower() in bare:
        return None
    match = re.match(r"^(?P<left>[^:]+?)(?::| –| -)\s+(?P<right>.+)$", title)
    if match and (match["left"].lower() in bare or (is_organisation(match["left"]) and ":" in title)):
        return match["right"]
    match = re.match(r"^(?P<left>.+?)(?:,| –| -)\s+(?P<right>[^,–]+)$", title)
    return match["left"] if match and match["right"].lower() in bare else title


def _tells_more(before: Project, project: Project, block: Block) -> bool:
    """Whether a block only adds to the project before it: no name of its own and no other owner."""
    if block.has("name") or (project.name and not block.has("owner", "owners")):
        return False
    same = {str(one.value) for one in before.owners} & {str(one.value) for one in project.owners}
    return project.name is None and bool(same or not project.owners)


def _add_fields(project: Project, block: Block) -> None:
    for field in block.fields:
        if field.field == "name" and project.name is None:
            project.name = Found(unquoted(field.value.text), field.value.number, 0.98)
        elif field.field in ("owner", "owners", "partners", "suppliers"):
            put_organisations(project, field.field, field.value, 0.97)


def _until_general(found: list[Project]) -> list[Line]:
    """Lines of the last project, up to the first heading that stands in none of the others."""
    usual = {line.text.lower() for project in found[:-1] for line in project.lines if is_heading(line)}
    kept: list[Line] = []
    for place, line in enumerate(found[-1].lines):
        foreign = place > 0 and is_heading(line) and line.text.lower() not in usual
        own = found[-1].name is not None and line.text == found[-1].name.value
        told = any(len(one.text) > PROSE and not label_of(one.text) for one in kept)
        if foreign and told and not own and not is_section(line.text):
            break
        kept.append(line)
    return kept

"""Projects described by labels: fields, blocks of fields, and tables.

Belongs here: labels with their value on the same line, on the next one, in a list below or in two cells; which fields
form a block and the heading it belongs to.
Does not belong here: which words are labels (`vocabulary`), tables (`projects_in_tables.py`) and projects in sentences
(`projects_in_prose.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gevinst.announcements.article import is_heading
from gevinst.announcements.model import Found, Line, Project
from gevinst.announcements.name_lists import put_organisations
from gevinst.announcements.organisations import is_organisation, is_scheme, without_brackets
from gevinst.announcements.titles import bare_title, is_general, owner_and_name, unquoted
from gevinst.announcements.vocabulary import (
    ANCHORS,
    bare_label_of,
    compiled,
    confidence,
    is_section,
    label_of,
    limit,
    one_of,
)

_OWNERS = ("owner", "owners")
_ORGANISATIONS = tuple(name for name in ANCHORS if name != "name")

_CUSTOMER = compiled(rf"{one_of('headings.customer')}\s*(?::|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Field:
    """A field: what it is, its value as a line, the span of lines (by index) that hold it, and an unknown label."""

    field: str
    value: Line
    first: int
    last: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Adjacent fields, the index of the heading above them, and whether it is directly above."""

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


def fields_of(lines: Sequence[Line]) -> list[Field]:
    """All fields of the page in order; quiet lines hold none."""
    found: list[Field] = []
    index = 0
    # One word such as «Partnere» alone on a line may be a heading; from some on, the page is written that way.
    alone = [line for line in lines if not line.is_quiet and not line.cells and bare_label_of(line.text, of_table=True)]
    stacked = len(alone) >= limit("least_labels_alone")
    while index < len(lines):
        field = None if lines[index].is_quiet else _field_at(lines, index, stacked=stacked)
        if field:
            found.append(field)
            index = field.last
        index += 1
    return found


def _field_at(lines: Sequence[Line], index: int, *, stacked: bool) -> Field | None:
    """The field that begins at a line; `stacked` pages have labels alone on lines, so that every known word is one."""
    line = lines[index]
    if line.cells:
        return _of_cells(line, index)
    label = label_of(line.text)
    if label and label.value:
        parts = tuple((max(start - label.offset, 0), number) for start, number in line.parts)
        value = replace(line, text=label.value, parts=parts, number=line.at(label.offset))
        return Field(label.field, value, index, index)
    if line.is_field and not label:
        unknown, _, value = line.text.partition(":")
        offset = len(unknown) + 1 + len(value) - len(value.lstrip())
        parts = tuple((max(start - offset, 0), number) for start, number in line.parts)
        value_line = replace(line, text=value.strip(), parts=parts, number=line.at(offset))
        return Field("unknown", value_line, index, index, unknown.strip().lower())
    name = label.field if label else bare_label_of(line.text, of_table=stacked)
    if name is None or (label is None and line.level and name not in ANCHORS):
        return None
    return _below(lines, index, name, stacked=stacked)


def _below(lines: Sequence[Line], index: int, name: str, *, stacked: bool) -> Field | None:
    """A label alone on its line: its value is the next line, or the list that follows."""
    taken: list[Line] = []
    last = index
    for place in range(index + 1, len(lines)):
        line = lines[place]
        if line.is_quiet and not taken and name != "person":
            continue
        is_label = label_of(line.text) or bare_label_of(line.text, of_table=stacked)
        if is_label or is_section(line.text) or line.level or line.cells:
            break
        goes_on = line.is_bullet and taken and taken[-1].is_bullet
        # Partners may be on lines of their own without bullets: each is a body, and nothing is between them.
        is_next = name in ("partners", "suppliers") and not line.after_gap and is_organisation(line.text)
        if taken and not goes_on and not is_next:
            break
        taken.append(line)
        last = place
    if not taken or (name in ANCHORS and len(taken[0].text) > limit("longest_name")):
        return None
    text, parts = "", []
    for line in taken:
        text = f"{text}; " if text else text
        parts.append((len(text), line.number))
        text += line.text
    return Field(name, Line(taken[0].number, text, parts=tuple(parts)), index, last)


def _of_cells(line: Line, index: int) -> Field | None:
    if len(line.cells) != 2:
        return None
    label, value = line.cells
    name = bare_label_of(label.text, of_table=True)
    if name is None or not value.text or bare_label_of(value.text, of_table=True):
        return None
    return Field(name, value, index, index)


def blocks_of(lines: Sequence[Line], fields: Sequence[Field]) -> list[Block]:
    """Blocks with at least one field of an organisation or a name, in order."""
    groups: list[list[Field]] = []
    for field in fields:
        group = groups[-1] if groups else None
        if group is None or not _is_adjacent(lines, group[-1], field) or _begins_another(group, field):
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


def _is_adjacent(lines: Sequence[Line], before: Field, field: Field) -> bool:
    return all(line.is_quiet for line in lines[before.last + 1 : field.first])


def _begins_another(group: list[Field], field: Field) -> bool:
    """Whether a second name or owner says that another project begins."""
    known = {one.field for one in group}
    if field.label and field.label == group[0].label:
        return True
    return bool(known & set(_OWNERS)) if field.field in _OWNERS else field.field == "name" and "name" in known


def _heading_above(lines: Sequence[Line], first: int, floor: int) -> tuple[int | None, bool]:
    """Index of the nearest heading above a block that could name its project, and whether it is directly above."""
    close = True
    nearest: tuple[int | None, bool] = None, False
    for index in range(first - 1, floor - 1, -1):
        line = lines[index]
        if line.is_quiet:
            continue
        if is_heading(line, before_field=close) and not is_section(line.text):
            # A heading that the page marks as one goes before a short line that may only look like one.
            if line.level or line.strong == line.text:
                return index, close
            nearest = nearest if nearest[0] is not None else (index, close)
        elif line.level:
            break
        close = False
    return nearest


def projects_in_blocks(lines: Sequence[Line], fields: Sequence[Field], title: Line | None) -> list[Project]:
    """One project for each block that begins one; a block without owner, name and heading adds to the one before."""
    blocks = blocks_of(lines, fields)
    found: list[Project] = []
    starts: list[int] = []
    begins = {block.fields[0].label for block in blocks}
    # «Team: ...» above each owner is what the page calls its projects.
    firsts = [block.fields[0].value.text for block in blocks]
    is_named_first = len(blocks) > 1 and len(begins) == 1 and "" not in begins
    is_named_first = is_named_first and not all(map(is_organisation, firsts))
    for block in blocks:
        project = _of_block(lines, block, title, is_only=len(blocks) == 1, is_named_first=is_named_first)
        if project is None or (found and _says_more(found[-1], project, block)):
            if found:
                _add_fields(found[-1], block)
            continue
        found.append(project)
        used = {one.line for one in [project.name, *project.owners] if one}
        headed = block.heading is not None and lines[block.heading].number in used
        starts.append(block.first if headed else block.fields[0].first)
    for project, start, end in zip(found, starts, [*starts[1:], len(lines)], strict=False):
        project.lines = list(lines[start:end])
        project.first_line = lines[start].number
    if len(found) == 1:
        found[0].lines = list(lines)
    elif found:
        found[-1].lines = _until_general(found)
    return found


def _of_block(
    lines: Sequence[Line], block: Block, title: Line | None, *, is_only: bool, is_named_first: bool
) -> Project | None:
    project = Project()
    _add_fields(project, block)
    first = block.fields[0].value
    if is_named_first and project.name is None:
        project.name = Found(unquoted(first.text), first.number, confidence("fields.first_of_block"))
    heading = lines[block.heading] if block.heading is not None else None
    if heading is not None and is_general(bare_title(heading.text)):
        heading = None
    if is_only and project.name is None:
        heading = _title_above(lines, block.fields[0].first) or heading
    if heading is not None:
        sure = _sure_of_heading(heading, block)
        # Who calls the owner a customer tells of its own work, under a title that tells something.
        is_account = any(_CUSTOMER.match(lines[one.first].text) for one in block.fields)
        _read_heading(project, heading, min(sure, confidence("headings.title")) if is_account else sure)
        if project.name is None and project.owners and block.heading and block.is_close:
            _name_above(project, lines[block.heading - 1])
    if is_only and title is not None and project.name is None and heading is not title:
        _read_heading(project, title, confidence("headings.title"))
    if project.name is None and not project.owners:
        return None
    # A heading alone makes no project, nor one with suppliers only, unless a label says that it is a name.
    has_bodies = project.owners or project.partners or (project.suppliers and not is_only)
    weak = project.name is not None and not has_bodies
    return None if weak and not block.has("name") else project


def _sure_of_heading(heading: Line, block: Block) -> float:
    if block.is_close:
        return confidence("headings.close")
    return confidence("headings.section" if heading.level > 1 else "headings.far")


def _name_above(project: Project, line: Line) -> None:
    """The name in the heading above a line that is nothing but the owner."""
    title = bare_title(line.text)
    if is_heading(line) and not is_general(title) and not is_organisation(title):
        project.name = Found(unquoted(title), line.number, confidence("headings.above_owner"))


def _title_above(lines: Sequence[Line], first: int) -> Line | None:
    """The first heading of a page with one block, when at most a lead is between the two."""
    above = [line for line in lines[:first] if not line.is_quiet]
    headings = [line for line in above if is_heading(line) and not is_general(bare_title(line.text))]
    headings = [line for line in headings if not is_scheme(line.text)]
    if first_of_all := next((line for line in headings if line.level == 1), None):
        return first_of_all
    if not headings or len(headings) > 2:
        return None
    is_near = len(above) - above.index(headings[0]) <= limit("lines_below_title")
    return headings[0] if is_near else None


def _read_heading(project: Project, heading: Line, sure: float) -> None:
    """Take name and owner from a heading; where fields give the owner, the heading is all name but for that owner."""
    title = bare_title(heading.text)
    if not project.owners:
        owner, name = owner_and_name(title)
        if owner:
            put_organisations(project, "owner", Line(heading.number, owner), sure)
    else:
        name = _without_owner(title, [str(one.value) for one in project.owners])
    if name and project.name is None:
        project.name = Found(unquoted(name), heading.number, sure)


def _without_owner(title: str, owners: list[str]) -> str | None:
    """A title without the owner before a colon or dash; `None` when it is nothing but the owner."""
    known = {without_brackets(owner) for owner in owners} | {owner.lower() for owner in owners}
    if without_brackets(title) in known:
        return None
    match = re.match(r"^(?P<left>[^:]+?)(?::| –| -)\s+(?P<right>.+)$", title)
    if match and (match["left"].lower() in known or (is_organisation(match["left"]) and ":" in title)):
        return match["right"]
    match = re.match(r"^(?P<left>.+?)(?:,| –| -)\s+(?P<right>[^,–]+)$", title)
    return match["left"] if match and match["right"].lower() in known else title


def _says_more(before: Project, project: Project, block: Block) -> bool:
    """Whether a block only adds to the project before it: no name of its own and no other owner."""
    if block.has("name") or project.name is not None:
        return False
    same = {str(one.value) for one in before.owners} & {str(one.value) for one in project.owners}
    return bool(same or not project.owners)


def _add_fields(project: Project, block: Block) -> None:
    for field in block.fields:
        if field.field == "name" and project.name is None:
            project.name = Found(unquoted(field.value.text), field.value.number, confidence("fields.name"))
        elif field.field in _ORGANISATIONS:
            put_organisations(project, field.field, field.value, confidence("fields.organisation"))


def _until_general(found: list[Project]) -> list[Line]:
    """Lines of the last project, up to the first heading that none of the others has."""
    usual = {line.text.lower() for project in found[:-1] for line in project.lines if is_heading(line)}
    kept: list[Line] = []
    for place, line in enumerate(found[-1].lines):
        foreign = place > 0 and is_heading(line) and line.text.lower() not in usual
        own = found[-1].name is not None and line.text == found[-1].name.value
        # After some prose only: what comes before it may be a subtitle of the project itself.
        has_prose = any(len(one.text) > limit("longest_field") and not label_of(one.text) for one in kept)
        if foreign and has_prose and not own and not is_section(line.text):
            break
        kept.append(line)
    return kept

"""Labelled fields of a page, wherever the label and its value stand.

Belongs here: labels with their value on the same line, on the next one, in a list below, or in two cells.
Does not belong here: which fields make a project (`blocks.py`) and tables with a heading row (`tables.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gevinst.announcements.model import Found, Line, Project
from gevinst.announcements.organisations import Named, named_in
from gevinst.announcements.vocabulary import ANCHORS, bare_label_of, is_section, label_of

LONGEST_NAME = 200
LEAST_STACKED = 3


@dataclass(frozen=True, slots=True)
class Field:
    """A field: what it is, its value as a line, and the span of lines (by index) that hold it."""

    field: str
    label: str
    value: Line
    first: int
    last: int


def fields_of(lines: Sequence[Line]) -> list[Field]:
    """All fields of the page in order; quiet lines hold none."""
    found: list[Field] = []
    index = 0
    alone = [line for line in lines if not line.is_quiet and not line.cells and bare_label_of(line.text, of_table=True)]
    stacked = len(alone) >= LEAST_STACKED
    while index < len(lines):
        field = None if lines[index].is_quiet else _field_at(lines, index, stacked=stacked)
        if field:
            found.append(field)
            index = field.last + 1
        else:
            index += 1
    return found


def _field_at(lines: Sequence[Line], index: int, *, stacked: bool) -> Field | None:
    """The field that begins at a line; `stacked` pages have labels alone on lines, so that every known word is one."""
    line = lines[index]
    if line.cells:
        return _of_cells(line, index)
    label = label_of(line.text)
    if label and label.value:
        value = replace(line, text=label.value, parts=_shifted(line, label.offset))
        value = replace(value, number=line.at(label.offset))
        return Field(label.field, line.text[: label.offset], value, index, index)
    name = label.field if label else bare_label_of(line.text, of_table=stacked)
    if name is None or (label is None and line.level and name not in ANCHORS):
        return None
    return _below(lines, index, name, line.text, stacked=stacked)


def _below(lines: Sequence[Line], index: int, name: str, label: str, *, stacked: bool) -> Field | None:
    """A label that stands alone: its value is the next line, or the list that follows."""
    taken: list[Line] = []
    last = index
    for place in range(index + 1, len(lines)):
        line = lines[place]
        if line.is_quiet and not taken and name != "person":
            continue
        known = (
            label_of(line.text)
            or bare_label_of(line.text, of_table=stacked)
            or is_section(line.text)
            or line.level
            or line.cells
        )
        if known or (taken and not (line.is_bullet and taken[-1].is_bullet)):
            break
        taken.append(line)
        last = place
    if not taken or (name in ANCHORS and len(taken[0].text) > LONGEST_NAME):
        return None
    text, parts = "", []
    for line in taken:
        text = f"{text}; " if text else text
        parts.append((len(text), line.number))
        text += line.text
    return Field(name, label, Line(taken[0].number, text, parts=tuple(parts)), index, last)


def _of_cells(line: Line, index: int) -> Field | None:
    if len(line.cells) != 2:
        return None
    name = bare_label_of(line.cells[0].text, of_table=True)
    if name is None or not line.cells[1].text or bare_label_of(line.cells[1].text, of_table=True):
        return None
    return Field(name, line.cells[0].text, line.cells[1], index, index)


def _shifted(line: Line, offset: int) -> tuple[tuple[int, int], ...]:
    return tuple((max(start - offset, 0), number) for start, number in line.parts)


def found_in(value: Line, names: Sequence[str], confidence: float) -> list[Found]:
    """Each name once, with the source line where it stands in the value."""
    unique = dict.fromkeys(names)
    return [Found(name, value.of(name.split(" kommune")[0]), confidence) for name in unique]


def put_organisations(project: Project, field: str, value: Line, confidence: float) -> Named:
    """Add the organisations of a field to a project: the first of several owners owns, the others are partners.

    Rule: the registry's role `owner` is «den først nevnte når kilden nevner flere»; a label in the plural that says
    owners makes all of them owners.
    """
    named = named_in(value.text)
    if field == "suppliers":
        add(project.suppliers, found_in(value, [*named.first, *named.along], confidence))
    elif field == "partners":
        add(project.partners, found_in(value, [*named.first, *named.along], confidence))
    elif field == "owners":
        add(project.owners, found_in(value, named.first, confidence))
        add(project.partners, found_in(value, named.along, confidence))
    else:
        first = named.first[:1] if not project.owners else []
        add(project.owners, found_in(value, first, confidence))
        rest = named.first[len(first) :]
        add(project.partners, found_in(value, [*rest, *named.along], confidence * 0.95))
    return named


def add(known: list[Found], new: Sequence[Found]) -> None:
    """Append what is not there yet, whatever its capitals."""
    for found in new:
        if str(found.value).lower() not in {str(one.value).lower() for one in known}:
            known.append(found)

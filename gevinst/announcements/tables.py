"""Projects told by tables, drawn as tables or flattened to a value on each line.

Belongs here: heading rows, columns and the rows under them.
Does not belong here: labels with one value each (`fields.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gevinst.announcements.fields import put_organisations
from gevinst.announcements.headings import owner_and_name, unquoted
from gevinst.announcements.model import Found, Line, Project
from gevinst.announcements.vocabulary import bare_label_of, label_of

_ANCHORS = ("owner", "owners", "name", "suppliers", "partners")
LONGEST_CELL = 220


def projects_of(lines: Sequence[Line]) -> tuple[list[Project], set[int]]:
    """Projects of all tables, and the indices of the lines that they take up."""
    found: list[Project] = []
    taken: set[int] = set()
    index = 0
    while index < len(lines):
        last, rows, columns = _drawn(lines, index) or _flattened(lines, index) or (index, [], [])
        if rows:
            found += [project for row in rows if (project := _project(row, columns))]
            taken |= set(range(index, last + 1))
        index = last + 1
    return found, taken


def _drawn(lines: Sequence[Line], index: int) -> tuple[int, list[list[Line]], list[str]] | None:
    columns = _columns(lines[index].cells)
    if not columns:
        return None
    rows: list[list[Line]] = []
    last = index
    for place in range(index + 1, len(lines)):
        cells = lines[place].cells
        if not cells or _columns(cells):
            break
        last = place
        row = list(cells)
        if len(row) == len(columns) - 1 and rows:
            row.insert(0, rows[-1][0])
        if len(row) >= len(columns):
            rows.append([cell if cell.text else rows[-1][n] if rows and n == 0 else cell for n, cell in enumerate(row)])
    return (last, rows, columns) if rows else None


def _flattened(lines: Sequence[Line], index: int) -> tuple[int, list[list[Line]], list[str]] | None:
    """A table whose cells stand one on each line: the headings of its columns first, then the values in order."""
    header: list[Line] = []
    for line in lines[index : index + 7]:
        if line.is_quiet or line.cells or label_of(line.text) or not bare_label_of(line.text, of_table=True):
            break
        header.append(line)
    columns = _columns(tuple(header))
    if not columns or len(header) < 2:
        return None
    values: list[Line] = []
    for line in lines[index + len(header) :]:
        ends = line.level or line.cells or label_of(line.text) or len(line.text) > LONGEST_CELL
        if line.is_quiet or ends or (line.text.endswith(".") and len(line.text.split()) > 12):
            break
        values.append(line)
    width = len(columns)
    whole = len(values) - len(values) % width
    rows = [values[start : start + width] for start in range(0, whole, width)]
    return (index + len(header) + whole - 1, rows, columns) if rows else None


def _columns(cells: tuple[Line, ...]) -> list[str]:
    """Fields of the columns; empty unless at least two are known and one of them is an owner or a name."""
    names = [bare_label_of(re.sub(r"\s*\(.*?\)", "", cell.text), of_table=True) or "" for cell in cells]
    known = {name for name in names if name in _ANCHORS}
    return names if len(known) >= 2 and known & {"owner", "owners", "name"} else []


def _project(row: list[Line], columns: list[str]) -> Project | None:
    project = Project(first_line=row[0].number)
    for cell, column in zip(row, columns, strict=False):
        if column == "name" and cell.text and project.name is None:
            owner, name = owner_and_name(cell.text)
            both = owner and name and "owner" not in columns and "owners" not in columns
            if both and owner:
                put_organisations(project, "owner", Line(cell.number, owner), 0.9)
            project.name = Found(unquoted(name if both and name else cell.text), cell.number, 0.97)
        elif column in ("owner", "owners", "partners", "suppliers"):
            put_organisations(project, column, cell, 0.97)
    project.lines = list(row)
    return project if project.owners or project.name else None

"""Projects in tables: the project of each row, and what is told of tables that are not read.

Belongs here: the order in which kinds of tables are tried, the project of a row, and the sum of a table.
Does not belong here: how a table divides into rows (`drawn_tables.py`, `flattened_tables.py`), what may stand under a
heading (`table_cells.py`) and labels beside values (`projects_in_fields.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gevinst.announcements.amounts import amounts_in
from gevinst.announcements.drawn_tables import drawn_table
from gevinst.announcements.flattened_tables import flattened_table, table_in_lines
from gevinst.announcements.model import Found, Line, Note, Project
from gevinst.announcements.name_lists import put_organisations
from gevinst.announcements.table_cells import BODIES, NOTHING, OWNERS, Column, Table
from gevinst.announcements.titles import owner_and_name, unquoted
from gevinst.announcements.units import UNKNOWN, bare_amount, unit_near, unit_of_heading
from gevinst.announcements.vocabulary import compiled, confidence, limit, one_of

_FOREIGN = compiled(rf"{one_of('amounts.foreign_before')}|{one_of('amounts.foreign_after')}", re.IGNORECASE)

_SCALE = compiled(rf"{one_of('amounts.millions')}|{one_of('amounts.billions')}", re.IGNORECASE)
_KRONER = re.compile(r"kr|NOK", re.IGNORECASE)
_WORD_KRONER = compiled(rf"{one_of('amounts.currencies')}|\bkr\b|NOK", re.IGNORECASE)


@dataclass(slots=True)
class Tables:
    """What the tables of a page gave: projects, the sum of a table, the indices of their lines, and notes.

    `in_unit` are the amounts of which it is known what their table counts in.
    """

    projects: list[Project] = field(default_factory=list)
    total: Found | None = None
    taken: set[int] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)
    in_unit: set[Found] = field(default_factory=set)


def projects_in_tables(lines: Sequence[Line]) -> Tables:
    """Projects of all tables that prove themselves, and a note for each table or rest of one that does not."""
    found = Tables()
    index = 0
    in_kroner = any(_WORD_KRONER.search(line.text) for line in lines)
    while index < len(lines):
        table = drawn_table(lines, index) or flattened_table(lines, index) or table_in_lines(lines, index)
        if table is None:
            index += 1
            continue
        heads = (lines[index].number, " · ".join(column.heading for column in table.columns))
        unit = unit_near(lines, index, table.last)
        rows = [project for row in table.rows if (project := _of_row(row, table.columns, table.sure, unit))]
        found.projects += rows
        found.total = found.total or _total(table, rows, unit, is_in_kroner=in_kroner)
        found.in_unit |= {one for one in [*(row.grant for row in rows), found.total] if one}
        found.taken |= set(range(index, table.last + 1))
        if not table.rows or table.unread is not None:
            found.notes.append(_not_read(table.unread if table.rows and table.unread else heads[0], heads[1], table))
        index = table.last + 1
    return found


def _not_read(line: int, heads: str, table: Table) -> Note:
    if table.rows:
        nb = f"fra linje {line} er tabellen ikke lest: cellene passer ikke til overskriftene"
        en = f"the table was not read from line {line} on: its cells do not fit its headings"
        return Note("table_not_read", nb, en, line, heads)
    nb = f"en tabell ble sett på linje {line} og ikke lest: cellene passer ikke til overskriftene"
    en = f"a table was seen at line {line} and not read: its cells do not fit its headings"
    return Note("table_not_read", nb, en, line, heads)


def _of_row(row: list[Line], columns: Sequence[Column], sure: float, unit: int | None) -> Project | None:
    project = Project(first_line=row[0].number, lines=list(row))
    has_owners = any(column.field in OWNERS for column in columns)
    for cell, column in zip(row, columns, strict=False):
        if not cell.text or NOTHING.fullmatch(cell.text.strip(" .")):
            continue
        if column.field == "name" and project.name is None:
            # Where a cell begins in bold, the rest of it describes.
            text = cell.strong or cell.text
            owner, name = owner_and_name(text)
            if owner and name and not has_owners:
                put_organisations(project, "owner", Line(cell.number, owner), confidence("fields.owner_in_name"))
                project.name = Found(unquoted(name), cell.number, sure)
            else:
                project.name = Found(unquoted(text), cell.number, sure)
        elif column.field in BODIES:
            put_organisations(project, column.field, cell, sure)
        elif column.field == "grant":
            project.grant = _grant(cell, column, sure, unit)
    return project if project.owners or project.name else None


def _total(table: Table, projects: Sequence[Project], unit: int | None, *, is_in_kroner: bool) -> Found | None:
    """The amount in the row that sums up a table; surer where it is the sum of the grants that were read.

    A small sum on a page that nowhere speaks of kroner may be one of thousands, and is not proven.
    """
    column = next((one for one in table.columns if one.field == "grant"), None)
    found = _grant(table.total, column, 1, unit) if table.total and column else None
    grants = [int(one.grant.value) for one in projects if one.grant]
    is_sum = found is not None and len(grants) == len(projects) > 1 and sum(grants) == found.value
    is_whole = is_in_kroner or (found is not None and int(found.value) >= limit("least_whole_beside_unit"))
    sure = confidence("rounds.sum_of_table" if is_sum and is_whole else "rounds.sum_unproven")
    return Found(found.value, found.line, sure) if found and projects else None


def _grant(cell: Line, column: Column, sure: float, unit: int | None) -> Found | None:
    """The amount in a cell, in the unit of its column or of the table; none where it is not sure what is counted in."""
    has_scale = bool(_SCALE.search(cell.text))
    text = cell.text if has_scale or _KRONER.search(cell.text) else f"{cell.text.rstrip('. ')} kroner"
    headed = unit_of_heading(column.heading)
    # A heading in kroner below a caption in thousands, and «kr 15 000» in a table of thousands, say two things.
    unit = unit if headed is None else headed if unit in (None, headed) or headed > 1 else UNKNOWN
    kroner: int | None = None
    if _FOREIGN.search(column.heading):
        return None
    if has_scale or unit in (None, 1):
        found = amounts_in(f"støtte {text}")
        kroner = found[0].nok if len(found) == 1 else None
    elif not _KRONER.search(cell.text):
        kroner = bare_amount(cell.text, unit)
    return Found(kroner, cell.number, min(sure, confidence("fields.grant"))) if kroner else None

"""Tables whose cells the page draws: rows below their headings, or beside them.

Belongs here: where such a table begins and ends, cells that are empty because they reach over rows, rows that head a
part of the table, the row that sums it up, and tables with their headings at the side.
Does not belong here: tables that have lost their cells (`flattened_tables.py`), what may stand under a heading
(`table_cells.py`), and the project of a row (`projects_in_tables.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from gevinst.announcements.model import Line
from gevinst.announcements.organisations import is_organisation
from gevinst.announcements.table_cells import (
    OWNERS,
    Column,
    Table,
    bare_heading,
    columns_of,
    fits,
    is_total,
    says_total,
)
from gevinst.announcements.vocabulary import column_of, confidence, phrases


def drawn_table(lines: Sequence[Line], index: int) -> Table | None:
    """The table whose headings are at `index`; `None` where no table of projects begins."""
    head = lines[index]
    if head.is_quiet or len(head.cells) < 2:
        return None
    last = index
    while last + 1 < len(lines) and lines[last + 1].cells and not lines[last + 1].is_quiet:
        last += 1
    below = [list(line.cells) for line in lines[index + 1 : last + 1]]
    columns = columns_of([cell.text for cell in head.cells], below)
    if columns:
        # Headings in the middle begin a further table.
        again = (n for n, row in enumerate(below) if len(row) > 1 and columns_of([cell.text for cell in row]))
        count = next(again, len(below))
        return _below(below[:count], columns, index + count) if count else None
    return _beside([list(head.cells), *below], last)


def _below(body: Sequence[list[Line]], columns: list[Column], last: int) -> Table:
    """The rows below headings: those that fit, and where the first begins that does not."""
    has_owners = any(column.field in OWNERS for column in columns)
    rows: list[list[Line]] = []
    owners: dict[int, Line] = {}
    above: Line | None = None
    total: Line | None = None
    missed: list[int] = []
    for row in body:
        if len(row) == 1:
            above = row[0] if is_organisation(row[0].text) else None
            continue
        fitted = _fitted(row, rows, columns)
        if fitted and is_total(fitted, columns):
            total = total or _sum_in(fitted, columns)
        elif fitted:
            rows.append(fitted)
            if above is not None and not has_owners:
                owners[id(fitted)] = above
        elif says_total(row):
            # The words of the sum may reach over as many cells as there are before it.
            amounts = [cell for cell in row if cell.text]
            total = total or (amounts[-1] if columns[-1].field == "grant" and len(amounts) > 1 else None)
        elif sum(1 for cell in row if cell.text) > 1:
            missed.append(row[0].number)
    faults = [row for row in rows if not fits(row, columns, is_drawn=True)]
    # Cells that are drawn cannot shift, but headings may head something else: then most rows do not fit.
    if rows and len(faults) * 2 >= len(rows):
        return Table(last, [], columns, 0)
    kept = [row for row in rows if row not in faults]
    missed += [row[0].number for row in faults]
    if owners:
        heading = Column("owner", "")
        kept = [[owners.get(id(row), Line(row[0].number, "")), *row] for row in kept]
        return Table(
            last, kept, [heading, *columns], confidence("tables.owner_above"), min(missed, default=None), total
        )
    return Table(last, kept, columns, confidence("tables.drawn"), min(missed, default=None), total)


def _sum_in(row: Sequence[Line], columns: Sequence[Column]) -> Line | None:
    cells = [cell for cell, column in zip(row, columns, strict=True) if column.field == "grant" and cell.text]
    return cells[0] if len(cells) == 1 else None


def _fitted(row: list[Line], rows: list[list[Line]], columns: list[Column]) -> list[Line] | None:
    """A row with as many cells as there are columns; `None` where that is not known."""
    width = len(columns)
    if len(row) > width:
        filled = [cell for cell in row if cell.text]
        row = filled if len(filled) == width else row[:width] if not any(cell.text for cell in row[width:]) else row
    # A cell that spans rows, or is empty below itself, is the first one: the owner or the name.
    if rows and len(row) == width - 1 and fits([rows[-1][0], *row], columns):
        row = [rows[-1][0], *row]
    elif rows and len(row) == width and not row[0].text and columns[0].field in (*OWNERS, "name"):
        row = row if is_total(row, columns) or says_total(row) else [rows[-1][0], *row[1:]]
    return row if len(row) == width else None


def _beside(grid: Sequence[list[Line]], last: int) -> Table | None:
    """A table with its headings at the side: each column but the first is a project."""
    width = len(grid[0])
    heads = [row[0].text for row in grid if len(row) == width]
    known = sum(1 for text in heads if column_of(bare_heading(text)))
    # Two columns are labels with their values, which are read as such.
    if width < 3 or known * 2 < len(heads):
        return None
    corner = grid[0][0].text
    is_named = column_of(bare_heading(corner)) is not None if corner else False
    heads[0] = corner if is_named else phrases("labels.name")[0]
    rows = [[row[place] for row in grid if len(row) == width] for place in range(1, width)]
    columns = columns_of(heads, rows)
    if not columns or not all(fits(row, columns, is_drawn=True) for row in rows):
        return Table(last, [], columns, 0) if columns else None
    return Table(last, rows, columns, confidence("tables.drawn" if is_named else "tables.turned"))

"""The tables of an HTML page as lines: a row with its cells, or a label with its value.

Belongs here: which cells a row has when cells reach over rows and columns, headings on several levels, rows that head a
part of the table, and tables that are nothing but labels and values.
Does not belong here: what a heading says of its column (`table_cells.py`), and projects (`projects_in_tables.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gevinst.announcements.model import LEVELS, Line
from gevinst.announcements.text_lines import clean

if TYPE_CHECKING:
    from bs4 import Tag

LineOf = Callable[[str, int], int]
"""Gives the number of the source line of some text, at or after that of its tag."""

_MOST_REACHED = 60
"""A cell that says that it reaches over more rows or columns than this is a mistake of the page."""
_HEADING = 6
"""Level of a row that heads the labels below it."""


@dataclass(frozen=True, slots=True)
class _Row:
    """Cells, one for each column, a cell that reaches over several being in each; whether all of them are headings."""

    cells: tuple[Line, ...]
    is_head: bool
    begins_with_head: bool

    @property
    def distinct(self) -> list[Line]:
        """The cells, each once."""
        return [cell for place, cell in enumerate(self.cells) if place == 0 or cell is not self.cells[place - 1]]


def table_lines(table: Tag, line_of: LineOf, *, quiet: bool) -> list[Line]:
    """The caption and the rows of a table."""
    caption = table.find("caption")
    text = clean(caption.get_text()) if caption else ""
    found = [Line(line_of(text, table.sourceline or 1), text, is_quiet=quiet)] if text else []
    rows = _headed_once(_rows(table, line_of))
    is_list = _is_list_of_labels(rows)
    for row in rows:
        cells = row.distinct
        if is_list and len(cells) == 2:
            found.append(_labelled(cells[0], cells[1], quiet=quiet))
        elif is_list:
            level = _HEADING if row.is_head else 0
            found += [Line(cell.number, cell.text, level=level, is_quiet=quiet) for cell in cells if cell.text]
        else:
            # A cell over the whole width heads the rows below it.
            kept = row.cells if len(cells) > 1 else (cells[0],)
            joined = " | ".join(cell.text for cell in kept)
            found.append(Line(kept[0].number, joined, cells=kept, is_quiet=quiet))
    return found


def _rows(table: Tag, line_of: LineOf) -> list[_Row]:
    found: list[_Row] = []
    # Cells that reach down into the rows below: by column, how many rows are left and the cell.
    reaching: dict[int, tuple[int, Line]] = {}
    for row in table.find_all("tr"):
        if row.find_parent("table") is not table:
            continue
        cells: list[Line] = []
        tags = row.find_all(["td", "th"], recursive=False)
        for cell in tags:
            _reach_down(cells, reaching)
            line = _cell(cell, line_of, row.sourceline or 1)
            below = _span(cell, "rowspan") - 1
            for _ in range(_span(cell, "colspan")):
                if below:
                    reaching[len(cells)] = (below, line)
                cells.append(line)
        _reach_down(cells, reaching)
        if any(cell.text for cell in cells):
            is_head = all(cell.name == "th" for cell in tags) and bool(tags)
            found.append(_Row(tuple(cells), is_head, bool(tags) and tags[0].name == "th"))
    return found


def _cell(cell: Tag, line_of: LineOf, first: int) -> Line:
    bold = cell.find(["strong", "b"])
    strong = clean(bold.get_text()) if bold else ""
    for item in cell.find_all(["br", "li", "p", "div"]):
        item.insert_before(" ; " if item.name != "br" else "; ")
    text = clean(cell.get_text()).strip(" ;")
    text = re.sub(r"(?:\s*;\s*)+", "; ", text)
    is_part = bool(strong) and text.startswith(strong) and text != strong
    return Line(line_of(text, cell.sourceline or first), text, strong=strong if is_part else "")


def _span(cell: Tag, name: str) -> int:
    given = str(cell.get(name) or "")
    return min(int(given), _MOST_REACHED) if given.isdigit() and int(given) else 1


def _reach_down(cells: list[Line], reaching: dict[int, tuple[int, Line]]) -> None:
    """Append the cells of rows above that also are the next of this one."""
    while len(cells) in reaching:
        left, line = reaching.pop(place := len(cells))
        cells.append(line)
        if left > 1:
            reaching[place] = (left - 1, line)


def _headed_once(rows: Sequence[_Row]) -> list[_Row]:
    """The rows, of which several rows of headings at the top are one with every level in its cells."""
    first = next((place for place, row in enumerate(rows) if len(row.distinct) > 1), len(rows))
    last = next((place for place in range(first, len(rows)) if not rows[place].is_head), len(rows))
    # A head of one cell between is the first part of the table, as are all cells below it.
    last = next((place for place in range(first, last) if len(rows[place].distinct) == 1), last)
    heads = rows[first:last]
    if len(heads) < 2 or len({len(row.cells) for row in heads}) > 1:
        return list(rows)
    merged: list[Line] = []
    for column in zip(*(row.cells for row in heads), strict=True):
        texts = list(dict.fromkeys(cell.text for cell in column if cell.text))
        merged.append(Line(column[-1].number, LEVELS.join(texts)))
    return [*rows[:first], _Row(tuple(merged), is_head=True, begins_with_head=True), *rows[last:]]


def _is_list_of_labels(rows: Sequence[_Row]) -> bool:
    """Whether a table is nothing but labels with their values: two cells a row, the first of them a heading."""
    pairs = [row for row in rows if len(row.distinct) == 2]
    others = [row for row in rows if len(row.distinct) > 2]
    return bool(pairs) and not others and all(row.begins_with_head and not row.is_head for row in pairs)


def _labelled(label: Line, value: Line, *, quiet: bool) -> Line:
    bare = label.text.rstrip(": ")
    parts = ((0, label.number), (len(bare) + 2, value.number))
    text = f"{bare}: {value.text}" if value.text else f"{bare}:"
    return Line(label.number, text, after_gap=False, is_quiet=quiet, is_field=True, parts=parts)

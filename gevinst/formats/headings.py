"""From a sheet of cells to records: where the headings are, and what lies under each.

Belongs here: preambles, headings in a row or in a column, merged cells, headings that appear twice, and cells under
none. Does not belong here: which words a layout's headings have, which the layout states.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from gevinst.formats.foreign import Cell, Grid
from gevinst.formats.model import FAULT, NotCarried
from gevinst.formats.values import shown

_DEEPEST = 60
"""Rows that headings are looked for in; published preambles have a dozen at most."""
_LABEL_COLUMNS = 3
"""Columns that labels are looked for in, where each record is a column."""
UNKNOWN = "?"
"""Begins the name of a heading that the layout does not know."""
AGAIN = "#"
"""Begins what is added to the name of a heading that the layout knows and that appeared before."""

Recognise = Callable[[str], str | None]
Row = list[tuple[int, list[Cell]]]


class Leaf(NamedTuple):
    """One field of a record: the layout's name of it, the heading or path in the file, and its value."""

    name: str
    field: str
    value: Cell


@dataclass(slots=True)
class Sheet:
    """The records of a sheet with their places, what stands around them, and all headings, also of empty columns."""

    name: str
    records: list[tuple[str, list[Leaf]]]
    around: list[NotCarried]
    headings: list[str]


def known_in(rows: Row, recognise: Recognise) -> int:
    """How many different headings the best row or column of labels has."""
    _, n = _best_row(rows, recognise)
    _, m = _best_column(rows, recognise)
    return max(n, m)


def read_sheet(grid: Grid, recognise: Recognise, enough: int) -> Sheet | None:
    """The records of a sheet, or `None` when no row and no column has `enough` of the layout's headings."""
    at, n = _best_row(grid.rows, recognise)
    column, m = _best_column(grid.rows, recognise)
    if max(n, m) < enough:
        return None
    if m > n:
        return _in_columns(grid, column, recognise)
    return _in_rows(grid, at, recognise)


def _best_row(rows: Row, recognise: Recognise) -> tuple[int, int]:
    """Index and number of known headings of the row that has most; the first of several."""
    rated = [len({recognise(shown(cell)) for cell in cells} - {None}) for _, cells in rows[:_DEEPEST]]
    best = max(rated, default=0)
    return (rated.index(best) if rated else 0), best


def _best_column(rows: Row, recognise: Recognise) -> tuple[int, int]:
    rated = [
        len({recognise(shown(cells[place])) for _, cells in rows[:_DEEPEST] if place < len(cells)} - {None})
        for place in range(_LABEL_COLUMNS)
    ]
    best = max(rated)
    return rated.index(best), best


def _in_rows(grid: Grid, at: int, recognise: Recognise) -> Sheet:
    number, headings = grid.rows[at]
    _fill_merged(grid, number)
    names = list(_names([shown(cell) for cell in headings], recognise))
    around = [*_preamble(grid, grid.rows[:at]), *grid.faults]
    records = []
    for row_number, cells in grid.rows[at + 1 :]:
        # Headings are printed again at the top of each page in some files.
        if [shown(cell) for cell in cells if cell != ""] == [shown(cell) for cell in headings if cell != ""]:
            continue
        records.append((str(row_number), _leaves(names, cells)))
    return Sheet(grid.sheet, [one for one in records if one[1]], around, [shown(cell) for cell in headings])


def _in_columns(grid: Grid, column: int, recognise: Recognise) -> Sheet:
    first = next(at for at, (_, cells) in enumerate(grid.rows) if recognise(_label(cells, column)))
    lines = grid.rows[first:]
    names = list(_names([_label(cells, column) for _, cells in lines], recognise))
    around = [*_preamble(grid, grid.rows[:first]), *grid.faults]
    width = max(len(cells) for _, cells in lines)
    records = []
    for place in (*range(column), *range(column + 1, width)):
        values = [cells[place] if place < len(cells) else "" for _, cells in lines]
        if place < column:  # left of the labels there are no projects, but there may be remarks
            around += [_around(grid, str(lines[at][0]), value) for at, value in enumerate(values) if shown(value)]
        else:
            records.append((column_letters(place), _leaves(names, values)))
    headings = [_label(cells, column) for _, cells in lines]
    return Sheet(grid.sheet, [one for one in records if one[1]], around, headings)


def _label(cells: list[Cell], column: int) -> str:
    return shown(cells[column]) if column < len(cells) else ""


def _names(headings: list[str], recognise: Recognise) -> Iterator[tuple[str, str]]:
    """The layout's name and the heading of each column; one that appears again keeps its heading and gets a number."""
    seen: Counter[str] = Counter()
    for place, heading in enumerate(headings):
        known = recognise(heading)
        name = known or f"{UNKNOWN}{heading}"
        seen[name] += 1
        again = f"{AGAIN}{seen[name]}" if known and seen[name] > 1 else ""
        yield f"{name}{again}", heading or column_letters(place)


def _leaves(names: list[tuple[str, str]], cells: list[Cell]) -> list[Leaf]:
    beyond = [(UNKNOWN, column_letters(place)) for place in range(len(names), len(cells))]
    return [
        Leaf(name, field, cell) for (name, field), cell in zip((*names, *beyond), cells, strict=False) if shown(cell)
    ]


def _preamble(grid: Grid, rows: Row) -> list[NotCarried]:
    return [_around(grid, str(number), cell) for number, cells in rows for cell in cells if shown(cell)]


def _around(grid: Grid, place: str, value: Cell) -> NotCarried:
    return NotCarried("*", "*", "around_table", value=shown(value), sheet=grid.sheet, place=place)


def _fill_merged(grid: Grid, headings: int) -> None:
    """Give every cell of a merged range below the headings its value, as a reader of the sheet sees it."""
    rows = dict(grid.rows)
    for top, left, bottom, right in grid.merged:
        if top <= headings or top not in rows or left >= len(rows[top]):
            continue
        value = rows[top][left]
        for number, cells in rows.items():
            if not top <= number <= bottom:
                continue
            for place in range(left, min(right + 1, len(cells))):
                cells[place] = value
        place = f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"
        grid.faults.append(
            NotCarried("*", place, "merged_cells", value=shown(value), sheet=grid.sheet, place=str(top), kind=FAULT)
        )


def column_letters(place: int) -> str:
    """What a spreadsheet calls the column at `place`, counted from 0."""
    letters = ""
    number = place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters

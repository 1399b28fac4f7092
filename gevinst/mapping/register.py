"""A register of somebody else, opened: its records by heading, whatever its form.

Belongs here: sheets, delimited text, JSON and XML as records with one or several values by heading, and where each
stands. Does not belong here: opening bytes (`gevinst.formats.foreign`), finding headings (`gevinst.formats.headings`),
and what a heading means (`targets.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gevinst.findings import Finding, Rule
from gevinst.formats.errors import ExchangeError
from gevinst.formats.foreign import Grid, Opened, open_foreign
from gevinst.formats.foreign_xml import open_xml
from gevinst.formats.headings import Recognise, known_in, read_sheet
from gevinst.formats.importer import pattern
from gevinst.formats.json_records import leaves
from gevinst.formats.model import FAULT, NotCarried
from gevinst.formats.values import shown
from gevinst.limited import LimitError, in_child
from gevinst.mapping import xml_records
from gevinst.mapping.targets import suggested, without_place

Cell = Any
_MARK = 200
"""Bytes that a file is known as XML by."""
_UNREAD = ("row_unsplit", "json_line_broken")
"""Why a row or line is no entry."""
_FEWEST = 2
"""Cells that make a row one of headings where none of its words is known."""


@dataclass(slots=True)
class Entry:
    """One record: the row, or the place in a list, where it stands, and its values by heading."""

    place: str
    values: dict[str, list[Cell]] = field(default_factory=dict)

    def text(self, heading: str) -> str:
        """The first value under a heading as text, empty when there is none."""
        return shown(self.values.get(heading, [""])[0])


@dataclass(slots=True)
class Register:
    """The records of a file in their order, with the sheet, its headings, and what else the file holds."""

    file: str
    sheet: str
    headings: list[str]
    entries: list[Entry]
    around: list[NotCarried] = field(default_factory=list)
    other_sheets: list[str] = field(default_factory=list)

    def values(self, heading: str) -> list[Cell]:
        """Every value under a heading."""
        return [value for entry in self.entries for value in entry.values.get(heading, ())]

    @property
    def unread(self) -> int:
        """Rows, or lines of JSON, that could not be read and are no entries."""
        return sum(one.reason in _UNREAD for one in self.around)

    def told(self) -> list[Finding]:
        """Findings about what stands around the table; those about what could not be read are no notes."""
        return [
            Finding(
                self.file,
                one.text("nb"),
                one.text("en"),
                int(one.place) if one.place.isdecimal() else None,
                one.field,
                one.value or None,
                one.sheet or None,
                rule=Rule.FILE,
                is_note=one.kind != FAULT,
            )
            for one in self.around
        ]


def open_register(
    path: Path, sheet: str | None = None, wanted: Collection[str] = (), known: Callable[[str], bool] | None = None
) -> Register:
    """The records of the file at `path`, read in a process of its own.

    `wanted` are headings that a mapping names; without, the row that has most headings with known words is taken for
    that of headings, by `known` or the words of registers of projects. Of several sheets the one called `sheet` is
    read, else the one with most records. Raises `ExchangeError` when the file cannot be read or holds no records, and
    `LimitError` when reading took too much.
    """
    try:
        return in_child(_read, path, sheet, tuple(wanted), known or is_of_projects)
    except ExchangeError as error:
        raise error.in_file(path.name) from error
    except LimitError as error:
        raise error.about(path.name) from error


def is_of_projects(heading: str) -> bool:
    """Whether a heading has words of a register of projects."""
    return bool(suggested(heading) or without_place(heading))


def _read(path: Path, sheet: str | None, wanted: tuple[str, ...], is_known: Callable[[str], bool]) -> Register:
    known = {_folded(heading) for heading in wanted}

    def recognise(text: str) -> str | None:
        # A name of its own for each heading, so that two that mean the same are both counted.
        if known:
            return text if _folded(text) in known else None
        return text if is_known(text) else None

    if _is_xml(path):
        return _of_xml(path)
    opened = open_foreign(path, lambda rows: known_in(rows, recognise) * 100 + _width(rows))
    if opened.is_json:
        return _of_json(opened, path.name)
    return _of_sheets(opened, path.name, sheet, recognise)


def _is_xml(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(_MARK).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _of_xml(path: Path) -> Register:
    found, around = xml_records.records(open_xml(path))
    if not found:
        raise ExchangeError("no_records")
    entries = []
    for number, record in enumerate(found, 1):
        entry = Entry(str(number))
        for heading, value in xml_records.fields(record):
            entry.values.setdefault(heading, []).append(value)
        entries.append(entry)
    told = [NotCarried("*", name, "around_table", value=value) for name, value in around.items()]
    return Register(path.name, "", _in_order(entries), entries, told)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _width(rows: list[tuple[int, list[Cell]]]) -> int:
    """How many columns most rows have: where no heading is known, the separator that parts most is right."""
    widths = [min(len(cells), 99) for _, cells in rows]
    return max(set(widths), key=widths.count, default=0)


def _of_sheets(opened: Opened, file: str, sheet: str | None, recognise: Recognise) -> Register:
    grids = [grid for grid in opened.grids if grid.rows]
    if not grids:
        raise ExchangeError("file_empty")
    named = [grid for grid in grids if sheet is None or _folded(grid.sheet) == _folded(sheet)]
    if not named:
        raise ExchangeError("no_such_sheet", sheet=sheet or "", known=", ".join(grid.sheet for grid in grids))
    found = [_of_grid(grid, file, recognise) for grid in named]
    best = max(found, key=lambda one: (bool(one.entries), _known(one, recognise), len(one.entries)))
    if not best.entries:
        raise ExchangeError("no_records")
    best.around += opened.faults
    best.other_sheets = [grid.sheet for grid in grids if grid.sheet != best.sheet]
    return best


def _known(register: Register, recognise: Recognise) -> int:
    return sum(bool(recognise(heading)) for heading in register.headings)


def _of_grid(grid: Grid, file: str, recognise: Recognise) -> Register:
    read = read_sheet(grid, recognise, 1)
    if read is None:  # no word is known: the first row with several texts holds the headings
        texts = next((cells for _, cells in grid.rows if _texts(cells) >= _FEWEST), grid.rows[0][1])
        row = {shown(cell) for cell in texts} - {""}
        read = read_sheet(grid, lambda text: text if text in row else None, 1)
    if read is None:
        return Register(file, grid.sheet, [], [])
    entries = []
    for place, fields in read.records:
        entry = Entry(place)
        for leaf in fields:
            entry.values.setdefault(_heading(leaf.field, entry), []).append(leaf.value)
        entries.append(entry)
    named = [heading for heading in read.headings if heading]
    return Register(file, grid.sheet, list(dict.fromkeys([*named, *_in_order(entries)])), entries, read.around)


def _heading(text: str, entry: Entry) -> str:
    """The heading, with a number behind it where the row has another column of the same name."""
    again, name = 1, text
    while name in entry.values:
        again += 1
        name = f"{text} ({again})"
    return name


def _texts(cells: Iterable[Cell]) -> int:
    return sum(isinstance(cell, str) and bool(cell.strip()) and not cell.strip().isdigit() for cell in cells)


def _of_json(opened: Opened, file: str) -> Register:
    records, around = _records(opened.data)
    if not records:
        raise ExchangeError("no_records")
    entries = []
    for place, record in records:
        entry = Entry(place)
        for leaf in leaves(record):
            entry.values.setdefault(pattern(leaf.field), []).append(leaf.value)
        entries.append(entry)
    register = Register(file, "", _in_order(entries), entries, list(opened.faults))
    register.around += [NotCarried("*", leaf.field, "around_table", value=shown(leaf.value)) for leaf in leaves(around)]
    return register


def _records(data: Any) -> tuple[list[tuple[str, dict[str, Any]]], dict[str, Any]]:
    """The longest list of objects in a JSON value, with the place of each, and what stands around it."""
    best: tuple[str, list[Any]] = ("", [])
    waiting: list[tuple[str, Any, int]] = [("", data, 0)]
    while waiting:
        path, one, depth = waiting.pop(0)
        if isinstance(one, list) and any(isinstance(item, dict) for item in one) and len(one) > len(best[1]):
            best = (path, one)
        elif isinstance(one, dict) and depth < _DEEPEST:
            waiting += [(f"{path}/{key}" if path else str(key), inner, depth + 1) for key, inner in one.items()]
    path, items = best
    records = [(f"{path}[{place}]", item) for place, item in enumerate(items) if isinstance(item, dict)]
    around = {key: value for key, value in data.items() if key != path.split("/")[0]} if isinstance(data, dict) else {}
    return records, around


_DEEPEST = 4
"""Levels that a list of records is looked for in: lists inside records are not the register."""


def _in_order(entries: Iterable[Entry]) -> list[str]:
    return list(dict.fromkeys(heading for entry in entries for heading in entry.values))

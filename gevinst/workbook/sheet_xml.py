"""The cells of one sheet, as a parser passes them: what is kept of a sheet, and its limits, held while it is read.

Belongs here: what the parser calls for each element of a sheet, and what a cell's text is.
Does not belong here: the parts of a workbook and its formats (`open_xml.py`), and what a sheet is for (`parse.py`).
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite
from typing import Any

from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

Row = list[Any]

WIDEST = 500
"""Columns that are kept of a row: no register is wider, and one stray value in the last column of every row would take
gigabytes."""
MOST_CELLS = 5_000_000
"""Cells of a workbook, empty ones with a colour among them: ten times those of 50 000 rows of the widest sheet."""
MOST_VALUES = 2_000_000
MOST_MERGED = 200_000
"""Cells of merged ranges: programs that write a marked copy build each of them."""
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""Of any sheet, in the format itself."""
LONGEST_TEXT = 32_767
"""Characters of a cell or comment, the most that spreadsheet programs allow."""


class TooLargeError(Exception):
    """More cells, values or text than can be read safely; the argument, if any, is the sheet and cell."""


@dataclass(slots=True)
class Sheet:
    """One sheet: the rows that hold a value, by number from 1, and the cells (row, column from 1) that differ.

    `errors` holds cells that show an error, with its text. `merged` holds first and last row and column of a range.
    `beyond` are the first cells with a value to the right of the columns that are kept, and `beyond_count` all of them.
    `commented` are the texts of comments by the name of their cell.
    """

    title: str
    rows: dict[int, Row] = field(default_factory=dict)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    percents: set[tuple[int, int]] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    commented: dict[str, str] = field(default_factory=dict)
    beyond: list[str] = field(default_factory=list)
    beyond_count: int = 0
    is_hidden: bool = False

    @property
    def last(self) -> int:
        """Number of the last row with a value; 0 when there is none."""
        return max(self.rows, default=0)

    def row(self, number: int) -> Row:
        """The values of a row; empty when it holds none."""
        return self.rows.get(number, [])

    def top(self, count: int) -> list[Row]:
        """The first rows of the sheet, as many as there are up to `count`."""
        return [self.row(number) for number in range(1, min(count, self.last) + 1)]


@dataclass(frozen=True, slots=True)
class Format:
    is_date: bool
    is_percent: bool


_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def _plain(text: str) -> str:
    """The text with the signs that XML cannot hold, which the format writes as ``_x0002_``; half signs are none."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: _sign(int(found[1], 16)) or found[0], text)


def _sign(number: int) -> str:
    return "" if 0xD800 <= number < 0xE000 else chr(number)


def local_name(tag: str) -> str:
    """The name of an element or attribute without its namespace."""
    return tag.rpartition(":")[2]


class Cells:
    """What the parser calls for each element of a sheet; millions of times, and so without a detour."""

    def __init__(self, sheet: Sheet, texts: list[str], formats: list[Format], *, is_1904: bool) -> None:
        self.sheet, self.texts, self.formats = sheet, texts, formats
        self.epoch = CALENDAR_MAC_1904 if is_1904 else CALENDAR_WINDOWS_1900
        self.cells = self.values = self._merged = 0
        self._places: dict[str, int] = {}
        self._names: dict[str, str] = {}
        self._number = self._place = 0
        self._row: Row = []
        self._is_hidden = self._is_cell = self._is_text = self._is_reading = self._is_formula = False
        self._kind, self._style = "n", ""
        self._pieces: list[str] = []
        self._length = 0

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        name = self._names.get(tag)
        if name is None:
            name = self._names[tag] = local_name(tag)
        if name == "c":
            self.cells += 1
            if self.cells > MOST_CELLS:
                raise TooLargeError(self.sheet.title)
            reference = attributes.get("r")
            self._place = self._place_of(reference) if reference else self._place + 1
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._is_cell, self._is_formula = True, False
            self._pieces = []
            self._length = 0
        elif self._is_cell:
            if name == "v":
                self._is_text = True
            elif name == "t":
                self._is_text = not self._is_reading
            elif name == "f":
                self._is_formula = True
            elif name == "rPh":
                self._is_reading = True
        elif name == "row":
            self._number = int(attributes["r"]) if "r" in attributes else self._number + 1
            if not 0 < self._number <= LAST_ROW:
                raise ValueError("no sheet has such a row")
            self._place, self._row = 0, []
            self._is_hidden = attributes.get("hidden") in ("1", "true")
        elif name == "mergeCell":
            left, top, right, bottom = range_boundaries(attributes["ref"])
            self.sheet.merged.append((top or 1, left or 1, bottom or 1, right or 1))
            self._merged += ((bottom or 1) - (top or 1) + 1) * ((right or 1) - (left or 1) + 1)
            if self._merged > MOST_MERGED:
                raise TooLargeError(f"{self.sheet.title}!{attributes['ref']}")
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            last = min(int(attributes["max"]), LAST_COLUMN)
            self.sheet.hidden_columns.update(range(int(attributes["min"]), last + 1))

    def text(self, data: str) -> None:
        if self._is_text:
            self._pieces.append(data)
            self._length += len(data)
            if self._length > LONGEST_TEXT:
                raise TooLargeError(f"{self.sheet.title}!{get_column_letter(self._place)}{self._number}")

    def end(self, tag: str) -> None:
        name = self._names[tag]
        if name == "c":
            self._is_cell = False
            if self._pieces or self._is_formula:
                self._keep("".join(self._pieces))
        elif name in ("v", "t"):
            self._is_text = False
        elif name == "rPh":
            self._is_reading = False
        elif name == "row" and self._row:
            self.sheet.rows[self._number] = self._row
            if self._is_hidden:
                self.sheet.hidden_rows.add(self._number)

    def _place_of(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        place = self._places.get(letters)
        if place is None:
            place = self._places[letters] = column_index_from_string(letters)
        return place

    def _keep(self, text: str) -> None:
        """Put a cell into its row."""
        at = (self._number, self._place)
        if self._place > WIDEST:
            self._keep_beyond(text)
            return
        value = self._value(text, at)
        if self._is_formula:
            self.sheet.formulas.add(at)
        elif value is None or value == "":
            return
        self.values += 1
        if self.values > MOST_VALUES:
            raise TooLargeError(self.sheet.title)
        missing = self._place - len(self._row)
        if missing > 0:
            self._row.extend([None] * missing)
        self._row[self._place - 1] = value

    def _keep_beyond(self, text: str) -> None:
        if text.strip():
            self.sheet.beyond_count += 1
            if len(self.sheet.beyond) < 3:
                self.sheet.beyond.append(f"{get_column_letter(self._place)}{self._number}")

    def _value(self, text: str, at: tuple[int, int]) -> Any:
        kind = self._kind
        if kind == "s":
            return _plain(self.texts[int(text)]) if text else None
        if kind in ("str", "inlineStr"):
            return _plain(text)
        if kind == "e":
            self.sheet.errors[at] = text
            return text
        if kind == "b":
            return text.strip() in ("1", "true")
        if kind == "d":  # the strict form may write a date as text
            with suppress(ValueError):
                return datetime.fromisoformat(text.removesuffix("Z"))
            return text
        return self._number_or_date(text, at) if text else None

    def _number_or_date(self, text: str, at: tuple[int, int]) -> Any:
        number = float(text)
        if not isfinite(number):  # 1e400, or a word that Python takes for a number: told as it is written
            return text
        form = self.formats[int(self._style)] if self._style and int(self._style) < len(self.formats) else None
        if form is not None and form.is_date:
            with suppress(OverflowError, ValueError):
                return from_excel(number, self.epoch)
        elif form is not None and form.is_percent:
            self.sheet.percents.add(at)
        return number

"""The parts of an Office Open XML workbook, read as a stream: sheets, texts, formats and cells.

Belongs here: following relations from part to part, and one pass over the XML of a sheet.
Does not belong here: refusing a file in words (`read_xlsx.py`), and what a sheet is for (`parse.py`).

Nothing is built in memory but the cells that hold something: a coloured cell in the last of a million rows costs no
more than any other. Elements are known by their names without a namespace, which differs between the transitional form
that spreadsheet programs write and the strict form of ISO 29500; parts are found by their relations, whatever they are
called.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from xml.parsers import expat

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

Row = list[Any]

WIDEST = 500
"""Columns that are kept of a row: no register is wider, and one stray value in the last column of every row would take
gigabytes."""
MOST_CELLS = 5_000_000
"""Cells of a workbook, empty ones with a colour among them: ten times those of 50 000 rows of the widest sheet."""
MOST_VALUES = 2_000_000
LONGEST_TEXT = 32_767
"""Characters of a cell, the most that spreadsheet programs allow."""
_LARGEST_TEXTS = 200_000_000
"""Bytes of the texts that cells share, unpacked."""
_CHUNK = 1 << 20


class TooLargeError(Exception):
    """More cells, values or text than can be read safely."""


class NotAWorkbookError(Exception):
    """The package holds no workbook; the argument is the kind of its main part, as far as its name tells."""


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
class _Format:
    is_date: bool
    is_percent: bool


class Package:
    """The parts of a workbook by name, whatever case and slashes the program that wrote them uses."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed
        self._names = {_folded(name): name for name in packed.namelist()}
        self._cells, self._values = 0, 0
        self.main = self._main()
        self.is_1904 = False
        self.is_strict = False

    def sheets(self) -> Iterator[Sheet]:
        """Every sheet in the order of the workbook."""
        related = self._relations(self.main)
        listed: list[dict[str, str]] = []
        roots: list[str] = []

        def begin(tag: str, attributes: dict[str, str]) -> None:
            name = _local(tag)
            if not roots:
                roots.append(name)
            if name == "workbook":
                self.is_strict = "purl.oclc.org/ooxml" in " ".join(attributes.values())
            elif name == "workbookPr":
                self.is_1904 = attributes.get("date1904") in ("1", "true")
            elif name == "sheet":
                listed.append({_local(key): value for key, value in attributes.items()})

        self._parse(self.main, begin)
        if roots[0] != "workbook":
            raise NotAWorkbookError(self.main)
        texts = next((self._texts(part) for kind, part in related.values() if kind == "sharedStrings"), [])
        formats = next((self._formats(part) for kind, part in related.values() if kind == "styles"), [])
        for one in listed:
            kind, part = related[one["id"]]
            sheet = Sheet(one["name"], is_hidden=one.get("state", "visible") != "visible")
            if kind == "worksheet":  # a sheet that is nothing but a chart has no cells
                self._fill(sheet, part, texts, formats)
            yield sheet

    @property
    def has_macros(self) -> bool:
        """Whether the workbook holds macros."""
        return any(posixpath.basename(name) == "vbaproject.bin" for name in self._names)

    def _main(self) -> str:
        found = [part for kind, part in self._relations("").values() if kind == "officeDocument"]
        # Some programs leave the relations of the package out.
        part = found[0] if found else "xl/workbook.xml"
        if _folded(part) not in self._names or not part.casefold().endswith(".xml"):
            raise NotAWorkbookError(part)
        return part

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Kind and target of each relation of `part` inside the package, by id."""
        folder, name = posixpath.split(part)
        found: dict[str, tuple[str, str]] = {}

        def begin(tag: str, attributes: dict[str, str]) -> None:
            if _local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes["Target"].replace("\\", "/")
                whole = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                found[attributes["Id"]] = (attributes["Type"].rpartition("/")[2], posixpath.normpath(whole))

        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if _folded(listed) in self._names:
            self._parse(listed, begin)
        return found

    def _texts(self, part: str) -> list[str]:
        """The texts that cells share; what stands above a word in small letters, to say how it is read, is no text."""
        if self._packed.getinfo(self._names[_folded(part)]).file_size > _LARGEST_TEXTS:
            raise TooLargeError
        found: list[str] = []
        pieces: list[str] = []
        state = {"is_text": False, "is_reading": False}

        def begin(tag: str, _: dict[str, str]) -> None:
            name = _local(tag)
            if name == "si":
                pieces.clear()
            elif name == "rPh":
                state["is_reading"] = True
            elif name == "t":
                state["is_text"] = not state["is_reading"]

        def end(tag: str) -> None:
            name = _local(tag)
            if name == "si":
                found.append("".join(pieces))
            elif name == "rPh":
                state["is_reading"] = False
            elif name == "t":
                state["is_text"] = False

        def text(data: str) -> None:
            if state["is_text"]:
                pieces.append(data)

        self._parse(part, begin, end, text)
        return found

    def _formats(self, part: str) -> list[_Format]:
        """What the formats of cells say of their numbers, by the index that cells name."""
        own: dict[int, str] = {}
        found: list[_Format] = []
        state = {"is_cells": False}

        def begin(tag: str, attributes: dict[str, str]) -> None:
            name = _local(tag)
            if name == "numFmt":
                own[int(attributes["numFmtId"])] = attributes["formatCode"]
            elif name == "cellXfs":
                state["is_cells"] = True
            elif name == "xf" and state["is_cells"]:
                number = int(attributes.get("numFmtId", 0))
                code = own.get(number) or BUILTIN_FORMATS.get(number, "General")
                found.append(_Format(is_date_format(code), "%" in code))

        def end(tag: str) -> None:
            if _local(tag) == "cellXfs":
                state["is_cells"] = False

        self._parse(part, begin, end)
        return found

    def _fill(self, sheet: Sheet, part: str, texts: list[str], formats: list[_Format]) -> None:
        stream = _Cells(sheet, texts, formats, is_1904=self.is_1904)
        stream.cells, stream.values = self._cells, self._values  # of the sheets before: the limits are the workbook's
        self._parse(part, stream.begin, stream.end, stream.text)
        self._cells, self._values = stream.cells, stream.values

        at = ""

        def begin(tag: str, attributes: dict[str, str]) -> None:
            nonlocal at
            if _local(tag) == "comment":
                at = attributes.get("ref", "")
                sheet.commented[at] = ""

        def text(data: str) -> None:
            if at:  # before the first comment stand the names of authors
                sheet.commented[at] += data

        for kind, of in self._relations(part).values():
            if kind == "comments" and _folded(of) in self._names:
                self._parse(of, begin, None, text)
                at = ""

    def _parse(
        self,
        part: str,
        begin: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = begin
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        with self._packed.open(self._names[_folded(part)]) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)


def _refuse_doctype(*_: object) -> None:
    """A part never has one; it could define entities that expand without end."""
    raise ValueError("a part of a workbook has no document type")


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


class _Cells:
    """What the parser calls for each element of a sheet; millions of times, and so without a detour."""

    def __init__(self, sheet: Sheet, texts: list[str], formats: list[_Format], *, is_1904: bool) -> None:
        self.sheet, self.texts, self.formats = sheet, texts, formats
        self.epoch = CALENDAR_MAC_1904 if is_1904 else CALENDAR_WINDOWS_1900
        self.cells = self.values = 0
        self._places: dict[str, int] = {}
        self._names: dict[str, str] = {}
        self._number = self._place = 0
        self._row: Row = []
        self._is_hidden = self._is_cell = self._is_text = self._is_reading = self._is_formula = False
        self._kind, self._style = "n", ""
        self._pieces: list[str] = []

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        name = self._names.get(tag)
        if name is None:
            name = self._names[tag] = _local(tag)
        if name == "c":
            self.cells += 1
            if self.cells > MOST_CELLS:
                raise TooLargeError
            reference = attributes.get("r")
            self._place = self._place_of(reference) if reference else self._place + 1
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._is_cell, self._is_formula = True, False
            self._pieces = []
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
            self._place, self._row = 0, []
            self._is_hidden = attributes.get("hidden") in ("1", "true")
        elif name == "mergeCell":
            left, top, right, bottom = range_boundaries(attributes["ref"])
            self.sheet.merged.append((top or 1, left or 1, bottom or 1, right or 1))
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            self.sheet.hidden_columns.update(range(int(attributes["min"]), int(attributes["max"]) + 1))

    def text(self, data: str) -> None:
        if self._is_text:
            self._pieces.append(data)

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
        if self.values > MOST_VALUES or (type(value) is str and len(value) > LONGEST_TEXT):
            raise TooLargeError
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
            return self.texts[int(text)] if text else None
        if kind in ("str", "inlineStr"):
            return text
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
        form = self.formats[int(self._style)] if self._style and int(self._style) < len(self.formats) else None
        if form is not None and form.is_date:
            with suppress(OverflowError, ValueError):
                return from_excel(number, self.epoch)
        elif form is not None and form.is_percent:
            self.sheet.percents.add(at)
        return number

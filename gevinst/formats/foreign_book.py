"""Workbooks of others, opened: XLSX, ODS and XLS to sheets of cells, with what a sheet hides.

Belongs here: values by calamine (which reads all three, and XLSX in the strict form too), cells that have no value to
read, and refusing a workbook in one sentence.
Does not belong here: the evaluator's own workbook (`gevinst.workbook`), and what values mean.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from xml.parsers import expat

from gevinst.formats.errors import ExchangeError
from gevinst.formats.foreign import MOST_CELLS, MOST_COLUMNS, Grid
from gevinst.formats.headings import column_letters
from gevinst.formats.model import FAULT, NotCarried

_LARGEST = 600_000_000
"""Bytes unpacked, against zip bombs; 100 000 grants take about a tenth of it."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")
_FORMULA_WITHOUT_RESULT = re.compile(
    r'<c r="([A-Z]+\d+)"[^>]*>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)
_ERROR = re.compile(r'<c r="([A-Z]+\d+)"[^>]* t="e"[^>]*>(?:<f\b[^>]*?(?:/>|>[^<]*</f>))?<v>([^<]*)</v>')
_CHUNK = 1 << 20
_ODS = "content.xml"
_PANIC = "PanicException"
"""What a library written in Rust raises when it breaks; no module exports it."""
_ROW = re.compile(r"<table:table-row\b([^>]*)>(.*?)</table:table-row>", re.DOTALL)
_ROWS_REPEATED = re.compile(r'number-rows-repeated="(\d{1,9})"')
_COLUMNS_REPEATED = re.compile(r'number-columns-repeated="(\d{1,9})"')
_CONTENT = re.compile(r"<text:p|office:(?:value|date-value|boolean-value|string-value)=")
_SHEET = re.compile(r'<sheet\b[^>]*?\bname="([^"]*)"[^>]*?\b(?:\w+:)?id="([^"]*)"')
_RELATION = re.compile(r"<Relationship\b[^>]*>")


def read_book(content: bytes) -> list[Grid]:
    """Every sheet of a workbook; raises `ExchangeError` when it is locked, damaged or too large."""
    from python_calamine import CalamineWorkbook

    if _ENCRYPTED in content:
        raise ExchangeError("book_locked")
    hidden = _without_value(content) if content.startswith(b"PK") else {}
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [_grid(book, name, hidden.get(name, [])) for name in book.sheet_names]
    except ExchangeError:
        raise
    except BaseException as error:  # a fault that calamine did not foresee is no `Exception`
        if not isinstance(error, Exception) and type(error).__name__ != _PANIC:
            raise
        raise ExchangeError("book_damaged") from error


def _grid(book: Any, name: str, faults: list[NotCarried]) -> Grid:
    sheet = book.get_sheet_by_name(name)
    before = [""] * (sheet.start[1] if sheet.start else 0)  # calamine leaves out empty columns on the left
    rows = [(number, [*before, *map(_cell, row)]) for number, row in enumerate(sheet.iter_rows(), 1)]
    merged = [
        (top + 1, left, bottom + 1, right)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()  # ODS and XLS give none
    ]
    return Grid(name, [row for row in rows if any(cell != "" for cell in row[1])], merged, faults)


def _cell(value: Any) -> Any:
    """A value without what the kind of file adds: whole numbers as decimals, and midnight."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    if isinstance(value, bool | int | float | date | str):
        return value
    return str(value)  # a time or a period, which no field of any layout is


def _without_value(content: bytes) -> dict[str, list[NotCarried]]:
    """Cells of an XLSX workbook that show an error, or hold a formula whose result was never stored, by sheet.

    Calamine gives them as empty, which would lose them in silence.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > _LARGEST:
                raise ExchangeError("book_too_large")
            sheets = {part: name for name, part in _sheet_parts(packed).items()}
            for name in packed.namelist():
                if name.casefold().endswith((".xml", ".rels")):
                    _refuse_broken(packed, name, sheets)
            if _ODS in packed.namelist():
                _refuse_repeated(packed.read(_ODS).decode("utf-8", errors="replace"))
            return {
                name: faults
                for name, part in _sheet_parts(packed).items()
                if (faults := _faults(name, packed.read(part).decode("utf-8", errors="replace")))
            }
    except ExchangeError:
        raise
    except Exception as error:  # the library of containers lets errors of many kinds through
        raise ExchangeError("book_damaged") from error


def _sheet_parts(packed: zipfile.ZipFile) -> dict[str, str]:
    """Where in an XLSX container each sheet lies; empty for other containers."""
    names = set(packed.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    from html import unescape

    relations = _RELATION.findall(packed.read("xl/_rels/workbook.xml.rels").decode("utf-8", errors="replace"))
    targets = {_attribute(one, "Id"): "xl/" + _attribute(one, "Target").removeprefix("/xl/") for one in relations}
    sheets = _SHEET.findall(packed.read("xl/workbook.xml").decode("utf-8", errors="replace"))
    return {unescape(name): targets[key] for name, key in sheets if targets.get(key) in names}


def _refuse_broken(packed: zipfile.ZipFile, name: str, sheets: Mapping[str, str]) -> None:
    """Raise an error for a part that is no XML, or a sheet that reaches too far.

    Calamine waits for the end of an element that never comes, and builds every cell from the first to the last.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = _Extent(sheets.get(name, name)).begin  # other parts have no cells
    with packed.open(name) as part:
        # Not `ParseFile`: it reads two kilobytes at a time, and begins a long comment again with each of them.
        while chunk := part.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)


class _Extent:
    """How far the values of a sheet reach, held against the limits as the parser comes to them."""

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self._row = self._column = self._last_row = self._last_column = 0

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
        elif name == "c":
            found = _PLACE.fullmatch(attributes.get("r", ""))
            self._column = _place(found[1]) if found else self._column + 1
            self._row = int(found[2]) if found else self._row
        elif name in ("v", "t", "f"):
            self._last_row = max(self._last_row, self._row)
            self._last_column = max(self._last_column, self._column)
            if self._last_column > MOST_COLUMNS or self._last_row * self._last_column > MOST_CELLS:
                where = f"{column_letters(self._column - 1)}{self._row}"
                raise ExchangeError("sheet_too_large", sheet=self.sheet, where=where)


def _place(letters: str) -> int:
    """The number of a column, counted from 1."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place


def _refuse_doctype(*_: object) -> None:
    raise ValueError("a part of a workbook has no document type")


def _refuse_repeated(xml: str) -> None:
    """Raise `ExchangeError` for an ODS sheet that says in few words that it is full: all of its cells are built."""
    for row in _ROW.finditer(xml):
        if not _CONTENT.search(row[2]):  # the rest of a sheet, which programs write as one empty row
            continue
        rows = max((int(n) for n in _ROWS_REPEATED.findall(row[1])), default=1)
        columns = sum(int(n) for n in _COLUMNS_REPEATED.findall(row[2])) + row[2].count("<table:table-cell")
        if rows * columns > MOST_CELLS:
            raise ExchangeError("sheet_too_large", sheet="", where=f"{rows} × {columns}")


def _attribute(element: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', element)
    return found[1] if found else ""


def _faults(sheet: str, xml: str) -> list[NotCarried]:
    found = [
        *((cell, "formula_without_result", "") for cell in _FORMULA_WITHOUT_RESULT.findall(xml)),
        *((cell, "cell_error", error) for cell, error in _ERROR.findall(xml)),
    ]
    return [
        NotCarried("*", place[1], reason, value=value, sheet=sheet, place=place[2], kind=FAULT)
        for cell, reason, value in found
        if (place := _PLACE.fullmatch(cell))
    ]

"""Workbooks of others, opened: XLSX, ODS and XLS to sheets of cells, with what a sheet hides.

Belongs here: values by calamine (which reads all three, and XLSX in the strict form too), cells that have no value to
read, and refusing a workbook in one sentence.
Does not belong here: the evaluator's own workbook (`gevinst.workbook`), and what values mean.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time
from typing import Any

from gevinst.formats.errors import ExchangeError
from gevinst.formats.foreign import MOST_CELLS, MOST_COLUMNS, Grid
from gevinst.formats.model import FAULT, NotCarried

_LARGEST = 600_000_000
"""Bytes unpacked, against zip bombs; 100 000 grants take about a tenth of it."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")
_FORMULA_WITHOUT_RESULT = re.compile(
    r'<c r="([A-Z]+\d+)"[^>]*>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)
_FILLED = re.compile(r'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>\s*<(?!/)')
_ERROR = re.compile(r'<c r="([A-Z]+\d+)"[^>]* t="e"[^>]*>(?:<f\b[^>]*?(?:/>|>[^<]*</f>))?<v>([^<]*)</v>')
_SHEET = re.compile(r'<sheet\b[^>]*?\bname="([^"]*)"[^>]*?\b(?:\w+:)?id="([^"]*)"')
_RELATION = re.compile(r"<Relationship\b[^>]*>")


def read_book(content: bytes) -> list[Grid]:
    """Every sheet of a workbook; raises `ExchangeError` when it is locked, damaged or too large."""
    from python_calamine import CalamineError, CalamineWorkbook

    if _ENCRYPTED in content:
        raise ExchangeError("book_locked")
    hidden = _without_value(content) if content.startswith(b"PK") else {}
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [_grid(book, name, hidden.get(name, [])) for name in book.sheet_names]
    except ExchangeError:
        raise
    except (CalamineError, ValueError, OSError, KeyError) as error:
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
            return {
                name: faults
                for name, part in _sheet_parts(packed).items()
                if (faults := _faults(name, packed.read(part).decode("utf-8", errors="replace")))
            }
    except (zipfile.BadZipFile, KeyError, OSError, EOFError) as error:
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


def _refuse_far(sheet: str, xml: str) -> None:
    """Raise `ExchangeError` for a sheet whose last row and column span more cells than can be held: all are built."""
    filled = _FILLED.findall(xml)
    if not filled:
        return
    widest = max({letters for letters, _ in filled}, key=lambda letters: (len(letters), letters))
    letters, last = max(filled, key=lambda cell: int(cell[1]))
    if _place(widest) > MOST_COLUMNS:
        where = next(f"{letters}{row}" for letters, row in filled if letters == widest)
        raise ExchangeError("sheet_too_large", sheet=sheet, where=where)
    if _place(widest) * int(last) > MOST_CELLS:
        raise ExchangeError("sheet_too_large", sheet=sheet, where=f"{letters}{last}")


def _place(letters: str) -> int:
    """The number of a column, counted from 1."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place


def _attribute(element: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', element)
    return found[1] if found else ""


def _faults(sheet: str, xml: str) -> list[NotCarried]:
    _refuse_far(sheet, xml)
    found = [
        *((cell, "formula_without_result", "") for cell in _FORMULA_WITHOUT_RESULT.findall(xml)),
        *((cell, "cell_error", error) for cell, error in _ERROR.findall(xml)),
    ]
    return [
        NotCarried("*", place[1], reason, value=value, sheet=sheet, place=place[2], kind=FAULT)
        for cell, reason, value in found
        if (place := _PLACE.fullmatch(cell))
    ]

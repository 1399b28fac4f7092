"""A benefits register as the sheets that its rows are read from, whatever its form.

Belongs here: delimited text, ODS, JSON and XML as a sheet of cells, and what stands around the table.
Does not belong here: opening them (`register.py`), and the rows (`gevinst.workbook.read_register`).
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from gevinst.findings import Finding
from gevinst.formats.values import shown
from gevinst.mapping.register import Cell, Register, open_register
from gevinst.workbook.read_xlsx import Book, read_book
from gevinst.workbook.register_layout import RegisterLayout
from gevinst.workbook.sheet_xml import Sheet

_PACKED, _ODS = b"PK", b"application/vnd.oasis.opendocument"
_MARK = 200
"""Bytes in which a package says what it is: ODS has that first, and unpacked."""


def open_book(path: Path, layout: RegisterLayout) -> tuple[Book, list[Finding]]:
    """The register at `path`, and findings about what stands around its table, or could not be read.

    A workbook is read as the evaluator's own, with what its cells hide. Raises `IntakeError` when it cannot be, and
    `ExchangeError` and `LimitError` when another file cannot.
    """
    begins = path.open("rb").read(_MARK) if path.is_file() else b""
    if not begins or (begins.startswith(_PACKED) and _ODS not in begins):
        return read_book(path), []
    register = open_register(path, layout.sheet, list(layout.columns))
    return Book(register.file, [_sheet_of(register)]), register.told()


def _sheet_of(register: Register) -> Sheet:
    """The headings and, where they stand in the file, the rows below them; records of a list stand from row 2 on."""
    places = [entry.place for entry in register.entries]
    are_rows = all(map(str.isdecimal, places)) and min(map(int, places)) > 1
    numbers = list(map(int, places)) if are_rows else range(2, len(places) + 2)
    rows: dict[int, list[Cell]] = {numbers[0] - 1: list(register.headings)}
    for number, entry in zip(numbers, register.entries, strict=True):
        cells = (entry.values.get(heading, []) for heading in register.headings)
        rows[number] = [_cell(found) for found in cells]
    return Sheet(register.sheet, rows)


def _cell(values: list[Cell]) -> Cell:
    """What a cell of a workbook would hold: several values of a list are one text."""
    if len(values) != 1:
        return "; ".join(map(shown, values)) or None
    return float(values[0]) if isinstance(values[0], Decimal) else values[0]

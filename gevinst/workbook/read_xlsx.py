"""A file as sheets of values, with what a spreadsheet hides: formulas, merged and hidden cells, percentage formats.

Belongs here: opening a file or refusing it in one sentence.
Does not belong here: which table a sheet is (`parse.py`) and what a value means (`cells.py`).

Values are read with calamine, which gives the result of a formula, dates by the date system of the file, and 600 000
cells in a second. Everything else is read with openpyxl, which gives formulas but not their results.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gevinst.findings import Finding, IntakeError, Rule

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

# The container of XLS files, and of XLSX files with a password, which name this stream.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LARGEST = 600_000_000
"""Bytes unpacked, against zip bombs; 50 000 rows of every column take about a tenth of it."""

Row = list[Any]


@dataclass(slots=True)
class Sheet:
    """One sheet: rows of values from the top (row 1 is ``rows[0]``), and the cells (row, column from 1) that differ.

    `errors` holds cells that show an error, with its text. `merged` holds first and last row and column of a range.
    """

    title: str
    rows: list[Row]
    formulas: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    percents: set[tuple[int, int]] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Book:
    """The sheets of one file; `has_macros` and `is_1904` are those of a workbook."""

    file: str
    sheets: list[Sheet]
    has_macros: bool = False
    is_1904: bool = False


def refused(file: str, nb: str, en: str) -> IntakeError:
    """The error for a file that cannot be read, in one sentence per language."""
    return IntakeError([Finding(file, nb, en, rule=Rule.FILE)])


def read_xlsx(path: Path) -> Book:
    """Every sheet of the workbook at `path`.

    Raises `IntakeError` with one finding when the file is missing, empty, locked by a password, cut off, of another
    kind, or too large.
    """
    has_macros = _container(path)
    book = load_structure(path)
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        values = CalamineWorkbook.from_path(path)
        sheets = [_sheet(book[name], values) for name in values.sheet_names if name in book.sheetnames]
    except (CalamineError, ValueError, OSError, KeyError) as error:
        raise _damaged(path.name) from error
    return Book(path.name, sheets, has_macros, book.epoch.year == 1904)


def load_structure(path: Path) -> Workbook:
    """The workbook as openpyxl knows it, macros kept; raises `IntakeError` when it cannot be opened."""
    from openpyxl import load_workbook

    try:
        return load_workbook(path, keep_vba=path.suffix.lower() == ".xlsm")
    except Exception as error:  # openpyxl lets any error of its parts through: KeyError, ValueError, ParseError ...
        raise _damaged(path.name) from error


def _damaged(file: str) -> IntakeError:
    return refused(
        file,
        "regnearket er skadet og kan ikke leses; åpne det i regnearkprogrammet, lagre en ny kopi og bruk den.",
        "the workbook is damaged and cannot be read; open it in the spreadsheet program, save a new copy and use that.",
    )


def _container(path: Path) -> bool:
    """Whether the workbook at `path` holds macros; raises `IntakeError` for any file that is no XLSX workbook."""
    file = path.name
    if not path.is_file():
        raise refused(file, "fila finnes ikke; rett stien.", "the file does not exist; correct the path.")
    content = path.read_bytes()
    if not content:
        raise refused(file, "fila er tom; lagre regnearket på nytt.", "the file is empty; save the workbook again.")
    if content.startswith(_OLE):
        raise _old_or_locked(file, content)
    if not content.startswith(b"PK"):  # every zip file begins so; the name of a file proves nothing
        raise refused(
            file,
            "fila er ikke et regneark i formatet XLSX, uansett hva den heter; åpne den i regnearkprogrammet og lagre "
            "den som XLSX, eller legg CSV-filer i en mappe for seg.",
            "the file is no XLSX workbook, whatever its name; open it in the spreadsheet program and save it as XLSX, "
            "or put CSV files in a folder of their own.",
        )
    try:
        with zipfile.ZipFile(path) as packed:
            names = set(packed.namelist())
            size = sum(entry.file_size for entry in packed.infolist())
    except zipfile.BadZipFile as error:
        raise refused(
            file,
            "fila er avkortet eller skadet; hent den på nytt eller lagre en ny kopi.",
            "the file is cut off or damaged; fetch it again or save a new copy.",
        ) from error
    if "xl/workbook.xml" not in names:
        raise refused(
            file,
            "fila er pakket, men ikke et regneark i formatet XLSX; lagre den som XLSX.",
            "the file is packed but no XLSX workbook; save it as XLSX.",
        )
    if size > _LARGEST:
        raise refused(
            file,
            "regnearket er for stort til å leses trygt; slett tomme rader og ark som ikke trengs.",
            "the workbook is too large to be read safely; delete empty rows and sheets that are not needed.",
        )
    return "xl/vbaProject.bin" in names


def _old_or_locked(file: str, content: bytes) -> IntakeError:
    if _ENCRYPTED in content:
        return refused(
            file,
            "regnearket er låst med passord; fjern passordet og lagre det på nytt.",
            "the workbook is locked with a password; remove the password and save it again.",
        )
    return refused(
        file,
        "fila er i det gamle formatet XLS; lagre den som XLSX.",
        "the file is in the old XLS format; save it as XLSX.",
    )


def _sheet(structure: Any, values: Any) -> Sheet:
    name = structure.title
    found = values.get_sheet_by_name(name)
    before = [""] * (found.start[1] if found.start else 0)  # calamine leaves out empty columns on the left
    sheet = Sheet(name, [before + row for row in found.iter_rows()])
    if hasattr(structure, "iter_rows"):  # a sheet that is nothing but a chart has no cells
        _add_structure(sheet, structure)
    return sheet


def _add_structure(sheet: Sheet, structure: Worksheet) -> None:
    for number, row in enumerate(structure.iter_rows(), 1):
        for place, cell in enumerate(row, 1):
            if cell.data_type == "f":
                sheet.formulas.add((number, place))
            elif cell.data_type == "e":
                sheet.errors[number, place] = str(cell.value)
            # Only numbers: a text in a cell formatted as per cent is read as it is written.
            elif cell.data_type == "n" and cell.value is not None and "%" in cell.number_format:
                sheet.percents.add((number, place))
    # Calamine leaves out rows at the end in which no formula has a result.
    last = max((row for row, _ in (*sheet.formulas, *sheet.errors)), default=0)
    sheet.rows += [[] for _ in range(last - len(sheet.rows))]
    sheet.merged = [(r.min_row, r.min_col, r.max_row, r.max_col) for r in structure.merged_cells.ranges]
    sheet.hidden_rows = {number for number, row in structure.row_dimensions.items() if row.hidden}
    for column in structure.column_dimensions.values():
        if column.hidden and column.min and column.max:
            sheet.hidden_columns.update(range(column.min, column.max + 1))

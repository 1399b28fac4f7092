"""A file as sheets of values, with what a spreadsheet hides: formulas, merged and hidden cells, percentage formats.

Belongs here: opening a file or refusing it in one sentence.
Does not belong here: the parts of a workbook and their XML (`open_xml.py`), which table a sheet is (`parse.py`) and
what a value means (`cells.py`).
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gevinst.bilingual import LANGUAGES
from gevinst.findings import Finding, IntakeError, Rule
from gevinst.limited import LimitError, in_child
from gevinst.workbook.open_xml import NotAWorkbookError, Package
from gevinst.workbook.sheet_xml import Sheet, TooLargeError

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

# The container of XLS files, and of XLSX files with a password, which name this stream.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LARGEST = 600_000_000
"""Bytes unpacked, against zip bombs; 50 000 rows of every column take about a tenth of it."""
_LARGEST_FILE = 100_000_000
"""Bytes as the file lies on disk, which are read whole."""
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(spreadsheetml|officeDocument|drawingml|schemaLibrary)/")


@dataclass(slots=True)
class Book:
    """The sheets of one file; `has_macros`, `is_1904` and `is_strict` are those of a workbook."""

    file: str
    sheets: list[Sheet]
    has_macros: bool = False
    is_1904: bool = False
    is_strict: bool = False


def refused(file: str, nb: str, en: str) -> IntakeError:
    """The error for a file that cannot be read, in one sentence per language."""
    return IntakeError([Finding(file, nb, en, rule=Rule.FILE)])


def read_book(path: Path) -> Book:
    """`read_xlsx` in a process of its own, with limits of memory and time (`gevinst.limited`)."""
    try:
        return in_child(read_xlsx, path)
    except LimitError as error:
        raise refused(path.name, *(f"{error.message(language)}." for language in LANGUAGES)) from error


def read_xlsx(path: Path) -> Book:
    """Every sheet of the workbook at `path`.

    Raises `IntakeError` with one finding when the file is missing, empty, locked by a password, cut off, of another
    kind, or too large.
    """
    try:
        _refuse_others(path)
        with zipfile.ZipFile(path) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > _LARGEST:
                raise TooLargeError
            package = Package(packed)
            sheets = list(package.sheets())
            return Book(path.name, sheets, package.has_macros, package.is_1904, package.is_strict)
    except zipfile.BadZipFile as error:
        raise refused(
            path.name,
            "fila er avkortet eller skadet; hent den på nytt eller lagre en ny kopi.",
            "the file is cut off or damaged; fetch it again or save a new copy.",
        ) from error
    except NotAWorkbookError as error:
        raise _another_kind(path.name, str(error)) from error
    except TooLargeError as error:
        where = f" ({error})" if error.args else ""
        raise refused(
            path.name,
            f"regnearket er for stort til å leses trygt{where}; slett tomme rader og kolonner med farge eller rammer, "
            "og ark som ikke trengs, og lagre det på nytt.",
            f"the workbook is too large to be read safely{where}; delete empty rows and columns with colours or "
            "borders, and sheets that are not needed, and save it again.",
        ) from error
    except (IntakeError, MemoryError):
        raise
    except Exception as error:  # expat, zlib and a broken part fail in their own ways: ExpatError, KeyError, error ...
        raise _damaged(path.name) from error


def load_structure(path: Path) -> Workbook:
    """The workbook as openpyxl knows it, to write a copy of it; raises `IntakeError` when it cannot be opened."""
    from openpyxl import load_workbook

    try:
        return load_workbook(_transitional(path), keep_vba=path.suffix.lower() == ".xlsm")
    except Exception as error:  # openpyxl lets any error of its parts through: KeyError, ValueError, ParseError ...
        raise _damaged(path.name) from error


def _transitional(path: Path) -> Path | io.BytesIO:
    """The workbook in the form that openpyxl knows: the strict form has other names for the same things."""
    with zipfile.ZipFile(path) as packed:
        parts = {entry: packed.read(entry) for entry in packed.infolist()}
    if not any(_STRICT.search(content[:4_000]) for content in parts.values()):
        return path
    renamed = io.BytesIO()
    with zipfile.ZipFile(renamed, "w", zipfile.ZIP_DEFLATED) as packed:
        for entry, content in parts.items():
            is_xml = entry.filename.casefold().endswith((".xml", ".rels"))
            packed.writestr(
                entry.filename,
                _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", content) if is_xml else content,
            )
    renamed.seek(0)
    return renamed


def _damaged(file: str) -> IntakeError:
    return refused(
        file,
        "regnearket er skadet og kan ikke leses; åpne det i regnearkprogrammet, lagre en ny kopi og bruk den.",
        "the workbook is damaged and cannot be read; open it in the spreadsheet program, save a new copy and use that.",
    )


def _refuse_others(path: Path) -> None:
    """Raise `IntakeError` for any file that is no package of parts, as an XLSX workbook is."""
    file = path.name
    if not path.is_file():
        raise refused(file, "fila finnes ikke; rett stien.", "the file does not exist; correct the path.")
    if path.stat().st_size > _LARGEST_FILE:
        raise TooLargeError
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


def _another_kind(file: str, main: str) -> IntakeError:
    if main.casefold().endswith(".bin"):
        return refused(
            file,
            "regnearket er lagret som binær arbeidsbok (XLSB); lagre det som XLSX.",
            "the workbook is saved as a binary workbook (XLSB); save it as XLSX.",
        )
    return refused(
        file,
        "fila er pakket, men ikke et regneark i formatet XLSX; lagre den som XLSX.",
        "the file is packed but no XLSX workbook; save it as XLSX.",
    )


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

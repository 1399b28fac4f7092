"""Delimited text to a frame of text.

Belongs here: opening a file, its encoding, its heading and its rows; a row that does not fit becomes a finding.
Does not belong here: what the values mean (`validate.py`).
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from gevinst.contracts import Column, Contract, Type
from gevinst.findings import WHOLE_ROW, Finding, IntakeError

_SEPARATORS = ",;\t"
_SEPARATOR = re.compile(r"sep=([,;\t])", re.IGNORECASE)
"""The line by which Excel is told, and tells, what is between cells."""
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_DECIMAL_COMMA = re.compile(r"-?\d+,\d+")
_LARGEST_FILE = 100_000_000
"""Bytes; the tables of a scheme ten times as large as this one, over ten years, are a tenth of it."""
_MOST_COLUMNS = 200
_MOST_CELLS = 2_000_000
_LONGEST_FIELD = 1_000_000
"""Characters at which the library of delimited files gives up; long cells are refused by row and column before."""
_LONE_RETURN = "\ue00d"
"""Stands for a carriage return inside a line while a file is split: the library would take it for the end of a row."""
_LOGICAL = {"sann": "true", "usann": "false", "true": "true", "false": "false"}

# The underscore keeps them apart from the columns of contracts.
ROW = "_row"
FILE = "_file"


@dataclass(frozen=True, slots=True)
class TextTable:
    """Rows of a file as text, with `ROW` (line number) and `FILE`, and findings about rows that did not fit.

    `keys_set_aside` are the first keys of those rows, as far as they can be read, with the finding about each.
    """

    rows: pl.DataFrame
    findings: list[Finding]
    keys_set_aside: dict[str, Finding] = field(default_factory=dict[str, Finding])


def read_delimited(path: Path, shown_as: str, contract: Contract, *, is_from_a_person: bool = False) -> TextTable:
    """Read a UTF-8, comma-delimited file with the contract's headings in any order.

    A file that `is_from_a_person` may be saved as a Norwegian spreadsheet program does: with semicolons or tabs, in
    another encoding, with dates, decimals and logical values in its own form. Empty cells become null. A row with too
    many or too few cells is set aside as a finding.

    Raises:
        IntakeError: the file is missing, cannot be read as UTF-8 text, or its headings are not the contract's.
    """
    names = [column.name for column in contract.columns]
    lines = read_lines(path, shown_as, _SEPARATORS if is_from_a_person else ",")
    if not lines:
        raise IntakeError(
            [
                Finding(
                    shown_as,
                    "fila er tom; den må minst ha en overskriftslinje.",
                    "the file is empty; it needs at least a line of headings.",
                )
            ]
        )
    _, heading = lines[0]
    _check_heading(heading, names, shown_as)
    good: list[tuple[str | int | None, ...]] = []
    lost: dict[str, Finding] = {}
    key = heading.index(contract.key[0])
    findings: list[Finding] = []
    for number, cells in lines[1:]:
        if len(cells) != len(heading):
            findings.append(_uneven(shown_as, number, cells, len(heading)))
            lost.setdefault(cells[key].strip() if key < len(cells) else "", findings[-1])
        else:
            texts = [cell.strip() or None for cell in cells]
            if is_from_a_person:
                texts = [_as_stored(text, contract.column(name)) for name, text in zip(heading, texts, strict=True)]
            good.append((*texts, number, shown_as))
    schema = {**dict.fromkeys(heading, pl.String), ROW: pl.Int64, FILE: pl.String}
    frame = pl.DataFrame(good, schema=schema, orient="row")
    return TextTable(frame.select([*names, ROW, FILE]), findings, lost)


def read_lines(path: Path, shown_as: str, delimiters: str = ",") -> list[tuple[int, list[str]]]:
    """Physical line number and cells of each line that is not blank.

    Of several `delimiters` the most frequent in the first line is used, or the one that a line ``sep=;`` names; the
    file may then be in an encoding of spreadsheet programs too. Letters with their accents apart are put together.
    Raises `IntakeError` as `read_delimited`, and when the file is larger than any table can be.
    """
    text = line_ends_of(_content(path, shown_as, is_any=len(delimiters) > 1)).replace("\r", _LONE_RETURN)
    text = unicodedata.normalize("NFC", text)
    lines: list[tuple[int, list[str]]] = []
    count = 0
    # `splitlines` would also break lines at form feeds and at U+0085, U+2028 and the like, which no CSV writer quotes.
    physical = list(io.StringIO(text))
    named = _SEPARATOR.fullmatch(physical[0].strip("\n")) if physical and len(delimiters) > 1 else None
    delimiter = named[1] if named else max(delimiters, key=next(iter(physical), "").count)
    csv.field_size_limit(_LONGEST_FIELD)
    # `strict`, because the csv module otherwise accepts stray quotes and may swallow the rest of the file as one cell.
    reader = csv.reader(physical, strict=True, delimiter=delimiter)
    first = 1  # of the row, not of its last line: `line_num` is already past the line breaks inside its quotes
    try:
        for cells in reader:
            is_told = named is not None and first == 1  # the line that names the separator is no row
            if not is_told and any(cell.strip() for cell in cells):
                lines.append((first, [cell.replace(_LONE_RETURN, "\r") for cell in cells]))
                count += len(cells)
            if len(cells) > _MOST_COLUMNS or count > _MOST_CELLS:
                raise _too_much(shown_as, len(cells), first)
            first = reader.line_num + 1
    except csv.Error as error:
        if "field limit" in str(error):
            nb = f"en celle har mer enn {_LONGEST_FIELD} tegn, eller et anførselstegn mangler; rett raden."
            en = f"a cell has more than {_LONGEST_FIELD} characters, or a quote is missing; correct the row."
            raise IntakeError([Finding(shown_as, nb, en, row_number=first)]) from error
        raise IntakeError(
            [
                Finding(
                    shown_as,
                    f"anførselstegn går ikke opp ({error}); rett raden.",
                    f"the quotes do not match ({error}); correct the row.",
                    row_number=first,
                )
            ]
        ) from error
    return lines


def line_ends_of(text: str) -> str:
    """The text with "\\n" at the end of every line, whatever the system of the person who saved it.

    A carriage return in a file that has other line ends ends no line: it was pasted into a cell, and is kept.
    """
    return text.replace("\r\n", "\n") if "\n" in text else text.replace("\r", "\n")


def _content(path: Path, shown_as: str, *, is_any: bool) -> str:
    if not path.is_file():
        raise IntakeError(
            [
                Finding(
                    shown_as,
                    "fila finnes ikke; legg den på plass eller hent den tilbake fra git.",
                    "the file is missing; put it in place or restore it from git.",
                )
            ]
        )
    try:
        refuse_too_large(shown_as, size=path.stat().st_size)
        return _text(path.read_bytes(), is_any=is_any)
    except (UnicodeDecodeError, OSError) as error:
        row = error.object[: error.start].count(b"\n") + 1 if isinstance(error, UnicodeDecodeError) else None
        raise IntakeError(
            [
                Finding(
                    shown_as,
                    f"fila kan ikke leses som UTF-8-tekst ({error}); lagre den på nytt som CSV UTF-8.",
                    f"the file cannot be read as UTF-8 text ({error}); save it again as CSV UTF-8.",
                    row_number=row,
                )
            ]
        ) from error


def refuse_too_large(shown_as: str, *, size: int = 0, cells: int = 0) -> None:
    """Raise `IntakeError` for a file of more bytes or cells than are read: nobody may write one either."""
    if size > _LARGEST_FILE or cells > _MOST_CELLS:
        raise _too_much(shown_as)


def _too_much(shown_as: str, columns: int = 0, row: int | None = None) -> IntakeError:
    """The error for a file that is larger than any table can be."""
    if columns > _MOST_COLUMNS:
        nb = f"raden har {columns} celler, og ingen tabell har flere enn {_MOST_COLUMNS} kolonner; slett de tomme."
        en = f"the row has {columns} cells, and no table has more than {_MOST_COLUMNS} columns; delete the empty ones."
    else:
        nb = f"fila er større enn det som leses, {_MOST_CELLS} celler og {_LARGEST_FILE} byte; del den."
        en = f"the file is larger than what is read, {_MOST_CELLS} cells and {_LARGEST_FILE} bytes; divide it."
    return IntakeError([Finding(shown_as, nb, en, row_number=row)])


def _text(content: bytes, *, is_any: bool) -> str:
    """The text of a file: UTF-8, or with `is_any` also UTF-16 with its mark and the encoding of Windows in Norway."""
    if is_any and content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")  # Excel puts a byte order mark before "CSV UTF-8"
    except UnicodeDecodeError:
        if not is_any:
            raise
        return content.decode("cp1252", errors="replace")


def _as_stored(text: str | None, column: Column) -> str | None:
    """A value as a raw file has it, where a Norwegian spreadsheet program has written it in its own form."""
    if text is None:
        return None
    if column.type is Type.DATE and (found := _DAY.fullmatch(text)):
        return f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}"
    if column.type is Type.NUMBER and _DECIMAL_COMMA.fullmatch(text):
        return text.replace(",", ".")
    if column.type is Type.BOOLEAN:
        return _LOGICAL.get(text.casefold(), text)
    return text


def _check_heading(heading: list[str], names: list[str], shown_as: str) -> None:
    findings = [
        Finding(
            shown_as,
            f"kolonnen mangler; overskriftene må være {', '.join(names)}.",
            f"the column is missing; the headings must be {', '.join(names)}.",
            row_number=1,
            column_name=name,
        )
        for name in names
        if name not in heading
    ]
    findings += [
        Finding(
            shown_as,
            "kolonnen er ukjent; rett navnet eller fjern den.",
            "the column is unknown; correct its name or remove it.",
            row_number=1,
            column_name=name,
        )
        for name in heading
        if name not in names
    ]
    findings += [
        Finding(
            shown_as,
            "kolonnen står to ganger; fjern den ene.",
            "the column appears twice; remove one.",
            row_number=1,
            column_name=name,
        )
        for name in sorted({name for name in heading if heading.count(name) > 1})
    ]
    if findings:
        raise IntakeError(findings)


def _uneven(shown_as: str, number: int, cells: list[str], width: int) -> Finding:
    return Finding(
        shown_as,
        f"raden har {len(cells)} celler, men overskriften har {width}; sett tekst med komma i anførselstegn.",
        f"the row has {len(cells)} cells but the heading has {width}; put text with commas in quotes.",
        row_number=number,
        column_name=WHOLE_ROW,
        value=",".join(cells),
    )

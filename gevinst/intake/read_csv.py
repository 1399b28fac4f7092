"""Delimited text to a frame of text.

Belongs here: opening a file, its encoding, its heading and its rows; a row that does not fit becomes a finding.
Does not belong here: what the values mean (`validate.py`).
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from gevinst.contracts import Column, Contract, Type
from gevinst.findings import WHOLE_ROW, Finding, IntakeError

_SEPARATORS = ",;\t"
_SEPARATOR = re.compile(r"sep=([,;\t])", re.IGNORECASE)
"""The line by which Excel is told, and tells, what is between cells."""
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_DECIMAL_COMMA = re.compile(r"-?\d+,\d+")
_LOGICAL = {"sann": "true", "usann": "false", "true": "true", "false": "false"}

# The underscore keeps them apart from the columns of contracts.
ROW = "_row"
FILE = "_file"


@dataclass(frozen=True, slots=True)
class TextTable:
    """Rows of a file as text, with `ROW` (line number) and `FILE`, and findings about rows that did not fit."""

    rows: pl.DataFrame
    findings: list[Finding]


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
    findings: list[Finding] = []
    for number, cells in lines[1:]:
        if len(cells) != len(heading):
            findings.append(_uneven(shown_as, number, cells, len(heading)))
        else:
            texts = [cell.strip() or None for cell in cells]
            if is_from_a_person:
                texts = [_as_stored(text, contract.column(name)) for name, text in zip(heading, texts, strict=True)]
            good.append((*texts, number, shown_as))
    schema = {**dict.fromkeys(heading, pl.String), ROW: pl.Int64, FILE: pl.String}
    frame = pl.DataFrame(good, schema=schema, orient="row")
    return TextTable(frame.select([*names, ROW, FILE]), findings)


def read_lines(path: Path, shown_as: str, delimiters: str = ",") -> list[tuple[int, list[str]]]:
    """Physical line number and cells of each line that is not blank.

    Of several `delimiters` the most frequent in the first line is used, or the one that a line ``sep=;`` names; the
    file may then be in an encoding of spreadsheet programs too. Raises `IntakeError` as `read_delimited`.
    """
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
        text = _text(path.read_bytes(), is_any=len(delimiters) > 1)
    except (UnicodeDecodeError, OSError) as error:
        raise IntakeError(
            [
                Finding(
                    shown_as,
                    f"fila kan ikke leses som UTF-8-tekst ({error}); lagre den på nytt som CSV UTF-8.",
                    f"the file cannot be read as UTF-8 text ({error}); save it again as CSV UTF-8.",
                )
            ]
        ) from error
    lines: list[tuple[int, list[str]]] = []
    # `splitlines` would also break lines at form feeds and at U+0085, U+2028 and the like, which no CSV writer quotes.
    physical = list(io.StringIO(text))
    named = _SEPARATOR.fullmatch(physical[0].strip("\r\n")) if physical and len(delimiters) > 1 else None
    delimiter = named[1] if named else max(delimiters, key=next(iter(physical), "").count)
    # `strict`, because the csv module otherwise accepts stray quotes and may swallow the rest of the file as one cell.
    reader = csv.reader(physical, strict=True, delimiter=delimiter)
    first = 1  # of the row, not of its last line: `line_num` is already past the line breaks inside its quotes
    try:
        for cells in reader:
            is_told = named is not None and first == 1  # the line that names the separator is no row
            if not is_told and any(cell.strip() for cell in cells):
                lines.append((first, cells))
            first = reader.line_num + 1
    except csv.Error as error:
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


def _text(content: bytes, *, is_any: bool) -> str:
    """The text of a file: UTF-8, or with `is_any` also UTF-16 with its mark and the encoding of Windows in Norway.

    Every line end is "\\n", whatever the system of the person who saved it.
    """
    encoding = "utf-8-sig"  # Excel puts a byte order mark before "CSV UTF-8"
    if is_any and content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        if not is_any:
            raise
        text = content.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


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

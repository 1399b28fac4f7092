"""Files of others, opened: bytes to JSON or to sheets of cells, whatever their name, encoding and separator.

Belongs here: which kind of file it is, its encoding, splitting delimited text, JSON, and refusing what cannot be read
at all. A row that cannot be split is set aside and told; the rows after it are read.
Does not belong here: workbooks (`foreign_book.py`), XML (`foreign_xml.py`), which row holds headings (`headings.py`),
and what values mean.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from gevinst.formats.errors import ExchangeError
from gevinst.formats.model import FAULT, NotCarried
from gevinst.formats.values import readable

_TWICE_ENCODED = ("â€", "Â", "Ã")
"""What UTF-8 looks like after it was read as Windows-1252 and saved again, as spreadsheets do with published files."""
_SEPARATORS = ",;\t|"
_LARGEST_FILE = 100_000_000
"""Bytes; 100 000 grants take half of it."""
MOST_COLUMNS, MOST_CELLS = 1_000, 2_000_000
"""Of a table. Some layouts have a column for each project, and the largest programmes have some two hundred."""
_SAMPLE = 200_000
"""Characters of a file that its separator is recognised by; preambles and headings are far shorter."""
_LONGEST_INTEGER = 30
"""Digits of an integer; Python refuses to read more than 4300, which would stop the whole file."""
_WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")
"""First bytes of zipped workbooks (XLSX, ODS) and of the older kind (XLS), which XLSX files with a password share."""

LONGEST_TEXT = 32_767
"""Characters of a value, the most that spreadsheet programs allow in a cell."""

Cell = Any
Merged = tuple[int, int, int, int]


@dataclass(slots=True)
class Grid:
    """One sheet or delimited file: rows of cells, each with its row number, and merged ranges (rows from 1)."""

    sheet: str
    rows: list[tuple[int, list[Cell]]]
    merged: list[Merged] = field(default_factory=list)
    faults: list[NotCarried] = field(default_factory=list)


@dataclass(slots=True)
class Opened:
    """A file's content: `grids`, or where it is JSON `data`; `faults` are about the file as a whole."""

    grids: list[Grid]
    data: Any = None
    is_json: bool = False
    faults: list[NotCarried] = field(default_factory=list)


Rate = Callable[[list[tuple[int, list[Cell]]]], int]


def open_foreign(path: Path, rate: Rate) -> Opened:
    """The content of the file at `path`.

    `rate` says of the first rows of a table how many headings it recognises in them; the separator that gives the most
    is that of the file. Raises `ExchangeError` when the file cannot be read at all.
    """
    content = read_bytes(path)
    if content.startswith(_WORKBOOKS):
        from gevinst.formats.foreign_book import read_book

        return Opened([_readable(grid) for grid in read_book(content)])
    text, faults = decode(content)
    if not text.strip():
        raise ExchangeError("file_empty")
    if text.lstrip()[0] in "{[":
        data, more = read_json(text)
        return Opened([], data, True, [*faults, *more])
    grid = _delimited(text.replace("\r\n", "\n").replace("\r", "\n"), rate)
    return Opened([_readable(grid)], faults=faults)


def read_bytes(path: Path) -> bytes:
    """What is in a file; raises `ExchangeError` when it cannot be opened or is larger than any that is read."""
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise ExchangeError("file_too_large", most=str(_LARGEST_FILE // 1_000_000))
        return path.read_bytes()
    except OSError as error:
        raise ExchangeError("file_unreadable", why=error.strerror or type(error).__name__) from error


def _readable(grid: Grid) -> Grid:
    """The grid; raises `ExchangeError` for a cell that no spreadsheet program can show."""
    for number, cells in grid.rows:
        if any(isinstance(cell, str) and len(cell) > LONGEST_TEXT for cell in cells):
            where = ", ".join(part for part in (grid.sheet, str(number)) if part)
            raise ExchangeError("text_too_long", where=where, most=str(LONGEST_TEXT))
    return grid


def decode(content: bytes) -> tuple[str, list[NotCarried]]:
    """The text of a file, and whether some of it could not be read.

    UTF-8, UTF-16 and UTF-32 with a mark or without, as the JSON standard tells them apart; what is none of these is
    Windows-1252. Text that was encoded twice is put right, line by line.
    """
    encoding = json.detect_encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252" if encoding.startswith("utf-8") else encoding, errors="replace")
    lost = text.count("\ufffd")
    faults = [NotCarried("*", "*", "signs_lost", {"n": lost}, kind=FAULT)] if lost else []
    if any(sign in text for sign in _TWICE_ENCODED):
        text = "".join(_once_encoded(line) for line in io.StringIO(text, newline=""))
    return text.removeprefix("\ufeff"), faults


def _once_encoded(line: str) -> str:
    try:
        # Five bytes have no sign in Windows-1252; programs pass them on as they are.
        return b"".join(
            char.encode("latin-1") if "\x80" <= char <= "\x9f" else char.encode("cp1252") for char in line
        ).decode("utf-8")
    except UnicodeError:
        return line


def read_json(text: str) -> tuple[Any, list[NotCarried]]:
    """The value of a JSON text; of JSON lines, the list of them, without those that cannot be read.

    Numbers stay exact, and NaN and infinity, which are no JSON, stay text. A key that an object holds twice is kept
    as ``key#2``. Raises `ExchangeError` when the text is neither.
    """
    try:
        return _json(text), []
    except json.JSONDecodeError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > 1 and error.msg == "Extra data" and lines[0].lstrip().startswith("{"):
            return _json_lines(lines)
        raise ExchangeError("json_broken", line=str(error.lineno), column=str(error.colno)) from error
    except RecursionError as error:
        raise ExchangeError("json_too_deep") from error


def _json_lines(lines: list[str]) -> tuple[Any, list[NotCarried]]:
    found, faults = [], []
    for number, line in enumerate(lines, 1):
        try:
            found.append(_json(line))
        except (ValueError, RecursionError):
            faults.append(
                NotCarried("*", "*", "json_line_broken", value=readable(line[:200]), place=str(number), kind=FAULT),
            )
    return found, faults


def _json(text: str) -> Any:
    return json.loads(
        text,
        parse_float=Decimal,
        parse_int=lambda digits: int(digits) if len(digits) <= _LONGEST_INTEGER else digits,
        parse_constant=str,
        object_pairs_hook=_object,
    )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    last: dict[str, int] = {}
    for key, value in pairs:
        number = last.get(key, 1)
        name = key
        while name in found:
            number += 1
            name = f"{key}#{number}"
        last[key] = number
        found[name] = value
    return found


def _delimited(text: str, rate: Rate) -> Grid:
    sample = text[:_SAMPLE]
    rated = {
        separator: rate([row for row in _split(sample, separator) if isinstance(row, tuple)])
        for separator in _SEPARATORS
    }
    grid = Grid("", [])
    count = 0
    for row in _split(text, max(_SEPARATORS, key=lambda separator: rated[separator])):
        if isinstance(row, NotCarried):
            grid.faults.append(row)
        elif any(cell.strip() for cell in row[1]):
            grid.rows.append(row)
            count += len(row[1])
            if len(row[1]) > MOST_COLUMNS or count > MOST_CELLS:
                raise ExchangeError("table_too_large", where=str(row[0]))
    return grid


def _split(text: str, separator: str) -> Iterator[tuple[int, list[str]] | NotCarried]:
    """Rows with the number of their first line; a line that cannot be split is given as a fault, and passed over."""
    # `splitlines` would also break lines at form feeds and the like, which no writer of delimited files quotes.
    lines = list(io.StringIO(text))
    start = 0
    while start < len(lines):
        # Strict, because the library would otherwise swallow the rest of the file as one cell after a stray quote.
        reader = csv.reader(map(lines.__getitem__, range(start, len(lines))), strict=True, delimiter=separator)
        first = 0
        try:
            for cells in reader:
                yield start + first + 1, cells
                first = reader.line_num
            return
        except csv.Error:
            start += first
            value = readable(lines[start].strip()[:200])
            yield NotCarried("*", "*", "row_unsplit", value=value, place=str(start + 1), kind=FAULT)
            start += 1

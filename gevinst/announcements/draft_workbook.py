"""The workbook of a draft: the sheets of its tables, and beside each cell the place on the page that it was read from.

Belongs here: what the workbook holds and how a person sees what is missing or unsure in it.
Does not belong here: how a sheet looks (`gevinst.workbook.write_xlsx`) and reading the workbook back
(`read_draft_workbook.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from gevinst.announcements.benefit_rows import TABLES
from gevinst.announcements.model import Reading
from gevinst.announcements.placeholders import is_placeholder
from gevinst.announcements.read_page import summary_text
from gevinst.announcements.vocabulary import confidence
from gevinst.contracts import REGISTRY, Column, Type
from gevinst.language.texts import Catalogue
from gevinst.workbook.codes import Options, with_rows
from gevinst.workbook.layout import Shape, SheetLayout, draft_layout
from gevinst.workbook.write_xlsx import CellNote, Shown, Writer, open_writer, write_sheet

DRAFTED = (*REGISTRY, *TABLES)
"""Contracts of the tables that a draft may have rows of, in the order in which they refer to one another."""
DRAFT = "draft"
"""Name, on the hidden sheet, of the page that a draft was read from."""
_LINES = "_lines"
_STEPS = 5

Cell = tuple[str, str, str]
"""Table, key and column."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the cells of a draft were read, in words: `comments` by cell, and `lines` by table and key of a row."""

    comments: Mapping[Cell, CellNote]
    lines: Mapping[tuple[str, str], str]


def draft_shape(comments: Iterable[str] = ()) -> Shape:
    """What the workbook of a draft may hold; `comments` are those that were written in it."""
    return Shape({table.name: draft_layout(table.name) for table in DRAFTED}, frozenset(comments))


def write_draft_workbook(
    path: Path,
    reading: Reading,
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
    evidence: Sequence[Mapping[str, Any]],
    texts: Options,
    *,
    read_on: date,
    language: str,
) -> list[str]:
    """Write the workbook of a draft to `path`; returns the comments in it, so that others can be told from them."""
    writer = open_writer(path, language, with_rows(texts, rows), read_on.year)
    places = _places(evidence, language)
    _write_start(writer, reading)
    drafted = [table.name for table in DRAFTED if rows.get(table.name)]
    for name in drafted:
        _write_table(writer, draft_layout(name), rows[name], places)
    writer.close({DRAFT: reading.file_name, "language": language, "sheets": " ".join(drafted)})
    return sorted({note.text for note in places.comments.values() if note.text})


def _write_start(writer: Writer, reading: Reading) -> None:
    """What to do, and what was read, for a person who sees nothing but the workbook."""
    t = writer.t
    sheet = writer.book.add_worksheet(t("evaluator.sheet_start"))
    sheet.set_column(0, 0, 120)
    sheet.hide_gridlines(2)
    title = t("reader.workbook_title", file=reading.file_name)
    sheet.write_string(0, 0, title, writer.format(bold=True, font_size=16, text_wrap=False))
    steps = [f"{step}. {t(f'reader.workbook_step_{step}')}" for step in range(1, _STEPS + 1)]
    summary = summary_text(reading, writer.language).split("\n")
    for place, text in enumerate([*steps, "", *summary], 2):
        sheet.write_string(place, 0, text, writer.format())
    sheet.protect()
    sheet.activate()


def _write_table(writer: Writer, layout: SheetLayout, rows: Sequence[Mapping[str, Any]], places: Places) -> None:
    table = layout.contract
    keys = ["/".join(str(row[name]) for name in table.key) for row in rows]
    notes: dict[tuple[int, str], CellNote] = {}
    for at, (row, key) in enumerate(zip(rows, keys, strict=True)):
        for name, value in row.items():
            note = places.comments.get((table.name, key, name), CellNote())
            if isinstance(value, str) and is_placeholder(row, name, value):
                note = CellNote(note.text, is_open=True)
            notes[at, name] = note
    shown = Shown(
        _LINES, writer.t("reader.lines_of_page"), [places.lines.get((table.name, key)) for key in keys], is_wide=True
    )
    typed = [{name: _typed(table.column(name), value) for name, value in row.items()} for row in rows]
    write_sheet(writer, layout, typed, 0, [shown], notes)


def _typed(column: Column, value: object) -> object:
    """A value as its type, so that a spreadsheet program knows a date for a date."""
    return date.fromisoformat(value) if column.type is Type.DATE and isinstance(value, str) else value


def _places(evidence: Sequence[Mapping[str, Any]], language: str) -> Places:
    catalogue = Catalogue(language)
    comments: dict[Cell, CellNote] = {}
    grouped: dict[tuple[str, str], dict[str, list[str]]] = {}
    headings = {table.name: draft_layout(table.name).headings(language) for table in DRAFTED}
    for cell in evidence:
        where = _where(cell, catalogue)
        table, key, column = cell["table"], cell["key"], cell["column"]
        is_unsure = cell["confidence"] < confidence("draft.unsure")
        comments[table, key, column] = CellNote(_comment(cell, where, catalogue), is_unsure=is_unsure)
        listed = grouped.setdefault((table, key), {}).setdefault(where, [])
        listed.append(headings[table][column] + ("?" if is_unsure else ""))
    # Headings hold commas themselves, and a line for each place is read more easily in a narrow cell.
    lines = {
        row: "\n".join(f"{'; '.join(names)} – {where}" for where, names in of_row.items())
        for row, of_row in grouped.items()
    }
    return Places(comments, lines)


def _comment(cell: Mapping[str, Any], where: str, catalogue: Catalogue) -> str:
    if is_placeholder({}, cell["column"], str(cell["value"])):
        return catalogue.t("reader.not_stated", place=where)
    sure = catalogue.t("reader.confidence", value=catalogue.number.decimal(cell["confidence"], 2))
    return f"{where[:1].upper()}{where[1:]} ({sure})"


def _where(cell: Mapping[str, Any], catalogue: Catalogue) -> str:
    if cell["line"] is None:
        return catalogue.t("reader.whole_page")
    if cell["quote"] is None:
        return catalogue.t("reader.page_line", line=str(cell["line"]))
    return catalogue.t("reader.page_line_quoted", line=str(cell["line"]), quote=cell["quote"])

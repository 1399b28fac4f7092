"""The whole edition as one XLSX workbook: notes, one sheet per table, and what every column means. And a short form.

Belongs here: the shape of the workbooks, and what makes them the same bytes from the same content.
Does not belong here: the words of notes (``texts/workbook.toml``), the tables themselves, and the sheets that an
evaluator fills in and that are read again (`gevinst.workbook`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from gevinst.bilingual import LANGUAGES
from gevinst.contracts import PUBLISHED, Column
from gevinst.contracts.vocabulary import REFERENCE_DATA
from gevinst.formats.datapackage import warnings
from gevinst.formats.formulas import harmless
from gevinst.formats.workbook_limits import left_out
from gevinst.language.texts import Catalogue
from gevinst.layout import DATA_PACKAGE, EditionInfo
from gevinst.settings import SiteOwner
from gevinst.whole_files import write_atomically

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from gevinst.formats.checked_xlsx import CheckedBook

NOTES, COLUMNS = "notes", "columns"
"""Names of the two sheets that are not tables; no table may have these names."""
_NARROWEST, _WIDEST, _SAMPLE = 9, 60, 200
"""Widths of columns in characters, and the rows that they are measured from: one long text far down a table need not
widen its column."""
_NOTE_WIDTHS = (24, 100)
_A4 = 9
"""The number that Excel has for the size of paper."""
# Ours are strings or values, never formulas, links or numbers in disguise.
# In memory, so that no temporary file is left behind.
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_COLUMN_HEADINGS = (
    "table",
    "column",
    "type",
    "required",
    "unit",
    "additivity",
    "codelist",
    "references",
    "n_column",
    "low_column",
    "high_column",
    "suppressed_column",
    "meaning_nb",
    "meaning_en",
)


@dataclass(frozen=True, slots=True)
class _Formats:
    heading: Format
    title: Format
    warning: Format
    label: Format
    wrapped: Format
    date: Format


def write_workbook(tables: Mapping[str, pl.DataFrame], info: EditionInfo, path: Path, owner: SiteOwner) -> None:
    """Write the `tables` of the edition to `path`, which is replaced; its notes name each table that does not fit.

    Unknown is an empty cell, dates are dates and no text is a formula.
    """
    from gevinst.formats.checked_xlsx import CheckedBook

    content = BytesIO()  # on a full disk the library would leave its own file half closed
    absent = {one.table for one in left_out(tables)}
    with CheckedBook(content, _OPTIONS) as book:
        t = Catalogue("en").t
        title = t("readme.title", edition_id=info.edition_id)
        # The day of the edition, since the library would write the current time and make every file different.
        book.set_properties({"title": title, "created": datetime.combine(info.as_of_on, time())})
        formats = _formats(book)
        _write_notes(book.add_worksheet(NOTES), tables, info, owner, formats)
        for name, frame in tables.items():
            if name not in absent:
                _write_rows(book.add_worksheet(name), _widths(frame), harmless(frame).iter_rows(), formats)
        _write_columns(book.add_worksheet(COLUMNS), formats)
    write_atomically(path, lambda beside: beside.write_bytes(content.getbuffer()))


@dataclass(frozen=True, slots=True)
class Form:
    """A sheet with rows that somebody fills in, and one with notes on how; `warning` stands above the notes."""

    title: str
    sheet: str
    notes_sheet: str
    notes: tuple[str, ...]
    warning: str | None
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Any, ...], ...]
    written_on: date


def form_bytes(form: Form) -> bytes:
    """The form as a workbook: texts are wrapped, and it prints on the width of a page with its headings on each.

    The same content gives the same bytes. Raises `NotWrittenError` when a sheet or a cell cannot hold all of it.
    """
    from gevinst.formats.checked_xlsx import CheckedBook

    buffer = BytesIO()
    with CheckedBook(buffer, _OPTIONS) as book:
        book.set_properties({"title": form.title, "created": datetime.combine(form.written_on, time())})
        formats = _formats(book)
        sheet = book.add_worksheet(form.sheet)
        _write_rows(sheet, dict(zip(form.headings, form.widths, strict=True)), form.rows, formats)
        for number, width in enumerate(form.widths):
            sheet.set_column(number, number, width, formats.wrapped)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        if form.warning:
            sheet.set_header(f"&L{form.warning}")
        _write_form_notes(book.add_worksheet(form.notes_sheet), form, formats)
    return buffer.getvalue()


def _write_form_notes(sheet: Worksheet, form: Form, formats: _Formats) -> None:
    sheet.set_column(0, 0, _NOTE_WIDTHS[1])
    sheet.write_string(0, 0, form.title, formats.title)
    warned = [(form.warning, formats.warning)] if form.warning else []
    lines = [*warned, *((note, formats.wrapped) for note in form.notes)]
    for row, (text, look) in enumerate(lines, start=1):
        sheet.write_string(row, 0, text, look)


def _formats(book: CheckedBook) -> _Formats:
    top = {"valign": "top", "text_wrap": True}
    return _Formats(
        heading=book.add_format({"bold": True, "bottom": 1, "bg_color": "#EDEFF1"}),
        title=book.add_format({"bold": True, "font_size": 16}),
        warning=book.add_format({"bold": True, "bg_color": "#FFE28A", **top}),
        label=book.add_format({"bold": True, **top}),
        wrapped=book.add_format(top),
        date=book.add_format({"num_format": "yyyy-mm-dd"}),
    )


def _write_notes(
    sheet: Worksheet, tables: Mapping[str, pl.DataFrame], info: EditionInfo, owner: SiteOwner, formats: _Formats
) -> None:
    """What the workbook is and how to use it, first in bokmål, then in English."""
    for column, width in enumerate(_NOTE_WIDTHS):
        sheet.set_column(column, column, width)
    row = 0
    for language in LANGUAGES:
        t = Catalogue(language).t
        sheet.write_string(row, 0, t("readme.title", edition_id=info.edition_id), formats.title)
        row += 1
        for label, text in notes(language, tables, info, owner):
            is_warning = label == t("workbook.warning")
            sheet.write_string(row, 0, label, formats.label)
            sheet.write_string(row, 1, text, formats.warning if is_warning else formats.wrapped)
            row += 1
        row += 1


def notes(
    language: str, tables: Mapping[str, pl.DataFrame], info: EditionInfo, owner: SiteOwner
) -> list[tuple[str, str]]:
    """The notes in one language, as pairs of heading and text."""
    t = Catalogue(language).t
    warning = [(t("workbook.warning"), text) for text in warnings(language, info, owner)]
    licence = f"{t('frame.licence')} CC BY 4.0."
    absent = left_out(tables)
    n = len(tables) - len(absent)
    sources = next((one.file for one in absent if one.table == "sources"), None)
    return [
        *warning,
        (t("workbook.what"), t("readme.frozen", as_of=info.as_of_on)),
        (t("workbook.edition"), info.edition_id),
        (t("workbook.as_of"), info.as_of_on.isoformat()),
        (
            t("workbook.sheets"),
            t("workbook.sheets_text", n=n, columns=COLUMNS, package=DATA_PACKAGE),
        ),
        *((t("workbook.left_out"), one.sentence(language)) for one in absent),
        (t("workbook.empty"), t("readme.unknown")),
        (t("workbook.signs"), t("workbook.signs_text")),
        (t("workbook.sums"), t("workbook.sums_text")),
        (t("workbook.apostrophe"), t("readme.formula")),
        (t("frame.licence_title"), licence),
        (t("frame.nav_sources"), _about_sources(language, tables["sources"], sources)),
        (t("workbook.cite"), t("workbook.cite_text", edition=info.edition_id, as_of=info.as_of_on)),
    ]


def _about_sources(language: str, sources: pl.DataFrame, elsewhere: str | None) -> str:
    """How many documents were read for the scheme, how many come with the program, and where they are listed."""
    t = Catalogue(language).t
    with_program = sources.filter(pl.col("document_type_code") == REFERENCE_DATA).height
    n = sources.height - with_program
    listed = t("workbook.sources_elsewhere", n=n, file=elsewhere) if elsewhere else t("workbook.sources_listed", n=n)
    parts = [listed, t("workbook.sources_with_program", n=with_program)] if with_program else [listed]
    return " ".join([*parts, t("workbook.sources_columns")])


def column_rows() -> list[tuple[str | None, ...]]:
    """Rows of the sheet `COLUMNS`: what every column of every table means."""
    return [_about(table.name, column) for table in PUBLISHED for column in table.all_columns]


def _write_columns(sheet: Worksheet, formats: _Formats) -> None:
    rows = column_rows()
    frame = pl.DataFrame(rows, schema=dict.fromkeys(_COLUMN_HEADINGS, pl.String), orient="row")
    _write_rows(sheet, _widths(frame), rows, formats)


def _about(table: str, column: Column) -> tuple[str | None, ...]:
    required = "yes" if column.required else "no"
    basis = (column.n_column, column.low_column, column.high_column, column.suppressed_column)
    return (
        *(table, column.name, column.type, required, column.unit, column.additivity),
        *(column.codelist, column.references, *basis, column.nb, column.en),
    )


def _write_rows(sheet: Worksheet, widths: Mapping[str, int], rows: Iterable[Sequence[Any]], formats: _Formats) -> None:
    """One table: the header stays in sight and carries a filter."""
    for number, (column, width) in enumerate(widths.items()):
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, column, formats.heading)
    last = 0
    for last, values in enumerate(rows, start=1):
        for number, value in enumerate(values):
            _write_value(sheet, last, number, value, formats)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(widths) - 1)


def _write_value(sheet: Worksheet, row: int, column: int, value: Any, formats: _Formats) -> None:
    if value is None:
        return
    # Before the numbers: in Python a boolean is an integer.
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    else:
        sheet.write_datetime(row, column, value, formats.date)


def _widths(frame: pl.DataFrame) -> dict[str, int]:
    """Of each column: wide enough for the heading and the first rows, within limits.

    The heading also holds the filter's button.
    """
    longest = frame.head(_SAMPLE).select(pl.all().cast(pl.String).str.len_chars().max()).row(0)
    return {
        name: min(_WIDEST, max(_NARROWEST, len(name) + 3, (shown or 0) + 1))
        for name, shown in zip(frame.columns, longest, strict=True)
    }

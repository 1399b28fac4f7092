"""Sheets to fill in: headings, notes, lists to choose from, protection and colours.

Belongs here: how one sheet of a table looks, the same in every workbook that somebody fills in.
Does not belong here: which sheets a workbook has and what they show beforehand (`template.py`, `resolve_ratings.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from openpyxl.utils import get_column_letter

from gevinst.contracts import Column, Type
from gevinst.formats.checked_xlsx import CheckedBook
from gevinst.language.texts import Catalogue
from gevinst.whole_files import write_atomically
from gevinst.workbook.codes import NAMES, Options, choice_texts
from gevinst.workbook.layout import (
    CHANGED,
    CHOICE,
    CORRECTED,
    FIRST_ROW,
    HEADING_ROW,
    KEPT,
    META,
    NAME_ROW,
    SKELETON,
    UNCHANGED,
    SheetLayout,
)
from gevinst.workbook.prefill import Row

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_LAST_ROW = 20_000
"""Last row with lists to choose from and marks, as many as any scheme needs; rows below are read all the same."""
_WIDE, _NARROW = 46, 20
"""Widths of columns, in characters."""
_LINE_HEIGHT, _GREATEST_HEIGHT = 15, 405
"""Points of one line of text, and of the highest row; the XLSX format allows 409."""
_LONGEST_MESSAGE = 250
"""Characters of an error message of a cell; the XLSX format allows 255."""
_DARK, _LIGHT, _GREY, _WANTED, _DONE = "#1E2B3C", "#DCE3EA", "#ECECEC", "#FFF1CC", "#E3F1E4"
_OPEN = "#F6C6C6"  # as a fault in a marked copy (`report.py`)
# Protection is against slips, not people: all that does not move a column or unhide the names is allowed.
_ALLOWED = {
    name: True for name in ("format_columns", "format_rows", "insert_rows", "delete_rows", "sort", "autofilter")
}
# Values are data: a title that begins with "=" or looks like an address must not become a formula or a link.
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True, slots=True)
class Shown:
    """A column after those to fill in, for reading only: name, heading and one value per row."""

    name: str
    heading: str
    values: Sequence[object]
    is_wide: bool = False

    @property
    def width(self) -> int:
        """In characters."""
        return 2 * _WIDE if self.is_wide else _NARROW


@dataclass(frozen=True, slots=True)
class CellNote:
    """What is said of one cell of a row: a comment, and whether somebody must fill it in or should look at it."""

    text: str | None = None
    is_open: bool = False
    is_unsure: bool = False

    @property
    def colour(self) -> str | None:
        """The colour of the cell, when it needs one."""
        return _OPEN if self.is_open else _WANTED if self.is_unsure else None


@dataclass(slots=True)
class Writer:
    """A workbook being written in one language; `close` adds the lists and the hidden sheet."""

    path: Path
    content: BytesIO
    book: CheckedBook
    language: str
    texts: Options
    lists: dict[str, list[str]] = field(default_factory=dict)
    formats: dict[tuple[tuple[str, Any], ...], Format] = field(default_factory=dict)

    def t(self, key: str, n: int | None = None, **values: object) -> str:
        """A text of the catalogue."""
        return Catalogue(self.language).t(key, n, **values)

    def format(self, **properties: Any) -> Format:
        """The format with these properties, made once and not for each of thousands of cells."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"valign": "top", "text_wrap": True, **properties})
        return self.formats[key]

    def close(self, meta: dict[str, str]) -> None:
        """Write the sheets of lists and of `meta`, and the file."""
        self._write_lists()
        sheet = self.book.add_worksheet(META)
        for place, pair in enumerate(meta.items()):
            sheet.write_row(place, 0, pair)
        sheet.very_hidden()
        self.book.close()
        write_atomically(self.path, lambda beside: beside.write_bytes(self.content.getbuffer()))

    def _write_lists(self) -> None:
        title = self.t("evaluator.sheet_lists")
        sheet = self.book.add_worksheet(title)
        for place, (name, values) in enumerate(self.lists.items()):
            letter = get_column_letter(place + 1)
            sheet.write_string(0, place, name, self.format(bold=True))
            sheet.write_column(1, place, values)
            self.book.define_name(name, f"='{title}'!${letter}$2:${letter}${len(values) + 1}")
        sheet.set_column(0, max(len(self.lists) - 1, 0), 28)
        sheet.protect()


def open_writer(path: Path, language: str, texts: Options, year: int) -> Writer:
    """A new workbook at `path`; the same content gives the same bytes."""
    content = BytesIO()
    book = CheckedBook(content, _OPTIONS)
    book.set_properties({"created": datetime(year, 1, 1)})  # the default is the time of writing
    return Writer(path, content, book, language, texts)


def write_sheet(
    writer: Writer,
    layout: SheetLayout,
    rows: Sequence[Row],
    before: int,
    shown: Sequence[Shown] = (),
    notes: Mapping[tuple[int, str], CellNote] | None = None,
) -> None:
    """Add the sheet of `layout` with `rows` in it, of which the first `before` were entered earlier and are grey.

    `notes` are about cells, by the place of their row in `rows` (from 0) and their column.
    """
    sheet = writer.book.add_worksheet(layout.title(writer.language))
    headings = layout.headings(writer.language)
    names = list(headings)
    for place, (name, text) in enumerate(headings.items()):
        column = None if name == CHOICE else layout.contract.column(name)
        _write_heading(writer, sheet, place, name, text, column, layout)
        _offer(writer, sheet, place, column)
    for number, row in enumerate(rows):
        about = {name: note for (at, name), note in (notes or {}).items() if at == number}
        _write_row(writer, sheet, layout, names, row, FIRST_ROW - 1 + number, is_before=number < before, notes=about)
    for number, row in enumerate(rows):
        beside = [(extra.values[number], extra.width) for extra in shown]
        sheet.set_row(FIRST_ROW - 1 + number, _height(writer, layout, names, row, beside))
    for place, extra in enumerate(shown, len(names)):
        sheet.write_string(NAME_ROW - 1, place, extra.name)
        sheet.write_string(HEADING_ROW - 1, place, extra.heading, writer.format(bold=True, bg_color=_GREY, border=1))
        sheet.write_column(FIRST_ROW - 1, place, extra.values, writer.format(bg_color=_GREY))
        sheet.set_column(place, place, extra.width)
    _mark(writer, sheet, layout, names)
    sheet.set_row(NAME_ROW - 1, None, None, {"hidden": True})
    sheet.set_row(HEADING_ROW - 1, 64)
    frozen = names.index("project_id") + 1 if "project_id" in names else 1
    sheet.freeze_panes(FIRST_ROW - 1, frozen)
    sheet.protect("", _ALLOWED)


def write_for_reading(writer: Writer, name: str, headings: Mapping[str, int], rows: Sequence[Sequence[object]]) -> None:
    """Add the sheet that the catalogue calls ``evaluator.sheet_<name>``: headings with their widths, and `rows`."""
    sheet = writer.book.add_worksheet(writer.t(f"evaluator.sheet_{name}"))
    sheet.write_row(0, 0, headings, writer.format(bold=True, border=1))
    for place, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(place, at, datetime.combine(value, time()), writer.format(num_format="dd.mm.yyyy"))
            else:
                sheet.write(place, at, value, writer.format())
    for at, width in enumerate(headings.values()):
        sheet.set_column(at, at, width)
    sheet.freeze_panes(1, 1)
    sheet.protect()


def _write_heading(
    writer: Writer, sheet: Worksheet, place: int, name: str, text: str, column: Column | None, layout: SheetLayout
) -> None:
    is_required = column is not None and column.required and name != layout.id_column
    colours = {"bg_color": _DARK, "font_color": "#FFFFFF"} if is_required else {"bg_color": _LIGHT}
    sheet.write_string(NAME_ROW - 1, place, name)
    sheet.write_string(HEADING_ROW - 1, place, text, writer.format(bold=True, border=1, **colours))
    note = (
        writer.t("evaluator.choice_note") if column is None else _note(writer, column, layout, is_required=is_required)
    )
    sheet.write_comment(HEADING_ROW - 1, place, note, {"author": "", "x_scale": 2.4, "y_scale": 1.8})
    cells = {"num_format": "dd.mm.yyyy"} if column is not None and column.type is Type.DATE else {}
    sheet.set_column(place, place, _width(layout, column), writer.format(locked=False, **cells))


def _width(layout: SheetLayout, column: Column | None) -> int:
    """Characters of a column: texts and keys that are read get room, what is chosen from a list less."""
    if column is None or column.type is not Type.TEXT or column.name == layout.id_column:
        return _NARROW
    return _NARROW if column.codelist or column.references else _WIDE


def _height(
    writer: Writer, layout: SheetLayout, names: Sequence[str], row: Row, beside: Sequence[tuple[object, int]]
) -> int:
    """Points that all texts of a row need: not every spreadsheet program finds the height of wrapped text by itself."""
    columns = [layout.contract.column(name) for name in names if name != CHOICE]
    filled = [(writer.texts.shown(one, row.get(one.name), writer.language), _width(layout, one)) for one in columns]
    return height_of([*filled, *beside])


def height_of(cells: Sequence[tuple[object, int]]) -> int:
    """Points that the texts of cells of these widths need beside each other."""
    lines = [_line_count(value, width) for value, width in cells if isinstance(value, str)]
    return min(max(lines, default=1) * _LINE_HEIGHT, _GREATEST_HEIGHT)


def _line_count(text: str, width: int) -> int:
    return sum(max(len(wrap(line, width)), 1) for line in text.split("\n"))


def _note(writer: Writer, column: Column, layout: SheetLayout, *, is_required: bool) -> str:
    """The column's description and the rules for its values."""
    t = writer.t
    parts = [column.description(writer.language)]
    if column.name == layout.id_column:
        parts.append(t("evaluator.benefit_id_note" if column.name == "benefit_id" else "evaluator.id_note"))
    else:
        parts.append(t("evaluator.required_note" if is_required else "evaluator.optional_note"))
    if writer.texts.listed(column, writer.language):
        parts.append(t("evaluator.list_note"))
    is_named = (column.references or "").split(".")[0] in NAMES
    if is_named and column.name != layout.id_column:
        parts.append(t("evaluator.by_name_note"))
    if column.unit:
        parts.append(t("evaluator.unit_note", unit=column.unit))
    if column.minimum is not None and column.maximum is not None:
        parts.append(t("evaluator.bounds_note", low=f"{column.minimum:g}", high=f"{column.maximum:g}"))
    elif column.minimum is not None:
        parts.append(t("evaluator.least_note", low=f"{column.minimum:g}"))
    return " ".join(parts)


def _offer(writer: Writer, sheet: Worksheet, place: int, column: Column | None) -> None:
    """Add the data validation of a column: a list, or bounds; an id that is not in the list may still be typed."""
    rule: dict[str, Any]
    if column is None:
        rule = {"validate": "list", "source": _listed(writer, "choice", list(choice_texts(writer.language).values()))}
    elif values := writer.texts.listed(column, writer.language):
        name = column.codelist or (column.references or "yes_no").split(".")[0]
        rule = {"validate": "list", "source": _listed(writer, name, values)}
        if column.references:  # a row of another sheet of this workbook is not in the list
            rule["error_type"] = "information"
    elif column.type is Type.DATE:
        rule = {
            "validate": "date",
            "criteria": "between",
            "minimum": datetime(1990, 1, 1),
            "maximum": datetime(2100, 1, 1),
        }
    elif column.type in (Type.INTEGER, Type.NUMBER) and column.minimum is not None:
        kind = "integer" if column.type is Type.INTEGER else "decimal"
        if column.maximum is None:
            rule = {"validate": kind, "criteria": ">=", "value": column.minimum}
        else:
            rule = {"validate": kind, "criteria": "between", "minimum": column.minimum, "maximum": column.maximum}
    else:
        return
    if column is not None:
        rule["error_message"] = column.description(writer.language)[:_LONGEST_MESSAGE]
    sheet.data_validation(FIRST_ROW - 1, place, _LAST_ROW, place, rule)


def _listed(writer: Writer, name: str, values: list[str]) -> str:
    """A formula for the named range of `values`; the same list is written once."""
    defined = f"list_{name}"
    writer.lists.setdefault(defined, values)
    return f"={defined}"


def _write_row(
    writer: Writer,
    sheet: Worksheet,
    layout: SheetLayout,
    names: list[str],
    row: Row,
    at: int,
    *,
    is_before: bool,
    notes: Mapping[str, CellNote],
) -> None:
    given = SKELETON.get(layout.contract.name, ("project_id",))
    if is_before and layout.contract.name in KEPT:
        given = layout.contract.key
    for place, name in enumerate(names):
        value = None if name == CHOICE else row.get(name)
        column = None if name == CHOICE else layout.contract.column(name)
        is_given = not layout.is_draft and (name == layout.id_column or name in given)
        look: dict[str, Any] = {"locked": value is not None and is_given}
        if is_before and name != CHOICE:
            look["bg_color"] = _GREY
        note = notes.get(name, CellNote())
        if note.colour:
            look["bg_color"] = note.colour
        if note.text:
            sheet.write_comment(at, place, note.text, {"author": "", "x_scale": 2.4, "y_scale": 1.2})
        if column is not None and column.type is Type.DATE:
            look["num_format"] = "dd.mm.yyyy"
        shown = writer.texts.shown(column, value, writer.language) if column is not None else None
        if shown is None:
            sheet.write_blank(at, place, None, writer.format(**look))
        else:
            sheet.write(at, place, shown, writer.format(**look))


def _mark(writer: Writer, sheet: Worksheet, layout: SheetLayout, names: list[str]) -> None:
    """Colour empty required cells of a row that is begun, and rows by the choice made for them."""
    last = get_column_letter(len(names))
    first = FIRST_ROW
    begun = len(SKELETON.get(layout.contract.name, ()))
    for place, name in enumerate(names):
        if name == CHOICE or name == layout.id_column or not layout.contract.column(name).required:
            continue
        letter = get_column_letter(place + 1)
        rule = {
            "type": "formula",
            "criteria": f'=AND(${letter}{first}="",COUNTA($A{first}:${last}{first})>{begun})',
            "format": writer.book.add_format({"bg_color": _WANTED, "border": 1, "border_color": "#B06000"}),
        }
        sheet.conditional_format(FIRST_ROW - 1, place, _LAST_ROW, place, rule)
    if CHOICE not in names:
        return
    letter = get_column_letter(names.index(CHOICE) + 1)
    texts = choice_texts(writer.language)
    for choice, colour in ((CHANGED, _WANTED), (CORRECTED, _WANTED), (UNCHANGED, _DONE)):
        rule = {
            "type": "formula",
            "criteria": f'=${letter}{first}="{texts[choice]}"',
            "format": writer.book.add_format({"bg_color": colour}),
        }
        sheet.conditional_format(FIRST_ROW - 1, 0, _LAST_ROW, len(names) - 1, rule)

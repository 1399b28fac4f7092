"""The table of each sheet, the places of its columns, and its rows as texts.

Belongs here: recognising sheets, also when somebody has renamed them, and reading the cells.
Does not belong here: opening the file (`read_xlsx.py`), headings (`filled.py`), and what rows mean together
(`merge_rows.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from openpyxl.utils import get_column_letter

from gevinst.bilingual import LANGUAGES
from gevinst.characters import MARKS
from gevinst.contracts import Type
from gevinst.findings import Finding, IntakeError, Rule
from gevinst.intake.read_csv import read_lines
from gevinst.language.texts import Catalogue
from gevinst.workbook.account import SHOWN, UNKNOWN, account_for, cell_count, cells, missing_sheets
from gevinst.workbook.cells import Reading, number_of, plain, read_cell
from gevinst.workbook.codes import Options
from gevinst.workbook.filled import LOOKED_AT, Delivery, Filled, Row, find_columns
from gevinst.workbook.layout import CHOICE, META, OWN_SHEETS, READ, Shape, SheetLayout, sheet_layout
from gevinst.workbook.read_xlsx import Book, read_book
from gevinst.workbook.sheet_xml import Sheet
from gevinst.workbook.translation_sheet import TRANSLATIONS, translation_layout

_MANY_ROWS = 5_000
"""Rows from which the size of a sheet is reported: reading takes some seconds by then."""

_AROUND = "\u200b\ufeff \u00a0\t\n"
"""What surrounds a pasted text and is no part of it, for anybody."""

Progress = Callable[[str], None]


def read_delivery(path: Path, options: Options, say: Progress, shape: Shape | None = None) -> Delivery:
    """The sheets of a workbook, or the CSV files of a folder; raises `IntakeError` if a file cannot be read at all.

    `shape` says what the file may hold (default: the sheets of the evaluator's workbook).
    """
    shape = shape or Shape({**{name: sheet_layout(name) for name in READ}, TRANSLATIONS: translation_layout()})
    say(path.name)
    book = _folder(path) if path.is_dir() else read_book(path)
    delivery = Delivery(book.file)
    for sheet in book.sheets:
        if sheet.title == META:
            delivery.meta = _meta(sheet)
    for sheet in book.sheets:
        _read_sheet(sheet, book, delivery, options, say, shape, is_delimited=path.is_dir())
    made_with = [shape.sheets[name] for name in delivery.meta.get("sheets", "").split() if name in shape.sheets]
    delivery.findings += missing_sheets(made_with, delivery.filled, book.file)
    if not delivery.filled:
        delivery.findings.append(_nothing_known(book, shape))
    elif book.has_macros:
        delivery.findings.append(
            Finding(
                book.file,
                "regnearket har makroer; de er ikke kjørt, og bare verdiene er lest.",
                "the workbook has macros; they were not run, and only the values were read.",
                rule=Rule.FILE,
                is_note=True,
            )
        )
    return delivery


def _folder(path: Path) -> Book:
    """The CSV files of a folder as sheets; comma, semicolon or tab between cells."""
    sheets: list[Sheet] = []
    for file in sorted(path.glob("*.csv")):
        lines = read_lines(file, file.name, ",;\t")
        sheets.append(Sheet(file.stem, {number: list(cells) for number, cells in lines}))
    if not sheets:
        raise IntakeError(
            [
                Finding(
                    path.name,
                    "mappa har ingen CSV-filer; legg dem der, eller oppgi regnearket.",
                    "the folder holds no CSV files; put them there, or name the workbook.",
                    rule=Rule.FILE,
                )
            ]
        )
    return Book(path.name, sheets)


def _meta(sheet: Sheet) -> dict[str, str]:
    pairs = [(plain(row[0]), plain(row[1])) for row in sheet.rows.values() if len(row) > 1]
    return {key: value for key, value in pairs if key and value}


def _own_titles() -> set[str]:
    """Titles of the sheets that are for reading only."""
    own = [Catalogue(language).t(f"evaluator.sheet_{name}") for language in LANGUAGES for name in OWN_SHEETS]
    return {META, *own}


def _table_of(sheet: Sheet, shape: Shape) -> str | None:
    """The table whose sheet this is: by its title, else by the permanent names above its headings."""
    wanted = sheet.title.strip().casefold()
    names = set(_named_cells(sheet))
    for name, layout in shape.sheets.items():
        if wanted in _titles(layout):
            return name
    for name, layout in shape.sheets.items():
        # Most of the columns and all of its key: some may have been deleted, but tables share many names.
        columns = {column.name for column in layout.columns}
        if len(columns & names) >= 0.6 * len(columns) and columns & names >= set(layout.contract.key) & columns:
            return name
    return None


def _titles(layout: SheetLayout) -> set[str]:
    """Titles that a sheet may have, in lower case."""
    return {layout.title(language).casefold() for language in LANGUAGES} | {layout.contract.name}


def _named_cells(sheet: Sheet) -> Iterable[str]:
    return (text for row in sheet.top(LOOKED_AT) for value in row if (text := plain(value)))


def _read_sheet(
    sheet: Sheet, book: Book, delivery: Delivery, options: Options, say: Progress, shape: Shape, *, is_delimited: bool
) -> None:
    if sheet.title in _own_titles():
        delivery.cells[SHOWN] += cell_count(sheet)
        return
    count = cell_count(sheet)
    if not count:
        return
    table = _table_of(sheet, shape)
    file = f"{sheet.title}.csv" if is_delimited else book.file
    layout = shape.sheets[table or next(iter(shape.sheets))]
    filled = Filled(layout, file, None if is_delimited else sheet.title)
    if table is None:
        delivery.cells[UNKNOWN] += count
        delivery.findings.append(_not_read(filled, count))
        return
    if table in delivery.filled:
        delivery.cells[UNKNOWN] += count
        delivery.findings.append(_twice(filled, delivery.filled[table]))
        return
    delivery.filled[table] = filled
    if sheet.title.strip().casefold() not in _titles(layout):
        delivery.findings.append(_renamed_sheet(filled))
    if len(sheet.rows) > _MANY_ROWS:
        say(f"{sheet.title}: {len(sheet.rows)}")
    first_row, findings = find_columns(sheet, filled)
    counted, notes = account_for(sheet, filled, first_row, shape.comments)
    delivery.cells += counted
    delivery.findings += findings + notes
    delivery.findings += _structure(sheet, filled, first_row)
    delivery.findings += read_rows(sheet, filled, first_row, options, is_1904=book.is_1904)


def _structure(sheet: Sheet, filled: Filled, first_row: int) -> list[Finding]:
    """Findings about merged cells among the data, and notes about hidden rows and columns, which are read."""
    places = set(filled.columns.values())
    by_place = {place: name for name, place in filled.columns.items()}
    findings = [
        filled.finding(
            Rule.MERGED,
            f"cellene {get_column_letter(left)}{top}:{get_column_letter(right)}{bottom} er slått sammen, og bare den "
            "første har en verdi; del dem og fyll ut hver celle.",
            f"the cells {get_column_letter(left)}{top}:{get_column_letter(right)}{bottom} are merged, and only the "
            "first has a value; split them and fill in each cell.",
            row=top,
            name=by_place[min(place for place in places if left <= place <= right)],
        )
        for top, left, bottom, right in sheet.merged
        if bottom >= first_row and any(left <= place <= right for place in places)
    ]
    if sheet.is_hidden:
        findings.append(
            filled.finding(
                Rule.HIDDEN,
                "arket er skjult, men er lest som de andre; vis det og se om det skal med.",
                "the sheet is hidden but was read like the others; show it and see whether it should be.",
                is_note=True,
            )
        )
    hidden = sorted(
        number
        for number in sheet.hidden_rows
        if first_row <= number and any(plain(value) for value in sheet.row(number))
    )
    if hidden:
        findings.append(
            filled.finding(
                Rule.HIDDEN,
                f"{len(hidden)} skjulte rader er lest som de andre; den første er rad {hidden[0]}.",
                f"{len(hidden)} hidden rows were read like the others; the first is row {hidden[0]}.",
                row=hidden[0],
                is_note=True,
            )
        )
    for place in sorted(sheet.hidden_columns & places):
        findings.append(
            filled.finding(
                Rule.HIDDEN,
                "kolonnen er skjult, men er lest som de andre.",
                "the column is hidden but was read like the others.",
                row=first_row - 1,
                name=by_place[place],
                is_note=True,
            )
        )
    return findings


def read_rows(sheet: Sheet, filled: Filled, first_row: int, options: Options, *, is_1904: bool) -> list[Finding]:
    findings: list[Finding] = []
    computed: Counter[str] = Counter()
    marked: dict[str, list[int]] = {}
    columns = {name: (filled.layout.contract.column(name) if name != CHOICE else None) for name in filled.columns}
    for number in sorted(number for number in sheet.rows if number >= first_row):
        values = sheet.rows[number]
        texts: dict[str, str] = {}
        for name, place in filled.columns.items():
            at = (number, place)
            value = values[place - 1] if place <= len(values) else None
            column = columns[name]
            is_computed = at in sheet.formulas
            # A formula written by a program has no result until a spreadsheet computes it: the cell is not blank.
            if at in sheet.errors or (is_computed and plain(value) is None):
                findings.append(_no_value(filled, number, name, sheet.errors.get(at)))
                continue
            is_percent = at in sheet.percents
            if column is None:
                reading = Reading(plain(value))
            else:
                reading = read_cell(value, column, options, is_percent=is_percent, is_1904=is_1904)
            if reading.text is None:
                continue
            if is_computed:
                computed[name] += 1
            if isinstance(value, str) and MARKS.search(value.strip(_AROUND)):
                marked.setdefault(name, []).append(number)
            if reading.how:
                findings.append(_read_as(filled, number, name, value, reading, is_1904=is_1904))
            texts[name] = reading.text
            if is_percent and column and column.type is not Type.TEXT and column.unit != "per cent":
                findings.append(_shown_as_percent(filled, number, name, reading))
        if texts:
            filled.rows.append(Row(number, texts))
    findings += [
        filled.finding(
            Rule.FORM,
            f"{cells(len(numbers))[0]} i kolonnen har tegn uten bredde, som kommer med fra nettsider; de er tatt bort.",
            f"{cells(len(numbers))[1]} of the column with signs without width, which come from web pages; they were "
            "removed.",
            row=numbers[0],
            name=name,
            is_note=True,
        )
        for name, numbers in marked.items()
    ]
    findings += [
        filled.finding(
            Rule.FORMULA,
            f"{count} celler i kolonnen har formler; verdien som står der nå, er lest.",
            f"{count} cells of the column hold formulas; their current values were read.",
            row=next(row.number for row in filled.rows if (row.number, filled.columns[name]) in sheet.formulas),
            name=name,
            is_note=True,
        )
        for name, count in computed.items()
    ]
    return findings


def _read_as(filled: Filled, row: int, name: str, value: object, reading: Reading, *, is_1904: bool) -> Finding:
    """What a person should know of how a cell was read; all but a serial number stop the import."""
    shown = plain(value)
    number = number_of(value, is_1904=is_1904) if isinstance(value, date) else None
    nb, en = (text.format(shown=shown, text=reading.text, number=number) for text in _READ_AS[reading.how or ""])
    return filled.finding(Rule.FORM, nb, en, row=row, name=name, value=shown, is_note=reading.how == "serial")


_READ_AS = {
    "serial": (
        "tallet er lest som datoen {text}; vis cella som dato for å se om det stemmer.",
        "the number was read as the date {text}; show the cell as a date to see whether that is right.",
    ),
    "unclear": (
        "tallet kan leses på to måter, med tusen eller med desimaler; skriv det som et tall og ikke som tekst.",
        "the number can be read in two ways, with thousands or decimals; enter it as a number and not as text.",
    ),
    "year": (
        "cella har datoformat, så tallet {number} er blitt datoen {shown}; skriv hele datoen, som 31.12.2026.",
        "the cell has a date format, so that the number {number} became the date {shown}; write the whole date, such "
        "as 31.12.2026.",
    ),
    "far": (
        "datoen er før 1990 eller etter 2100; rett årstallet.",
        "the date is before 1990 or after 2100; correct the year.",
    ),
    "whole": (
        "cella har prosentformat og viser 100 ganger tallet; skriv {shown} uten prosentformat om du mener {shown} "
        "prosent, og ellers en andel under 100.",
        "the cell has a percentage format and shows 100 times the number; write {shown} without it if you mean {shown} "
        "per cent, and otherwise a share below 100.",
    ),
}
"""What is said of a cell, by how it was read (`cells.Reading`)."""


def _shown_as_percent(filled: Filled, row: int, name: str, reading: Reading) -> Finding:
    return filled.finding(
        Rule.FORM,
        "cella er vist i prosent, men kolonnen er ikke en prosent; skriv tallet uten prosentformat.",
        "the cell is shown as per cent, but the column is not in per cent; enter the number without that format.",
        row=row,
        name=name,
        value=reading.text,
    )


def _no_value(filled: Filled, row: int, name: str, error: str | None) -> Finding:
    return filled.finding(
        Rule.FORMULA,
        "cella har en formel uten brukbar verdi; lagre regnearket i regnearkprogrammet, eller skriv verdien selv.",
        "the cell holds a formula without a usable value; save the workbook in the spreadsheet program, or enter the "
        "value yourself.",
        row=row,
        name=name,
        value=error,
    )


def _not_read(filled: Filled, count: int) -> Finding:
    return filled.finding(
        Rule.SHEET,
        f"arket er ikke et av arkene som fylles ut, og {cells(count)[0]} er ikke lest; slett det, eller gi det navnet "
        "det skal ha.",
        f"the sheet is not one of those to fill in, and {cells(count)[1]} went unread; delete it, or give it the "
        "name it should have.",
        is_note=True,
    )


def _renamed_sheet(filled: Filled) -> Finding:
    nb, en = (filled.layout.title(language) for language in LANGUAGES)
    return filled.finding(
        Rule.SHEET,
        f"arket er lest som «{nb}», etter overskriftene i det.",
        f"the sheet was read as «{en}», by its headings.",
        is_note=True,
    )


def _twice(filled: Filled, first: Filled) -> Finding:
    return filled.finding(
        Rule.SHEET,
        f"arket har samme tabell som «{first.sheet or first.file}», og bare det første er lest; slå dem sammen.",
        f"the sheet has the same table as «{first.sheet or first.file}», and only the first was read; join them.",
    )


def _nothing_known(book: Book, shape: Shape) -> Finding:
    nb, en = (", ".join(layout.title(language) for layout in shape.sheets.values()) for language in LANGUAGES)
    return Finding(
        book.file,
        f"ingen av arkene er kjent; de skal hete {nb}.",
        f"none of the sheets is known; they should be called {en}.",
        rule=Rule.SHEET,
    )

"""What became of every filled cell of a file: read, there for reading only, or not understood, and then where.

Belongs here: counting the cells of a sheet, and findings about those that no column takes.
Does not belong here: reading them (`parse.py`), and headings that are missing, renamed or unknown (`filled.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace

from openpyxl.utils import coordinate_to_tuple, get_column_letter

from gevinst.bilingual import LANGUAGES
from gevinst.findings import Finding, Rule
from gevinst.workbook.cells import plain
from gevinst.workbook.filled import Filled
from gevinst.workbook.layout import SheetLayout
from gevinst.workbook.sheet_xml import Sheet

READ, SHOWN, UNKNOWN = ACCOUNTS = ("read", "shown", "unknown")
"""Cells of columns that are read, headings and what is there for reading only, and the rest, which is told."""


def cell_count(sheet: Sheet) -> int:
    """Cells of a sheet that hold something."""
    return sheet.beyond_count + sum(_holds(value) for row in sheet.rows.values() for value in row)


def account_for(
    sheet: Sheet, filled: Filled, first_row: int, own_comments: Collection[str] = ()
) -> tuple[Counter[str], list[Finding]]:
    """The account of a sheet whose data begin in `first_row`, and notes about what was not read.

    Comments that say what one of `own_comments` says are ours, and tell nothing new.
    """
    read = set(filled.columns.values())
    headings = sheet.row(first_row - 1) if first_row > 1 else []
    own = _shown_columns(sheet, first_row)
    found: Counter[str] = Counter()
    above: list[tuple[int, int]] = []
    beside: Counter[int] = Counter()
    first: dict[int, int] = {}
    for number, row in sheet.rows.items():
        for place, value in enumerate(row, 1):
            if not _holds(value):
                continue
            if number < first_row:
                is_heading = number >= first_row - 2
                found[SHOWN] += is_heading
                if not is_heading:
                    above.append((number, place))
            elif place in read:
                found[READ] += 1
            elif place in own:
                found[SHOWN] += 1
            else:
                beside[place] += 1
                first.setdefault(place, number)
    found[UNKNOWN] = len(above) + sum(beside.values()) + sheet.beyond_count
    # A column with an unknown heading is reported at its heading.
    unnamed = {place: count for place, count in sorted(beside.items()) if not _at(headings, place)}
    notes = [_beside(filled, place, first[place], count) for place, count in unnamed.items()]
    if above:
        notes.append(_above(filled, min(above), len(above)))
    if sheet.beyond_count:
        notes.append(_far_away(filled, sheet))
    return found, [*notes, *_commented(sheet, filled, first_row, own_comments)]


def cells(count: int) -> tuple[str, str]:
    """A number of cells in words of both languages."""
    return ("1 celle", "1 cell") if count == 1 else (f"{count} celler", f"{count} cells")


def missing_sheets(expected: Iterable[SheetLayout], read: Iterable[str], file: str) -> list[Finding]:
    """A note for each sheet that the workbook was made with and no longer has: its rows are read by nobody."""
    lost = [layout for layout in expected if layout.contract.name not in set(read)]
    titles = {layout.contract.name: [layout.title(language) for language in LANGUAGES] for layout in lost}
    return [
        Finding(
            file,
            f"arket «{titles[name][0]}» er borte, og rader som sto der, er ikke lest; er det slettet ved et uhell, "
            "hent det tilbake.",
            f"the sheet «{titles[name][1]}» is gone, and rows that were in it were not read; if that was an accident, "
            "restore it.",
            sheet=titles[name][0],
            rule=Rule.SHEET,
            is_note=True,
        )
        for name in titles
    ]


def _one_line(text: str) -> str:
    """A text as one line, whatever blanks the program that saved it has put in."""
    return " ".join(text.replace("_x000D_", " ").split())


def _holds(value: object) -> bool:
    return value is not None and (not isinstance(value, str) or plain(value) is not None)


def _at(row: list[object], place: int) -> bool:
    return place <= len(row) and _holds(row[place - 1])


def _shown_columns(sheet: Sheet, first_row: int) -> set[int]:
    """Columns for reading only, such as each coder's rating: their permanent names begin with an underscore."""
    named = (row for number in (first_row - 2, first_row - 1) if (row := sheet.row(number)))
    return {
        place for row in named for place, value in enumerate(row, 1) if isinstance(value, str) and value.startswith("_")
    }


def _beside(filled: Filled, place: int, row: int, count: int) -> Finding:
    letter = get_column_letter(place)
    finding = filled.finding(
        Rule.HEADING,
        f"{cells(count)[0]} i kolonne {letter} står uten overskrift og er ikke lest; flytt innholdet inn i "
        "tabellen, eller slett det.",
        f"{cells(count)[1]} of column {letter} without a heading went unread; move the content into the table, "
        "or delete it.",
        row=row,
        is_note=True,
    )
    return _in_cell(finding, f"{letter}{row}")


def _above(filled: Filled, first: tuple[int, int], count: int) -> Finding:
    finding = filled.finding(
        Rule.HEADING,
        f"{cells(count)[0]} over overskriftene er ikke lest; flytt det som er rader, under overskriftene.",
        f"{cells(count)[1]} above the headings went unread; move what is a row below the headings.",
        row=first[0],
        is_note=True,
    )
    return _in_cell(finding, f"{get_column_letter(first[1])}{first[0]}")


def _far_away(filled: Filled, sheet: Sheet) -> Finding:
    finding = filled.finding(
        Rule.HEADING,
        f"{cells(sheet.beyond_count)[0]} langt til høyre er ikke lest; slett dette, eller flytt det inn i tabellen.",
        f"{cells(sheet.beyond_count)[1]} far to the right went unread; delete the content, or move it into the table.",
        is_note=True,
    )
    return _in_cell(finding, sheet.beyond[0])


def _commented(sheet: Sheet, filled: Filled, first_row: int, own: Collection[str]) -> list[Finding]:
    """Comments on rows: people answer each other there, and nothing of it reaches the register."""
    known = {_one_line(text) for text in own}
    said = (name for name, text in sheet.commented.items() if _one_line(text) not in known)
    below = sorted(at for name in said if (at := coordinate_to_tuple(name))[0] >= first_row)
    if not below:
        return []
    finding = filled.finding(
        Rule.HEADING,
        f"{cells(len(below))[0]} har en kommentar som ikke er lest; skriv i cella det som skal med.",
        f"{cells(len(below))[1]} with a comment that was not read; write in the cell what is to be kept.",
        row=below[0][0],
        is_note=True,
    )
    return [_in_cell(finding, f"{get_column_letter(below[0][1])}{below[0][0]}")]


def _in_cell(finding: Finding, cell: str) -> Finding:
    return replace(finding, cell=cell)

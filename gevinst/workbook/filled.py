"""A sheet that somebody has filled in: its table, the current places of its columns, and its rows as texts.

Belongs here: the classes that reading returns, how a finding names a cell, and finding the row of headings, also when
headings are renamed, moved, missing, unknown or repeated.
Does not belong here: recognising a sheet and reading its cells (`parse.py`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from difflib import get_close_matches

from openpyxl.utils import get_column_letter

from gevinst.bilingual import LANGUAGES
from gevinst.findings import Finding, Rule
from gevinst.workbook.cells import plain
from gevinst.workbook.layout import CHOICE, SheetLayout
from gevinst.workbook.sheet_xml import Sheet

LOOKED_AT = 10
"""Rows from the top that are searched for the headings: people insert a title and a few lines above them."""


@dataclass(slots=True)
class Row:
    """One row that somebody has written in: its number and its texts by permanent name; blank cells are left out."""

    number: int
    texts: dict[str, str]


@dataclass(slots=True)
class Filled:
    """A sheet (or delimited file, where `sheet` is `None`) of a known table."""

    layout: SheetLayout
    file: str
    sheet: str | None
    columns: dict[str, int] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    def cell(self, row: int | None, name: str | None) -> str | None:
        """Name of a cell, such as ``D7``."""
        if row is None or name not in self.columns:
            return None if row is None else f"A{row}"
        return f"{get_column_letter(self.columns[name])}{row}"

    def finding(
        self,
        rule: Rule,
        nb: str,
        en: str,
        *,
        row: int | None = None,
        name: str | None = None,
        value: str | None = None,
        is_note: bool = False,
    ) -> Finding:
        """A finding about this sheet, with its cell."""
        cell = self.cell(row, name)
        return Finding(self.file, nb, en, row, name, value, self.sheet, cell, rule, is_note)


@dataclass(slots=True)
class Delivery:
    """Everything that one file (or folder) holds: sheets by table, its hidden sheet as `meta`, and findings.

    `cells` says what became of its filled cells, by `account.ACCOUNTS`.
    """

    file: str
    filled: dict[str, Filled] = field(default_factory=dict)
    meta: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    cells: Counter[str] = field(default_factory=Counter)


def find_columns(sheet: Sheet, filled: Filled) -> tuple[int, list[Finding]]:
    """Put the columns into `filled`; return the first row of data (counted from 1) and findings about headings."""
    layout = filled.layout
    allowed = {column.name for column in layout.contract.columns} | (set() if layout.is_draft else {CHOICE})
    by_text = {name: name for name in allowed}
    for language in LANGUAGES:
        by_text |= {text.casefold(): name for name, text in layout.headings(language).items()}
    found: list[list[str | None]] = []
    for row in sheet.top(LOOKED_AT):
        texts = [plain(value) for value in row]
        found.append([by_text.get(text.casefold()) if text else None for text in texts])
    # The row with most names of columns identifies them: the hidden row, or the headings where that was deleted. Two
    # are needed, since a single match may be a word in somebody's title.
    counts = [len(set(names) - {None}) for names in found]
    if max(counts, default=0) < min(2, len(layout.columns)):
        return sheet.last + 1, [_no_headings(filled)]
    best = counts.index(max(counts))
    for place, name in enumerate(found[best], 1):
        if name:
            filled.columns.setdefault(name, place)
    # The headings below the hidden names count as headings, not as data, while half of them are recognised.
    last = max(number for number, count in enumerate(counts) if count >= counts[best] / 2 and number <= best + 1)
    is_named = any(plain(value) in allowed and plain(value) is not None for value in sheet.row(best + 1))
    if is_named and last == best and best + 1 < sheet.last and best == 0 and sheet.hidden_rows & {1}:
        last = best + 1  # every heading under the permanent names has been renamed
    findings = _renamed(sheet, filled, best, last) if is_named and last > best else []
    return last + 2, findings + _missing_and_unknown(sheet, filled, best, found[best], last + 1)


def _renamed(sheet: Sheet, filled: Filled, names_at: int, headings_at: int) -> list[Finding]:
    """Notes about headings that somebody has renamed; the permanent names above them still identify the columns."""
    expected = [filled.layout.headings(language) for language in LANGUAGES]
    notes: list[Finding] = []
    for name, place in filled.columns.items():
        row = sheet.row(headings_at + 1)
        shown = plain(row[place - 1]) if place <= len(row) else None
        if name in expected[0] and shown not in {texts[name] for texts in expected}:
            notes.append(
                filled.finding(
                    Rule.HEADING,
                    f"overskriften «{expected[0][name]}» heter nå «{shown or ''}»; kolonnen er lest som før.",
                    f"the heading «{expected[1][name]}» is now called «{shown or ''}»; the column was read as before.",
                    row=headings_at + 1,
                    name=name,
                    value=shown,
                    is_note=True,
                )
            )
    return notes


def _missing_and_unknown(
    sheet: Sheet, filled: Filled, best: int, names: list[str | None], first_row: int
) -> list[Finding]:
    findings: list[Finding] = []
    nb, en = (filled.layout.headings(language) for language in LANGUAGES)
    unknown = {
        place: text
        for place, value in enumerate(sheet.row(best + 1), 1)
        # Names with an underscore are columns for reading only, such as each coder's rating.
        if (text := plain(value)) and names[place - 1] is None and not text.startswith("_")
    }
    for name in (column.name for column in filled.layout.columns if column.name not in filled.columns):
        close = get_close_matches(nb[name], unknown.values(), 1) + get_close_matches(en[name], unknown.values(), 1)
        hint_nb = f" Står den nå som «{close[0]}»?" if close else ""
        hint_en = f" Is it now «{close[0]}»?" if close else ""
        findings.append(
            filled.finding(
                Rule.HEADING,
                f"kolonnen «{nb[name]}» ({name}) mangler; sett overskriften tilbake.{hint_nb}",
                f"the column «{en[name]}» ({name}) is missing; restore the heading.{hint_en}",
                row=best + 1,
                value=name,
            )
        )
    for place, text in unknown.items():
        if any(place <= len(row) and plain(row[place - 1]) for number, row in sheet.rows.items() if number > first_row):
            cell = f"{get_column_letter(place)}{best + 1}"
            findings.append(
                Finding(
                    filled.file,
                    "kolonnen er ukjent, og det som står i den, leses ikke; rett overskriften eller slett kolonnen.",
                    "the column is unknown, and its content is not read; correct the heading or delete the column.",
                    best + 1,
                    None,
                    text,
                    filled.sheet,
                    cell,
                    Rule.HEADING,
                )
            )
    repeated = [name for name, count in Counter(name for name in names if name).items() if count > 1]
    findings += [
        filled.finding(
            Rule.HEADING,
            f"kolonnen «{nb.get(name, name)}» står to ganger; slett den ene.",
            f"the column «{en.get(name, name)}» appears twice; delete one.",
            row=best + 1,
            name=name,
            value=name,
        )
        for name in repeated
    ]
    return findings


def _no_headings(filled: Filled) -> Finding:
    return filled.finding(
        Rule.HEADING,
        "fant ikke overskriftene i de første radene; sett dem tilbake slik de står i et nytt regneark.",
        "did not find the headings in the first rows; restore them as they are in a new workbook.",
        row=1,
    )

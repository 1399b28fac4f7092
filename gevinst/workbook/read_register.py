"""Rows of somebody else's benefits register, read by a layout as if they had been entered in the workbook.

Belongs here: one row of the register to a benefit and what is planned, said and measured of it; what is not carried.
Does not belong here: the layout (`register_layout.py`), and checking the rows, which is done as for any workbook.

A finding names the register's own sheet and cell. A register is delivered again when it has changed: a known benefit
stays as it is, and a plan that differs becomes a later version of the known one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from openpyxl.utils import get_column_letter

from gevinst.bilingual import ENTERED, TRANSLATED, other_language
from gevinst.contracts import Type, contract
from gevinst.findings import Finding, IntakeError, Rule
from gevinst.intake.new_ids import benefit_id, highest_numbers, next_numbered
from gevinst.workbook.account import cell_count
from gevinst.workbook.account import cells as cells_in_words
from gevinst.workbook.cells import plain, read_cell
from gevinst.workbook.codes import Options
from gevinst.workbook.filled import LOOKED_AT, Delivery, Filled, Row
from gevinst.workbook.known import Known
from gevinst.workbook.layout import sheet_layout
from gevinst.workbook.parse import read_rows
from gevinst.workbook.read_xlsx import Book
from gevinst.workbook.register_layout import RegisterLayout, column_of
from gevinst.workbook.sheet_xml import Sheet

_YEAR = re.compile(r"\d{4}")
_MONTH = (re.compile(r"(?P<month>\d{1,2})[./](?P<year>\d{4})"), re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})"))
_SEVERAL = re.compile(r"\s*[;,\n]\s*")
_PLAN = ("benefit_id", "indicator_nb")
_OF_MONEY = ("currency_code", "price_year")
"""Fixed values that are for plans in money, whatever the other rows are counted in."""
_PLACE = ("source_id", "source_locator")
_IN_NB = {ENTERED: "{}", TRANSLATED: "[På engelsk: {}]"}
"""What a text that is required in bokmål says there, by the register's language. English may wait, and stays empty."""


def read_register(
    book: Book, layout: RegisterLayout, options: Options, known: Mapping[str, Known], money: Collection[str]
) -> Delivery:
    """The rows of the register that `book` is; `money` are the units in which a plan has a currency and a price year.

    Raises `IntakeError` when its sheet or its headings cannot be read.
    """
    sheet = _sheet_of(book, layout)
    delivery = Delivery(book.file, findings=_other_sheets(book, sheet))
    headings, first_row = _headings(sheet, book.file, layout)
    filled: dict[str, Filled] = {}
    for table in layout.tables:
        one = Filled(sheet_layout(table), book.file, sheet.title)
        one.columns = {
            name: headings[_folded(heading)]
            for heading, targets in layout.columns.items()
            for name_of, name in targets
            if name_of == table
        }
        delivery.findings += read_rows(sheet, one, first_row, options, is_1904=book.is_1904)
        filled[table] = one
    delivery.findings += _not_carried(sheet, book.file, layout, first_row)
    _Rows(sheet, layout, options, known, money, filled, delivery).fill()
    return delivery


def _folded(heading: object) -> str:
    return " ".join((plain(heading) or "").casefold().split())


def _sheet_of(book: Book, layout: RegisterLayout) -> Sheet:
    if layout.sheet is None and len(book.sheets) == 1:
        return book.sheets[0]
    found = [sheet for sheet in book.sheets if _folded(sheet.title) == _folded(layout.sheet)]
    if found:
        return found[0]
    titles = ", ".join(sheet.title for sheet in book.sheets)
    nb = f"arket «{layout.sheet or ''}» finnes ikke; skriv et av disse som sheet i {layout.file}: {titles}."
    en = f"there is no sheet «{layout.sheet or ''}»; write one of these as sheet in {layout.file}: {titles}."
    raise IntakeError([Finding(book.file, nb, en, value=layout.sheet, rule=Rule.SHEET)])


def _other_sheets(book: Book, read: Sheet) -> list[Finding]:
    nb = "arket er ikke med i oppsettet, og er ikke tatt med."
    en = "the sheet is not in the layout and was not carried."
    return [
        Finding(book.file, nb, en, sheet=sheet.title, rule=Rule.SHEET, is_note=True)
        for sheet in book.sheets
        if sheet is not read and cell_count(sheet)
    ]


def _headings(sheet: Sheet, file: str, layout: RegisterLayout) -> tuple[dict[str, int], int]:
    """Places of the headings of the layout, and the first row below them; raises `IntakeError` for those missing."""
    wanted = {_folded(heading): heading for heading in layout.columns}
    rows = [[_folded(value) for value in row] for row in sheet.top(LOOKED_AT)] or [[]]
    best = max(range(len(rows)), key=lambda number: len(wanted.keys() & set(rows[number])))
    missing = [heading for folded, heading in wanted.items() if folded not in rows[best]]
    findings: list[Finding] = []
    for heading in missing:
        close = get_close_matches(
            _folded(heading), [text for text in rows[best] if text and text not in wanted], 1, 0.4
        )
        hint_nb, hint_en = (f" {words} «{close[0]}»?" if close else "" for words in ("Heter den nå", "Is it now"))
        nb = f"registeret har ingen kolonne «{heading}»; rett overskriften i {layout.file}, eller ta den bort.{hint_nb}"
        en = f"the register has no column «{heading}»; correct the heading in {layout.file}, or remove it.{hint_en}"
        findings.append(Finding(file, nb, en, best + 1, None, heading, sheet.title, f"A{best + 1}", Rule.HEADING))
    if findings:
        raise IntakeError(findings)
    # The first of two columns with the same heading is the one that the layout names.
    return {text: place for place, text in reversed(list(enumerate(rows[best], 1))) if text}, best + 2


def _not_carried(sheet: Sheet, file: str, layout: RegisterLayout, first_row: int) -> list[Finding]:
    """A note for every column of the register that the layout has no place for, and that holds anything."""
    mapped = {_folded(heading) for heading in layout.columns}
    headings = sheet.row(first_row - 1)
    notes: list[Finding] = []
    seen: set[str] = set()
    for place in range(1, max((len(row) for row in sheet.rows.values()), default=0) + 1):
        heading = plain(headings[place - 1]) if place <= len(headings) else None
        is_first = _folded(heading) not in seen
        seen.add(_folded(heading))
        if heading and _folded(heading) in mapped and is_first:
            continue
        cells = [row[place - 1] for number, row in sheet.rows.items() if number >= first_row and place <= len(row)]
        if heading or any(plain(value) for value in cells):
            name = heading or get_column_letter(place)
            nb = f"kolonnen «{name}» er ikke tatt med; den har ingen plass i {layout.file}."
            en = f"the column «{name}» was not carried; it has no place in {layout.file}."
            cell = f"{get_column_letter(place)}{first_row - 1}"
            notes.append(Finding(file, nb, en, first_row - 1, name, None, sheet.title, cell, Rule.HEADING, True))
    if sheet.beyond_count:
        number, cell = sheet.beyond_count, sheet.beyond[0]
        nb = f"{cells_in_words(number)[0]} langt til høyre er ikke lest; slett det som står der, eller flytt det."
        en = f"{cells_in_words(number)[1]} far to the right went unread; delete what is there, or move it."
        notes.append(Finding(file, nb, en, None, None, None, sheet.title, cell, Rule.HEADING, True))
    return notes


class _Rows:
    """Fills a delivery with the rows of a register, in the shape of the workbook's sheets."""

    def __init__(
        self,
        sheet: Sheet,
        layout: RegisterLayout,
        options: Options,
        known: Mapping[str, Known],
        money: Collection[str],
        filled: Mapping[str, Filled],
        delivery: Delivery,
    ) -> None:
        self.sheet, self.layout, self.options, self.known, self.money = sheet, layout, options, known, money
        self.filled, self.delivery = filled, delivery
        self.names = {
            key[0] or "": (texts["project_id"], texts["name_nb"]) for key, texts in known["benefits"].by_key.items()
        }
        self.plans = highest_numbers(known["benefit_plans"].ids)
        self.benefits: dict[str, dict[str, str]] = {}
        self.only_in_english: set[tuple[str, str]] = set()

    def fill(self) -> None:
        """Replace the rows that were read of each table by those that are delivered."""
        read = {table: {row.number: row for row in one.rows} for table, one in self.filled.items()}
        for one in self.filled.values():
            one.rows = []
        for number in sorted({number for rows in read.values() for number in rows}):
            benefit = self._texts("benefits", number, read)
            self._add_benefit(number, benefit)
            row = {name: benefit[name] for name in ("benefit_id", "project_id") if name in benefit}
            for table in self.layout.tables[1:]:
                if number in read[table]:
                    own = {name: text for name, text in row.items() if name in _names_of(table)}
                    row |= self._add(table, number, own | self._texts(table, number, read))
        self.delivery.filled = {table: one for table, one in self.filled.items() if one.rows}
        self.delivery.findings += self._notes_on_language()

    def _texts(self, table: str, number: int, read: Mapping[str, Mapping[int, Row]]) -> dict[str, str]:
        """The values of one row of a table: what the register says, then what the layout fixes."""
        row = read[table].get(number)
        texts = dict(row.texts) if row else {}
        for name, place in self.filled[table].columns.items():
            cells = self.sheet.row(number)
            raw = (plain(cells[place - 1]) if place <= len(cells) else None) or ""
            code = self.layout.codes.get((table, name), {}).get(raw.casefold())
            if code is not None:
                texts[name] = code
        fixed = {name: self._fixed((of, name), text) for (of, name), text in self.layout.fixed.items() if of == table}
        texts = fixed | {name: text for name, text in texts.items() if text}
        texts.setdefault("source_locator", ", ".join(filter(None, (self.sheet.title, f"rad {number}"))))
        if table == "benefit_plans" and texts.get("unit_code") not in self.money:
            texts = {name: text for name, text in texts.items() if not (name in _OF_MONEY and name in fixed)}
        if table == "benefits":
            texts.setdefault("benefit_id", self._benefit_id(texts))
        return self._in_norwegian(table, number, self._dated(table, texts))

    def _fixed(self, target: tuple[str, str], text: str) -> str:
        return read_cell(text, column_of(target), self.options, is_percent=False, is_1904=False).text or ""

    def _benefit_id(self, texts: Mapping[str, str]) -> str:
        """The id of the benefit of this project and name, known or seen in a row above, else a new one."""
        project, name = texts.get("project_id", "rad"), texts.get(f"name_{self.layout.language}", "")
        name_nb = _IN_NB[self.layout.language].format(name)
        same = next((one for one, pair in self.names.items() if pair == (project, name_nb)), None)
        found = same or benefit_id(project, name, self.names)
        self.names[found] = (project, name_nb)
        return found

    def _dated(self, table: str, texts: dict[str, str]) -> dict[str, str]:
        """Dates with their precision: a bare year or month is written as its first day."""
        for column in contract(table).columns:
            text, precision = texts.get(column.name), column.name.replace("_on", "_precision")
            if column.type is not Type.DATE or text is None or precision not in _names_of(table):
                continue
            month = next((found for form in _MONTH if (found := form.fullmatch(text))), None)
            if _YEAR.fullmatch(text):
                texts |= {column.name: f"{text}-01-01", precision: "year"}
            elif month:
                texts |= {column.name: f"{month['year']}-{month['month']:0>2}-01", precision: "month"}
            texts.setdefault(precision, "day")
        return texts

    def _in_norwegian(self, table: str, number: int, texts: dict[str, str]) -> dict[str, str]:
        own = self.layout.language
        for name in [name for name in texts if name.endswith(f"_{own}")]:
            missing = f"{name[:-3]}_{other_language(own)}"
            if missing not in texts and contract(table).column(missing).required:
                texts[missing] = _IN_NB[own].format(texts[name])
                self.only_in_english.add((table, name))
        return texts

    def _notes_on_language(self) -> Iterator[Finding]:
        for table, name in sorted(self.only_in_english):
            nb = "teksten finnes bare på engelsk; på norsk står de samme ordene i hakeparentes til noen oversetter."
            en = "the text exists in English only; in Norwegian it is the same words in brackets until somebody "
            en += "translates."
            yield self.filled[table].finding(Rule.REQUIRED, nb, en, name=name, is_note=True)

    def _add_benefit(self, number: int, texts: dict[str, str]) -> None:
        """Add a benefit once; what a known one, or a row above, says otherwise stays as it is, with a note."""
        key = texts["benefit_id"]
        before = self.known["benefits"].by_key.get((key,)) or self.benefits.get(key)
        if before is None:
            self.benefits[key] = texts
            self._append("benefits", number, texts)
            return
        for name, text in texts.items():
            if name in self.filled["benefits"].columns and before.get(name) != text:
                nb = f"gevinsten er ført før ({key}), og blir stående slik den er ført; denne verdien er ikke tatt med."
                en = f"the benefit was entered before ({key}) and stays as it is; this value was not carried."
                self.delivery.findings.append(
                    self.filled["benefits"].finding(
                        Rule.CHOICE, nb, en, row=number, name=name, value=text, is_note=True
                    )
                )

    def _add(self, table: str, number: int, texts: dict[str, str]) -> dict[str, str]:
        """Add what a row says in one table; returns the ids by which its other tables refer to it."""
        if table == "benefit_plans":
            return {"benefit_plan_id": self._add_plan(number, texts)}
        if table == "benefit_beneficiaries":
            for one in _SEVERAL.split(texts.get("beneficiary_code", "")):
                column = contract(table).column("beneficiary_code")
                code = self.layout.codes.get((table, column.name), {}).get(one.casefold(), one)
                added = texts | {"beneficiary_code": self.options.read(column, code)}
                key = (added["benefit_id"], added["beneficiary_code"])
                rows = {(row.texts["benefit_id"], row.texts["beneficiary_code"]) for row in self.filled[table].rows}
                if key not in rows and key not in self.known[table].by_key:
                    self._append(table, number, added)
        else:
            self._append(table, number, texts)
        return {}

    def _add_plan(self, number: int, texts: dict[str, str]) -> str:
        """Add a plan, as a later version of the known plan of its indicator; nothing when it says the same.

        Returns the id of the first plan of the indicator, to which measurements refer.
        """
        start = f"{texts['benefit_id']}-plan"
        versions = [
            version
            for version in self.known["benefit_plans"].by_key.values()
            if all((version[name] or "").casefold() == texts.get(name, "").casefold() for name in _PLAN)
        ]
        if versions:
            newest = max(versions, key=lambda version: version["benefit_plan_id"] or "")
            values = [
                name
                for name in _names_of("benefit_plans")
                if name not in (*_PLACE, "benefit_plan_id", "revises_plan_id")
            ]
            first = newest["revises_plan_id"] or newest["benefit_plan_id"] or ""
            texts = texts | {name: text for name, text in self._english_of(newest).items() if name not in texts}
            if not all(newest.get(name) == _number(texts.get(name)) for name in values):
                later = {"benefit_plan_id": next_numbered(start, self.plans), "revises_plan_id": first}
                self._append("benefit_plans", number, texts | later)
            return first
        first = next_numbered(start, self.plans)
        self._append("benefit_plans", number, texts | {"benefit_plan_id": first})
        return first

    def _english_of(self, plan: Mapping[str, str | None]) -> dict[str, str]:
        """What somebody has translated of a known plan, which a register in Norwegian does not say."""
        english = (f"{stem}_{TRANSLATED}" for stem in contract("benefit_plans").stems_that_wait)
        return {name: text for name in english if (text := plan.get(name))}

    def _append(self, table: str, number: int, texts: dict[str, str]) -> None:
        self.filled[table].rows.append(Row(number, {name: text for name, text in texts.items() if text}))


def _number(text: str | None) -> str | None:
    """A number as known rows write it, so that 3.50 and 3.5 are the same."""
    return plain(float(text)) if text and re.fullmatch(r"-?\d+\.\d+", text) else text


def _names_of(table: str) -> list[str]:
    return [column.name for column in sheet_layout(table).columns]

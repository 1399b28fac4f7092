"""Translations of a workbook, taken in the way corrections are: a row of the register puts the English in.

Belongs here: from a filled cell of the translator's sheet to that row, and what keeps a translation out.
Does not belong here: the sheet itself (`translation_sheet.py`) and applying the register
(`gevinst.intake.corrections`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from gevinst.bilingual import ENTERED, LANGUAGES, TRANSLATED
from gevinst.contracts import CORRECTIONS, Contract, contract
from gevinst.contracts.translations import TO_TRANSLATE
from gevinst.findings import Finding, Rule
from gevinst.intake.new_ids import highest_numbers
from gevinst.workbook.correct import key_of, register_row
from gevinst.workbook.filled import Delivery, Filled, Row
from gevinst.workbook.known import Known
from gevinst.workbook.merge_rows import Incoming
from gevinst.workbook.resolve_names import Texts
from gevinst.workbook.translation_sheet import ENGLISH, FIELD, KEY, NORWEGIAN, SHEET, TRANSLATIONS, field_names

TRANSLATED_ROWS = "translated"
"""What is counted of rows whose English is taken in."""


@dataclass(slots=True)
class Lines(Filled):
    """The sheet as the rules see it who check a row of the register: each of its texts has a line of its own."""

    lines: dict[str, int] = field(default_factory=dict)

    def cell(self, row: int | None, name: str | None) -> str | None:
        """The English cell of the line with the text of column `name`."""
        return Filled.cell(self, self.lines.get(name or "", row or 0), ENGLISH)


def gather_translations(delivery: Delivery, known: Mapping[str, Known], incoming: Incoming) -> None:
    """Add the filled cells of the translator's sheet of one file to `incoming`; the next file sees them as known."""
    filled = delivery.filled.get(TRANSLATIONS)
    rows = {
        table.name: {key_of(table, texts): texts for texts in known[table.name].by_key.values()}
        for table in (TO_TRANSLATE if filled else ())
    }
    # Found once: a sheet may have thousands of rows.
    taken = [one["correction_id"] or "" for _, _, one in incoming.rows.get(CORRECTIONS.name, ())]
    numbers = highest_numbers([*known[CORRECTIONS.name].ids, *taken])
    for row in filled.rows if filled else ():
        if ENGLISH not in row.texts:
            incoming.counts["blank"] += 1
        elif filled:
            _gather(filled, row, rows, numbers, incoming)


def _gather(
    filled: Filled, row: Row, rows: Mapping[str, Mapping[str, Texts]], numbers: dict[str, int], incoming: Incoming
) -> None:
    table = _tables().get(row.texts.get(SHEET, "").casefold())
    stem = _stems(table.name).get(row.texts.get(FIELD, "").casefold()) if table else None
    before = rows[table.name].get(row.texts.get(KEY, "")) if table else None
    if table is None or stem is None or before is None:
        lost = SHEET if table is None else FIELD if stem is None else KEY
        incoming.findings.append(_fault(filled, row, lost, *_LOST))
        return
    name, corrected = f"{stem}_{TRANSLATED}", _corrected(incoming, table, before)
    now = corrected[2] if corrected else before
    text, norwegian = row.texts[ENGLISH], now[f"{stem}_{ENTERED}"]
    if now[name] == text:
        incoming.counts["already"] += 1
    elif now[name] is not None:
        incoming.findings.append(_fault(filled, row, ENGLISH, *(one.format(now[name]) for one in _ANOTHER)))
    elif norwegian != row.texts.get(NORWEGIAN):
        incoming.findings.append(_fault(filled, row, ENGLISH, *(one.format(norwegian or "") for one in _CHANGED)))
    else:
        entry = register_row(table, before, name, text, before, numbers)
        incoming.rows.setdefault(CORRECTIONS.name, []).append((filled, row, entry))
        _put(filled, row, table, stem, {**now, name: text}, corrected, incoming)
        before[name] = text
        incoming.counts[TRANSLATED_ROWS] += 1


def _corrected(incoming: Incoming, table: Contract, texts: Texts) -> tuple[Filled, Row, Texts] | None:
    """The row as this import corrects or translates it already."""
    key = [texts[name] for name in table.key]
    found = (one for one in incoming.corrected.get(table.name, ()) if [one[2][name] for name in table.key] == key)
    return next(found, None)


def _put(
    filled: Filled,
    row: Row,
    table: Contract,
    stem: str,
    texts: Texts,
    corrected: tuple[Filled, Row, Texts] | None,
    incoming: Incoming,
) -> None:
    """Have the row checked as it will be, with its faults in the cell of the translation."""
    listed = incoming.corrected.setdefault(table.name, [])
    if corrected is None:
        lines = Lines(filled.layout, filled.file, filled.sheet, filled.columns)
        listed.append((lines, row, texts))
    else:
        lines = corrected[0]
        listed[listed.index(corrected)] = (lines, corrected[1], texts)
    if isinstance(lines, Lines):
        lines.lines |= {stem: row.number} | {f"{stem}_{language}": row.number for language in LANGUAGES}


@cache
def _tables() -> dict[str, Contract]:
    """Tables by what the sheet calls them, in either language and in lower case."""
    return {text.casefold(): table for table in TO_TRANSLATE for text in (table.name, *map(table.title, LANGUAGES))}


@cache
def _stems(name: str) -> dict[str, str]:
    """Stems of the table called `name` by what the sheet calls them, likewise."""
    table = contract(name)
    return {
        text.casefold(): stem
        for stem in table.stems_that_wait
        for text in (stem, f"{stem}_{TRANSLATED}", *field_names(table, stem).values())
    }


def _fault(filled: Filled, row: Row, name: str, nb: str, en: str) -> Finding:
    return filled.finding(Rule.REFERENCE, nb, en, row=row.number, name=name, value=row.texts.get(name))


_LOST = (
    "det er ingen slik tekst i registeret, så oversettelsen hører ikke til noe; sett cella tilbake, eller oversett i "
    "et nytt regneark.",
    "the register has no such text, so that the translation belongs to nothing; restore the cell, or translate in a "
    "new workbook.",
)
_CHANGED = (
    "den norske teksten er en annen nå enn da regnearket ble laget: «{}»; oversett den i et nytt regneark, og tøm "
    "cella.",
    "the Norwegian text is another now than when the workbook was made: “{}”; translate that in a new workbook, and "
    "empty the cell.",
)
_ANOTHER = (
    "teksten har fått en annen engelsk tekst: «{}»; tøm cella, og rett den andre der raden er ført om den er gal.",
    "the text has got another English text: “{}”; empty the cell, and correct the other one where the row is entered "
    "if it is wrong.",
)

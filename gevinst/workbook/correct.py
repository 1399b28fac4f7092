"""A row that was entered wrongly: what differs becomes rows of the register of corrections.

Belongs here: the corrections that one row of a workbook asks for, and the row as it will be.
Does not belong here: which rows ask (`merge_rows.py`), and applying the register (`gevinst.intake.corrections`).

The raw file keeps the old value, and the register says which value was there, what holds now, and from which document.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from gevinst.contracts import Contract
from gevinst.contracts.translations import is_translation
from gevinst.findings import Finding, Rule
from gevinst.intake.corrections import KEY_SEPARATOR
from gevinst.intake.new_ids import next_numbered, slug
from gevinst.workbook.filled import Filled, Row
from gevinst.workbook.layout import CHOICE
from gevinst.workbook.resolve_names import Texts

_WHERE = ("source_id", "source_locator")
_WHOLE_DOCUMENT = "hele dokumentet"
_WRONG: Texts = {
    "reason_nb": "Verdien var ført feil, og er rettet i regnearket til en evaluator.",
    "reason_en": "The value was entered wrongly, and was corrected in the workbook of an evaluator.",
}
_TRANSLATED: Texts = {
    "reason_nb": "Engelsk oversettelse er lagt til.",
    "reason_en": "English translation added.",
}


@dataclass(frozen=True, slots=True)
class Correction:
    """A known row (`before`), as a workbook gives it (`texts`, by column)."""

    filled: Filled
    row: Row
    before: Texts
    texts: Texts

    @property
    def contract(self) -> Contract:
        """The table of the row."""
        return self.filled.layout.contract

    @property
    def key(self) -> str:
        """The row's key, as the register of corrections writes it."""
        return key_of(self.contract, self.before)

    @property
    def differing(self) -> dict[str, str | None]:
        """New value by column. An empty cell takes a value away only in a row that is filled in whole."""
        names = [column.name for column in self.filled.layout.columns if column.name not in self.contract.key]
        required = {column.name for column in self.filled.layout.columns if column.required}
        is_whole = required <= self.row.texts.keys() | set(self.contract.key)
        return {
            name: self.texts.get(name)
            for name in names
            if (name in self.row.texts or is_whole) and self.texts.get(name) != self.before[name]
        }

    @property
    def after(self) -> Texts:
        """The row as it will be."""
        return {**self.before, **self.differing}

    def register_rows(self, numbers: dict[str, int]) -> Iterator[Texts]:
        """One row of the register for each value that differs; `numbers` are those in use, by beginning of an id."""
        where = {name: self.row.texts.get(name) or self.before.get(name) for name in _WHERE}
        for name, text in self.differing.items():
            yield register_row(self.contract, self.before, name, text, where, numbers)

    def refusal(self, known: Collection[Texts]) -> list[Finding] | None:
        """Findings when the row cannot be corrected; `None` when the register holds the correction already."""
        if not self.differing:
            if any(one["table_name"] == self.contract.name and one["key"] == self.key for one in known):
                return None
            return [self._fault(*_NOTHING_DIFFERS)]
        # The register is published, and answers about single projects are not.
        return [self._fault(*_RESTRICTED)] if self.contract.is_restricted else []

    def _fault(self, nb: str, en: str) -> Finding:
        value = self.row.texts.get(CHOICE)
        return self.filled.finding(Rule.CHOICE, nb, en, row=self.row.number, name=CHOICE, value=value)


def key_of(contract: Contract, texts: Texts) -> str:
    """The key of a row, as the register of corrections writes it."""
    return KEY_SEPARATOR.join(texts[name] or "" for name in contract.key)


def register_row(
    contract: Contract,
    before: Texts,
    name: str,
    text: str | None,
    where: Texts,
    numbers: dict[str, int],
    reason: Texts = _WRONG,
) -> Texts:
    """The row of the register by which column `name` of a known row gets `text`, from the document in `where`.

    `reason` says why in both languages; a translation says that of itself.
    """
    key = key_of(contract, before)
    entry: Texts = {
        "correction_id": next_numbered(f"{slug(contract.name)}-{slug(key, 80)}-{slug(name)}", numbers),
        "table_name": contract.name,
        "key": key,
        "column_name": name,
        "expect": before[name],
        "replace": text,
        "source_id": where["source_id"],
        "source_locator": where.get("source_locator") or _WHOLE_DOCUMENT,
        "registered_on": date.today().isoformat(),
    }
    return entry | (_TRANSLATED if is_translation(entry) else reason)


_NOTHING_DIFFERS = (
    "raden er merket som rettet, men ingenting i den er annerledes; skriv det riktige, eller velg Uendret.",
    "the row is marked as corrected, but nothing in it differs; enter the right value, or choose Unchanged.",
)
_RESTRICTED = (
    "svarene i dette arket er skjermet, og rettelser er åpne; ta raden tilbake med gevinst undo, og før den på nytt.",
    "the answers in this sheet are restricted, and corrections are public; take the row back with gevinst undo, and "
    "enter it again.",
)

"""The rows that the raw files hold, as a workbook compares itself with them.

Belongs here: whether a row is there already, and what of a known row an empty English cell leaves as it is.
Does not belong here: the action for a row (`merge_rows.py`).

A workbook is written in September and imported in November, and somebody may have translated its texts meanwhile: an
empty English cell says nothing of a text whose Norwegian is the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import polars as pl

from gevinst.bilingual import ENTERED, TRANSLATED
from gevinst.contracts import Column, Contract, Type
from gevinst.workbook.cells import plain
from gevinst.workbook.layout import STAMPED, SheetLayout
from gevinst.workbook.resolve_names import Texts

Content = tuple[str | None, ...]


@dataclass(slots=True)
class Known:
    """The rows of one table in the raw files: texts by key, and the ids in use.

    `contents` are what rows say without their key: by all but the English that may wait, every English there is.
    """

    by_key: dict[Content, Texts]
    contents: dict[Content, set[Content]]
    ids: set[str]

    def add(self, contract: Contract, texts: Texts) -> None:
        """Count a row as known."""
        key = tuple(texts[column] for column in contract.key)
        self.by_key.setdefault(key, texts)
        self.ids.add(key[0] or "")
        entered, english = _content(contract, texts)
        self.contents.setdefault(entered, set()).add(english)

    def has(self, layout: SheetLayout, texts: Texts) -> bool:
        """Whether the raw files hold the row: the same content, and the same id where the row names one."""
        contract = layout.contract
        named = layout.id_column and texts[layout.id_column]
        if named or not layout.id_column:
            before = self.by_key.get(tuple(texts[name] for name in contract.key))
            return before is not None and with_known_english(contract, texts, before) == before
        entered, english = _content(contract, texts)
        return any(_fits(english, known) for known in self.contents.get(entered, ()))


def known_rows(contract: Contract, typed: pl.DataFrame) -> Known:
    """The known rows of a table, from its typed rows."""
    names = [column.name for column in contract.columns if column.name not in STAMPED]
    known = Known({}, {}, set())
    for row in typed.select(names).iter_rows(named=True):
        known.add(contract, {name: plain(value) for name, value in row.items()})
    return known


def with_known_english(contract: Contract, texts: Texts, before: Texts | None) -> Texts:
    """The texts of a row with the English of the row before it, where they have none and the Norwegian is the same."""
    if before is None:
        return texts
    kept = {
        f"{stem}_{TRANSLATED}": before[f"{stem}_{TRANSLATED}"]
        for stem in contract.stems_that_wait
        if texts.get(f"{stem}_{TRANSLATED}") is None and texts.get(f"{stem}_{ENTERED}") == before[f"{stem}_{ENTERED}"]
    }
    return {**texts, **kept}


def outdated_english(contract: Contract, texts: Texts, before: Texts) -> list[str]:
    """Columns whose English is that of the row before it, below a Norwegian text that is another: it translates what
    is no longer said.
    """
    return [
        f"{stem}_{TRANSLATED}"
        for stem in contract.stems_that_wait
        if (english := texts.get(f"{stem}_{TRANSLATED}")) is not None
        and english == before[f"{stem}_{TRANSLATED}"]
        and texts.get(f"{stem}_{ENTERED}") != before[f"{stem}_{ENTERED}"]
    ]


def only_translates(contract: Contract, differing: Collection[str], before: Mapping[str, str | None]) -> bool:
    """Whether all that is new in a row is English where it waited: a translation, and no later statement."""
    english = {f"{stem}_{TRANSLATED}" for stem in contract.stems_that_wait}
    return bool(differing) and all(name in english and before[name] is None for name in differing)


def canonical(column: Column, text: str | None) -> str | None:
    """A number as it is written when read from a raw file, so that 3,50 and 3.5 are the same."""
    if text is not None and column.type is Type.NUMBER and re.fullmatch(r"-?\d+(\.\d+)?", text):
        return plain(float(text))
    return text


def _content(contract: Contract, texts: Texts) -> tuple[Content, Content]:
    # A key of one column is an id made here, and no content; a key of several columns is part of what a row says.
    keys = contract.key if len(contract.key) == 1 else ()
    names = [column for column in contract.columns if column.name not in (*keys, *STAMPED)]
    entered = tuple(texts[column.name] for column in names if not column.may_wait)
    return entered, tuple(texts[column.name] for column in names if column.may_wait)


def _fits(english: Content, known: Content) -> bool:
    return all(mine is None or mine == theirs for mine, theirs in zip(english, known, strict=True))

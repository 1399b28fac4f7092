"""Row by row: what one edition says that another does not.

Belongs here: new, changed and withdrawn rows of two editions' tables, by key.
Does not belong here: whether two editions say the same at all (`comparison.py`), and changes as readers see them
(`gevinst.method.changes`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from gevinst.contracts import PUBLISHED, Contract

LISTED_KEYS = 5
"""Enough to recognise what happened to a table, and still one line of a page."""


@dataclass(frozen=True, slots=True)
class TableDifference:
    """Rows of one table: how many there were, and how many are new, say something else, or are gone.

    `first_keys` are the keys of the first `LISTED_KEYS` of these, parts joined by a slash.
    """

    name: str
    before: int
    added: int
    changed: int
    withdrawn: int
    first_keys: tuple[str, ...]


def differences(now: Mapping[str, pl.DataFrame], before: Mapping[str, pl.DataFrame]) -> list[TableDifference]:
    """One entry per table whose rows differ, in the order of the contracts.

    A row has changed when a column that both sides have holds another value; columns that only one side has are
    not compared. A table whose key was different counts as all new and all withdrawn.
    """
    found = [_difference(contract, now[contract.name], before[contract.name]) for contract in PUBLISHED]
    return [entry for entry in found if entry.added or entry.changed or entry.withdrawn]


def _difference(contract: Contract, now: pl.DataFrame, before: pl.DataFrame) -> TableDifference:
    key = list(contract.key)
    if not set(key) <= set(before.columns):
        return TableDifference(contract.name, before.height, now.height, 0, before.height, ())
    # Nulls are equal here, or a row with an empty part of its key would be both new and withdrawn.
    shared = [name for name in now.columns if name in before.columns and name not in key]
    added = now.join(before, on=key, how="anti", nulls_equal=True)
    withdrawn = before.join(now, on=key, how="anti", nulls_equal=True)
    pairs = now.join(before.select(*key, *shared), on=key, how="inner", nulls_equal=True, suffix=" before")
    is_other = [_text(pairs, name).ne_missing(_text(pairs, f"{name} before")) for name in shared]
    changed = pairs.filter(pl.any_horizontal(is_other)) if is_other else pairs.clear()
    rows = pl.concat([frame.select(key) for frame in (added, changed, withdrawn)])
    keys = tuple("/".join("" if part is None else str(part) for part in row) for row in rows.head(LISTED_KEYS).rows())
    return TableDifference(contract.name, before.height, added.height, changed.height, withdrawn.height, keys)


def _text(pairs: pl.DataFrame, name: str) -> pl.Expr:
    """The column as it is compared: as text, since a column may have had another type in an older edition."""
    return pl.col(name) if pairs.schema[name] == pl.String else pl.col(name).cast(pl.String)

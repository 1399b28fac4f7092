"""The result of an exchange: rows in the registry's shape, and what could not be carried over.

Belongs here: the shapes that both directions and all layouts share, and writing a draft.
Does not belong here: any particular layout.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as default
from pathlib import Path
from typing import Any

import polars as pl

from gevinst.contracts import contract
from gevinst.formats.errors import ExchangeError
from gevinst.intake.write_csv import write_rows
from gevinst.language.texts import Catalogue

NOT_CARRIED = "not_carried.csv"


@dataclass(frozen=True, slots=True)
class NotCarried:
    """Something that does not fit on the other side: of which record, which field, and why.

    `reason` names a text in ``exchange.toml``, filled in with `values`.
    """

    record: str
    field: str
    reason: str
    values: Mapping[str, Any] = default(default_factory=dict)

    def text(self, language: str) -> str:
        """The reason in words."""
        return Catalogue(language).t(f"exchange.{self.reason}", **self.values)


@dataclass(frozen=True, slots=True)
class Draft:
    """Proposed rows by table, each in its contract's columns, and what was left out."""

    tables: Mapping[str, Sequence[Mapping[str, Any]]]
    not_carried: tuple[NotCarried, ...]


def not_carried_frame(found: Sequence[NotCarried]) -> pl.DataFrame:
    """One row per thing left out: record, field, and the reason in both languages."""
    rows = [(one.record, one.field, one.text("nb"), one.text("en")) for one in found]
    return pl.DataFrame(rows, schema=["record", "field", "reason_nb", "reason_en"], orient="row")


def write_draft(draft: Draft, folder: Path) -> list[Path]:
    """Write a draft as CSV, one file per table in the registry's columns; raises `ExchangeError` if `folder` has files.

    Nothing reaches the registry: a person fills in what is missing and accepts it.
    """
    if folder.exists() and any(folder.iterdir()):
        raise ExchangeError(f"{folder} has files in it; name a folder that is empty or does not exist")
    folder.mkdir(parents=True, exist_ok=True)
    written = [write_rows(folder, contract(name), rows) for name, rows in draft.tables.items()]
    not_carried_frame(draft.not_carried).write_csv(folder / NOT_CARRIED)
    return [*written, folder / NOT_CARRIED]


def slug(text: str) -> str:
    """A text as part of an id: small letters a to z and digits, with hyphens between."""
    plain = text.lower().translate(str.maketrans({"æ": "ae", "ø": "o", "å": "a"}))
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    # Cut, so that ids and the addresses made of them stay short; a cut may end in a hyphen.
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-")

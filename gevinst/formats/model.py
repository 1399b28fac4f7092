"""The result of an exchange: rows in the registry's shape, and what could not be carried over.

Belongs here: the shapes that both directions and all layouts share, and writing a draft.
Does not belong here: any particular layout, and the frame that imports are made in (`importer.py`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as default
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from gevinst.bilingual import LANGUAGES
from gevinst.contracts import contract
from gevinst.formats.errors import ExchangeError
from gevinst.formats.formulas import harmless
from gevinst.intake.write_csv import write_rows
from gevinst.language.texts import Catalogue
from gevinst.persons_and_contacts import cells_with, masked

NOT_CARRIED = "not_carried.csv"
_SHOWN = 80
"""Letters of a value that a line on a screen repeats; the file has all of it."""
FAULT, NAMED, FILL_IN = "fault", "named", "fill_in"
"""Kinds of what is not carried: wrong in the file, without a place on the other side, or for a person to add."""


@dataclass(frozen=True, slots=True)
class NotCarried:
    """Something that does not fit on the other side: of which record, which field, its value, and why.

    `reason` names a text in ``exchange.toml``, filled in with `values`. `place` is where the record is in its file: the
    row, the column where each record is one, or the place in a list. An empty `place` means the file as a whole.
    What is shown or written of it has persons' data masked.
    """

    record: str
    field: str
    reason: str
    values: Mapping[str, Any] = default(default_factory=dict)
    value: str = ""
    sheet: str = ""
    place: str = ""
    kind: str = NAMED

    def text(self, language: str) -> str:
        """The reason in words."""
        if self.values:
            return Catalogue(language).t(f"exchange.{self.reason}", **self.values)
        return _plain_text(self.reason, language)

    def sentence(self, language: str) -> str:
        """The reason in words, after sheet, place, record, field and value."""
        t = Catalogue(language).t
        sheet = t("exchange.in_sheet", sheet=self.sheet) if self.sheet else ""
        kind = "row" if self.place.isdecimal() else "column" if self.place.isalpha() else ""
        place = t(f"exchange.in_{kind}", place=self.place) if kind else self.place
        parts = dict.fromkeys(part for part in (sheet, place, self.record, self.field) if part and part != "*")
        value = f" «{masked(self.value)[:_SHOWN]}»" if self.value else ""
        return f"{', '.join(masked(part)[:_SHOWN] for part in parts)}{value}: {self.text(language)}"


@cache
def _plain_text(reason: str, language: str) -> str:
    """A text without values, made once: a file of 100 000 grants names a million fields for the same few reasons."""
    return Catalogue(language).t(f"exchange.{reason}")


@dataclass(frozen=True, slots=True)
class Draft:
    """Proposed rows by table, each in its contract's columns, and what was left out."""

    tables: Mapping[str, Sequence[Mapping[str, Any]]]
    not_carried: tuple[NotCarried, ...]
    file: str = ""

    @property
    def faults(self) -> list[NotCarried]:
        """What is wrong in the file itself."""
        return [one for one in self.not_carried if one.kind == FAULT]


def not_carried_frame(found: Sequence[NotCarried], file: str = "") -> pl.DataFrame:
    """One row per thing left out, faults first: its place, its value, and the reason in both languages."""
    order = (FAULT, FILL_IN, NAMED)
    rows = [
        (file, one.sheet, one.place, one.record, one.field, one.value, one.kind, *map(one.text, LANGUAGES))
        for one in sorted(found, key=lambda one: order.index(one.kind))
    ]
    names = ["file", "sheet", "place", "record", "field", "value", "kind", "reason_nb", "reason_en"]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    for place, name, _ in cells_with(frame, ["record", "field", "value"]):
        frame[place, name] = masked(frame[name][place])
    return frame


def write_not_carried(found: Sequence[NotCarried], path: Path, file: str = "") -> None:
    """Write the list of what was left out of `file` as CSV."""
    harmless(not_carried_frame(found, file)).write_csv(path)


def write_draft(draft: Draft, folder: Path) -> list[Path]:
    """Write a draft as CSV, one file per table in the registry's columns; raises `ExchangeError` if `folder` has files.

    Nothing reaches the registry: a person fills in what is missing and accepts it.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExchangeError("folder_taken", folder=str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    written = [write_rows(folder, contract(name), rows) for name, rows in draft.tables.items()]
    write_not_carried(draft.not_carried, folder / NOT_CARRIED, draft.file)
    return [*written, folder / NOT_CARRIED]


def slug(text: str) -> str:
    """A text as part of an id: small letters a to z and digits, with hyphens between."""
    plain = text.lower().translate(str.maketrans({"æ": "ae", "ø": "o", "å": "a"}))
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    # Cut, so that ids and the addresses made of them stay short; a cut may end in a hyphen.
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-")

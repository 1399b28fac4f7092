"""What a workbook can hold, and which tables of an edition are therefore not in it.

Belongs here: the limits, the tables left out with the reason for each, and the sentence that says so to readers.
Does not belong here: writing sheets (`xlsx.py`), and holding their library to its limits (`checked_xlsx.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from gevinst.contracts import PUBLISHED
from gevinst.formats.formulas import harmless
from gevinst.language.texts import Catalogue
from gevinst.layout import PARQUET_FOLDER, ROWS_OF_A_SHEET

MOST_COLUMNS = 16_384
LONGEST_TEXT = 32_767
"""Characters of a cell; the format counts UTF-16 units, two for a letter beyond the first 65 536."""
MOST_CELLS = 4_000_000
"""Cells of all tables together, ten times those of the edition of 2026: writing that many took 20 seconds and 0.75 GiB
where this was decided, and gave 16 MB, which programs for spreadsheets still open on ordinary machines."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A table that the workbook does not hold, how many rows it has, and `why`: ``rows``, ``text`` or ``cells``."""

    table: str
    rows: int
    why: str

    @property
    def file(self) -> str:
        """Where all of it is, below the edition's folder."""
        return f"{PARQUET_FOLDER}/{self.table}.parquet"

    def sentence(self, language: str) -> str:
        """What is left out, why, and where it is."""
        most = {"rows": ROWS_OF_A_SHEET - 1, "text": LONGEST_TEXT, "cells": MOST_CELLS}[self.why]
        values = {"table": self.table, "most": most, "file": self.file}
        return Catalogue(language).t(f"workbook.left_out_{self.why}", self.rows, **values)


def left_out(tables: Mapping[str, pl.DataFrame]) -> tuple[LeftOut, ...]:
    """The published tables that do not fit, in the order of their contracts.

    A table is in the workbook whole or not at all. Where all together are too large, the largest stay out, so that as
    many as possible are in it.
    """
    published = {table.name: tables[table.name] for table in PUBLISHED if table.name in tables}
    why = {name: reason for name, frame in published.items() if (reason := _why_alone(frame))}
    sizes = {name: frame.height * frame.width for name, frame in published.items() if name not in why}
    for name in sorted(sizes, key=lambda name: (-sizes[name], name)):
        if sum(sizes.values()) <= MOST_CELLS:
            break
        del sizes[name]
        why[name] = "cells"
    return tuple(LeftOut(name, published[name].height, why[name]) for name in published if name in why)


def _why_alone(frame: pl.DataFrame) -> str | None:
    if frame.height >= ROWS_OF_A_SHEET:
        return "rows"
    # No text has fewer bytes of UTF-8 than units of UTF-16: next to none is long enough to be counted.
    bytes_of = frame.select(pl.col(pl.String).str.len_bytes().max())
    is_long = any((most or 0) >= LONGEST_TEXT for most in bytes_of.rows()[0]) if bytes_of.width else False
    return "text" if is_long and any(map(_has_too_long, frame.select(pl.col(pl.String)).iter_columns())) else None


def _has_too_long(texts: pl.Series) -> bool:
    long = texts.filter(texts.str.len_bytes() >= LONGEST_TEXT)  # they may get an apostrophe
    return any(_units(text) > LONGEST_TEXT for text in harmless(long.to_frame()).to_series())


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2

"""The committed register, to be edited in a test."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import polars as pl

from gevinst.intake import read_core
from tests.data.kept import ROOT

Row = dict[str, Any]
RAW = ROOT / "data" / "raw"


class Register:
    """The committed tables, of which an edit changes some rows."""

    def __init__(self) -> None:
        self.frames = dict(committed())
        self._rows: dict[str, list[Row]] = {}

    def __getitem__(self, table: str) -> list[Row]:
        """Rows of a table, to be changed."""
        return self._rows.setdefault(table, self.frames[table].to_dicts())

    def first(self, table: str, wanted: Callable[[Row], Any]) -> Row:
        """The first row that is wanted."""
        return next(row for row in self[table] if wanted(row))

    def find(self, table: str, **values: Any) -> Row | None:
        """The first row with these values."""
        return next((row for row in self[table] if all(row[name] == value for name, value in values.items())), None)

    def add(self, table: str, **values: Any) -> None:
        """One more row."""
        self[table].append(dict.fromkeys(self.frames[table].columns) | {"is_illustrative": False} | values)

    @property
    def tables(self) -> dict[str, pl.DataFrame]:
        """All tables with what was changed."""
        changed = {name: pl.DataFrame(rows, schema=self.frames[name].schema) for name, rows in self._rows.items()}
        return self.frames | changed


@cache
def committed() -> dict[str, pl.DataFrame]:
    """The committed tables as they are read."""
    return read_core(RAW).frames

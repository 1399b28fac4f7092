"""Rows to a delimited file in the form that intake reads back.

Belongs here: how a value is written so that reading gives the same value.
Does not belong here: which rows are written, and where (`gevinst.illustrative`, `gevinst.formats`).
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from gevinst.contracts import Contract
from gevinst.findings import IntakeError
from gevinst.intake.read_csv import refuse_too_large


def write_rows(folder: Path, contract: Contract, rows: Iterable[Mapping[str, Any]]) -> Path:
    """Write `rows` as the contract's file in `folder`, sorted by key, and return its path.

    A column that a row does not have is left empty. Raises `IntakeError`, and leaves no file, when it would be larger
    than what is read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{contract.name}.csv"
    names = [column.name for column in contract.columns]
    ordered = sorted(rows, key=lambda row: [cell_text(row.get(name)) for name in contract.key])
    refuse_too_large(path.name, cells=(len(ordered) + 1) * len(names))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")  # the same bytes on every system; the default is "\r\n"
        writer.writerow(names)
        writer.writerows([cell_text(row.get(name)) for name in names] for row in ordered)
    try:
        refuse_too_large(path.name, size=path.stat().st_size)
    except IntakeError:
        path.unlink()
        raise
    return path


class Growing:
    """Raw files that are written block by block."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lines: Counter[Path] = Counter()

    def append(self, folder: Path, contract: Contract, rows: pl.DataFrame) -> None:
        """Write `rows` behind those of the contract's file in `folder`; the first time, with a heading before them.

        Raises `IntakeError` when the file becomes larger than what is read.
        """
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{contract.name}.csv"
        is_new = path not in self._lines
        self._lines[path] += rows.height + is_new
        with path.open("ab") as file:
            rows.select(column.name for column in contract.columns).write_csv(file, include_header=is_new)
        refuse_too_large(path.name, size=path.stat().st_size, cells=self._lines[path] * len(contract.columns))


def cell_text(value: Any) -> str:
    """A value as it is written in a raw file: empty for unknown, ``true`` or ``false``, ISO dates."""
    match value:
        case None:
            return ""
        case bool():  # before the general case: `str` would give "True", which intake refuses
            return str(value).lower()
        case date():
            return value.isoformat()
        case float() if "e" in repr(value):  # 0.00001: intake refuses a power of ten, which nobody reads as a number
            return f"{Decimal(repr(value)):f}"
        case _:
            return str(value)

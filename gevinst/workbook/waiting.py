"""Rows that wait: what is known by month or year counts from the last day it can mean.

Belongs here: the notes about new rows whose last day is still to come.
Does not belong here: when a row is known (`gevinst.method.as_of`), and dates that are planned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import polars as pl

from gevinst.contracts import contract
from gevinst.contracts.vocabulary import TO_THE_MONTH, TO_THE_YEAR
from gevinst.findings import Finding, Rule
from gevinst.intake.read_csv import FILE, ROW

_PLANNED = ("target", "next_measurement", "valid_to")
_KNOWN_BY = {TO_THE_MONTH: ("måneden", "the month"), TO_THE_YEAR: ("året", "the year")}


def waiting_rows(rows: Mapping[str, pl.DataFrame], today: date) -> Iterator[tuple[str, Finding]]:
    """Table and note for each date of `rows` that counts from a day after `today`."""
    for table, frame in rows.items():
        names = {column.name for column in contract(table).columns}
        stems = [name[:-3] for name in sorted(names) if name.endswith("_on") and f"{name[:-3]}_precision" in names]
        for stem in (stem for stem in stems if stem not in _PLANNED):
            for row in frame.filter(pl.col(f"{stem}_precision").is_in(list(_KNOWN_BY))).iter_rows(named=True):
                last = _last_day(row[f"{stem}_on"], row[f"{stem}_precision"])
                if last > today:
                    yield table, _note(row, f"{stem}_on", _KNOWN_BY[row[f"{stem}_precision"]], last)


def _last_day(day: date, precision: str) -> date:
    if precision == TO_THE_YEAR:
        return date(day.year, 12, 31)
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _note(row: Mapping[str, object], name: str, known_by: tuple[str, str], last: date) -> Finding:
    nb, en = known_by
    return Finding(
        str(row[FILE]),
        f"bare {nb} er kjent, så raden regnes fra {last:%d.%m.%Y} og er ikke med i noen utgave før da; skriv dagen "
        "om du kjenner den.",
        f"only {en} is known, so that the row counts from {last:%d.%m.%Y} and is in no edition before then; write the "
        "day if you know it.",
        row_number=row[ROW],  # pyright: ignore[reportArgumentType]  # a column of whole numbers
        column_name=name,
        value=str(row[name]),
        rule=Rule.FORM,
        is_note=True,
    )

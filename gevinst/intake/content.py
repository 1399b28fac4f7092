"""Content checks of new rows, with the row in which each fault was found.

Belongs here: tracing a key at fault back to file, row, column and value.
Does not belong here: the checks (`gevinst.quality`), and whether a fault keeps rows out (`append.py`, workbooks).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from gevinst.contracts import contract
from gevinst.findings import Finding, Rule
from gevinst.intake.core import CoreTables
from gevinst.intake.read_csv import FILE, ROW
from gevinst.intake.write_csv import cell_text
from gevinst.quality import CheckResult, new_faults

_MOST_CELLS = 100
"""Cells listed per check; more of them would be the same mistake repeated in every row."""

Rows = Mapping[str, pl.DataFrame]
"""New rows by table, as text or typed, with `ROW` and `FILE`."""


@dataclass(frozen=True, slots=True)
class ContentFault:
    """A finding, the result of its check, and the new row that has the fault with its table (`None`: no new row)."""

    finding: Finding
    result: CheckResult
    table: str | None
    row: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _Place:
    row: dict[str, object]
    name: str | None = None


def content_faults(before: CoreTables, after: CoreTables, rows: Rows, file: str) -> list[ContentFault]:
    """One fault per new key at fault; `before` and `after` are the tables without and with the new `rows`.

    A warning becomes a note. A fault that is in none of the rows is reported for `file`. The first call in a process
    may import Great Expectations, which takes seconds.
    """
    found = new_faults(before.frames, after.frames)
    wanted = {key for result in found for key in result.unexpected_keys}
    places = {key: place for key, place in _places(rows) if key[1] in wanted} if wanted else {}
    return [fault for result in found for fault in _located(result, places, file)]


def _places(rows: Rows) -> Iterator[tuple[tuple[str, str], _Place]]:
    """Table and every way in which a check may name a new row: its key, table and key, a column of it, its project.

    Rows come in reverse order: the caller builds a dict, which keeps the last place of a name, and a fault shared by
    several rows is to be reported in the first of them.
    """
    for table, frame in rows.items():
        for row in reversed(frame.rows(named=True)):
            key = "/".join(cell_text(row.get(name)) for name in contract(table).key)
            place = _Place(row)
            for start in ("", f"{table}/"):
                for column in contract(table).columns:
                    yield (table, f"{start}{key}.{column.name}"), _Place(row, column.name)
                    # Rules about pairs of columns name the stem: `reason` for `reason_nb` and `reason_en`.
                    if column.name.endswith(("_nb", "_on")):
                        yield (table, f"{start}{key}.{column.name[:-3]}"), _Place(row, column.name)
            yield from (((table, text), place) for text in (*_subjects(row), f"{table}/{key}", key))


def _subjects(row: Mapping[str, object]) -> Iterator[str]:
    unit = [cell_text(row.get(name)) for name in ("assessment_round_id", "project_id", "rated_driver_code")]
    if all(unit):
        yield "/".join(unit)
    if project := cell_text(row.get("project_id")):
        yield project


def _located(result: CheckResult, places: Mapping[tuple[str, str], _Place], file: str) -> Iterator[ContentFault]:
    check, is_note = result.check, not result.stops_publication
    # A check that fails as a whole names no key; it is reported for its table.
    for key in result.unexpected_keys[:_MOST_CELLS] or (check.table_name,):
        # A rule about all tables begins its keys with the name of the table: "projects/2019-x.name".
        tables = (check.table_name, key.partition("/")[0])
        table = next((table for table in tables if (table, key) in places), None)
        place = _Place({FILE: file}) if table is None else places[table, key]
        finding = Finding(
            str(place.row[FILE]),
            check.description_nb,
            check.description_en,
            row_number=place.row.get(ROW),  # pyright: ignore[reportArgumentType]  # a column of whole numbers
            column_name=place.name,
            value=(cell_text(place.row.get(place.name)) or None) if place.name else key,
            rule=Rule.CONTENT,
            is_note=is_note,
        )
        yield ContentFault(finding, result, table, place.row)

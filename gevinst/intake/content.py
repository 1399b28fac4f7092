"""Content checks with the place of each fault: those of new rows, and those that a run makes of the raw files.

Belongs here: tracing a key at fault back to file, row, column and value.
Does not belong here: the checks (`gevinst.quality`), and whether a fault keeps rows out (`append.py`, workbooks).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from gevinst.bilingual import LANGUAGES, Bilingual
from gevinst.contracts import contract
from gevinst.findings import Finding, Rule
from gevinst.intake.core import CoreTables, read_typed
from gevinst.intake.read_csv import FILE, ROW
from gevinst.intake.write_csv import cell_text
from gevinst.quality import CheckResult, new_faults

_MOST_CELLS = 100
"""Cells listed per check; more of them would be the same mistake repeated in every row."""
_MOST_NAMED = 3

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

    A warning becomes a note. A fault that is in none of the rows, but came with them, is reported in the first row of
    its table; without any row, for `file`. Checks whose finds are told once are left out. The first call in a process
    may import Great Expectations, which takes seconds.
    """
    found = [result for result in new_faults(before.frames, after.frames) if not result.check.is_told_once]
    places = _places_of(found, rows)
    return [fault for result in found for fault in list(_located(result, places)) or [_elsewhere(result, rows, file)]]


def located_faults(results: Iterable[CheckResult], raw_dir: Path) -> list[Finding]:
    """One finding per listed key of `results`, with the file below `raw_dir`, row, column and value it is about.

    Faults of tables that no file holds (results of a run) are found in no row, and left out.

    Raises:
        IntakeError: the raw files cannot be read as they are.
    """
    found = list(results)
    places = _places_of(found, read_typed(raw_dir).rows)
    return [fault.finding for result in found for fault in _located(result, places)]


def _bare(key: str) -> str:
    """A key without what a check says of it in brackets, such as both of two values that may be swapped."""
    return key.partition(" (")[0]


def _places_of(results: Iterable[CheckResult], rows: Rows) -> dict[tuple[str, str], _Place]:
    wanted = {_bare(key) for result in results for key in result.unexpected_keys}
    return {key: place for key, place in _places(rows) if key[1] in wanted} if wanted else {}


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


def _located(result: CheckResult, places: Mapping[tuple[str, str], _Place]) -> Iterator[ContentFault]:
    """The faults that are in the rows. Of two rows that are the same, only the one added is to be corrected."""
    for key in result.unexpected_keys[:_MOST_CELLS]:
        # A rule about all tables begins its keys with the name of the table: "projects/2019-x.name".
        tables = (result.check.table_name, key.partition("/")[0])
        table = next((table for table in tables if (table, _bare(key)) in places), None)
        if table is not None:
            about = key.partition(" (")[2].removesuffix(")")
            yield _fault(result, table, places[table, _bare(key)], result.check.fault(about))


def _elsewhere(result: CheckResult, rows: Rows, file: str) -> ContentFault:
    """A fault that came with the rows and is in none of them, or in the table as a whole."""
    named = ", ".join(_bare(key) for key in result.unexpected_keys[:_MOST_NAMED]) or result.check.table_name
    reason = Bilingual(*(f"{result.check.fault()(language)} [{named}]" for language in LANGUAGES))
    tables = [name for name, frame in rows.items() if frame.height]
    table = next((name for name in tables if name == result.check.table_name), tables[0] if tables else None)
    if table is None:
        finding = Finding(file, reason.nb, reason.en, rule=Rule.CONTENT, is_note=not result.stops_publication)
        return ContentFault(finding, result, None, {})
    return _fault(result, table, _Place(rows[table].row(0, named=True)), reason)


def _fault(result: CheckResult, table: str, place: _Place, reason: Bilingual) -> ContentFault:
    """A fault in a row: in the column that the key names, else the one that the check is about, else its own key."""
    column = next(name for name in (place.name, result.check.column, contract(table).key[0]) if name in place.row)
    finding = Finding(
        str(place.row[FILE]),
        reason.nb,
        reason.en,
        row_number=place.row.get(ROW),  # pyright: ignore[reportArgumentType]  # a column of whole numbers
        column_name=column,
        value=cell_text(place.row.get(column)) or None,
        rule=Rule.CONTENT,
        is_note=not result.stops_publication,
    )
    return ContentFault(finding, result, table, place.row)

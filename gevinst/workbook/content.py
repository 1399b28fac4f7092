"""The checks of content, carried out on the tables as they would be with the new rows in them.

Belongs here: which checks apply before there are any results, and which cell a key at fault stands in.
Does not belong here: the checks (`gevinst.quality`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from gevinst.contracts import CORE
from gevinst.findings import Finding, Rule
from gevinst.quality import Check, Severity, run_checks
from gevinst.quality.catalogue import ALL_CHECKS
from gevinst.quality.invariants import INVARIANTS
from gevinst.quality.model import ALL_TABLES
from gevinst.quality.suites import SuiteCheck
from gevinst.workbook.filled import Filled, Row
from gevinst.workbook.merge_rows import Incoming, Texts

Frames = Mapping[str, pl.DataFrame]

_CORE_NAMES = {contract.name for contract in CORE}
_INVARIANTS = {invariant.check.check_id: invariant for invariant in INVARIANTS}
_MOST_CELLS = 100
"""Cells listed per check; one mistake repeated in every row is one mistake."""


@dataclass(frozen=True, slots=True)
class _Place:
    filled: Filled
    row: Row
    name: str | None = None


def content_findings(before: Frames, after: Frames, incoming: Incoming, file: str) -> list[Finding]:
    """One finding per new fault and cell; `before` and `after` are core tables without and with the new rows.

    A fault that was there before is not the evaluator's. A warning is a note: it is told and stops nothing.
    """
    found: list[tuple[Check, list[str]]] = []
    for check in _applying(set(incoming.rows)):
        keys = _faults(check, after)
        if keys and (new := sorted(set(keys) - set(_faults(check, before)))):
            found.append((check, new[:_MOST_CELLS]))
    wanted = {key for _, keys in found for key in keys}
    places = {name: place for name, place in _places(incoming) if name[1] in wanted} if wanted else {}
    return [finding for check, keys in found for finding in _located(check, keys, places, file)]


def _applying(tables: set[str]) -> Iterator[Check]:
    """Checks of the tables that get rows, and of all tables, that read nothing but core tables."""
    for check in ALL_CHECKS:
        if isinstance(check, SuiteCheck):
            if check.table_name in tables:
                yield check
        elif check.table_name in _CORE_NAMES | {ALL_TABLES} and set(_INVARIANTS[check.check_id].reads) <= _CORE_NAMES:
            yield check


def _faults(check: Check, tables: Frames) -> Iterable[str]:
    """Keys at fault: all of them for rules across tables, the first ten for expectations about one."""
    if check.check_id in _INVARIANTS:
        return _INVARIANTS[check.check_id].rule(tables).unexpected_keys
    result = run_checks([check], tables)[0]
    return result.unexpected_keys or (() if result.is_passed else (check.table_name,))


def _places(incoming: Incoming) -> Iterator[tuple[tuple[str, str], _Place]]:
    """Table and every way in which a check may name a new row: its key, table and key, a column of it, its project."""
    for table, found in incoming.rows.items():
        for filled, row, texts in reversed(found):
            contract = filled.plan.contract
            key = "/".join(texts[name] or "" for name in contract.key)
            place = _Place(filled, row)
            for start in ("", f"{table}/"):
                for column in contract.columns:
                    yield (table, f"{start}{key}.{column.name}"), _Place(filled, row, column.name)
                    if column.name.endswith(("_nb", "_on")):
                        yield (table, f"{start}{key}.{column.name[:-3]}"), _Place(filled, row, column.name)
            yield from (((table, text), place) for text in (*_subjects(texts), f"{table}/{key}", key))


def _subjects(texts: Texts) -> Iterator[str]:
    unit = [texts.get(name) for name in ("assessment_round_id", "project_id", "rated_driver_code")]
    if all(unit):
        yield "/".join(text or "" for text in unit)
    if project := texts.get("project_id"):
        yield project


def _located(check: Check, keys: list[str], places: Mapping[tuple[str, str], _Place], file: str) -> Iterator[Finding]:
    nb, en = check.description_nb, check.description_en
    is_note = check.severity is not Severity.CRITICAL
    for key in keys:
        tables = (check.table_name, key.partition("/")[0])
        place = next((place for table in tables if (place := places.get((table, key)))), None)
        if place is None:
            yield Finding(file, nb, en, value=key, rule=Rule.CONTENT, is_note=is_note)
            continue
        value = place.row.texts.get(place.name) if place.name else key
        yield place.filled.finding(
            Rule.CONTENT, nb, en, row=place.row.number, name=place.name, value=value, is_note=is_note
        )

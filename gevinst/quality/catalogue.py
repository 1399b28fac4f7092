"""All checks in one list, and the one way to run them.

Belongs here: finding checks by table and running them, so that each check becomes one row and one asset check.
Does not belong here: the checks (`suites`, `invariants`) and what happens when one fails (the callers).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import polars as pl

from gevinst.contracts import CORE, CORRECTIONS, QUARANTINE, contract
from gevinst.quality.bridge import run_suite
from gevinst.quality.invariants import INVARIANTS, PREVIOUS, Tables
from gevinst.quality.model import ALL_TABLES, LISTED_KEYS, Check, CheckResult, QualityError
from gevinst.quality.suites import SUITE_CHECKS, SuiteCheck

_Frames = Mapping[str, pl.DataFrame]
_Given = Mapping[str, pl.DataFrame] | Mapping[str, pl.LazyFrame] | Mapping[str, pl.DataFrame | pl.LazyFrame]

_INVARIANTS = {invariant.check.check_id: invariant for invariant in INVARIANTS}

ALL_CHECKS: tuple[Check, ...] = (*SUITE_CHECKS, *(invariant.check for invariant in INVARIANTS))
"""Every check; ids are unique and permanent."""

CORE_TABLES = (*CORE, CORRECTIONS, QUARANTINE)
"""Tables that are read and not computed."""

_CORE_NAMES = {table.name for table in CORE_TABLES}

CORE_CHECKS: tuple[Check, ...] = tuple(check for check in ALL_CHECKS if check.table_name in _CORE_NAMES)
"""Checks about tables that are read. They read no other tables, and so can stop a run before marts are computed."""

# `ALL_TABLES` rules look at whatever tables they are given, and so work without marts.
RAW_CHECKS = tuple(check for check in ALL_CHECKS if check in CORE_CHECKS or check.table_name == ALL_TABLES)


def checks_for(table_name: str) -> tuple[Check, ...]:
    """The checks about one table, of both kinds; `ALL_TABLES` gives those about all of them."""
    return tuple(check for check in ALL_CHECKS if check.table_name == table_name)


def run_checks(
    checks: Iterable[Check], tables: _Given, previous: _Given | None = None, listed: int | None = LISTED_KEYS
) -> list[CheckResult]:
    """Results of `checks`, in their order, with the first `listed` keys of deviating rows (`None`: all of them).

    `tables` holds every table that the checks read, by name; those about all tables look at whatever is given. Of lazy
    frames, which may come from an engine that holds more than fits here, no table is ever read whole.
    `previous` holds the core tables of the edition published before, if there is one. The first check of a table's
    content in a process imports Great Expectations, which takes seconds.

    Raises:
        QualityError: a table is missing or a check itself is at fault; with the names of both.
    """
    wanted = list(checks)
    suites: dict[str, list[SuiteCheck]] = {}
    for check in wanted:
        if isinstance(check, SuiteCheck):
            suites.setdefault(check.prepared.name if check.prepared else check.table_name, []).append(check)
    missing = sorted({name for suite in suites.values() for name in _reads(suite[0])} - set(tables))
    if missing:
        raise QualityError(f"there are checks of {', '.join(missing)}, but no such table was given")
    given = {name: frame.lazy() for name, frame in tables.items()}
    results = {
        result.check.check_id: result
        for name, suite in suites.items()
        for result in run_suite(name, *_frame(suite[0], given), suite, listed)
    }
    given.update({PREVIOUS + name: frame.lazy() for name, frame in (previous or {}).items()})
    for check in wanted:
        if check.check_id not in results:
            results[check.check_id] = _INVARIANTS[check.check_id](given, listed)
    return [results[check.check_id] for check in wanted]


def _reads(check: SuiteCheck) -> tuple[str, ...]:
    return check.prepared.reads if check.prepared else (check.table_name,)


def _frame(check: SuiteCheck, tables: Tables) -> tuple[tuple[str, ...], pl.LazyFrame]:
    """The frame that a suite is about, after the columns that name its rows."""
    if check.prepared:
        return check.prepared.key, check.prepared.make(tables)
    return contract(check.table_name).key, tables[check.table_name]


def new_faults(before: _Frames, after: _Frames) -> list[CheckResult]:
    """Results of every check that needs no marts, for faults in `after` that are not in `before`, with all new keys.

    Both hold all of `CORE_TABLES`. A fault that was there before is not the fault of the rows added now, and does not
    stop them. Expectations about one table are run only for the tables that differ, since the others give the same
    result. Only the checks that find something are run on `before`.
    """
    changed = {name for name, frame in after.items() if not frame.equals(before[name])}
    checks = [
        check for check in RAW_CHECKS if not isinstance(check, SuiteCheck) or not changed.isdisjoint(_reads(check))
    ]
    found = [result for result in run_checks(checks, after, listed=None) if result.unexpected_keys or result.has_failed]
    known = run_checks([result.check for result in found], before, listed=None)
    new: list[CheckResult] = []
    for now, then in zip(found, known, strict=True):
        keys = tuple(sorted(set(now.unexpected_keys) - set(then.unexpected_keys)))
        # A check without keys is about the table as a whole: it is new when it passed before.
        if keys or (not now.unexpected_keys and not then.has_failed):
            new.append(replace(now, unexpected_keys=keys, unexpected_count=len(keys)))
    return new

"""All checks in one list, and the one way to run them.

Belongs here: finding checks by table and running them, so that each check becomes one row and one asset check.
Does not belong here: the checks (`suites`, `invariants`) and what happens when one fails (whoever runs them).
"""

from __future__ import annotations

from collections.abc import Iterable

from gevinst.quality.bridge import run_suite
from gevinst.quality.invariants import INVARIANTS, PREVIOUS, Tables
from gevinst.quality.model import Check, CheckResult, QualityError
from gevinst.quality.suites import SUITE_CHECKS, SuiteCheck

_INVARIANTS = {invariant.check.check_id: invariant for invariant in INVARIANTS}

ALL_CHECKS: tuple[Check, ...] = (*SUITE_CHECKS, *(invariant.check for invariant in INVARIANTS))
"""Every check; ids are unique and permanent."""


def checks_for(table_name: str) -> tuple[Check, ...]:
    """The checks about one table, of both kinds; `ALL_TABLES` gives those about all of them."""
    return tuple(check for check in ALL_CHECKS if check.table_name == table_name)


def run_checks(checks: Iterable[Check], tables: Tables, previous: Tables | None = None) -> list[CheckResult]:
    """Results of `checks`, in their order.

    `tables` holds every table that the checks read, by name; those about all tables look at whatever is given.
    `previous` holds the core tables of the edition published before, if there is one. The first check of a table's
    content in a process imports Great Expectations, which takes seconds.

    Raises:
        QualityError: a table is missing or a check itself is at fault; with the names of both.
    """
    wanted = list(checks)
    suites: dict[str, list[SuiteCheck]] = {}
    for check in wanted:
        if isinstance(check, SuiteCheck):
            suites.setdefault(check.table_name, []).append(check)
    missing = sorted(set(suites) - set(tables))
    if missing:
        raise QualityError(f"there are checks of {', '.join(missing)}, but no such table was given")
    results = {
        result.check.check_id: result
        for name, suite in suites.items()
        for result in run_suite(name, tables[name], suite)
    }
    given = {**tables, **{PREVIOUS + name: frame for name, frame in (previous or {}).items()}}
    for check in wanted:
        if check.check_id not in results:
            results[check.check_id] = _INVARIANTS[check.check_id](given)
    return [results[check.check_id] for check in wanted]

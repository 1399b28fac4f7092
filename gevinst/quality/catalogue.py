"""All checks in one list, and the two ways to run them.

Belongs here: finding checks by table and running them, so that each check becomes one row and one asset check.
Does not belong here: the checks (`suites`, `invariants`) and what happens when one fails (whoever runs them).
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from gevinst.quality.bridge import run_suite
from gevinst.quality.invariants import INVARIANTS, PREVIOUS, Tables
from gevinst.quality.model import Check, CheckResult
from gevinst.quality.suites import SUITE_CHECKS

ALL_CHECKS: tuple[Check, ...] = (*SUITE_CHECKS, *(invariant.check for invariant in INVARIANTS))
"""Every check; ids are unique and permanent."""


def checks_for(table_name: str) -> tuple[Check, ...]:
    """The checks about one table, of both kinds; `ALL_TABLES` gives those about all of them."""
    return tuple(check for check in ALL_CHECKS if check.table_name == table_name)


def run_table_checks(table_name: str, frame: pl.DataFrame) -> list[CheckResult]:
    """Results of the checks on the content of one table; none when the table has no suite.

    The first call of a process imports Great Expectations, which takes seconds. Raises `QualityError` when a check
    itself is at fault.
    """
    return run_suite(table_name, frame, [check for check in SUITE_CHECKS if check.table_name == table_name])


def run_invariants(tables: Tables, previous: Mapping[str, pl.DataFrame] | None = None) -> list[CheckResult]:
    """Results of the rules across tables.

    `tables` holds the core tables, the marts, `quarantine` and `corrections`; `previous` the core tables of the
    edition published before, if there is one. Raises `QualityError` naming the check and the tables it lacks.
    """
    given = {**tables, **{PREVIOUS + name: frame for name, frame in (previous or {}).items()}}
    return [invariant(given) for invariant in INVARIANTS]

"""How many checks passed, and how many cells of a table are filled: counts over what an edition holds.

Belongs here: counting rows of `quality_checks`, and filled cells, for whoever reports them.
Does not belong here: the checks, and figures about projects (`gevinst.method.headlines`).

These are counted from the published frames and are no mart: results of checks exist only after the marts, and a stored
table of counts would be written twice in a run (after the checks of core tables and after those of marts) and could
contradict the rows it counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from gevinst.addresses import addressed
from gevinst.contracts.vocabulary import Severity


@dataclass(frozen=True, slots=True)
class CheckCounts:
    """How many checks were run, passed and failed; `critical_failed` is the part of `failed` that stops an edition."""

    count: int
    passed: int
    failed: int
    critical_failed: int


def count_checks(checks: pl.DataFrame) -> CheckCounts:
    """Counts over rows of `quality_checks`; all 0 where no check was run. Each carries the address of its rows."""
    failed = checks.filter(~pl.col("is_passed"))
    critical = failed.filter(pl.col("severity_code") == Severity.CRITICAL.value)
    count, name = checks.height, "quality_checks"
    return CheckCounts(
        addressed(count, name),
        addressed(count - failed.height, f"{name}.is_passed=true"),
        addressed(failed.height, f"{name}.is_passed=false"),
        critical.height,
    )


def counts_of_table(checks: pl.DataFrame, table_name: str) -> CheckCounts:
    """Counts over the checks that are about one table; each carries the address of the table's checks."""
    counted = count_checks(checks.filter(pl.col("table_name") == table_name))
    place = f"quality_checks.table_name={table_name}"
    numbers = (addressed(int(one), place) for one in (counted.count, counted.passed, counted.failed))
    return CheckCounts(*numbers, counted.critical_failed)


def filled_cells(frame: pl.DataFrame) -> dict[str, int]:
    """Number of rows that are not null, by column."""
    return frame.select(pl.all().count()).row(0, named=True)

"""How many checks passed, and how many cells of a table are filled: counts over what an edition holds.

Belongs here: counting rows of `quality_checks`, and filled cells, for whoever reports them.
Does not belong here: the checks, and figures about projects (`gevinst.method.headlines`).

These are counted from the published frames and are no mart: results of checks exist only after the marts, and a stored
table of counts would be written twice in a run (after the checks of core tables and after those of marts) and could
contradict the rows it counts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from gevinst.addresses import addressed
from gevinst.contracts.vocabulary import CheckOutcome, Severity


@dataclass(frozen=True, slots=True)
class CheckCounts:
    """How many checks looked at something, and how many of them passed and failed; `nothing` are those beside them that
    had nothing to check.

    `critical_failed` is the part of `failed` that stops an edition.
    """

    count: int
    passed: int
    failed: int
    nothing: int
    critical_failed: int


def count_checks(checks: pl.DataFrame) -> CheckCounts:
    """Counts over rows of `quality_checks`; all 0 where no check was run. Each carries the address of its rows."""
    place, outcome = "quality_checks", pl.col("check_outcome_code")
    failed = checks.filter(outcome == CheckOutcome.FAILED.value)
    passed, nothing = (checks.filter(outcome == code.value) for code in (CheckOutcome.PASSED, CheckOutcome.NOTHING))
    critical = failed.filter(pl.col("severity_code") == Severity.CRITICAL.value)
    return CheckCounts(
        addressed(passed.height + failed.height, place),
        addressed(passed.height, f"{place}.check_outcome_code={CheckOutcome.PASSED.value}"),
        addressed(failed.height, f"{place}.check_outcome_code={CheckOutcome.FAILED.value}"),
        addressed(nothing.height, f"{place}.check_outcome_code={CheckOutcome.NOTHING.value}"),
        critical.height,
    )


def counts_of_table(checks: pl.DataFrame, table_name: str) -> CheckCounts:
    """Counts over the checks that are about one table; each carries the address of the table's checks."""
    counted = count_checks(checks.filter(pl.col("table_name") == table_name))
    place = f"quality_checks.table_name={table_name}"
    return replace(
        counted,
        count=addressed(int(counted.count), place),
        passed=addressed(int(counted.passed), place),
        failed=addressed(int(counted.failed), place),
        nothing=addressed(int(counted.nothing), place),
    )


CLAIMS_CHECK, SOURCES_CHECK = "claims_rest_on_an_address", "sources_have_address"


@dataclass(frozen=True, slots=True)
class Unaddressed:
    """How many claims of benefits rest on a source without a public address, of how many, and the sources without one
    for which nobody has entered that they searched in vain."""

    claims: int
    of_claims: int
    sources: int


def count_unaddressed(checks: pl.DataFrame) -> Unaddressed | None:
    """What the two checks of addresses counted; `None` where one of them was not run."""
    found = {row["check_id"]: row for row in checks.iter_rows(named=True)}
    if not {CLAIMS_CHECK, SOURCES_CHECK} <= set(found):
        return None
    claims, sources = found[CLAIMS_CHECK], found[SOURCES_CHECK]
    return Unaddressed(claims["unexpected_count"], claims["checked_count"], sources["unexpected_count"])


def filled_cells(frame: pl.DataFrame) -> dict[str, int]:
    """Number of rows that are not null, by column."""
    return frame.select(pl.all().count()).row(0, named=True)

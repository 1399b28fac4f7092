"""Quality checks as Dagster asset checks: one row each, critical ones block the edition.

Belongs here: the one step that runs every check (Great Expectations is imported once) and reports to Dagster.
Does not belong here: the checks and how they are run (`gevinst.quality`).
"""

from collections.abc import Iterator

import dagster as dg

from assets.metadata import table_key
from gevinst.contracts import CORE, CORRECTIONS, MARTS, QUALITY_CHECKS, QUARANTINE, contract
from gevinst.edition.assemble import published_tables
from gevinst.quality import (
    ALL_CHECKS,
    ALL_TABLES,
    Check,
    CheckResult,
    Severity,
    results_frame,
    run_invariants,
    run_table_checks,
)
from pipelines.resources import Installation

_CHECKED = (*CORE, CORRECTIONS, QUARANTINE, *MARTS)
_SEVERITY = {Severity.CRITICAL: dg.AssetCheckSeverity.ERROR}


def _asset(check: Check) -> dg.AssetKey:
    """The asset a check is shown at; one about all tables is shown where an edition's knowledge begins."""
    return table_key(contract("edition_years" if check.table_name == ALL_TABLES else check.table_name))


def _outcome(result: CheckResult) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        check_name=result.check.check_id,
        asset_key=_asset(result.check),
        passed=result.is_passed,
        severity=_SEVERITY.get(result.check.severity, dg.AssetCheckSeverity.WARN),
        description=result.check.description_en,
        metadata={
            "checked": result.checked_count,
            "unexpected": result.unexpected_count,
            "keys": ", ".join(result.unexpected_keys) or "none",
            "owner": result.check.owner,
        },
    )


_SPECS = [
    dg.AssetCheckSpec(
        check.check_id,
        asset=_asset(check),
        description=check.description_en,
        blocking=check.severity is Severity.CRITICAL,
        additional_deps=[table_key(table) for table in _CHECKED if table_key(table) != _asset(check)],
    )
    for check in ALL_CHECKS
]


@dg.multi_asset_check(name="quality_checks", specs=_SPECS, pool="warehouse")
def quality_checks(installation: Installation) -> Iterator[dg.AssetCheckResult]:
    """Run every check, keep the results for the edition's quality page, and tell Dagster."""
    warehouse = installation.warehouse()
    tables = {table.name: warehouse.read(table) for table in _CHECKED}
    results = [result for name, frame in tables.items() for result in run_table_checks(name, frame)]
    results += run_invariants(tables, published_tables(installation.settings()))
    is_illustrative = bool(tables["sources"]["is_illustrative"].any())
    warehouse.write(QUALITY_CHECKS, results_frame(results, is_illustrative=is_illustrative))
    yield from map(_outcome, results)

"""Quality checks as Dagster asset checks: one row each, critical ones block the edition.

Belongs here: the two steps that run checks and report them. Checks of core tables are shown at their tables and hold
back the marts; checks of marts and of everything together are shown at the table of results, which holds back the
edition. (Shown at the marts, they would have to hold back each other.)
Does not belong here: the checks and how they are run (`gevinst.quality`).
"""

from collections.abc import Iterator, Sequence

import dagster as dg

from assets.failures import failure, report_errors
from assets.metadata import spec, stored, table_key
from assets.resources import Installation
from gevinst.bilingual import LANGUAGES
from gevinst.contracts import MARTS, QUALITY_CHECKS, contract
from gevinst.edition.assemble import published_tables
from gevinst.intake.content import located_faults
from gevinst.quality import (
    ALL_CHECKS,
    CORE_CHECKS,
    CORE_TABLES,
    Check,
    CheckResult,
    Severity,
    results_frame,
    run_checks,
)

_OTHER_CHECKS = [check for check in ALL_CHECKS if check not in CORE_CHECKS]


def _specs(checks: Sequence[Check]) -> list[dg.AssetCheckSpec]:
    return [
        dg.AssetCheckSpec(
            check.check_id,
            asset=_asset(check),
            description=check.description.en,
            blocking=check.severity is Severity.CRITICAL,
        )
        for check in checks
    ]


def _asset(check: Check) -> dg.AssetKey:
    return table_key(contract(check.table_name) if check in CORE_CHECKS else QUALITY_CHECKS)


def _outcome(result: CheckResult) -> dg.AssetCheckResult:
    is_critical = result.check.severity is Severity.CRITICAL
    return dg.AssetCheckResult(
        check_name=result.check.check_id,
        asset_key=_asset(result.check),
        passed=not result.has_failed,
        severity=dg.AssetCheckSeverity.ERROR if is_critical else dg.AssetCheckSeverity.WARN,
        description=result.check.description.en,
        metadata={
            "outcome": result.outcome.value,  # Dagster knows only passed or not
            "checked": result.checked_count,
            "unexpected": result.unexpected_count,
            "keys": result.shown_keys or "none",
            "owner": result.check.owner.value,
        },
    )


def _reported(results: list[CheckResult], installation: Installation) -> Iterator[dg.AssetCheckResult]:
    """Every outcome; then, if one of them holds back the edition, the step fails and says what to fix, and where."""
    # Outcomes first: a step that fails before it has yielded them shows no check at all.
    yield from map(_outcome, results)
    stops = [result for result in results if result.stops_publication]
    if stops:
        with report_errors():
            places = located_faults(stops, installation.settings().raw_dir)
        said = {code: "\n".join(found.sentence(code) for found in (*stops, *places)) for code in LANGUAGES}
        raise failure(said["nb"], said["en"], stops[0].check.owner)


@dg.multi_asset_check(name="core_checks", specs=_specs(CORE_CHECKS), pool="warehouse")
def core_checks(context: dg.AssetCheckExecutionContext, installation: Installation) -> Iterator[dg.AssetCheckResult]:
    """Check what was read, before anything is computed from it."""
    warehouse = installation.warehouse()
    with report_errors():
        context.log.info(
            f"{len(CORE_CHECKS)} checks of {len(CORE_TABLES)} tables; loading Great Expectations takes some seconds"
        )
        with warehouse.scans(CORE_TABLES) as tables:
            results = run_checks(CORE_CHECKS, tables)
        warehouse.write(QUALITY_CHECKS, results_frame(results, is_illustrative=installation.is_illustrative()))
    yield from _reported(results, installation)


@dg.multi_asset(
    name="quality_checks",
    specs=[spec(QUALITY_CHECKS, [table_key(table) for table in (*CORE_TABLES, *MARTS)], made_by="gevinst.quality")],
    check_specs=_specs(_OTHER_CHECKS),
    pool="warehouse",
)
def quality_checks(
    context: dg.AssetExecutionContext, installation: Installation
) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """Check marts and everything together, and keep all results for the edition's quality page."""
    warehouse = installation.warehouse()
    with report_errors():
        context.log.info(f"{len(_OTHER_CHECKS)} checks of {len(CORE_TABLES) + len(MARTS)} tables together")
        with warehouse.scans([*CORE_TABLES, *MARTS]) as tables:
            results = run_checks(_OTHER_CHECKS, tables, published_tables(installation.settings()))
        frame = results_frame(results, is_illustrative=installation.is_illustrative())
        of_core = warehouse.read(QUALITY_CHECKS).join(frame, on="check_id", how="anti")
        row_count = warehouse.write(QUALITY_CHECKS, of_core.vstack(frame))
    yield stored(QUALITY_CHECKS, row_count)
    yield from _reported(results, installation)

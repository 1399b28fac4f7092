"""Start a job from the shell: ``python -m pipelines.run publish --year 2026``.

Belongs here: starting a run, its last words, and the first line that a failed run says.
Does not belong here: what the jobs do (`jobs.py`) and what is shown meanwhile (`progress.py`).
"""

import argparse
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import dagster as dg
import polars as pl

from gevinst.edition.assemble import candidate_of
from gevinst.edition.model import PARQUET_FOLDER, SITE
from gevinst.settings import Settings, load_settings
from gevinst.site.sentences import changes_summary
from gevinst.site.texts import Catalogue
from pipelines.definitions import definitions
from pipelines.jobs import JOBS


def main(arguments: list[str] | None = None) -> int:
    """Run one job for one edition year; 0 when it succeeded, 1 when it did not."""
    asked = _parser().parse_args(arguments)
    job = definitions().resolve_job_def(asked.job)
    with _instance() as instance:
        result = job.execute_in_process(
            partition_key=str(asked.year),
            instance=instance,
            run_config={"loggers": {"progress": {}}},
            raise_on_error=False,
        )
    if not result.success:
        print("\n".join(failure_reasons(result)), file=sys.stderr)
        return 1
    settings = load_settings()
    folder = settings.current if asked.job == "publish" else candidate_of(settings, asked.year)
    print(_last_words(folder, settings, asked.year, asked.language, _is_unchanged(result)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m pipelines.run", description=__doc__.splitlines()[0])
    parser.add_argument(
        "job", choices=[job.name for job in JOBS], help="refresh builds a candidate; publish also puts it in force"
    )
    parser.add_argument("--year", type=int, default=date.today().year, help="edition year (default: this year)")
    parser.add_argument("--language", choices=["nb", "en"], default="en", help="language of the closing summary")
    return parser


def _instance() -> dg.DagsterInstance:
    """The instance of ``DAGSTER_HOME``, so that the run is seen in the UI; one that is forgotten when it is not set."""
    return dg.DagsterInstance.get() if os.environ.get("DAGSTER_HOME") else dg.DagsterInstance.ephemeral()


def failure_reasons(result: dg.ExecuteInProcessResult) -> list[str]:
    """Why the run failed, what to mend in the first line; steps that only waited for others are left out."""
    reasons = [_failed_check(found) for found in result.get_asset_check_evaluations() if _stops(found)]
    if not reasons:
        failures = [event.step_failure_data for event in result.all_events if event.is_step_failure]
        reasons = [_said(failure) for failure in failures] or ["the run failed before its first step"]
    return [*reasons, "Nothing that is published was changed."]


def _stops(found: dg.AssetCheckEvaluation) -> bool:
    return not found.passed and found.severity is dg.AssetCheckSeverity.ERROR


def _failed_check(found: dg.AssetCheckEvaluation) -> str:
    keys = found.metadata["keys"].value
    return f"{found.asset_key.path[-1]}: check {found.check_name} failed for {keys}. {found.description}"


def _said(failure: Any) -> str:
    if failure.user_failure_data and failure.user_failure_data.description:
        return failure.user_failure_data.description
    error = failure.error.cause or failure.error if failure.error else None
    return error.message.strip() if error else "a step failed without a message"


def _is_unchanged(result: dg.ExecuteInProcessResult) -> bool:
    published = [
        event.materialization.metadata["is_published"].value
        for event in result.get_asset_materialization_events()
        if "is_published" in event.materialization.metadata
    ]
    return published == [False]


def _last_words(folder: Path, settings: Settings, year: int, language: str, is_unchanged: bool) -> str:
    """What changed, and where the site is."""
    changes = pl.read_parquet(folder / PARQUET_FOLDER / "edition_changes.parquet").filter(
        pl.col("edition_year") == year
    )
    checks = pl.read_parquet(folder / PARQUET_FOLDER / "quality_checks.parquet")
    passed = int(checks["is_passed"].sum())
    lines = [
        "",
        f"Edition {folder.resolve().name}"
        + (" is in force already; nothing has changed since it was published." if is_unchanged else ""),
        changes_summary(changes, year - 1 if year > settings.first_edition_year else None, Catalogue(language)),
        f"Checks passed: {passed} of {checks.height}.",
        f"Site: {os.path.relpath(folder / SITE / 'index.html')}",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())

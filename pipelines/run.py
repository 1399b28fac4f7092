"""Start a job from the shell: ``python -m pipelines.run publish --year 2026``.

Belongs here: starting a run, its last words, and the first line that a failed run says.
Does not belong here: what the jobs do (`jobs.py`) and what is shown meanwhile (`progress.py`).
"""

import argparse
import os
import sys
from datetime import date
from pathlib import Path

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
    folder = settings.current.resolve() if asked.job == "publish" else candidate_of(settings, asked.year)
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
    reasons: list[str] = []
    for event in result.all_events:
        if event.is_step_failure:
            failure = event.step_failure_data
            said = failure.user_failure_data.description if failure.user_failure_data else None
            error = failure.error.cause or failure.error if failure.error else None
            reasons.append(said or (error.message.strip() if error else "the step failed without a message"))
            reasons.append(f"(step {event.step_key}; nothing that is published was changed)")
    return reasons or ["the run failed before its first step; see Dagster's log"]


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
        f"Edition {folder.name}"
        + (" is in force already; nothing has changed since it was published." if is_unchanged else ""),
        changes_summary(changes, year - 1 if year > settings.first_edition_year else None, Catalogue(language)),
        f"Checks passed: {passed} of {checks.height}.",
        f"Site: {os.path.relpath(folder / SITE / 'index.html')}",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())

"""Start a job from the shell: ``python -m pipelines.run publish --year 2026``.

Belongs here: starting a run, its last words, and the first line that a failed run says.
Does not belong here: what the jobs do (`jobs.py`) and what is shown meanwhile (`progress.py`).
"""

import argparse
import json
import os
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import dagster as dg
import polars as pl

from assets.resources import DRY_RUN, PAGE_TAG
from gevinst.edition.assemble import candidate_of
from gevinst.language.texts import Catalogue
from gevinst.layout import MANIFEST, PARQUET_FOLDER, SITE
from gevinst.quality import count_checks
from gevinst.settings import Settings, load_settings
from gevinst.site.sentences.portfolio import changes_summary
from pipelines.definitions import definitions
from pipelines.jobs import JOBS
from pipelines.progress import first_words


def main(arguments: list[str] | None = None) -> int:
    """Run one job for each edition year asked for, oldest first; 0 when all succeeded, 1 when one did not.

    A year that fails does not keep the others from their turn.
    """
    asked = _parser().parse_args(arguments)
    job = definitions().resolve_job_def(asked.job)
    done: list[str] = []
    has_failed = False
    for year in asked.year:
        began = time.monotonic()
        with _instance() as instance:
            result = job.execute_in_process(partition_key=str(year), instance=instance, raise_on_error=False)
            run = instance.get_run_by_id(result.run_id)
        page = _page(run.tags[PAGE_TAG]) if run and PAGE_TAG in run.tags else []
        if not result.success:
            reasons = failure_reasons(result)
            print("\n".join([*reasons, *page]), file=sys.stderr)
            done.append(f"{year}  failed    {reasons[0].splitlines()[0]}")
            has_failed = True
        elif asked.job == DRY_RUN:
            print("\n".join(["", _told(result)[f"summary_{asked.language}"], *page]))
            done.append(f"{year}  tried")
        else:
            settings, outcome = load_settings(), _outcome(result)
            folder = settings.editions_dir / outcome["edition_id"] if outcome else candidate_of(settings, year)
            print(_last_words(folder, settings, year, asked.language, outcome))
            done.append(_one_line(folder, year, outcome, time.monotonic() - began))
    if len(done) > 1:
        print("\n".join(["", *done]))
    return int(has_failed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m pipelines.run", description=__doc__.splitlines()[0])
    parser.add_argument(
        "job",
        choices=[job.name for job in JOBS],
        help="refresh builds a candidate; publish also puts it in force; dry_run shows what would change",
    )
    parser.add_argument(
        "--year",
        "--years",
        type=_years,
        default=[date.today().year],
        help="edition year, or the first and the last, such as 2021-2026 (default: this year)",
    )
    parser.add_argument("--language", choices=["nb", "en"], default="en", help="language of the closing summary")
    return parser


def _years(text: str) -> list[int]:
    first, _, last = text.partition("-")
    years = list(range(int(first), int(last or first) + 1))
    if not years:
        raise argparse.ArgumentTypeError(f"{text} goes backwards; name the earlier year first")
    return years


def _instance() -> dg.DagsterInstance:
    """The instance of ``DAGSTER_HOME``, so that the run is seen in the UI; one that is forgotten when it is not set."""
    return dg.DagsterInstance.get() if os.environ.get("DAGSTER_HOME") else dg.DagsterInstance.ephemeral()


def failure_reasons(result: dg.ExecuteInProcessResult) -> list[str]:
    """Why the run failed, what to mend in the first line; steps that only waited for others are left out."""
    failures = [event.step_failure_data for event in result.all_events if event.is_step_failure]
    reasons = [first_words(failure) for failure in failures] or ["the run failed before its first step"]
    return [*reasons, "Nothing that is published was changed."]


def _page(path: str) -> list[str]:
    return [f"What would change: {os.path.relpath(path)}"]


def _outcome(result: dg.ExecuteInProcessResult) -> dict[str, Any]:
    """What the asset `edition_in_force` told; nothing when the job does not publish."""
    told = _told(result)
    return told if "is_published" in told else {}


def _told(result: dg.ExecuteInProcessResult) -> dict[str, Any]:
    """What the last step told of what it made."""
    last = result.get_asset_materialization_events()[-1]
    return {name: entry.value for name, entry in last.materialization.metadata.items()}


def _last_words(folder: Path, settings: Settings, year: int, language: str, outcome: dict[str, Any]) -> str:
    """What changed, and where the site is."""
    changes = pl.read_parquet(folder / PARQUET_FOLDER / "change_counts.parquet").filter(pl.col("edition_year") == year)
    checks = count_checks(pl.read_parquet(folder / PARQUET_FOLDER / "quality_checks.parquet"))
    lines = [
        "",
        f"Edition {folder.name}{_standing(outcome)}",
        changes_summary(changes, year - 1 if year > settings.first_edition_year else None, Catalogue(language)),
        f"Checks passed: {checks.passed} of {checks.count}.",
        f"Site: {os.path.relpath(folder / SITE / 'index.html')}",
    ]
    return "\n".join(lines)


def _standing(outcome: dict[str, Any]) -> str:
    if not outcome or (outcome["is_published"] and outcome["is_in_force"]):
        return ""
    if outcome["is_published"]:
        return " is published; the edition in force is of a later year and stays."
    what = "in force" if outcome["is_in_force"] else "published"
    return f" is {what} already; nothing has changed since it was published."


def _one_line(folder: Path, year: int, outcome: dict[str, Any], seconds: float) -> str:
    rows = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["tables"]
    held = f"{rows['projects']:>4} projects{rows['status_assessments']:>5} statuses{rows['benefit_claims']:>5} claims"
    done = {True: "published", False: "unchanged", None: "candidate"}[outcome.get("is_published")]
    return f"{year}  {folder.name:<8}{done:<10}{held}{seconds:>6.0f} s"


if __name__ == "__main__":
    sys.exit(main())

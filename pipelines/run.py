"""Run a job for one or several edition years in this process.

Belongs here: starting a run, the summary after it, and the first line that a failed run says.
Does not belong here: the command line (`cli.py`), what the jobs do (`jobs.py`) and what is shown meanwhile
(`progress.py`).
"""

import os
import sys
import time
from pathlib import Path
from typing import Any

import dagster as dg
import polars as pl

from assets.resources import DRY_RUN, PAGE_TAG
from gevinst.edition.assemble import candidate_of
from gevinst.edition.store import Edition
from gevinst.language.texts import Catalogue
from gevinst.layout import SITE
from gevinst.method.reconstruction import is_reconstruction
from gevinst.quality import count_checks
from gevinst.settings import Settings, load_settings
from gevinst.site.headlines import headlines
from gevinst.site.sentences.portfolio import changes_summary
from pipelines.definitions import definitions
from pipelines.progress import first_words


def run_job(name: str, years: list[int], language: str) -> int:
    """Run one job for each edition year, in the order given; 0 when all succeeded, 1 when one did not.

    A year that fails does not keep the others from being built.
    """
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "true")  # as the Makefile does, for those who have no make
    job = definitions().resolve_job_def(name)
    done: list[str] = []
    has_failed = False
    for year in years:
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
        elif name == DRY_RUN:
            print("\n".join(["", _last_metadata(result)[f"summary_{language}"], *page]))
            done.append(f"{year}  tried")
        else:
            settings, outcome = load_settings(), _outcome(result)
            folder = settings.editions_dir / outcome["edition_id"] if outcome else candidate_of(settings, year)
            print(_summary(folder, settings, year, language, outcome))
            done.append(_one_line(folder, year, outcome, time.monotonic() - began))
    if len(done) > 1:
        print("\n".join(["", *done]))
    return int(has_failed)


def _instance() -> dg.DagsterInstance:
    """The instance of ``DAGSTER_HOME``, so that the run is seen in the UI; without it, one that keeps nothing."""
    return dg.DagsterInstance.get() if os.environ.get("DAGSTER_HOME") else dg.DagsterInstance.ephemeral()


def failure_reasons(result: dg.ExecuteInProcessResult) -> list[str]:
    """Why the run failed, what to fix in the first line; steps that only waited for others are left out."""
    failures = [event.step_failure_data for event in result.all_events if event.is_step_failure]
    reasons = [first_words(failure) for failure in failures] or ["the run failed before its first step"]
    return [*reasons, "Nothing that is published was changed."]


def _page(path: str) -> list[str]:
    return [f"What would change: {os.path.relpath(path)}"]


def _outcome(result: dg.ExecuteInProcessResult) -> dict[str, Any]:
    """Metadata of the asset `edition_in_force`; nothing when the job does not publish."""
    metadata = _last_metadata(result)
    return metadata if "is_published" in metadata else {}


def _last_metadata(result: dg.ExecuteInProcessResult) -> dict[str, Any]:
    """Metadata of the last materialisation of the run."""
    last = result.get_asset_materialization_events()[-1]
    return {name: entry.value for name, entry in last.materialization.metadata.items()}


def _summary(folder: Path, settings: Settings, year: int, language: str, outcome: dict[str, Any]) -> str:
    """What changed, of how many projects nothing is known, and where the site is."""
    edition, catalogue = Edition(folder), Catalogue(language)
    tables = edition.tables()
    changes = tables["change_counts"].filter(pl.col("edition_year") == year)
    figures = headlines(tables["headline_counts"].filter(pl.col("edition_year") == year))
    checks = count_checks(tables["quality_checks"])
    info = edition.info
    is_hindsight = is_reconstruction(tables, info.as_of_on)
    lines = [
        "",
        catalogue.t(_publication(outcome), edition=folder.name),
        changes_summary(
            changes, info.previous_edition_id, catalogue, reconstructed_on=info.as_of_on if is_hindsight else None
        ),
        catalogue.t("run_summary.known", n=figures["projects"].value, unknown=figures["status_unknown"].value),
        catalogue.t("run_summary.checks", n=checks.count, passed=checks.passed, nothing=checks.nothing),
        catalogue.t("run_summary.site", path=os.path.relpath(folder / SITE / "index.html")),
    ]
    return "\n".join(lines)


def _publication(outcome: dict[str, Any]) -> str:
    """The key of the text that says whether the edition is published, and in force."""
    if not outcome or (outcome["is_published"] and outcome["is_in_force"]):
        return "run_summary.edition"
    if outcome["is_published"]:
        return "run_summary.published_beside"
    return "run_summary.unchanged_in_force" if outcome["is_in_force"] else "run_summary.unchanged_published"


def _one_line(folder: Path, year: int, outcome: dict[str, Any], seconds: float) -> str:
    rows = Edition(folder).row_counts
    counts = f"{rows['projects']:>4} projects{rows['status_assessments']:>5} statuses{rows['benefit_claims']:>5} claims"
    done = {True: "published", False: "unchanged", None: "candidate"}[outcome.get("is_published")]
    return f"{year}  {folder.name:<8}{done:<10}{counts}{seconds:>6.0f} s"

"""Run a job for one or several edition years in this process.

Belongs here: starting a run, and what a person at the shell reads after it.
Does not belong here: the command line (`cli.py`), what the jobs do (`jobs.py`), what is shown meanwhile (`progress.py`)
and the record and words of a run (`reports.py`, `gevinst.notices`).
"""

import os
import sys
import time
import webbrowser
from pathlib import Path

import dagster as dg

from assets.guard import YEAR_IS_NAMED_TAG
from gevinst.bilingual import Bilingual
from gevinst.edition import calendar, list_editions
from gevinst.edition.store import Edition
from gevinst.language.texts import Catalogue
from gevinst.layout import SITE
from gevinst.notices.record import RunRecord
from gevinst.notices.send import SENT
from gevinst.notices.words import folder_of, whole
from gevinst.settings import Settings, load_settings
from pipelines.definitions import definitions
from pipelines.home import commit_without_waiting, open_home
from pipelines.reports import keep_and_tell, record_of
from pipelines.retention import forget_old_runs


def run_job(name: str, years: list[int], language: str, *, is_told: bool = False, is_opened: bool = False) -> int:
    """Run one job for each edition year, in the order given; 0 when all succeeded, 1 when one did not.

    Without `years` it is the year being worked on. A year that fails does not keep the others from being built. With
    `is_told` whoever is set in ``gevinst.toml`` is told of each run, with `is_opened` the last page opens in a browser.
    """
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "true")  # as the Makefile does, for those who have no make
    settings, catalogue = load_settings(), Catalogue(language)
    open_home(settings, lambda nb, en: print(Bilingual(nb, en)(language), file=sys.stderr))
    commit_without_waiting()
    tags = {YEAR_IS_NAMED_TAG: "true"} if years else {}
    chosen = years or [_usual_year(settings, catalogue)]
    done: list[str] = []
    page: Path | None = None
    has_failed = False
    for year in chosen:
        began = time.monotonic()
        record = _one_run(name, year, tags, language, settings, is_told=is_told)
        text = whole(record, settings, catalogue, show_path=os.path.relpath)
        print(f"\n{text}", file=sys.stdout if record.is_success else sys.stderr)
        for channel, outcome in record.told:
            if outcome != SENT:
                print(catalogue.t("notices.not_told", channel=channel, reason=outcome), file=sys.stderr)
        done.append(_one_line(record, settings, time.monotonic() - began))
        has_failed |= not record.is_success
        page = _page(record, settings) or page
    if len(done) > 1:
        print("\n".join(["", *done]))
    if is_opened and page is not None:
        webbrowser.open(page.resolve().as_uri())
    return int(has_failed)


def _one_run(
    name: str, year: int, tags: dict[str, str], language: str, settings: Settings, *, is_told: bool
) -> RunRecord:
    job = definitions().resolve_job_def(name)
    with dg.DagsterInstance.get() as instance:
        result = job.execute_in_process(
            partition_key=str(year),
            instance=instance,
            raise_on_error=False,
            tags=tags,
            run_config={"loggers": {"progress": {"config": {"language": language}}}},
        )
        run = instance.get_run_by_id(result.run_id)
        assert run is not None, "Dagster keeps every run that it has executed"
        record = record_of(run, instance)
        forget_old_runs(instance, calendar.now())
    return keep_and_tell(record, settings, is_told=is_told) or record


def _usual_year(settings: Settings, catalogue: Catalogue) -> int:
    published = (edition.edition_year for edition in list_editions(settings))
    year = calendar.year_being_worked_on(calendar.today(), published)
    print(catalogue.t("notices.year", year=year), file=sys.stderr)
    return year


def _page(record: RunRecord, settings: Settings) -> Path | None:
    """The page to look at after a run: that of a dry run, or the first one of the edition."""
    if record.page:
        return Path(record.page)
    if not record.edition_id:
        return None
    return folder_of(record, settings) / SITE / "index.html"


def _one_line(record: RunRecord, settings: Settings, seconds: float) -> str:
    """A line of the list that is printed after several years."""
    start = f"{record.edition_year}  "
    if not record.is_success:
        return f"{start}failed    {record.faults[0].en.splitlines()[0]}"
    if record.page:
        return f"{start}tried"
    folder = folder_of(record, settings)
    rows = Edition(folder).row_counts
    counts = f"{rows['projects']:>4} projects{rows['status_assessments']:>5} statuses{rows['benefit_claims']:>5} claims"
    done = {True: "published", False: "unchanged", None: "candidate"}[record.is_published]
    return f"{start}{folder.name:<8}{done:<10}{counts}{seconds:>6.0f} s"

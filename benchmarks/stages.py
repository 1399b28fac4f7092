"""What a claim costs as portfolios grow, stage by stage: ``python -m benchmarks.stages STAGE CORE OUT``.

Belongs here: the stages of a run on tables of any size, each in a process of its own.
Does not belong here: marts beside other makers (`marts/`), and pages (`site.py`).
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from benchmarks.marts import LAST_YEAR
from benchmarks.marts.makers import DATABASE, copy_all, gevinst_all
from benchmarks.processes import Killed, Progress, cost, python
from gevinst.contracts import STORED, contract
from gevinst.edition.as_of import edition_view
from gevinst.edition.assemble import MOST_PROJECTS
from gevinst.edition.build import build_edition
from gevinst.edition.provenance import Provenance
from gevinst.layout import EditionInfo
from gevinst.method.disclosure_between import RESULTS, held_back
from gevinst.method.news import Before, news_tables
from gevinst.quality import CORE_CHECKS, CORE_TABLES, run_checks
from gevinst.settings import load_settings
from gevinst.warehouse import Warehouse

_THOUSAND = 1_000


def growth(core: Path, projects: int, claims: int, work: Path, progress: Progress) -> dict[str, float]:
    """Seconds of processor for a thousand claims, by stage, and what each took in all, or that it did not end."""
    found: dict[str, float] = {}
    made_in = work / "stages"
    shutil.rmtree(made_in, ignore_errors=True)
    made_in.mkdir(parents=True)
    for stage in STAGES:
        if stage == edition.__name__ and projects > MOST_PROJECTS:
            continue
        try:
            took = cost(python("benchmarks.stages", stage, core, made_in))
        except Killed as failed:  # a large portfolio may need more memory than there is; other stages may not
            progress(f"{stage} of {projects} projects did not end: {str(failed).splitlines()[0]}")
            found[f"{stage}_ended"] = False
            continue
        progress(f"{stage} of {projects} projects: {took}")
        found |= {
            f"{stage}_cpu_s": round(took.cpu_s, 2),
            f"{stage}_peak_mib": round(took.peak_mib),
            f"{stage}_cpu_s_per_1000_claims": round(took.cpu_s / claims * _THOUSAND, 4),
        }
    shutil.rmtree(made_in)
    return found


def checks(core: Path, out: Path) -> None:
    """The checks of core tables, as a run asks them before it computes anything."""
    with _warehouse(out).scans(CORE_TABLES) as tables:
        run_checks(CORE_CHECKS, tables)


def disclosure(core: Path, out: Path) -> None:
    """What may be told of respondents beside an edition that was published before."""
    results = _warehouse(out).read_all([contract(name) for name in RESULTS])
    held_back(results, [results])


def edition(core: Path, out: Path) -> None:
    """An edition's files, without pages."""
    tables = _warehouse(out).read_all(STORED)
    years = tables["edition_years"]
    as_of_on = years.filter(pl.col("edition_year") == LAST_YEAR)["as_of_on"].item()
    view = edition_view(tables, LAST_YEAR, as_of_on)
    view |= news_tables(Before(), view, LAST_YEAR, is_illustrative=True)
    settings = load_settings()
    name = f"{LAST_YEAR}-1"
    info = EditionInfo(name, LAST_YEAR, as_of_on, None, "current", True, "0000000", "0000000")
    origin = Provenance(False, {}, "benchmark", datetime.now(UTC), None)
    build_edition(view, info, out / name, lambda site: {}, lambda line: None, origin, settings)


STAGES: Mapping[str, Callable[[Path, Path], None]] = {
    function.__name__: function for function in (copy_all, gevinst_all, checks, disclosure, edition)
}


def _warehouse(out: Path) -> Warehouse:
    return Warehouse(out / DATABASE)


if __name__ == "__main__":
    STAGES[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))

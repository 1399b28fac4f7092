"""The pages of a large portfolio: ``python -m benchmarks.site_of_many [PROJECTS]``.

How long they take to build, and to build again after one project has changed; and what each kind of page loads first.

Belongs here: these numbers, for whoever asks for them (`measure`). They depend on the machine, so no test checks them.
Does not belong here: what grows page by page (`growth.py`), and how fast pages answer in a browser (`site.py`).
"""

from __future__ import annotations

import gzip
import re
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl

from benchmarks.invented import EDITION
from gevinst.bilingual import LANGUAGES
from gevinst.contracts import CORE, CORRECTIONS, QUALITY_CHECKS, QUARANTINE
from gevinst.contracts.schema import conform, polars_schema
from gevinst.illustrative.many import blocks
from gevinst.method.catalogue import compute_marts
from gevinst.method.frames import Rules
from gevinst.site.build import SiteReport, build_site
from gevinst.site.pages import PAGES

PROJECTS, CLAIMS_OF_EACH, SEED = 10_000, 20, 7
_WEIGHED = 20
"""Documents of each kind that are weighed: the largest on disk, since what is sent is not quite in the same order."""
_LINKED = re.compile(r'<(?:link rel="stylesheet" href|script defer src)="([^"]+)"')

Tables = Mapping[str, pl.DataFrame]


def main(projects: int = PROJECTS) -> int:
    """Print a line for each number."""
    for name, value in measure(projects).items():
        print(f"  {name:36} {value:10.1f}")
    return 0


def measure(projects: int = PROJECTS, say: Callable[[str], object] = print) -> dict[str, float]:
    """Build the site of so many invented projects, and again after one has changed; every number by its name.

    Seconds are of wall and, with ``cpu``, of all processes together; first loads are in KiB as sent, the heaviest
    document of each kind. `say` is called with a line per step.
    """
    start = time.perf_counter()

    def step(line: str) -> None:
        say(f"{time.perf_counter() - start:7.1f} s  {line}")

    step(f"Making the tables of {projects} invented projects")
    tables = generated_tables(projects)
    with tempfile.TemporaryDirectory() as folder:
        cache, site = Path(folder) / "cache", Path(folder) / "site"
        step("Building the site")
        report, wall, cpu = _timed(tables, site, cache, step)
        step("Building it again after one project has changed")
        _, wall_again, cpu_again = _timed(one_changed(tables), Path(folder) / "again", cache, step)
        step("Weighing first loads")
        loads = first_loads(site)
    return {
        "site_projects": projects,
        "site_documents": len(report.pages),
        "site_mb": report.total_bytes / 1e6,
        "site_build_s": wall,
        "site_build_cpu_s": cpu,
        "site_rebuild_s": wall_again,
        "site_rebuild_cpu_s": cpu_again,
        "site_peak_mib": max(resource.getrusage(who).ru_maxrss / 1024 for who in _WHO),
        "first_load_kib": max(loads.values()),
        **{f"first_load_kib.{kind}": load for kind, load in sorted(loads.items(), key=lambda one: -one[1])},
    }


def generated_tables(projects: int) -> dict[str, pl.DataFrame]:
    """Every table that a site needs, of an invented portfolio of any size."""
    made = list(blocks(projects, projects * CLAIMS_OF_EACH, SEED))
    core = {
        table.name: conform(table, pl.concat([block[table.name] for block in made])).sort(table.key) for table in CORE
    }
    empty = {
        table.name: pl.DataFrame(schema=polars_schema(table)) for table in (QUALITY_CHECKS, QUARANTINE, CORRECTIONS)
    }
    read = {**core, **empty}
    return {**read, **compute_marts(read, Rules(2016, EDITION.edition_year), is_illustrative=True)}


def one_changed(tables: Tables) -> dict[str, pl.DataFrame]:
    """The same tables after a project in the middle has another name, and what was said of it last another wording."""
    projects, claims = tables["projects"], tables["benefit_claims"]
    changed = projects["project_id"][projects.height // 2]

    def with_a_word(frame: pl.DataFrame, *names: str) -> pl.DataFrame:
        is_it = pl.col("project_id") == changed
        return frame.with_columns(
            pl.when(is_it).then(pl.concat_str(pl.col(name), pl.lit(" *"))).otherwise(pl.col(name)).alias(name)
            for name in names
        )

    return {
        **tables,
        "projects": with_a_word(projects, "short_name_nb", "short_name_en"),
        "benefit_claims": with_a_word(claims, "statement_nb", "statement_en"),
    }


_WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def _cpu() -> float:
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, _WHO))


def _timed(tables: Tables, out: Path, cache: Path, step: Callable[[str], object]) -> tuple[SiteReport, float, float]:
    wall, cpu = time.perf_counter(), _cpu()
    report = build_site(tables, EDITION, out, cache_dir=cache, progress=step)
    return report, time.perf_counter() - wall, _cpu() - cpu


def first_loads(site: Path) -> dict[str, float]:
    """By kind of page the KiB of the heaviest first load: the document, style sheet, scripts and typeface, each packed.

    What waits until a reader chooses, searches or asks is no part of it.
    """
    own = {"index.html", *(page.path(language).removeprefix("/") for page in PAGES for language in LANGUAGES)}
    folders = sorted(
        ((site / page.path(language).removeprefix("/")).parent, page.name) for page in PAGES for language in LANGUAGES
    )[::-1]
    found: dict[str, list[Path]] = defaultdict(list)
    for document in site.rglob("index.html"):
        kind = next((name for folder, name in folders if document.is_relative_to(folder)), "overview")
        is_one = document.relative_to(site).as_posix() not in own and not document.parent.name.isdigit()
        found[f"{kind} of each" if is_one else kind].append(document)
    packed: dict[Path, int] = {}

    def sent(file: Path) -> int:
        if file not in packed:
            content = file.read_bytes()
            packed[file] = min(len(content), len(gzip.compress(content)))
        return packed[file]

    def load(document: Path) -> float:
        linked = _LINKED.findall(document.read_text(encoding="utf-8"))
        files = [document, *((document.parent / one).resolve() for one in linked), site / "assets/inter-latin.woff2"]
        return sum(sent(file) for file in files) / 1024

    return {
        kind: max(map(load, sorted(documents, key=lambda one: -one.stat().st_size)[:_WEIGHED]))
        for kind, documents in found.items()
    }


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))

"""How much a project adds to a site and what does not grow, by kind of page: ``python -m benchmarks.growth``.

The lines of the kinds are of files on disk; the last line is the whole as a server sends it, each file packed alone.

Belongs here: the weight of two sites of different portfolios, and their difference.
Does not belong here: what a site weighs for the one who opens a page (`site.py`).
"""

from __future__ import annotations

import gzip
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.invented import PROJECTS, invented_tables, timed_build
from gevinst.bilingual import LANGUAGES
from gevinst.site.pages import PAGES

FEWER = 24
"""Projects of the smaller portfolio: enough that every kind of page has something to show in both."""


def main() -> int:
    """Print a line for each kind of page, the one that grows most first, and one for the whole site."""
    with tempfile.TemporaryDirectory() as folder:
        for line in growth(Path(folder)):
            print(line)
    return 0


def growth(work: Path) -> Iterator[str]:
    """One line for each kind of page: what a project adds and what would stand without any."""
    few, many = weights(work, FEWER), weights(work, PROJECTS)
    added = a_project_adds(few, many)
    for kind in sorted(added, key=lambda one: (-added[one], one)):
        yield _line(kind, many[kind], added[kind])
    yield _line("in all", sum(many.values()), sum(added.values()))
    fewer_sent, sent = (_sent(work / str(projects)) for projects in (FEWER, PROJECTS))
    yield _line("in all, as sent", sent, (sent - fewer_sent) / (PROJECTS - FEWER))


def _sent(site: Path) -> int:
    """Bytes of every file of a site as a server sends it that compresses with gzip."""
    return sum(len(gzip.compress(file.read_bytes(), compresslevel=6)) for file in site.rglob("*") if file.is_file())


def weights(work: Path, projects: int) -> dict[str, int]:
    """Bytes by kind of page of a site of so many invented projects, built below `work`."""
    site = work / str(projects)
    timed_build(invented_tables(projects), site, work / "cache")
    return _by_kind(site)


def a_project_adds(few: Mapping[str, int], many: Mapping[str, int]) -> dict[str, float]:
    """Bytes that each project of the larger portfolio adds to the smaller one, by kind of page."""
    return {kind: (many[kind] - few.get(kind, 0)) / (PROJECTS - FEWER) for kind in many}


def _line(what: str, weight: int, a_project: float) -> str:
    constant = weight - PROJECTS * a_project
    return f"growth     {a_project / 1000:6.1f} kB a project, {constant / 1e6:5.2f} MB that no project adds: {what}"


def _by_kind(site: Path) -> dict[str, int]:
    """Bytes by kind of page; what lies beside the pages of a kind counts with them, whatever language it is in."""
    # The front page's folder holds all others, so the deepest folder that a file lies below decides.
    folders = sorted(
        ((site / page.path(language).removeprefix("/")).parent, page.name) for page in PAGES for language in LANGUAGES
    )[::-1]
    weights: dict[str, int] = defaultdict(int)
    for file in site.rglob("*"):
        if file.is_file():
            kind = next((name for folder, name in folders if file.is_relative_to(folder)), "assets")
            weights[kind] += file.stat().st_size
    return weights


if __name__ == "__main__":
    sys.exit(main())

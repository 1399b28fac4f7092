"""Everything that is measured, or a part of it: ``make bench``, ``make bench ARGS="--projects 50000 --only marts"``.

Belongs here: which parts there are, their sizes, and what is printed; the last line is one JSON object.
Does not belong here: any measurement.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import click

from benchmarks import refresh, results, simulation, site_of_many, stages
from benchmarks.marts import measure
from benchmarks.processes import say
from benchmarks.results import Part

_SIZES = (10_000, 100_000, 1_000_000)
_CLAIMS_EACH = 20
"""Claims a project, as in the portfolio of the first measurements of this kind."""
_ROUNDS, _ONCE_FROM = 3, 500_000
"""How often each maker takes its turn, and from which number of projects it takes only one: each then takes minutes."""
REFRESH, SIMULATION, SITE, MARTS, GROWTH = PARTS = ("refresh", "simulation", "site", "marts", "growth")


@click.command()
@click.option("--projects", type=int, help="One size instead of ten thousand, a hundred thousand and a million.")
@click.option("--claims", type=int, help="Claims of benefits in all (default: twenty a project).")
@click.option("--only", type=click.Choice(PARTS), help="One part instead of all.")
@click.option("--rounds", type=int, help="How often each is measured; the median counts.")
@click.option("--name", help="The file of results to write, in benchmarks/results (default: the day).")
@click.option("--work", type=click.Path(path_type=Path), help="A folder for portfolios and results, of some 50 GB.")
def main(
    projects: int | None,
    claims: int | None,
    only: str | None,
    rounds: int | None,
    name: str | None,
    work: Path | None,
) -> None:
    """Measure, keep the figures, and print those of the last part as one line of JSON."""
    sizes = (projects,) if projects else _SIZES
    found: dict[str, Part] = {}
    with tempfile.TemporaryDirectory(prefix="gevinst-bench-") as folder:
        for part, figures in _measured((only,) if only else PARTS, sizes, claims, rounds, work or Path(folder)):
            found[part] = figures
            results.kept(name or f"{datetime.now(UTC):%Y-%m-%d}", {part: figures})
            say(f"{part}: {_in_words(figures)}")
    print(json.dumps(figures if len(found) == 1 else found))


def _measured(
    parts: tuple[str, ...], sizes: tuple[int, ...], claims: int | None, rounds: int | None, work: Path
) -> Iterator[tuple[str, Part]]:
    if REFRESH in parts:
        yield REFRESH, refresh.refresh(rounds or _ROUNDS, say)
    if SIMULATION in parts:
        yield SIMULATION, simulation.simulation(simulation.EFFECTS, say)
    if SITE in parts:
        of = site_of_many.PROJECTS if len(sizes) > 1 else sizes[0]
        # In a process of its own, which gives back the memory of all its pages before anything else is measured.
        with ProcessPoolExecutor(1, get_context("spawn")) as apart:
            found = apart.submit(site_of_many.measure, of, say).result()
        yield f"{SITE}-{of}", {name: round(value, 1) for name, value in found.items()}
    for projects in sizes if {MARTS, GROWTH} & {*parts} else ():
        said = claims or projects * _CLAIMS_EACH
        size = {"projects": projects, "claims": said}
        core = measure.generated(projects, said, work, say)
        if MARTS in parts:
            several = rounds or (1 if projects >= _ONCE_FROM else _ROUNDS)
            yield f"{MARTS}-{projects}", size | measure.compared(core, projects, several, work, say)
        if GROWTH in parts:
            yield f"{GROWTH}-{projects}", size | stages.growth(core, projects, said, work, say)


def _in_words(figures: Part) -> str:
    return ", ".join(f"{name} {value}" for name, value in figures.items())


if __name__ == "__main__":
    main()

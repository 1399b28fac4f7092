"""The yearly refresh of the real portfolio beside the same functions in a plain script, and how commands start.

Belongs here: both refreshes into folders of their own, in turn, and the ratio of what they take.
Does not belong here: larger portfolios (`marts/`).
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.processes import Cost, Progress, cost, figures, python

_YEAR = 2026


def refresh(rounds: int, progress: Progress) -> dict[str, float]:
    """Medians of the refresh as Dagster runs it and of the plain script, and of the start of the command line."""
    costs: dict[str, list[Cost]] = {"refresh": [], "plain": [], "help": []}
    for number in range(rounds):
        commands = {
            "refresh": python("gevinst.cli", "publish", "--year", _YEAR),
            "plain": python("benchmarks.refresh"),
            "help": python("gevinst.cli", "--help"),
        }
        for name, command in commands.items():
            with tempfile.TemporaryDirectory() as folder:
                took = cost(command, _elsewhere(Path(folder)))
            costs[name].append(took)
            progress(f"{name}, {number + 1} of {rounds}: {took}")
    found = figures(costs)
    return found | {"refresh_ratio": round(found["refresh_wall_s"] / found["plain_wall_s"], 3)}


def _elsewhere(folder: Path) -> Mapping[str, str]:
    """An installation in which nothing was published yet, and no run was made."""
    return {
        "GEVINST_MARTS_DIR": str(folder / "marts"),
        "DAGSTER_HOME": str(folder / "home"),
        "XDG_CACHE_HOME": str(folder / "cache"),
    }


def _plain() -> None:
    """Everything that the run does, by the same functions, and nothing that Dagster adds."""
    from gevinst.contracts import CORRECTIONS, MARTS, QUALITY_CHECKS, QUARANTINE, contract
    from gevinst.edition.assemble import assemble, published_tables
    from gevinst.edition.publish import publish
    from gevinst.intake import read_core
    from gevinst.method.catalogue import mart_parts
    from gevinst.method.frames import Rules
    from gevinst.quality import ALL_CHECKS, CORE_CHECKS, CORE_TABLES, results_frame, run_checks
    from gevinst.settings import load_settings
    from gevinst.warehouse import Warehouse

    settings = load_settings()
    read = read_core(settings.raw_dir)
    frames = {**read.tables, CORRECTIONS.name: read.corrections, QUARANTINE.name: read.quarantine}
    warehouse = Warehouse(settings.working_database)
    warehouse.start_over()
    warehouse.write_all([(contract(name), frame) for name, frame in frames.items()])
    with warehouse.scans(CORE_TABLES) as tables:
        results = run_checks(CORE_CHECKS, tables)
    rules = Rules(settings.first_edition_year, _YEAR, settings.stale_after_months, settings.min_n_for_shares)
    for mart in MARTS:
        inputs = [contract(name) for name in mart.depends_on]
        warehouse.make(
            mart,
            inputs,
            lambda tables, mart=mart: (
                part.to_native() for part in mart_parts(mart, tables, rules, is_illustrative=False)
            ),
        )
    others = [check for check in ALL_CHECKS if check not in CORE_CHECKS]
    with warehouse.scans([*CORE_TABLES, *MARTS]) as tables:
        results += run_checks(others, tables, published_tables(settings))
    warehouse.write(QUALITY_CHECKS, results_frame(results, is_illustrative=False))
    publish(assemble(settings, _YEAR, run_id="plain", progress=lambda line: None), settings)


if __name__ == "__main__":
    sys.exit(_plain())

"""What each maker took for the same results, one after another in turn, and whether the results are the same.

Belongs here: the portfolio, the turns and the figures of a size.
Does not belong here: how results are made (`makers.py`) and compared (`equal.py`).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from benchmarks.marts import FIRST_YEAR, LAST_YEAR
from benchmarks.marts.equal import differences
from benchmarks.processes import REPOSITORY, Cost, Killed, Progress, cost, figures, python

COPY, GEVINST, DBT, POLARS, PANDAS = "copy", "gevinst", "dbt", "polars", "pandas"
MOST_IN_PANDAS = 100_000
"""Projects of the largest portfolio whose rows, each once a year, fit in the memory of a usual machine in pandas."""
_SEED = 7
_DBT_FOLDER = REPOSITORY / "benchmarks" / "marts" / "dbt"
_DBT = REPOSITORY / "build" / "dbt" / "bin" / "dbt"


def compared(core: Path, projects: int, rounds: int, work: Path, progress: Progress) -> dict[str, float]:
    """Status, evidence and what was planned and measured, by every maker that can, beside the copy of their input."""
    makers = [COPY, GEVINST, DBT, POLARS, *([PANDAS] if projects <= MOST_IN_PANDAS else [])]
    costs = _in_turn(makers, core, rounds, work, progress)
    found = figures(costs) | {f"{maker}_ended": False for maker in makers if maker not in costs}
    is_equal = True
    for maker in [maker for maker in makers[2:] if maker in costs]:
        for one in differences(work / GEVINST, work / maker):
            is_equal = is_equal and one.is_none
            progress(f"{one.result} by {maker}: {'the same' if one.is_none else one}, {one.rows} rows")
    _emptied(work, makers)
    return found | {"results_equal": is_equal}


def generated(projects: int, claims: int, work: Path, progress: Progress) -> Path:
    """The Parquet files of an invented portfolio of this size."""
    core = work / f"core-{projects}-{claims}"
    if not core.exists():
        progress(f"generating {projects} projects with {claims} claims")
        size = ("--projects", projects, "--claims", claims, "--seed", _SEED)
        cost(python("gevinst.cli", "generate", core, *size, "--as", "parquet"))
    return core


def _in_turn(makers: Sequence[str], core: Path, rounds: int, work: Path, progress: Progress) -> dict[str, list[Cost]]:
    """The costs of each maker that ended. In turn, so that what slows the machine for a while slows all of them."""
    costs: dict[str, list[Cost]] = {maker: [] for maker in makers}
    for number in range(rounds):
        for maker in [*costs]:
            out = work / maker
            shutil.rmtree(out, ignore_errors=True)
            out.mkdir(parents=True)
            try:
                took = cost(*_command(maker, core, out))
            except Killed as failed:  # of a large portfolio another maker may need more memory than there is
                if maker in (COPY, GEVINST):
                    raise
                progress(f"{maker} did not end: {failed}")
                del costs[maker]
                continue
            costs[maker].append(took)
            progress(f"{maker}, {number + 1} of {rounds}: {took}")
    return costs


def _command(maker: str, core: Path, out: Path) -> tuple[list[str], dict[str, str]]:
    if maker != DBT:
        return python("benchmarks.marts.makers", maker, core, out), {}
    if not _DBT.exists():
        raise SystemExit("dbt is not there: run this by `make bench`, which fetches it")
    variables = json.dumps({"core": str(core), "first_year": FIRST_YEAR, "last_year": LAST_YEAR})
    folders = ("--project-dir", _DBT_FOLDER, "--profiles-dir", _DBT_FOLDER)
    kept = ("--target-path", out / "target", "--log-path", out / "logs")
    command = [_DBT, "--quiet", "--no-partial-parse", "run", *folders, *kept, "--vars", variables]
    environment = {"BENCH_DATABASE": str(out / "dbt.duckdb"), "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
    return [*map(str, command)], environment


def _emptied(work: Path, makers: Sequence[str]) -> None:
    """Results of a million projects are gigabytes for each maker."""
    for maker in makers:
        shutil.rmtree(work / maker, ignore_errors=True)

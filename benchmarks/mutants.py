"""How many small faults the tests find: a sample of mutations of the method and of intake.

Cosmic Ray changes one operator, number or condition at a time; the tests of the room must then fail. What
survives is printed as a diff: a boundary that no test holds, or a change without effect. Each mutant has a process of
its own, because the threads of Polars do not live through a fork.

    python -m benchmarks.mutants --sample 60 --seed 1

Belongs here: choosing the sample, running it in a copy of the tree, and the score.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import random
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from cosmic_ray.commands.execute import execute
from cosmic_ray.commands.init import init
from cosmic_ray.config import ConfigDict
from cosmic_ray.work_db import WorkDB
from cosmic_ray.work_item import TestOutcome, WorkerOutcome, WorkItem, WorkResult

ROOMS = {
    "method": ("tests/unit/method", "tests/reference", "tests/pipeline/test_as_of_property.py"),
    "intake": ("tests/unit/intake", "tests/pipeline/intake/test_append.py"),
}
"""Each room with the tests that must notice, quickest first: the first failure ends a mutant."""
SECONDS_PER_MUTANT = 600
"""A mutant whose loop never ends is stopped, and counts as found."""


def main() -> None:
    """Run the sample and print the score; survivors are no error, they are what to look at."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, default=60, help="how many mutants to try (default: 60)")
    parser.add_argument("--seed", type=int, default=1, help="which ones (default: 1)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gevinst-mutants-") as folder:
        tree = Path(folder)
        _copy_tracked_files(tree)
        found, survivors = 0, []
        for room in ROOMS:
            results = _try_room(tree, room, chosen.sample // len(ROOMS), chosen.seed)
            alive = [result for result in results if result.test_outcome is TestOutcome.SURVIVED]
            found += len(results) - len(alive)
            survivors += [result.diff for result in alive]
            print(f"{room}: {len(results) - len(alive)} of {len(results)} mutants found", flush=True)
    print("\n\n".join(["", *survivors]))
    total = found + len(survivors)
    print(f"\n{found} of {total} mutants found ({100 * found / total:.0f} %), seed {chosen.seed}")


def _copy_tracked_files(tree: Path) -> None:
    tracked = subprocess.run(["git", "ls-files"], check=True, capture_output=True, text=True).stdout.splitlines()
    for name in tracked:
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(name, tree / name)


def _try_room(tree: Path, room: str, sample: int, seed: int) -> list[WorkResult]:
    """Results of a sample of the mutants of one room."""
    modules = sorted(path for path in (tree / "gevinst" / room).glob("*.py") if path.name != "__init__.py")
    python = f"{sys.executable} -m pytest -n 0 -x -q -p no:cacheprovider"
    config = ConfigDict(
        {
            "module-path": f"gevinst/{room}",
            "timeout": SECONDS_PER_MUTANT,
            "excluded-modules": [],
            "test-command": f"{python} -m 'not slow' {' '.join(str(tree / tests) for tests in ROOMS[room])}",
            "distributor": {"name": "local"},
        }
    )
    untouched = subprocess.run(shlex.split(config.test_command), cwd=tree, capture_output=True, text=True)
    if untouched.returncode:
        raise SystemExit(f"the tests fail without any mutant, so they find nothing:\n{untouched.stdout[-2000:]}")
    work = WorkDB(tree / f"{room}.sqlite", WorkDB.Mode.create)
    init(modules, work, {})
    able = [item for item in work.pending_work_items if not _is_annotation(item)]
    kept = {item.job_id for item in random.Random(seed).sample(able, min(sample, len(able)))}
    left_out = [item.job_id for item in work.pending_work_items if item.job_id not in kept]
    work.set_multiple_results(left_out, WorkResult(worker_outcome=WorkerOutcome.SKIPPED))
    with contextlib.chdir(tree):  # Cosmic Ray runs its tests in the working directory
        execute(work, config)
    return [result for _, result in work.results if result.worker_outcome is not WorkerOutcome.SKIPPED]


def _is_annotation(item: WorkItem) -> bool:
    """Whether the mutant changes a type annotation, which nothing executes."""
    (mutation,) = item.mutations
    tree = ast.parse(Path(mutation.module_path).read_text(encoding="utf-8"))
    line, column = mutation.start_pos
    for node in ast.walk(tree):
        noted = [getattr(node, "annotation", None), getattr(node, "returns", None)]
        for part in noted:
            if isinstance(part, ast.expr):
                start, end = (part.lineno, part.col_offset), (part.end_lineno or 0, part.end_col_offset or 0)
                if start <= (line, column) <= end:
                    return True
    return False


if __name__ == "__main__":
    main()

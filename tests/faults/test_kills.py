"""Killed at any moment and at each step, started ten times at once, read while it is switched: an edition stays whole.

Belongs here: faults of processes. Does not belong here: faults of places (`test_places.py`) and of files
(`test_hostile_files.py`).
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import dagster as dg
import polars as pl
import pytest

from gevinst.edition import publish
from gevinst.edition.checksums import faults_of
from gevinst.edition.store import edition_in_force, published_ids
from gevinst.edition.verify import verify
from gevinst.settings import Settings, load_settings
from tests.data.workspaces import workspace
from tests.faults.reading import STOP
from tests.pipeline.intake.test_writers import draft

pytestmark = pytest.mark.faults

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 600
KILLS = {"refresh": 4, "import": 31, "accept": 30, "undo": 31}
"""Of refresh as many again without a browser: a hundred in all."""


SWITCHES, READINGS = 3, 1000


def environment(place: Path, **more: str) -> dict[str, str]:
    return {
        **os.environ,
        "DAGSTER_HOME": str(place / "home"),
        "GEVINST_WORKSPACE": str(workspace(place)),
        "GEVINST_RAW_DIR": str(place / "raw"),
        "GEVINST_MARTS_DIR": str(place / "marts"),
        "TMPDIR": str(place / "tmp"),
        "PYTHONPATH": str(ROOT),
        **more,
    }


def start(place: Path, *command: str, **more: str) -> subprocess.Popen[str]:
    (place / "tmp").mkdir(exist_ok=True)
    return subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment(place, **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def finish(process: subprocess.Popen[str]) -> str:
    said = process.communicate(timeout=PATIENCE_SECONDS)[0]
    assert process.returncode == 0, said[-3000:]
    assert "Traceback" not in said, said[-3000:]
    return said


def settings_of(place: Path) -> Settings:
    return load_settings(environment(place))


def processes_of(place: Path) -> list[str]:
    """Processes that still work in a place, whoever started them."""
    found: list[str] = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                if f"GEVINST_WORKSPACE={place}".encode() in (entry / "environ").read_bytes():
                    found.append((entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()[:200])
            except OSError:
                continue
    return found


def none_is_left(place: Path) -> None:
    until = time.monotonic() + 20
    while (left := processes_of(place)) and time.monotonic() < until:
        time.sleep(0.2)
    assert left == []


@pytest.fixture
def prepared(tmp_path: Path) -> Callable[[str], Path]:
    """A place with the committed raw files in the state from which an operation begins."""

    def prepared(operation: str) -> Path:
        before = tmp_path / "before"
        shutil.copytree(ROOT / "data" / "raw", before / "raw")
        if operation == "undo":
            finish(start(before, "-m", "tests.faults.steps", "again", "import", str(before)))
        if operation == "accept":
            draft(before, "utkast", "Et dokument om prøver")
        return before

    return prepared


@pytest.mark.parametrize(
    ("operation", "which"), [("import", "few"), ("undo", "few"), ("accept", "few"), ("home", "all")]
)
def test_an_operation_killed_before_any_step_leaves_all_or_nothing_and_the_next_one_succeeds(
    operation: str, which: str, prepared: Callable[[str], Path], tmp_path: Path
) -> None:
    prepared(operation)
    done = start(tmp_path, "-m", "tests.faults.steps", operation, str(tmp_path), which)
    said = done.communicate(timeout=PATIENCE_SECONDS)[0]
    assert done.returncode == 0, said[-4000:]
    counted = re.search(rf"{operation}: (\d+) steps, 0 faults", said)
    assert counted and int(counted[1]) >= 3, said[-4000:]
    print(said.splitlines()[-1])


@pytest.mark.parametrize("has_browser", [True, False], ids=["with a browser", "without"])
def test_a_refresh_killed_at_any_moment_leaves_the_edition_whole_and_no_process_and_the_next_refresh_succeeds(
    has_browser: bool, published_small: Path, tmp_path: Path
) -> None:
    shutil.copytree(published_small, tmp_path, symlinks=True, dirs_exist_ok=True)
    settings, chance = settings_of(tmp_path), random.Random(int(has_browser))
    browser = {} if has_browser else {"BROWSER_PATH": "/nowhere", "PATH": "/usr/bin/nowhere"}
    began = time.monotonic()
    finish(start(tmp_path, "-m", "gevinst.cli", "publish", "--year", "2026", **browser))
    length = time.monotonic() - began
    for number in range(KILLS["refresh"]):
        change_a_name(tmp_path, number)
        running = start(tmp_path, "-m", "gevinst.cli", "publish", "--year", "2026", **browser)
        time.sleep(length * (number + chance.random()) / KILLS["refresh"])
        running.kill()
        running.communicate()
        none_is_left(tmp_path)
        in_force = edition_in_force(settings)
        assert in_force is not None
        assert faults_of(in_force.path) == []
        assert published_ids(settings)[-1] == in_force.edition_id
    change_a_name(tmp_path, KILLS["refresh"])  # a run killed after its last step has left nothing to publish
    finish(start(tmp_path, "-m", "gevinst.cli", "publish", "--year", "2026", **browser))
    found = [fault for one in verify(settings, None, is_all=True, is_rebuilt=False) for fault in one.faults]
    assert found == []
    assert [path.name for path in settings.marts_dir.rglob(".*") if not path.name.startswith(".run_lock")] == []
    assert list(settings.candidates_dir.iterdir()) == []
    assert list((tmp_path / "tmp").iterdir()) == []


def change_a_name(place: Path, number: int) -> None:
    """Something new for each run to publish."""
    path = place / "raw" / "registry" / "organisations.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    cells = lines[1].split(",")
    cells[1] = f"{cells[1].partition(' prøve ')[0]} prøve {number}"
    path.write_text("\n".join([lines[0], ",".join(cells), *lines[2:], ""]), encoding="utf-8")


@pytest.mark.parametrize("operation", ["import", "accept", "undo"])
def test_an_operation_killed_at_any_moment_leaves_all_rows_or_none_and_the_next_one_succeeds(
    operation: str, prepared: Callable[[str], Path], tmp_path: Path
) -> None:
    prepared(operation)
    done = start(tmp_path, "-m", "tests.faults.steps", operation, str(tmp_path), str(KILLS[operation]))
    said = done.communicate(timeout=PATIENCE_SECONDS)[0]
    assert done.returncode == 0, said[-4000:]
    counted = re.search(rf"{operation}: (\d+) kills, 0 faults", said)
    assert counted and int(counted[1]) >= KILLS[operation] // 2, said[-4000:]
    none_is_left(tmp_path)


def test_ten_starts_at_once_on_a_fresh_home_all_succeed(published_small: Path, tmp_path: Path) -> None:
    shutil.copytree(published_small, tmp_path, symlinks=True, dirs_exist_ok=True)
    homes = [start(tmp_path, "-m", "pipelines.home") for _ in range(6)]
    shell = [
        start(tmp_path, "-m", "gevinst.cli", name, "--year", "2026") for name in ("publish", "candidate", "dry-run")
    ]
    daemon = start(tmp_path, "-m", "dagster._daemon", "run", "-w", "workspace.yaml")
    for one in (*homes, *shell):
        finish(one)
    daemon.send_signal(signal.SIGINT)
    daemon.communicate(timeout=60)
    with dg.DagsterInstance.from_config(str(tmp_path / "home")) as instance:
        assert sorted(run.job_name for run in instance.get_runs()) == ["dry_run", "publish", "refresh"]
        assert all(run.is_success for run in instance.get_runs())


def test_a_reader_of_the_edition_in_force_never_meets_a_mixture(built, settings, tables, tmp_path: Path) -> None:
    def named(number: int) -> dict[str, pl.DataFrame]:
        return {**tables, "projects": tables["projects"].with_columns(name_nb=pl.lit(f"Navn {number}"))}

    publish(built(named(1)), settings)
    met = tmp_path / "met"
    met.mkdir()
    command = ["-m", "tests.faults.reading", str(met), str(READINGS)]
    reader = start(tmp_path, *command, GEVINST_MARTS_DIR=str(settings.marts_dir))
    for number in range(1, SWITCHES + 2):
        if number > 1:
            publish(built(named(number), edition_id=f"2026-{number}"), settings)
        # However slow the machine is: it reads before each switch, during it and after it.
        until = time.monotonic() + PATIENCE_SECONDS
        while reader.poll() is None and not (met / f"2026-{number}").exists() and time.monotonic() < until:
            time.sleep(0.05)
    (met / STOP).touch()
    said = finish(reader)
    counted = re.fullmatch(r"(\d+) readings of (\d+) editions\n", said)
    assert counted and int(counted[1]) >= READINGS and int(counted[2]) == SWITCHES + 1, said
    print(said.strip())

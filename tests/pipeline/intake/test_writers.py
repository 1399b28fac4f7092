"""Several processes that add rows to the same raw files, and one that is killed: no row is lost, none is half there."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from gevinst.intake import read_core
from gevinst.intake.journal import FOLDER, FORWARD
from tests.pipeline.intake.test_append import NUMBERS, SOURCES, VALID, content, source

ROOT = Path(__file__).parents[3]
_ROWS = """
import os, signal, sys
from pathlib import Path
import polars as pl
from gevinst.intake import journal
from gevinst.intake.append import NewRows, append_rows
def new(table, **row):
    return NewRows(table, pl.DataFrame([{**row, "source_id": "kommunekoder-1994-2024", "source_locator": "rad 1",
        "_file": "draft.csv", "_row": 2}]))
def number(value):
    return new("organisation_numbers", organisation_number=value, registered_name="Prøve")
"""
# Great Expectations asks nothing of these tables, so that a process need not load it.
ADD = _ROWS + "append_rows(Path(sys.argv[1]), [number(sys.argv[2])], who='a test')"
DIE = (
    _ROWS
    + """
real = os.replace
def dies(source, target):
    real(source, target)
    if str(target).endswith(".csv"):
        os.kill(os.getpid(), signal.SIGKILL)
journal.os.replace = dies
change = new("municipality_changes", municipality_change_id="0101-2031-0102", old_code="0101", new_code="0102",
    changed_on="2020-01-01", changed_precision="day", municipality_change_code="renumbered")
append_rows(Path(sys.argv[1]), [number(sys.argv[2]), change], who="a test")
"""
)


# The children are made before Polars starts its threads: ten processes then share one loading of the modules.
ADD_AT_ONCE = (
    _ROWS
    + """
children = []
for value in sys.argv[2:]:
    if not (child := os.fork()):
        append_rows(Path(sys.argv[1]), [number(value)], who=f"writer of {value}")
        os._exit(0)
    children.append(child)
sys.exit(max(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children))
"""
)


def start(*arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(processes: Sequence[subprocess.Popen[str]]) -> list[str]:
    said = [process.communicate(timeout=300) for process in processes]
    assert [process.returncode for process in processes] == [0] * len(said), said
    return ["".join(one) for one in said]


def draft(folder: Path, name: str, title: str) -> Path:
    """A draft as `gevinst read` leaves it, with one document."""
    names = (ROOT / "data/raw" / SOURCES).read_text(encoding="utf-8").split("\n")[0].split(",")
    row = source(name, title=title)
    (folder / name).mkdir()
    lines = [",".join(names), ",".join(row.get(column, "") for column in names), ""]
    (folder / name / "sources.csv").write_text("\n".join(lines), encoding="utf-8")
    return folder / name


@pytest.mark.slow  # each process loads Great Expectations: some 22 seconds of processor time
def test_two_accepts_at_once_both_succeed_and_no_row_is_lost(raw_dir: Path, tmp_path: Path) -> None:
    lines = content(raw_dir)[SOURCES].count(b"\n")
    drafts = [draft(tmp_path, "en", "Et første dokument"), draft(tmp_path, "to", "Et annet dokument")]
    said = finish([start("-m", "gevinst.cli", "accept", one, "--raw-dir", raw_dir) for one in drafts])
    assert all("Ført inn" in one for one in said)
    assert sum("Venter på gevinst accept" in one for one in said) == 1
    assert content(raw_dir)[SOURCES].count(b"\n") == lines + 2
    assert {"en", "to"} <= set(read_core(raw_dir).tables["sources"]["source_id"])


@pytest.mark.slow
def test_ten_writers_at_once_lose_nothing_and_leave_nothing_behind(raw_dir: Path) -> None:
    before = content(raw_dir)
    finish([start("-c", ADD_AT_ONCE, raw_dir, *VALID[:10])])
    after = content(raw_dir)
    added = after[NUMBERS].removeprefix(before[NUMBERS]).decode().splitlines()
    assert sorted(line.split(",")[0] for line in added) == VALID[:10]
    assert {name for name in after if after[name] != before[name]} == {NUMBERS}
    assert {path.name for path in (raw_dir / FOLDER).iterdir()} == {".run_lock"}


@pytest.mark.slow
def test_what_a_killed_writer_began_is_complete_for_whoever_comes_next(raw_dir: Path, tmp_path: Path) -> None:
    before = content(raw_dir)
    process = start("-c", DIE, raw_dir, VALID[1])
    said = process.communicate(timeout=300)
    assert process.returncode == -signal.SIGKILL, said
    changed = {name for name, value in content(raw_dir).items() if value != before[name]}
    assert changed == {NUMBERS}, "it died between its two files"
    assert (raw_dir / FOLDER / FORWARD).exists()
    assert added_keys(Path(shutil.copytree(raw_dir, tmp_path / "reader"))) == {VALID[1], "0101-2031-0102"}
    finish([start("-c", ADD, raw_dir, VALID[2])])  # another writer goes on where the dead one stopped
    assert added_keys(raw_dir) == {VALID[1], VALID[2], "0101-2031-0102"}
    assert os.listdir(raw_dir / FOLDER) == [".run_lock"]


def added_keys(raw_dir: Path) -> set[str]:
    tables, before = read_core(raw_dir).tables, read_core(ROOT / "data/raw").tables
    names = {"organisation_numbers": "organisation_number", "municipality_changes": "municipality_change_id"}
    return {key for name, column in names.items() for key in {*tables[name][column]} - {*before[name][column]}}

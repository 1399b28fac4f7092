"""One operation, killed before each of its steps in the file system: run as a program, it prints what it found.

    python -m tests.faults.steps OPERATION PLACE few|all|NUMBER
    python -m tests.faults.steps again OPERATION PLACE    what must hold after a kill, and once more

With `few`, only steps that move something into its place are tried; with a number, it is killed at so many moments by
chance. PLACE holds `before/`, the state to begin from. For
each step that changes the file system, a copy of it is made, the operation is begun in a process of its own and killed
(SIGKILL) right before that step; then it is checked that what was published or delivered is whole, and the operation is
done once more, as the next run would. Every line printed is a fault; the last line counts the steps. Processes are
forked from one that has loaded everything and used nothing, so that a step costs little.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import dagster as dg
import great_expectations  # noqa: F401 - the program loads it when it first checks, which each fork would do again
import polars as pl

from gevinst.announcements.accept import accept_draft
from gevinst.edition import publish
from gevinst.edition.chain import before, links
from gevinst.edition.checksums import verify_files
from gevinst.edition.store import edition_in_force, list_editions
from gevinst.edition.sweep import sweep
from gevinst.edition.verify import verify
from gevinst.intake import read_core
from gevinst.intake.append import NewRows, append_rows
from gevinst.intake.journal import BACK, DONE, FOLDER, FORWARD, NEW, OLD
from gevinst.intake.undo import undo
from gevinst.settings import Settings, load_settings
from pipelines.home import open_home
from tests.data.workspaces import workspace

CHANGING = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.symlink", "os.link", "os.chmod", "os.truncate"}
"""Audit events of Python for calls that change the file system; `os.replace` is audited as a rename."""
MOVING = {"os.rename", "os.symlink", "os.link"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class Operation(NamedTuple):
    """What is killed, what must hold right after, and what must hold when it has been done once more."""

    do: Callable[[Path], None]
    after_kill: Callable[[Path], None]
    after_all: Callable[[Path], None]


def settings_of(place: Path) -> Settings:
    """The installation in a place."""
    return load_settings(
        {
            "GEVINST_WORKSPACE": str(workspace(place)),
            "GEVINST_RAW_DIR": str(place / "raw"),
            "GEVINST_MARTS_DIR": str(place / "marts"),
        }
    )


# --- publishing -------------------------------------------------------------------------------------------------


def put_in_force(place: Path) -> None:
    """What a run does when it has built: clear away, and publish the candidate unless it is published already."""
    settings = settings_of(place)
    sweep(settings)
    for candidate in sorted(settings.candidates_dir.iterdir()):
        publish(candidate, settings)


def an_edition_is_in_force_and_none_is_a_ghost(place: Path) -> None:
    settings = settings_of(place)
    in_force = edition_in_force(settings)
    assert in_force is not None
    verify_files(in_force.path)
    newest = list_editions(settings)[-1]
    assert newest.edition_id == in_force.edition_id, f"{newest.edition_id} is listed and was never in force"


def everything_is_published_and_nothing_is_left(place: Path) -> None:
    settings = settings_of(place)
    sweep(settings)
    assert not list(settings.candidates_dir.iterdir())
    faults = [fault for found in verify(settings, None, is_all=True, is_rebuilt=False) for fault in found.faults]
    assert not faults, faults
    hidden = [path.name for path in settings.marts_dir.rglob(".*")]
    assert not hidden, hidden
    chain = links(settings)
    assert [before(edition) for edition in list_editions(settings)] == [None, *chain[:-1]]


# --- raw files --------------------------------------------------------------------------------------------------

VALUE = "100000008"
"""An organisation number that is valid and belongs to nobody: real ones begin with 8 or 9."""


def add_rows(place: Path) -> None:
    """Add a row to each of two files, unless they are there already."""
    if not is_there(place):
        append_rows(
            place / "raw",
            [row_of("organisation_numbers", **NUMBER), row_of("municipality_changes", **CHANGE)],
            who="a test",
        )


def take_back(place: Path) -> None:
    """Undo the last receipt, unless that has been done."""
    if is_there(place):
        undo(place / "raw")


def accept(place: Path) -> None:
    """Accept the draft, unless it has been accepted."""
    if "utkast" not in read_core(place / "raw").tables["sources"]["source_id"].to_list():
        accept_draft(place / "utkast", place / "raw")


NUMBER = {"organisation_number": VALUE, "registered_name": "Prøve"}
CHANGE = {
    "municipality_change_id": "0101-2031-0102",
    "old_code": "0101",
    "new_code": "0102",
    "changed_on": "2020-01-01",
    "changed_precision": "day",
    "municipality_change_code": "renumbered",
}


def row_of(table: str, **row: str) -> NewRows:
    place = {"source_id": "kommunekoder-1994-2024", "source_locator": "rad 1", "_file": "draft.csv", "_row": 2}
    return NewRows(table, pl.DataFrame([{**row, **place}]))


def is_there(place: Path) -> bool:
    """Whether the rows are there: in both files or in neither."""
    tables = read_core(place / "raw").tables
    is_in_one = VALUE in tables["organisation_numbers"]["organisation_number"].to_list()
    is_in_other = CHANGE["municipality_change_id"] in tables["municipality_changes"]["municipality_change_id"].to_list()
    assert is_in_one == is_in_other
    return is_in_one


def rows_are_in_both_files_or_in_neither(place: Path) -> None:
    is_there(place)


def rows_are_there_and_nothing_is_left(place: Path) -> None:
    assert is_there(place)
    nothing_is_left(place)


def rows_are_gone_and_nothing_is_left(place: Path) -> None:
    assert not is_there(place)
    nothing_is_left(place)


def the_draft_is_in_and_nothing_is_left(place: Path) -> None:
    assert read_core(place / "raw").tables["sources"]["source_id"].to_list().count("utkast") == 1
    nothing_is_left(place)


def nothing_is_left(place: Path) -> None:
    add_nothing = [
        path.name for path in (place / "raw").rglob("*") if path.suffix not in (".csv", ".toml", ".json", "")
    ]
    assert not add_nothing, add_nothing
    left = [path.name for path in (place / "raw" / FOLDER).glob("*") if path.name in (NEW, OLD, FORWARD, BACK, DONE)]
    assert not left, left


# --- the record of runs -----------------------------------------------------------------------------------------


def make_home(place: Path) -> None:
    """What every start does first."""
    os.environ["DAGSTER_HOME"] = str(place / "home")
    open_home(settings_of(place), lambda nb, en: None)


def nothing_is_known_of_it(place: Path) -> None:
    """A home that is half made is nobody's business until the next start."""


def the_record_opens_and_nothing_is_left(place: Path) -> None:
    make_home(place)
    with dg.DagsterInstance.from_config(str(place / "home")) as instance:
        assert instance.get_runs_count() == 0
    left = {path.name for path in (place / "home").iterdir()}
    assert left <= {".run_lock", "dagster.yaml", "history", "schedules", "storage"}, left


OPERATIONS = {
    "publish": Operation(
        put_in_force, an_edition_is_in_force_and_none_is_a_ghost, everything_is_published_and_nothing_is_left
    ),
    "import": Operation(add_rows, rows_are_in_both_files_or_in_neither, rows_are_there_and_nothing_is_left),
    "undo": Operation(take_back, rows_are_in_both_files_or_in_neither, rows_are_gone_and_nothing_is_left),
    "accept": Operation(accept, rows_are_in_both_files_or_in_neither, the_draft_is_in_and_nothing_is_left),
    "home": Operation(make_home, nothing_is_known_of_it, the_record_opens_and_nothing_is_left),
}


def is_killed(do: Callable[[Path], None], place: Path, *, arm: Callable[[], None], seconds: float | None) -> bool:
    """Begin the operation, where `arm` or the time kills it; `False` when it ended before."""
    sys.stdout.flush()
    child = os.fork()
    if not child:
        arm()
        quietly(do, place)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    if os.WEXITSTATUS(status):
        raise AssertionError("the operation failed by itself")
    return False


def kill_before(step: int, *, is_few: bool) -> None:
    """From now on, kill this process before that step."""
    seen = 0

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal seen
        is_write = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
        is_change = event in MOVING if is_few else (event in CHANGING or is_write)
        if is_change:
            seen += 1
            if seen == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


def quietly(do: Callable[[Path], None], place: Path) -> None:
    """Do it in this process, which ends with it: 0 when it went well, 1 after its traceback."""
    try:
        do(place)
    except BaseException:
        traceback.print_exc(file=sys.stdout)
        sys.stdout.flush()
        os._exit(1)
    os._exit(0)


def fails(do: Callable[[Path], None], place: Path) -> bool:
    """Whether it fails, in a process of its own."""
    sys.stdout.flush()
    child = os.fork()
    if not child:
        quietly(do, place)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0


def holds(operation: Operation, place: Path, number: int, **how: Any) -> tuple[bool, bool]:
    """Whether one trial in a copy of its own was killed, and whether all that must hold afterwards did."""
    now = Path(shutil.copytree(place / "before", place / f"trial-{number}", symlinks=True))
    was_killed = is_killed(operation.do, now, **how)
    checks = [operation.after_kill, operation.do, operation.after_all] if was_killed else [operation.after_all]
    broken = next((check.__name__ for check in checks if fails(check, now)), None)
    if broken:
        print(f"trial {number}: {broken} does not hold")
    shutil.rmtree(now)
    return was_killed, broken is None


def at_each_step(name: str, place: Path, *, is_few: bool) -> int:
    """Kill the operation before each of its steps; 1 when anything did not hold."""
    step, faults, was_killed = 0, 0, True
    while was_killed:
        step += 1
        was_killed, is_whole = holds(
            OPERATIONS[name], place, step, arm=partial(kill_before, step, is_few=is_few), seconds=None
        )
        faults += not is_whole
    print(f"{name}: {step - 1} steps, {faults} faults")
    return int(faults > 0)


def at_random(name: str, place: Path, moments: int) -> int:
    """Kill the operation at moments by chance, all along the time that it takes; 1 when anything did not hold."""
    chance, kills, faults = random.Random(name), 0, 0
    now = Path(shutil.copytree(place / "before", place / "whole", symlinks=True))
    began = time.monotonic()
    is_killed(OPERATIONS[name].do, now, arm=lambda: None, seconds=None)
    length = time.monotonic() - began
    for number in range(1, moments + 1):
        was_killed, is_whole = holds(
            OPERATIONS[name], place, number, arm=lambda: None, seconds=length * chance.random()
        )
        kills += was_killed
        faults += not is_whole
    print(f"{name}: {kills} kills, {faults} faults")
    return int(faults > 0)


def again(name: str, place: Path) -> int:
    """What the next process does after a kill, and what must hold before and afterwards."""
    operation = OPERATIONS[name]
    for step in (operation.after_kill, operation.do, operation.after_all):
        step(place)
    return 0


def main(first: str, second: str, third: str) -> int:
    """As the head of this file says."""
    if first == "again":
        return again(second, Path(third))
    if third.isdecimal():
        return at_random(first, Path(second), int(third))
    return at_each_step(first, Path(second), is_few=third == "few")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

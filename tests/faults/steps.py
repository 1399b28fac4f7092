"""One operation, killed before each of its steps in the file system: run as a program, it prints what it found.

    python -m tests.faults.steps OPERATION PLACE [few]

With `few`, only steps that move something into its place are tried. PLACE holds `before/`, the state to begin from. For
each step that changes the file system, a copy of it is made, the operation is begun in a process of its own and killed
(SIGKILL) right before that step; then it is checked that what was published or delivered is whole, and the operation is
done once more, as the next run would. Every line printed is a fault; the last line counts the steps. Processes are
forked from one that has loaded everything and used nothing, so that a step costs little.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from gevinst.edition import publish
from gevinst.edition.chain import before, links
from gevinst.edition.checksums import verify_files
from gevinst.edition.store import edition_in_force, list_editions
from gevinst.edition.sweep import sweep
from gevinst.edition.verify import verify
from gevinst.intake.core import read_core
from gevinst.settings import Settings, load_settings

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
            "GEVINST_ROOT": str(place),
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


def rows_are_all_there_or_none(place: Path) -> None:
    rows = read_core(place / "raw").tables["survey_results"].height
    assert rows in row_counts(place), f"{rows} rows of {row_counts(place)}"


def row_counts(place: Path) -> list[int]:
    """The numbers of rows before and after the change, as the test wrote them."""
    return [int(count) for count in (place / "row_counts").read_text(encoding="utf-8").split()]


OPERATIONS = {
    "publish": Operation(
        put_in_force, an_edition_is_in_force_and_none_is_a_ghost, everything_is_published_and_nothing_is_left
    ),
}


def killed_before(step: int, do: Callable[[Path], None], place: Path, *, is_few: bool) -> bool:
    """Begin the operation and kill it before a step; `False` when it ended before there were that many."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            return True
        if os.WEXITSTATUS(status):
            raise AssertionError("the operation failed by itself")
        return False
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
    quietly(do, place)
    raise SystemExit


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


def main(name: str, place: Path, *, is_few: bool) -> int:
    """Kill the operation before each of its steps; 1 when anything did not hold."""
    operation, step, faults = OPERATIONS[name], 0, 0
    while True:
        step += 1
        now = place / f"step-{step}"
        shutil.copytree(place / "before", now, symlinks=True)
        was_killed = killed_before(step, operation.do, now, is_few=is_few)
        for what in (*([operation.after_kill, operation.do] if was_killed else []), operation.after_all):
            if fails(what, now):
                print(f"killed before step {step}: {what.__name__} does not hold")
                faults += 1
                break
        shutil.rmtree(now)
        if not was_killed:
            print(f"{name}: {step - 1} steps, {faults} faults")
            return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), is_few=sys.argv[3:] == ["few"]))

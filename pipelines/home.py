"""The record of runs, Dagster's store: made whole and opened in turn, so that no two starts can spoil it.

Dagster makes the databases of its store when it first opens them, and several processes that do so at once (a boot that
starts daemon and pages, a run from the shell beside them) leave databases that never open again. Here a store is made
beside and renamed into place, by one process at a time. Everything that starts Dagster calls `open_home` first; the
Makefile does it with ``python -m pipelines.home``.

Belongs here: making the record, and what happens to one that cannot be opened.
Does not belong here: what is recorded, which Dagster decides, and the settings of the instance (`dagster.yaml`).
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import dagster as dg
from sqlalchemy import event
from sqlalchemy.engine import Engine

from gevinst.edition import calendar
from gevinst.errors import GevinstError
from gevinst.lock import run_lock
from gevinst.settings import Settings, home_of, load_settings

CONFIG = "dagster.yaml"
PARTS = ("history", "schedules")
"""Folders of the store: runs with their events, and what is started. One that is broken leaves the other as it is."""
_MAKING = ".making-"
_BROKEN = "broken"


class HomeError(GevinstError):
    """The record of runs cannot be made or opened."""


def open_home(settings: Settings, say: Callable[[str, str], object]) -> Path:
    """Make the record of runs ready to be opened by any number of processes, and return its folder.

    A part that is missing is made; a part whose databases cannot be read is moved aside under a name with the time, and
    made again. `say` is called with a sentence in bokmål and in English when that happens, and while another process is
    making it. Sets ``DAGSTER_HOME``. Raises `HomeError` when the folder cannot be written.
    """
    home = home_of(settings)
    os.environ["DAGSTER_HOME"] = str(home)
    try:
        with run_lock(home, "gevinst (record of runs)", lambda _: say(*_waiting(home))):
            for left in home.glob(f"{_MAKING}*"):  # by a process that was killed meanwhile
                shutil.rmtree(left, ignore_errors=True)
            _settle_config(home)
            for part in PARTS:
                if fault := _fault(home / part):
                    say(*_moved_aside(home / part, fault))
            if not all((home / part).is_dir() for part in PARTS):
                _make_missing(home)
    except OSError as error:
        raise HomeError(
            f"the record of runs in {home} cannot be made ({error.strerror}); make the folder writable, or name "
            "another in DAGSTER_HOME",
            f"kjøringsloggen i {home} kan ikke lages ({error.strerror}); gjør mappa skrivbar, eller oppgi en annen i "
            "DAGSTER_HOME",
        ) from error
    return home


def commit_without_waiting() -> None:
    """Let this process write what happens in a run without waiting each time until a disk has it.

    The record of a refresh takes some 3 000 commits; to wait for each was a tenth of the time that forty projects took.
    A process that is killed loses nothing by it, and a machine that loses power the last lines of the record: SQLite
    keeps a database with a write-ahead log, as Dagster's are, whole either way.
    """
    if not event.contains(Engine, "connect", _commit_without_waiting):
        event.listen(Engine, "connect", _commit_without_waiting)


def _commit_without_waiting(connection: object, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute("pragma synchronous = normal")


def _settle_config(home: Path) -> None:
    """Put the program's settings in place, unless the installation's own are newer."""
    ours, theirs = Path(__file__).with_name(CONFIG), home / CONFIG
    if not theirs.exists() or theirs.stat().st_mtime < ours.stat().st_mtime:
        beside = home / f"{_MAKING}{CONFIG}"
        shutil.copyfile(ours, beside)
        os.replace(beside, theirs)


def _make_missing(home: Path) -> None:
    with TemporaryDirectory(prefix=_MAKING, dir=home) as place:
        shutil.copyfile(home / CONFIG, Path(place) / CONFIG)
        # Opening makes every database, and closing leaves no journal beside them.
        with dg.DagsterInstance.from_config(place):
            pass
        for part in PARTS:
            if (Path(place) / part).is_dir() and not (home / part).exists():  # another kind of store has no such folder
                os.rename(Path(place) / part, home / part)


def _fault(part: Path) -> str | None:
    """What is wrong with the databases of a part that is there; `None` when they can be used."""
    if not part.exists():
        return None
    shared = [path for path in sorted(part.rglob("*.db")) if path.stem in ("runs", "index", "schedules")]
    wanted = {"history": 2, "schedules": 1}[part.name]
    if len(shared) < wanted:
        return "a database is missing"
    return next((fault for path in shared if (fault := _database_fault(path))), None)


def _database_fault(path: Path) -> str | None:
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True)) as connection:
            (state,) = connection.execute("pragma quick_check(1)").fetchone()
            # Two processes that made a database at once have each written their version: it never opens again.
            versions = connection.execute("select count(*) from alembic_version").fetchone()[0]
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return f"{path.name} is not finished"
        # Locked, not readable, or a full disk: nothing is wrong with the database itself.
        raise OSError(0, str(error), str(path)) from error
    except sqlite3.DatabaseError as error:
        return f"{path.name}: {error}"
    if state != "ok":
        return f"{path.name}: {state}"
    return None if versions == 1 else f"{path.name} has {versions} versions"


def _moved_aside(part: Path, fault: str) -> tuple[str, str]:
    aside = part.with_name(f"{part.name}-{_BROKEN}-{calendar.now():%Y%m%dT%H%M%S}")
    os.rename(part, aside)
    lost_nb, lost_en = {
        "history": ("Tidligere kjøringer vises ikke lenger i Dagster.", "Earlier runs no longer show in Dagster."),
        "schedules": (
            "Plan og sensorer er stanset og må startes igjen (i kildekoden: «make schedule-on»).",
            "Schedule and sensors are stopped and must be started again (in a checkout: `make schedule-on`).",
        ),
    }[part.name]
    return (
        f"{part} kunne ikke åpnes ({fault}) og er flyttet til {aside.name}; en ny er laget. {lost_nb}",
        f"{part} could not be opened ({fault}) and was moved to {aside.name}; a new one is made. {lost_en}",
    )


def _waiting(home: Path) -> tuple[str, str]:
    return (
        f"venter på et annet program som gjør {home} klar",
        f"waiting for another program that is making {home} ready",
    )


def main() -> int:
    """Make the record of runs ready; 0 when it is, 1 when it cannot be and a sentence said why."""
    try:
        open_home(load_settings(), lambda _, en: print(en, file=sys.stderr))
    except GevinstError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

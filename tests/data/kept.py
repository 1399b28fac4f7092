"""What takes seconds to make and is needed by many tests: made once for all processes, and kept between runs.

Everything lies in `.pytest_cache/kept/<key>/<name>`. The key is the content of all that a result may depend on: the
code, the raw files, the code that makes test data, the locks and the interpreter. One changed byte makes another key,
so that nothing old is ever tested; the file lock makes a second process wait for the first instead of building too.

Belongs here: keeping. Does not belong here: what is made (`states.py`, `rendered.py`, the conftest files).
What is kept is shared, hence read-only: a test that changes something takes a copy.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

from filelock import FileLock

ROOT = Path(__file__).parents[2]
PLACE = ROOT / ".pytest_cache" / "kept"
SOURCES = ("gevinst", "assets", "pipelines", "data/raw", "tests/data")
FILES = (
    "requirements-dev.lock",
    "gevinst/site/frontend/package-lock.json",
    "gevinst.toml",
    "scheme.toml",
    "tests/conftest.py",
)
NOT_READ = {"node_modules", "__pycache__", "announcements"}
"""Folders with nothing in them that a kept result depends on: a reader of web pages builds no table, page or figure."""
KEYS_KEPT = 3
"""States of the code whose results stay, so that going back and forth between two branches builds nothing twice."""

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")

T = TypeVar("T")


def folder(name: str, make: Callable[[Path], object]) -> Path:
    """The folder that `make` fills, given its place: filled once for equal content, whichever process asks first."""
    place = PLACE / key() / name
    finished = place.with_name(f"{place.name}.finished")
    place.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(place.with_name(f"{place.name}.lock")):
        if not finished.exists():
            shutil.rmtree(place, ignore_errors=True)  # of a process that was stopped while it made this
            place.mkdir()
            make(place)
            finished.touch()
    return place


def value(name: str, make: Callable[[], T]) -> T:
    """What `make` returns, which must be picklable: made once for equal content, and read by all others."""
    path = folder(name, lambda place: (place / "value.pickle").write_bytes(pickle.dumps(make()))) / "value.pickle"
    return pickle.loads(path.read_bytes())


@cache
def chromium() -> str | None:
    """Path of the Chromium that draws figures and opens pages, or `None` where there is none."""
    candidates = [os.environ.get("BROWSER_PATH"), *map(shutil.which, CHROMIUM_NAMES)]
    return next((path for path in candidates if path and os.access(path, os.X_OK)), None)


@cache
def key() -> str:
    """The content of everything that a result may depend on, as a short hash; results of old content are removed."""
    hashed = hashlib.sha256(f"{sys.version} {_chromium()}".encode())
    for path in _read():
        hashed.update(f"{path.relative_to(ROOT).as_posix()}\n".encode())
        hashed.update(path.read_bytes())
    found = hashed.hexdigest()[:16]
    _forget_old(found)
    return found


def _read() -> Iterator[Path]:
    for source in SOURCES:
        for place, folders, names in os.walk(ROOT / source):
            folders[:] = sorted(set(folders) - NOT_READ)
            yield from (Path(place) / name for name in sorted(names))
    yield from (path for name in FILES if (path := ROOT / name).exists())


def _chromium() -> str:
    """Which browser draws the figures, if any: without one they stay undrawn."""
    found = chromium()
    return f"{found} {os.stat(found).st_mtime_ns}" if found else ""


def _forget_old(current: str) -> None:
    (PLACE / current).mkdir(parents=True, exist_ok=True)
    os.utime(PLACE / current)
    newest_first = sorted(PLACE.iterdir(), key=lambda place: place.stat().st_mtime, reverse=True)
    for place in newest_first[KEYS_KEPT:]:
        shutil.rmtree(place, ignore_errors=True)  # another process may be removing it too

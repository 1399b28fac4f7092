"""One process at a time: whatever builds or writes in a folder holds the folder's lock until it is done.

Belongs here: waiting for the lock of a folder, and reporting who holds it.
Does not belong here: the queue of runs that Dagster starts (runs from the shell bypass that queue, but not this lock),
and what is done under the lock.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

FILE = ".run_lock"
HOLDER = ".run_lock_holder"
"""Holds the name of the lock's holder. A separate file, because on Windows nobody else can read a locked file."""
LOOK_EVERY_SECONDS = 0.5
"""Short enough to go unnoticed after a write of some seconds, long enough to cost nothing during a build of minutes."""
REPORT_EVERY_SECONDS = 30
"""Often enough to show that the command is alive, without filling the screen during a build."""


@contextmanager
def run_lock(folder: Path, who: str, progress: Callable[[str], object]) -> Iterator[None]:
    """Hold the lock of `folder` for the length of the ``with`` block, waiting while another process or thread has it.

    `who` is the name shown to those who wait. `progress` is called with the name of the current holder, at once and
    then twice a minute; the name is empty in the moment before a new holder has written its own. The operating system
    frees the lock when the process ends, however it ends, so that a dead process holds nothing; the empty file that is
    left has no effect by itself. Raises `OSError` when `folder` cannot be made or written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # Without flock, filelock would fall back to a mere file, which a killed process leaves behind forever.
    lock = FileLock(folder / FILE, fallback_to_soft=False)
    _acquire(lock, folder / HOLDER, progress)
    try:
        (folder / HOLDER).write_text(who, encoding="utf-8")
        yield
    finally:
        # Removed before the release: afterwards the file may already hold the name of the next holder.
        (folder / HOLDER).unlink(missing_ok=True)
        lock.release()


def _acquire(lock: FileLock, holder: Path, progress: Callable[[str], object]) -> None:
    reported: float | None = None
    while True:
        try:
            lock.acquire(timeout=0)  # filelock's own waiting cannot report the holder meanwhile
            return
        except Timeout:
            if reported is None or time.monotonic() - reported >= REPORT_EVERY_SECONDS:
                progress(_name(holder))
                reported = time.monotonic()
            time.sleep(LOOK_EVERY_SECONDS)


def _name(holder: Path) -> str:
    with suppress(OSError):  # released at this moment
        return holder.read_text(encoding="utf-8")
    return ""

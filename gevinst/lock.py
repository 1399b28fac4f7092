"""One at a time: whoever builds or writes in a folder holds its lock until the work is over.

Belongs here: waiting for the lock of a folder, and saying who holds it.
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
"""Names who holds the lock. A file of its own: Windows lets nobody else read a file that is locked."""
LOOK_EVERY_SECONDS = 0.5
REPORT_EVERY_SECONDS = 30


@contextmanager
def run_lock(folder: Path, who: str, progress: Callable[[str], object]) -> Iterator[None]:
    """Hold the lock of `folder` for the length of the ``with`` block, waiting while another process or thread has it.

    `who` names the holder to those who wait. `progress` is called with the name of the holder that one waits for, at
    once and then twice a minute; the name is empty in the moment before a new holder has written its own. The operating
    system frees the lock when the process ends, however it ends, so that a dead process holds nothing; the empty file
    that stays behind means nothing by itself. Raises `OSError` when `folder` cannot be made or written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # Without flock, filelock would fall back to a mere file, which a killed process leaves behind for ever.
    lock = FileLock(folder / FILE, fallback_to_soft=False)
    _acquire(lock, folder / HOLDER, progress)
    try:
        (folder / HOLDER).write_text(who, encoding="utf-8")
        yield
    finally:
        (folder / HOLDER).unlink(missing_ok=True)
        lock.release()


def _acquire(lock: FileLock, holder: Path, progress: Callable[[str], object]) -> None:
    reported: float | None = None
    while True:
        try:
            lock.acquire(timeout=0)
            return
        except Timeout:
            if reported is None or time.monotonic() - reported >= REPORT_EVERY_SECONDS:
                progress(_name(holder))
                reported = time.monotonic()
            time.sleep(LOOK_EVERY_SECONDS)


def _name(holder: Path) -> str:
    with suppress(OSError):  # released in this very moment
        return holder.read_text(encoding="utf-8")
    return ""

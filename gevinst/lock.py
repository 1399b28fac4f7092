"""One run at a time: whoever builds in a folder holds its turn until the run is over.

Belongs here: waiting for one's turn and telling what is waited for.
Does not belong here: the queue of runs that Dagster starts; runs from the shell bypass it, this they do not.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

FILE = ".turn"
LOOK_EVERY_SECONDS = 0.5
TELL_EVERY_SECONDS = 30


@contextmanager
def turn(folder: Path, who: str, progress: Callable[[str], object]) -> Iterator[None]:
    """Hold the turn of `folder` for the length of the ``with`` block, waiting while another run has it.

    `who` is told to those who wait, and `progress` is told whom one waits for: at once and then twice a minute. The
    operating system takes the turn back when the process ends, however it ends, so that none is held by a dead run.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / FILE).open("a+", encoding="utf-8") as file:
        _wait(file, progress)
        file.truncate(0)
        file.write(who)
        file.flush()
        yield


def _wait(file: IO[str], progress: Callable[[str], object]) -> None:
    told: float | None = None
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if told is None or time.monotonic() - told >= TELL_EVERY_SECONDS:
                file.seek(0)
                progress(f"waiting for {file.read() or 'another run'}, which is going on; this run begins when it ends")
                told = time.monotonic()
            time.sleep(LOOK_EVERY_SECONDS)

"""Folders for temporary files that do not outlive the process for long, however it ends.

Belongs here: making such a folder below the system's folder for temporary files, and removing those of dead processes.
Does not belong here: what is made beside its own place so that a rename can put it there (`gevinst.whole_files`,
`gevinst.intake.journal`).
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

_PREFIX = "gevinst-scratch-"
_LOCK = ".in_use"


@contextmanager
def scratch() -> Iterator[Path]:
    """An empty folder for the length of the ``with`` block, below ``TMPDIR`` where that is set.

    A lock inside it tells others that its process is alive; the operating system frees it when the process ends.
    """
    with tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as name:
        outer = Path(name)
        with FileLock(outer / _LOCK, fallback_to_soft=False):
            inner = outer / "files"
            inner.mkdir()
            yield inner


def sweep_scratch() -> None:
    """Remove the folders of processes that were killed."""
    for outer in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        # Another account's folder cannot be opened, and one that is being made has no lock yet: both stay.
        with suppress(OSError, Timeout):
            if (outer / _LOCK).exists():
                with FileLock(outer / _LOCK, timeout=0, fallback_to_soft=False):
                    shutil.rmtree(outer, ignore_errors=True)

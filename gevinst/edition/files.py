"""Files of an edition on disk: listing them, and writing one so that it is whole or not there.

Belongs here: what building, packing and the list of editions share about files.
Does not belong here: names inside an edition (`gevinst.layout`) and checksums (`checksums.py`).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4


def files_below(folder: Path) -> list[str]:
    """Paths of all files below `folder`, relative to it, with forward slashes, in order."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def write_atomically(target: Path, write: Callable[[Path], object]) -> Path:
    """Let `write` fill a file beside `target`, then rename it: readers see the old file or the new one, never a part.

    Returns `target`; when `write` fails, the old file stays and nothing is left beside it.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    # A name of its own for each run, with a leading dot so that the server does not serve it.
    beside = target.with_name(f".{target.name}-{uuid4().hex[:8]}")
    try:
        write(beside)
        os.replace(beside, target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return target

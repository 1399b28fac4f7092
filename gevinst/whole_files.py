"""Files on disk: listing them, and writing one so that it is whole or not there.

Belongs here: what all that write files for others share.
Does not belong here: names inside an edition (`gevinst.layout`), checksums (`gevinst.edition.checksums`), and raw
files, of which several change together (`gevinst.intake.journal`).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from gevinst.errors import GevinstError

if TYPE_CHECKING:
    import polars as pl

_FILE, _FOLDER = 0o644, 0o755
"""What is published may be read by everybody, whatever the umask of the account that builds it: the web server is
another."""


def files_below(folder: Path) -> list[str]:
    """Paths of all files below `folder`, relative to it, with forward slashes, in order."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@contextmanager
def naming(place: Path) -> Iterator[None]:
    """Let a refusal of the system in the ``with`` block name `place`: once a file is open, it names none."""
    try:
        yield
    except OSError as error:
        if error.errno and error.filename is None:
            error.filename = str(place)
        raise


class FolderTaken(GevinstError):
    """There is something in a folder that should be new."""


@contextmanager
def new_folder(out: Path) -> Iterator[None]:
    """Make the folder `out` for what the ``with`` block writes into it, and take it away again when that fails.

    Raises `FolderTaken` when there is something in it. A refusal of the system names it.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise FolderTaken(f"{out} is not empty; name a new folder", f"{out} er ikke tom; oppgi en ny mappe")
    with naming(out):
        out.mkdir(parents=True, exist_ok=True)
        try:
            yield
        except BaseException:
            shutil.rmtree(out, ignore_errors=True)  # a part of it would be taken for the whole, or be in the way
            raise


def write_atomically(target: Path, write: Callable[[Path], object]) -> Path:
    """Let `write` fill a file beside `target`, then rename it: readers see the old file or the new one, never a part.

    Returns `target`; when `write` fails, the old file stays and nothing is left beside it. A folder can be made so too
    where there is none yet.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    # A name of its own for each run, with a leading dot so that the server does not serve it.
    beside = target.with_name(f".{target.name}-{uuid4().hex[:8]}")
    try:
        with naming(target):
            write(beside)
            os.replace(beside, target)
    except BaseException:
        if beside.is_dir():
            shutil.rmtree(beside)
        else:
            beside.unlink(missing_ok=True)
        raise
    return target


def write_parquet(frame: pl.DataFrame, path: Path) -> None:
    """Write `frame` as Parquet; the same rows give the same bytes.

    Compressed in memory first: of a disk that takes no more, Polars says neither that nor which file it was writing.
    """
    content = BytesIO()
    frame.write_parquet(content, compression="zstd", compression_level=3)
    with naming(path):
        path.write_bytes(content.getbuffer())


def open_to_readers(folder: Path) -> None:
    """Let everybody read `folder`, or file, and all below it."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(_FOLDER if path.is_dir() else _FILE)

"""Copies of an installation: everything that cannot be made again, in one file that shows whether it is whole.

Raw files with their receipts, published editions and the link to the one in force, the records of runs, Dagster's
record and the settings. Not what a run makes again (candidates, dry runs, the working database, drawn figures), and not
the code, which is in Git.

Belongs here: taking a copy while the service runs, reading it back byte by byte, and putting it in place.
Does not belong here: when copies are taken (``deploy/systemd``) and where they are kept (``docs/deploy.md``).
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import re
import shutil
import sqlite3
import tarfile
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import IO, NamedTuple
from uuid import uuid4

from gevinst.edition.store import is_edition_id
from gevinst.errors import GevinstError
from gevinst.intake.journal import FOLDER as UNFINISHED
from gevinst.intake.journal import read_steadily
from gevinst.layout import SUMS
from gevinst.lock import run_lock
from gevinst.settings import CONFIG_FILE, Settings, home_of
from gevinst.whole_files import write_atomically
from gevinst.workspace import SCHEME_FILE

_MADE_AGAIN = ("working", "candidates", "dry_runs")
"""Folders of the marts folder that runs fill again."""
_UNDER_WAY = ("-wal", "-shm", "-journal")
"""Files in which SQLite keeps a change that is going on: its own copy of a database holds the change or does not."""
_LINK = "current"
_NAME = re.compile(r"gevinst-\d{8}T\d{6}Z\.tar\.gz")
_LEFT_SECONDS = 24 * 3600
"""After a day nobody is still writing the file that a killed copy left beside the others."""


class BackupError(GevinstError):
    """A copy cannot be taken, is not whole, or cannot be put in place."""


class Copy(NamedTuple):
    """A copy that is whole: the file, how many files it holds, and the edition in force in it (`None` before any)."""

    path: Path
    file_count: int
    in_force: str | None


def places(settings: Settings) -> dict[str, Path]:
    """What a copy holds, by its name there, and where each part lies in this installation."""
    return {
        "raw": settings.raw_dir,
        "marts": settings.marts_dir,
        "dagster_home": home_of(settings),
        CONFIG_FILE: settings.root / CONFIG_FILE,
        SCHEME_FILE: settings.root / SCHEME_FILE,
    }


# --- taking -----------------------------------------------------------------------------------------------------


def take(settings: Settings, folder: Path, keep: int | None, progress: Callable[[str], object]) -> Copy:
    """Write ``gevinst-<time>.tar.gz`` into `folder`, read it back, and remove all but the newest `keep` copies.

    Waits for a run that is going on and holds back the next one meanwhile, so that no edition is half in it; `progress`
    is called with the name of the run that it waits for. Only the owner may read the file. Raises `BackupError` when
    what was written is not what was read.
    """
    target = folder / f"gevinst-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.tar.gz"
    with run_lock(settings.working_dir, "gevinst backup", progress):
        write_atomically(target, lambda beside: _write(beside, settings))
    copy = check(target)
    _remove_old(folder, keep)
    return copy


def _write(path: Path, settings: Settings) -> None:
    sums: dict[str, str] = {}
    # Settings name who is told of runs; a copy is for whoever keeps it alone.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file, tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as archive:
        for name, content, modified in _contents(settings):
            sums[name] = hashlib.sha256(content).hexdigest()
            _add(archive, name, content, modified)
        if settings.current.is_symlink():
            link = tarfile.TarInfo(f"marts/{_LINK}")
            link.type, link.linkname = tarfile.SYMTYPE, os.readlink(settings.current)
            archive.addfile(link)
        # Last: a file that was cut off has no sums. `sha256sum -c` reads them where the archive was unpacked by hand.
        lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
        _add(archive, SUMS, lines.encode(), time.time())
        archive.close()
        file.flush()
        os.fsync(file.fileno())


def _add(archive: tarfile.TarFile, name: str, content: bytes, modified: float) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mtime, entry.mode = len(content), int(modified), 0o644
    archive.addfile(entry, io.BytesIO(content))


def _contents(settings: Settings) -> Iterator[tuple[str, bytes, float]]:
    """Name in the copy, bytes and time of every file, each read whole in one moment."""
    for place, path in places(settings).items():
        if path.is_file():
            yield place, path.read_bytes(), path.stat().st_mtime
        elif place == "raw":  # all at once, since an import that ends meanwhile changes several files
            yield from read_steadily(path, partial(_read_all, place, path))
        elif path.is_dir():
            yield from _read(place, path)


def _read(place: str, folder: Path) -> Iterator[tuple[str, bytes, float]]:
    for path in _files(place, folder):
        try:
            content = _database(path) if path.suffix == ".db" else path.read_bytes()
            modified = path.stat().st_mtime
        except FileNotFoundError:
            # The daemon clears up its logs, and the record of the hundredth run goes when the next one ends.
            if place == "raw" or path.is_relative_to(folder / "editions"):
                raise
            continue
        yield f"{place}/{path.relative_to(folder).as_posix()}", content, modified


def _read_all(place: str, folder: Path) -> list[tuple[str, bytes, float]]:
    return list(_read(place, folder))


def _files(place: str, folder: Path) -> Iterator[Path]:
    """Files below a folder, without those that a run makes again, or that belong to a change under way."""
    for parent, folders, names in os.walk(folder):
        here = Path(parent)
        if here == folder and place == "marts":
            folders[:] = [name for name in folders if name not in _MADE_AGAIN]
        if place == "raw":
            folders[:] = [name for name in folders if name != UNFINISHED]
        else:
            folders[:] = [name for name in folders if not name.startswith(".")]
            names = [name for name in names if not name.startswith(".") and not name.endswith(_UNDER_WAY)]
        folders.sort()
        paths = (here / name for name in sorted(names))
        yield from (path for path in paths if path.is_file() and not path.is_symlink())


def _database(path: Path) -> bytes:
    """The bytes of a SQLite database as of one moment, although the daemon is writing to it."""
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder) / path.name
        with (
            closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=60)) as source,
            closing(sqlite3.connect(copied)) as target,
        ):
            source.backup(target)
            target.execute("pragma journal_mode = delete")  # one file, whatever the original keeps beside it
        return copied.read_bytes()


def _remove_old(folder: Path, keep: int | None) -> None:
    copies = sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))
    for old in copies[:-keep] if keep else []:
        old.unlink()
    for left in folder.glob(".gevinst-*.tar.gz-*"):
        if time.time() - left.stat().st_mtime > _LEFT_SECONDS:
            left.unlink(missing_ok=True)


# --- reading back -----------------------------------------------------------------------------------------------


def check(path: Path) -> Copy:
    """Read a copy to its end and hold every file against its sum; raises `BackupError` when it is not whole."""
    return _unpack(path, {})


def restore(path: Path, settings: Settings) -> Copy:
    """Put a copy in the places of this installation, which must be empty: all of it, or nothing.

    What the workspace says of its scheme stays. Raises `BackupError` when the copy is not whole, and when something is
    in a place already.
    """
    targets = {name: place for name, place in places(settings).items() if name != SCHEME_FILE}
    taken = [place for place in targets.values() if place.is_file() or (place.is_dir() and any(place.iterdir()))]
    if taken:
        names = ", ".join(str(place) for place in taken)
        raise BackupError(
            f"a copy is put in empty places only, and there is something in {names}; move that away and try again",
            f"en kopi legges bare der det er tomt, og det ligger noe i {names}; flytt det bort og prøv igjen",
        )
    check(path)  # before anything is written
    beside = {name: place.with_name(f".{place.name}-restoring-{uuid4().hex[:8]}") for name, place in targets.items()}
    try:
        for place in beside.values():
            place.parent.mkdir(parents=True, exist_ok=True)
        copy = _unpack(path, beside)
        _put(targets, {name: place for name, place in beside.items() if place.exists()})
    finally:
        for place in beside.values():
            shutil.rmtree(place, ignore_errors=True)
            place.unlink(missing_ok=True)
    return copy


def begin_workspace(path: Path, folder: Path) -> None:
    """Make `folder` a workspace of the scheme that a copy is of; raises `BackupError` when the copy is not whole."""
    check(path)
    beside = folder / f".{SCHEME_FILE}-{uuid4().hex[:8]}"
    folder.mkdir(parents=True, exist_ok=True)
    _unpack(path, {SCHEME_FILE: beside})
    os.rename(beside, folder / SCHEME_FILE)


def _put(targets: dict[str, Path], beside: dict[str, Path]) -> None:
    """Rename every part into its place, or none."""
    done: list[str] = []
    try:
        for name, place in beside.items():
            if targets[name].is_dir():
                targets[name].rmdir()  # it is empty
            os.rename(place, targets[name])
            done.append(name)
    except BaseException:
        for name in done:
            os.rename(targets[name], beside[name])
        raise


def _unpack(path: Path, targets: dict[str, Path]) -> Copy:
    """Hold every file of a copy against its sum and write those of the parts in `targets` there."""
    sums: dict[str, str] = {}
    listed: dict[str, str] | None = None
    in_force: str | None = None
    try:
        with gzip.open(path) as packed, tarfile.open(fileobj=packed, mode="r|") as archive:
            for entry in archive:
                place, _, name = entry.name.partition("/")
                if entry.issym() and entry.name == f"marts/{_LINK}":
                    in_force = _edition_of(entry.linkname, path)
                    _link(targets.get(place), entry.linkname)
                    continue
                file = archive.extractfile(entry) if entry.isreg() else None
                if file is None or ".." in entry.name.split("/") or entry.name.startswith("/") or "\\" in entry.name:
                    raise _not_whole(path, f"{entry.name} is no file of a copy")
                if entry.name == SUMS:
                    lines = file.read().decode().splitlines()
                    listed = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
                    continue
                sums[entry.name] = _keep(file, targets.get(place), name, entry.mtime)
            while packed.read(1_000_000):  # to the end, where gzip has a sum of its own
                pass
    except (OSError, EOFError, tarfile.TarError, zlib.error, ValueError) as error:
        if isinstance(error, OSError) and error.errno:  # no place for it, no right to it, or no such file
            raise
        raise _not_whole(path, str(error)) from error
    _require_all(path, sums, listed, in_force)
    return Copy(path, len(sums), in_force)


def _require_all(path: Path, sums: dict[str, str], listed: dict[str, str] | None, in_force: str | None) -> None:
    if listed is None:
        raise _not_whole(path, "it ends too early")
    if sums != listed:
        differing = sorted(name for name in sums.keys() | listed.keys() if sums.get(name) != listed.get(name))
        raise _not_whole(path, f"{', '.join(differing[:3])} and {len(differing)} in all differ from the sums")
    if in_force and f"marts/editions/{in_force}/{SUMS}" not in sums:
        raise _not_whole(path, f"edition {in_force}, which is in force, is not in it")


def _keep(file: IO[bytes], target: Path | None, name: str, modified: float) -> str:
    """The sum of a file, which is also written to `target`, where there is one."""
    content = file.read()
    if target is not None:
        path = target / name if name else target
        for folder in reversed([parent for parent in path.parents if parent.is_relative_to(target)]):
            if not folder.exists():
                folder.mkdir()
                folder.chmod(0o755)  # a web server reads the editions, whatever this person's umask is
        path.write_bytes(content)
        path.chmod(0o644)
        os.utime(path, (modified, modified))
    return hashlib.sha256(content).hexdigest()


def _link(target: Path | None, leads_to: str) -> None:
    if target is not None:
        target.mkdir(exist_ok=True)
        (target / _LINK).symlink_to(leads_to, target_is_directory=True)


def _edition_of(leads_to: str, path: Path) -> str:
    folder, _, edition = leads_to.partition("/")
    if folder != "editions" or not is_edition_id(edition):
        raise _not_whole(path, f"{_LINK} leads to {leads_to}")
    return edition


def _not_whole(path: Path, reason: str) -> BackupError:
    return BackupError(
        f"{path} is not a whole copy of an installation ({reason}); take another one",
        f"{path} er ikke en hel kopi av en installasjon ({reason}); ta en annen",
    )

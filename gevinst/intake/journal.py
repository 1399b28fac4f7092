"""Several files replaced together: all of them or none, also when the process is killed between two.

Belongs here: the folder next to the raw files in which a change is prepared, its journal, and recovery from it.
Does not belong here: what is written (`append.py`), and the lock under which it happens (`gevinst.lock`).

A change is first written whole into `FOLDER`: the new files, copies of the old ones, and last the journal `FORWARD`,
by one atomic rename. From then on the change counts as made: if the writer dies, the next command completes it. When a
file cannot be replaced, the journal is renamed to `BACK` (a rename needs no space on a full disk) and the old files are
restored; this too is completed by the next command. When all files are in place the journal is renamed to `DONE`, what
was prepared is removed, and `DONE` last: a command that is killed in between leaves what the next reader can take away.
Without a journal the folder has no effect.

Readers take no lock, and need no permission to write unless there is a journal. They complete what a dead writer left,
read, and read again when a file has changed meanwhile (`read_steadily`), so that nobody sees half of a change.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TypeVar

from gevinst.errors import EvaluatorError
from gevinst.lock import run_lock
from gevinst.machine_faults import MachineFault, machine_fault

FOLDER = ".append"
"""Inside the raw folder, because a rename is atomic only within a file system; hidden, so that it is no input."""
FORWARD, BACK, DONE = "forward.json", "back.json", "done.json"
NEW, OLD = "new", "old"
_ATTEMPTS = 50
"""Readings that may be disturbed before a reader gives up; each takes longer than a change."""
_PAUSE_SECONDS = 0.05
"""Longer than a rename, so that a retry rarely meets the same change."""

Read = TypeVar("Read")


class WriteError(EvaluatorError):
    """Raw files cannot be written, or a change that was interrupted cannot be completed."""


def replace_files(raw_dir: Path, new: Mapping[str, bytes | None], old: Mapping[str, bytes]) -> None:
    """Give the files of `new` their content, all or none; names are relative to `raw_dir`, with slashes.

    A file whose content is `None` is removed, and its folder when nothing is left in it. `old` holds what each file
    contained when `new` was made of it; a name that is not in it must not exist. Call it under the lock of
    `raw_dir / FOLDER`, after `recover_locked`.

    Raises:
        WriteError: a file cannot be written, is a link, or differs from `old`. Every file is then as it was.
    """
    folder = raw_dir / FOLDER
    try:
        _refuse_links(raw_dir, new)
        _prepare(raw_dir, folder, new, old)
        _publish_journal(
            folder, {name: _digest(old.get(name)) for name in new}, [name for name in new if new[name] is None]
        )
    except OSError as error:
        _clean(folder)
        raise unwritable(error, raw_dir) from error
    try:
        _go_forward(raw_dir, folder)
    except (OSError, WriteError) as error:
        try:
            os.replace(folder / FORWARD, folder / BACK)
            _go_back(raw_dir, folder)
        except OSError as second:
            raise WriteError(
                f"filene kunne verken skrives ({error}) eller settes tilbake ({second}); rett det, så setter neste "
                "kommando som leser dem, alt tilbake",
                f"the raw files could be neither written ({error}) nor put back ({second}); correct that, and the next "
                "command that reads them puts all of them back",
            ) from error
        raise unwritable(error, raw_dir) if isinstance(error, OSError) else error from error


class WriteRefused(WriteError, MachineFault):
    """The machine did not let raw files be written: a full disk, a place that cannot be written."""


def unwritable(error: OSError, raw_dir: Path | None = None) -> WriteError:
    """The error for a file that could not be written, in `raw_dir` where one is given, when no raw file has changed."""
    if raw_dir and error.errno and error.filename is None:
        error.filename = str(raw_dir)  # the system does not name a file that is open
    if fault := machine_fault(error):
        return WriteRefused(
            f"{fault.message('nb')} Råfilene er som de var.", f"{fault} The raw files are as they were."
        )
    return WriteError(
        f"filene kunne ikke skrives ({error}); de er som de var",
        f"the raw files could not be written ({error}); they are as they were",
    )


def changed_meanwhile(name: str) -> WriteError:
    """The error for a file that somebody edited, without the lock, after it was read."""
    return WriteError(
        f"{name} ble endret av noen andre mens rader ble lagt til, og ingenting er lagt til; se på fila, og prøv igjen",
        f"{name} was changed by somebody else while rows were being added, and nothing was added; look at the file and "
        "try again",
    )


def recover(raw_dir: Path, progress: Callable[[str], object] = lambda _: None) -> None:
    """Complete a change that a writer left unfinished; writes nothing when there is no journal.

    While the writer is running, this waits for it; `progress` is called as `run_lock` calls it. Raises `WriteError`.
    """
    if _has_journal(raw_dir):
        try:
            with run_lock(raw_dir / FOLDER, "gevinst (recovery)", progress):
                recover_locked(raw_dir)
        except OSError as error:
            raise WriteError(
                f"{raw_dir}: en avbrutt skriving kan ikke fullføres ({error}); gjør mappa skrivbar, og prøv igjen",
                f"{raw_dir}: an interrupted write cannot be completed ({error}); make the folder writable and try "
                "again",
            ) from error
    elif (raw_dir / FOLDER / DONE).exists():
        # No reader has to take it away, and one that may not write cannot.
        with suppress(OSError), run_lock(raw_dir / FOLDER, "gevinst (recovery)", progress):
            recover_locked(raw_dir)


def recover_locked(raw_dir: Path) -> None:
    """As `recover`, for a caller that holds the lock; also removes what a writer prepared without writing a journal."""
    folder = raw_dir / FOLDER
    if (folder / BACK).exists():
        _go_back(raw_dir, folder)
    elif (folder / FORWARD).exists():
        try:
            _go_forward(raw_dir, folder)
        except WriteError:  # somebody has edited a file since: their edit stays, and the change is given up whole
            os.replace(folder / FORWARD, folder / BACK)
            _go_back(raw_dir, folder)
    else:
        _clean(folder)


def read_steadily(raw_dir: Path, read: Callable[[], Read]) -> Read:
    """What `read` returns, or raises, from files that nobody changed while it read.

    Raises `WriteError` when the files change during every attempt.
    """
    for _ in range(_ATTEMPTS):
        recover(raw_dir)
        before = _state(raw_dir)
        try:
            found = read()
        except Exception:
            if _state(raw_dir) == before:  # else the error may come from a half-replaced set of files: read again
                raise
        else:
            # With a journal in both states the files may be half replaced, and stay so for the whole reading.
            if _state(raw_dir) == before and not before.has_journal:
                return found
        time.sleep(_PAUSE_SECONDS)
    raise WriteError(
        f"{raw_dir}: filene endres hele tiden mens de leses; vent til skrivingen er over, og prøv igjen",
        f"{raw_dir}: the files keep changing while they are read; wait until the writing is over and try again",
    )


def _has_journal(raw_dir: Path) -> bool:
    return any((raw_dir / FOLDER / name).exists() for name in (FORWARD, BACK))


class _State(NamedTuple):
    has_journal: bool
    files: list[tuple[str, int, int, int]]


def _state(raw_dir: Path) -> _State:
    """Whether a change is under way, and name, time, size and inode of every raw file.

    The inode is included because a file may be replaced by one of the same size within one tick of the file system's
    clock.
    """
    has_journal = _has_journal(raw_dir)
    found: list[tuple[str, int, int, int]] = []
    for folder, folders, names in os.walk(raw_dir, followlinks=True):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            with suppress(OSError):  # removed since it was listed: the state then differs, which is the right answer
                status = os.stat(os.path.join(folder, name))
                found.append((os.path.join(folder, name), status.st_mtime_ns, status.st_size, status.st_ino))
    return _State(has_journal, sorted(found))


def _refuse_links(raw_dir: Path, names: Iterable[str]) -> None:
    """A rename replaces the link itself: the file that it points to would silently stay as it was."""
    for name in names:
        parts = Path(name).parts
        for depth in range(1, len(parts) + 1):
            if raw_dir.joinpath(*parts[:depth]).is_symlink():
                raise WriteError(
                    f"{name} er en lenke og ikke en fil for seg; legg selve fila i {raw_dir}, og prøv igjen",
                    f"{name} is a link and not a file of its own; put the file itself into {raw_dir} and try again",
                )


def _prepare(raw_dir: Path, folder: Path, new: Mapping[str, bytes | None], old: Mapping[str, bytes]) -> None:
    """Write everything that takes space, before anything is replaced: a full disk must stop the change here."""
    for name, content in new.items():
        if content is not None:
            _write(folder / NEW / name, content)
        if name in old:
            _write(folder / OLD / name, old[name])
            for part in (NEW, OLD) if content is not None else (OLD,):
                shutil.copymode(raw_dir / name, folder / part / name)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        # The journal must never reach the disk before the files that it names, also at a power cut.
        file.flush()
        os.fsync(file.fileno())


def _publish_journal(folder: Path, digests: Mapping[str, str | None], removed: Sequence[str]) -> None:
    draft = folder / f"{FORWARD}.new"
    _write(draft, json.dumps({"files": digests, "removed": removed}, indent=1).encode())
    os.replace(draft, folder / FORWARD)
    _sync(folder)


def _go_forward(raw_dir: Path, folder: Path) -> None:
    """Move each prepared file that is not moved yet into place; its target must still have the content it had then."""
    digests, removed = _journal(folder / FORWARD)
    for name, digest in digests.items():
        waiting, target = folder / NEW / name, raw_dir / name
        if not (target if name in removed else waiting).exists():  # moved or removed before the writer died
            continue
        if _digest(target.read_bytes() if target.exists() else None) != digest:
            raise changed_meanwhile(name)
        if name in removed:
            target.unlink()
            _sync(target.parent)
            with suppress(OSError):  # it holds other files
                target.parent.rmdir()
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(waiting, target)
        _sync(target.parent)
    os.replace(folder / FORWARD, folder / DONE)
    _clean(folder)


def _go_back(raw_dir: Path, folder: Path) -> None:
    """Restore the old files, and remove the new ones that did not exist before, with the folders made for them."""
    digests, removed = _journal(folder / BACK)
    for name, digest in digests.items():
        target = raw_dir / name
        was_moved = not (target if name in removed else folder / NEW / name).exists()
        if digest is None:
            if was_moved:
                target.unlink(missing_ok=True)
            with suppress(OSError):  # the folder was not made, or holds other files
                target.parent.rmdir()
        elif was_moved and (folder / OLD / name).exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(folder / OLD / name, target)
    _sync(raw_dir)
    os.replace(folder / BACK, folder / DONE)
    _clean(folder)


def _journal(path: Path) -> tuple[dict[str, str | None], set[str]]:
    """Digest by name of each file of a change, and the names of those that it removes."""
    plain = json.loads(path.read_text(encoding="utf-8"))
    if "files" not in plain:  # left by a version that removed no files
        return plain, set()
    return plain["files"], set(plain["removed"])


def _clean(folder: Path) -> None:
    """Remove what was prepared. A folder that cannot be removed is no fault: without a journal it has no effect."""
    for part in (NEW, OLD):
        shutil.rmtree(folder / part, ignore_errors=True)
    with suppress(OSError):
        (folder / f"{FORWARD}.new").unlink(missing_ok=True)
        (folder / DONE).unlink(missing_ok=True)


def _digest(content: bytes | None) -> str | None:
    return None if content is None else hashlib.sha256(content).hexdigest()


def _sync(folder: Path) -> None:
    """Make a rename survive a power cut. Windows cannot open a folder; NTFS journals renames itself."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

"""What the machine refuses, in one sentence: full disks, places that cannot be read or written, memory, handles.

Libraries wrap such a refusal in errors of their own, often several deep; a person needs the place and what to do. The
two doors, commands and Dagster's steps, ask here before they show anything else.

Belongs here: recognising a refusal of the machine in any error, and the sentence about it.
Does not belong here: faults in data, which the reader of the data reports, and faults of the program, which keep their
stack trace.
"""

from __future__ import annotations

import errno
import getpass
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from gevinst.bilingual import Bilingual
from gevinst.errors import GevinstError

NEEDED_MB = 500
"""What a run is told to have free: the committed portfolio needs some 250 MB at its height (edition, candidate, working
database and temporary files), and half of that again for what comes."""

_IN_TEXT = (
    (errno.ENOSPC, re.compile(r"no space left|disk is full|os error 28\b|disk quota|not enough space", re.IGNORECASE)),
    (
        errno.ENOMEM,
        re.compile(
            r"cannot allocate memory|failed to map segment|out of memory|bad_alloc|os error 12\b|failed to allocate",
            re.IGNORECASE,
        ),
    ),
    (errno.EMFILE, re.compile(r"too many open files|os error 24\b", re.IGNORECASE)),
    (errno.EROFS, re.compile(r"read-only file system|readonly database|os error 30\b", re.IGNORECASE)),
    (errno.EACCES, re.compile(r"permission denied|os error 13\b|unable to open database file", re.IGNORECASE)),
    (errno.EIO, re.compile(r"disk i/o error|input/output error", re.IGNORECASE)),
)
"""How libraries put what the system told them, where they do not pass the number on."""
_PATH = re.compile(r"""["'«]?(/[^"'»:\n]+)""")


class MachineFault(GevinstError):
    """The machine refuses what the program needs; nothing is wrong with data or program."""


def machine_fault(error: BaseException) -> MachineFault | None:
    """The sentence about the refusal behind an error; `None` when it is something else.

    An error of the program's own that names the file and what to do about it keeps its words, unless what lies behind
    it is nothing that concerns the file: a full or broken disk, memory or handles used up.
    """
    known = _SENTENCES.keys() if not isinstance(error, GevinstError) else _OF_NO_FILE
    for one in _chain(error):
        if isinstance(one, MachineFault):
            return one
        if isinstance(one, GevinstError):
            continue  # its words may repeat those of the cause, and the cause knows more
        if (found := _refusal(one)) and found[0] in known:
            sentences = _SENTENCES[found[0]](found[1])
            return MachineFault(sentences.en, sentences.nb)
    return None


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came from, the deepest first: that is nearest to the system."""
    found: list[BaseException] = []
    now: BaseException | None = error
    while now is not None and now not in found:
        found.append(now)
        now = now.__cause__ or now.__context__
    return reversed(found)


def _refusal(error: BaseException) -> tuple[int, Path | None] | None:
    """The system's number of a refusal, and the place where one is named."""
    text = str(error)
    number = errno.ENOMEM if isinstance(error, MemoryError) else getattr(error, "errno", None)
    if number not in _SENTENCES:
        number = next((number for number, pattern in _IN_TEXT if pattern.search(text)), None)
    if number is None:
        return None
    named = getattr(error, "filename", None) or (found[1] if (found := _PATH.search(text)) else None)
    return number, Path(str(named).strip()) if named else None


def _full(place: Path | None) -> Bilingual:
    where = place or Path(tempfile.gettempdir())
    free = _free_mb(where)
    left = f" ({free} MB)" if free is not None else ""
    return Bilingual(
        f"Disken er full{left}: {where} kunne ikke skrives. Frigjør minst {NEEDED_MB} MB der, og kjør på nytt.",
        f"The disk is full{left} and {where} could not be written. Free at least {NEEDED_MB} MB there and run again.",
    )


def _free_mb(place: Path) -> int | None:
    for folder in (place, *place.parents):
        try:
            return shutil.disk_usage(folder).free // 1_000_000
        except OSError:
            continue
    return None


def _memory(place: Path | None) -> Bilingual:
    return Bilingual(
        "Minnet er brukt opp. Lukk andre programmer, eller øk grensen (ulimit -v, MemoryMax), og kjør på nytt.",
        "The memory is used up. Close other programs or raise the limit (ulimit -v, MemoryMax) and run again.",
    )


def _handles(place: Path | None) -> Bilingual:
    return Bilingual(
        "For mange filer er åpne. Øk grensen (ulimit -n, LimitNOFILE), og kjør på nytt.",
        "Too many files are open. Raise the limit (ulimit -n, LimitNOFILE) and run again.",
    )


def _refused(place: Path | None) -> Bilingual:
    return Bilingual(
        f"{_shown(place, 'Et sted')} kan ikke leses eller skrives av kontoen {_account()}. "
        "Gi kontoen tilgang, eller velg et annet sted, og kjør på nytt.",
        f"{_shown(place, 'A place')} cannot be read or written by the account {_account()}. "
        "Give it access or choose another place, and run again.",
    )


def _read_only(place: Path | None) -> Bilingual:
    return Bilingual(
        f"{_shown(place, 'Et sted')} ligger på et filsystem som bare kan leses. "
        "Gjør det skrivbart, eller velg et annet sted, og kjør på nytt.",
        f"{_shown(place, 'A place')} is on a file system that can only be read. "
        "Make it writable or choose another place, and run again.",
    )


def _absent(place: Path | None) -> Bilingual:
    return Bilingual(
        f"{_shown(place, 'En fil')} finnes ikke. Legg den på plass, eller oppgi riktig sted, og kjør på nytt.",
        f"{_shown(place, 'A file')} does not exist. Put it in place or name the right one, and run again.",
    )


def _in_the_way(place: Path | None) -> Bilingual:
    return Bilingual(
        f"{_shown(place, 'Noe')} er en fil der det skal være en mappe, eller omvendt. "
        "Flytt det, eller oppgi et annet sted, og kjør på nytt.",
        f"{_shown(place, 'Something')} is a file where a folder should be, or the reverse. "
        "Move it or name another place, and run again.",
    )


def _too_long(place: Path | None) -> Bilingual:
    name = f"{str(place)[:60]}…" if place else "?"
    return Bilingual(
        f"Navnet {name} er for langt for filsystemet. Velg et kortere, og kjør på nytt.",
        f"The name {name} is too long for the file system. Choose a shorter one and run again.",
    )


def _device(place: Path | None) -> Bilingual:
    return Bilingual(
        f"Disken med {_shown(place, 'filene')} svarte med en feil. Se etter feil på disken før du kjører på nytt.",
        f"The disk with {_shown(place, 'the files')} answered with an error. Check the disk before you run again.",
    )


def _loop(place: Path | None) -> Bilingual:
    return Bilingual(
        f"{_shown(place, 'En lenke')} er en lenke som fører tilbake til seg selv. Rett den, og kjør på nytt.",
        f"{_shown(place, 'A link')} is a link that leads back to itself. Correct it and run again.",
    )


def _shown(place: Path | None, otherwise: str) -> str:
    return str(place) if place else otherwise


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name
        return "?"


_SENTENCES = {
    **dict.fromkeys((errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG), _full),
    errno.ENOMEM: _memory,
    **dict.fromkeys((errno.EMFILE, errno.ENFILE), _handles),
    **dict.fromkeys((errno.EACCES, errno.EPERM), _refused),
    errno.EROFS: _read_only,
    errno.ENOENT: _absent,
    **dict.fromkeys((errno.ENOTDIR, errno.EISDIR, errno.EEXIST), _in_the_way),
    errno.ENAMETOOLONG: _too_long,
    errno.EIO: _device,
    errno.ELOOP: _loop,
}
_OF_NO_FILE = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.ENOMEM, errno.EMFILE, errno.EIO})

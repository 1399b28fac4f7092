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
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from gevinst.bilingual import Bilingual
from gevinst.errors import GevinstError

NEEDED_MB = 200
"""What is asked for on a full disk. An edition of the committed portfolio takes 44 MB and its working database 7; the
rest is for what comes, and for temporary files."""

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
    (errno.EACCES, re.compile(r"permission denied|os error 13\b", re.IGNORECASE)),
    (errno.EIO, re.compile(r"disk i/o error|input/output error", re.IGNORECASE)),
)
"""How libraries put what the system told them, where they do not pass the number on."""
_WHY_UNSAID = re.compile(r"unable to open database file", re.IGNORECASE)
"""How SQLite puts any refusal of a file that it would open or make: a full disk, a read-only one, no access."""
_PLACES = ("TMPDIR", "DAGSTER_HOME", "GEVINST_WORKSPACE", "GEVINST_RAW_DIR", "GEVINST_MARTS_DIR", "GEVINST_CACHE_DIR")
"""What the environment says of where the program writes; without it, that is in the folder it is started in."""
_PATH = re.compile(r"""(?<![^\s"'«(\[=:])(/[^"'»:\n]+)""")
"""A place begins a word: "disk I/O error" names none."""
_WEB_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
"""Libraries add where their errors are explained, which is no place of this machine."""


class MachineFault(GevinstError):
    """The machine refuses what the program needs; nothing is wrong with data or program."""


def machine_fault(error: BaseException) -> MachineFault | None:
    """The sentence about the refusal behind an error; `None` when it is something else.

    An error of the program's own that names the file and what to do about it keeps its words, unless what lies behind
    it is nothing that concerns the file: a full or broken disk, memory or handles used up.
    """
    known = _SENTENCES.keys() if not isinstance(error, GevinstError) else _OF_NO_FILE
    refusals: list[tuple[int, Path | None]] = []
    for one in _chain(error):
        if isinstance(one, MachineFault):
            return one
        if isinstance(one, GevinstError):
            continue  # its words may repeat those of the cause, and the cause knows more
        if (found := _refusal(one)) and found[0] in known:
            refusals.append(found)
    if not refusals:
        return None
    # That a folder is not there is what making it begins with; why it could not be made comes after.
    number = next((number for number, _ in refusals if number != errno.ENOENT), errno.ENOENT)
    named = next((place for one, place in refusals if one == number and place), None)
    sentences = _sentences(number, named or _place_that_refuses(number))
    return MachineFault(sentences.en, sentences.nb)


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
    text = _WEB_ADDRESS.sub("", str(error))
    number = errno.ENOMEM if isinstance(error, MemoryError) else getattr(error, "errno", None)
    if number not in _SENTENCES:
        number = next((number for number, pattern in _IN_TEXT if pattern.search(text)), None)
    if number is None and _WHY_UNSAID.search(text):
        number = next((why for why in (errno.ENOSPC, errno.EROFS) if _place_that_refuses(why)), errno.EACCES)
    if number is None:
        return None
    named = getattr(error, "filename", None) or (found[1] if (found := _PATH.search(text)) else None)
    return number, Path(str(named).strip()) if named else None


def _place_that_refuses(number: int) -> Path | None:
    """The one of the program's places that must be meant where nobody named one; `None` where none refuses."""
    named = (os.environ.get(variable) for variable in _PLACES)
    places = [Path(tempfile.gettempdir()), Path.cwd(), *(Path(place) for place in named if place)]
    states = {place: os.statvfs(place) for place in places if place.exists()}
    if number == errno.EROFS:
        return next((place for place, state in states.items() if state.f_flag & os.ST_RDONLY), None)
    if _SENTENCES[number] is _FULL:
        fullest = min(states, key=lambda place: states[place].f_bavail * states[place].f_frsize)
        return fullest if states[fullest].f_bavail * states[fullest].f_frsize < NEEDED_MB * 1_000_000 else None
    return None


def _sentences(number: int, place: Path | None) -> Bilingual:
    template = _SENTENCES[number]
    # A name that is too long for the file system is too long for a sentence.
    shown = str(place) if place is None or len(str(place)) <= _LONGEST else f"{str(place)[:_LONGEST]}…"
    facts = {"needed": NEEDED_MB, "account": _account()}
    return Bilingual(
        template.nb.format(place=shown if place else "et sted på maskinen", left=_left(place), **facts),
        template.en.format(place=shown if place else "a place on the machine", left=_left(place), **facts),
    )


def _left(place: Path | None) -> str:
    """How much is free at a place, in brackets; empty where nobody can say."""
    for folder in (place, *place.parents) if place else ():
        with suppress(OSError):
            return f" ({shutil.disk_usage(folder).free // 1_000_000} MB)"
    return ""


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name
        return "?"


_LONGEST = 300
_FULL = Bilingual(
    "Disken er full{left}: {place} kunne ikke skrives. Frigjør minst {needed} MB der, og kjør på nytt.",
    "The disk is full{left} and {place} could not be written. Free at least {needed} MB there and run again.",
)
_MEMORY = Bilingual(
    "Minnet er brukt opp. Lukk andre programmer, eller øk grensen (ulimit -v, MemoryMax), og kjør på nytt.",
    "The memory is used up. Close other programs or raise the limit (ulimit -v, MemoryMax) and run again.",
)
_HANDLES = Bilingual(
    "For mange filer er åpne. Øk grensen (ulimit -n, LimitNOFILE), og kjør på nytt.",
    "Too many files are open. Raise the limit (ulimit -n, LimitNOFILE) and run again.",
)
_REFUSED = Bilingual(
    "Kontoen {account} kan ikke lese eller skrive {place}. Gi den tilgang, eller velg et annet sted, og kjør på nytt.",
    "The account {account} cannot read or write {place}. Give it access or choose another place, and run again.",
)
_READ_ONLY = Bilingual(
    "Filsystemet med {place} kan bare leses. Gjør det skrivbart, eller velg et annet sted, og kjør på nytt.",
    "The file system with {place} can only be read. Make it writable or choose another place, and run again.",
)
_ABSENT = Bilingual(
    "Dette finnes ikke: {place}. Legg det på plass, eller oppgi riktig sted, og kjør på nytt.",
    "This does not exist: {place}. Put it in place or name the right one, and run again.",
)
_IN_THE_WAY = Bilingual(
    "Fil der det skal være mappe, eller omvendt: {place}. Flytt den, eller oppgi et annet sted, og kjør på nytt.",
    "A file stands where a folder should be, or the reverse: {place}. Move it or name another place, and run again.",
)
_TOO_LONG = Bilingual(
    "Navnet er for langt for filsystemet: {place}. Velg et kortere, og kjør på nytt.",
    "The name is too long for the file system: {place}. Choose a shorter one and run again.",
)
_BROKEN = Bilingual(
    "Disken svarte med en feil: {place}. Se etter feil på disken før du kjører på nytt.",
    "The disk answered with an error: {place}. Check the disk before you run again.",
)
_LOOP = Bilingual(
    "En lenke fører tilbake til seg selv: {place}. Rett den, og kjør på nytt.",
    "A link leads back to itself: {place}. Correct it and run again.",
)
_SENTENCES = {
    **dict.fromkeys((errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG), _FULL),
    errno.ENOMEM: _MEMORY,
    **dict.fromkeys((errno.EMFILE, errno.ENFILE), _HANDLES),
    **dict.fromkeys((errno.EACCES, errno.EPERM), _REFUSED),
    errno.EROFS: _READ_ONLY,
    errno.ENOENT: _ABSENT,
    **dict.fromkeys((errno.ENOTDIR, errno.EISDIR, errno.EEXIST), _IN_THE_WAY),
    errno.ENAMETOOLONG: _TOO_LONG,
    errno.EIO: _BROKEN,
    errno.ELOOP: _LOOP,
}
_OF_NO_FILE = frozenset(
    number for number, template in _SENTENCES.items() if template in (_FULL, _MEMORY, _HANDLES, _BROKEN)
)

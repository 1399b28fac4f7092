"""Files by chance: the small hostile files, changed again and again, until a reader fails in a way nobody foresaw.

    python -m tests.faults.fuzz_readers page 300      # one reader for so many seconds; no name: all of them in turn

Belongs here: how a file is changed, and the trial of one. With the package `atheris` beside it, changes follow what the
code has not done before; it is not among the development packages, since it exists for some systems only.
Does not belong here: the files to begin with (`hostile_files.py`), and what is expected (`readers_of_others.py`).

Everything is read in this process, where an error that nobody foresaw is seen as what it is and not as one sentence.
"""

from __future__ import annotations

import io
import os
import random
import signal
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from gevinst.limited import in_child
from tests.faults.hostile_files import DAYS, NUMBERS, UNSEEN, corpus
from tests.faults.readers_of_others import READERS, outcome

_LARGEST = 20_000
_SLOW = 20
"""Seconds of processor time for a file of a few kilobytes."""
_PIECES = [
    *(one.encode("utf-8") for one in (*UNSEEN, *DAYS, *NUMBERS[1:])),
    *(b"<table><tr><td colspan=9>", b"</td>", b"<div>", b"<!--", b"]]>", b"&#x202E;", b"<dl><dt>", b"kr ", b"Eier: "),
    *(b'"', b'""', b"\r", b"\n\n", b",", b";", b"\t", b"=", b"' '", b" og ", b"millioner", b"31.02.2026", b"| "),
    *(b"{", b"}", b"[", b"]", b":null,", b'"a":', b"1e9", b"\\ud800"),
    *(b'<c r="A1" t="s"><v>0</v></c>', b"<f/>", b"<row/>", b't="d"', b't="e"', b's="9"'),
]
_MODULES = (
    *("gevinst.workbook.read_xlsx", "gevinst.formats.exchange", "gevinst.announcements.read_page"),
    "gevinst.announcements.proposals",
)


class Slow(Exception):
    """A small file took long."""


def seeds(reader: str) -> list[bytes]:
    """The small files of a reader to begin with."""
    largest = _LARGEST // 5 if reader == "page" else _LARGEST  # reading a page is slower, and tries count
    return [one.content for one in corpus(reader, with_large=False) if len(one.content) < largest]


def changed(content: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """The content with some changes; of a workbook, the text of one of its parts, since a container has sums."""
    if content.startswith(b"PK") and chance.random() < 0.9:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                parts = {name: packed.read(name) for name in packed.namelist()}
        except Exception:  # a seed may be as broken as what comes of it
            return _bytes_changed(content, others, chance)
        if parts:
            name = chance.choice(sorted(parts))
            parts[name] = _bytes_changed(parts[name], list(parts.values()), chance)
            file = io.BytesIO()
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
                for part, text in parts.items():
                    packed.writestr(part, text)
            return file.getvalue()
    return _bytes_changed(content, others, chance)


def _bytes_changed(content: bytes, others: list[bytes], chance: random.Random) -> bytes:
    found = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        at = chance.randrange(len(found) + 1)
        end = min(at + chance.choice((1, 2, 8, 64)), len(found))
        match chance.randrange(6):
            case 0:
                found[at:end] = chance.randbytes(end - at)
            case 1:
                del found[at:end]
            case 2:
                found[at:at] = chance.choice(_PIECES)
            case 3:
                found[at:end] = chance.choice(_PIECES) * chance.choice((1, 1, 3, 50))
            case 4:
                found[at:at] = found[at:end] * chance.choice((1, 2, 20))
            case _:
                other = chance.choice(others)
                start = chance.randrange(len(other) + 1)
                found[at:end] = other[start : start + chance.choice((8, 64, 512))]
    return bytes(found[: 2 * _LARGEST])


def _here(function: Callable[..., Any], *arguments: Any) -> Any:
    return function(*arguments)


def _other(function: Callable[..., Any], path: Path, *arguments: Any) -> Any:
    is_package = path.read_bytes()[:2] in (b"PK", b"\xd0\xcf")
    return in_child(function, path, *arguments) if is_package else function(path, *arguments)


@contextmanager
def in_this_process() -> Iterator[None]:
    """Readers read here instead of in a process of their own, but for workbooks of others: a library that is not Python
    reads those, and may end the process that it is in.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name in _MODULES:
            __import__(name)
            patch.setattr(sys.modules[name], "in_child", _other if name.endswith("exchange") else _here)
        yield


def trial(reader: str, folder: Path) -> Callable[[bytes], bool]:
    """A function that says whether one content was read, and raises what nobody foresaw."""
    path = folder / f"{reader}-by-chance"

    def late(*_: Any) -> None:
        raise Slow

    def read(content: bytes) -> bool:
        path.write_bytes(content)
        signal.signal(signal.SIGPROF, late)
        signal.setitimer(signal.ITIMER_PROF, _SLOW)
        try:
            return not outcome(reader, path).is_refused
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    return read


def finds(reader: str, seconds: float, folder: Path, seed: int) -> tuple[int, dict[str, bytes]]:
    """How many files were tried, and by what it says, the first file of each kind of failure."""
    chance = random.Random(seed)
    begin = seeds(reader)
    read = trial(reader, folder)
    found: dict[str, bytes] = {}
    count = 0
    until = time.monotonic() + seconds
    with in_this_process():
        while time.monotonic() < until:
            content = changed(chance.choice(begin), begin, chance)
            count += 1
            try:
                is_read = read(content)
            except Exception as error:
                found.setdefault(_where(error), content)
            else:
                if is_read and count % 10 == 0:  # what is still a file is changed further
                    begin[chance.randrange(len(begin))] = content
    return count, found


def _where(error: Exception) -> str:
    trace = error.__traceback__
    places = []
    while trace:
        code = trace.tb_frame.f_code
        places.append(f"{Path(code.co_filename).name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f"{type(error).__name__} at {' < '.join(reversed(places[-4:]))}: {str(error)[:120]}"


def _guided(reader: str, seconds: float, folder: Path) -> None:
    """Let the package choose what to change by what the code does then; ends at the first find."""
    import atheris  # type: ignore[import-not-found]

    begin = folder / "seeds"
    begin.mkdir()
    for number, content in enumerate(seeds(reader)):
        (begin / str(number)).write_bytes(content)
    chance = random.Random(reader)
    kept = seeds(reader)

    def mutate(content: bytes, largest: int, seed: int) -> bytes:
        chance.seed(seed)
        return changed(content, kept, chance)[:largest]

    atheris.instrument_all()
    with in_this_process():
        options = [f"-max_total_time={int(seconds)}", f"-max_len={_LARGEST}", f"-artifact_prefix={folder}/", str(begin)]
        read = trial(reader, folder)
        atheris.Setup([reader, *options], lambda content: read(content) and None, custom_mutator=mutate)
        atheris.Fuzz()


def main() -> int:
    """Try one reader or all of them, and print what was found; exit code 1 when there is anything."""
    names = [name for name in sys.argv[1:] if name in READERS] or list(READERS)
    seconds = next((float(one) for one in sys.argv[1:] if one.isdigit()), 60.0)
    folder = Path(tempfile.mkdtemp(prefix="gevinst-fuzz-"))
    if "--guided" in sys.argv:
        _guided(names[0], seconds, folder)
        return 0
    is_clean = True
    for name in names:
        seed = int(os.environ.get("FUZZ_SEED", time.time_ns() % 1_000_000))
        count, found = finds(name, seconds, folder, seed)
        print(f"{name}: {count} files, seed {seed}, {len(found)} kinds of failure", flush=True)
        for number, (what, content) in enumerate(found.items()):
            path = folder / f"{name}-{number}"
            path.write_bytes(content)
            print(f"  {what}\n    {path}", flush=True)
        is_clean = is_clean and not found
    return 0 if is_clean else 1


if __name__ == "__main__":
    sys.exit(main())

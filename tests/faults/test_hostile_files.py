"""Files as they must not be: each is read or refused in one sentence, and none breaks, stops or fills the machine."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from gevinst import limited
from tests.faults.hostile_files import PLANTED, READ, REFUSED, SEED, Hostile, corpus
from tests.faults.readers_of_others import READERS, outcome

_STATUS, _PEAK = Path("/proc/self/status"), Path("/proc/self/clear_refs")
_MOST_MEMORY = 1_500_000
"""Kilobytes that this process may grow by while a file is read; the largest file that is read whole is 100 MB."""
_SAMPLE = 45


def _memory(name: str) -> int:
    found = re.search(rf"{name}:\s*(\d+)", _STATUS.read_text()) if _STATUS.exists() else None
    return int(found[1]) if found else 0


def wrong_with(hostile: Hostile, folder: Path) -> str | None:
    """What went wrong with one file, or nothing."""
    path = folder / re.sub(r"[^a-z0-9-]", "_", f"{hostile.reader}-{hostile.name}".lower())[:80]
    path.write_bytes(hostile.content)
    if _PEAK.exists():
        _PEAK.write_text("5")  # Linux then counts the most memory anew
    before, begun = _memory("VmRSS"), time.monotonic()
    try:
        found = outcome(hostile.reader, path)
    except Exception as error:
        return f"{type(error).__name__}: {str(error)[:300]}"
    grown, took = _memory("VmHWM") - before, time.monotonic() - begun
    if took > limited.WAIT + 60:
        return f"took {took:.0f} s"
    if grown > _MOST_MEMORY:
        return f"took {grown // 1000} MB"
    if hostile.expected == REFUSED and not found.is_refused:
        return f"was read: {found.text[:200]}"
    if hostile.expected == READ and found.is_refused:
        return f"was refused: {found.text[:300]}"
    told = PLANTED in found.text or (hostile.instead and hostile.instead in found.text)
    if hostile.is_planted and not found.is_refused and not told:
        return f"lost what it holds in silence: {found.text[:300]}"
    return None


def all_wrong(files: Iterable[Hostile], folder: Path) -> dict[str, str]:
    return {f"{one.reader} {one.name}": wrong for one in files if (wrong := wrong_with(one, folder))}


@pytest.mark.faults
@pytest.mark.parametrize("reader", READERS)
def test_every_hostile_file_is_read_or_refused_in_one_sentence(reader: str, tmp_path: Path) -> None:
    count = 0
    wrong: dict[str, str] = {}
    for one in corpus(reader):
        count += 1
        wrong |= all_wrong([one], tmp_path)
    assert wrong == {} and count >= 50


def test_a_sample_of_the_hostile_files_is_read_or_refused_in_one_sentence(tmp_path: Path) -> None:
    by_reader: dict[str, list[Hostile]] = {}
    for one in corpus(with_large=False):
        by_reader.setdefault(one.reader, []).append(one)
    chance = random.Random(SEED)
    chosen = [one for files in by_reader.values() for one in chance.sample(files, _SAMPLE // len(by_reader))]
    assert len(chosen) == _SAMPLE and all_wrong(chosen, tmp_path) == {}

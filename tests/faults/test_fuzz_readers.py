"""Files by chance, for some seconds a reader: nothing is found that nobody foresaw, and nothing stops."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.data.kept import ROOT
from tests.faults.readers_of_others import READERS

_SECONDS = 10


@pytest.mark.faults
@pytest.mark.parametrize("reader", READERS)
def test_files_by_chance_break_no_reader(reader: str) -> None:
    # In a process of its own, which can be ended also when it is a library that never answers.
    tried = subprocess.run(
        [sys.executable, "-m", "tests.faults.fuzz_readers", str(_SECONDS), reader],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=_SECONDS + 180,
    )
    assert tried.returncode == 0, tried.stdout + tried.stderr[-2_000:]

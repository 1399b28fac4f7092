"""Folders for temporary files: there while they are used, gone afterwards, also when their process was killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gevinst.scratch import scratch, sweep_scratch

KILLED = """
import os, signal
from gevinst.scratch import scratch
with scratch() as folder:
    (folder / "half.csv").write_text("x")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_a_folder_is_empty_and_gone_after_use(temporary: Path) -> None:
    with scratch() as folder:
        assert list(folder.iterdir()) == []
        assert folder.is_relative_to(temporary)
        sweep_scratch()
        assert folder.is_dir(), "what is in use stays"
    assert list(temporary.iterdir()) == []


def test_what_a_killed_process_left_is_removed_and_what_others_made_stays(temporary: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED], env={**os.environ, "TMPDIR": str(temporary)}, check=False)
    assert done.returncode == -signal.SIGKILL
    (temporary / "gevinst-mine").mkdir()
    assert len(list(temporary.iterdir())) == 2

    sweep_scratch()

    assert [path.name for path in temporary.iterdir()] == ["gevinst-mine"]

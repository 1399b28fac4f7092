from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from gevinst import lock as module
from gevinst.lock import run_lock

HOLD = "import sys, time\nfrom pathlib import Path\nfrom gevinst.lock import run_lock\n"
HOLD += "with run_lock(Path(sys.argv[1]), 'the run 1234', print):\n    print('held', flush=True)\n    time.sleep(600)\n"


@pytest.fixture(autouse=True)
def looks_often(monkeypatch):
    monkeypatch.setattr(module, "LOOK_EVERY_SECONDS", 0.01)


@pytest.fixture
def other_run(tmp_path):
    """Another process that has the lock until it is killed."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, tmp_path], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()


def test_a_run_waits_for_the_one_that_is_going_on_and_says_so_once(other_run, tmp_path):
    reported, has_begun = [], threading.Event()

    def run():
        with run_lock(tmp_path, "the run 5678", reported.append):
            has_begun.set()

    waiting = threading.Thread(target=run)
    waiting.start()
    assert not has_begun.wait(0.3), "the other run still has the lock"
    other_run.kill()  # a dead run holds nothing
    assert has_begun.wait(30)
    waiting.join()
    assert reported == ["the run 1234"]


def test_nobody_waits_when_nothing_goes_on(tmp_path):
    reported = []
    for name in ("one", "two"):
        with run_lock(tmp_path / "working", name, reported.append):
            assert (tmp_path / "working" / module.HOLDER).read_text(encoding="utf-8") == name
    assert reported == []


def test_runs_in_different_folders_do_not_wait_for_each_other(tmp_path):
    with run_lock(tmp_path / "one", "one", print), run_lock(tmp_path / "two", "two", print):
        pass

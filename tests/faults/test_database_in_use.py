"""The working database is held by another program while a run wants it."""

from __future__ import annotations

import subprocess
import sys

import dagster as dg
import pytest

from assets import failures
from assets.resources import Installation
from tests.data.runs import failure_reasons
from tests.pipeline.test_dry_runs import retries

pytestmark = pytest.mark.slow

HOLD = (
    "import duckdb, sys, time\nconnection = duckdb.connect(sys.argv[1])\nprint('held', flush=True)\ntime.sleep(600)\n"
)


@pytest.fixture
def held_database(installation: Installation):
    """Another program has the working database open."""
    database = installation.settings().working_database
    database.parent.mkdir(parents=True)
    process = subprocess.Popen([sys.executable, "-c", HOLD, database], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()


def test_a_database_in_use_is_tried_again_until_it_is_free(make_core, held_database, monkeypatch) -> None:
    asked_for = dg.RetryRequested

    def free_meanwhile(**how: float) -> dg.RetryRequested:
        held_database.kill()
        held_database.wait()
        return asked_for(**{**how, "seconds_to_wait": 0})

    monkeypatch.setattr(failures.dg, "RetryRequested", free_meanwhile)
    result = make_core()
    assert result.success
    assert retries(result) == 1


def test_a_database_that_stays_in_use_ends_the_run_with_one_clear_sentence(
    make_core, held_database, monkeypatch
) -> None:
    monkeypatch.setattr(failures, "SECONDS_BETWEEN", 0)
    result = make_core()
    assert retries(result) == failures.MAX_RETRIES
    first = failure_reasons(result)[0]
    assert first.endswith("gevinst.duckdb is in use by another process; wait until that is done and try again")
    assert "\n" not in first

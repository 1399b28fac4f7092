"""Runs of the real pipeline: two that tests share, and installations in a throw-away place for what comes after.

The shared ones are published once for all processes (`tests.data.kept`): the committed data, and a small invented
portfolio for whatever does not need real rows. A test that runs more works on a copy.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import dagster as dg
import pytest

from assets.core import core
from assets.resources import Installation
from gevinst.illustrative import HORIZON, portfolio, write_portfolio
from pipelines.definitions import definitions
from tests.data import kept
from tests.data.network import asked_by_python
from tests.data.runs import failure_reasons

Run = Callable[..., dg.ExecuteInProcessResult]

REAL_YEAR = 2026
SMALLEST = 12
"""Projects of the small portfolio: the fewest that the generator makes."""


@cache
def _definitions() -> dg.Definitions:
    return definitions()


@pytest.fixture(scope="session")
def code_location() -> dg.Definitions:
    return _definitions()


def installation_in(folder: Path) -> Installation:
    """The installation whose raw files and marts lie in a folder."""
    return Installation(raw_dir=str(folder / "raw"), marts_dir=str(folder / "marts"))


def start(installation: Installation, job: str, year: int = REAL_YEAR) -> dg.ExecuteInProcessResult:
    """Run a job for an edition year, in this process; a failure is a result and no exception."""
    with dg.DagsterInstance.ephemeral() as instance:
        return (
            _definitions()
            .resolve_job_def(job)
            .execute_in_process(
                partition_key=str(year),
                instance=instance,
                resources={"installation": installation},
                raise_on_error=False,
            )
        )


def _publish(folder: Path) -> None:
    with asked_by_python() as asked:
        result = start(installation_in(folder), "publish")
    checks = len(result.get_asset_check_evaluations())
    outcome = {"is_success": result.success, "reasons": failure_reasons(result), "checks": checks, "asked": asked}
    (folder / "run.json").write_text(json.dumps(outcome), encoding="utf-8")
    assert result.success, outcome["reasons"]


def _publish_real(folder: Path) -> None:
    shutil.copytree(kept.ROOT / "data" / "raw", folder / "raw")
    _publish(folder)


def _publish_small(folder: Path) -> None:
    write_portfolio(portfolio(SMALLEST, 7, HORIZON), folder / "raw")
    _publish(folder)


@pytest.fixture(scope="session")
def published_real() -> Path:
    """Raw files and marts after the committed data have been published as edition 2026-1; not to be changed."""
    return kept.folder("published-real", _publish_real)


@pytest.fixture(scope="session")
def published_small() -> Path:
    """Raw files and marts after the small portfolio has been published as edition 2026-1; not to be changed."""
    return kept.folder("published-small", _publish_small)


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    """The committed raw files, and no marts yet."""
    shutil.copytree(kept.ROOT / "data" / "raw", tmp_path / "raw")
    return installation_in(tmp_path)


@pytest.fixture
def after_real(published_real: Path, tmp_path: Path) -> Installation:
    """A copy of what was left when the committed data had been published."""
    return installation_in(Path(shutil.copytree(published_real, tmp_path / "after", symlinks=True)))


@pytest.fixture
def small(published_small: Path, tmp_path: Path) -> Installation:
    """The raw files of the small portfolio, and no marts yet."""
    shutil.copytree(published_small / "raw", tmp_path / "raw")
    return installation_in(tmp_path)


@pytest.fixture
def after_small(published_small: Path, tmp_path: Path) -> Installation:
    """A copy of what was left when the small portfolio had been published."""
    return installation_in(Path(shutil.copytree(published_small, tmp_path / "after", symlinks=True)))


@pytest.fixture
def run() -> Run:
    """Run a job in an installation: `run(installation, "publish", year)`."""
    return start


@pytest.fixture
def make_core(installation: Installation) -> Callable[[], dg.ExecuteInProcessResult]:
    """Run the step that reads raw files, alone."""

    def make() -> dg.ExecuteInProcessResult:
        return dg.materialize(
            [core],
            resources={"installation": installation},
            raise_on_error=False,
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        )

    return make

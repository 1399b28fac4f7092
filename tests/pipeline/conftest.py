"""A whole installation in a throw-away place: the committed raw files, and marts of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import dagster as dg
import pytest

from assets.resources import Installation
from pipelines.definitions import definitions

Run = Callable[..., dg.ExecuteInProcessResult]


@pytest.fixture(scope="session")
def code_location() -> dg.Definitions:
    return definitions()


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    raw = Path(__file__).parents[2] / "data" / "raw"
    return Installation(raw_dir=str(shutil.copytree(raw, tmp_path / "raw")), marts_dir=str(tmp_path / "marts"))


@pytest.fixture
def run(code_location: dg.Definitions, installation: Installation) -> Run:
    """Run a job for an edition year in the throw-away installation."""

    def start(job: str, year: int = 2026) -> dg.ExecuteInProcessResult:
        with dg.DagsterInstance.ephemeral() as instance:
            return code_location.resolve_job_def(job).execute_in_process(
                partition_key=str(year),
                instance=instance,
                resources={"installation": installation},
                raise_on_error=False,
            )

    return start

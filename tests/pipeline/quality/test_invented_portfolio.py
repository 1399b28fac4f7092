"""The invented portfolio passes what a real one must pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from gevinst.illustrative import portfolio, write_portfolio
from gevinst.intake import read_core
from gevinst.method.catalogue import compute_marts
from gevinst.method.frames import Rules
from gevinst.quality import ALL_CHECKS, run_checks

_MEANT = {"measurements_go_the_desired_way"}
"""Warnings that are there on purpose: some benefits became worse, and pages must show it."""


@pytest.mark.slow
def test_only_what_is_there_on_purpose_is_found_in_the_invented_portfolio(tmp_path: Path) -> None:
    write_portfolio(portfolio(), tmp_path / "raw")
    core = read_core(tmp_path / "raw")
    read = {**core.tables, "corrections": core.corrections, "quarantine": core.quarantine}
    results = run_checks(ALL_CHECKS, {**read, **compute_marts(read, Rules(2016, 2026), is_illustrative=True)})
    failed = [result for result in results if result.has_failed]
    assert {result.check.check_id for result in failed} == _MEANT, [result.sentence() for result in failed]
    assert not any(result.stops_publication for result in failed)

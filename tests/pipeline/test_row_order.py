"""Results do not depend on the order of rows, whatever an engine adds first."""

from __future__ import annotations

import polars as pl
import pytest

from gevinst.contracts import CORRECTIONS
from gevinst.illustrative import portfolio, write_portfolio
from gevinst.intake import read_core
from gevinst.method.catalogue import compute_marts
from gevinst.method.frames import Rules

RULES = Rules(2016, 2026)


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pl.DataFrame]:
    """The invented portfolio: unlike the committed data it has sums of hundreds of amounts."""
    folder = tmp_path_factory.mktemp("invented") / "raw"
    write_portfolio(portfolio(24, 7), folder)
    read = read_core(folder)
    return {**read.tables, CORRECTIONS.name: read.corrections}


@pytest.mark.slow
def test_the_marts_of_the_invented_portfolio_are_equal_for_rows_in_any_order(core) -> None:
    expected = compute_marts(core, RULES, is_illustrative=True)
    for seed in (1, 2):
        shuffled = {name: table.sample(fraction=1, shuffle=True, seed=seed) for name, table in core.items()}
        found = compute_marts(shuffled, RULES, is_illustrative=True)
        assert [name for name, mart in found.items() if not mart.equals(expected[name])] == []

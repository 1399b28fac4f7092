from __future__ import annotations

from pathlib import Path

import pytest

from gevinst.contracts import CORE, CORRECTIONS, MARTS, contract
from gevinst.intake import read_core
from gevinst.method.catalogue import compute_mart, compute_marts
from gevinst.method.frames import Rules
from gevinst.warehouse import Warehouse

RAW = Path(__file__).parents[3] / "data" / "raw"
RULES = Rules(2016, 2026)


@pytest.fixture(scope="module")
def core():
    read = read_core(RAW)
    return {**read.tables, CORRECTIONS.name: read.corrections}


def test_every_mart_has_the_same_rows_inside_duckdb_as_on_polars(core, tmp_path: Path) -> None:
    expected = compute_marts(core, RULES, is_illustrative=False)
    warehouse = Warehouse(tmp_path / "warehouse.duckdb")
    for table in (*CORE, CORRECTIONS):
        warehouse.write(table, core[table.name])
    for mart in MARTS:
        with warehouse.relations(*[contract(name) for name in mart.depends_on]) as relations:
            inputs = dict(zip(mart.depends_on, relations, strict=True))
            frame = compute_mart(mart, inputs, RULES, is_illustrative=False)
        assert frame.equals(expected[mart.name]), mart.name
        assert frame.height > 0 or mart.may_be_empty, mart.name
        warehouse.write(mart, frame)


def test_the_order_of_rows_in_the_files_does_not_matter(core) -> None:
    shuffled = {name: frame.sample(fraction=1, shuffle=True, seed=7) for name, frame in core.items()}
    expected = compute_marts(core, RULES, is_illustrative=False)
    for name, frame in compute_marts(shuffled, RULES, is_illustrative=False).items():
        assert frame.equals(expected[name]), name


def test_a_shorter_run_of_years_gives_the_same_older_editions(core) -> None:
    whole = compute_marts(core, RULES, is_illustrative=False)
    for name, frame in compute_marts(core, Rules(2016, 2021), is_illustrative=False).items():
        assert frame.equals(whole[name].filter(whole[name]["edition_year"] <= 2021)), name

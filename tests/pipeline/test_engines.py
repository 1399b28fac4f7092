"""Marts do not depend on the engine that computes them, on the order of rows, or on how many years a run is for."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from gevinst.contracts import CORE, CORRECTIONS, MARTS, NEWS, Contract, contract
from gevinst.edition.as_of import edition_view
from gevinst.intake import read_core
from gevinst.method.catalogue import compute_mart, compute_marts
from gevinst.method.frames import Rules
from gevinst.warehouse import Warehouse
from tests.data import kept
from tests.data.rendered import real_tables

RULES = Rules(2016, 2026)


@pytest.fixture(scope="module")
def core() -> dict[str, pl.DataFrame]:
    return {table.name: real_tables()[table.name] for table in (*CORE, CORRECTIONS)}


@cache
def on_polars(raw: Path, *, is_illustrative: bool) -> dict[str, pl.DataFrame]:
    read = read_core(raw)
    tables = {**read.tables, CORRECTIONS.name: read.corrections, "quarantine": read.quarantine}
    return compute_marts(tables, RULES, is_illustrative=is_illustrative)


def inside_duckdb(mart: Contract, published: Path, *, is_illustrative: bool) -> pl.DataFrame:
    """A mart as DuckDB computes it from the tables that a run has made, however small they are."""
    warehouse = Warehouse(published / "marts" / "working" / "gevinst.duckdb", read_only=True)
    with warehouse.relations(*(contract(name) for name in mart.depends_on)) as relations:
        tables = dict(zip(mart.depends_on, relations, strict=True))
        return compute_mart(mart, tables, RULES, is_illustrative=is_illustrative)


@pytest.mark.slow
def test_every_mart_that_the_pipeline_made_has_the_same_rows_on_polars_and_inside_duckdb(published_real: Path) -> None:
    expected = on_polars(kept.ROOT / "data" / "raw", is_illustrative=False)
    warehouse = Warehouse(published_real / "marts" / "working" / "gevinst.duckdb", read_only=True)
    for mart in MARTS:
        frame = warehouse.read(mart)
        assert frame.equals(expected[mart.name]), mart.name
        assert inside_duckdb(mart, published_real, is_illustrative=False).equals(expected[mart.name]), mart.name
        assert frame.height > 0 or mart.may_be_empty, mart.name


@pytest.mark.slow
def test_the_same_holds_for_the_invented_portfolio_and_none_of_its_marts_is_empty(published_small: Path) -> None:
    expected = on_polars(published_small / "raw", is_illustrative=True)
    for mart in MARTS:
        # Sums of amounts differ in their last digits, since the engines add in another order.
        computed = inside_duckdb(mart, published_small, is_illustrative=True)
        assert_frame_equal(computed, expected[mart.name], rel_tol=1e-9)
    assert [mart.name for mart in MARTS if expected[mart.name].is_empty()] == []


@pytest.mark.slow
def test_the_order_of_rows_in_the_files_does_not_matter(core: dict[str, pl.DataFrame]) -> None:
    shuffled = {name: frame.sample(fraction=1, shuffle=True, seed=7) for name, frame in core.items()}
    expected = real_tables()
    for name, frame in compute_marts(shuffled, RULES, is_illustrative=False).items():
        assert frame.equals(expected[name]), name


@pytest.mark.slow
def test_a_shorter_run_of_years_gives_the_same_older_editions(core: dict[str, pl.DataFrame]) -> None:
    known = edition_view(real_tables(), 2021, date(2021, 12, 31))
    for name, frame in compute_marts(core, Rules(2016, 2021), is_illustrative=False).items():
        if name not in {table.name for table in NEWS}:  # they are of one edition, and of no year before it
            assert frame.equals(known[name]), name

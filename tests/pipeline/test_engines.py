"""Marts do not depend on the engine that computes them, on the order of rows, or on how many years a run is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from gevinst.contracts import CORE, CORRECTIONS, MARTS, NEWS, QUARANTINE, Contract, contract
from gevinst.contracts.schema import conform, polars_schema
from gevinst.edition.as_of import edition_view
from gevinst.illustrative.many import blocks
from gevinst.intake import read_core
from gevinst.method.catalogue import compute_mart, compute_marts, mart_parts
from gevinst.method.frames import Rules
from gevinst.warehouse import Warehouse
from gevinst.warehouse.spark import Cluster
from gevinst.whole_files import write_parquet
from tests.data import kept, spark
from tests.data.rendered import real_tables

RULES = Rules(2016, 2026)
MANY = 10_000


@pytest.fixture(scope="module")
def core() -> dict[str, pl.DataFrame]:
    return {table.name: real_tables()[table.name] for table in (*CORE, CORRECTIONS)}


@cache
def on_polars(raw: Path, *, is_illustrative: bool) -> dict[str, pl.DataFrame]:
    read = read_core(raw)
    tables = {**read.tables, CORRECTIONS.name: read.corrections, "quarantine": read.quarantine}
    return compute_marts(tables, RULES, is_illustrative=is_illustrative)


@cache
def generated(projects: int) -> dict[str, pl.DataFrame]:
    """A generated portfolio and its marts on Polars."""
    made = [*blocks(projects, None, 7)]
    core = {one.name: conform(one, pl.concat([block[one.name] for block in made])).sort(one.key) for one in CORE}
    empty = {one.name: pl.DataFrame(schema=polars_schema(one)) for one in (CORRECTIONS, QUARANTINE)}
    tables = core | empty
    return tables | compute_marts(tables, RULES, is_illustrative=True)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Spark in a process of its own on this machine."""
    spark.require_java()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SPARK_CONF_DIR", str(spark.for_few_rows(tmp_path_factory.mktemp("conf"))))
        started = Cluster("local[2]")
        yield started
        started.stop()


def differing_on_spark(
    cluster: Cluster, tables: Mapping[str, pl.DataFrame], folder: Path, *, is_illustrative: bool
) -> dict[str, str]:
    """What is said of every mart whose rows are others on Spark than in `tables`."""
    for name, frame in tables.items():
        (folder / name).mkdir()
        write_parquet(frame, folder / name / "rows.parquet")
    found: dict[str, str] = {}
    for mart in MARTS:
        inputs = {name: cluster.frame(contract(name), folder / name) for name in mart.depends_on}
        try:
            made = written(cluster, mart, inputs, folder / "made" / mart.name, is_illustrative=is_illustrative)
            assert_frame_equal(made, tables[mart.name], rel_tol=1e-9)
        except AssertionError as error:
            found[mart.name] = str(error)
    return found


def written(
    cluster: Cluster, mart: Contract, inputs: Mapping[str, Any], place: Path, *, is_illustrative: bool
) -> pl.DataFrame:
    """A mart as Spark writes it: never brought into this process by Spark, which holds every row there twice."""
    rows = [pl.DataFrame(schema=polars_schema(mart))]
    for number, part in enumerate(mart_parts(mart, inputs, RULES, is_illustrative=is_illustrative)):
        native = part.to_native()
        if isinstance(native, pl.LazyFrame):
            rows.append(native.collect())
        else:
            cluster.write(native, place / str(number))
            rows.append(pl.read_parquet(place / str(number) / "*.parquet"))
    return pl.concat(rows).sort(mart.key)


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
@pytest.mark.long
def test_every_mart_of_the_committed_data_has_the_same_rows_on_spark(cluster: Cluster, tmp_path: Path) -> None:
    tables = dict(real_tables())
    assert differing_on_spark(cluster, tables, tmp_path, is_illustrative=False) == {}


@pytest.mark.slow
@pytest.mark.long
def test_every_mart_of_the_invented_portfolio_has_the_same_rows_on_spark(
    cluster: Cluster, published_small: Path, tmp_path: Path
) -> None:
    read = read_core(published_small / "raw")
    tables = read.frames | on_polars(published_small / "raw", is_illustrative=True)
    assert differing_on_spark(cluster, tables, tmp_path, is_illustrative=True) == {}


@pytest.mark.slow
def test_every_mart_of_ten_thousand_projects_has_the_same_rows_inside_duckdb(tmp_path: Path) -> None:
    tables = generated(MANY)
    warehouse = Warehouse(tmp_path / "gevinst.duckdb")
    warehouse.write_all([(contract(name), frame) for name, frame in tables.items()])
    for mart in MARTS:
        with warehouse.relations(*(contract(name) for name in mart.depends_on)) as relations:
            inputs = dict(zip(mart.depends_on, relations, strict=True))
            computed = compute_mart(mart, inputs, RULES, is_illustrative=True)
        assert_frame_equal(computed, tables[mart.name], rel_tol=1e-9)


@pytest.mark.slow
@pytest.mark.long
def test_every_mart_of_ten_thousand_projects_has_the_same_rows_on_spark(cluster: Cluster, tmp_path: Path) -> None:
    assert differing_on_spark(cluster, generated(MANY), tmp_path, is_illustrative=True) == {}


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

"""Tables that lie as Parquet beside the database: seen as any other, and held against their contract."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from gevinst.contracts import CORE
from gevinst.contracts.schema import polars_schema
from gevinst.warehouse import Warehouse, WarehouseError, show_core
from gevinst.warehouse.lake import Lake, free_bytes
from gevinst.warehouse.spark import Cluster
from gevinst.whole_files import write_parquet
from tests.unit.plans import PLANS, ROW, plans


def written(folder: Path, *frames: pl.DataFrame) -> Path:
    folder.mkdir(parents=True)
    for number, frame in enumerate(frames):
        write_parquet(frame, folder / f"{number}.parquet")
    return folder


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path / "gevinst.duckdb")


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake.duckdb", tmp_path / "tables", Cluster("spark://127.0.0.1:1"))


def test_files_are_one_table_by_the_names_of_their_columns(warehouse: Warehouse, tmp_path: Path) -> None:
    other = plans({"plan_id": "b"}).select(reversed(PLANS.column_names))
    assert warehouse.show(PLANS, written(tmp_path / "plans", plans({}), other)) == 2
    assert warehouse.read(PLANS)["plan_id"].to_list() == ["a", "b"]
    assert warehouse.row_count(PLANS) == 2


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (plans({}, {}), "it has the key plan_id a more than once"),
        (plans({"plan_id": None}), "a required column is empty"),
        (plans({"is_illustrative": None}), "a required column is empty"),
        (plans({}).drop("year"), "year"),
        (plans({}).with_columns(year=pl.lit("i fjor")), "year is VARCHAR instead of BIGINT"),
        (plans({}).with_columns(decided_on=pl.lit(True)), "decided_on is BOOLEAN instead of DATE"),
        (plans({}).cast({"year": pl.Int16}), "year is SMALLINT instead of BIGINT"),
    ],
)
def test_files_that_break_the_contract_are_refused_in_a_sentence(
    warehouse: Warehouse, tmp_path: Path, rows: pl.DataFrame, reason: str
) -> None:
    with pytest.raises(WarehouseError, match=reason) as raised:
        warehouse.show(PLANS, written(tmp_path / "plans", rows))
    assert "plans" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_core_tables_are_all_there_or_the_first_that_is_missing_is_named(warehouse: Warehouse, tmp_path: Path) -> None:
    for table in CORE[:-1]:
        written(tmp_path / "core" / table.name, pl.DataFrame(schema=polars_schema(table)))
    with pytest.raises(WarehouseError, match=f"no Parquet file in .*{CORE[-1].name}"):
        show_core(warehouse, tmp_path / "core")
    written(tmp_path / "core" / CORE[-1].name, pl.DataFrame(schema=polars_schema(CORE[-1])))
    assert show_core(warehouse, tmp_path / "core") == dict.fromkeys((table.name for table in CORE), 0)


def test_a_lake_keeps_rows_as_parquet_and_reads_them_as_any_warehouse(lake: Lake, tmp_path: Path) -> None:
    lake.write(PLANS, plans({}, {"plan_id": "b"}))
    assert lake.read(PLANS)["plan_id"].to_list() == ["a", "b"]
    lake.write(PLANS, plans({}))
    assert lake.read(PLANS).to_dicts() == [ROW]
    assert [path.name for path in (tmp_path / "tables" / "core").iterdir()] == ["plans"]
    assert Warehouse(lake.path, read_only=True).read(PLANS).to_dicts() == [ROW], "for whoever knows nothing of the lake"


def test_a_lake_computes_what_is_small_without_its_cluster(lake: Lake) -> None:
    lake.write(PLANS, plans({}))
    assert lake.make(PLANS, [PLANS], lambda tables: [tables["plans"].with_columns(year=pl.lit(2027, pl.Int64))]) == 1
    assert lake.read(PLANS)["year"].to_list() == [2027]
    assert lake.make(PLANS, [PLANS], lambda tables: []) == 0


def test_what_fails_leaves_no_folder_and_starting_over_none_at_all(lake: Lake, tmp_path: Path) -> None:
    lake.write(PLANS, plans({}))

    def failing(tables: object) -> list[pl.DataFrame]:
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        lake.make(PLANS, [PLANS], failing)
    assert [path.name for path in (tmp_path / "tables" / "core").iterdir()] == ["plans"]
    assert lake.read(PLANS).to_dicts() == [ROW]
    lake.start_over()
    assert not (tmp_path / "tables").exists()
    assert not lake.exists(PLANS)


def test_a_lake_leaves_memory_to_spark_and_finds_a_repeated_key_by_way_of_the_disk(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gevinst.warehouse.lake.free_bytes", lambda: 300 * 1024**2)
    many = pl.select(plan_id=pl.int_range(2_000_000).cast(pl.String).str.pad_start(60, "0"))
    rows = plans({}).drop("plan_id").join(many, how="cross").select(PLANS.column_names)
    with lake.kept_open():
        assert lake.show(PLANS, written(tmp_path / "plans", rows)) == 2_000_000
        with lake.relations(PLANS), lake._connected() as connection:
            limit = connection.sql("select value from duckdb_settings() where name = 'memory_limit'").fetchall()
    assert limit == [("256.0 MiB",)]
    again = written(tmp_path / "again", rows, rows[-1:])
    with pytest.raises(WarehouseError, match="more than once"):
        lake.show(PLANS, again)


def test_what_is_free_is_what_the_system_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gevinst.warehouse.lake._MEMORY", tmp_path / "meminfo")
    assert free_bytes() is None
    (tmp_path / "meminfo").write_text("MemTotal: 9 kB\nMemAvailable:    2048 kB\nBuffers: 1 kB\n", encoding="ascii")
    assert free_bytes() == 2048 * 1024

import subprocess
import sys

import narwhals as nw
import polars as pl
import pytest

from gevinst.contracts import ALL, QUARANTINE, contract
from gevinst.contracts.schema import ContractError, polars_schema
from gevinst.warehouse import Warehouse, WarehouseBusy, WarehouseError, scans, write_for_readers
from tests.unit.plans import PLANS, RESULTS, ROW, plans


@pytest.fixture
def warehouse(tmp_path):
    return Warehouse(tmp_path / "working" / "gevinst.duckdb")


def test_columns_in_another_order_in_the_frame_never_swap_in_the_table(warehouse):
    warehouse.write(PLANS, plans({}))
    warehouse.write(PLANS, plans({}).select(reversed(PLANS.column_names)))

    assert warehouse.read(PLANS).to_dicts() == [ROW]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (plans({"plan_id": "b"}, {"plan_id": "b"}), "it has the key plan_id b more than once"),
        (plans({"plan_id": None}), "NOT NULL constraint failed: .*plan_id"),
        (plans({"is_illustrative": None}), "NOT NULL constraint failed: .*is_illustrative"),
    ],
)
def test_a_failing_write_leaves_the_old_rows(warehouse, bad, reason):
    warehouse.write(PLANS, plans({}))

    with pytest.raises(WarehouseError, match=f"table plans was not written: .*{reason}"):
        warehouse.write(PLANS, bad)

    assert warehouse.read(PLANS).to_dicts() == [ROW]


def test_of_several_tables_all_are_written_or_none(warehouse):
    projects = contract("projects")
    no_projects = pl.DataFrame(schema=polars_schema(projects))
    warehouse.write(PLANS, plans({}))

    with pytest.raises(WarehouseError, match="table plans was not written"):
        warehouse.write_all([(projects, no_projects), (PLANS, plans({"plan_id": None}))])
    assert not warehouse.exists(projects)
    assert warehouse.read(PLANS).to_dicts() == [ROW]

    warehouse.write_all([(projects, no_projects), (PLANS, plans({"plan_id": "b"}))])
    assert warehouse.exists(projects)
    assert warehouse.read(PLANS)["plan_id"].to_list() == ["b"]


def test_a_frame_with_missing_or_unknown_columns_is_refused_and_the_message_names_them(warehouse):
    warehouse.write(PLANS, plans({}))

    with pytest.raises(ContractError) as refusal:
        warehouse.write(PLANS, plans({}).rename({"actual_amount": "realised_amount"}))

    assert str(refusal.value) == (
        "table plans: column actual_amount is missing; column realised_amount is not in the contract"
    )
    assert warehouse.read(PLANS).to_dicts() == [ROW]


def test_nothing_is_added_to_a_frame_that_lacks_the_illustrative_flag(warehouse):
    with pytest.raises(ContractError, match="column is_illustrative is missing"):
        warehouse.write(PLANS, plans({}).drop("is_illustrative"))


def test_text_is_never_parsed_into_a_number(warehouse):
    with pytest.raises(ContractError, match="column year holds String where the contract says Int64"):
        warehouse.write(PLANS, plans({}).with_columns(year=pl.lit("2026")))


def test_whole_numbers_are_taken_where_numbers_are_promised(warehouse):
    warehouse.write(PLANS, plans({}).with_columns(planned_amount=pl.lit(7, dtype=pl.Int32)))

    assert warehouse.read(PLANS).schema["planned_amount"] == pl.Float64
    assert warehouse.read(PLANS)["planned_amount"].to_list() == [7.0]


def test_an_empty_frame_makes_an_empty_table_with_the_contracts_columns_and_types(warehouse):
    warehouse.write_all([(table, pl.DataFrame({name: [] for name in table.column_names})) for table in ALL])

    stored = warehouse.read_all(ALL)  # a missing table is an error here
    assert [name for name, frame in stored.items() if frame.height != 0] == []
    assert [table.name for table in ALL if stored[table.name].schema != polars_schema(table)] == []
    assert warehouse.exists(ALL[0])
    assert warehouse.row_count(ALL[0]) == 0


def test_rows_come_back_in_the_number_they_were_written_and_sorted_by_their_key(warehouse):
    rows = plans(*({"plan_id": f"{(n * 7919) % 5000:04}"} for n in range(5000)))

    assert warehouse.write(PLANS, rows) == 5000
    assert warehouse.row_count(PLANS) == 5000
    assert warehouse.read(PLANS).equals(rows.sort("plan_id"))


def test_two_rows_may_share_a_key_only_where_a_part_of_it_is_unknown(warehouse):
    fault = {
        "file": "sources.csv", "sheet": None, "row_number": 2, "column_name": "title", "value": None,
        "reason_nb": "Tom.", "reason_en": "Empty.", "is_illustrative": True,
    }  # fmt: skip
    in_a_sheet = {**fault, "sheet": "Ark1"}
    schema = polars_schema(QUARANTINE)

    assert warehouse.write(QUARANTINE, pl.DataFrame([fault, fault], schema=schema)) == 2
    with pytest.raises(
        WarehouseError,
        match=r"it has the key file sources\.csv, sheet Ark1, row_number 2, column_name title more than once",
    ):
        warehouse.write(QUARANTINE, pl.DataFrame([in_a_sheet, in_a_sheet], schema=schema))


def test_lazy_relations_of_several_tables_can_be_joined_and_collected(warehouse):
    projects, sources = contract("projects"), contract("sources")
    for table in (projects, sources):
        warehouse.write(table, pl.DataFrame(schema=polars_schema(table)))
    warehouse.write(PLANS, plans({}, {"plan_id": "b", "planned_amount": 5.0}))

    with warehouse.relations(PLANS, projects) as (planned, named):
        total = nw.from_native(planned).select(nw.col("planned_amount").sum()).collect("polars").item()
        both = nw.from_native(planned).join(nw.from_native(named), left_on="plan_id", right_on="project_id")
        assert total == 105.0
        assert both.collect("polars").shape[0] == 0


def test_every_column_carries_its_meaning_and_unit_in_the_database(warehouse):
    warehouse.write(PLANS, plans({}))

    with warehouse.relations(PLANS) as (relation,):
        query = "select column_name, comment from duckdb_columns() where table_name = 'plans'"
        comments = dict(relation.query("plans", query).fetchall())
    assert comments["planned_amount"] == "Planlagt. | Planned. [NOK]"
    assert all(comments[name] for name in PLANS.column_names)


def test_an_editions_file_can_be_read_but_not_written(warehouse):
    warehouse.write(PLANS, plans({}))
    edition = Warehouse(warehouse.path, read_only=True)

    assert edition.read(PLANS).to_dicts() == [ROW]
    with pytest.raises(WarehouseError, match="read-only"):
        edition.write(PLANS, plans({"plan_id": "b"}))


def test_a_file_in_use_by_another_process_gives_one_clear_sentence(warehouse):
    warehouse.write(PLANS, plans({}))
    hold = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); input()"
    command = [sys.executable, "-c", hold, str(warehouse.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None and other.stdout.readline() == "open\n"
        with pytest.raises(WarehouseError) as refusal:
            warehouse.write(PLANS, plans({}))
        other.communicate("\n")

    assert str(refusal.value) == (
        f"{warehouse.path} is in use by another process; wait until that is done and try again"
    )


def test_a_missing_database_and_a_missing_table_are_named(warehouse, tmp_path):
    assert not warehouse.exists(PLANS)
    with pytest.raises(WarehouseError, match=r"there is no database at .*nowhere\.duckdb"):
        Warehouse(tmp_path / "nowhere.duckdb", read_only=True).read(PLANS)

    warehouse.write(contract("projects"), pl.DataFrame(schema=polars_schema(contract("projects"))))
    assert not warehouse.exists(PLANS)
    with pytest.raises(WarehouseError, match=r"a table is missing in .*plans"):
        warehouse.read(PLANS)


def test_a_file_that_is_no_database_is_named(warehouse):
    warehouse.path.parent.mkdir()
    warehouse.path.write_text("not a database", encoding="utf-8")

    with pytest.raises(WarehouseError, match=r"cannot be opened: .*not a valid DuckDB database"):
        warehouse.read(PLANS)


def test_a_file_for_readers_has_the_storage_version_of_duckdb_1_4_small_blocks_and_no_journal(tmp_path):
    path = tmp_path / "it's for readers.duckdb"
    write_for_readers(path, [(PLANS, plans(ROW))])

    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    assert Warehouse(path, read_only=True).read(PLANS).rows(named=True) == [ROW]
    with Warehouse(path, read_only=True)._connected() as connection:
        (tags,) = connection.execute("select tags from duckdb_databases() where not internal").fetchall()
        (size,) = connection.execute("select block_size from pragma_database_size()").fetchall()
    assert (tags[0]["storage_version"], size[0]) == ("v1.4.0+", 16384)


def test_a_file_for_readers_that_cannot_be_made_is_reported_in_one_sentence(tmp_path):
    with pytest.raises(WarehouseError, match=r"^[^\n]*absent[^\n]* cannot be written: [^\n]*$"):
        write_for_readers(tmp_path / "absent" / "edition.duckdb", [(PLANS, plans(ROW))])
    with pytest.raises(WarehouseError, match="table plans was not written"):
        write_for_readers(tmp_path / "edition.duckdb", [(PLANS, plans(ROW, ROW))])
    with pytest.raises(ContractError, match="column year is missing"):
        write_for_readers(tmp_path / "other.duckdb", [(PLANS, plans(ROW).drop("year"))])


def test_a_run_starts_over_whatever_state_the_database_is_in(tmp_path):
    warehouse = Warehouse(tmp_path / "gevinst.duckdb")
    for content in (b"", b"not a database " * 1000, None):
        if content is None:
            warehouse.write(PLANS, plans(ROW))
        else:
            warehouse.path.write_bytes(content)
        warehouse.start_over()
        assert not warehouse.path.exists()
    warehouse.start_over()


def test_a_database_that_cannot_be_opened_is_not_taken_for_one_in_use(tmp_path):
    path = tmp_path / "block.duckdb"
    path.write_bytes(b"lock block " * 1000)

    with pytest.raises(WarehouseError) as refused:
        Warehouse(path).row_count(PLANS)
    assert not isinstance(refused.value, WarehouseBusy)


@pytest.fixture
def scanned(warehouse, monkeypatch):
    """Tables of four rows each, the first of them too large to be read at once."""
    monkeypatch.setattr(scans, "SMALL_TABLE", 3)
    warehouse.write(PLANS, plans(*({"plan_id": key, "year": 2020 + n} for n, key in enumerate("dbca"))))
    warehouse.write(RESULTS, plans({"plan_id": "b"}, {"plan_id": "a"}))
    with warehouse.scans([PLANS, RESULTS]) as tables:
        yield tables


def test_a_scan_of_a_large_table_gives_the_columns_and_rows_that_are_asked_for(scanned):
    found = scanned["plans"].filter(pl.col("year") > 2021).select("decided_on", "plan_id").collect()
    assert found.schema == {"decided_on": pl.Date, "plan_id": pl.String}
    assert set(found["plan_id"]) == {"c", "a"}
    assert scanned["plans"].select(pl.len()).collect().item() == 4
    assert scanned["plans"].head(2).collect().height == 2


def test_scans_may_be_read_side_by_side_and_a_table_twice(scanned):
    large = scanned["plans"]
    pairs = large.join(large.select("year", other="plan_id"), on="year").join(scanned["results"], on="plan_id")
    assert sorted(pairs.select("plan_id", "other").collect().rows()) == [("a", "a"), ("b", "b")]


def test_a_small_table_is_read_at_once_and_sorted(scanned):
    assert scanned["results"].collect()["plan_id"].to_list() == ["a", "b"]
    assert "PYTHON SCAN" in scanned["plans"].explain()
    assert "PYTHON SCAN" not in scanned["results"].explain()


def test_a_scan_of_a_table_that_is_missing_says_so(warehouse):
    warehouse.write(PLANS, plans({}))
    with pytest.raises(WarehouseError, match="a table is missing"), warehouse.scans([RESULTS]):
        pass


def test_a_warehouse_kept_open_reads_what_it_wrote_starts_over_and_is_free_at_the_end(warehouse):
    with warehouse.kept_open():
        warehouse.write(PLANS, plans({}))
        assert warehouse.read(PLANS).to_dicts() == [ROW]
        assert opened_elsewhere(warehouse.path) != 0, "it is kept open between two calls"
        warehouse.start_over()
        assert not warehouse.exists(PLANS)
        warehouse.write(PLANS, plans({"plan_id": "b"}))
        with warehouse.scans([PLANS]) as tables:
            assert tables["plans"].collect()["plan_id"].to_list() == ["b"]
    assert opened_elsewhere(warehouse.path) == 0
    assert warehouse.read(PLANS)["plan_id"].to_list() == ["b"]
    assert not warehouse.path.with_name(f"{warehouse.path.name}.wal").exists()


def opened_elsewhere(path):
    """How a process ends that opens the database: 0 when it may."""
    return subprocess.run(
        [sys.executable, "-c", f"import duckdb; duckdb.connect({str(path)!r})"], capture_output=True, check=False
    ).returncode

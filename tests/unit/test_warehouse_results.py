from dataclasses import replace

import narwhals as nw
import pytest

from gevinst.warehouse import Warehouse, WarehouseError
from tests.unit.plans import OTHERS, PLANS, RESULTS, ROW, plans


@pytest.fixture
def warehouse(tmp_path):
    return Warehouse(tmp_path / "working" / "gevinst.duckdb")


@pytest.fixture
def all_are_large(monkeypatch):
    """Every table is treated as one that does not fit in memory."""
    monkeypatch.setattr("gevinst.warehouse.database._MOST_ROWS_IN_MEMORY", -1)


@pytest.mark.parametrize("most", [-1, 100_000], ids=["inside the engine", "in memory"])
def test_a_result_is_made_of_other_tables_and_its_columns_never_swap(warehouse, monkeypatch, most):
    monkeypatch.setattr("gevinst.warehouse.database._MOST_ROWS_IN_MEMORY", most)
    warehouse.write(PLANS, plans({}, {"plan_id": "b", "actual_amount": None}))

    def halved(tables):
        rows = nw.from_native(tables["plans"]).with_columns(planned_amount=nw.col("planned_amount") / 2)
        return [rows.select(reversed(RESULTS.column_names)).to_native()]

    assert warehouse.make(RESULTS, [PLANS], halved) == 2
    assert warehouse.read(RESULTS).equals(
        plans({"planned_amount": 50.0}, {"plan_id": "b", "planned_amount": 50.0, "actual_amount": None})
    )
    assert warehouse.make(RESULTS, [PLANS], lambda tables: [plans({}).lazy()]) == 1
    assert warehouse.read(RESULTS).to_dicts() == [ROW]


def test_a_view_has_the_rows_of_what_it_is_made_of_whenever_it_is_read_and_its_columns_their_meaning(
    warehouse, monkeypatch, all_are_large
):
    seen = replace(RESULTS, is_view=True)
    monkeypatch.setattr("gevinst.warehouse.replacing._MOST_STORED_ROWS", 0)
    warehouse.write(PLANS, plans({}))

    assert warehouse.make(seen, [PLANS], lambda tables: [tables["plans"].filter("year > 2000")]) == 1
    assert warehouse.exists(seen)
    assert warehouse.read(seen).to_dicts() == [ROW]
    warehouse.write(PLANS, plans({}, {"plan_id": "b"}, {"plan_id": "c", "year": 1999}))
    assert warehouse.read(seen)["plan_id"].to_list() == ["a", "b"]
    with warehouse.relations(seen) as (relation,):
        kinds = relation.query("seen", "select table_type from information_schema.tables where table_name = 'results'")
        comments = relation.query("seen", "select comment from duckdb_columns() where table_name = 'results'")
        assert kinds.fetchall() == [("VIEW",)]
        (made_as,) = relation.query("seen", "select sql from duckdb_views() where view_name = 'results'").fetchall()[0]
        assert "with " in made_as.lower() and "not materialized" not in made_as.lower()
        assert ("Planlagt. | Planned. [NOK]",) in comments.fetchall()


def test_a_result_in_parts_reads_and_writes_by_turns_and_is_one_table_or_none(warehouse, all_are_large):
    warehouse.write(PLANS, plans({}, {"plan_id": "b"}))

    def one_by_one(tables, last="c"):
        for plan in ("a", "b", last):
            # Asked of the engine only once the part before it is written.
            yield tables["plans"].filter(f"plan_id = '{plan}'").pl().lazy()
            yield tables["plans"].filter(f"plan_id = '{plan}'").project(f"* replace ('{plan}2' as plan_id)")

    assert warehouse.make(RESULTS, [PLANS], one_by_one) == 4
    assert warehouse.read(RESULTS)["plan_id"].to_list() == ["a", "a2", "b", "b2"]
    assert warehouse.make(RESULTS, [PLANS], lambda tables: []) == 0

    warehouse.make(RESULTS, [PLANS], one_by_one)
    with pytest.raises(WarehouseError, match="it has the key plan_id a more than once"):
        warehouse.make(RESULTS, [PLANS], lambda tables: one_by_one(tables, last="a"))
    assert warehouse.row_count(RESULTS) == 4, "no part of what failed is there"


def test_a_result_is_computed_in_memory_only_as_long_as_all_that_it_is_made_of_is_small_together(
    warehouse, monkeypatch
):
    monkeypatch.setattr("gevinst.warehouse.database._MOST_ROWS_IN_MEMORY", 3)
    given = []

    def kept(tables):
        given.append({type(table).__name__ for table in tables.values()})
        return [tables["plans"]]

    for rows in (1, 2):
        frame = plans(*({"plan_id": str(number)} for number in range(rows)))
        warehouse.write_all([(PLANS, frame), (OTHERS, plans({}, {"plan_id": "b"}))])
        assert warehouse.make(RESULTS, [PLANS, OTHERS], kept) == rows
        assert warehouse.read(RESULTS).equals(frame)
    assert given == [{"LazyFrame"}, {"DuckDBPyRelation"}]


def test_what_may_be_a_view_is_a_table_up_to_a_number_of_rows(warehouse, monkeypatch, all_are_large):
    monkeypatch.setattr("gevinst.warehouse.replacing._MOST_STORED_ROWS", 2)
    seen = replace(RESULTS, is_view=True)
    for count, kind in ((2, "BASE TABLE"), (3, "VIEW"), (2, "BASE TABLE")):
        warehouse.write(PLANS, plans(*({"plan_id": str(number)} for number in range(count))))
        assert warehouse.make(seen, [PLANS], lambda tables: [tables["plans"]]) == count
        with warehouse.relations(seen) as (relation,):
            query = "select table_type from information_schema.tables where table_name = 'results'"
            assert relation.query("seen", query).fetchall() == [(kind,)]


@pytest.mark.parametrize(
    ("spoiled", "reason"),
    [
        ("select * from plans union all select * from plans", "it has the key plan_id a more than once"),
        ("select * replace (null as plan_id) from plans", "NOT NULL constraint failed: .*plan_id"),
        ("select * replace ('soon' as year) from plans", "Could not convert string 'soon' to INT64"),
        ("select * exclude (year) from plans", 'column "year"'),
        ("select * replace (error('no result') as year) from plans", "no result"),
    ],
)
def test_a_result_that_cannot_be_stored_leaves_the_old_rows(warehouse, spoiled, reason, all_are_large):
    warehouse.write_all([(PLANS, plans({})), (RESULTS, plans({"plan_id": "old"}))])

    with pytest.raises(WarehouseError, match=f"table results was not written: .*{reason}"):
        warehouse.make(RESULTS, [PLANS], lambda tables: [tables["plans"].query("plans", spoiled)])

    assert warehouse.read(RESULTS)["plan_id"].to_list() == ["old"]

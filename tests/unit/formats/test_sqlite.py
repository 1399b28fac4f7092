"""The SQLite file of an edition: the rows that CSV and Parquet have, what they mean, and nothing that is held back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from gevinst.contracts import ALL, CORE, PUBLISHED, Type, contract
from gevinst.formats.sqlite import ABOUT, COLUMNS, TABLES, about_rows, sqlite_bytes, write_sqlite
from gevinst.settings import SiteOwner
from tests.data.rendered import REAL, Tables, invented_tables, real_tables
from tests.data.small_edition import SMALL_EDITION

EDITIONS = {"real": (real_tables, REAL), "invented": (invented_tables, SMALL_EDITION)}


@pytest.fixture(scope="module", params=EDITIONS)
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """An edition's tables, and its file opened as any program opens one."""
    tables, info = EDITIONS[request.param]
    path = tmp_path_factory.mktemp("sqlite") / "edition.sqlite"
    write_sqlite(path, tables(), info, SiteOwner())
    with closing(sqlite3.connect(path.resolve())) as connection:
        yield tables(), info, connection


def plain(frame: pl.DataFrame) -> list[tuple[Any, ...]]:
    """The rows as SQLite holds them: dates as text, true as 1."""

    def stored(value: Any) -> Any:
        return int(value) if isinstance(value, bool) else str(value) if isinstance(value, date) else value

    return [tuple(map(stored, row)) for row in frame.rows()]


def by_text(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return sorted(rows, key=repr)


def test_every_published_table_has_the_rows_of_the_edition_and_the_file_is_whole(written: Any) -> None:
    tables, _, connection = written
    assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
    assert connection.execute("pragma foreign_key_check").fetchall() == []
    differing = [
        table.name
        for table in PUBLISHED
        if by_text(connection.execute(f'select * from "{table.name}"').fetchall())
        != by_text(plain(tables[table.name].select(table.column_names)))
    ]
    assert differing == []


def test_nothing_but_published_tables_is_reachable(written: Any) -> None:
    _, _, connection = written
    names = {name for (name,) in connection.execute("select name from sqlite_schema where type in ('table', 'view')")}
    assert names == {ABOUT, TABLES, COLUMNS, *(table.name for table in PUBLISHED)}
    assert any(table.is_restricted for table in CORE)
    assert not names & {table.name for table in ALL if table.is_restricted}
    assert not {ABOUT, TABLES, COLUMNS} & {table.name for table in ALL}


def test_the_file_says_what_its_tables_and_columns_are_in_both_languages(written: Any) -> None:
    tables, _, connection = written
    said = {
        row[0]: row[1:] for row in connection.execute(f"select table_name, row_count, title_nb, grain_en from {TABLES}")
    }
    assert said == {table.name: (tables[table.name].height, table.title_nb, table.grain_en) for table in PUBLISHED}
    columns = connection.execute(
        f"select table_name, column_name, type, description_nb, description_en from {COLUMNS} order by 1, position"
    ).fetchall()
    assert columns == [
        (table.name, one.name, one.type.value, one.nb, one.en)
        for table in sorted(PUBLISHED, key=lambda table: table.name)
        for one in table.all_columns
    ]


def test_the_file_says_which_edition_it_is_and_whether_its_data_are_invented(written: Any) -> None:
    _, info, connection = written
    about = dict(connection.execute(f"select name, value from {ABOUT}"))
    assert about["edition_id"] == info.edition_id
    assert about["as_of_on"] == info.as_of_on.isoformat()
    assert about["is_illustrative"] == str(int(info.is_illustrative))
    assert about["licence"] == "CC-BY-4.0"
    assert ("oppdiktet" in about["description_nb"]) is info.is_illustrative


def test_dates_sort_and_compute_as_dates_and_truths_count() -> None:
    tables = real_tables()
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(sqlite_bytes(tables, []))
        newest = connection.execute("select max(date(as_of_on)), typeof(as_of_on) from edition_years").fetchone()
        partly = connection.execute("select sum(is_partly_read), count(*) from sources where published_on is null")
        undated = tables["sources"].filter(pl.col("published_on").is_null())
        assert newest == (str(tables["edition_years"]["as_of_on"].max()), "text")
        assert partly.fetchone() == (undated["is_partly_read"].sum(), undated.height)


def test_the_same_rows_give_the_same_bytes_in_whatever_order_they_come() -> None:
    names = ("projects", "rounds", "driver_heatmap")
    tables: Tables = {name: real_tables()[name] for name in names}
    turned = {name: tables[name].reverse().select(sorted(tables[name].columns)) for name in reversed(names)}
    about = about_rows(REAL, SiteOwner())
    assert sqlite_bytes(tables, about) == sqlite_bytes(turned, about)
    assert sqlite_bytes(tables, about) != sqlite_bytes(
        tables, about_rows(replace(REAL, edition_id="2026-2"), SiteOwner())
    )


def test_a_file_that_was_written_on_disk_has_the_bytes_of_one_made_in_memory(tmp_path: Path) -> None:
    write_sqlite(tmp_path / "x.sqlite", real_tables(), REAL, SiteOwner())
    assert (tmp_path / "x.sqlite").read_bytes() == sqlite_bytes(real_tables(), about_rows(REAL, SiteOwner()))
    assert [path.name for path in tmp_path.iterdir()] == ["x.sqlite"]


def test_a_key_is_kept_and_one_that_may_be_empty_is_unique() -> None:
    complete, open_key = contract("rounds"), contract("driver_heatmap")
    assert not all(open_key.column(name).required for name in open_key.key)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(sqlite_bytes({name: real_tables()[name] for name in ("rounds", "driver_heatmap")}, []))
        for table in (complete, open_key):
            known = " and ".join(f"{name} is not null" for name in table.key)
            row = connection.execute(f"select * from {table.name} where {known}").fetchone()
            with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
                connection.execute(f"insert into {table.name} values ({', '.join('?' * len(row))})", row)


def test_every_type_of_a_contract_is_stored(tmp_path: Path) -> None:
    kinds = {column.type for table in PUBLISHED for column in table.all_columns}
    assert kinds == set(Type)
    write_sqlite(tmp_path / "x.sqlite", {"edition_years": real_tables()["edition_years"]}, REAL, SiteOwner())
    with closing(sqlite3.connect(tmp_path / "x.sqlite")) as connection:
        stored = {name: kind for _, name, kind, *_ in connection.execute("pragma table_info(edition_years)")}
    assert stored["as_of_on"] == "TEXT" and stored["is_illustrative"] == "INTEGER"

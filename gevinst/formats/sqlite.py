"""The edition as one SQLite file, for SQL tools that are everywhere, and for the page that asks it in the browser.

Belongs here: the tables of the edition as SQLite has them, and three that describe them: `about`, `tables`, `columns`.
Does not belong here: what tables and columns mean (`gevinst.contracts`) and the questions of the page
(`gevinst.site.pages.explore`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import polars as pl

from gevinst.bilingual import LANGUAGES
from gevinst.contracts import PUBLISHED, Contract, Type
from gevinst.formats.datapackage import LICENCE, purpose
from gevinst.language.texts import Catalogue
from gevinst.layout import EditionInfo
from gevinst.settings import SiteOwner

ABOUT, TABLES, COLUMNS = "about", "tables", "columns"
"""Tables that describe the file; no table of an edition is called so."""
_TYPES = {
    Type.TEXT: "TEXT",
    Type.INTEGER: "INTEGER",
    Type.NUMBER: "REAL",
    Type.BOOLEAN: "INTEGER",  # SQLite has no booleans; true is 1 and false is 0
    Type.DATE: "TEXT",  # nor dates; its own functions read year-month-day
}
_PAGE_SIZE = 4096
"""Bytes; larger pages leave more of a small table's last page empty, and the file is read by a browser as a whole."""
_COUNTERS = ((24, 4), (92, 8))
"""Place and length, in the head of a file, of how often it was changed and by which version of the library: both are
zero in a database that was never a file, and are made so here, since the same rows shall give the same bytes."""
_DESCRIBING = f"""
create table {ABOUT} (name text primary key, value text) without rowid;
create table {TABLES} (
  table_name text primary key, position integer not null, layer text not null, row_count integer not null,
  title_nb text not null, title_en text not null, grain_nb text not null, grain_en text not null,
  rule_nb text not null, rule_en text not null
) without rowid;
create table {COLUMNS} (
  table_name text, position integer, column_name text not null, type text not null, unit text, codelist text,
  description_nb text not null, description_en text not null, primary key (table_name, position)
) without rowid;
"""


def write_sqlite(path: Path, tables: Mapping[str, pl.DataFrame], info: EditionInfo, owner: SiteOwner) -> None:
    """Write the edition's published `tables` into a new file at `path`, with the bytes that `sqlite_bytes` gives."""
    with closing(sqlite3.connect(path.resolve())) as connection:
        # Nobody reads the file before it is whole, and one that is cut off is made again: no journal, no waiting.
        connection.execute("pragma journal_mode = off")
        connection.execute("pragma synchronous = off")
        _fill(connection, tables, about_rows(info, owner))
    with path.open("r+b") as file:
        for place, length in _COUNTERS:
            file.seek(place)
            file.write(bytes(length))


def sqlite_bytes(tables: Mapping[str, pl.DataFrame], about: Iterable[tuple[str, str]]) -> bytes:
    """A database of every published table in `tables`, each in the order of its key, and what is said `about` them.

    It has no journal and holds no clock. All of it is in memory: for the tables of a page, not for those of a country.
    """
    with closing(sqlite3.connect(":memory:")) as connection:
        _fill(connection, tables, about)
        return connection.serialize()


def _fill(connection: sqlite3.Connection, tables: Mapping[str, pl.DataFrame], about: Iterable[tuple[str, str]]) -> None:
    connection.execute(f"pragma page_size = {_PAGE_SIZE}")
    connection.executescript(_DESCRIBING)
    _insert(connection, ABOUT, list(about))
    for position, table in enumerate(contract for contract in PUBLISHED if contract.name in tables):
        _write(connection, table, position, tables[table.name])
    connection.commit()
    connection.execute("vacuum")


def about_rows(info: EditionInfo, owner: SiteOwner) -> list[tuple[str, str]]:
    """What the table `about` says of the edition, by name."""
    named: dict[str, str] = {
        "edition_id": info.edition_id,
        "edition_year": str(info.edition_year),
        "as_of_on": info.as_of_on.isoformat(),
        "is_illustrative": str(int(info.is_illustrative)),
        "licence": LICENCE["name"],
        "licence_url": LICENCE["path"],
    }
    for language in LANGUAGES:
        named[f"title_{language}"] = Catalogue(language).t("readme.title", edition_id=info.edition_id)
        named[f"description_{language}"] = purpose(language, info, owner)
    return sorted(named.items())


def descriptions() -> list[tuple[Any, ...]]:
    """What the file says of its tables and columns, apart from how many rows they have."""
    return [row for table in PUBLISHED for row in ((table.name, *_texts(table)), *_columns(table))]


def _write(connection: sqlite3.Connection, table: Contract, position: int, frame: pl.DataFrame) -> None:
    connection.execute(_ddl(table))
    _insert(connection, table.name, frame.sort(_key(table)).select(_stored(table)).iter_rows())
    _insert(connection, TABLES, [(table.name, position, table.layer, frame.height, *_texts(table))])
    _insert(connection, COLUMNS, _columns(table))


def _stored(table: Contract) -> list[pl.Expr]:
    """The columns with types that SQLite has."""
    stored = {Type.DATE: pl.String, Type.BOOLEAN: pl.Int64}
    return [
        pl.col(column.name).cast(stored[column.type]) if column.type in stored else pl.col(column.name)
        for column in table.all_columns
    ]


def _texts(table: Contract) -> tuple[str, ...]:
    return (table.title_nb, table.title_en, table.grain_nb, table.grain_en, table.rule_nb, table.rule_en)


def _columns(table: Contract) -> list[tuple[Any, ...]]:
    return [
        (table.name, place, one.name, one.type.value, one.unit, one.codelist, one.nb, one.en)
        for place, one in enumerate(table.all_columns)
    ]


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    width = len(connection.execute(f"select * from {_quoted(table)} limit 0").description)
    connection.executemany(f"insert into {_quoted(table)} values ({', '.join('?' * width)})", rows)


def _ddl(table: Contract) -> str:
    """The table with its key; where the contract allows an empty cell in the key, the key is only unique.

    Without row numbers a table is its own index, which saves a quarter of the file.
    """
    lines = [f"{_quoted(column.name)} {_TYPES[column.type]}" for column in table.all_columns]
    is_complete = all(table.column(name).required for name in table.key)
    key = ", ".join(_quoted(name) for name in _key(table))
    lines.append(f"{'primary key' if is_complete else 'unique'} ({key})")
    lines += [
        f"foreign key ({_quoted(column)}) references {_quoted(target)} ({_quoted(there)})"
        for column, target, there in table.references
    ]
    return f"create table {_quoted(table.name)} (\n  " + ",\n  ".join(lines) + f"\n){' without rowid' * is_complete}"


def _key(table: Contract) -> list[str]:
    """The key with the edition year last.

    What was known of a subject is much the same from year to year: side by side, its rows make the packed file of the
    page that asks a tenth smaller.
    """
    return sorted(table.key, key=lambda name: name == "edition_year")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'

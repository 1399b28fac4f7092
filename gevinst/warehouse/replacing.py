"""A table put in the place of another: all of it or nothing.

Belongs here: writing rows into DuckDB or seeing those of files, and holding them against the contract.
Does not belong here: opening the file (`database.py`) and the text of statements (`statements.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
from duckdb import DuckDBPyConnection, DuckDBPyRelation

from gevinst.contracts.model import Contract
from gevinst.contracts.schema import conform
from gevinst.warehouse.errors import WarehouseError, first_line
from gevinst.warehouse.statements import (
    comments,
    ddl,
    quoted,
    repeated_key,
    required_and_empty,
    select_from_files,
    table_name,
    types,
    view_of_files,
)

_Part = pl.DataFrame | pl.LazyFrame | DuckDBPyRelation
_Replacing = Callable[[DuckDBPyConnection, Contract, Iterable[Any]], None]
_MOST_STORED_ROWS = 1_000_000
"""Rows up to which a mart that may be a view is a table: to make them again for each reader costs more than to keep
them. A portfolio of forty projects has some thousand in the largest."""


def replace_all(
    connection: DuckDBPyConnection, tables: Sequence[tuple[Contract, Iterable[_Part]]], replace: _Replacing
) -> None:
    """Replace several tables in one transaction, each as `replace` does; after any failure all are as they were."""
    connection.begin()
    try:
        for contract, parts in tables:
            replace(connection, contract, parts)
        connection.commit()
    except BaseException:  # also when a person stops the run
        with suppress(duckdb.Error):  # a disk that is full has ended the transaction already
            connection.rollback()
        raise


def replace(connection: DuckDBPyConnection, contract: Contract, parts: Iterable[_Part]) -> None:
    """Put the rows of `parts` in the place of the contract's table; raises `WarehouseError` for a broken contract."""
    names = ", ".join(quoted(name) for name in contract.column_names)
    try:
        connection.execute(f"create schema if not exists {quoted(contract.layer)}")
        waiting = iter(parts)
        first = next(waiting, None)
        # By name: the order of a frame's columns must not decide where values go.
        if contract.is_view and isinstance(first, DuckDBPyRelation) and _has_more_rows(first, _MOST_STORED_ROWS):
            _remove(connection, contract, "table")
            connection.execute(f"create or replace view {table_name(contract)} as {_query(first.project(names))}")
            connection.execute(comments(contract, "view"))
            return
        _remove(connection, contract, "view")
        connection.execute(ddl(contract))
        for part in () if first is None else chain([first], waiting):
            rows = _relation(connection, contract, part).project(names)
            connection.execute(f"insert into {table_name(contract)} ({names}) {_query(rows)}")
        connection.execute(comments(contract, "table"))
        repeated = connection.execute(repeated_key(contract)).fetchone()
    except duckdb.Error as error:
        raise WarehouseError(f"table {contract.name} was not written: {first_line(error)}") from error
    _refuse_repeated(contract, repeated)


def _refuse_repeated(contract: Contract, repeated: tuple[Any, ...] | None) -> None:
    if repeated:
        key = ", ".join(f"{name} {value}" for name, value in zip(contract.key, repeated, strict=True))
        raise WarehouseError(f"table {contract.name} was not written: it has the key {key} more than once")


def show(connection: DuckDBPyConnection, contract: Contract, folder: Path) -> None:
    """Let the Parquet files below `folder` be the contract's table; raises `WarehouseError` for a broken contract."""
    try:
        connection.execute(f"create schema if not exists {quoted(contract.layer)}")
        found = [str(one) for one in connection.sql(select_from_files(contract, folder)).types]
        others = [
            f"{name} is {has} instead of {wanted}"
            for name, has, wanted in zip(contract.column_names, found, types(contract), strict=True)
            if has != wanted
        ]
        if others:  # as a view it would not be noticed before somebody asks for the column, nor always the same
            raise WarehouseError(f"{folder} is not table {contract.name}: {', '.join(others)}")
        _remove(connection, contract, "table")
        connection.execute(view_of_files(contract, folder))
        connection.execute(comments(contract, "view"))
        lacking = connection.execute(required_and_empty(contract)).fetchone()
        repeated = connection.execute(repeated_key(contract)).fetchone()
    except duckdb.Error as error:
        raise WarehouseError(f"{folder} is not table {contract.name}: {first_line(error)}") from error
    if lacking:
        raise WarehouseError(f"{folder} is not table {contract.name}: a required column is empty in {lacking}")
    _refuse_repeated(contract, repeated)


def _remove(connection: DuckDBPyConnection, contract: Contract, kind: str) -> None:
    """Remove what has the contract's name if it is of this kind: neither kind can replace the other."""
    found = f"select 1 from duckdb_{kind}s() where schema_name = ? and {kind}_name = ?"
    if connection.execute(found, [contract.layer, contract.name]).fetchone():
        connection.execute(f"drop {kind} {table_name(contract)}")


def _has_more_rows(rows: DuckDBPyRelation, most: int) -> bool:
    return rows.limit(most + 1).count("*").fetchall()[0][0] > most


def _relation(connection: DuckDBPyConnection, contract: Contract, part: _Part) -> DuckDBPyRelation:
    if isinstance(part, DuckDBPyRelation):
        return part
    frame = conform(contract, part.collect()) if isinstance(part, pl.LazyFrame) else part
    connection.register("incoming", frame)
    return connection.table("incoming")


def _query(rows: DuckDBPyRelation) -> str:
    """The relation as a query in which DuckDB may compute a step once that several others use.

    As a relation it must not: each use computes the step again, and all that it comes from. At 100 000 projects that
    was 26 s of processor instead of 11 for `coverage_validity`, and 17 instead of 10 for `plan_validity`.
    """
    return rows.sql_query().replace(" AS NOT MATERIALIZED (", " AS (")

"""Lazy frames of Polars on tables of DuckDB, for those who ask many questions about few columns.

Belongs here: what is read when, and by which cursor.
Does not belong here: opening the file (`database.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from threading import Lock
from time import sleep

import duckdb
import polars as pl
from duckdb import DuckDBPyConnection
from polars.io.plugins import register_io_source

from gevinst.contracts.model import Contract
from gevinst.contracts.schema import polars_schema
from gevinst.warehouse.statements import quoted, select, table_name

SMALL_TABLE = 10_000
"""Rows of a table that is read at once where others stay in the engine: a hundred such tables take some 100 MB, and are
asked much faster than by a query for each question."""
_SCANNED_ROWS = 50_000
"""Rows that leave the engine together; long texts of so many take some 50 MB."""


class Cursors:
    """Cursors for queries that Polars runs in threads of its own, each with one for every scan of a table.

    (The lazy frames that DuckDB makes itself read through one connection, which refuses two at a time.) Polars may
    return a result before a scan that it turned out not to need has ended, or begun.
    """

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self._connection = connection
        self._lock = Lock()
        self._is_closed = False
        self._open: set[DuckDBPyConnection] = set()

    def read(self, query: str) -> Iterator[pl.DataFrame]:
        """The rows of a query in parts; none once closed."""
        with self._lock:
            if self._is_closed:
                return
            cursor = self._connection.cursor()
            self._open.add(cursor)
        try:
            for batch in cursor.sql(query).to_arrow_reader(_SCANNED_ROWS):
                yield pl.DataFrame(batch)
        finally:
            self._open.discard(cursor)
            cursor.close()

    def close(self) -> None:
        """End what still reads: the connection could not be closed beside it."""
        with self._lock:
            self._is_closed = True
        while self._open:
            for cursor in list(self._open):
                cursor.interrupt()
                # Refused during a call, which ends when its thread sees that it was interrupted.
                with suppress(duckdb.Error):
                    cursor.close()
                    self._open.discard(cursor)
            sleep(0.001)


def scan(connection: DuckDBPyConnection, cursors: Cursors, contract: Contract) -> pl.LazyFrame:
    """A lazy frame on the table, which works until its cursors are closed."""
    relation, schema = connection.sql(select(contract)), polars_schema(contract)
    first = relation.limit(SMALL_TABLE + 1).pl().cast(dict(schema))
    if first.height <= SMALL_TABLE:
        return first.sort(contract.key).lazy()

    def rows(
        columns: list[str] | None, predicate: pl.Expr | None, limit: int | None, _batch_rows: int | None
    ) -> Iterator[pl.DataFrame]:
        names = contract.column_names if columns is None else columns
        types = pl.Schema({name: schema[name] for name in names})
        query = f"select {', '.join(map(quoted, names))} from {table_name(contract)}"
        for part in cursors.read(query if limit is None else f"{query} limit {limit}"):
            frame = part.cast(types)
            yield frame if predicate is None else frame.filter(predicate)

    return register_io_source(rows, schema=schema, is_pure=True)

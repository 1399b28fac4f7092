"""Tables in DuckDB: write one, read one, look at several without reading them.

Belongs here: everything that knows DuckDB; no other module imports it.
Does not belong here: which tables there are (`gevinst.contracts`) and what is computed (`gevinst.method`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from threading import Lock
from time import sleep

import duckdb
import polars as pl
from duckdb import DuckDBPyConnection, DuckDBPyRelation
from polars.io.plugins import register_io_source

from gevinst.contracts.model import Contract
from gevinst.contracts.schema import conform, polars_schema
from gevinst.errors import GevinstError
from gevinst.statements import by_key, comments, ddl, literal, quoted, repeated_key, select, table_name

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    # A run never fetches code from elsewhere.
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    # Many small tables: with DuckDB's own 256 KiB a block, a download of 1 MB would be one of 15.
    "default_block_size": "16384",
}
_Part = pl.DataFrame | pl.LazyFrame | DuckDBPyRelation
_Input = pl.LazyFrame | DuckDBPyRelation
_Computation = Callable[[Mapping[str, _Input]], Iterable[_Part]]
_IN_USE = re.compile(r"could not set lock|conflicting lock|used by another process", re.IGNORECASE)
"""How DuckDB says that another process has the file, on Linux and macOS and on Windows."""
_MOST_STORED_ROWS = 1_000_000
"""Rows up to which a mart that may be a view is a table: to make them again for each reader costs more than to keep
them. A portfolio of forty projects has some thousand in the largest."""
_MOST_ROWS_IN_MEMORY = 100_000
"""Rows up to which the tables that a mart is made of are in memory together, where Polars computes it: of few rows
DuckDB takes longer to plan a query than Polars to answer it. All marts of forty projects took 18.3 s of processor in
DuckDB and 2.5 s in Polars."""
_FOR_READERS = "storage_version 'v1.4.0', block_size 16384"
"""Without it, DuckDB 2 writes a storage version that no DuckDB 1.x opens."""


SMALL_TABLE = 10_000
"""Rows of a table that is read at once where others stay in the engine: a hundred such tables take some 100 MB, and are
asked much faster than by a query for each question."""
_SCANNED_ROWS = 50_000
"""Rows that leave the engine together; long texts of so many take some 50 MB."""


class WarehouseError(GevinstError):
    """A table or its database cannot be read or written; the message says which and why, in one sentence."""


class WarehouseBusy(WarehouseError):
    """Another process has the file open; this passes by itself, so that trying again can help."""


class Warehouse:
    """The tables in one DuckDB file of the newest format; a table lies in the schema named by its contract's layer.

    Every call opens the file and closes it again, unless it is `kept_open`. Only one process may have it open while it
    is written. An edition's file is opened with `read_only`.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._is_kept_open = False
        self._kept: DuckDBPyConnection | None = None

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        """Keep the file open from the first call within the ``with`` block to its end.

        To open and close the file of forty projects takes 25 ms, and 40 when it was written, which a run of them does
        some 150 times; beside one that is kept open, less than one.
        """
        self._is_kept_open = True
        try:
            yield
        finally:
            self._is_kept_open = False
            self._close_kept()

    def start_over(self) -> None:
        """Remove the database, whatever state it is in; raises `WarehouseBusy` while another program has it open."""
        self._close_kept()
        if self.path.exists():
            try:
                self._opened().close()
            except WarehouseBusy:
                raise
            except WarehouseError:
                pass  # damaged, which is no matter
            self.path.unlink()
        self.path.with_name(f"{self.path.name}.wal").unlink(missing_ok=True)

    def write(self, contract: Contract, frame: pl.DataFrame) -> int:
        """Replace the contract's table by the rows of `frame` and return their number.

        Columns are matched by name, never by position. Everything happens in one transaction: after any
        failure the old table keeps its old rows. Raises `gevinst.contracts.schema.ContractError` for a
        frame of another shape, `WarehouseError` for rows that break the key or leave a required column empty.
        """
        self.write_all([(contract, frame)])
        return frame.height

    def write_all(self, tables: Sequence[tuple[Contract, pl.DataFrame]]) -> None:
        """Replace several tables, as `write` does, in one transaction: all of them or none."""
        conformed = [(contract, [conform(contract, frame)]) for contract, frame in tables]
        with self._written() as connection:
            _replace_all(connection, conformed)

    def read(self, contract: Contract) -> pl.DataFrame:
        """All rows of the table sorted by its key, with the contract's columns and types."""
        return self.read_all([contract])[contract.name]

    def read_all(self, contracts: Sequence[Contract]) -> dict[str, pl.DataFrame]:
        """Several tables by name, as `read` gives them, from one opening of the file."""
        with self.relations(*contracts) as relations:
            return {
                contract.name: relation.order(by_key(contract)).pl().cast(dict(polars_schema(contract)))
                for contract, relation in zip(contracts, relations, strict=True)
            }

    def make(self, contract: Contract, inputs: Sequence[Contract], compute: _Computation) -> int:
        """Replace the contract's table by what `compute` makes of `inputs`, and return its number of rows.

        It gets lazy frames of small tables, or relations on all of them where any is large, and makes the result in
        parts, each written before the next is computed. A part that is a relation never leaves the engine, however
        many rows it has. Raises what `write` raises.
        """
        with self._written() as connection:
            _replace_all(connection, [(contract, compute(_inputs(connection, inputs)))])
            return _row_count(connection, contract)

    @contextmanager
    def relations(self, *contracts: Contract) -> Iterator[tuple[DuckDBPyRelation, ...]]:
        """Lazy relations on the tables, in the order of the contracts given; they work until the ``with`` block ends.

        Their rows come in any order. A relation keeps no result: every call that returns rows runs its query again, so
        collect once.
        """
        with self._connected() as connection:
            yield tuple(connection.sql(select(contract)) for contract in contracts)

    @contextmanager
    def scans(self, contracts: Sequence[Contract]) -> Iterator[dict[str, pl.LazyFrame]]:
        """Lazy frames on the tables by name, for many questions about few columns; they work until ``with`` ends.

        Of a table of more than `SMALL_TABLE` rows nothing is read before a query on its frame is collected, and then
        only the columns that the query uses, with the rows in any order; smaller ones are read here, once.
        """
        with self._connected() as connection:
            cursors = _Cursors(connection)
            try:
                yield {contract.name: _scan(connection, cursors, contract) for contract in contracts}
            finally:
                cursors.close()

    def row_count(self, contract: Contract) -> int:
        """Number of rows in the table."""
        with self._connected() as connection:
            return _row_count(connection, contract)

    def exists(self, contract: Contract) -> bool:
        """Whether the table is there; `False` also when there is no database yet."""
        if not self.path.exists():
            return False
        with self._connected() as connection:
            query = "select count(*) from information_schema.tables where table_schema = ? and table_name = ?"
            return connection.execute(query, [contract.layer, contract.name]).fetchall()[0][0] == 1

    @contextmanager
    def _connected(self) -> Iterator[DuckDBPyConnection]:
        connection = self._opened() if self._kept is None else self._kept.cursor()
        if self._is_kept_open and self._kept is None:
            self._kept, connection = connection, connection.cursor()
        try:
            connection.execute("set enable_progress_bar = false")  # it would fill an unattended run's log
            yield connection
        except duckdb.CatalogException as error:
            raise WarehouseError(f"a table is missing in {self.path}: {_first_line(error)}") from error
        finally:
            connection.close()

    def _opened(self) -> DuckDBPyConnection:
        if not self.read_only:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return duckdb.connect(self.path, read_only=self.read_only, config=_CONFIG)
        except duckdb.Error as error:
            raise _why_closed(self.path, error) from error

    def _close_kept(self) -> None:
        if self._kept is not None:
            self._kept.close()
            self._kept = None

    @contextmanager
    def _written(self) -> Iterator[DuckDBPyConnection]:
        """A connection for what replaces tables."""
        with self._connected() as connection:
            try:
                yield connection
            except duckdb.CatalogException:
                raise
            except duckdb.Error as error:
                raise WarehouseError(f"{self.path} cannot be written: {_first_line(error)}") from error


def write_for_readers(path: Path, tables: Sequence[tuple[Contract, pl.DataFrame]]) -> None:
    """Write all `tables` into a new file at `path` that DuckDB 1.4 and everything newer can open.

    Raises what `Warehouse.write_all` raises, and `WarehouseError` when the file cannot be made.
    """
    conformed = [(contract, [conform(contract, frame)]) for contract, frame in tables]
    connection = duckdb.connect(config=_CONFIG)
    try:
        # The format of a file can only be chosen when it is attached, not when it is connected to.
        connection.execute(f"attach {literal(str(path))} as readers ({_FOR_READERS}); use readers")
        connection.execute("set enable_progress_bar = false")
        for table in conformed:  # one at a time: DuckDB keeps in memory what is not committed
            _replace_all(connection, [table])
        # Detaching writes the journal into the file, so that nothing is left beside it.
        connection.execute("use memory; detach readers")
    except duckdb.Error as error:
        raise WarehouseError(f"{path} cannot be written: {_first_line(error)}") from error
    finally:
        connection.close()


class _Cursors:
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


def _scan(connection: DuckDBPyConnection, cursors: _Cursors, contract: Contract) -> pl.LazyFrame:
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


def _inputs(connection: DuckDBPyConnection, contracts: Sequence[Contract]) -> Mapping[str, _Input]:
    relations = {contract.name: connection.sql(select(contract)) for contract in contracts}
    counted = "select schema_name, table_name, estimated_size from duckdb_tables()"
    sizes = {tuple(name): rows for *name, rows in connection.execute(counted).fetchall()}
    # Views, which only what is large may be, are no tables.
    rows = [sizes.get((contract.layer, contract.name), _MOST_ROWS_IN_MEMORY + 1) for contract in contracts]
    if sum(rows) > _MOST_ROWS_IN_MEMORY:
        return relations
    schemas = {contract.name: dict(polars_schema(contract)) for contract in contracts}
    return {name: relation.pl().cast(schemas[name]).lazy() for name, relation in relations.items()}


def _replace_all(connection: DuckDBPyConnection, tables: Sequence[tuple[Contract, Iterable[_Part]]]) -> None:
    connection.begin()
    try:
        for contract, parts in tables:
            _replace(connection, contract, parts)
        connection.commit()
    except BaseException:  # also when a person stops the run
        with suppress(duckdb.Error):  # a disk that is full has ended the transaction already
            connection.rollback()
        raise


def _replace(connection: DuckDBPyConnection, contract: Contract, parts: Iterable[_Part]) -> None:
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
        raise WarehouseError(f"table {contract.name} was not written: {_first_line(error)}") from error
    if repeated:
        key = ", ".join(f"{name} {value}" for name, value in zip(contract.key, repeated, strict=True))
        raise WarehouseError(f"table {contract.name} was not written: it has the key {key} more than once")


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


def _why_closed(path: Path, error: duckdb.Error) -> WarehouseError:
    message = _first_line(error)
    # DuckDB has one class for all reasons that a file does not open; only its text names the lock.
    if _IN_USE.search(message):
        return WarehouseBusy(
            f"{path} is in use by another process; wait until that is done and try again",
            f"{path} er i bruk av et annet program; vent til det er ferdig, og prøv igjen",
        )
    if not path.exists():
        return WarehouseError(f"there is no database at {path}")
    return WarehouseError(f"{path} cannot be opened: {message}")


def _first_line(error: duckdb.Error) -> str:
    return str(error).strip().splitlines()[0]


def _row_count(connection: DuckDBPyConnection, contract: Contract) -> int:
    return int(connection.sql(select(contract)).count("*").fetchall()[0][0])

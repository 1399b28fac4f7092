"""Tables in a file of DuckDB.

Belongs here: opening the file, and what is asked of the tables in it.
Does not belong here: how a table is replaced (`replacing.py`) or scanned (`scans.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
from duckdb import DuckDBPyConnection, DuckDBPyRelation

from gevinst.contracts.model import Contract
from gevinst.contracts.schema import conform, polars_schema
from gevinst.warehouse.errors import WarehouseBusy, WarehouseError, first_line
from gevinst.warehouse.replacing import replace, replace_all, show
from gevinst.warehouse.scans import Cursors, scan
from gevinst.warehouse.statements import SHOWN, by_key, literal, select

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    # A run never fetches code from elsewhere.
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    # Many small tables: with DuckDB's own 256 KiB a block, a download of 1 MB would be one of 15.
    "default_block_size": "16384",
}
_Computation = Callable[[Mapping[str, Any]], Iterable[Any]]
_IN_USE = re.compile(r"could not set lock|conflicting lock|used by another process", re.IGNORECASE)
"""How DuckDB says that another process has the file, on Linux and macOS and on Windows."""
_MOST_ROWS_IN_MEMORY = 100_000
"""Rows up to which the tables that a mart is made of are in memory together, where Polars computes it: of few rows
DuckDB takes longer to plan a query than Polars to answer it. All marts of forty projects took 18.3 s of processor in
DuckDB and 2.5 s in Polars."""
_FOR_READERS = "storage_version 'v1.4.0', block_size 16384"
"""Without it, DuckDB 2 writes a storage version that no DuckDB 1.x opens."""


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
            replace_all(connection, conformed, self._replace)

    def show(self, contract: Contract, folder: Path) -> int:
        """Let the Parquet files below `folder` be the contract's table, unread and unchanged; return their rows.

        Raises `WarehouseError` when they lack a column, hold values of another type, break the key or leave a required
        column empty.
        """
        with self._written() as connection:
            self._show(connection, contract, folder)
            return _row_count(connection, contract)

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
            replace_all(connection, [(contract, compute(self._inputs(connection, inputs)))], self._replace)
            return _row_count(connection, contract)

    def _inputs(self, connection: DuckDBPyConnection, contracts: Sequence[Contract]) -> Mapping[str, Any]:
        """Lazy frames of tables that are small together, and otherwise what computes large ones is given."""
        relations = {contract.name: connection.sql(select(contract)) for contract in contracts}
        if _have_more_rows(connection, contracts, _MOST_ROWS_IN_MEMORY):
            return self._large_inputs(contracts, relations)
        schemas = {contract.name: dict(polars_schema(contract)) for contract in contracts}
        return {name: relation.pl().cast(schemas[name]).lazy() for name, relation in relations.items()}

    def _large_inputs(
        self, _contracts: Sequence[Contract], relations: Mapping[str, DuckDBPyRelation]
    ) -> Mapping[str, Any]:
        return relations

    def _replace(self, connection: DuckDBPyConnection, contract: Contract, parts: Iterable[Any]) -> None:
        replace(connection, contract, parts)

    def _show(self, connection: DuckDBPyConnection, contract: Contract, folder: Path) -> None:
        show(connection, contract, folder)

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
            cursors = Cursors(connection)
            try:
                yield {contract.name: scan(connection, cursors, contract) for contract in contracts}
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
            raise WarehouseError(f"a table is missing in {self.path}: {first_line(error)}") from error
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
                raise WarehouseError(f"{self.path} cannot be written: {first_line(error)}") from error


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
            replace_all(connection, [table], replace)
        # Detaching writes the journal into the file, so that nothing is left beside it.
        connection.execute("use memory; detach readers")
    except duckdb.Error as error:
        raise WarehouseError(f"{path} cannot be written: {first_line(error)}") from error
    finally:
        connection.close()


def _have_more_rows(connection: DuckDBPyConnection, contracts: Sequence[Contract], most: int) -> bool:
    counted = "select schema_name, table_name, estimated_size from duckdb_tables()"
    sizes = {tuple(name): rows for *name, rows in connection.execute(counted).fetchall()}
    # Files say how many rows they have; the other views are of what has very many (`_MOST_STORED_ROWS`).
    shown = f"select schema_name, view_name from duckdb_views() where contains(sql, '{SHOWN}')"
    files = {tuple(name) for name in connection.execute(shown).fetchall()}
    rows = 0
    for contract in contracts:
        name = (contract.layer, contract.name)
        rows += _row_count(connection, contract) if name in files else sizes.get(name, most + 1)
    return rows > most


def _why_closed(path: Path, error: duckdb.Error) -> WarehouseError:
    message = first_line(error)
    # DuckDB has one class for all reasons that a file does not open; only its text names the lock.
    if _IN_USE.search(message):
        return WarehouseBusy(
            f"{path} is in use by another process; wait until that is done and try again",
            f"{path} er i bruk av et annet program; vent til det er ferdig, og prøv igjen",
        )
    if not path.exists():
        return WarehouseError(f"there is no database at {path}")
    return WarehouseError(f"{path} cannot be opened: {message}")


def _row_count(connection: DuckDBPyConnection, contract: Contract) -> int:
    return int(connection.sql(select(contract)).count("*").fetchall()[0][0])

"""One maker in a process of its own: ``python -m benchmarks.marts.makers MAKER CORE OUT``.

Belongs here: each way of making results from the Parquet files of the core tables in CORE.
Does not belong here: what it takes (`measure.py`).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from benchmarks.marts import COMPARED, FIRST_YEAR, LAST_YEAR, needed
from gevinst.contracts import CORE, MARTS, QUALITY, contract
from gevinst.contracts.model import Contract
from gevinst.contracts.schema import polars_schema
from gevinst.method.catalogue import mart_parts
from gevinst.method.frames import Rules
from gevinst.warehouse import Warehouse

RULES = Rules(FIRST_YEAR, LAST_YEAR)
DATABASE = "gevinst.duckdb"
_KEPT = "create table \"{name}\" as select * from read_parquet('{files}')"
_SEEN = "create view core.\"{name}\" as select * from read_parquet('{files}')"


def copy(core: Path, out: Path) -> None:
    """Nothing but the tables that the compared results are made of, from Parquet into a file of DuckDB."""
    _copied(needed(COMPARED)[0], core, out)


def copy_all(core: Path, out: Path) -> None:
    """Every core table."""
    _copied(CORE, core, out)


def _copied(tables: Iterable[Contract], core: Path, out: Path) -> None:
    with duckdb.connect(out / "copy.duckdb") as connection:
        for table in tables:
            connection.execute(_KEPT.format(name=table.name, files=files(core, table.name)))


def gevinst(core: Path, out: Path) -> None:
    """The compared results as a run makes them."""
    _made(needed(COMPARED)[1], core, out)


def gevinst_all(core: Path, out: Path) -> None:
    """All marts."""
    _made(MARTS, core, out)


def _made(marts: Sequence[Contract], core: Path, out: Path) -> None:
    with duckdb.connect(out / DATABASE) as connection:
        connection.execute("create schema core")
        for table in CORE:
            connection.execute(_SEEN.format(name=table.name, files=files(core, table.name)))
    warehouse = Warehouse(out / DATABASE)
    for table in QUALITY:  # what reading adds to the core tables; of generated rows there is none
        warehouse.write(table, pl.DataFrame(schema=polars_schema(table)))
    for mart in marts:
        inputs = [contract(name) for name in mart.depends_on]
        warehouse.make(mart, inputs, lambda tables, mart=mart: _natively(mart, tables))


def _natively(mart: Contract, tables: Any) -> Iterable[Any]:
    return (part.to_native() for part in mart_parts(mart, tables, RULES, is_illustrative=True))


def polars(core: Path, out: Path) -> None:
    """The compared results by the same functions on Polars, streamed from file to file."""
    read, marts = needed(COMPARED)
    tables = {table.name: pl.scan_parquet(files(core, table.name)) for table in read}
    for mart in marts:
        [result] = _natively(mart, tables)
        file = out / f"{mart.name}.parquet"
        result.sink_parquet(file, engine="streaming")
        tables[mart.name] = pl.scan_parquet(file)


def pandas(core: Path, out: Path) -> None:
    """The compared results by hand, as people who use pandas write them."""
    from benchmarks.marts.in_pandas import results

    for name, result in results(core).items():
        result.to_parquet(out / f"{name}.parquet", index=False)


def files(core: Path, table: str) -> str:
    """The files of a table, as DuckDB and Polars name several."""
    return str(core / table / "*.parquet")


MAKERS: dict[str, Callable[[Path, Path], None]] = {
    function.__name__: function for function in (copy, copy_all, gevinst, gevinst_all, polars, pandas)
}


if __name__ == "__main__":
    MAKERS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))

"""Tables as folders of Parquet that Spark computes, for portfolios that are more than one machine can hold.

Belongs here: what differs from the tables of one machine: where the rows lie and who makes the large ones.
Does not belong here: Spark itself (`spark.py`), reading tables (`database.py`) and what is computed
(`gevinst.method`).
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import polars as pl
from duckdb import DuckDBPyConnection

from gevinst.contracts import CORE, Contract
from gevinst.contracts.schema import conform, polars_schema
from gevinst.settings import Settings
from gevinst.warehouse.database import Warehouse
from gevinst.warehouse.errors import WarehouseError
from gevinst.warehouse.spark import Cluster
from gevinst.whole_files import write_parquet

_LEAST_BYTES = 256 * 1024**2
"""Less than DuckDB can work with on two cores."""
_MEMORY = Path("/proc/meminfo")
"""Where Linux says what is free."""


def free_bytes() -> int | None:
    """Memory that programs can still take, with what only keeps files at hand; `None` where the system does not say."""
    try:
        found = re.search(r"^MemAvailable:\s+(\d+) kB$", _MEMORY.read_text(encoding="ascii"), re.MULTILINE)
    except OSError:
        return None
    return int(found[1]) * 1024 if found else None


def working_warehouse(settings: Settings) -> Warehouse:
    """The warehouse that a run writes: of one machine, unless the settings name a cluster."""
    if settings.large.spark is None:
        return Warehouse(settings.working_database)
    return Lake(settings.working_database, settings.tables_dir, Cluster(settings.large.spark))


def show_core(warehouse: Warehouse, folder: Path) -> dict[str, int]:
    """Let the Parquet files below `folder`, in a folder for each core table, be the core tables; return their rows.

    Raises `WarehouseError` for the first that is missing or not as its contract says.
    """
    for table in CORE:
        if not any((folder / table.name).glob("**/*.parquet")):
            raise WarehouseError(
                f"there is no Parquet file in {folder / table.name}; every core table needs one, if without rows",
                f"det er ingen Parquet-fil i {folder / table.name}; hver kjernetabell må ha en, om så uten rader",
            )
    return {table.name: warehouse.show(table, folder / table.name) for table in CORE}


class Lake(Warehouse):
    """A warehouse whose rows lie in ``<folder>/<layer>/<table>``, where every machine of `cluster` sees them.

    Its file has nothing but views over those folders, so that all who read tables do so as ever. A mart of small tables
    is computed as in any warehouse; of large ones, the cluster computes it from Parquet to Parquet.
    """

    def __init__(self, path: Path, folder: Path, cluster: Cluster) -> None:
        super().__init__(path)
        self.folder = folder
        self.cluster = cluster
        self._shown: dict[str, Path] = {}

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        """Keep the file and the cluster until the end of the ``with`` block."""
        try:
            with super().kept_open():
                yield
        finally:
            self.cluster.stop()

    @contextmanager
    def _connected(self) -> Iterator[DuckDBPyConnection]:
        """As in any warehouse, with no more memory than half of what is free when it is asked.

        DuckDB would take four fifths of the machine whatever else runs there. A driver holds Spark too, and workers may
        be its neighbours: to see whether the keys of 23 million rows are unique took 14 GB, and the system ended the
        run. With less it goes by way of the disk.
        """
        with super()._connected() as connection:
            if free := free_bytes():
                connection.execute(f"set memory_limit = '{max(free // 2, _LEAST_BYTES)}B'")
            yield connection

    def start_over(self) -> None:
        """Remove all tables; raises `WarehouseBusy` while another program has the file open."""
        super().start_over()
        shutil.rmtree(self.folder, ignore_errors=True)
        self._shown.clear()

    def show(self, contract: Contract, folder: Path) -> int:
        """Let the Parquet files below `folder` be the contract's table, for the cluster too."""
        rows = super().show(contract, folder)
        self._shown[contract.name] = folder
        return rows

    def _large_inputs(self, contracts: Sequence[Contract], relations: Mapping[str, Any]) -> Mapping[str, Any]:
        del relations  # they lead through the one machine that the cluster is there to spare
        return {contract.name: self.cluster.frame(contract, self._folder(contract)) for contract in contracts}

    def _replace(self, connection: Any, contract: Contract, parts: Iterable[Any]) -> None:
        made = self.folder / contract.layer / f".{contract.name}-{uuid4().hex[:8]}"
        made.mkdir(parents=True)
        try:
            self._write_parts(contract, parts, made)
            self._exchange(contract, made)
        finally:
            shutil.rmtree(made, ignore_errors=True)
        self._show(connection, contract, self._folder(contract))

    def _write_parts(self, contract: Contract, parts: Iterable[Any], made: Path) -> None:
        # One at least, so that a table without rows is one of known columns.
        write_parquet(pl.DataFrame(schema=polars_schema(contract)), made / "none.parquet")
        with self.cluster.reported():
            for number, part in enumerate(parts):
                if isinstance(part, pl.LazyFrame):
                    part = part.collect()
                if isinstance(part, pl.DataFrame):
                    write_parquet(conform(contract, part), made / f"{number:05}.parquet")
                else:
                    self.cluster.write(part, made / f"{number:05}")

    def _exchange(self, contract: Contract, made: Path) -> None:
        place = self._folder(contract)
        shutil.rmtree(place, ignore_errors=True)
        made.rename(place)

    def _folder(self, contract: Contract) -> Path:
        return self._shown.get(contract.name, self.folder / contract.layer / contract.name)

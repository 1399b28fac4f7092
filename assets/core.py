"""Core tables: raw files read, typed and checked against one another, all in one step.

Belongs here: the one asset definition that reads every raw file, because only then every fault is reported at once.
Does not belong here: the rules of reading (`gevinst.intake`).
"""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from assets.failures import report_errors
from assets.metadata import spec, stored
from assets.raw import raw_key
from assets.resources import Installation
from gevinst.contracts import CORE, CORRECTIONS, QUARANTINE, contract
from gevinst.contracts.schema import polars_schema
from gevinst.edition import calendar
from gevinst.edition.clock import require_clock
from gevinst.intake import read_core
from gevinst.settings import Settings
from gevinst.warehouse import Warehouse, show_core

_REGISTERS = (CORRECTIONS, QUARANTINE)


# Made inside a function: Dagster takes any spec it finds at module level for an asset of its own.
def _specs() -> list[dg.AssetSpec]:
    read = (*CORE, CORRECTIONS)
    tables = [*((table, [table]) for table in read), (QUARANTINE, read)]
    return [spec(table, [raw_key(one) for one in files], made_by="gevinst.intake") for table, files in tables]


@dg.multi_asset(
    name="core",
    specs=_specs(),
    pool="warehouse",
)
def core(installation: Installation) -> Iterator[dg.MaterializeResult]:
    """Read all raw files, or see the tables that stand for them; on any fault that cannot be set aside, stop."""
    settings, warehouse = installation.settings(), installation.warehouse()
    with report_errors():
        rows = _shown(settings, warehouse) if settings.large.core else _read(settings, warehouse)
    for name, row_count in rows.items():
        yield stored(contract(name), row_count)


def _read(settings: Settings, warehouse: Warehouse) -> dict[str, int]:
    read = read_core(settings.raw_dir)
    require_clock(settings, calendar.now(), read.tables.values())
    # Nothing of an earlier run is used, so that a database which a crash has spoiled stops nobody.
    warehouse.start_over()
    warehouse.write_all([(contract(name), frame) for name, frame in read.frames.items()])
    return {name: frame.height for name, frame in read.frames.items()}


def _shown(settings: Settings, warehouse: Warehouse) -> dict[str, int]:
    warehouse.start_over()
    rows = show_core(warehouse, settings.root / (settings.large.core or ""))
    with warehouse.scans(CORE) as tables:
        days = [table.select(pl.col("recorded_on").max()).collect() for table in tables.values() if _is_dated(table)]
    require_clock(settings, calendar.now(), days)
    # Nothing was set aside and nothing corrected: that is done where raw files are read.
    return rows | {
        table.name: warehouse.write(table, pl.DataFrame(schema=polars_schema(table))) for table in _REGISTERS
    }


def _is_dated(table: pl.LazyFrame) -> bool:
    return "recorded_on" in table.collect_schema()

"""Core tables: raw files read, typed and checked against one another, all in one step.

Belongs here: the one asset definition that reads every raw file, because only then every fault is reported at once.
Does not belong here: the rules of reading (`gevinst.intake`).
"""

from collections.abc import Iterator

import dagster as dg

from assets.failures import report_errors
from assets.metadata import spec, stored
from assets.raw import raw_key
from assets.resources import Installation
from gevinst.contracts import CORE, CORRECTIONS, QUARANTINE, contract
from gevinst.edition import calendar
from gevinst.edition.clock import require_clock
from gevinst.intake import read_core


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
    """Read all raw files; on any fault that cannot be set aside, stop and change nothing."""
    with report_errors():
        read = read_core(installation.settings().raw_dir)
        frames = {**read.tables, CORRECTIONS.name: read.corrections, QUARANTINE.name: read.quarantine}
        require_clock(installation.settings(), calendar.now(), read.tables.values())
        # Nothing of an earlier run is used, so that a database which a crash has spoiled stops nobody.
        installation.warehouse().start_over()
        installation.warehouse().write_all([(contract(name), frame) for name, frame in frames.items()])
    for name, frame in frames.items():
        yield stored(contract(name), frame.height)

"""Dry runs: an edition built in a temporary folder, to see what would change.

Belongs here: the folder and what is kept of it, and what publishing would change.
Does not belong here: the pages that show it (`gevinst.edition.dry_run_page`) and the building itself (`assemble.py`).
"""

from __future__ import annotations

import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from gevinst.contracts import ALL
from gevinst.contracts.schema import polars_schema
from gevinst.edition import calendar
from gevinst.edition.assemble import candidate_of
from gevinst.edition.comparison import changed_files, changed_pages
from gevinst.edition.differences import TableDifference, differences
from gevinst.edition.provenance import code_version, input_hash
from gevinst.edition.store import Edition, edition_in_force, newest_of_year, next_edition_id, open_edition
from gevinst.errors import EditionError
from gevinst.intake import Finding
from gevinst.layout import EditionInfo
from gevinst.settings import Settings
from gevinst.warehouse import Warehouse

KEPT = 10
"""Dry runs that can still be opened; older ones are removed, since each holds a whole edition."""
_EDITION = "edition"


@dataclass(frozen=True, slots=True)
class WouldChange:
    """What an edition would change, had it been published.

    `before` is the edition that it is compared with: the newest of its own year, or the one in force when that is of an
    earlier year; `None` when there is none. `replaces` is the edition that would go out of force. `stops` are the
    faults that keep the edition from being built; then `tables` hold what was read, and nothing is compared.
    """

    info: EditionInfo
    tables: dict[str, pl.DataFrame]
    before: Edition | None = None
    before_tables: dict[str, pl.DataFrame] | None = None
    replaces: Edition | None = None
    is_put_in_force: bool = False
    rows: tuple[TableDifference, ...] = ()
    pages: tuple[str, ...] = ()
    stops: tuple[Finding, ...] = ()
    is_built: bool = True


def place_of(settings: Settings, run_id: str) -> Path:
    """The folder of one dry run, by the first part of its run's id."""
    return settings.dry_runs_dir / run_id[:8]


@contextmanager
def throw_away(settings: Settings, run_id: str) -> Generator[Settings]:
    """Settings that read what is published and build elsewhere, for the length of the ``with`` block.

    The folder's ``edition/`` is kept to be looked at; what it was built from is removed, as are all but the last `KEPT`
    dry runs.
    """
    place = place_of(settings, run_id)
    place.mkdir(parents=True)
    # By time and not by name: the folders are named after run ids, which are random.
    for old in sorted(settings.dry_runs_dir.iterdir(), key=lambda path: path.stat().st_mtime)[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)
    try:
        yield replace(settings, build_dir=place)
    finally:
        for path in place.iterdir():
            if path.name != _EDITION:
                shutil.rmtree(path)


def edition_folder(settings: Settings) -> Path:
    """The folder of what is kept of the dry run; `EditionError` unless `settings` are those that `throw_away` gives."""
    if settings.build_dir is None:
        raise EditionError("what would change can only be shown of an edition in a temporary folder; start dry_run")
    return settings.build_dir / _EDITION


def would_change(settings: Settings, edition_year: int) -> WouldChange:
    """Compare the candidate that the dry run has built with what is published, and keep it in `edition_folder`."""
    kept = edition_folder(settings)
    edition = open_edition(candidate_of(settings, edition_year))
    in_force = edition_in_force(settings)
    before = _compared_with(settings, edition, in_force)
    pages = changed_pages(changed_files(edition, before)) if before else []
    tables = edition.tables(if_missing="empty")
    before_tables = before.tables(if_missing="empty") if before else None
    is_put_in_force = in_force is None or in_force.edition_year <= edition_year
    result = WouldChange(
        info=_info(settings, edition_year, tables),
        tables=tables,
        before=before,
        before_tables=before_tables,
        replaces=in_force if is_put_in_force else None,
        is_put_in_force=is_put_in_force,
        rows=tuple(differences(tables, before_tables)) if before_tables is not None else (),
        pages=tuple(pages),
    )
    edition.path.rename(kept)
    return result


def would_stop(settings: Settings, edition_year: int, stops: tuple[Finding, ...]) -> WouldChange:
    """What a dry run that failed shows: the faults, and the rows and checks that it reached."""
    warehouse = Warehouse(settings.working_database)
    tables = {
        contract.name: warehouse.read(contract)
        if warehouse.exists(contract)
        else pl.DataFrame(schema=polars_schema(contract))
        for contract in ALL
    }
    return WouldChange(_info(settings, edition_year, tables), tables, stops=stops, is_built=False)


def _compared_with(settings: Settings, edition: Edition, in_force: Edition | None) -> Edition | None:
    """Invented data are never compared with real data, or the reverse: every row would be new."""
    same_year = newest_of_year(settings, edition)
    if same_year is not None or in_force is None or in_force.is_illustrative != edition.is_illustrative:
        return same_year
    return in_force if in_force.edition_year < edition.edition_year else None


def _info(settings: Settings, edition_year: int, tables: dict[str, pl.DataFrame]) -> EditionInfo:
    years = tables["edition_years"].filter(pl.col("edition_year") == edition_year)
    return EditionInfo(
        edition_id=next_edition_id(settings, edition_year),
        edition_year=edition_year,
        as_of_on=years["as_of_on"].item() if years.height else min(calendar.today(), date(edition_year, 12, 31)),
        previous_edition_id=None,
        state="candidate",
        is_illustrative=bool(tables["sources"]["is_illustrative"].any()),
        commit=code_version().commit,
        input_hash=input_hash(settings.raw_dir),
    )

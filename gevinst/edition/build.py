"""Building an edition: everything is written to a temporary folder, which replaces the target whole or not at all.

Belongs here: the order of the steps, and keeping the previous folder until the new one is whole.
Does not belong here: how each part is made (the other modules) and putting an edition in force (`publish.py`).
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import polars as pl

from gevinst.contracts import ALL, PUBLISHED, Contract
from gevinst.contracts.schema import conform
from gevinst.edition.beside import edition_front
from gevinst.edition.checksums import write_sums
from gevinst.edition.fingerprints import content_of
from gevinst.edition.provenance import Provenance, manifest
from gevinst.edition.store import parse_edition_id
from gevinst.errors import EditionError
from gevinst.formats.croissant import croissant
from gevinst.formats.cyclonedx import bill_of_materials, licence_list
from gevinst.formats.datapackage import data_package
from gevinst.formats.dcat import dcat_catalogue, missing_statements
from gevinst.formats.sqlite import write_sqlite
from gevinst.formats.tables import write_readme, write_tables
from gevinst.formats.xlsx import write_workbook
from gevinst.layout import (
    CROISSANT,
    DATA_PACKAGE,
    DCAT,
    FRONT,
    LICENCES,
    MANIFEST,
    SBOM,
    SITE,
    EditionInfo,
    sqlite_name,
    workbook_name,
)
from gevinst.settings import Settings
from gevinst.software.components import made_with
from gevinst.whole_files import files_below, open_to_readers


def build_edition(
    tables: Mapping[str, pl.DataFrame],
    info: EditionInfo,
    target: Path,
    site_builder: Callable[[Path], Mapping[str, str]],
    progress: Callable[[str], object],
    provenance: Provenance,
    settings: Settings,
) -> Path:
    """Build the edition `info` from `tables` and return its folder, which is `target`.

    `target` is ``<candidates>/<edition id>``; an existing folder is replaced once the new edition is whole, and kept
    if anything fails. `site_builder` writes the pages into an empty folder, and returns the fingerprint of
    each file that bears the edition's names, by path below the edition's folder; `progress` is called with each step
    in a few words; `settings` say who publishes it, and where. The same tables, `info`, settings and pages give
    the same bytes, apart from the manifest, the database file and the sums of both. Raises `EditionError` when tables
    are missing or unknown, when the ids do not agree, or when invented rows would appear as real ones.
    """
    _require_one_id(info, target)
    ordered = _ordered(tables, info)
    target.parent.mkdir(parents=True, exist_ok=True)
    building = target.with_name(f".{target.name}-building-{uuid4().hex[:8]}")
    building.mkdir()
    try:
        _fill(building, ordered, info, site_builder, progress, provenance, settings)
        _replace(building, target)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    return target


def _fill(
    folder: Path,
    tables: Mapping[str, pl.DataFrame],
    info: EditionInfo,
    site_builder: Callable[[Path], Mapping[str, str]],
    progress: Callable[[str], object],
    provenance: Provenance,
    settings: Settings,
) -> None:
    progress(f"writing {len(tables)} tables, {sum(frame.height for frame in tables.values())} rows")
    write_tables(tables, folder, info.edition_id)
    write_sqlite(folder / sqlite_name(info.edition_id), tables, info, settings.owner)
    write_workbook(tables, info, folder / workbook_name(info.edition_id), settings.owner)
    _write_json(folder / DATA_PACKAGE, data_package(info, tables, folder, settings.owner))
    _write_json(folder / DCAT, dcat_catalogue(info, tables, settings))
    _write_json(folder / CROISSANT, croissant(info, tables, folder, settings))
    for notice in missing_statements(settings):
        progress(notice)
    write_readme(info, folder, settings.owner, tables)
    (folder / FRONT).write_text(edition_front(), encoding="utf-8", newline="\n")
    software = made_with()
    _write_json(folder / SBOM, bill_of_materials(software))
    (folder / LICENCES).write_text(licence_list(software), encoding="utf-8", newline="\n")
    progress("building the pages")
    (folder / SITE).mkdir()
    pages = site_builder(folder / SITE)
    progress(f"summing {len(files_below(folder))} files")
    _write_json(
        folder / MANIFEST,
        manifest(info, tables, provenance, content_of(tables, info, folder, settings, pages), settings),
    )
    write_sums(folder)
    open_to_readers(folder)


def _require_one_id(info: EditionInfo, target: Path) -> None:
    if target.name != info.edition_id:
        raise EditionError(f"edition {info.edition_id} must be built in a folder of that name, not {target.name}")
    if parse_edition_id(info.edition_id)[0] != info.edition_year:
        raise EditionError(f"edition {info.edition_id} cannot be of the year {info.edition_year}")


def _ordered(tables: Mapping[str, pl.DataFrame], info: EditionInfo) -> dict[str, pl.DataFrame]:
    """All tables that may be published, in the order of their contracts, each in key order."""
    faults = [f"table {contract.name} is missing" for contract in PUBLISHED if contract.name not in tables]
    known = {contract.name for contract in ALL}
    faults += [f"table {name} has no contract" for name in sorted(set(tables) - known)]
    if faults:
        raise EditionError(f"edition {info.edition_id} cannot be built: {'; '.join(faults)}")
    ordered = {contract.name: _sorted(conform(contract, tables[contract.name]), contract) for contract in PUBLISHED}
    invented = [name for name, frame in ordered.items() if frame["is_illustrative"].any()]
    if invented and not info.is_illustrative:
        raise EditionError(
            f"edition {info.edition_id} is marked as real, but has invented rows in {', '.join(invented)}"
        )
    return ordered


def _sorted(frame: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """The rows by key. A frame that has them so, as most that come from the warehouse do, is not copied."""
    order = frame.select(pl.arg_sort_by(*contract.key)).to_series()
    return frame if order.is_sorted() else frame[order]


def _replace(building: Path, target: Path) -> None:
    if not target.exists():
        os.rename(building, target)
        return
    # A folder that is not empty cannot be replaced in one step: the old one is moved aside, and back if that fails.
    replaced = target.with_name(f".{target.name}-replaced-{uuid4().hex[:8]}")
    os.rename(target, replaced)
    try:
        os.rename(building, target)
    except BaseException:
        os.rename(replaced, target)
        raise
    shutil.rmtree(replaced)


def _write_json(path: Path, content: dict[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")

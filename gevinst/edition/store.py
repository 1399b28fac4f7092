"""The shelf of published editions: which there are, which is in force, which number comes next.

Belongs here: reading the shelf.
Does not belong here: changing it (`publish.py`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from gevinst.contracts import PUBLISHED
from gevinst.errors import EditionError
from gevinst.layout import DATA_PACKAGE, MANIFEST, PARQUET_FOLDER, EditionInfo
from gevinst.settings import Settings

_EDITION_ID = re.compile(r"(\d{4})-([1-9]\d*)")


@dataclass(frozen=True, slots=True)
class EditionRef:
    """A published edition and its folder."""

    edition_id: str
    edition_year: int
    number: int
    path: Path
    is_illustrative: bool


def parse_edition_id(edition_id: str) -> tuple[int, int]:
    """Year and number of an edition id; raises `EditionError` for anything but ``<year>-<number>``."""
    match = _EDITION_ID.fullmatch(edition_id)
    if match is None:
        raise EditionError(f"{edition_id} is no edition id; it must be a year and a number, such as 2026-1")
    return int(match[1]), int(match[2])


def is_edition_id(text: str) -> bool:
    """Whether `text` has the form of an edition id."""
    return _EDITION_ID.fullmatch(text) is not None


def read_package(folder: Path) -> dict[str, Any]:
    """The data package descriptor of an edition; raises `EditionError` when the folder holds none."""
    try:
        return json.loads((folder / DATA_PACKAGE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EditionError(f"{folder} is not an edition: its {DATA_PACKAGE} cannot be read") from error


def edition_ref(folder: Path) -> EditionRef:
    """The edition in `folder`, which must bear the edition's own id; raises `EditionError` otherwise."""
    package = read_package(folder)
    if package["version"] != folder.name:
        raise EditionError(f"{folder} holds edition {package['version']}; a folder must bear its edition's id")
    year, number = parse_edition_id(folder.name)
    return EditionRef(folder.name, year, number, folder, package["is_illustrative"])


def list_editions(settings: Settings) -> list[EditionRef]:
    """All published editions, oldest first."""
    folders = settings.editions_dir.iterdir() if settings.editions_dir.exists() else []
    found = [edition_ref(folder) for folder in folders if _EDITION_ID.fullmatch(folder.name)]
    return sorted(found, key=lambda edition: (edition.edition_year, edition.number))


def edition_in_force(settings: Settings) -> EditionRef | None:
    """The edition that readers are given; `None` before the first is published."""
    if not settings.current.is_symlink():
        if settings.current.exists():
            raise EditionError(f"{settings.current} must be a link to an edition; move it away and publish again")
        return None
    return edition_ref(settings.current.resolve())


def find_edition(settings: Settings, edition_id: str | None) -> EditionRef:
    """The published edition called `edition_id`, or the one in force; raises `EditionError` when there is none."""
    if edition_id is None:
        in_force = edition_in_force(settings)
        if in_force is None:
            raise EditionError("no edition is in force; run `make refresh` first")
        return in_force
    known = {edition.edition_id: edition for edition in list_editions(settings)}
    if edition_id not in known:
        raise EditionError(f"there is no edition {edition_id}; there are {', '.join(known) or 'none'}")
    return known[edition_id]


def next_edition_id(settings: Settings, edition_year: int) -> str:
    """The id of the year's next edition: one above the highest that was ever published."""
    numbers = [edition.number for edition in list_editions(settings) if edition.edition_year == edition_year]
    return f"{edition_year}-{max(numbers, default=0) + 1}"


def previous_edition_id(settings: Settings, edition_year: int) -> str | None:
    """The newest edition of the last year before `edition_year`; `None` when there is none.

    Changes are told from one edition year to the next. Two editions of one year have the same previous one, which
    is why a second build from the same facts has the same pages as the first.
    """
    earlier = [edition.edition_id for edition in list_editions(settings) if edition.edition_year < edition_year]
    return earlier[-1] if earlier else None


def read_tables(edition: EditionRef, names: Iterable[str]) -> dict[str, pl.DataFrame]:
    """The tables called `names`; raises `EditionError` when the edition was published before one of them existed."""
    paths = {name: edition.path / PARQUET_FOLDER / f"{name}.parquet" for name in names}
    missing = [name for name, path in paths.items() if not path.exists()]
    if missing:
        raise EditionError(
            f"edition {edition.edition_id} has no table {', '.join(missing)}; publish a new edition first"
        )
    return {name: pl.read_parquet(path) for name, path in paths.items()}


def open_edition(edition: EditionRef) -> tuple[dict[str, pl.DataFrame], EditionInfo]:
    """Tables and description of a published edition.

    Raises `EditionError` when it was published before one of today's tables existed, or is not whole.
    """
    tables = read_tables(edition, (contract.name for contract in PUBLISHED))
    try:
        told = json.loads((edition.path / MANIFEST).read_text(encoding="utf-8"))["edition"]
    except (OSError, ValueError, KeyError) as error:
        raise EditionError(f"{edition.path} is not a whole edition: its {MANIFEST} cannot be read") from error
    return tables, EditionInfo(**{**told, "as_of_on": date.fromisoformat(told["as_of_on"])})

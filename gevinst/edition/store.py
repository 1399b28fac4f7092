"""Editions on disk: what one holds, which there are, which is in force, which number comes next.

The one reader of an edition: no other module opens an edition's Parquet files, manifest or data package, so that tables
missing from an edition of an earlier version of the program are treated in one way. A caller that needs a table says
``if_missing="refuse"`` (the default) and gets an error in one sentence; a caller that can do without says
``if_missing="empty"`` and gets the contract's columns without rows.

Nothing is read that is not as it was published: each file is held against its sum as it is read. An older edition that
is damaged is left out of what is listed and named by `damaged_editions`; it stops nobody who does not ask for it.

Belongs here: reading, and which editions count as published.
Does not belong here: changing what is published (`publish.py`), sums of whole folders (`checksums.py`).
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import polars as pl

from gevinst.bilingual import Bilingual
from gevinst.contracts import PUBLISHED, contract
from gevinst.contracts.schema import polars_schema
from gevinst.edition.checksums import read_sums
from gevinst.errors import EditionError
from gevinst.layout import DATA_PACKAGE, MANIFEST, PARQUET_FOLDER, EditionInfo
from gevinst.settings import Settings
from gevinst.workspace import Scheme

PUBLISHING = ".publishing"
"""In the marts folder: the id of the edition that is being put in force, until `current` leads to it."""
_EDITION_ID = re.compile(r"(\d{4})-([1-9]\d*)")

Json = dict[str, Any] | list[Any] | str | float | bool | None
"""What a JSON file may hold before anything is known of it."""

IfMissing = Literal["refuse", "empty"]
"""What a caller gets for a table that the edition was published without: an `EditionError`, or a frame of no rows."""


def parse_edition_id(edition_id: str) -> tuple[int, int]:
    """Year and number of an edition id; raises `EditionError` for anything but ``<year>-<number>``."""
    match = _EDITION_ID.fullmatch(edition_id)
    if match is None:
        raise EditionError(f"{edition_id} is no edition id; it must be a year and a number, such as 2026-1")
    return int(match[1]), int(match[2])


def is_edition_id(text: str) -> bool:
    """Whether `text` has the form of an edition id."""
    return _EDITION_ID.fullmatch(text) is not None


@dataclass(frozen=True)
class Edition:
    """An edition in its folder, which bears its id. Nothing is read until it is needed."""

    path: Path

    @property
    def edition_id(self) -> str:
        """Year and number, such as ``2026-1``."""
        return self.path.name

    @property
    def edition_year(self) -> int:
        """The year of the edition."""
        return parse_edition_id(self.edition_id)[0]

    @property
    def number(self) -> int:
        """Its number among the editions of its year, from 1."""
        return parse_edition_id(self.edition_id)[1]

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What the edition says of itself; raises `EditionError` when that cannot be read."""
        try:
            manifest: Json = json.loads(self._bytes(MANIFEST))
        except (OSError, ValueError) as error:
            raise EditionError(f"{self.path} is not a whole edition: its {MANIFEST} cannot be read") from error
        if not isinstance(manifest, dict) or not isinstance(manifest.get("edition"), dict):
            raise EditionError(f"{self.path} is not a whole edition: its {MANIFEST} describes none")
        return manifest

    @cached_property
    def info(self) -> EditionInfo:
        """The edition's description, as its pages were built from it; raises `EditionError` when it is incomplete."""
        stated: dict[str, Any] = self.manifest["edition"]
        names = [field.name for field in fields(EditionInfo)]
        missing = [name for name in names if name not in stated]
        if missing:
            raise EditionError(f"{self.path} is not a whole edition: its {MANIFEST} lacks {', '.join(missing)}")
        try:
            values: dict[str, Any] = {
                **{name: stated[name] for name in names},
                "as_of_on": date.fromisoformat(stated["as_of_on"]),
            }
            return EditionInfo(**values)
        except (TypeError, ValueError) as error:
            raise EditionError(f"{self.path} is not a whole edition: its {MANIFEST} is wrong: {error}") from error

    @property
    def built_at(self) -> datetime:
        """When it was built; raises `EditionError` when its manifest does not say."""
        try:
            return datetime.fromisoformat(self.manifest["built_at"])
        except (KeyError, TypeError, ValueError) as error:
            raise EditionError(
                f"{self.path} is not a whole edition: its {MANIFEST} says not when it was built"
            ) from error

    @property
    def is_illustrative(self) -> bool:
        """Whether the edition holds invented data."""
        return self.info.is_illustrative

    @property
    def is_preliminary(self) -> bool:
        """Whether nobody answered for the edition when it was built; earlier versions of the program do not say."""
        return bool(self.manifest.get("is_preliminary"))

    @property
    def scheme(self) -> Scheme:
        """What the scheme is called and what its amounts are in; raises `EditionError` when the edition does not say.

        Earlier versions of the program did not say it.
        """
        stated: Json = self.manifest.get("scheme")
        match stated:
            case {"name_nb": str(nb), "name_en": str(en), "currency": str(currency)}:
                return Scheme(Bilingual(nb, en), currency=currency)
            case _:
                raise EditionError(
                    f"{self.path} does not say which scheme it is of, since an earlier version of the program made it; "
                    "publish a new edition first",
                    f"{self.path} sier ikke hvilken ordning den gjelder, for en tidligere versjon av programmet har "
                    "laget den; publiser en ny utgave først",
                )

    @property
    def row_counts(self) -> dict[str, int]:
        """Number of rows by table, as the manifest has them; raises `EditionError` when it has none."""
        counts: dict[str, int] | None = self.manifest.get("tables")
        if not isinstance(counts, dict) or "projects" not in counts:
            raise EditionError(f"{self.path} is not a whole edition: its {MANIFEST} counts no rows")
        return counts

    @property
    def described_columns(self) -> dict[str, list[str]]:
        """Columns of each table as the data package describes them; raises `EditionError` when it cannot be read."""
        try:
            package = json.loads(self._bytes(DATA_PACKAGE))
            return {one["name"]: [field["name"] for field in one["schema"]["fields"]] for one in package["resources"]}
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise EditionError(f"{self.path / DATA_PACKAGE} cannot be read; take it from a copy") from error

    def has_table(self, name: str) -> bool:
        """Whether the edition was published with the table; one whose file is lost since then still counts."""
        return f"{PARQUET_FOLDER}/{name}.parquet" in self._sums

    def table(self, name: str, *, if_missing: IfMissing = "refuse") -> pl.DataFrame:
        """The rows of one table; raises `EditionError` when it is missing and `if_missing` is ``refuse``."""
        return self.tables([name], if_missing=if_missing)[name]

    def tables(
        self, names: Iterable[str] | None = None, *, if_missing: IfMissing = "refuse"
    ) -> dict[str, pl.DataFrame]:
        """Several tables by name, all of today's published ones by default.

        Raises `EditionError` naming every table that is missing when `if_missing` is ``refuse``, and for a file that
        is not Parquet.
        """
        wanted = [table.name for table in PUBLISHED] if names is None else list(names)
        missing = [name for name in wanted if not self.has_table(name)]
        if missing and if_missing == "refuse":
            raise EditionError(
                f"edition {self.edition_id} has no table {', '.join(missing)}; publish a new edition first"
            )
        return {name: _empty(name) if name in missing else self._read(name) for name in wanted}

    def _read(self, name: str) -> pl.DataFrame:
        try:
            return pl.read_parquet(io.BytesIO(self._bytes(f"{PARQUET_FOLDER}/{name}.parquet")))
        except (pl.exceptions.PolarsError, OSError) as error:
            message = f"table {name} of edition {self.edition_id} cannot be read; take it from a copy"
            raise EditionError(message) from error

    @cached_property
    def _sums(self) -> dict[str, str]:
        return read_sums(self.path)

    def _bytes(self, name: str) -> bytes:
        """The content of a file; raises `EditionError` when it is not what was published."""
        content = (self.path / name).read_bytes()
        # Earlier versions of the program did not sum the manifest.
        listed = self._sums.get(name, None if name == MANIFEST else "")
        if listed is not None and hashlib.sha256(content).hexdigest() != listed:
            raise EditionError(
                f"{self.path / name} is not as it was published; take it from a copy",
                f"{self.path / name} er ikke slik den ble publisert; hent den fra en kopi",
            )
        return content


def _empty(name: str) -> pl.DataFrame:
    return pl.DataFrame(schema=polars_schema(contract(name)))


def open_edition(folder: Path) -> Edition:
    """The edition in `folder`; raises `EditionError` when there is none or the folder bears another edition's id."""
    edition = Edition(folder)
    if edition.info.edition_id != folder.name:
        raise EditionError(
            f"{folder} holds edition {edition.info.edition_id}; a folder must bear its edition's id",
            f"{folder} inneholder utgave {edition.info.edition_id}; mappa må hete det samme som utgaven",
        )
    parse_edition_id(folder.name)
    return edition


def list_editions(settings: Settings) -> list[Edition]:
    """All published editions that can be read, oldest first."""
    return [found for found in _published(settings) if isinstance(found, Edition)]


def damaged_editions(settings: Settings) -> list[EditionError]:
    """Why each published edition that cannot be read cannot be, oldest first."""
    return [found for found in _published(settings) if isinstance(found, EditionError)]


def _published(settings: Settings) -> list[Edition | EditionError]:
    return [_opened(settings.editions_dir / edition_id) for edition_id in published_ids(settings)]


def _opened(folder: Path) -> Edition | EditionError:
    try:
        edition = open_edition(folder)
        _ = edition.built_at, edition.row_counts
    except EditionError as error:
        return error
    return edition


def published_ids(settings: Settings) -> list[str]:
    """Ids of all published editions, oldest first, whether or not they can be read.

    An edition whose publication was begun and not finished (`PUBLISHING`) counts once `current` leads to it.
    """
    folders = settings.editions_dir.iterdir() if settings.editions_dir.exists() else ()
    begun = unfinished(settings)
    return sorted(
        (folder.name for folder in folders if is_edition_id(folder.name) and folder.name != begun), key=parse_edition_id
    )


def unfinished(settings: Settings) -> str | None:
    """The id of the edition that was on its way into force when its publication was cut off; `None` when none was."""
    mark = settings.marts_dir / PUBLISHING
    try:
        edition_id = mark.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    return None if settings.current.resolve().name == edition_id else edition_id


def edition_in_force(settings: Settings) -> Edition | None:
    """The edition that `current` points to; `None` before the first is published."""
    if not settings.current.is_symlink():
        if settings.current.exists():
            raise EditionError(
                f"{settings.current} must be a link to an edition; move it away and publish again",
                f"{settings.current} må være en lenke til en utgave; flytt den bort og publiser på nytt",
            )
        return None
    return open_edition(settings.current.resolve())


def find_edition(settings: Settings, edition_id: str | None) -> Edition:
    """The published edition called `edition_id`, or the one in force; raises `EditionError` when there is none."""
    if edition_id is None:
        in_force = edition_in_force(settings)
        if in_force is None:
            raise EditionError(
                "no edition is in force; run `gevinst publish` first",
                "ingen utgave gjelder ennå; kjør `gevinst publish` først",
            )
        return in_force
    known = published_ids(settings)
    if edition_id not in known:
        raise EditionError(
            f"there is no edition {edition_id}; there are {', '.join(known) or 'none'}",
            f"utgave {edition_id} finnes ikke; disse finnes: {', '.join(known) or 'ingen'}",
        )
    return open_edition(settings.editions_dir / edition_id)


def newest_of_year(settings: Settings, edition: Edition) -> Edition | None:
    """The newest published edition of the year of `edition`, real when it is real and invented when it is invented."""
    same_year = [
        other
        for other in list_editions(settings)
        if other.edition_year == edition.edition_year and other.is_illustrative == edition.is_illustrative
    ]
    return same_year[-1] if same_year else None


def next_edition_id(settings: Settings, edition_year: int) -> str:
    """The id of the year's next edition: one above the highest ever published, so that no number is used twice."""
    numbers = [number for year, number in map(parse_edition_id, published_ids(settings)) if year == edition_year]
    return f"{edition_year}-{max(numbers, default=0) + 1}"


def previous_edition_id(settings: Settings, edition_year: int) -> str | None:
    """The newest edition of the last year before `edition_year` that can be read; `None` when there is none.

    Changes are counted from one edition year to the next. Two editions of one year have the same previous one, which
    is why a second build from the same facts has the same pages as the first.
    """
    earlier = [edition.edition_id for edition in list_editions(settings) if edition.edition_year < edition_year]
    return earlier[-1] if earlier else None

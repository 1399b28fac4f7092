"""Whether published editions still are what was published: bytes, chain, tables, links, and the same pages once more.

Belongs here: what is verified of an edition and of what lies beside the editions, and the sentence for each fault.
Does not belong here: sums (`checksums.py`, `chain.py`), and what a candidate must satisfy (`publish.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from gevinst.contracts import PUBLISHED
from gevinst.edition.build import build_edition
from gevinst.edition.chain import before, links
from gevinst.edition.checksums import faults_beside, faults_of, link_of, read_sums
from gevinst.edition.fingerprints import RULE, table_fingerprint
from gevinst.edition.provenance import Provenance, code_version
from gevinst.edition.store import Edition, edition_in_force, find_edition, open_edition, published_ids
from gevinst.errors import EditionError, GevinstError
from gevinst.layout import MANIFEST, REPORT, SITE, SUMS, database_name
from gevinst.scratch import scratch
from gevinst.settings import Settings
from gevinst.site.build import build_site
from gevinst.warehouse import Warehouse

_LINK = re.compile(rb"""\s(?:href|src)\s*=\s*["']([^"'#?]+)""")
BESIDE = "editions"
"""What faults beside the editions are reported under."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found of one edition, or of what lies beside them; nothing is wrong when `faults` is empty."""

    name: str
    faults: tuple[str, ...]


def verify(settings: Settings, edition_id: str | None, *, is_all: bool, is_rebuilt: bool) -> Iterator[Verified]:
    """Verify an edition, by default the one in force, or all, and what lies beside them; one result after another.

    With `is_rebuilt` an edition that this version of the program has built is built again from its own tables, and its
    files are compared byte by byte. Raises `EditionError` when there is no such edition.
    """
    ids = published_ids(settings) if is_all else [edition_id or find_edition(settings, None).edition_id]
    known = published_ids(settings)
    if strange := [one for one in ids if one not in known]:
        find_edition(settings, strange[0])
    chained = {link.edition_id: link.digest for link in links(settings)}
    for one in ids:
        yield Verified(one, tuple(_faults(settings, one, chained.get(one), is_rebuilt=is_rebuilt)))
    yield Verified(BESIDE, tuple(_faults_beside(settings, known)))


def _faults(settings: Settings, edition_id: str, chained: str | None, *, is_rebuilt: bool) -> Iterator[str]:
    folder = settings.editions_dir / edition_id
    try:
        yield from faults_of(folder)
        if link_of(folder).digest != chained:
            yield f"{SUMS} is not the one that was published"
        edition = open_edition(folder)
        yield from _faults_of_tables(edition)
        if (earlier := before(edition)) and earlier.edition_id not in published_ids(settings):
            yield f"the edition before it, {earlier.edition_id}, is gone"
        yield from _broken_links(folder)
        if is_rebuilt:
            yield from _faults_of_rebuilding(edition, settings)
    except EditionError as error:
        yield str(error)


def _faults_beside(settings: Settings, ids: list[str]) -> Iterator[str]:
    try:
        in_force = edition_in_force(settings)
        if in_force is not None:
            yield from faults_beside(settings.editions_dir, ids)
            if in_force.path.parent != settings.editions_dir.resolve():
                yield f"{settings.current} leads out of {settings.editions_dir}"
    except EditionError as error:
        yield str(error)


def _faults_of_tables(edition: Edition) -> Iterator[str]:
    """Rows and columns against what the edition says of itself, in every form that tables have.

    Editions of earlier versions have other tables and columns; each is held against its own description.
    """
    columns = edition.described_columns
    stated: dict[str, Any] = edition.manifest.get("content", {})
    fingerprints: dict[str, str] = stated.get("tables", {}) if stated.get("rule") == RULE else {}
    for name, count in edition.row_counts.items():
        try:
            frame = edition.table(name)
        except EditionError as error:
            yield str(error)
            continue
        if frame.height != count:
            yield f"table {name} has {frame.height} rows and not {count}"
        if name in columns and frame.columns != columns[name]:
            yield f"table {name} has other columns than are described"
        if name in fingerprints and table_fingerprint(frame) != fingerprints[name]:
            yield f"table {name} says something else than when it was published"
    # An edition of another version of the program may have other columns; its own Parquet files were read above.
    if all(columns.get(table.name) == list(table.column_names) for table in PUBLISHED if table.name in fingerprints):
        yield from _faults_of_database(edition, fingerprints)


def _faults_of_database(edition: Edition, fingerprints: dict[str, str]) -> Iterator[str]:
    known = [table for table in PUBLISHED if table.name in fingerprints]
    try:
        frames = Warehouse(edition.path / database_name(edition.edition_id), read_only=True).read_all(known)
    except GevinstError as error:
        yield str(error)
        return
    for name, frame in frames.items():
        if table_fingerprint(frame) != fingerprints[name]:
            yield f"table {name} differs between the database and the Parquet files"


def _broken_links(folder: Path) -> Iterator[str]:
    """Links of the pages to files of the edition that are not there."""
    known: set[Path] = set()
    for page in sorted((folder / SITE).rglob("*.html")):
        found: set[bytes] = set(_LINK.findall(page.read_bytes()))
        for raw in found:
            address = urlsplit(str(raw, "utf-8", "replace"))
            if address.scheme or address.netloc or not address.path:
                continue
            target = (page.parent / unquote(address.path)).resolve()
            if target in known or not target.is_relative_to(folder.resolve()):
                continue  # other editions and their list are linked by pages, and are verified by themselves
            if target.exists():
                known.add(target)
            else:
                yield f"{page.relative_to(folder).as_posix()} links to {address.path}, which is not there"


def _faults_of_rebuilding(edition: Edition, settings: Settings) -> Iterator[str]:
    code = code_version()
    if code.commit != edition.info.commit:
        yield (
            f"it was built by version {edition.info.commit} of the program and this is {code.commit}: "
            "check that version out to build it again"
        )
        return
    tables = edition.tables()
    with scratch() as place:
        rebuilt = build_edition(
            tables,
            edition.info,
            place / edition.edition_id,
            lambda site: (
                build_site(
                    tables,
                    edition.info,
                    site,
                    cache_dir=settings.cache_dir,
                    progress=_silent,
                    reports=site.parent / REPORT,
                ).fingerprints
            ),
            _silent,
            Provenance(None, {}, "", edition.built_at, before(edition)),
            settings,
        )
        new, old = read_sums(rebuilt), read_sums(edition.path)
    named = {MANIFEST, database_name(edition.edition_id)}  # they name the build, or differ from build to build
    for name in sorted((set(new) | set(old)) - named):
        if new.get(name) != old.get(name):
            yield f"{name} is not what the same tables give now"


def _silent(step: str) -> None:
    return None

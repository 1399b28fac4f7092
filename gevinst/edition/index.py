"""The list of published editions: one page beside their folders, written again at each publication.

With it a small script that names all editions and the one in force, which pages show where it lies beside them, and
what programs and lost readers look for there (`beside.py`).

Belongs here: what the page says of each edition, and when all of them are written.
Does not belong here: how it looks (``templates/editions_index.html``) and the editions' own pages.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gevinst.bilingual import LANGUAGES
from gevinst.edition.beside import NOT_FOUND, files_with_addresses, not_found_page
from gevinst.edition.chain import links
from gevinst.edition.checksums import link_of, sums_beside
from gevinst.edition.store import Edition, find_edition, list_editions
from gevinst.language.texts import Catalogue
from gevinst.layout import (
    CROISSANT,
    DATA_PACKAGE,
    DCAT,
    LICENCES,
    README,
    REPORT,
    SBOM,
    SITE,
    SUMS,
    database_name,
    sqlite_name,
    workbook_name,
)
from gevinst.settings import Settings
from gevinst.site.bundle import STYLE
from gevinst.site.head import feed_name
from gevinst.site.render import render_alone
from gevinst.site.report.brief import brief_name
from gevinst.site.report.build import file_name
from gevinst.whole_files import open_to_readers, write_atomically

INDEX = "index.html"
NEWEST = "newest.js"
"""Names the editions and the one in force, for their pages: a script, since a page read from disk may fetch no data."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One edition in the list; addresses are relative to the folder of editions."""

    edition_id: str
    as_of: str
    project_count: int
    is_in_force: bool
    is_illustrative: bool
    is_preliminary: bool
    pages: str
    downloads: tuple[tuple[str, str], ...]


def index_files(settings: Settings, in_force: Edition, added: Edition | None = None) -> dict[str, str | None]:
    """The list of all published editions, newest first, and what else lies beside their folders: texts by file name.

    A text is `None` where a file must not stay. `added` is an edition that is about to be published, and `in_force` the
    one that readers are given then. Nothing is written, so that whatever keeps a list from being made is found out
    before anything is changed.
    """
    editions = [*list_editions(settings), *([added] if added else [])]
    oldest_first = sorted(editions, key=lambda edition: (edition.edition_year, edition.number))
    parts = [
        {
            "language": language,
            "t": Catalogue(language).t,
            "editions": [_listed(edition, in_force, language) for edition in reversed(oldest_first)],
        }
        for language in LANGUAGES
    ]
    style = f"{in_force.edition_id}/{SITE}/assets/{STYLE}"
    others = files_with_addresses(settings, in_force, oldest_first)
    feeds = [(language, feed_name(language)) for language in LANGUAGES if others[feed_name(language)]]
    texts = {
        INDEX: render_alone("editions_index.html", {"parts": parts, "style": style, "feeds": feeds}),
        NEWEST: _script(in_force.edition_id, oldest_first[::-1]),
        NOT_FOUND: not_found_page(settings, in_force),
        **others,
    }
    shelf = [*links(settings), *([link_of(added.path)] if added else [])]
    return {**texts, SUMS: sums_beside(shelf, texts)}


def write_index(settings: Settings, files: Mapping[str, str | None] | None = None) -> None:
    """Write what `index_files` made, by default of what is published now, the sums last.

    No file of an edition is touched, and at any moment each file is the old one or the new one. By default there must
    be an edition in force.
    """
    for name, text in (files or index_files(settings, find_edition(settings, None))).items():
        _write(settings.editions_dir / name, text)


def _script(in_force: str, editions: Sequence[Edition]) -> str:
    """The two names that pages read, with the day that each edition's data end in every language."""
    listed = [
        {
            "id": one.edition_id,
            **{language: Catalogue(language).number.date(one.info.as_of_on) for language in LANGUAGES},
        }
        for one in editions
    ]
    named = {"gevinstNewest": in_force, "gevinstEditions": listed}
    return "".join(f"window.{name} = {json.dumps(value, ensure_ascii=False)};\n" for name, value in named.items())


def _write(target: Path, text: str | None) -> None:
    if text is None:
        target.unlink(missing_ok=True)  # addresses that no longer hold must not stay
        return

    def write(path: Path) -> None:
        path.write_text(text, encoding="utf-8", newline="\n")
        open_to_readers(path)

    write_atomically(target, write)


def _listed(edition: Edition, in_force: Edition, language: str) -> Listed:
    wanted = {
        "brief": f"{REPORT}/{brief_name(edition.edition_id, language)}",
        "report": f"{REPORT}/{file_name(edition.edition_id, language)}",
        "workbook": workbook_name(edition.edition_id),
        "database": database_name(edition.edition_id),
        "sqlite": sqlite_name(edition.edition_id),
        "package": DATA_PACKAGE,
        "dcat": DCAT,
        "croissant": CROISSANT,
        "readme": README,
        "licences": LICENCES,
        "sbom": SBOM,
        "sums": SUMS,
    }
    catalogue = Catalogue(language)
    t = catalogue.t
    downloads = [
        (t(f"editions_index.{name}"), f"{edition.edition_id}/{path}")
        for name, path in wanted.items()
        if (edition.path / path).exists()  # an edition of an earlier version of the program has fewer files
    ]
    return Listed(
        edition.edition_id,
        catalogue.number.date(edition.info.as_of_on),
        edition.row_counts["projects"],
        edition.edition_id == in_force.edition_id,
        edition.is_illustrative,
        edition.is_preliminary,
        f"{edition.edition_id}/{SITE}/{language}/{INDEX}",
        tuple(downloads),
    )

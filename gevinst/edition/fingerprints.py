"""What an edition says, independent of what it is called: one fingerprint per table and per file that bears its names.

Belongs here: the fingerprints of tables and of the files beside the pages, as the manifest holds them.
Does not belong here: fingerprints of pages (`gevinst.site.build` makes them while rendering), sums of bytes
(`checksums.py`), and what happens when fingerprints differ (`comparison.py`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict

import polars as pl

from gevinst.bilingual import LANGUAGES
from gevinst.formats.croissant import croissant
from gevinst.formats.datapackage import data_package
from gevinst.formats.dcat import dcat_catalogue
from gevinst.formats.sqlite import about_rows, descriptions
from gevinst.formats.tables import readme_text
from gevinst.formats.xlsx import column_rows, notes
from gevinst.layout import (
    CROISSANT,
    DATA_PACKAGE,
    DCAT,
    README,
    EditionInfo,
    sqlite_name,
    workbook_name,
)
from gevinst.settings import Settings
from gevinst.site.naming import fingerprint, marked

RULE = 1
"""Raised whenever the same content gets another fingerprint than before; two editions are compared by fingerprints
only when both were made by the same rule."""


class Content(TypedDict, total=False):
    """The entry ``content`` of a manifest; that of an edition of another version may lack a part."""

    rule: int
    tables: dict[str, str]
    files: dict[str, str]


def content_of(
    tables: Mapping[str, pl.DataFrame],
    info: EditionInfo,
    folder: Path,
    settings: Settings,
    pages: Mapping[str, str],
) -> Content:
    """The entry ``content`` of the manifest of the edition in `folder`, whose CSV files must be written already.

    ``tables`` holds a fingerprint per table, and ``files`` one per file that bears the edition's names, by path below
    `folder`; `pages` are those of pages and reports. Every other file is compared by its sum in
    ``SHA256SUMS``.
    """
    neutral = marked(info)
    hashes = {name: table_fingerprint(frame) for name, frame in tables.items()}
    # The workbook's bytes cannot be compared: it stores equal texts once. It holds notes, every table and every column.
    workbook = [[notes(language, tables, neutral, settings.owner) for language in LANGUAGES], hashes, column_rows()]
    # Another version of the SQLite library writes its number into the file.
    database = [about_rows(neutral, settings.owner), hashes, descriptions()]
    return {
        "rule": RULE,
        "tables": hashes,
        "files": {
            README: fingerprint(readme_text(neutral, settings.owner, tables)),
            DATA_PACKAGE: fingerprint(json.dumps(data_package(neutral, tables, folder, settings.owner))),
            CROISSANT: fingerprint(json.dumps(croissant(neutral, tables, folder, settings))),
            DCAT: fingerprint(json.dumps(dcat_catalogue(neutral, tables, settings))),
            sqlite_name(info.edition_id): fingerprint(json.dumps(database)),
            workbook_name(info.edition_id): fingerprint(json.dumps(workbook)),
            **pages,
        },
    }


def table_fingerprint(frame: pl.DataFrame) -> str:
    """SHA-256 of a table's columns, types and rows in their order, independent of the library that wrote its file."""
    digest = hashlib.sha256(repr([(name, str(kind)) for name, kind in frame.schema.items()]).encode())
    digest.update(rows_as_text(frame))
    return digest.hexdigest()


def rows_as_text(frame: pl.DataFrame) -> bytes:
    """The rows as CSV. Texts are quoted and unknown is not, so that an unknown value differs from the text NULL."""
    return frame.write_csv(null_value="NULL", quote_style="non_numeric").encode()

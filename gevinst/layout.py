"""Names inside an edition's folder, and what an edition is called.

Belongs here: what those who write an edition's files, those who read them and the pages that link to them must agree
on, and the hash by which all of them know a file.
Does not belong here: reading an edition (`gevinst.edition.store`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

CSV_FOLDER = "tables/csv"
PARQUET_FOLDER = "tables/parquet"
TABLES = "tables"
SITE = "site"
DATA_PACKAGE = "datapackage.json"
DCAT = "dcat.jsonld"
CROISSANT = "croissant.json"
MANIFEST = "manifest.json"
REPORT = "report"
README = "README.txt"
FRONT = "index.html"
"""Leads to the pages, for hosts that answer the address of a folder with it."""
SBOM = "sbom.cdx.json"
LICENCES = "LICENCES.txt"
SUMS = "SHA256SUMS"


ABOUT_SOFTWARE = (SBOM, LICENCES)
"""Files that say what an edition was made with and nothing of what it says."""


ROWS_OF_A_SHEET = 1_048_576
"""Rows that a sheet of a workbook has, its headings among them."""


def csv_file(table: str, rows: int) -> str:
    """Path of a table's CSV file below an edition's folder.

    It is compressed where no spreadsheet opens all of it: what does reads such a file as it is.
    """
    return f"{CSV_FOLDER}/{table}.csv{'' if rows < ROWS_OF_A_SHEET else '.gz'}"


def database_name(edition_id: str) -> str:
    """File name of an edition's database."""
    return f"gevinst-{edition_id}.duckdb"


def sqlite_name(edition_id: str) -> str:
    """File name of an edition's SQLite file."""
    return f"gevinst-{edition_id}.sqlite"


def workbook_name(edition_id: str) -> str:
    """Path of an edition's workbook below its folder."""
    return f"{TABLES}/gevinst-{edition_id}.xlsx"


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


STATES = ("candidate", "current", "archived")


@dataclass(frozen=True, slots=True)
class EditionInfo:
    """Which edition the pages belong to; everything that differs between builds is here, the clock never is.

    `commit` and `input_hash` are short forms. Raises `ValueError` for a `state` outside `STATES`.
    """

    edition_id: str
    edition_year: int
    as_of_on: date
    previous_edition_id: str | None
    state: str
    is_illustrative: bool
    commit: str
    input_hash: str

    def __post_init__(self) -> None:
        if self.state not in STATES:
            raise ValueError(f"an edition is {', '.join(STATES)}, not {self.state}")

"""Names inside an edition's folder, and the one error that editions raise.

Belongs here: what several modules of this package must agree on.
Does not belong here: anything that opens a file.
"""

from __future__ import annotations

from gevinst.errors import GevinstError

CSV_FOLDER = "tables/csv"
PARQUET_FOLDER = "tables/parquet"
TABLES = "tables"
SITE = "site"
DATA_PACKAGE = "datapackage.json"
DCAT = "dcat.jsonld"
MANIFEST = "manifest.json"
REPORT = "report"
README = "README.txt"
SUMS = "SHA256SUMS"


class EditionError(GevinstError):
    """An edition cannot be built, trusted or published; the message says which, why and what to do."""


def database_name(edition_id: str) -> str:
    """File name of an edition's database."""
    return f"gevinst-{edition_id}.duckdb"


def workbook_name(edition_id: str) -> str:
    """Path of an edition's workbook below its folder."""
    return f"{TABLES}/gevinst-{edition_id}.xlsx"

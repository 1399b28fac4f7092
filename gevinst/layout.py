"""Names inside an edition's folder.

Belongs here: what those who write an edition's files and the pages that link to them must agree on.
Does not belong here: anything that opens a file (`gevinst.edition`).
"""

from __future__ import annotations

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


def database_name(edition_id: str) -> str:
    """File name of an edition's database."""
    return f"gevinst-{edition_id}.duckdb"


def workbook_name(edition_id: str) -> str:
    """Path of an edition's workbook below its folder."""
    return f"{TABLES}/gevinst-{edition_id}.xlsx"

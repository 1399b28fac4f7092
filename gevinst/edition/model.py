"""The one error that editions raise, and the names inside an edition's folder.

Belongs here: what several modules of this package must agree on.
Does not belong here: anything that opens a file, and the names themselves, which pages need as well (`gevinst.layout`).
"""

from __future__ import annotations

from gevinst.errors import GevinstError
from gevinst.layout import (
    CSV_FOLDER,
    DATA_PACKAGE,
    DCAT,
    MANIFEST,
    PARQUET_FOLDER,
    README,
    REPORT,
    SITE,
    SUMS,
    TABLES,
    database_name,
    workbook_name,
)


class EditionError(GevinstError):
    """An edition cannot be built, trusted or published; the message says which, why and what to do."""


__all__ = [
    "CSV_FOLDER",
    "DATA_PACKAGE",
    "DCAT",
    "MANIFEST",
    "PARQUET_FOLDER",
    "README",
    "REPORT",
    "SITE",
    "SUMS",
    "TABLES",
    "EditionError",
    "database_name",
    "workbook_name",
]

"""An edition read back from its folder.

Belongs here: its published tables and what it is called, for those who make something more of it.
Does not belong here: what they make (`gevinst.site.report`).
"""

from __future__ import annotations

import json
from datetime import date

import polars as pl

from gevinst.contracts import PUBLISHED
from gevinst.edition.model import MANIFEST, PARQUET_FOLDER, EditionError
from gevinst.edition.shelf import EditionRef
from gevinst.site.context import EditionInfo


def open_edition(edition: EditionRef) -> tuple[dict[str, pl.DataFrame], EditionInfo]:
    """Tables and description of a published edition.

    Raises `EditionError` when it was published before one of today's tables existed, or is not whole.
    """
    folder = edition.path / PARQUET_FOLDER
    missing = [contract.name for contract in PUBLISHED if not (folder / f"{contract.name}.parquet").exists()]
    if missing:
        raise EditionError(
            f"edition {edition.edition_id} has no table {', '.join(missing)}; publish a new edition first"
        )
    tables = {contract.name: pl.read_parquet(folder / f"{contract.name}.parquet") for contract in PUBLISHED}
    try:
        told = json.loads((edition.path / MANIFEST).read_text(encoding="utf-8"))["edition"]
    except (OSError, ValueError, KeyError) as error:
        raise EditionError(f"{edition.path} is not a whole edition: its {MANIFEST} cannot be read") from error
    return tables, EditionInfo(**{**told, "as_of_on": date.fromisoformat(told["as_of_on"])})

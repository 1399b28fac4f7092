"""The files of an edition beside its pages: tables in three forms and the text that describes the folder.

Belongs here: writing tables so that the same rows give the same bytes.
Does not belong here: what the tables mean (`datapackage.py`), the workbook (`xlsx.py`) and DuckDB itself
(`gevinst.warehouse`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from gevinst.bilingual import LANGUAGES
from gevinst.contracts import contract
from gevinst.formats.datapackage import warnings
from gevinst.formats.formulas import harmless
from gevinst.formats.workbook_limits import left_out
from gevinst.language.texts import Catalogue
from gevinst.layout import (
    CSV_FOLDER,
    PARQUET_FOLDER,
    README,
    EditionInfo,
    csv_file,
    database_name,
    sqlite_name,
    workbook_name,
)
from gevinst.settings import SiteOwner
from gevinst.warehouse import write_for_readers
from gevinst.whole_files import write_parquet

_README = ("title", "frozen", "files", "unknown", "formula", "sources")


def write_tables(tables: Mapping[str, pl.DataFrame], folder: Path, edition_id: str) -> None:
    """Write every table as Parquet, as CSV and into the edition's database below `folder`.

    The same rows give the same bytes of Parquet and CSV; those of the database differ from build to build.
    """
    (folder / PARQUET_FOLDER).mkdir(parents=True)
    (folder / CSV_FOLDER).mkdir(parents=True)
    for name, frame in tables.items():
        write_parquet(frame, folder / PARQUET_FOLDER / f"{name}.parquet")
        file = folder / csv_file(name, frame.height)
        compression = "gzip" if file.suffix == ".gz" else "uncompressed"
        harmless(frame.lazy()).sink_csv(file, compression=compression)  # block by block
    database = folder / database_name(edition_id)
    write_for_readers(database, [(contract(name), frame) for name, frame in tables.items()])


def readme_text(info: EditionInfo, owner: SiteOwner, tables: Mapping[str, pl.DataFrame]) -> str:
    """What the folder of the edition with these `tables` is and how to use it, in bokmål and English."""
    texts = []
    absent = left_out(tables)
    for language in LANGUAGES:
        t = Catalogue(language).t
        values = {
            "title": {"edition_id": info.edition_id},
            "frozen": {"as_of": info.as_of_on},
            "files": {
                "database": database_name(info.edition_id),
                "sqlite": sqlite_name(info.edition_id),
                "workbook": workbook_name(info.edition_id),
            },
        }
        title, *parts = [t(f"readme.{name}", **values.get(name, {})).strip() for name in _README]
        if absent:
            lines = [f"{t('workbook.left_out')}:", *(one.sentence(language) for one in absent)]
            parts.append("\n".join(lines))
        texts.append("\n\n".join((title, *warnings(language, info, owner), *parts)))
    return "\n\n\n".join(texts) + "\n"


def write_readme(info: EditionInfo, folder: Path, owner: SiteOwner, tables: Mapping[str, pl.DataFrame]) -> None:
    """Write `readme_text` into the edition's folder."""
    (folder / README).write_text(readme_text(info, owner, tables), encoding="utf-8", newline="\n")

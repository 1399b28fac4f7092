"""The edition as programs for data and machine learning find it: schema.org, and Croissant with every file and field.

Belongs here: the translation of contracts into both descriptions.
Does not belong here: what tables and columns mean for people (`datapackage.py`), catalogues of open data (`dcat.py`)
and writing the file (`gevinst.edition.build`).
Sources: schema.org/Dataset; the MLCommons Croissant format, version 1.0.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from gevinst.bilingual import LANGUAGES
from gevinst.contracts import MARTS, PUBLISHED, Column, Contract, Type
from gevinst.formats.datapackage import LICENCE, purpose
from gevinst.formats.workbook_limits import left_out
from gevinst.language.texts import Catalogue
from gevinst.layout import (
    CROISSANT,
    DATA_PACKAGE,
    SITE,
    EditionInfo,
    csv_file,
    database_name,
    file_hash,
    sqlite_name,
    workbook_name,
)
from gevinst.settings import Settings

_TYPES = {
    Type.TEXT: "sc:Text",
    Type.INTEGER: "sc:Integer",
    Type.NUMBER: "sc:Float",
    Type.BOOLEAN: "sc:Boolean",
    Type.DATE: "sc:Date",
}
_SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CROISSANT = "http://mlcommons.org/croissant/1.0"
_TERMS = (
    *("citeAs", "column", "extract", "field", "fileProperty", "fileObject", "fileSet", "format", "includes"),
    *("isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex"),
    *("repeated", "replace", "separator", "source", "subField", "transform"),
)
_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{term: f"cr:{term}" for term in _TERMS},
}
"""What the format prescribes, whole: readers compare it with theirs and warn of any other."""


def croissant(
    info: EditionInfo, tables: Mapping[str, pl.DataFrame], folder: Path, settings: Settings
) -> dict[str, Any]:
    """The description of the edition in `folder`, whose CSV files must be written already.

    Addresses of files are relative to the description, as readers of the format resolve them. Which columns refer to
    which is left to the data package: the reader of the format's own makers joins every table that is referred to with
    each that it reads, and refuses tables that refer to themselves. It holds no clock: the same content gives the same
    description.
    """
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        **_described("en", info, tables, settings),
        "citeAs": Catalogue("en").t("workbook.cite_text", edition=info.edition_id, as_of=info.as_of_on),
        "conformsTo": _CROISSANT,
        "isLiveDataset": False,
        "distribution": [_file(table, tables[table.name].height, folder) for table in PUBLISHED],
        "recordSet": [_records(table) for table in PUBLISHED],
    }


def dataset(
    language: str, info: EditionInfo, tables: Mapping[str, pl.DataFrame], settings: Settings, folder: str
) -> dict[str, Any]:
    """The edition as a page names it to search engines; `folder` is the address of the edition's folder."""
    t = Catalogue(language).t
    forms = (
        ("xlsx_partly" if left_out(tables) else "xlsx", workbook_name(info.edition_id), _SHEETS),
        ("duckdb", database_name(info.edition_id), "application/octet-stream"),
        ("sqlite", sqlite_name(info.edition_id), "application/vnd.sqlite3"),
        ("datapackage", DATA_PACKAGE, "application/json"),
        ("croissant", CROISSANT, "application/ld+json"),
    )
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        **_described(language, info, tables, settings),
        "inLanguage": list(LANGUAGES),
        "isAccessibleForFree": True,
        "variableMeasured": [table.title(language) for table in MARTS],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": t(f"dcat.form_{key}"),
                "encodingFormat": media,
                "contentUrl": folder + path,
            }
            for key, path, media in forms
        ],
    }


def _described(
    language: str, info: EditionInfo, tables: Mapping[str, pl.DataFrame], settings: Settings
) -> dict[str, Any]:
    t = Catalogue(language).t
    years = tables["edition_years"]
    site = settings.site
    described = {
        "name": t("readme.title", edition_id=info.edition_id),
        "description": purpose(language, info, settings.owner),
        "license": LICENCE["path"],
        "version": info.edition_id,
        "datePublished": info.as_of_on.isoformat(),
        "temporalCoverage": f"{years['edition_year'].min()}-01-01/{years['as_of_on'].max()}",
        "spatialCoverage": t("dcat.country"),
        "keywords": [t(f"dcat.keyword_{word}") for word in ("benefits", "innovation", "public_sector", "evaluation")],
    }
    if site.base_url:
        described["url"] = site.landing_page_url or f"{site.of_edition(info.edition_id)}{SITE}/index.html"
    if settings.owner.responsible_body:
        described["creator"] = {"@type": "Organization", "name": settings.owner.responsible_body}
    return described


def _file(table: Contract, rows: int, folder: Path) -> dict[str, Any]:
    path = csv_file(table.name, rows)
    return {
        "@type": "cr:FileObject",
        "@id": f"{table.name}.csv",
        "name": f"{table.name}.csv",
        "description": table.grain_en,
        "contentUrl": path,
        "encodingFormat": "text/csv",
        "sha256": file_hash(folder / path),
    }


def _records(table: Contract) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": f"{table.title_en}. {table.grain_en}",
        "key": [{"@id": f"{table.name}/{column}"} for column in table.key],
        "field": [_field(table, column) for column in table.all_columns],
    }


def _field(table: Contract, column: Column) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": column.en,
        "dataType": _TYPES[column.type],
        "source": {"fileObject": {"@id": f"{table.name}.csv"}, "extract": {"column": column.name}},
    }

"""The edition as a data package of version 2 that readers of version 1 open too: what every table and column means.

Belongs here: the translation of contracts into a package descriptor.
Does not belong here: writing the files that it describes (`tables.py`).
Source: Data Package, Data Resource, Table Dialect and Table Schema, version 2.0. What version 1 calls otherwise stands
beside it where version 2 allows that: `profile` beside `$schema` and `type`, `role` beside `roles`, and an empty name
where a table refers to itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from gevinst.contracts import PUBLISHED, Column, Contract, Type
from gevinst.contracts.vocabulary import REFERENCE_DATA
from gevinst.language.standing import preliminary
from gevinst.language.texts import Catalogue
from gevinst.layout import EditionInfo, csv_file, file_hash
from gevinst.settings import SiteOwner

_TYPES = {
    Type.TEXT: "string",
    Type.INTEGER: "integer",
    Type.NUMBER: "number",
    Type.BOOLEAN: "boolean",
    Type.DATE: "date",
}
_PROFILES = "https://datapackage.org/profiles/2.0/"
_PUBLISHER = "publisher"
_COMES_WITH_PROGRAM = "comes_with_program"
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
"""The licence of what is compiled here (data/LICENSE.md), which is not the code's.

Each document's own terms are in the column `licence` of the table `sources`.
"""


def data_package(
    info: EditionInfo, tables: Mapping[str, pl.DataFrame], folder: Path, owner: SiteOwner
) -> dict[str, Any]:
    """The descriptor of the edition in `folder`, whose CSV files must be written already; `owner` answers for it.

    Descriptions are in English, those in bokmål are beside them as ``description_nb``. Properties beyond the standard
    are, of a field, `unit`, `additivity`, `codelist` and the names of the fields that hold its n, interval and
    suppression, of a resource, `uncertainty`, and, of a source, `comes_with_program`. It holds no clock: the same
    content gives the same descriptor.
    """
    return {
        "$schema": f"{_PROFILES}datapackage.json",
        "profile": "tabular-data-package",
        "name": f"gevinst-{info.edition_id}",
        "version": info.edition_id,
        "title": Catalogue("en").t("readme.title", edition_id=info.edition_id),
        "title_nb": Catalogue("nb").t("readme.title", edition_id=info.edition_id),
        "description": purpose("en", info, owner),
        "description_nb": purpose("nb", info, owner),
        "edition_year": info.edition_year,
        "as_of_on": info.as_of_on.isoformat(),
        "is_illustrative": info.is_illustrative,
        "is_preliminary": bool(owner.lacking),
        **_contributors(owner),
        "licenses": [LICENCE],
        "sources": _sources(tables["sources"]),
        "resources": [_resource(contract, tables[contract.name].height, folder) for contract in PUBLISHED],
    }


def purpose(language: str, info: EditionInfo, owner: SiteOwner) -> str:
    """What the edition is, in a few sentences of one language; those of the folder's readme."""
    t = Catalogue(language).t
    sentences = [
        *warnings(language, info, owner),
        t("readme.frozen", as_of=info.as_of_on),
        t("readme.unknown"),
        t("readme.sources"),
    ]
    return " ".join(sentences)


def warnings(language: str, info: EditionInfo, owner: SiteOwner) -> list[str]:
    """What a reader of any file must know first: that its rows are invented, that nobody answers for it."""
    invented = [Catalogue(language).t("readme.illustrative")] if info.is_illustrative else []
    notice = preliminary(owner.lacking, language)
    return [*invented, *([" ".join(notice)] if notice else [])]


def _contributors(owner: SiteOwner) -> dict[str, Any]:
    """Who publishes the edition, where that is stated: a list without anybody would be no list."""
    if not owner.responsible_body:
        return {}
    return {"contributors": [{"title": owner.responsible_body, "roles": [_PUBLISHER], "role": _PUBLISHER}]}


def _sources(sources: pl.DataFrame) -> list[dict[str, Any]]:
    """The documents read for the scheme, then those behind the reference data of the program, marked."""
    rows = [_source(row) for row in sources.iter_rows(named=True)]
    return sorted(rows, key=lambda row: row.get(_COMES_WITH_PROGRAM, False))


def _source(row: dict[str, Any]) -> dict[str, Any]:
    source: dict[str, Any] = {"title": f"{row['title']} ({row['publisher']})"}
    # Addresses are stored without a scheme, which a data package requires.
    if row["address"]:
        source["path"] = f"https://{row['address']}"
    if row["document_type_code"] == REFERENCE_DATA:
        source[_COMES_WITH_PROGRAM] = True
    return source


def _resource(contract: Contract, rows: int, folder: Path) -> dict[str, Any]:
    path = csv_file(contract.name, rows)
    return {
        "$schema": f"{_PROFILES}dataresource.json",
        "name": contract.name,
        "type": "table",
        "profile": "tabular-data-resource",
        "path": path,
        "title": contract.title_en,
        "title_nb": contract.title_nb,
        "description": contract.grain_en,
        "description_nb": contract.grain_nb,
        "uncertainty": _uncertainty("en", contract),
        "uncertainty_nb": _uncertainty("nb", contract),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **({"compression": "gz"} if path.endswith(".gz") else {}),
        "bytes": (folder / path).stat().st_size,
        "hash": f"sha256:{file_hash(folder / path)}",
        "dialect": {
            "$schema": f"{_PROFILES}tabledialect.json",
            "delimiter": ",",
            "lineTerminator": "\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        },
        "schema": _schema(contract),
    }


def _uncertainty(language: str, contract: Contract) -> str:
    """What n, interval and suppression a table has, or why it has none."""
    t = Catalogue(language).t
    if any(column.low_column for column in contract.columns):
        interval = t("package.interval")
    elif any(column.name == "scenario_code" for column in contract.columns):
        interval = t("package.scenarios")
    elif any(column.n_column for column in contract.columns):
        interval = t("package.no_sample")
    else:
        interval = t("package.no_estimate")
    is_hidden = any(column.name.endswith("_suppressed") for column in contract.columns)
    return f"{interval} {t('package.hidden') if is_hidden else t('package.not_hidden')}"


def _schema(contract: Contract) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": f"{_PROFILES}tableschema.json",
        "fields": [_field(column) for column in contract.all_columns],
        "missingValues": [""],
        "primaryKey": list(contract.key),
    }
    keys = [
        # An empty name refers to the table itself; version 2 leaves it out, and must read it so all the same.
        {"fields": [column], "reference": {"resource": "" if target == contract.name else target, "fields": [there]}}
        for column, target, there in contract.references
    ]
    return {**schema, "foreignKeys": keys} if keys else schema


def _field(column: Column) -> dict[str, Any]:
    rules = {"required": column.required or None, "minimum": column.minimum, "maximum": column.maximum}
    properties = {
        "name": column.name,
        "type": _TYPES[column.type],
        "description": column.en,
        "description_nb": column.nb,
        "unit": column.unit,
        "additivity": column.additivity,
        "codelist": column.codelist,
        "n_column": column.n_column,
        "low_column": column.low_column,
        "high_column": column.high_column,
        "suppressed_column": column.suppressed_column,
        "constraints": {name: value for name, value in rules.items() if value is not None} or None,
    }
    return {name: value for name, value in properties.items() if value is not None}

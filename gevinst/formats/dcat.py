"""The edition as catalogues of open data describe it: DCAT-AP-NO, written as JSON-LD.

Belongs here: the catalogue, the dataset and its distributions, and which of the mandatory statements are missing.
Does not belong here: what tables and columns mean (`datapackage.py`), and writing the file (`gevinst.edition.build`).
Source: DCAT-AP-NO 3.0 of Digdir, mandatory properties as in its SHACL shapes; version 2.2 also requires an identifier.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from gevinst.bilingual import LANGUAGES
from gevinst.formats.datapackage import purpose
from gevinst.formats.workbook_limits import left_out
from gevinst.language.texts import Catalogue
from gevinst.layout import (
    DATA_PACKAGE,
    PARQUET_FOLDER,
    SITE,
    EditionInfo,
    csv_file,
    database_name,
    sqlite_name,
    workbook_name,
)
from gevinst.settings import Settings, SiteOwner

_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_MEDIA = "https://www.iana.org/assignments/media-types/"
_LICENCE = f"{_AUTHORITY}licence/CC_BY_4_0"
"""As DCAT-AP-NO requires: from the EU's list of licences, where catalogues recognise it."""
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_KEYWORDS = ("benefits", "innovation", "public_sector", "evaluation")


def dcat_catalogue(info: EditionInfo, tables: Mapping[str, pl.DataFrame], settings: Settings) -> dict[str, Any]:
    """The description of the edition that holds `tables`.

    Addresses are those of ``[site] base_url``; without it they are relative to the file itself. Publisher and contact
    point are left out when the installation does not name them (`missing_statements`). It holds no clock, and no sizes
    or sums of files, which differ with an edition's number; sums are in ``SHA256SUMS``.
    """
    base = settings.site.of_edition(info.edition_id)
    known = {**_publisher(settings.owner), **_contact(settings.owner)}
    described = {
        "dct:title": _title(info),
        "dct:description": _description(info, settings.owner),
        "dct:issued": _date(info.as_of_on.isoformat()),
        "dct:language": [_link(f"{_AUTHORITY}language/{code}") for code in ("NOB", "ENG")],
        "dct:spatial": _link(f"{_AUTHORITY}country/NOR"),
        **known,
    }
    dataset = {
        "@id": base,
        "@type": "dcat:Dataset",
        "dct:identifier": base if settings.site.base_url else f"gevinst-{info.edition_id}",
        "dcat:version": info.edition_id,
        **described,
        "dcat:theme": _link(f"{_AUTHORITY}data-theme/GOVE"),
        "dcat:keyword": [_text(language, f"dcat.keyword_{word}") for word in _KEYWORDS for language in LANGUAGES],
        "dct:accessRights": _link(f"{_AUTHORITY}access-right/PUBLIC"),
        "dct:accrualPeriodicity": _link(f"{_AUTHORITY}frequency/ANNUAL"),
        "dct:temporal": _period(tables["edition_years"]),
        "dcat:landingPage": _link(settings.site.landing_page_url or f"{base}{SITE}/index.html"),
        "dcat:distribution": list(_distributions(base, tables, info)),
    }
    catalogue = {
        "@id": f"{base}#catalog",
        "@type": "dcat:Catalog",
        "dct:identifier": f"{dataset['dct:identifier']}#catalog",
        **described,
        "dct:license": _link(_LICENCE),
        "dcat:dataset": _link(base),
    }
    return {"@context": _CONTEXT, "@graph": [catalogue, dataset]}


def missing_statements(settings: Settings) -> list[str]:
    """One line per mandatory statement that cannot be made until ``scheme.toml`` says more."""
    lacking = []
    if not _publisher(settings.owner):
        lacking.append("dcat.jsonld has no publisher until scheme.toml sets owner.responsible_body")
    if not _contact(settings.owner):
        lacking.append("dcat.jsonld has no contact point until owner.contact in scheme.toml is an e-mail or an address")
    return lacking


def _publisher(owner: SiteOwner) -> dict[str, Any]:
    if not owner.responsible_body:
        return {}
    return {"dct:publisher": {"@type": "foaf:Agent", "foaf:name": owner.responsible_body}}


def _contact(owner: SiteOwner) -> dict[str, Any]:
    """A contact point needs a name and an e-mail or address; a telephone number alone is not enough."""
    contact = owner.contact or ""
    if contact.startswith("https://"):
        reach = {"vcard:hasURL": _link(contact)}
    elif "@" in contact and " " not in contact:
        reach = {"vcard:hasEmail": _link(f"mailto:{contact}")}
    else:
        return {}
    return {
        "dcat:contactPoint": {"@type": "vcard:Organization", "vcard:fn": owner.responsible_body or contact, **reach}
    }


def _distributions(base: str, tables: Mapping[str, pl.DataFrame], info: EditionInfo) -> Iterator[dict[str, Any]]:
    """One per form of the whole dataset. Where a form is many files, the data package describes all of them."""
    package = f"{base}{DATA_PACKAGE}"
    csv_files = [csv_file(name, frame.height) for name, frame in tables.items()]
    parquet_files = [f"{PARQUET_FOLDER}/{name}.parquet" for name in tables]
    for name, files, ending, media in (
        ("CSV", csv_files, "csv", "text/csv"),
        ("PARQUET", parquet_files, "parquet", "application/vnd.apache.parquet"),
    ):
        links = [_link(f"{base}{file}") for file in files]
        kind = _kind(base, ending, media, name)
        yield {**kind, "dcat:accessURL": _link(package), "dcat:downloadURL": links}
    sheets = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    for key, path, media, name in (
        ("xlsx", workbook_name(info.edition_id), sheets, "XLSX"),
        ("datapackage", DATA_PACKAGE, "application/json", "JSON"),
    ):
        partly = "_partly" if key == "xlsx" and left_out(tables) else ""
        yield {**_kind(base, key, media, name, partly), **_one_file(base, path)}
    for key, path, media in (
        ("duckdb", database_name(info.edition_id), "application/octet-stream"),
        ("sqlite", sqlite_name(info.edition_id), "application/vnd.sqlite3"),
    ):
        yield {**_kind(base, key, media, None), **_one_file(base, path)}


def _kind(base: str, key: str, media: str, format_name: str | None, partly: str = "") -> dict[str, Any]:
    kind = {
        "@id": f"{base}#{key}",
        "@type": "dcat:Distribution",
        "dct:title": [_text(language, f"dcat.form_{key}{partly}") for language in LANGUAGES],
        "dcat:mediaType": _link(f"{_MEDIA}{media}"),
        "dct:license": _link(_LICENCE),
    }
    return {**kind, "dct:format": _link(f"{_AUTHORITY}file-type/{format_name}")} if format_name else kind


def _one_file(base: str, path: str) -> dict[str, Any]:
    return {"dcat:accessURL": _link(f"{base}{path}"), "dcat:downloadURL": _link(f"{base}{path}")}


def _period(edition_years: pl.DataFrame) -> dict[str, Any]:
    """From the first edition year to the day of this edition: what the marts cover."""
    first, last = edition_years["edition_year"].min(), edition_years["as_of_on"].max()
    start, end = _date(f"{first}-01-01"), _date(str(last))
    return {"@type": "dct:PeriodOfTime", "dcat:startDate": start, "dcat:endDate": end}


def _title(info: EditionInfo) -> list[dict[str, str]]:
    titles = [(language, Catalogue(language).t("readme.title", edition_id=info.edition_id)) for language in LANGUAGES]
    return [{"@language": language, "@value": title} for language, title in titles]


def _description(info: EditionInfo, owner: SiteOwner) -> list[dict[str, str]]:
    return [{"@language": language, "@value": purpose(language, info, owner)} for language in LANGUAGES]


def _text(language: str, key: str) -> dict[str, str]:
    return {"@language": language, "@value": Catalogue(language).t(key)}


def _link(address: str) -> dict[str, str]:
    return {"@id": address}


def _date(day: str) -> dict[str, str]:
    return {"@value": day, "@type": "xsd:date"}

"""All documents: what each is, how much of it was read, and what rests on it.

Belongs here: the table of documents and the choices of its filter.
Does not belong here: the rows that rest on a document (the other pages), counting them (`gevinst.method.reading`), and
choosing among them (``assets/js/filter.js``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from gevinst.contracts import CORE, PUBLISHED
from gevinst.language.phrases import capital
from gevinst.site.blocks import Cell, some_named
from gevinst.site.context import View
from gevinst.site.filters import Choice
from gevinst.site.page import Document, Page
from gevinst.site.rows import Row
from gevinst.site.table_spec import TableSpec, cell_column, code_column, number_column

_TABLES = [table for table in CORE if table in PUBLISHED]
_UNDATED = "udatert"
"""The choice of year of a document that carries no date; like all choices it is part of the address."""
_CHOICES = ("type", "aar", "adresse", "lest")
_LIMITS = (
    ("lead_partly", "sources_partly_read"),
    ("lead_undated", "sources_undated"),
    ("lead_unfound", "sources_without_address"),
    ("lead_closed", "sources_not_public"),
)
"""What the lead says of some of the documents, with the figure that counts them."""


def documents(view: View) -> list[Document]:
    """The one document."""
    rows, total = _rows(view), view.data.headlines["sources"].value
    return [
        Document(
            title=view.t("page_sources.title"),
            lead=_lead(view),
            values={
                "documents": replace(_DOCUMENTS.block(view, rows), facets=_facets(rows)),
                "choices": _choices(view, rows),
                "words": {
                    "link_copied": view.t("filter.link_copied"),
                    "shown_rows": view.t("page_sources.shown", n=total, shown="{shown}", total="{total}"),
                    "no_rows": view.t("page_sources.no_rows"),
                },
                "total": total,
            },
        )
    ]


def _lead(view: View) -> str:
    figures = view.data.headlines
    total = figures["sources"].value
    counts = {key: figures[name].value for key, name in _LIMITS}
    return " ".join(
        (
            view.t("page_sources.lead_count", n=total, publishers=figures["publishers"].value),
            *(view.t(f"page_sources.{key}", n=n, total=total) for key, n in counts.items() if n),
            view.t("page_sources.lead_missing"),
        )
    )


def _rows(view: View) -> list[Row]:
    """Documents with the projects that rows resting on them are about."""
    projects = _projects(view)
    return [{**row, "projects": sorted(projects[row["source_id"]])} for row in view.data.documents]


def _projects(view: View) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for table in _TABLES:
        if {"source_id", "project_id"} <= set(table.column_names):
            for source_id, project_id in view.data.tables[table.name].select("source_id", "project_id").unique().rows():
                if project_id in view.data.project_by_id:
                    found[source_id].add(project_id)
    return found


def _document(view: View, row: Row) -> Cell:
    address = row["address"]
    return Cell(
        row["title"],
        href=f"https://{address}" if address else None,
        note=" ".join(_notes(view, row)),
        language=view.title_language(row["source_id"]),
    )


def _notes(view: View, row: Row) -> Iterator[str]:
    """Who published it, what must be known of it, when an undated one became public and why, and when it was read."""
    yield f"{row['publisher']}."
    if note := view.text(row, "note"):
        yield note
    first, last = row["public_not_before"], row["public_not_after"]
    if row["published_on"] is None and last is not None:
        if first is None:
            yield view.t("page_sources.bounded_last", last=last)
        else:
            yield view.t("page_sources.bounded", first=first, last=last)
        if basis := view.text(row, "public_bounds_basis"):
            yield basis
    if row["supersedes_source_id"]:
        yield view.t("page_sources.replaces", day=view.data.source_by_id[row["supersedes_source_id"]]["accessed_on"])
    if row["licence"]:
        yield f"{row['licence']}."
    yield f"{capital(view.t('page_project.read_on', day=row['accessed_on']))}."


def _published(view: View, row: Row) -> Cell:
    if row["published_on"] is None:
        return Cell(view.t("page_sources.undated"), value="")
    return Cell(view.date(row, "published", short=True), value=str(row["published_on"]))


def _address(view: View, row: Row) -> Cell:
    """The host, which says whose document the title leads to; files get the whole address."""
    address = row["address"]
    if address is None:
        return Cell(view.t(f"page_sources.{_address_code(row)}"))
    return Cell(address.partition("/")[0], csv=address)


def _address_code(row: Row) -> str:
    """Whether a document has an address, and if not, why."""
    if row["address"] is not None:
        return "with_address"
    return "no_public_address" if row["has_no_public_address"] else "address_not_found"


def _about(view: View, row: Row) -> Cell:
    named = [view.data.project_by_id[one] for one in row["projects"]]
    links = [(view.text(one, "short_name") or "", view.project_href(one["project_id"])) for one in named]
    return Cell("", links=some_named(view, links, "projects"))


_DOCUMENTS = TableSpec(
    "dokumenter",
    heading="page_sources.documents",
    caption="page_sources.documents_caption",
    tables=("sources", "document_reading"),
    anchor="{source_id}",
    kept=("page_sources.type", "page_sources.published"),
    columns=(
        cell_column("page_sources.document", _document, is_wide=True),
        code_column("page_sources.type", "document_type"),
        cell_column("page_sources.published", _published),
        code_column("page_sources.read", "read_extent", "read_code"),
        cell_column("page_sources.address", _address),
        number_column("page_sources.rests", "row_count"),
        cell_column("page_sources.about", _about, is_wide=True),
    ),
)


def _year(row: Row) -> str:
    return str(row["published_on"].year) if row["published_on"] else _UNDATED


def _compared(row: Row) -> dict[str, str]:
    """What the filter compares with, by the names of the choices."""
    return {
        "type": row["document_type_code"],
        "aar": _year(row),
        "adresse": _address_code(row),
        "lest": row["read_code"],
    }


def _facets(rows: list[Row]) -> dict[str, list[str]]:
    compared = [_compared(row) for row in rows]
    return {name: [one[name] for one in compared] for name in _CHOICES}


def _choices(view: View, rows: list[Row]) -> list[Choice]:
    """Only what some document has, so that no choice alone gives an empty list."""
    has = {name: set(values) for name, values in _facets(rows).items()}
    years = sorted(has["aar"], key=lambda year: (year == _UNDATED, year))

    def labelled(codelist: str, name: str) -> tuple[tuple[str, str], ...]:
        return tuple((code, capital(label)) for code, label in view.labels(codelist).items() if code in has[name])

    def option(code: str) -> str:
        return capital(view.t(f"page_sources.{code}"))

    shown: list[tuple[str, str, tuple[tuple[str, str], ...]]] = [
        ("type", "type", tuple(sorted(labelled("document_type", "type"), key=lambda one: one[1].casefold()))),
        ("aar", "published", tuple((year, option("undated") if year == _UNDATED else year) for year in years)),
        ("adresse", "address", tuple((code, option(code)) for code in sorted(has["adresse"], reverse=True))),
        ("lest", "read", labelled("read_extent", "lest")),
    ]
    return [Choice(name, view.t(f"page_sources.{key}"), options) for name, key, options in shown]


PAGE = Page(
    name="sources", slugs={"nb": "kilder", "en": "sources"}, documents=documents, footer_key="frame.nav_sources"
)

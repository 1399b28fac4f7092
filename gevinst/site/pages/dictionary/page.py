"""The data dictionary: one document per published table, made from its contract and its rows.

Belongs here: what is said about a table: rule, formula, columns, codes, checks, where it comes from and where it goes.
Does not belong here: the list of all tables (`gevinst.site.pages.method`), which tables are made of which
(`lineage.py`) and the texts of contracts (`gevinst.contracts`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import polars as pl

from gevinst.addresses import addressed, no_figure
from gevinst.contracts import PUBLISHED, Column, Contract, contract
from gevinst.contracts.vocabulary import REFERENCE_DATA
from gevinst.quality import filled_cells
from gevinst.site.blocks import Block, Cell, formula_lines, number_cell
from gevinst.site.context import Place, View
from gevinst.site.page import Document, Page
from gevinst.site.pages.coverage.tables import checks_of
from gevinst.site.pages.dictionary.lineage import behind, file_of, users
from gevinst.site.pages.dictionary.places import places
from gevinst.site.rows import Row as Facts
from gevinst.site.table_spec import TableSpec, cell_column, plain_column, words_column

_YEAR = "edition_year"


@dataclass(frozen=True, slots=True)
class Link:
    """A table by title and, when it is published, the address of its page; `note` is the file it is read from."""

    title: str
    href: str | None
    note: str | None


_LISTED = 12
"""So many documents are listed; of more the page of documents tells which tables rest on each."""


@dataclass(frozen=True, slots=True)
class CodeList:
    """The codes that columns of a table may hold: code, text, meaning."""

    name: str
    codes: tuple[tuple[str, str, str | None], ...]


def documents(view: View) -> list[Document]:
    """One document per published table."""
    shown = places(view)
    return [_document(view, table, shown.get(table.name, ())) for table in PUBLISHED]


def _document(view: View, table: Contract, shown: tuple[Place, ...]) -> Document:
    rows = addressed(view.data.tables[table.name].height, table.name)
    return Document(
        tail=table.name,
        title=view.t("page_dictionary.title", table=table.title(view.language)),
        lead=f"{table.grain(view.language)} {view.t('page_dictionary.lead', n=rows, edition=view.edition.edition_id)}",
        values={
            "table": table,
            "facts": _facts(view, table),
            "rule": table.rule(view.language),
            "formula": formula_lines(table),
            "columns": _columns(view, table),
            "codelists": _codelists(view, table),
            "here": _link(view, table),
            "made_of": [_link(view, contract(name)) for name in table.depends_on],
            "rests_on": [_link(view, one) for one in behind(table) if one.name not in table.depends_on],
            "used_in": [_link(view, other) for other in users(table)],
            "shown": shown,
            "documents": (found := _documents_behind(view, table)),
            "are_documents_listed": len(found) <= _LISTED,
            "reference_data": REFERENCE_DATA,
            "checks": _checks(view, table),
            "csv": view.csv_file(table.name),
            "parquet": view.parquet_file(table.name),
        },
    )


def _checks(view: View, table: Contract) -> Block | None:
    """The checks of the table."""
    return checks_of(view, table.name)


def _facts(view: View, table: Contract) -> list[tuple[str, str]]:
    """Name in files, kind, key, file and how to read an empty table, as terms and texts."""
    facts = [
        ("name", table.name),
        ("layer", view.t(f"page_dictionary.layer_{table.layer}")),
        ("key", ", ".join(table.key)),
    ]
    file = file_of(table)
    if file:
        facts.append(("file", f"data/raw/{file}"))
    if table.may_be_empty or table.empty_without:
        facts.append(("empty", view.t("page_dictionary.may_be_empty")))
    return [(view.t(f"page_dictionary.fact_{name}"), text) for name, text in facts]


def _link(view: View, table: Contract) -> Link:
    file = file_of(table)
    note = f"data/raw/{file}" if file else None
    if table.is_restricted:
        return Link(table.title(view.language), None, view.t("page_dictionary.restricted"))
    return Link(table.title(view.language), view.href("dictionary", table.name), note)


def _columns(view: View, table: Contract) -> Block:
    frame = view.data.tables[table.name]
    if table.is_per_edition:
        frame = frame.filter(pl.col(_YEAR) == view.edition.edition_year)
    filled = filled_cells(frame)
    spec = _COLUMNS_OF_MART if table.is_per_edition else _COLUMNS
    rows = [
        {
            "table": table,
            "column": one,
            "name": one.name,
            "filled": addressed(filled[one.name], table.name),
            "total": addressed(frame.height, table.name),
        }
        for one in table.all_columns
    ]
    heading = view.t("page_dictionary.columns", n=no_figure(len(rows), "house"))
    n = addressed(frame.height, table.name)
    return replace(spec, tables=(table.name,)).block(view, rows, heading=heading, n=n)


def _filled(view: View, row: Facts) -> Cell:
    if not row["total"]:
        return number_cell(view, None)
    text = view.t("page_dictionary.filled_of", n=row["total"], filled=row["filled"])
    return Cell(text, is_number=True)


def _sums(view: View, row: Facts) -> str | None:
    additivity = row["column"].additivity
    return view.t(f"page_dictionary.sums_{additivity}") if additivity else None


def unit(view: View, column: Column) -> str | None:
    """The column's unit in the language of the view."""
    if column.unit is None:
        return None
    return view.t(f"unit.{re.sub(r'[^a-z0-9]+', '_', column.unit.lower()).strip('_')}")


def _rules(view: View, row: Facts) -> str:
    table, column = row["table"], row["column"]
    rules = []
    if column.name in table.key:
        rules.append(view.t("page_dictionary.is_key"))
    if column.required:
        rules.append(view.t("page_dictionary.is_required"))
    if column.minimum is not None:
        rules.append(view.t("page_dictionary.minimum", value=_limit(view, column, column.minimum)))
    if column.maximum is not None:
        rules.append(view.t("page_dictionary.maximum", value=_limit(view, column, column.maximum)))
    if column.n_column:
        rules.append(view.t("page_dictionary.has_n", n_column=column.n_column))
    if column.low_column:
        rules.append(view.t("page_dictionary.has_interval", low=column.low_column, high=column.high_column))
    if column.suppressed_column:
        rules.append(view.t("page_dictionary.has_suppression", suppressed=column.suppressed_column))
    return " ".join(rules)


def _limit(view: View, column: Column, value: float) -> str:
    # A year has no thousands separator.
    return f"{value:.0f}" if column.name.endswith("year") else view.number.decimal(no_figure(value, "limit"), 0)


def _refers_to(view: View, row: Facts) -> Cell:
    column: Column = row["column"]
    if column.codelist:
        name = column.codelist
        href = view.href("dictionary", "codelists", anchor=f"koder-{name}")
        return Cell(view.t("page_dictionary.codes_of", codelist=name), href=href)
    if column.references:
        other = contract(column.references.partition(".")[0])
        return Cell(other.title(view.language), href=view.href("dictionary", other.name))
    return Cell("")


def _codelists(view: View, table: Contract) -> list[CodeList]:
    """All lists of codes on the page of the table that holds them; those of other tables lead there."""
    if table.name != "codelists":
        return []
    by_list: dict[str, list[Facts]] = {}
    for row in view.data.rows("codelists"):
        by_list.setdefault(row["codelist"], []).append(row)
    return [CodeList(name, tuple(_code(view, row) for row in _in_order(by_list[name]))) for name in sorted(by_list)]


def _in_order(codes: list[Facts]) -> list[Facts]:
    return sorted(codes, key=lambda row: (row["rank"] is None, row["rank"] or 0, row["code"]))


def _code(view: View, row: Facts) -> tuple[str, str, str | None]:
    return row["code"], view.text(row, "label") or "", view.text(row, "description")


def _documents_behind(view: View, table: Contract) -> list[Facts]:
    """The documents that the table's rows rest on: those its rows name, else those behind the tables it is made of."""
    cited: set[str] = set()
    for one in (table, *behind(table)):
        if one.name in view.data.tables and "source_id" in one.column_names and one.name != "sources":
            frame = view.data.frame_now(one.name) if one.is_per_edition else view.data.tables[one.name]
            cited |= {source_id for source_id in frame["source_id"].unique() if source_id}
            if one == table and cited:
                break
    found = [view.data.source_by_id[source_id] for source_id in sorted(cited)]
    return sorted(found, key=lambda row: (row["publisher"], row["title"]))


_COLUMNS = TableSpec(
    "kolonner",
    caption="page_dictionary.columns_caption",
    made_of=(),
    columns=(
        plain_column("page_dictionary.column", "name"),
        words_column(
            "page_dictionary.meaning", lambda view, row: row["column"].description(view.language), is_wide=True
        ),
        words_column(
            "page_dictionary.type",
            lambda view, row: view.t(f"page_dictionary.type_{row['column'].type}"),
            note=lambda view, row: unit(view, row["column"]),
        ),
        words_column("page_dictionary.rules", _rules, is_wide=True),
        cell_column("page_dictionary.refers_to", _refers_to),
        words_column("page_dictionary.sums", _sums),
        cell_column("page_dictionary.filled", _filled, is_number=True),
    ),
    anchor="kolonne-{name}",
    is_sortable=False,
)
_COLUMNS_OF_MART = replace(_COLUMNS, caption="page_dictionary.columns_caption_year")
"""Of a mart that is kept by edition year the rows of the edition's own year are counted."""


PAGE = Page(
    name="dictionary",
    slugs={"nb": "metode/tabell", "en": "method/table"},
    documents=documents,
    opens_under="method",
    has_preview=False,
    comes_last=True,
)

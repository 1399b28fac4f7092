"""Explanations: one document per headline figure, with its rule, the rows that it counts and their documents.

Belongs here: what is said about a figure, which is what ``gevinst explain headline.<figure_id>`` says.
Does not belong here: which figures there are (`gevinst.method.headline_figures`), what they count
(`gevinst.method.headlines`) and numbers of other tables, which the data dictionary explains.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gevinst.addresses import addressed, no_figure
from gevinst.contracts import Contract, contract
from gevinst.contracts.addressing import HEADLINE, addressed_rows, row_address
from gevinst.contracts.clocks import RECORDED, about_stem
from gevinst.method.as_of import source_published
from gevinst.method.frames import Rules, Tables, lazy
from gevinst.method.headline_figures import FIGURES
from gevinst.method.headline_model import Figure
from gevinst.method.headlines import counted_rows
from gevinst.site.blocks import Block, Cell, formula_lines, made, missing, source_cell
from gevinst.site.context import View
from gevinst.site.counted import rules_of
from gevinst.site.page import Document, Page
from gevinst.site.rows import Row as Facts
from gevinst.site.table_spec import ColumnSpec, TableSpec, cell_column, words_column

_TITLES = ("title", "name_nb", "name", "rule_nb", "topic_nb", "statement_nb")
"""Columns that say what a row is about no project is, the first that a table has; of a pair the one in Norwegian."""


_LISTED = 20
"""So many rows are listed, and every row of most figures: a list of hundreds is read in a table of one's own. What the
pages hold grows with the portfolio otherwise, each row as often as there are figures that count it."""


def documents(view: View) -> list[Document]:
    """One document per headline figure."""
    tables = {name: lazy(frame) for name, frame in view.data.tables.items()}
    rules = rules_of(view)
    published = source_published(lazy(view.data.tables["sources"])).collect("polars").to_native()
    public = {row["source_id"]: row for row in published.iter_rows(named=True)}
    return [_document(view, figure, *_counted(view, figure, tables, rules, public)) for figure in FIGURES]


def _counted(
    view: View, figure: Figure, tables: Tables, rules: Rules, public: Mapping[str, Facts]
) -> tuple[int, list[Facts]]:
    """How many rows a figure counts in the edition's own year, and those that are listed, with the days between which
    each became public.
    """
    frame = counted_rows(figure, tables, rules).collect("polars").to_native()
    own = frame.filter(frame["edition_year"] == view.edition.edition_year)
    rows = own.sort([name for name in contract(figure.table).key if name in own.columns])
    unknown: Facts = {"public_from": None, "public_to": None}
    return rows.height, [
        {**row, **public.get(row.get("source_id") or "", unknown), "table": figure.table}
        for row in addressed_rows(figure.table, rows.head(_LISTED))
    ]


def _document(view: View, figure: Figure, count: int, rows: list[Facts]) -> Document:
    counted, table = view.data.headlines[figure.figure_id], contract(figure.table)
    meaning = figure.meaning(view.language)
    whole = next((one for one in FIGURES if one.figure_id == figure.total), None)
    said = "page_explanation.counts" if rows else "page_explanation.counts_none"
    lead = view.t(said, n=counted.value, table=table.title(view.language))
    if whole is not None:
        lead += " " + view.t("page_explanation.whole", n=counted.total)
    return Document(
        tail=figure.figure_id,
        title=meaning.rstrip("."),
        lead=lead,
        values={
            "address": f"{HEADLINE}.{figure.figure_id}",
            "figure": figure,
            "whole": whole,
            "whole_meaning": whole and whole.meaning(view.language).rstrip("."),
            "table": table,
            "rule": table.rule(view.language),
            "formula": formula_lines(table),
            "rows": _rows(view, figure, table, count, rows) if rows else None,
            "all_rows": view.csv_file(figure.table) if count > _LISTED else None,
            "made": (made(view, "headline_counts"),),
        },
    )


def _rows(view: View, figure: Figure, table: Contract, count: int, rows: list[Facts]) -> Block:
    spec = replace(_ROWS, tables=(figure.table,), columns=(*_ROWS.columns, *_column_of(figure), *_clocks_of(table)))
    # The rows of a sum are not as many as it is.
    place = f"{HEADLINE}.{figure.figure_id}" if figure.take is None else figure.table
    heading = view.t("page_explanation.rows", n=addressed(count, place))
    block = spec.block(view, rows, heading=heading, table=table.title(view.language))
    if count <= _LISTED:
        return block
    unlisted = view.t("page_explanation.unlisted", n=no_figure(count - _LISTED, "house"))
    return replace(block, caption=f"{block.caption} {unlisted}")


def _column_of(figure: Figure) -> tuple[ColumnSpec, ...]:
    """What a figure is taken over, where it is more than the number of its rows."""
    name = figure.column
    if name is None:
        return ()

    def cell(view: View, row: Facts) -> Cell:
        value = row[name]
        is_number = isinstance(value, int | float)
        return Cell(view.number.integer(value) if is_number else str(value), value=value, is_number=is_number)

    return (cell_column(lambda _: name, cell, is_number=figure.take != "distinct"),)


def _named(view: View, row: Facts) -> Cell:
    """The project, organisation or document of a row, as a link to its page; otherwise its own name, or its key."""
    project = view.data.project_by_id.get(row.get("project_id") or "")
    if project is not None:
        return Cell(view.text(project, "short_name") or "", href=view.project_href(project["project_id"]))
    text = next((text for name in _TITLES if name in row and (text := _title(view, row, name))), "")
    if not text and row.get("round_id") in view.data.round_by_id:
        text = view.text(view.data.round_by_id[row["round_id"]], "name") or ""
    if row.get("organisation_id") in view.data.organisation_by_id:
        name = view.data.organisation_by_id[row["organisation_id"]]["name"]
        return Cell(name, href=view.organisation_href(row["organisation_id"]))
    if row["table"] == "sources":
        language = view.title_language(row["source_id"])
        return Cell(text, href=view.source_href(row["source_id"]), language=language)
    # Rows of models have no name of their own: the level, the month or the driver is in the key.
    return Cell(text or _address(view, row).partition(".")[2])


def _title(view: View, row: Facts, name: str) -> str | None:
    stem = name.removesuffix("_nb")
    return row[name] if stem == name else view.text(row, stem)


def _address(view: View, row: Facts) -> str:
    return row_address(contract(row["table"]), row)


def _about(view: View, row: Facts) -> Cell:
    stem = about_stem(contract(row["table"]))
    if stem is None or row.get(f"{stem}_on") is None:
        return missing(view)
    return Cell(view.number.date(row[f"{stem}_on"], row.get(f"{stem}_precision", "day"), short=True))


def _public(view: View, row: Facts) -> Cell:
    first, last = row["public_from"], row["public_to"]
    if last is None:
        return missing(view)
    until = view.number.date(last, short=True)
    if first is None:
        return Cell(view.t("page_explanation.public_until", day=until))
    return Cell(view.number.span(view.number.date(first, short=True), until))


def _recorded(view: View, row: Facts) -> Cell:
    day = row.get(RECORDED)
    return missing(view) if day is None else Cell(view.number.date(day, short=True))


def _document_of(view: View, row: Facts) -> Cell:
    return source_cell(view, row) if row.get("source_locator") is not None else missing(view)


_ROWS = TableSpec(
    "rader",
    caption="page_explanation.rows_caption",
    made_of=(),
    columns=(
        cell_column("page_explanation.row", _named, is_wide=True),
        words_column("page_explanation.address", _address),
    ),
)


def _clocks_of(table: Contract) -> tuple[ColumnSpec, ...]:
    """When it happened, when it became public and when it was recorded, and last the document: those the table has.

    A table without dates or documents of its own knows nothing of them; "unknown" would say that they were looked for.
    """
    has_source = "source_id" in table.column_names
    found = (
        (cell_column("page_explanation.about", _about), about_stem(table) is not None),
        (cell_column("page_explanation.public", _public), has_source),
        (cell_column("page_explanation.recorded", _recorded), RECORDED in table.column_names),
        (cell_column("common.source", _document_of), has_source),
    )
    return tuple(column for column, is_there in found if is_there)


PAGE = Page(
    name="explanation",
    slugs={"nb": "forklaring", "en": "explanation"},
    documents=documents,
    opens_under="method",
)

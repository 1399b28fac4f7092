"""An explanation in words, for the terminal.

Belongs here: the order of the parts, and how a row and a document are written.
Does not belong here: finding them (`explain.py`) and the words (`site/texts/explain.toml`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from textwrap import fill, indent

import polars as pl

from gevinst.contracts import Contract, Type
from gevinst.explain import MOST_ROWS, Explanation
from gevinst.site.texts import Catalogue

_WIDTH = 100
_PLACES = 3
_LEFT_OUT = ("is_illustrative", "edition_year")
_SOURCE = ("source_id", "source_locator")


def explanation_text(found: Explanation, language: str) -> str:
    """The whole explanation in `language`, in lines of at most about 100 characters."""
    catalogue = Catalogue(language)
    where = (
        catalogue.t("explain.edition", edition=found.edition_id, year=found.edition_year)
        if found.edition_id
        else catalogue.t("explain.working", year=found.edition_year)
    )
    parts = [
        f"{found.mart.title(language)} ({found.mart.name})\n{where}",
        _part(catalogue.t("explain.figure", n=found.rows.height), _rows(found.mart, found.rows, found, catalogue)),
        _part(catalogue.t("explain.rule"), [_wrapped(found.mart.rule(language) or "")]),
        _part(catalogue.t("explain.formula"), [_wrapped(line) for line in (found.mart.formula or "").split("; ")]),
        _part(catalogue.t("explain.computed_from"), list(_tables(found, catalogue))),
        _part(catalogue.t("explain.documents", n=found.documents.height), list(_documents(found, catalogue))),
    ]
    return "\n\n".join(parts)


def _part(heading: str, lines: list[str]) -> str:
    return heading + "\n" + indent("\n".join(lines), "  ")


def _wrapped(text: str) -> str:
    return fill(text, _WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def _rows(table: Contract, rows: pl.DataFrame, found: Explanation, catalogue: Catalogue) -> list[str]:
    ordered = rows.sort(table.key).head(MOST_ROWS)
    lines = [_wrapped(_row(table, row, found, catalogue)) for row in ordered.iter_rows(named=True)]
    if rows.height > MOST_ROWS:
        lines.append(catalogue.t("explain.more", n=rows.height - MOST_ROWS))
    return lines


def _row(table: Contract, row: dict[str, object], found: Explanation, catalogue: Catalogue) -> str:
    """Key first, then every other cell that is filled in, texts in the asked language only, and the document."""
    other = "_en" if catalogue.language == "nb" else "_nb"
    names = [name for name in table.key if name not in _LEFT_OUT]
    names += [name for name in table.column_names if name not in (*table.key, *_LEFT_OUT, *_SOURCE)]
    told = [
        f"{name} = {_cell(table, name, row[name], found, catalogue)}"
        for name in names
        if row[name] is not None and not name.endswith(other)
    ]
    if row.get("source_id"):
        told.append(catalogue.t("explain.in_document", document=f"{row['source_id']}, {row['source_locator']}"))
    return "- " + "; ".join(told)


def _cell(table: Contract, name: str, value: object, found: Explanation, catalogue: Catalogue) -> str:
    column = table.column(name)
    if column.codelist:
        labels = catalogue.labels(found.codelists, column.codelist)
        return f"{value} ({labels[str(value)]})" if str(value) in labels else str(value)
    if column.type is Type.BOOLEAN:
        return catalogue.t("explain.yes") if value else catalogue.t("explain.no")
    if isinstance(value, float):
        return catalogue.number.decimal(value, 0 if value.is_integer() else _PLACES)
    return value.isoformat() if isinstance(value, date) else str(value)


def _tables(found: Explanation, catalogue: Catalogue) -> Iterator[str]:
    for mart in found.through:
        yield catalogue.t("explain.through", table=f"{mart.title(catalogue.language)} ({mart.name})")
    for table in found.source_tables:
        title = f"{table.contract.title(catalogue.language)} ({table.contract.name})"
        if table.is_withheld:
            yield catalogue.t("explain.withheld", table=title)
        elif table.rows is None:
            yield catalogue.t("explain.looked_up", table=title)
        else:
            yield catalogue.t("explain.rows_of", n=table.rows.height, table=title)
            yield from (indent(line, "  ") for line in _rows(table.contract, table.rows, found, catalogue))


def _documents(found: Explanation, catalogue: Catalogue) -> Iterator[str]:
    for row in found.documents.iter_rows(named=True):
        published = catalogue.number.date(row["published_on"], row["published_precision"])
        told = f"{row['source_id']}: «{row['title']}», {row['publisher']}, {published}"
        yield _wrapped(f"- {told}. {row['address']}" if row["address"] else f"- {told}.")

"""Where a figure comes from: its rows, its rule, and the source rows and documents behind it.

Belongs here: finding everything that one result was computed from, in an edition or in the working warehouse,
and putting it into words.
Does not belong here: the command (`gevinst.commands.explain`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from textwrap import fill, indent

import polars as pl

from gevinst.bilingual import LANGUAGES
from gevinst.contracts import ALL, CORE, MARTS, NEWS, Contract, Type, contract
from gevinst.contracts.schema import polars_schema
from gevinst.edition.as_of import edition_view
from gevinst.edition.store import Edition, edition_in_force
from gevinst.errors import GevinstError
from gevinst.language.texts import Catalogue
from gevinst.settings import Settings
from gevinst.warehouse import Warehouse

MOST_ROWS = 20
"""So many rows of a result, or of a table behind it, are listed; the rest are counted."""
_PROJECT = "project_id"
_DOCUMENTS = "sources"
_OF_PROJECTS = ("rounds", "benefits", "benefit_plans", "benefit_claims")
"""Tables whose rows are about a project, so that rows that refer to them are as well."""


class ExplainError(GevinstError):
    """A figure cannot be explained; the message says what to ask for instead, or what to run first."""


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A core table behind a figure: its rows, or `None` when it is withheld or only looked values up in."""

    contract: Contract
    rows: pl.DataFrame | None
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything behind a figure. `edition_id` is `None` for the working warehouse.

    `documents` are the rows of `sources` that the result and the source rows rest on; `codelists` gives their codes
    texts.
    """

    mart: Contract
    edition_id: str | None
    edition_year: int
    rows: pl.DataFrame
    through: tuple[Contract, ...]
    source_tables: tuple[SourceTable, ...]
    documents: pl.DataFrame
    codelists: pl.DataFrame


def explain(settings: Settings, mart_name: str, project_id: str | None, edition_year: int | None) -> Explanation:
    """What is behind the rows of a mart for one project (or all) and one edition year (or the newest).

    Reads the edition in force, or the working warehouse when none is published or the one that is has no such table.
    Raises `ExplainError` for an unknown mart, project or year, for a project in a mart without projects, and when
    there is nothing to read.
    """
    mart = _mart(mart_name)
    edition, tables = _tables_to_read(settings, mart)
    year = _year(tables, mart, edition_year, edition)
    known = _known(tables, year)
    rows = known[mart.name].filter(pl.col("edition_year") == year)
    if project_id is not None:
        rows = _of_project(mart, rows, known["projects"], project_id)
    through, core = _behind(mart)
    source_tables = tuple(_source_table(table, known, project_id) for table in core)
    return Explanation(
        mart=mart,
        edition_id=edition.edition_id if edition else None,
        edition_year=year,
        rows=rows,
        through=through,
        source_tables=source_tables,
        documents=_documents(rows, source_tables, known[_DOCUMENTS]),
        codelists=known["codelists"],
    )


def _mart(name: str) -> Contract:
    names = [mart.name for mart in MARTS]
    if name not in names:
        listed = "\n".join(f"  {mart.name}: {mart.title('en')}" for mart in MARTS)
        raise ExplainError(f"there is no mart called {name}; these are the marts:\n{listed}")
    return contract(name)


def _tables_to_read(settings: Settings, mart: Contract) -> tuple[Edition | None, dict[str, pl.DataFrame]]:
    """The edition and its tables by name, or `None` and those of the working warehouse; `mart` is among them."""
    edition = edition_in_force(settings)
    if edition is not None and edition.has_table(mart.name):
        return edition, edition.tables(if_missing="empty")
    warehouse = Warehouse(settings.working_database, read_only=True)
    if not warehouse.exists(mart):
        older = (
            f"edition {edition.edition_id} is older than the table {mart.name}" if edition else "there is no edition"
        )
        raise ExplainError(f"{older}, and no run has put it in the working warehouse; run make candidate")
    return None, {table.name: warehouse.read(table) for table in ALL if warehouse.exists(table)}


def _where(edition: Edition | None) -> str:
    return f"edition {edition.edition_id}" if edition else "the working warehouse"


def _year(tables: Mapping[str, pl.DataFrame], mart: Contract, requested: int | None, edition: Edition | None) -> int:
    years = tables["edition_years"].get_column("edition_year").sort().to_list()
    if requested is None:
        return years[-1]
    if requested not in years:
        raise ExplainError(f"{_where(edition)} has the edition years {years[0]} to {years[-1]}, not {requested}")
    return requested


def _known(tables: Mapping[str, pl.DataFrame], year: int) -> dict[str, pl.DataFrame]:
    """All tables as they were known at the edition of `year`; tables that were not there are empty."""
    whole = {
        table.name: tables[table.name] if table.name in tables else pl.DataFrame(schema=polars_schema(table))
        for table in ALL
    }
    as_of_on = whole["edition_years"].filter(pl.col("edition_year") == year)["as_of_on"].item()
    return edition_view(whole, year, as_of_on)


def _of_project(mart: Contract, rows: pl.DataFrame, projects: pl.DataFrame, project_id: str) -> pl.DataFrame:
    if _PROJECT not in mart.column_names:
        raise ExplainError(f"{mart.name} has no rows per project; leave out --project")
    ids = projects.get_column(_PROJECT).sort().to_list()
    if project_id not in ids:
        # Below difflib's own 0.6, so that a short name typed without its year is near its id.
        near = get_close_matches(project_id, ids, n=5, cutoff=0.5) or [key for key in ids if project_id in key][:5]
        hint = f"; near it: {', '.join(near)}" if near else f"; the first ones are {', '.join(ids[:5])}"
        raise ExplainError(f"no project {project_id} is known in that edition year{hint}")
    return rows.filter(pl.col(_PROJECT) == project_id)


def _behind(mart: Contract) -> tuple[tuple[Contract, ...], tuple[Contract, ...]]:
    """The marts that `mart` was computed through, and the core tables at the end, each in the order they are made."""
    names: set[str] = set()
    waiting = [mart]
    while waiting:
        for name in waiting.pop().depends_on:
            if name not in names:
                names.add(name)
                waiting.append(contract(name))
    through = tuple(table for table in (*MARTS, *NEWS) if table.name in names)
    return through, tuple(table for table in ALL if table.name in names and table not in MARTS)


def _source_table(table: Contract, known: Mapping[str, pl.DataFrame], project_id: str | None) -> SourceTable:
    if table.name not in known:
        return SourceTable(table, None, is_withheld=True)
    if table.name == _DOCUMENTS or "source_id" not in table.column_names:
        return SourceTable(table, None)
    rows = known[table.name]
    if project_id is None:
        return SourceTable(table, rows)
    return SourceTable(table, _about(table, rows, known, project_id))


def _about(
    table: Contract, rows: pl.DataFrame, known: Mapping[str, pl.DataFrame], project_id: str
) -> pl.DataFrame | None:
    """The rows of a table about a project: its own, those of its benefits, or of its round; `None` for look-ups."""
    if _PROJECT in table.column_names:
        return rows.filter(pl.col(_PROJECT) == project_id)
    for column, target, target_column in table.references:
        if target in _OF_PROJECTS and target != table.name and table in CORE:
            # A measurement is of a plan, and that of a benefit; of a round the projects say which it is.
            of = contract("projects" if target == "rounds" else target)
            theirs = _about(of, known[of.name], known, project_id)
            if theirs is not None:
                return rows.filter(pl.col(column).is_in(theirs.get_column(target_column).implode()))
    if table.name == "rounds":
        return rows.join(known["projects"].filter(pl.col(_PROJECT) == project_id), on="round_id", how="semi")
    return None


def _documents(rows: pl.DataFrame, tables: tuple[SourceTable, ...], sources: pl.DataFrame) -> pl.DataFrame:
    found = [table.rows for table in tables if table.rows is not None]
    if "source_id" in rows.columns:
        found.append(rows)
    if not found:
        return sources.clear()
    cited = pl.concat([frame.select("source_id") for frame in found]).unique()
    return sources.join(cited, on="source_id", how="semi").sort("source_id")


_WIDTH = 100
"""Columns of a line; addresses may be longer, because a broken address cannot be followed."""
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
        _part(catalogue.t("explain.rule"), [_wrapped(found.mart.rule(language))]),
        _part(catalogue.t("explain.formula"), [_wrapped(line) for line in (found.mart.formula or "").split("; ")]),
        _part(catalogue.t("explain.computed_from"), list(_tables(found, catalogue))),
        _part(catalogue.t("explain.documents", n=found.documents.height), list(_document_lines(found, catalogue))),
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
    """Key first, then every other cell that is filled in, texts in the requested language only, and the document."""
    others = tuple(f"_{language}" for language in LANGUAGES if language != catalogue.language)
    names = [name for name in table.key if name not in _LEFT_OUT]
    names += [name for name in table.column_names if name not in (*table.key, *_LEFT_OUT, *_SOURCE)]
    cells = [
        f"{name} = {_cell(table, name, row[name], found, catalogue)}"
        for name in names
        if row[name] is not None and not name.endswith(others)
    ]
    if row.get("source_id"):
        cells.append(catalogue.t("explain.in_document", document=f"{row['source_id']}, {row['source_locator']}"))
    return "- " + "; ".join(cells)


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


def _document_lines(found: Explanation, catalogue: Catalogue) -> Iterator[str]:
    for row in found.documents.iter_rows(named=True):
        published = catalogue.number.date(row["published_on"], row["published_precision"])
        document = f"{row['source_id']}: «{row['title']}», {row['publisher']}, {published}"
        yield _wrapped(f"- {document}. {row['address']}" if row["address"] else f"- {document}.")

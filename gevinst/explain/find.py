"""Finding what is behind an address: its rows, the rows that they count, and source rows and documents.

Belongs here: reading tables as they were known in an edition year, and following what they were computed from.
Does not belong here: the words of an answer (`words.py`) and what to offer for an address that is not known
(`nearest.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import polars as pl

from gevinst.contracts import ALL, CORE, MARTS, NEWS, Contract, contract
from gevinst.contracts.addressing import Address, read_address
from gevinst.contracts.schema import polars_schema
from gevinst.edition.as_of import edition_view
from gevinst.edition.store import Edition, edition_in_force
from gevinst.explain.nearest import ExplainError, near_project, no_address, no_row
from gevinst.method.as_of import source_published
from gevinst.method.frames import Rules, lazy
from gevinst.method.headline_figures import FIGURES
from gevinst.method.headline_model import Figure
from gevinst.method.headlines import counted_rows
from gevinst.settings import Settings
from gevinst.warehouse import Warehouse

_PROJECT = "project_id"
_YEAR = "edition_year"
_DOCUMENTS = "sources"
_OF_PROJECTS = ("rounds", "benefits", "benefit_plans", "benefit_claims")
"""Tables whose rows are about a project, so that rows that refer to them are as well."""

Projects = Collection[str] | None
"""Ids of the projects that an answer is about; `None` where it is about all of them."""


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A core table behind a figure: its rows, or `None` when it is withheld or only looked values up in."""

    contract: Contract
    rows: pl.DataFrame | None
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """What a headline figure counts: the figure, the table it is counted in, and the rows that count."""

    figure: Figure
    contract: Contract
    rows: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything behind an address. `edition_id` is `None` for the working warehouse.

    `table` is a mart or a core table and `rows` its rows; `counted` is there for a headline figure. `documents` are the
    rows of `sources` that all rows rest on, with `public_from` and `public_to`; `codelists` gives their codes texts.
    """

    table: Contract
    edition_id: str | None
    edition_year: int
    rows: pl.DataFrame
    through: tuple[Contract, ...]
    source_tables: tuple[SourceTable, ...]
    documents: pl.DataFrame
    codelists: pl.DataFrame
    column: str | None = None
    counted: Counted | None = None


def explain(
    settings: Settings, address: str, project_id: str | None = None, edition_year: int | None = None
) -> Explanation:
    """What is behind an address, for one project (or all) and in one edition year (or the newest).

    Reads the edition in force, or the working warehouse when none is published or the one that is has no such table.
    Raises `ExplainError` for an address, a project or a year that is not known, for a project in a table without
    projects, and when there is nothing to read.
    """
    wanted = _read(address)
    table = contract(wanted.table)
    edition, tables = _tables_to_read(settings, table)
    year = _year(tables, edition_year, edition)
    known = _known(tables, year)
    if table.name not in known:
        raise ExplainError(f"the rows of {table.name} are not shown: somebody answered in confidence")
    rows = wanted.rows(known[table.name], year)
    if rows.is_empty() and wanted.key is not None and wanted.selected_by is None:
        raise no_row(address, wanted, known[table.name], year)
    if project_id is not None:
        rows = _of_project(table, rows, known["projects"], project_id)
    figure = _figure(wanted)
    counted = _counted(figure, known, _year_of(rows, year), settings) if figure is not None else None
    of = counted.contract if counted else table
    projects = {project_id} if project_id else _projects(wanted, counted.rows if counted else rows)
    through, core = _behind(of)
    source_tables = tuple(_source_table(one, known, projects) for one in core)
    resting = [rows, *([counted.rows] if counted else [])]
    return Explanation(
        table=table,
        edition_id=edition.edition_id if edition else None,
        edition_year=year,
        rows=rows,
        through=(of, *through) if counted and of in (*MARTS, *NEWS) else through,
        source_tables=source_tables,
        documents=_documents(resting, source_tables, known[_DOCUMENTS]),
        codelists=known["codelists"],
        column=wanted.column,
        counted=counted,
    )


def _read(address: str) -> Address:
    try:
        return read_address(address)
    except KeyError:
        raise no_address(address) from None


def _figure(wanted: Address) -> Figure | None:
    return next((one for one in FIGURES if one.figure_id == wanted.figure_id), None)


def _tables_to_read(settings: Settings, table: Contract) -> tuple[Edition | None, dict[str, pl.DataFrame]]:
    """The edition and its tables by name, or `None` and those of the working warehouse; `table` is among them."""
    edition = edition_in_force(settings)
    if edition is not None and (edition.has_table(table.name) or table.is_restricted):
        return edition, edition.tables(if_missing="empty")
    warehouse = Warehouse(settings.working_database, read_only=True)
    if not warehouse.exists(table):
        older = (
            f"edition {edition.edition_id} is older than the table {table.name}" if edition else "there is no edition"
        )
        raise ExplainError(f"{older}, and no run has put it in the working warehouse; run make candidate")
    return None, {one.name: warehouse.read(one) for one in ALL if warehouse.exists(one)}


def _where(edition: Edition | None) -> str:
    return f"edition {edition.edition_id}" if edition else "the working warehouse"


def _year(tables: Mapping[str, pl.DataFrame], requested: int | None, edition: Edition | None) -> int:
    years = tables["edition_years"].get_column(_YEAR).sort().to_list()
    if requested is None:
        return years[-1]
    if requested not in years:
        raise ExplainError(f"{_where(edition)} has the edition years {years[0]} to {years[-1]}, not {requested}")
    return requested


def _year_of(rows: pl.DataFrame, year: int) -> int:
    """The edition year of the rows, which an address may name itself."""
    return rows.item(0, _YEAR) if _YEAR in rows.columns and not rows.is_empty() else year


def _known(tables: Mapping[str, pl.DataFrame], year: int) -> dict[str, pl.DataFrame]:
    """All tables as they were known at the edition of `year`; tables that were not there are empty."""
    whole = {
        table.name: tables[table.name] if table.name in tables else pl.DataFrame(schema=polars_schema(table))
        for table in ALL
    }
    as_of_on = whole["edition_years"].filter(pl.col(_YEAR) == year)["as_of_on"].item()
    beside = {table.name: whole[table.name] for table in ALL if table not in (*CORE, *MARTS)}
    return beside | edition_view(whole, year, as_of_on)


def _of_project(table: Contract, rows: pl.DataFrame, projects: pl.DataFrame, project_id: str) -> pl.DataFrame:
    if _PROJECT not in table.column_names:
        raise ExplainError(f"{table.name} has no rows per project; leave out --project")
    if project_id not in projects.get_column(_PROJECT):
        raise near_project(project_id, projects.get_column(_PROJECT).sort().to_list())
    return rows.filter(pl.col(_PROJECT) == project_id)


def _counted(figure: Figure, known: Mapping[str, pl.DataFrame], year: int, settings: Settings) -> Counted:
    years = known["edition_years"].get_column(_YEAR)
    limits = settings.stale_after_months, settings.min_n_for_shares
    rules = Rules(years.min(), years.max(), *limits)  # type: ignore[arg-type]
    frames = {name: lazy(frame) for name, frame in known.items()}
    rows = counted_rows(figure, frames, rules).collect("polars").to_native()
    table = contract(figure.table)
    own = rows.filter(pl.col(_YEAR) == year).select(name for name in table.column_names if name in rows.columns)
    return Counted(figure, table, own)


def _projects(wanted: Address, rows: pl.DataFrame) -> Projects:
    """The projects that single rows are about; all of them where the address is that of a whole table."""
    if _PROJECT not in rows.columns or (wanted.key is None and wanted.figure_id is None):
        return None
    return set(rows.get_column(_PROJECT).drop_nulls())


def _behind(table: Contract) -> tuple[tuple[Contract, ...], tuple[Contract, ...]]:
    """The marts that `table` was computed through, and the core tables at the end, each in the order they are made."""
    names: set[str] = set()
    waiting = [table]
    while waiting:
        for name in waiting.pop().depends_on:
            if name not in names:
                names.add(name)
                waiting.append(contract(name))
    through = tuple(one for one in (*MARTS, *NEWS) if one.name in names)
    return through, tuple(one for one in ALL if one.name in names and one not in (*MARTS, *NEWS))


def _source_table(table: Contract, known: Mapping[str, pl.DataFrame], projects: Projects) -> SourceTable:
    if table.name not in known:
        return SourceTable(table, None, is_withheld=True)
    if table.name == _DOCUMENTS or "source_id" not in table.column_names:
        return SourceTable(table, None)
    rows = known[table.name]
    if projects is None:
        return SourceTable(table, rows)
    return SourceTable(table, _about(table, rows, known, projects))


def _about(
    table: Contract, rows: pl.DataFrame, known: Mapping[str, pl.DataFrame], projects: Collection[str]
) -> pl.DataFrame | None:
    """The rows of a table about projects: their own, of their benefits, or of their round; `None` for look-ups."""
    if _PROJECT in table.column_names:
        return rows.filter(pl.col(_PROJECT).is_in(list(projects)))
    for column, target, target_column in table.references:
        if target in _OF_PROJECTS and target != table.name and table in CORE:
            # A measurement is of a plan, and that of a benefit; of a round the projects say which it is.
            of = contract("projects" if target == "rounds" else target)
            theirs = _about(of, known[of.name], known, projects)
            if theirs is not None:
                return rows.filter(pl.col(column).is_in(theirs.get_column(target_column).implode()))
    if table.name == "rounds":
        theirs = known["projects"].filter(pl.col(_PROJECT).is_in(list(projects)))
        return rows.join(theirs, on="round_id", how="semi")
    return None


def _documents(resting: list[pl.DataFrame], tables: tuple[SourceTable, ...], sources: pl.DataFrame) -> pl.DataFrame:
    """The documents behind all rows, with the days between which each became public."""
    published = source_published(lazy(sources)).collect("polars").to_native()
    dated = sources.join(published, on="source_id", how="left")
    found = [table.rows for table in tables if table.rows is not None]
    found += [rows for rows in resting if "source_id" in rows.columns]
    if not found:
        return dated.clear()
    cited = pl.concat([frame.select("source_id") for frame in found]).unique()
    return dated.join(cited, on="source_id", how="semi").sort("source_id")

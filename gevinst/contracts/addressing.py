"""Addresses of figures: a table, one of its rows and one of its columns, written and read.

    project_grants                          a table
    project_grants.2023-byggesak            a row by its key
    project_grants.2023-byggesak.grant_amount  a cell
    benefit_evidence.2018-kudos/time        a key of several parts
    benefit_headlines.benefit_count         a cell of a table with one row per edition year
    cohort_counts.2025/2019.in_use_count    a row of another edition year than the edition's own
    benefit_claims.project_id=2018-kudos    the rows that have a value in a column
    headline.in_use                         a headline figure; portfolio.in_use is another name of it

Belongs here: making an address from a row, reading one, and finding its rows in a table.
Does not belong here: what is said of them (`gevinst.explain`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import polars as pl

from gevinst.addresses import addressed
from gevinst.contracts import Contract, Type, contract

HEADLINE = "headline"
_FIGURES = "headline_counts"
_FIGURE_COLUMN = "figure_value"
PAGES_OF_FIGURES = (HEADLINE, "overview", "portfolio", "coverage")
"""Names that a headline figure may be called by: its own, and those of the pages it is on."""
_YEAR = "edition_year"


@dataclass(frozen=True, slots=True)
class Address:
    """What an address names; without `key` all rows, without `column` all columns.

    `key` is the text of the row's key, or, with `selected_by`, the value in that column.
    """

    table: str
    key: str | None = None
    column: str | None = None
    selected_by: str | None = None

    @property
    def figure_id(self) -> str | None:
        """The headline figure that the address names, if any."""
        return self.key.rpartition("/")[2] if self.table == _FIGURES and self.key and not self.selected_by else None

    def rows(self, frame: pl.DataFrame, edition_year: int) -> pl.DataFrame:
        """Its rows in the table; of a mart those of `edition_year`, unless the key names another year."""
        of_year = frame.filter(pl.col(_YEAR) == edition_year) if _YEAR in frame.columns else frame
        if self.key is None:
            return of_year
        if self.selected_by is not None:
            return of_year.filter(_text(of_year, self.selected_by) == self.key)
        key = contract(self.table).key
        short = tuple(name for name in key if name != _YEAR)
        if short:
            found = of_year.filter(_joined(of_year, short) == self.key)
            if not found.is_empty():
                return found
        return frame.filter(_joined(frame, key) == self.key)


def _text(frame: pl.DataFrame, name: str) -> pl.Expr:
    # As `_written` writes it: Polars writes dates and truth values in the same way.
    return pl.col(name).cast(pl.String)


def _joined(frame: pl.DataFrame, names: Iterable[str]) -> pl.Expr:
    return pl.concat_str([_text(frame, name).fill_null("") for name in names], separator="/")


def read_address(text: str) -> Address:
    """The address that a text names. Raises `KeyError` with the name of a table or column that there is not."""
    name, _, rest = text.partition(".")
    if name in PAGES_OF_FIGURES and rest:
        key, _, column = rest.partition(".")
        address = Address(_FIGURES, key, column or _FIGURE_COLUMN)
    else:
        address = _of_table(contract(name), rest)
    if address.column is not None:
        contract(address.table).column(address.column)
    return address


def _of_table(table: Contract, rest: str) -> Address:
    if not rest:
        return Address(table.name)
    selected_by, is_selection, value = rest.partition("=")
    columns = _columns_of(table.name)
    if is_selection and selected_by in columns:
        return Address(table.name, value, selected_by=selected_by)
    if rest in columns:
        return Address(table.name, None, rest)
    key, dot, column = rest.rpartition(".")
    if dot and column in columns:
        return Address(table.name, key, column)
    return Address(table.name, rest)


@cache
def _columns_of(table_name: str) -> frozenset[str]:
    return frozenset(contract(table_name).column_names)


def row_address(table: Contract, row: Mapping[str, Any], own_year: int | None = None) -> str:
    """The address of a row; its year is a part of it where that is not `own_year` (by default it is)."""
    is_own = _YEAR not in table.key or own_year is None or row[_YEAR] == own_year
    names = [name for name in table.key if not (is_own and name == _YEAR)]
    key = "/".join(_written(row[name]) for name in names)
    if table.name == _FIGURES and is_own:
        return f"{HEADLINE}.{key}"
    return f"{table.name}.{key}" if key else table.name


def _written(value: object) -> str:
    if value is None:  # an indicator that nothing has been measured of has no measurement in its key
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)


def addressed_rows(
    name: str, rows: pl.DataFrame | Iterable[dict[str, Any]], own_year: int | None = None
) -> Iterator[dict[str, Any]]:
    """The rows of a table with numbers that carry their addresses; years and parts of keys are no figures.

    Rows may have columns besides those of the table, as after a join.
    """
    table = contract(name)
    measured = [
        column.name
        for column in table.columns
        if column.type in (Type.INTEGER, Type.NUMBER)
        and column.name not in table.key
        and not column.name.endswith("year")
    ]
    for row in rows.iter_rows(named=True) if isinstance(rows, pl.DataFrame) else rows:
        start = row_address(table, row, own_year)
        yield row | {
            one: addressed(
                row[one], start if one == _FIGURE_COLUMN and start.startswith(f"{HEADLINE}.") else f"{start}.{one}"
            )
            for one in measured
            if one in row
        }

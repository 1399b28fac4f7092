"""What to ask for instead: addresses, rows and projects near one that is not known.

Belongs here: the errors of `gevinst explain` and what they offer. Does not belong here: finding rows (`find.py`).
"""

from __future__ import annotations

from difflib import get_close_matches

import polars as pl

from gevinst.contracts import PUBLISHED, contract
from gevinst.contracts.addressing import HEADLINE, PAGES_OF_FIGURES, Address, row_address
from gevinst.errors import GevinstError
from gevinst.method.headline_figures import FIGURES

_OFFERED = 5
_CUTOFF = 0.5
"""Below difflib's own 0.6, so that a short name typed without its year is near its id."""


class ExplainError(GevinstError):
    """A figure cannot be explained; the message says what to ask for instead, or what to run first."""


def no_address(address: str) -> ExplainError:
    """For a name that is no table, or a column that its table does not have."""
    name, _, rest = address.partition(".")
    tables = {table.name: table for table in PUBLISHED}
    if name not in tables and name not in PAGES_OF_FIGURES:
        near = _near(address, [*tables, *(f"{HEADLINE}.{one.figure_id}" for one in FIGURES)])
        listed = "".join(f"\n  {one.name}: {one.title('en')}" for one in PUBLISHED)
        offer = _offer(near) or f"; these are the tables:{listed}"
        return ExplainError(f"there is no table and no figure called {address}{offer}")
    columns = tables[name].column_names if name in tables else contract("headline_counts").column_names
    return ExplainError(f"{name} has no column called {rest.rpartition('.')[2]}{_offer(_near(rest, list(columns)))}")


def no_row(address: str, wanted: Address, frame: pl.DataFrame, year: int) -> ExplainError:
    """For a key that no row of the table has in the edition year."""
    table = contract(wanted.table)
    rows = Address(wanted.table).rows(frame, year)
    known = {row_address(table, row, year): None for row in rows.select(table.key).iter_rows(named=True)}
    start = HEADLINE if wanted.figure_id is not None else table.name
    near = _near(f"{start}.{wanted.key}", list(known))
    if not near:
        near = [one for one in known if wanted.key and wanted.key in one][:_OFFERED] or list(known)[:_OFFERED]
    return ExplainError(f"{table.name} has no row {wanted.key} in {year}{_offer(near)}")


def near_project(project_id: str, known: list[str]) -> ExplainError:
    """For a project that the edition year does not know."""
    near = _near(project_id, known) or [key for key in known if project_id in key][:_OFFERED]
    hint = f"; near it: {', '.join(near)}" if near else f"; the first ones are {', '.join(known[:_OFFERED])}"
    return ExplainError(f"no project {project_id} is known in that edition year{hint}")


def _near(wanted: str, known: list[str]) -> list[str]:
    return get_close_matches(wanted, known, n=_OFFERED, cutoff=_CUTOFF)


def _offer(near: list[str]) -> str:
    return f"; near it: {', '.join(near)}" if near else ""

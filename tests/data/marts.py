"""Marts from changed or few rows: a table that a test does not pass is empty.

Belongs here: computing one mart for the newest edition year, and all of them again for tables that a test changed.
Does not belong here: expected answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from gevinst.contracts import contract
from gevinst.contracts.marts_headlines import HEADLINE_MARTS
from gevinst.contracts.schema import polars_schema
from gevinst.method.catalogue import compute_mart, compute_marts
from gevinst.method.frames import Rules
from gevinst.reference import shipped
from gevinst.site.headlines import Headlines, headlines
from tests.data.small_edition import RULES, frame

YEAR = 2026


def mart_of(name: str, *, min_n: int = 5, stale_after_months: int = 24, **inputs: pl.DataFrame) -> pl.DataFrame:
    """Mart `name` computed from `inputs` by table; the edition years are `YEAR` alone, the code lists the committed."""
    mart = contract(name)
    given = {
        "edition_years": _years(),
        "codelists": committed("codelists"),
        "due_rules": committed("due_rules"),
        **inputs,
    }
    tables = {table: given[table] if table in given else frame(contract(table), []) for table in mart.depends_on}
    return compute_mart(mart, tables, Rules(YEAR, YEAR, stale_after_months, min_n), is_illustrative=True)


def row_of(name: str, *, min_n: int = 5, stale_after_months: int = 24, **inputs: pl.DataFrame) -> dict[str, Any]:
    """The one row of a mart that has one row per edition year."""
    (row,) = mart_of(name, min_n=min_n, stale_after_months=stale_after_months, **inputs).to_dicts()
    return row


def recomputed(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """All tables of the small edition with every mart computed again from the core tables passed in."""
    return {**tables, **compute_marts(tables, RULES, is_illustrative=True)}


def projects_known(count: int) -> pl.DataFrame:
    """`project_status` of `count` projects."""
    return frame(contract("project_status"), [{"edition_year": YEAR, "project_id": f"p{n}"} for n in range(count)])


def recounted(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The tables with the headline marts alone computed again, where a test changes other marts by hand."""
    found = dict(tables)
    for mart in HEADLINE_MARTS:
        found[mart.name] = compute_mart(mart, found, RULES, is_illustrative=True)
    return found


def figures(**inputs: pl.DataFrame) -> Headlines:
    """The headline figures of `YEAR`, computed from `inputs`."""
    return headlines(mart_of("headline_counts", **inputs))


def _years() -> pl.DataFrame:
    return frame(contract("edition_years"), [{"edition_year": YEAR, "as_of_on": date(YEAR, 11, 22)}])


def committed_codelists() -> pl.DataFrame:
    """The committed code lists as the table."""
    return committed("codelists")


def committed(name: str) -> pl.DataFrame:
    """A committed reference table."""
    rows = pl.read_csv(shipped(name)).with_columns(is_illustrative=pl.lit(value=False))
    return rows.select(pl.col(column).cast(kind) for column, kind in polars_schema(contract(name)).items())

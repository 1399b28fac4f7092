"""Marts of counts over a few rows of other marts, for tests of what is said of them.

Belongs here: computing such a mart from the tables that a test writes, everything else being empty.
Does not belong here: whole editions (`small_edition.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from gevinst.contracts import contract
from gevinst.contracts.mart_headlines import HEADLINE_MARTS
from gevinst.method.catalogue import compute_mart
from gevinst.method.frames import Rules
from gevinst.site.headlines import Headlines, headlines
from tests.data.small_edition import RULES, frame

YEAR = 2026


def counts(mart_name: str, **tables: pl.DataFrame) -> pl.DataFrame:
    """The mart's rows of 2026, computed from `tables`."""
    mart = contract(mart_name)
    empty = {name: frame(contract(name), []) for name in mart.depends_on}
    years = frame(contract("edition_years"), [{"edition_year": YEAR, "as_of_on": date(YEAR, 12, 31)}])
    inputs = {**empty, "edition_years": years, **tables}
    rows = compute_mart(mart, inputs, Rules(YEAR, YEAR), is_illustrative=True)
    return rows.filter(pl.col("edition_year") == YEAR)


def recounted(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The tables with all counts computed again, for tests that change what is counted."""
    found = dict(tables)
    for mart in HEADLINE_MARTS:
        found[mart.name] = compute_mart(mart, found, RULES, is_illustrative=True)
    return found


def figures(**tables: pl.DataFrame) -> Headlines:
    """The headline figures of 2026, computed from `tables`."""
    return headlines(counts("headline_counts", **tables))

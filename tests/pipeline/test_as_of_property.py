"""No edition looks ahead: what is computed of a year is the same whether or not later years are known."""

from __future__ import annotations

import polars as pl
import pytest

from gevinst.contracts import CORE, CORRECTIONS, MARTS
from gevinst.edition.as_of import edition_view
from gevinst.method.catalogue import compute_marts
from gevinst.method.frames import Rules
from tests.data.rendered import Tables, invented_tables, real_tables

FIRST_YEAR, LAST_YEAR = 2016, 2026
WHAT_MAY_HAVE_BEEN = {"reconstruction_bounds": ("possible_count",)}
"""Columns that bound a year by documents that were certainly public only later, by mart; they have a property of their
own (tests/unit/method/test_reconstruction.py)."""


def known_in(tables: Tables, year: int) -> dict[str, pl.DataFrame]:
    """All tables as the edition of `year` has them."""
    as_of_on = tables["edition_years"].filter(pl.col("edition_year") == year)["as_of_on"].item()
    return edition_view(tables, year, as_of_on)


def core_of(known: Tables, tables: Tables, year: int) -> dict[str, pl.DataFrame]:
    """Core tables that were `known` at the end of `year`, with the day to which the register has been read.

    That day is not part of what was known: it only says how far the calendar goes, so one document that became known
    last of all represents it.
    """
    core = {table.name: known.get(table.name, tables[table.name]) for table in (*CORE, CORRECTIONS)}
    last_read = tables["sources"].sort("accessed_on").tail(1)
    unknown_until_then = last_read.with_columns(
        pl.lit("last-read").alias("source_id"),
        pl.lit(None, pl.Date).alias("published_on"),
        pl.lit(None, pl.Date).alias("public_not_after"),
    )
    if year < LAST_YEAR:
        core["sources"] = pl.concat([core["sources"], unknown_until_then])
    return core


@pytest.mark.slow
@pytest.mark.parametrize(
    ("portfolio", "is_illustrative"),
    [(real_tables, False), (invented_tables, True)],
)
def test_the_mart_of_all_data_cut_to_a_year_is_the_mart_of_the_data_cut_to_that_year(
    portfolio, is_illustrative
) -> None:
    tables = portfolio()
    offenders = []
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        known = known_in(tables, year)
        core = core_of(known, tables, year)
        of_cut_data = compute_marts(core, Rules(FIRST_YEAR, year), is_illustrative=is_illustrative)
        for mart in MARTS:
            upper = WHAT_MAY_HAVE_BEEN.get(mart.name, ())
            if not of_cut_data[mart.name].drop(upper).equals(known[mart.name].drop(upper)):
                offenders.append(f"{mart.name} of {year}")
    assert offenders == []

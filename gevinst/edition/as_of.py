"""What was known when: all tables cut to the knowledge of one edition.

Belongs here: the one pure function that leaves out what became known later, and every row that depends on it.
Does not belong here: the rule for when a source became known (`gevinst.method.as_of`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import narwhals as nw
import polars as pl

from gevinst.contracts import CORE, MARTS, REFERENCE, STORED, Contract
from gevinst.method.as_of import LOOKUPS, as_seen, source_known_on
from gevinst.method.frames import lazy

_INTERVALS = tuple(mart for mart in MARTS if not mart.is_per_edition)
"""Marts that hold each result once, with the time in which it was so, instead of once per edition year."""


def edition_view(tables: Mapping[str, pl.DataFrame], edition_year: int, as_of_on: date) -> dict[str, pl.DataFrame]:
    """All tables as they were known on `as_of_on`: the content of the edition of `edition_year`.

    Rows whose source became known later are left out, and so are rows that refer to a project, round, claim or
    finding that is left out. Marts keep the edition years up to `edition_year`; those that are kept by validity
    interval, the intervals that had begun, without ends that lay ahead. Reference tables are whole, apart from rows
    about something that is left out. Every reference in the result leads to a row in the result.
    Row order is kept. Restricted tables are left out.
    """
    dated = source_known_on(lazy(tables["sources"])).collect("polars").to_native()
    known = dated.filter(pl.col("known_on") <= as_of_on)["source_id"]
    kept = {
        contract.name: _as_known(contract, tables[contract.name], known, edition_year, as_of_on) for contract in STORED
    }
    _drop_orphans(kept)
    _restore_lookups(kept, tables)
    return {contract.name: kept[contract.name] for contract in STORED if not contract.is_restricted}


def _as_known(
    contract: Contract, frame: pl.DataFrame, known: pl.Series, edition_year: int, as_of_on: date
) -> pl.DataFrame:
    if contract in _INTERVALS:
        return as_seen(lazy(frame), nw.lit(as_of_on)).collect("polars").to_native()
    if contract in MARTS:
        return frame.filter(pl.col("edition_year") <= edition_year)
    if contract in REFERENCE or "source_id" not in frame.columns:
        return frame
    return frame.filter(pl.col("source_id").is_in(known.implode()))


def _drop_orphans(kept: dict[str, pl.DataFrame]) -> None:
    """Drop rows of core tables and intervals that refer to a row that is gone, and those that refer to them in turn.

    Rows of edition years stay as they are: a year up to the edition's own refers to nothing that became known later.
    """
    # To a fixed point: a row that is dropped can leave orphans in a table that was filtered before it.
    shrinking = True
    while shrinking:
        shrinking = False
        for contract in (*CORE, *_INTERVALS):
            for column, target, target_column in contract.references:
                if target not in LOOKUPS:
                    present = kept[target][target_column].implode()
                    stays = pl.col(column).is_null() | pl.col(column).is_in(present)
                    frame = kept[contract.name].filter(stays)
                    shrinking |= frame.height < kept[contract.name].height
                    kept[contract.name] = frame


def _restore_lookups(kept: dict[str, pl.DataFrame], tables: Mapping[str, pl.DataFrame]) -> None:
    """Restore rows of look-up tables that a remaining row refers to."""
    # To a fixed point: a restored row may itself refer to a document that is not there yet.
    growing = True
    while growing:
        growing = False
        for contract in STORED:
            for column, target, target_column in contract.references:
                if target in LOOKUPS:
                    wanted = pl.concat([kept[target][target_column], kept[contract.name][column]]).implode()
                    frame = tables[target].filter(pl.col(target_column).is_in(wanted))
                    growing |= frame.height > kept[target].height
                    kept[target] = frame

"""Rows withdrawn: what the edition published before had and this one does not.

Belongs here: the comparison of the keys of two editions, as rows of `edition_changes`.
Does not belong here: changes that can be seen from one state of the facts (`changes.py`), and finding the edition
published before (`gevinst.edition`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from gevinst.contracts import CORE, REFERENCE, Contract, contract
from gevinst.contracts.schema import polars_schema

KIND = "withdrawn"
_CHANGES = contract("edition_changes")


def withdrawn_rows(
    before: Mapping[str, pl.DataFrame], now: Mapping[str, pl.DataFrame], edition_year: int, *, is_illustrative: bool
) -> pl.DataFrame:
    """Rows whose key is in a core table of `before` and not in `now`; contract `edition_changes`.

    `before` holds the core tables of the edition published last for an earlier year, `now` all tables of the one being
    built. One row per key, sorted; `from_code` is its table. Project, round and source are those of the row that is
    gone, and null when they are gone as well. The reason is null: a row that is gone does not say why. Tables that
    either side lacks, and reference tables, are left out, since they say nothing of a project.
    Source: ids are permanent, so that a key that is gone is reported and never passed over.
    """
    rows = [
        row
        for table in CORE
        if table not in REFERENCE and table.name in before and table.name in now
        for row in _gone(table, before[table.name], now, edition_year)
    ]
    frame = pl.DataFrame(rows, schema=polars_schema(_CHANGES))
    return frame.with_columns(is_illustrative=pl.lit(is_illustrative)).sort(_CHANGES.key)


def _gone(
    table: Contract, before: pl.DataFrame, now: Mapping[str, pl.DataFrame], edition_year: int
) -> Iterator[dict[str, Any]]:
    if not set(table.key) <= set(before.columns):
        return  # an edition from before the table had its present key
    lost = before.join(
        now[table.name], on=list(table.key), how="anti", nulls_equal=True
    )  # a key may have empty parts.sort(table.key)
    for row in lost.iter_rows(named=True):
        key = "-".join(str(row[name]) for name in table.key)
        source = _still("sources", "source_id", row, now)
        yield {
            "edition_year": edition_year,
            "change_id": f"{KIND}-{table.name}-{key}",
            "change_kind_code": KIND,
            "project_id": _still("projects", "project_id", row, now),
            "round_id": _still("rounds", "round_id", row, now),
            "from_code": table.name,
            "item_count": 1,
            "source_id": source,
            "source_locator": row.get("source_locator") if source else None,
        }


def _still(table: str, column: str, row: Mapping[str, Any], now: Mapping[str, pl.DataFrame]) -> str | None:
    """The row's reference, when it still leads somewhere."""
    value = row.get(column)
    return value if value is not None and (now[table][column] == value).any() else None

"""Changes between editions: what is new or has moved since the edition year before.

Belongs here: one row per change, with kind, subject and reason; the sentences are made by the site's catalogue.
Does not belong here: the results that changed.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from gevinst.method.frames import Rules, Tables
from gevinst.method.known import first_edition_of, with_known_on

_COLUMNS = (
    "edition_year",
    "change_id",
    "change_kind_code",
    "project_id",
    "round_id",
    "from_code",
    "to_code",
    "item_count",
    "reason_nb",
    "reason_en",
    "source_id",
    "source_locator",
)


def edition_changes(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per change from the edition year before; contract `edition_changes`.

    A thing is new in the first edition whose `as_of_on` reaches the day it became known. Status has moved when the
    newest status code differs from the edition year before; it is `status_first` the first time a project has any
    status beyond its award. The first edition year has no changes: there is nothing to compare with.
    """
    parts = [
        _rounds(tables),
        _projects(tables),
        _status(tables),
        _claims(tables),
        _items(tables, "benefit_measurements", "measurement_added"),
        _items(tables, "follow_on_funding", "funding_added"),
    ]
    return nw.concat([part.select(*_COLUMNS) for part in parts], how="vertical").filter(
        nw.col("edition_year") > rules.first_year
    )


def _rounds(tables: Tables) -> nw.LazyFrame[Any]:
    rounds = with_known_on(tables["rounds"].select("round_id", "source_id", "source_locator"), tables["sources"])
    return _complete(first_edition_of(rounds, tables["edition_years"]), "round_awarded", "round_id")


def _projects(tables: Tables) -> nw.LazyFrame[Any]:
    projects = with_known_on(
        tables["projects"].select("project_id", "round_id", "source_id", "source_locator"), tables["sources"]
    )
    return _complete(first_edition_of(projects, tables["edition_years"]), "project_named", "project_id")


def _status(tables: Tables) -> nw.LazyFrame[Any]:
    code = nw.col("current_status_code")
    moved = (
        tables["project_status"]
        .with_columns(from_code=code.shift(1).over("project_id", order_by="edition_year"))
        .with_columns(to_code=code)
        .filter(
            (nw.col("to_code") != nw.col("from_code"))
            | (nw.col("from_code").is_null() & ~code.is_in(["i_gang", "ikke_vurdert"]))
        )
    )
    is_first = nw.col("from_code").is_null() | nw.col("from_code").is_in(["i_gang", "ikke_vurdert"])
    kinds = moved.with_columns(
        change_kind_code=nw.when(is_first).then(nw.lit("status_first")).otherwise(nw.lit("status_moved"))
    )
    return kinds.with_columns(
        change_id=nw.concat_str(nw.lit("status"), nw.col("project_id"), separator="-"),
        round_id=nw.lit(None, nw.String),
        item_count=nw.lit(1, nw.Int64),
    )


def _claims(tables: Tables) -> nw.LazyFrame[Any]:
    """New claims of a project, gathered by how well they are evidenced and by document."""
    claims = first_edition_of(
        with_known_on(tables["benefit_claims"].select("project_id", "evidence_code", "source_id"), tables["sources"]),
        tables["edition_years"],
    )
    gathered = claims.group_by("edition_year", "project_id", "evidence_code", "source_id").agg(
        item_count=nw.len().cast(nw.Int64)
    )
    return gathered.with_columns(
        change_id=nw.concat_str(
            nw.lit("claims"),
            nw.col("project_id"),
            nw.col("evidence_code"),
            nw.col("source_id"),
            separator="-",
        ),
        change_kind_code=nw.lit("claim_added"),
        to_code=nw.col("evidence_code"),
        round_id=nw.lit(None, nw.String),
        from_code=nw.lit(None, nw.String),
        reason_nb=nw.lit(None, nw.String),
        reason_en=nw.lit(None, nw.String),
        source_locator=nw.lit(None, nw.String),
    )


def _items(tables: Tables, table: str, kind: str) -> nw.LazyFrame[Any]:
    """New rows of a table, one change each."""
    rows = tables[table]
    if table == "benefit_measurements":
        rows = rows.join(
            tables["benefit_claims"].select("benefit_claim_id", "project_id"),
            on="benefit_claim_id",
            how="left",
        )
        key = "benefit_measurement_id"
    else:
        key = "follow_on_funding_id"
    known = with_known_on(rows.select(key, "project_id", "source_id", "source_locator"), tables["sources"])
    return _complete(first_edition_of(known, tables["edition_years"]), kind, key)


def _complete(rows: nw.LazyFrame[Any], kind: str, key: str) -> nw.LazyFrame[Any]:
    """`rows` with the columns of a change, null where it has none."""
    nulls = {
        name: nw.lit(None, nw.String)
        for name in ("project_id", "round_id", "from_code", "to_code", "reason_nb", "reason_en")
        if name not in rows.collect_schema().names()
    }
    return rows.with_columns(
        change_id=nw.concat_str(nw.lit(kind), nw.col(key), separator="-"),
        change_kind_code=nw.lit(kind),
        item_count=nw.lit(1, nw.Int64),
        **nulls,
    )

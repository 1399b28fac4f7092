"""Changes between editions: what is new or has moved since the edition year before.

Belongs here: one row per change, with kind, subject and reason; the sentences are made by the site's catalogue.
Does not belong here: the results that changed.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from gevinst.contracts import CORE
from gevinst.contracts.vocabulary import NOTHING_BEYOND_AWARD
from gevinst.method.as_of import first_edition_of, source_known_on, with_known_on
from gevinst.method.benefits import rows_of_benefits
from gevinst.method.frames import Rules, Tables

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
    status beyond its award. A claim is superseded in the first edition that knows a better evidenced one, when the
    edition before had it in force; the reason is what the better one says. A correction is listed in the calendar year
    it was entered in the register. The first edition year has no changes: there is nothing to compare with. Rows that
    are gone are found when an edition is built (`withdrawn.py`), since the marts do not know what was published.
    """
    parts = [
        _rounds(tables),
        _projects(tables),
        _status(tables),
        _claims(tables),
        _items(tables, "benefit_measurements", "measurement_added"),
        _items(tables, "follow_on_funding", "funding_added"),
        _superseded(tables),
        _corrections(tables),
    ]
    return nw.concat([part.select(*_COLUMNS) for part in parts], how="vertical").filter(
        nw.col("edition_year") > rules.first_year  # everything would be new in the first
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
            | (nw.col("from_code").is_null() & ~code.is_in(NOTHING_BEYOND_AWARD))
        )
    )
    is_first = nw.col("from_code").is_null() | nw.col("from_code").is_in(NOTHING_BEYOND_AWARD)
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
        rows_of_benefits("benefit_claims", tables).select("project_id", "evidence_code", "source_id", "known_on"),
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
    if table == "benefit_measurements":
        key, rows = "benefit_measurement_id", rows_of_benefits(table, tables)
    else:
        key, rows = "follow_on_funding_id", with_known_on(tables[table], tables["sources"])
    known = rows.select(key, "project_id", "source_id", "source_locator", "known_on")
    return _complete(first_edition_of(known, tables["edition_years"]), kind, key)


def _superseded(tables: Tables) -> nw.LazyFrame[Any]:
    """Claims that the edition before had in force and this one has not."""
    trail = tables["benefit_trail"].with_columns(
        _was_superseded=nw.col("is_superseded").shift(1).over("benefit_claim_id", order_by="edition_year")
    )
    better = tables["benefit_claims"].select(
        superseded_by_id="benefit_claim_id",
        to_code="evidence_code",
        reason_nb="statement_nb",
        reason_en="statement_en",
        _better_source_id="source_id",
        _better_locator="source_locator",
    )
    rows = (
        trail.filter(nw.col("is_superseded") & (~nw.col("_was_superseded")).fill_null(False))
        .join(better, on="superseded_by_id", how="inner")
        .with_columns(
            from_code=nw.col("evidence_code"),
            source_id=nw.col("_better_source_id"),
            source_locator=nw.col("_better_locator"),
        )
    )
    return _complete(rows, "claim_superseded", "benefit_claim_id")


def _corrections(tables: Tables) -> nw.LazyFrame[Any]:
    """Corrections by the year they were entered, with the project of the row that was corrected."""
    entered = tables["corrections"].join(source_known_on(tables["sources"]), on="source_id", how="left")
    rows = (
        entered.with_columns(edition_year=nw.max_horizontal("registered_on", "known_on").dt.year().cast(nw.Int64))
        .join(tables["edition_years"].select("edition_year"), on="edition_year", how="semi")
        .join(_projects_of_rows(tables), on=["table_name", "key"], how="left")
        .with_columns(from_code=nw.col("table_name"))
    )
    return _complete(rows, "corrected", "correction_id")


def _projects_of_rows(tables: Tables) -> nw.LazyFrame[Any]:
    """`table_name`, `key` and `project_id` of the rows about a project, in those of the tables that are at hand."""
    parts = [
        tables[table.name].select("project_id", table_name=nw.lit(table.name), key=nw.col(table.key[0]).cast(nw.String))
        for table in CORE
        if table.name in tables and len(table.key) == 1 and "project_id" in table.column_names
    ]
    return nw.concat([part.select("table_name", "key", "project_id") for part in parts], how="vertical")


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

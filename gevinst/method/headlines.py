"""Headline figures and the counts behind headings: by portfolio, cohort, group, project, kind of change and document.

Belongs here: counting rows of other marts and of core tables, once for every page.
Does not belong here: which headline figures there are (`headline_figures.py`) and the rules behind what is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import narwhals as nw

from gevinst.contracts import CORE, Contract
from gevinst.contracts.vocabulary import OUTCOME_PARTLY, OUTCOME_UNKNOWN
from gevinst.method.as_of import known_in_editions, read_for_scheme, rows_known_on, seats, with_known_on
from gevinst.method.benefits import rows_of_benefits
from gevinst.method.counting import counted, distinct, mapped, per_edition
from gevinst.method.coverage import FACTS
from gevinst.method.frames import Rules, Tables
from gevinst.method.gains import LEVELS
from gevinst.method.headline_figures import FIGURES
from gevinst.method.headline_model import Figure

NO_GROUP = "none"
"""`group_id` of projects that are in no group: a key cannot be null."""


def headline_counts(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per headline figure and edition year; contract `headline_counts`.

    Every figure has a row in every edition year, 0 where there is nothing to count. A share needs a whole of at least
    `rules.min_n_for_shares`. A change is given from the second edition year in which any project is known: before
    that there is nothing to compare with.
    """
    rows = {figure.table: _in_editions(figure.table, tables) for figure in FIGURES}
    numbers = nw.concat([_number(rows[one.table], one, tables, rules) for one in FIGURES], how="vertical")
    value, total = nw.col("figure_value"), nw.col("total_count")
    projects_before = nw.col("_projects").shift(1).over("figure_id", order_by="edition_year")
    change = value - value.shift(1).over("figure_id", order_by="edition_year")
    placed = numbers.with_columns(total_count=_totals(), _projects=_of_year("projects"))
    return placed.with_columns(
        meaning_nb=_by_figure({figure.figure_id: figure.nb for figure in FIGURES}),
        meaning_en=_by_figure({figure.figure_id: figure.en for figure in FIGURES}),
        table_name=_by_figure({figure.figure_id: figure.table for figure in FIGURES}),
        condition=_by_figure({figure.figure_id: figure.written for figure in FIGURES}),
        share_pct=nw.when(total >= max(rules.min_n_for_shares, 1)).then(
            100.0 * value.cast(nw.Float64) / total.cast(nw.Float64)
        ),
        change_count=nw.when(projects_before > 0).then(change),
    )


def counted_rows(figure: Figure, tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """The rows of its table that a figure counts, with `edition_year`: those that meet its condition.

    Of a figure that is taken over a column, the rows in which that holds anything; nothing is no part of a sum.
    """
    rows = _in_editions(figure.table, tables)
    if figure.condition is not None:
        return rows.filter(figure.condition(rules))
    column = nw.col(figure.column or "")
    return rows.filter(column != 0) if figure.take == "sum" else rows.filter(~column.is_null())


def _number(rows: nw.LazyFrame[Any], figure: Figure, tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One figure, one row per edition year.

    Each is counted by itself: from one wide table with all figures DuckDB computed that table once per figure, and
    turning a wide table into a long one is not to be had of it through narwhals.
    """
    if figure.condition is not None:
        number = counted(rows, ("edition_year",), **{figure.figure_id: figure.condition(rules)})
    else:
        number = _taken(rows, figure)
    return per_edition(tables["edition_years"], number).select(
        "edition_year", figure_id=nw.lit(figure.figure_id), figure_value=nw.col(figure.figure_id)
    )


def _of_year(figure_id: str) -> nw.Expr:
    """The value of one figure, on all rows of its edition year."""
    return nw.when(nw.col("figure_id") == figure_id).then(nw.col("figure_value")).max().over("edition_year")


def _totals() -> nw.Expr:
    """The value of the figure that is the whole; null for figures that are part of nothing."""
    wholes: dict[str, list[str]] = {}
    for figure in FIGURES:
        if figure.total is not None:
            wholes.setdefault(figure.total, []).append(figure.figure_id)
    return nw.coalesce(
        *(
            nw.when(nw.col("figure_id").is_in(parts)).then(_of_year(whole)).otherwise(nw.lit(None, nw.Int64))
            for whole, parts in wholes.items()
        )
    )


def _by_figure(words: Mapping[str, str]) -> nw.Expr:
    """Words by id of the figure."""
    return mapped("figure_id", words, "")


def _in_editions(name: str, tables: Tables) -> nw.LazyFrame[Any]:
    """Rows of a table once per edition year that knows them; rows about a project only where it is known."""
    match name:
        case "sources":
            return _by_year(rows_known_on(name, tables).filter(read_for_scheme()), tables)
        case "disagreements":
            return _by_year(rows_known_on(name, tables), tables)
        case "benefits":
            return known_in_editions(with_known_on(tables[name], tables["sources"]), tables)
        case "benefit_claims" | "benefit_plans" | "benefit_measurements":
            return known_in_editions(rows_of_benefits(name, tables), tables)
        case _:
            return tables[name]


def _by_year(dated: nw.LazyFrame[Any], tables: Tables) -> nw.LazyFrame[Any]:
    years = tables["edition_years"].select("edition_year", "as_of_on")
    return dated.join(years, how="cross").filter(nw.col("known_on") <= nw.col("as_of_on"))


def _taken(rows: nw.LazyFrame[Any], figure: Figure) -> nw.LazyFrame[Any]:
    """A number taken over a column; nothing is never a part of a sum."""
    name = figure.column or ""
    match figure.take:
        case "distinct":
            return distinct(rows, name, figure.figure_id)
        case "max":
            value = nw.col(name).max()
        case _:
            value = nw.col(name).sum()
    return rows.group_by("edition_year").agg(value.cast(nw.Int64).alias(figure.figure_id))


def cohort_counts(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per cohort and edition year in which a project of it is known; contract `cohort_counts`."""
    projects = {
        "project_count": ~nw.col("project_id").is_null(),
        "in_use_count": nw.col("is_in_use"),
        "in_use_stale_count": nw.col("is_in_use") & nw.col("is_stale"),
        "partly_in_use_count": nw.col("outcome_code") == OUTCOME_PARTLY,
        "known_outcome_count": nw.col("outcome_code") != OUTCOME_UNKNOWN,
    }
    return counted(tables["project_status"], ("edition_year", "cohort_year"), **projects)


def evidence_group_counts(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per group of what is known in all and edition year; contract `evidence_group_counts`.

    Groups of the code list are there without projects, and `NO_GROUP` only where some project is in none.
    """
    keys = ["edition_year", "project_id"]
    coverage = tables["project_coverage"].select(*keys, *FACTS)
    grouped = tables["project_status"].select(*keys, group_id=nw.col("public_evidence_group_code").fill_null(NO_GROUP))
    found = counted(
        grouped.join(coverage, on=keys, how="inner"),
        ("edition_year", "group_id"),
        project_count=~nw.col("project_id").is_null(),
        **{f"{fact}_count": nw.col(fact) for fact in FACTS},
    )
    names = ["project_count", *(f"{fact}_count" for fact in FACTS)]
    codes = tables["codelists"].filter(nw.col("codelist") == "public_evidence_group").select(group_id="code")
    wanted = tables["edition_years"].select("edition_year").join(codes, how="cross")
    listed = wanted.join(found, on=["edition_year", "group_id"], how="left").select(
        "edition_year", "group_id", *(nw.col(name).fill_null(0) for name in names)
    )
    without = found.filter(nw.col("group_id") == NO_GROUP).select("edition_year", "group_id", *names)
    is_group = nw.col("group_id") != NO_GROUP
    return nw.concat([listed, without], how="vertical").with_columns(
        public_evidence_group_code=nw.when(is_group).then(nw.col("group_id"))
    )


def project_claims(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per project and edition year, with the claims known of it by level of evidence; `project_claims`."""
    keys = ("edition_year", "project_id")
    claims = known_in_editions(rows_of_benefits("benefit_claims", tables), tables)
    levels = {name: nw.col("evidence_code") == level for name, level in LEVELS.items()}
    found = counted(claims, keys, claim_count=~nw.col("benefit_claim_id").is_null(), **levels)
    joined = seats(tables).select(*keys).join(found, on=list(keys), how="left")
    return joined.with_columns(nw.col(name).fill_null(0) for name in ("claim_count", *LEVELS))


def source_use(tables: Tables, rules: Rules) -> Iterator[nw.LazyFrame[Any]]:
    """One row per document, table and edition year that knows the document, with its rows; contract `source_use`.

    One part for each table: an engine that is given all at once holds at once what every table refers to.
    """
    for table in CORE:
        if _is_counted(table, tables):
            by_year = _by_year(_resting(table, tables), tables).group_by("edition_year", "source_id", "table_name")
            yield by_year.agg(row_count=nw.col("row_count").sum())


def _is_counted(table: Contract, tables: Tables) -> bool:
    return table.name in tables and table.name not in ("sources", "edition_years", "project_status")


def _resting(table: Contract, tables: Tables) -> nw.LazyFrame[Any]:
    """How many rows of a table became known on each day, by their document."""
    dated = rows_known_on(table.name, tables).filter(~nw.col("source_id").is_null())
    per_day = dated.group_by("source_id", "known_on").agg(row_count=nw.len().cast(nw.Int64))
    return per_day.select("source_id", "known_on", "row_count", table_name=nw.lit(table.name))

"""Reconciliation: do the totals that sources state agree with what the registry counts?

Belongs here: the comparison, as a result to be shown; a difference is a finding, never an error to force away.
Does not belong here: the rules themselves (table `reconciliation_rules`) and checks of our own data
(`gevinst.quality`).
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from gevinst.method.as_of import with_known_on
from gevinst.method.frames import Rules, Tables

_COLUMNS = (
    "edition_year",
    "reconciliation_id",
    "round_id",
    "rule_nb",
    "rule_en",
    "stated_value",
    "computed_value",
    "explanation_nb",
    "explanation_en",
    "source_id",
    "source_locator",
)


def reconciliation(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per rule (and round, for rules about each round) and edition year; contract `reconciliation`.

    A rule compares a stated total with the projects named in each round, with the sum of selected projects over
    rounds of some cohorts, or with the sum of other stated figures. `agrees` when equal; `gap` when fewer are named
    than selected; `disagrees` otherwise; `unknown` when either side is not known, which includes a sum in which one
    round's figure is missing.
    """
    # Sums that lack a part are null, so that `unknown` comes before any comparison below.
    parts = [_named_in_rounds(tables), _sum_of_rounds(tables), _sum_of_findings(tables)]
    compared = nw.concat([part.select(*_COLUMNS) for part in parts], how="vertical")
    difference = nw.col("stated_value") - nw.col("computed_value")
    is_round = ~nw.col("round_id").is_null()
    return compared.with_columns(
        difference=difference,
        result_code=nw.when(difference.is_null())
        .then(nw.lit("unknown"))
        .otherwise(
            nw.when(difference == 0)
            .then(nw.lit("agrees"))
            .otherwise(nw.when(is_round & (difference > 0)).then(nw.lit("gap")).otherwise(nw.lit("disagrees")))
        ),
    )


def _rules_of(tables: Tables, basis: str) -> nw.LazyFrame[Any]:
    rules = tables["reconciliation_rules"].filter(nw.col("reconciliation_basis_code") == basis)
    return rules.rename({"reconciliation_rule_id": "rule_id"}).drop("is_illustrative")


def _named_in_rounds(tables: Tables) -> nw.LazyFrame[Any]:
    years = tables["edition_years"].select("edition_year", "as_of_on")
    figures = tables["round_figures"].filter((nw.col("measure_code") == "selected") & nw.col("is_preferred"))
    stated = (
        with_known_on(figures.select("round_id", "source_id", "source_locator"), tables["sources"])
        .join(years, how="cross")
        .filter(nw.col("known_on") <= nw.col("as_of_on"))
        .select("edition_year", "round_id", "source_id", "source_locator")
    )
    pairs = (
        tables["round_overview"]
        .join(_rules_of(tables, "named_in_round"), how="cross")
        .join(stated, on=["edition_year", "round_id"], how="left")
    )
    return pairs.with_columns(
        reconciliation_id=nw.concat_str("rule_id", "round_id", separator="-"),
        stated_value=nw.col("selected_count").cast(nw.Float64),
        computed_value=nw.col("named_count").cast(nw.Float64),
    )


def _stated(tables: Tables, basis: str) -> nw.LazyFrame[Any]:
    """Rules of one kind with the total that a source states, for each edition year in which it is known."""
    findings = with_known_on(
        tables["portfolio_findings"].select("portfolio_finding_id", "value", "source_id", "source_locator"),
        tables["sources"],
    )
    rules = _rules_of(tables, basis).join(findings, on="portfolio_finding_id", how="inner")
    years = tables["edition_years"].select("edition_year", "as_of_on")
    return (
        rules.join(years, how="cross")
        .filter(nw.col("known_on") <= nw.col("as_of_on"))
        .with_columns(
            reconciliation_id=nw.col("rule_id"),
            stated_value=nw.col("value"),
            round_id=nw.lit(None, nw.String),
        )
    )


def _sum_of_rounds(tables: Tables) -> nw.LazyFrame[Any]:
    stated = _stated(tables, "selected_in_rounds")
    rounds = tables["round_overview"].select("edition_year", "cohort_year", "selected_count")
    inside = (
        stated.select("rule_id", "edition_year", "first_cohort_year", "last_cohort_year")
        .join(rounds, on="edition_year", how="inner")
        .filter(
            (nw.col("cohort_year") >= nw.col("first_cohort_year"))
            & (nw.col("cohort_year") <= nw.col("last_cohort_year"))
        )
    )
    sums = (
        inside.group_by("rule_id", "edition_year")
        .agg(
            _sum=nw.col("selected_count").sum(),
            _missing=nw.col("selected_count").is_null().cast(nw.Int64).sum(),
        )
        .select(
            "rule_id",
            "edition_year",
            computed_value=nw.when(nw.col("_missing") == 0).then(nw.col("_sum").cast(nw.Float64)),
        )
    )
    return stated.join(sums, on=["rule_id", "edition_year"], how="left")


def _sum_of_findings(tables: Tables) -> nw.LazyFrame[Any]:
    stated = _stated(tables, "sum_of_findings")
    parts = tables["portfolio_findings"].select(part_id="portfolio_finding_id", part="value")
    components = stated.select(
        "rule_id", "edition_year", part_id=nw.col("component_finding_ids").str.split(" ")
    ).explode("part_id")
    sums = (
        components.join(parts, on="part_id", how="left")
        .group_by("rule_id", "edition_year")
        .agg(_sum=nw.col("part").sum(), _missing=nw.col("part").is_null().cast(nw.Int64).sum())
        .select("rule_id", "edition_year", computed_value=nw.when(nw.col("_missing") == 0).then(nw.col("_sum")))
    )
    return stated.join(sums, on=["rule_id", "edition_year"], how="left")

"""Award rounds: applicants, selected, named and amounts, as known at each edition.

Belongs here: the choice among figures that sources state about a round, and what follows from them.
Does not belong here: sums over rounds (their amounts are of different kinds) and the portfolio totals that others
have stated (`reconciliation.py`).
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from gevinst.contracts.vocabulary import FIGURE_DISAGREEMENTS
from gevinst.method.as_of import with_known_on
from gevinst.method.counting import different, first_of
from gevinst.method.frames import Rules, Tables


def round_overview(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per round and edition year in which it is known; contract `round_overview`.

    Of the figures known by then, a preferred one goes before others; then an award before a frame, a frame before
    a yearly budget, and the one known first. A call ceiling is never the round's amount. `unnamed_count` is selected
    minus named: the counted gap. `acceptance_pct` is selected per 100 applicants; null when either is unknown.
    """
    seats = (
        with_known_on(tables["rounds"], tables["sources"])
        .join(tables["edition_years"].select("edition_year", "as_of_on"), how="cross")
        .filter(nw.col("known_on") <= nw.col("as_of_on"))
        .select("edition_year", "as_of_on", "round_id", "cohort_year")
    )
    figures = _known_figures(tables, seats)
    used = _to_use(figures)
    applicants = _chosen(used, "applicants", "applicant_count", "applicant_basis_code")
    selected = _chosen(used, "selected", "selected_count", "selected_basis_code")
    key = ["edition_year", "round_id"]
    joined = seats
    for part in (applicants, selected, _amounts(used), _named(tables, seats), _disagreeing(tables, seats, figures)):
        joined = joined.join(part, on=key, how="left")
    counted = joined.with_columns(
        named_count=nw.col("named_count").fill_null(0),
        is_amount_approximate=nw.col("is_amount_approximate").fill_null(False),
        has_disagreement=nw.col("has_disagreement").fill_null(False),
    )
    return counted.with_columns(
        unnamed_count=nw.col("selected_count") - nw.col("named_count"),
        acceptance_pct=nw.when(nw.col("applicant_count") > 0).then(
            100.0 * nw.col("selected_count") / nw.col("applicant_count")
        ),
    )


def _known_figures(tables: Tables, seats: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Figures of each round and edition year, those known by then, with the order in which they are used."""
    kinds = nw.col("amount_kind_code")
    figures = (
        with_known_on(tables["round_figures"], tables["sources"])
        .filter(kinds.is_null() | (kinds != "call_ceiling"))
        .with_columns(
            # The surer measure of what was given comes first; counts have no kind and share rank 1 with awards.
            _order=nw.when(kinds == "frame_plus_options")
            .then(nw.lit(2))
            .otherwise(nw.when(kinds == "annual_budget").then(nw.lit(3)).otherwise(nw.lit(1))),
            _spare=nw.when(nw.col("is_preferred")).then(nw.lit(0)).otherwise(nw.lit(1)),
        )
    )
    return (
        seats.select("edition_year", "as_of_on", "round_id")
        .join(figures, on="round_id", how="inner")
        .filter(nw.col("known_on") <= nw.col("as_of_on"))
    )


def _to_use(figures: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """The figure of each measure that is used of several."""
    of_measure = ("edition_year", "round_id", "measure_code")
    return first_of(figures, of_measure, "_spare", "_order", "known_on", "round_figure_id")


def _chosen(figures: nw.LazyFrame[Any], measure: str, value: str, basis: str) -> nw.LazyFrame[Any]:
    chosen = figures.filter(nw.col("measure_code") == measure)
    return chosen.select(
        "edition_year",
        "round_id",
        nw.col("value").cast(nw.Int64).alias(value),
        nw.col("basis_code").alias(basis),
    )


def _amounts(figures: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    chosen = figures.filter(nw.col("measure_code") == "amount")
    return chosen.select(
        "edition_year",
        "round_id",
        "amount_kind_code",
        amount="value",
        is_amount_approximate="is_approximate",
    )


def _named(tables: Tables, seats: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    projects = with_known_on(tables["projects"].select("project_id", "round_id", "source_id"), tables["sources"])
    known = (
        seats.select("edition_year", "as_of_on", "round_id")
        .join(projects, on="round_id", how="inner")
        .filter(nw.col("known_on") <= nw.col("as_of_on"))
    )
    return known.group_by("edition_year", "round_id").agg(named_count=nw.len().cast(nw.Int64))


def _disagreeing(tables: Tables, seats: nw.LazyFrame[Any], figures: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Rounds for which sources state different values of the same measure and kind of amount, or disagree otherwise.

    A disagreement may be between amounts of different kinds, which are never compared as figures: that the title of
    a document states an award and its text a frame has a row in `disagreements`, with the round. It is known once a
    second side is.
    """
    per_measure = (
        figures.with_columns(_kind=nw.col("amount_kind_code").fill_null(""))
        .group_by("edition_year", "round_id", "measure_code", "_kind")
        .agg(_low=nw.col("value").min(), _high=nw.col("value").max())
    )
    in_figures = per_measure.filter(nw.col("_low") != nw.col("_high")).select("edition_year", "round_id")
    is_figure = nw.col("disagreement_kind_code").is_in(FIGURE_DISAGREEMENTS) & ~nw.col("round_id").is_null()
    sides = with_known_on(
        tables["disagreements"].filter(is_figure).select("disagreement_id", "round_id", "source_id"), tables["sources"]
    )
    known = (
        seats.select("edition_year", "as_of_on", "round_id")
        .join(sides, on="round_id", how="inner")
        .filter(nw.col("known_on") <= nw.col("as_of_on"))
    )
    per_question = known.group_by("edition_year", "round_id", "disagreement_id").agg(_sides=nw.len().cast(nw.Int64))
    stated = per_question.filter(nw.col("_sides") > 1).select("edition_year", "round_id")
    both = nw.concat([in_figures, stated], how="vertical")
    return different(both, "edition_year", "round_id").with_columns(has_disagreement=nw.lit(True))

"""Frames made of several tables, so that an expectation can compare what is in different ones.

Belongs here: joins, and the words of texts alone. Each frame is made when a check asks for it.
Does not belong here: what is expected of them (the suites), and rules that no expectation can express
(`gevinst.quality.invariants`).
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from gevinst.bilingual import LANGUAGES
from gevinst.contracts.vocabulary import IN_USE, PARTLY_IN_USE
from gevinst.quality.suites.model import Prepared, Tables
from gevinst.quality.wording import same_words

LATE_STEPS = (PARTLY_IN_USE, *IN_USE)
"""Step 4 and above: what readers quote, so each of them rests on a reason of its own."""

_STATEMENTS = ("benefit_claims", "portfolio_findings", "counterfactual_statements", "background_facts")
"""Tables of statements. What is in two of them is counted as two kinds of thing."""


def _words(name: str) -> pl.Expr:
    return pl.col(name).map_elements(same_words, return_dtype=pl.String)


def _sources(tables: Tables) -> pl.LazyFrame:
    # An empty cell and «false» both mean that nobody has looked in vain; a condition on rows cannot say «or».
    return tables["sources"].with_columns(is_known_without=pl.col("has_no_public_address").fill_null(value=False))


SOURCES = Prepared("sources_with_search", ("sources",), ("source_id",), _sources)
"""Sources with whether somebody has searched for their address in vain."""


def _participations(tables: Tables) -> pl.LazyFrame:
    levels = tables["organisations"].select("organisation_id", "level_code")
    return tables["participations"].join(levels, on="organisation_id", how="left")


PARTICIPATIONS = Prepared(
    "participations_with_levels", ("participations", "organisations"), ("participation_id",), _participations
)
"""Participations with the level of their organisation."""


def _rounds(tables: Tables) -> pl.LazyFrame:
    return tables["rounds"].with_columns(
        award_year=pl.col("awarded_on").dt.year().cast(pl.Int64),
        id_year=pl.col("round_id").str.head(4).cast(pl.Int64, strict=False),
    )


ROUNDS = Prepared("rounds_with_years", ("rounds",), ("round_id",), _rounds)
"""Rounds with the year of their award and the year that their id begins with."""


def beyond(column: str) -> str:
    """The column that holds what of `column` is outside the bounds of its unit, and is empty where nothing is."""
    return f"{column}_beyond"


def _outside(column: str) -> pl.Expr:
    is_outside = (pl.col(column) < pl.col("lowest_value")) | (pl.col(column) > pl.col("highest_value"))
    # Empty bounds hold nothing back: a comparison with nothing is nothing.
    return pl.when(is_outside).then(column).alias(beyond(column))


def _plans(tables: Tables) -> pl.LazyFrame:
    units = tables["measurement_units"].drop("is_summable", "is_illustrative")
    plans = tables["benefit_plans"].join(units, on="unit_code", how="left")
    return plans.with_columns(_outside("baseline_value"), _outside("target_value"))


PLANS = Prepared("plans_with_units", ("benefit_plans", "measurement_units"), ("benefit_plan_id",), _plans)
"""Plans with the kind of their unit, and what of their values the unit does not allow."""


def _measurements(tables: Tables) -> pl.LazyFrame:
    plans = _plans(tables).select(
        "benefit_plan_id",
        "unit_code",
        "unit_kind_code",
        "lowest_value",
        "highest_value",
        "baseline_on",
        # A change of the plan may leave the baseline out, since it is that of the version before.
        baseline_value=pl.coalesce(
            "baseline_value", pl.col("baseline_value").max().over(pl.coalesce("revises_plan_id", "benefit_plan_id"))
        ),
    )
    measured = tables["benefit_measurements"].join(plans, on="benefit_plan_id", how="left")
    return measured.with_columns(_outside("measured_value"))


MEASUREMENTS = Prepared(
    "measurements_with_plans",
    ("benefit_measurements", "benefit_plans", "measurement_units"),
    ("benefit_measurement_id",),
    _measurements,
)
"""Measurements with the unit and the baseline of their plan, in whichever version of it the baseline is."""


def _claims(tables: Tables) -> pl.LazyFrame:
    benefits = tables["benefits"].select("benefit_id", benefit_project_id="project_id")
    pair = pl.concat_str("modality_code", "evidence_code", separator="/")
    return tables["benefit_claims"].with_columns(modality_and_evidence=pair).join(benefits, on="benefit_id", how="left")


CLAIMS = Prepared("claims_with_benefits", ("benefit_claims", "benefits"), ("benefit_claim_id",), _claims)
"""Claims with the project of their benefit, and how it is stated and known in one column."""


def _words_of_claims(language: str) -> Callable[[Tables], pl.LazyFrame]:
    def make(tables: Tables) -> pl.LazyFrame:
        claims = tables["benefit_claims"]
        words = _words(f"statement_{language}")
        # 64 bits stand for the words, which are compared within a project: texts of millions would fill the memory.
        short = pl.when(words.is_not_null()).then(words.hash(1)).alias("words")
        told = claims.select("benefit_claim_id", "benefit_id", short)
        # Two sources may say the same of one benefit: it is told in these words by the first of them.
        first = told.group_by("benefit_id", "words").agg(pl.col("benefit_claim_id").min())
        return first.join(claims.select("benefit_claim_id", "project_id"), on="benefit_claim_id")

    return make


WORDS_OF_CLAIMS = {
    language: Prepared(
        f"words_of_claims_{language}", ("benefit_claims",), ("benefit_claim_id",), _words_of_claims(language)
    )
    for language in LANGUAGES
}
"""Claims with the words alone of their statement in a language, once for each benefit."""


def _words_of_benefits(tables: Tables) -> pl.LazyFrame:
    return tables["benefits"].with_columns(words_nb=_words("name_nb"), words_en=_words("name_en"))


WORDS_OF_BENEFITS = Prepared("words_of_benefits", ("benefits",), ("benefit_id",), _words_of_benefits)
"""Benefits with the words of their names alone."""


def _words_of_late_steps(tables: Tables) -> pl.LazyFrame:
    # One row per project and words: a project may give the same reason again at a later assessment.
    return (
        tables["status_assessments"]
        .filter(pl.col("status_code").is_in(LATE_STEPS))
        .select("status_assessment_id", "project_id", words_nb=_words("reason_nb"))
        .group_by("project_id", "words_nb")
        .agg(pl.col("status_assessment_id").min())
    )


WORDS_OF_LATE_STEPS = Prepared(
    "words_of_late_steps", ("status_assessments",), ("status_assessment_id",), _words_of_late_steps
)
"""Reasons of step 4 and above with their words alone, once for each project."""


def _statements(tables: Tables) -> pl.LazyFrame:
    def of(name: str) -> pl.LazyFrame:
        # The first column of each is its key. Once for each table: within one, other checks look.
        placed = tables[name].select(place=pl.lit(f"{name}/") + pl.first(), words_nb=_words("statement_nb"))
        return placed.group_by("words_nb").agg(pl.col("place").min())

    return pl.concat([of(name) for name in _STATEMENTS])


STATEMENTS = Prepared("statements_of_all_tables", _STATEMENTS, ("place",), _statements)
"""Every statement of the register with its words alone, once for each table."""

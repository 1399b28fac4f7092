"""The register of benefits: one row per benefit with all that a reader asks of it, and counts by stage.

Belongs here: which stage a benefit is at, why nothing is known of one that is promised, and counts of these.
Does not belong here: what is known of benefits (`benefits.py`), claims (`gains.py`) and plans (`realisation.py`).
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from gevinst.contracts.vocabulary import (
    CAME,
    DOCUMENTED,
    MEASURED_BY_PARTICIPANT,
    NEVER_CAME,
    NOT_CODED,
    NOT_FOUND,
    PROMISED_AS_GOAL,
    PROMISED_AS_POTENTIAL,
    PROMISED_IN_PLAN,
    REPORTED,
    STAGE_DOCUMENTED,
    STAGE_MEASURED,
    STAGE_PROMISED,
    STAGE_REPORTED,
    STATED_NOT,
)
from gevinst.method.as_of import last_possible_day
from gevinst.method.benefits import indicators
from gevinst.method.counting import counted, distinct, last_of, per_edition
from gevinst.method.frames import BEFORE_ALL, Rules, Tables
from gevinst.method.gains import evidence_ranks
from gevinst.method.shares import share_pct
from gevinst.method.stretches import stretches_per_edition

_KEY = ("edition_year", "benefit_id")


def benefit_register(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year and benefit: how far it has come, who says so, plan and newest value; contract
    `benefit_register`.

    The stage is the furthest that anybody tells of, whether in a claim, a measurement or the status of a plan. Who says
    so and the document are those of the measurement where it alone has come that far, and those of the newest of the
    surest claims otherwise. That nothing is found of a promised benefit says nothing of whether it came.
    Source: the register of a Norwegian benefits realisation plan, and the three words of absence.
    """
    evidence, status = nw.col("best_evidence_code"), nw.col("benefit_status_code")
    joined = (
        tables["benefit_overview"]
        .filter(nw.col("is_gain"))
        .rename({"source_id": "_own_source_id", "source_locator": "_own_locator"})
        .join(_plans(tables), on=list(_KEY), how="left")
        .join(_claims(tables), on=list(_KEY), how="left")
        .join(
            tables["project_coverage"].select("edition_year", "project_id", "is_coded_results"),
            on=["edition_year", "project_id"],
            how="left",
        )
        .with_columns(_measured=nw.col("_measured").fill_null(0), _status=status.fill_null(""))
    )
    staged = joined.with_columns(_said=_said(evidence), _told=_told()).with_columns(
        stage_code=nw.when(nw.col("_told") == 3)
        .then(nw.lit(STAGE_DOCUMENTED))
        .otherwise(
            nw.when(nw.col("_told") == 2)
            .then(nw.lit(STAGE_MEASURED))
            .otherwise(nw.when(nw.col("_told") == 1).then(nw.lit(STAGE_REPORTED)).otherwise(nw.lit(STAGE_PROMISED)))
        )
    )
    return _with_source(staged.with_columns(promise_code=_promise(), results_absence_code=_absence()))


def _said(evidence: nw.Expr) -> nw.Expr:
    """How far claims alone say that a benefit has come, 0 to 3."""
    return (
        nw.when(evidence == DOCUMENTED)
        .then(nw.lit(3))
        .otherwise(
            nw.when(evidence == MEASURED_BY_PARTICIPANT)
            .then(nw.lit(2))
            .otherwise(nw.when(evidence == REPORTED).then(nw.lit(1)).otherwise(nw.lit(0)))
        )
    )


def _told() -> nw.Expr:
    """How far anything says that a benefit has come, 0 to 3: a claim, a measurement, or the status of a plan."""
    by_status = nw.when(nw.col("_status").is_in(CAME)).then(nw.lit(1)).otherwise(nw.lit(0))
    evidence = nw.col("best_evidence_code")
    return nw.max_horizontal(_said(evidence), nw.col("_measured"), by_status)


def _promise() -> nw.Expr:
    kind = (
        nw.when(nw.col("best_evidence_code").is_null())
        .then(nw.lit(PROMISED_IN_PLAN))
        .otherwise(nw.when(nw.col("has_goal")).then(nw.lit(PROMISED_AS_GOAL)).otherwise(nw.lit(PROMISED_AS_POTENTIAL)))
    )
    return nw.when(nw.col("stage_code") == STAGE_PROMISED).then(kind)


def _absence() -> nw.Expr:
    why = (
        nw.when(nw.col("_status").is_in(NEVER_CAME))
        .then(nw.lit(STATED_NOT))
        .otherwise(nw.when(nw.col("is_coded_results")).then(nw.lit(NOT_FOUND)).otherwise(nw.lit(NOT_CODED)))
    )
    return nw.when(nw.col("stage_code") == STAGE_PROMISED).then(why)


def _with_source(staged: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Who says so, the document and its days: of the measurement where it tells more than claims do."""
    is_by_plan = nw.col("_told") > nw.col("_said")
    is_by_measurement = is_by_plan & (nw.col("_measured") == nw.col("_told"))
    is_of_plan = is_by_plan | nw.col("_claim_source_id").is_null()
    return staged.with_columns(
        stated_by_code=nw.when(is_by_measurement)
        .then(nw.col("_measured_by_code"))
        .otherwise(nw.when(~is_by_plan).then(nw.col("best_stated_by_code"))),
        source_id=_first_known(is_of_plan, "source_id"),
        source_locator=_first_known(is_of_plan, "locator"),
        newest_known_on=nw.when(~is_of_plan).then(nw.col("_claim_known_on")),
        about_on=nw.when(is_by_measurement)
        .then(nw.col("measured_on"))
        .otherwise(nw.when(is_by_plan).then(nw.col("status_on")).otherwise(nw.col("_claim_about_on"))),
        about_precision=nw.when(is_by_measurement)
        .then(nw.col("measured_precision"))
        .otherwise(nw.when(is_by_plan).then(nw.col("status_precision")).otherwise(nw.col("_claim_about_precision"))),
    )


def _first_known(is_of_plan: nw.Expr, name: str) -> nw.Expr:
    """The document of the plan or the claim; of a benefit with neither, that of the benefit itself."""
    found = nw.when(is_of_plan).then(nw.col(f"_plan_{name}")).otherwise(nw.col(f"_claim_{name}"))
    return nw.coalesce(found, nw.col(f"_own_{name}"))


def _plans(tables: Tables) -> nw.LazyFrame[Any]:
    """One indicator of each benefit: measured against a baseline before merely measured, and the latest of those."""
    is_measured = nw.col("is_measured")
    measured = nw.when(is_measured & ~nw.col("baseline_value").is_null()).then(nw.lit(2)).otherwise(nw.lit(1))
    rows = indicators(tables["planned_realised"]).with_columns(
        _measured=nw.when(is_measured).then(measured).otherwise(nw.lit(0)),
        _made_on=last_possible_day("measured").fill_null(BEFORE_ALL),
    )
    # The id decides between measurements of one day.
    return last_of(rows, _KEY, "_measured", "_made_on", "benefit_plan_id").select(
        *_KEY,
        "indicator_nb",
        "indicator_en",
        "unit_code",
        "currency_code",
        "price_year",
        "baseline_value",
        "target_value",
        "target_on",
        "target_precision",
        "measured_on",
        "measured_precision",
        "_measured",
        "measurement_outcome_code",
        newest_value="measured_value",
        _measured_by_code="stated_by_code",
        _plan_source_id="source_id",
        _plan_locator="source_locator",
    )


def _claims(tables: Tables) -> nw.LazyFrame[Any]:
    """The newest of the surest claims of each benefit, with its document and the day it became known."""
    about = tables["benefit_claims"].select(
        "benefit_claim_id", _claim_about_on="about_on", _claim_about_precision="about_precision"
    )
    documents = tables["claim_validity"].select(
        "benefit_claim_id", _claim_source_id="source_id", _claim_locator="source_locator", _claim_known_on="valid_from"
    )
    return (
        stretches_per_edition(_leading(tables), tables["edition_years"])
        .drop("as_of_on")
        .join(documents, on="benefit_claim_id", how="inner")
        .join(about, on="benefit_claim_id", how="left")
        .drop("benefit_claim_id")
    )


def _leading(tables: Tables) -> nw.LazyFrame[Any]:
    """Claims that were the newest of the surest about their benefit, each with the stretch in which it was that.

    Such a claim is at least as sure as all that came before it, and leads until the next such one comes. (By edition,
    each claim would meet the others once a year.)
    """
    order = ["valid_from", "benefit_claim_id"]
    claims = tables["claim_validity"].select("benefit_id", "evidence_code", *order)
    ranked = claims.join(evidence_ranks(tables), on="evidence_code", how="inner")
    surest = ranked.with_columns(_surest=nw.col("evidence_rank").cum_max().over("benefit_id", order_by=order))
    leading = surest.filter(nw.col("evidence_rank") == nw.col("_surest")).select("benefit_id", *order)
    return leading.with_columns(valid_to=nw.col("valid_from").shift(-1).over("benefit_id", order_by=order))


def register_counts(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year: benefits by stage, and of the promised ones why nothing is known; contract
    `register_counts`.

    The share is of benefits in projects that were coded for results: of the others nobody has looked. No share is given
    of fewer than `rules.min_n_for_shares`.
    """
    register = tables["benefit_register"]
    stage, promise, absence = nw.col("stage_code"), nw.col("promise_code"), nw.col("results_absence_code")
    counts = counted(
        register,
        benefit_count=~nw.col("benefit_id").is_null(),
        promised_count=stage == STAGE_PROMISED,
        promised_goal_count=promise == PROMISED_AS_GOAL,
        promised_potential_count=promise == PROMISED_AS_POTENTIAL,
        promised_planned_count=promise == PROMISED_IN_PLAN,
        promised_not_found_count=absence == NOT_FOUND,
        promised_not_coded_count=absence == NOT_CODED,
        promised_stated_not_count=absence == STATED_NOT,
        said_count=stage == STAGE_REPORTED,
        measured_stage_count=stage == STAGE_MEASURED,
        documented_stage_count=stage == STAGE_DOCUMENTED,
        told_count=stage != STAGE_PROMISED,
    )
    every = per_edition(tables["edition_years"], counts, distinct(register, "project_id", "project_count"))
    coded = every.with_columns(coded_count=nw.col("benefit_count") - nw.col("promised_not_coded_count"))
    is_enough = nw.col("coded_count") >= rules.min_n_for_shares
    return coded.with_columns(told_pct=nw.when(is_enough).then(share_pct("told_count", "coded_count")))

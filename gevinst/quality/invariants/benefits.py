"""Rules about the life of a benefit: planned, measured, revised, and resting on other benefits.

Belongs here: rules across benefits, plans, claims and measurements, and about steps of the ladder in their order.
Does not belong here: what counts as proof (`evaluations.py`), dates (`dates.py`), units and words
(`gevinst.quality.suites.evaluations`).
"""

from __future__ import annotations

import polars as pl

from gevinst.contracts.vocabulary import AWARDED, FOR_THE_WORSE, MEASURED_BY_PARTICIPANT, STEPS
from gevinst.method.as_of import first_possible_day, last_possible_day
from gevinst.method.frames import lazy
from gevinst.quality.invariants.evaluations import measured_benefits
from gevinst.quality.invariants.model import Invariant, Outcome, Tables, invariant
from gevinst.quality.model import Owner, Severity

_MEASURED = "measured"
_STEP = {AWARDED: -1, **{code: step for step, code in enumerate(STEPS)}}
"""Steps in their order. What is outside the ladder is none, «ikke vurdert» too: it says that nothing new was seen."""


@invariant(
    "status_assessments",
    Severity.CRITICAL,
    Owner.EVALUATOR,
    reads=("status_assessments",),
    nb="En status faller aldri på stigen uten at raden sier hvorfor. Ellers er et trinn skrevet feil, eller det "
    "forrige var for høyt.",
    en="A status never falls on the ladder without the row saying why. Otherwise a step is mistyped, or the one "
    "before was too high.",
    column="step_reason_code",
    remedy=("Rett trinnet, eller oppgi årsakskoden.", "Correct the step, or give the code of the reason."),
)
def status_falls_have_a_reason(tables: Tables) -> Outcome:
    """In use in 2022 and developed in 2024: the outcome of the project would turn without a word.

    Compared with the highest step of the date before. A row is later only when the first day that its date can mean
    comes after the last day of the other, so that a year beside a day in it is no fall.
    """
    steps = (
        lazy(tables["status_assessments"])
        .with_columns(first_day=first_possible_day("assessed"), last_day=last_possible_day("assessed"))
        .collect("polars")
        .to_native()
        .with_columns(step=pl.col("status_code").replace_strict(_STEP, default=None, return_dtype=pl.Int64))
        .drop_nulls("step")
    )
    earlier = steps.select("project_id", before="step", before_on="last_day")
    pairs = steps.join(earlier, on="project_id").filter(pl.col("before_on") < pl.col("first_day"))
    newest = pairs.filter(pl.col("before_on") == pl.col("before_on").max().over("status_assessment_id"))
    fallen = newest.filter((pl.col("step") < pl.col("before")) & pl.col("step_reason_code").is_null())
    return Outcome(newest["status_assessment_id"].n_unique(), fallen["status_assessment_id"].to_list())


@invariant(
    "benefit_claims",
    Severity.CRITICAL,
    Owner.EVALUATOR,
    reads=("benefit_claims", "benefit_plans", "benefit_measurements"),
    nb="En gevinst som er ført som målt, har en måling mot et nullpunkt. Ellers er den bare oppgitt.",
    en="A benefit entered as measured has a measurement against a baseline. Otherwise it is only reported.",
    column="evidence_code",
    remedy=("Før målingen, eller kod utsagnet som oppgitt.", "Enter the measurement, or code the claim as reported."),
)
def measured_claims_have_a_measurement(tables: Tables) -> Outcome:
    """«Oppgitt» raised to «målt» with no figure anywhere."""
    claims = tables["benefit_claims"].filter(
        (pl.col("modality_code") == _MEASURED) | (pl.col("evidence_code") == MEASURED_BY_PARTICIPANT)
    )
    without = claims.join(measured_benefits(tables), on="benefit_id", how="anti")
    return Outcome(claims.height, without["benefit_claim_id"].to_list())


def _with_signs(plans: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    """Plans with a baseline and a direction, of benefits that are for the better."""
    better = tables["benefits"].filter(pl.col("benefit_sign_code") != FOR_THE_WORSE).select("benefit_id")
    return plans.drop_nulls(["baseline_value", "desired_direction_code"]).join(better, on="benefit_id", how="semi")


def _goes_the_wrong_way(value: str) -> pl.Expr:
    higher = pl.col("desired_direction_code") == "higher"
    return (
        pl.when(higher)
        .then(pl.col(value) < pl.col("baseline_value"))
        .otherwise(pl.col(value) > pl.col("baseline_value"))
    )


@invariant(
    "benefit_measurements",
    Severity.WARNING,
    Owner.EVALUATOR,
    reads=("benefits", "benefit_plans", "benefit_measurements"),
    nb="Ingen målt verdi er dårligere enn nullpunktet, når gevinsten er til det bedre. Da er nullpunkt og verdi trolig "
    "byttet om, eller så ble det verre, og gevinsten har feil fortegn.",
    en="No value measured is worse than its baseline where the benefit is for the better. Baseline and value are then "
    "probably swapped; or it became worse, and the benefit has the wrong sign.",
    column="measured_value",
    remedy=(
        "Slå opp begge tallene. Ble det verre, sett fortegnet til negative.",
        "Look up both figures. If it became worse, set the sign to negative.",
    ),
)
def measurements_go_the_desired_way(tables: Tables) -> Outcome:
    """30 before and 50 after, entered the other way round: an improvement would be shown as harm."""
    plans = _with_signs(tables["benefit_plans"], tables)
    rows = tables["benefit_measurements"].join(plans, on="benefit_plan_id", suffix="_planned")
    wrong = rows.filter(_goes_the_wrong_way("measured_value"))
    return Outcome(rows.height, [_both(row, "measured_value") for row in wrong.iter_rows(named=True)])


@invariant(
    "benefit_plans",
    Severity.WARNING,
    Owner.EVALUATOR,
    reads=("benefits", "benefit_plans"),
    nb="Intet mål er dårligere enn nullpunktet. Da er de to byttet om, eller retningen er feil.",
    en="No target is worse than its baseline. The two are then swapped, or the direction is wrong.",
    column="target_value",
)
def targets_lie_the_desired_way(tables: Tables) -> Outcome:
    """A target of 30 from a baseline of 60 where higher is better: it would be reached from the first day."""
    rows = _with_signs(tables["benefit_plans"], tables).drop_nulls("target_value")
    wrong = rows.filter(_goes_the_wrong_way("target_value"))
    return Outcome(rows.height, [_both(row, "target_value") for row in wrong.iter_rows(named=True)])


def _both(row: dict[str, object], value: str) -> str:
    """The key of a row with both values, since either may be the wrong one."""
    key = row["benefit_measurement_id" if value == "measured_value" else "benefit_plan_id"]
    return f"{key} ({row['baseline_value']:g} → {row[value]:g})"


@invariant(
    "benefits",
    Severity.CRITICAL,
    Owner.EVALUATOR,
    reads=("benefits",),
    nb="Gevinstene en gevinst avhenger av, finnes i samme prosjekt, og ingen avhenger av seg selv. Ellers kan "
    "gevinstkartet ikke leses.",
    en="The benefits that one depends on exist in the same project, and none depends on itself. Otherwise the benefit "
    "map cannot be read.",
    column="depends_on_ids",
)
def benefits_depend_on_earlier_ones(tables: Tables) -> Outcome:
    """A mistyped id in the list, or two benefits that each wait for the other."""
    rows = tables["benefits"].select("benefit_id", "project_id", first=pl.col("depends_on_ids").str.split(" "))
    links = rows.explode("first").drop_nulls("first")
    known = rows.select("project_id", first="benefit_id")
    lost = links.join(known, on=["project_id", "first"], how="anti").get_column("benefit_id").to_list()
    # What waits for nothing is taken away until nothing can be: the rest runs in a circle.
    left = links.select("benefit_id", "first")
    while True:
        waiting = left.join(left.select(first="benefit_id").unique(), on="first", how="semi")
        if waiting.height == left.height:
            return Outcome(links.height, lost + left.get_column("benefit_id").to_list())
        left = waiting


@invariant(
    "benefit_plans",
    Severity.CRITICAL,
    Owner.EVALUATOR,
    reads=("benefit_plans",),
    nb="En endret plan viser til den første planen for samme gevinst, målt i samme enhet. Ellers blir det to planer, "
    "eller de kan ikke sammenlignes.",
    en="A changed plan refers to the first plan of the same benefit, in the same unit. Otherwise there are two plans, "
    "or they cannot be compared.",
    column="revises_plan_id",
)
def changed_plans_refer_to_the_first(tables: Tables) -> Outcome:
    """A third version that refers to the second: the indicator would fall apart in two."""
    plans = tables["benefit_plans"]
    first = plans.select("benefit_id", "unit_code", "revises_plan_id", "benefit_plan_id")
    changed = plans.drop_nulls("revises_plan_id")
    rows = changed.join(first, left_on="revises_plan_id", right_on="benefit_plan_id", how="left", suffix="_first")
    wrong = (
        pl.col("revises_plan_id_first").is_not_null()
        | (pl.col("benefit_id") != pl.col("benefit_id_first"))
        | (pl.col("unit_code") != pl.col("unit_code_first"))
    )
    return Outcome(rows.height, rows.filter(wrong)["benefit_plan_id"].to_list())


BENEFIT_INVARIANTS: tuple[Invariant, ...] = (
    status_falls_have_a_reason,
    measured_claims_have_a_measurement,
    measurements_go_the_desired_way,
    targets_lie_the_desired_way,
    benefits_depend_on_earlier_ones,
    changed_plans_refer_to_the_first,
)

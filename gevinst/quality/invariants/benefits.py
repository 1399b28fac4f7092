"""Rules that keep a benefit one thing: its claims, plans and measurements fit together, and its map leads somewhere.

Belongs here: rules across benefits, claims, plans and measurements, what counts as proof, and steps of the ladder in
their order.
Does not belong here: what is no benefit at all (`evaluations.py`), when things became known (`dates.py`), and what an
expectation of a frame of plans, measurements or claims can say (`gevinst.quality.suites.evaluations`).
"""

from __future__ import annotations

import polars as pl

from gevinst.bilingual import ENTERED
from gevinst.contracts.benefits import BENEFIT_VALUES
from gevinst.contracts.vocabulary import (
    AWARDED,
    DOCUMENTED,
    FOR_THE_WORSE,
    MEASURED_BY_PARTICIPANT,
    PARTICIPANTS,
    SHARE,
    STEPS,
    Severity,
)
from gevinst.method.as_of import first_possible_day, last_possible_day
from gevinst.method.frames import lazy
from gevinst.quality.invariants.model import Invariant, Outcome, Tables, invariant
from gevinst.quality.model import ALL_TABLES, Owner

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
        .to_native()
        .with_columns(step=pl.col("status_code").replace_strict(_STEP, default=None, return_dtype=pl.Int64))
        .drop_nulls("step")
    )
    earlier = steps.select("project_id", before="step", before_on="last_day")
    pairs = steps.join(earlier, on="project_id").filter(pl.col("before_on") < pl.col("first_day"))
    newest = pairs.filter(pl.col("before_on") == pl.col("before_on").max().over("status_assessment_id"))
    fallen = newest.filter((pl.col("step") < pl.col("before")) & pl.col("step_reason_code").is_null())
    compared = newest.select("status_assessment_id").unique()
    return Outcome([compared], [fallen.select("status_assessment_id")])


@invariant(
    "benefit_claims",
    Severity.CRITICAL,
    Owner.EVALUATOR,
    reads=("benefit_claims", "benefit_plans", "benefit_measurements"),
    nb="En dokumentert gevinst er målt mot et nullpunkt av noen som ikke deltar. Hva slags dokument det står i, "
    "beviser ingenting. Måler deltakerne selv, er den målt og oppgitt; ellers er den bare oppgitt.",
    en="A documented benefit is measured against a baseline by somebody who takes no part. The type of the document "
    "proves nothing. Measured by participants it is measured as stated; otherwise it is only reported.",
    column="evidence_code",
    remedy=(
        "Før målingen med den som målte, eller kod utsagnet etter hvem som sier det.",
        "Enter the measurement with who measured it, or code the claim by who says it.",
    ),
)
def documented_claims_have_proof(tables: Tables) -> Outcome:
    """«The owner says they save two staff years», from an interview entered as a report."""
    claims = tables["benefit_claims"].filter(pl.col("evidence_code") == DOCUMENTED)
    measured = _measured_benefits(tables).filter(~pl.col("stated_by_code").is_in(PARTICIPANTS))
    unproven = claims.join(measured, on="benefit_id", how="anti")
    return Outcome([claims], [unproven.select("benefit_claim_id")])


def _measured_benefits(tables: Tables) -> pl.LazyFrame:
    """`benefit_id` and `stated_by_code` of measurements against a baseline, in whichever version of the plan it is."""
    plans = tables["benefit_plans"].with_columns(root=pl.coalesce("revises_plan_id", "benefit_plan_id"))
    based = plans.drop_nulls("baseline_value").select("root").unique()
    measured = tables["benefit_measurements"].join(
        plans.select("benefit_plan_id", "benefit_id", "root"), on="benefit_plan_id"
    )
    return measured.join(based, on="root", how="semi").select("benefit_id", "stated_by_code")


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
    without = claims.join(_measured_benefits(tables), on="benefit_id", how="anti")
    return Outcome([claims], [without.select("benefit_claim_id")])


@invariant(
    "benefit_claims",
    Severity.CRITICAL,
    Owner.EVALUATOR,
    reads=("benefit_claims",),
    nb="Er flere utsagn ført på samme gevinst, sier alle unntatt ett hvorfor de gjelder den samme. At to utsagn er om "
    "samme slags gevinst, er ikke nok.",
    en="When several claims are entered on one benefit, all but one say why they are about the same. That two claims "
    "are of one kind of benefit is not enough.",
    column="same_benefit_reason_nb",
    remedy=(
        "Skriv hva i kilden som viser at det er samme gevinst, eller før en gevinst til.",
        "Write what in the source shows that it is the same benefit, or enter another benefit.",
    ),
)
def further_claims_say_why(tables: Tables) -> Outcome:
    """Two claims put together because their codes are the same: the goal would count as achieved."""
    claims = tables["benefit_claims"]
    silent = claims.filter(pl.col(f"same_benefit_reason_{ENTERED}").is_null()).select("benefit_id", "benefit_claim_id")
    first = silent.group_by("benefit_id").agg(pl.col("benefit_claim_id").min())
    further = silent.join(first, on="benefit_claim_id", how="anti")
    return Outcome([claims], [further.select("benefit_claim_id")])


def _with_signs(plans: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
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
    return Outcome([rows], [wrong.select(_both("benefit_measurement_id", "measured_value"))])


@invariant(
    "benefit_plans",
    Severity.WARNING,
    Owner.EVALUATOR,
    reads=("benefits", "benefit_plans"),
    nb="Intet mål er dårligere enn nullpunktet. Da er de to byttet om, eller retningen er feil.",
    en="No target is worse than its baseline. The two are then swapped, or the direction is wrong.",
    column="target_value",
    remedy=("Slå opp begge tallene i planen.", "Look up both figures in the plan."),
)
def targets_lie_the_desired_way(tables: Tables) -> Outcome:
    """A target of 30 from a baseline of 60 where higher is better: it would be reached from the first day."""
    rows = _with_signs(tables["benefit_plans"], tables).drop_nulls("target_value")
    wrong = rows.filter(_goes_the_wrong_way("target_value"))
    return Outcome([rows], [wrong.select(_both("benefit_plan_id", "target_value"))])


def _both(key: str, value: str) -> pl.Expr:
    """The key of a row with both values, since either may be the wrong one."""
    parts = pl.struct(key=key, before="baseline_value", now=value)
    return parts.map_elements("{0[key]} ({0[before]:g} → {0[now]:g})".format, return_dtype=pl.String)


@invariant(
    ALL_TABLES,
    Severity.WARNING,
    Owner.EVALUATOR,
    reads=("benefit_plans", "benefit_measurements", "benefit_values", "measurement_units"),
    nb="En andel er ført i prosent, fra 0 til 100, og ikke som en del av én. 0,85 er under én prosent, ikke 85.",
    en="A share is entered in per cent, from 0 to 100, and not as a part of one. 0.85 is below one per cent, not 85.",
    remedy=("Skriv tallet i prosent, om det er en andel.", "Write the figure in per cent, if it is a share."),
)
def shares_are_in_per_cent(tables: Tables) -> Outcome:
    """0.85 beside 90: the share would seem to have fallen by 89 points."""
    shares = (
        tables["measurement_units"]
        .filter((pl.col("unit_kind_code") == SHARE) & (pl.col("unit_code") != "percentage_points"))
        .select("unit_code")
    )
    plans = tables["benefit_plans"].join(shares, on="unit_code", how="semi")
    measured = tables["benefit_measurements"].join(plans.select("benefit_plan_id"), on="benefit_plan_id", how="semi")
    values = tables["benefit_values"]
    looked = [
        *((plans, "benefit_plan_id", name) for name in ("baseline_value", "target_value")),
        (measured, "benefit_measurement_id", "measured_value"),
        *((values, "benefit_value_id", name) for name in BENEFIT_VALUES.column_names if name.endswith("_pct")),
    ]
    faults = [
        frame.filter((pl.col(name) > 0) & (pl.col(name) < 1)).select(
            pl.format(f"{key.removesuffix('_id')}s/{{}}.{name}", key)
        )
        for frame, key, name in looked
    ]
    return Outcome([frame for frame, _, _ in looked], faults)


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
    remedy=("Rett nøklene i lista.", "Correct the ids in the list."),
)
def benefits_depend_on_earlier_ones(tables: Tables) -> Outcome:
    """A mistyped id in the list, or two benefits that each wait for the other."""
    rows = tables["benefits"].select("benefit_id", "project_id", first=pl.col("depends_on_ids").str.split(" "))
    links = rows.explode("first").drop_nulls("first")
    known = rows.select("project_id", first="benefit_id")
    lost = links.join(known, on=["project_id", "first"], how="anti")
    # What waits for nothing is taken away until nothing can be: the rest runs in a circle.
    left = links.select("benefit_id", "first").collect()
    while True:
        waiting = left.join(left.select(first="benefit_id").unique(), on="first", how="semi")
        if waiting.height == left.height:
            return Outcome([links], [frame.select("benefit_id") for frame in (lost, left.lazy())])
        left = waiting


@invariant(
    "benefit_plans",
    Severity.CRITICAL,
    Owner.EVALUATOR,
    reads=("benefit_plans",),
    nb="En endret plan viser til den første planen for indikatoren, og har samme gevinst, indikator, enhet, valuta og "
    "prisår. Ellers sammenlignes tall som ikke er i samme mål.",
    en="A changed plan refers to the first plan of its indicator, and has the same benefit, indicator, unit, currency "
    "and price year. Otherwise figures are compared that do not measure the same.",
    column="revises_plan_id",
    remedy=(
        "Vis til den første planen, eller før en ny plan når noe annet skal måles.",
        "Refer to the first plan, or enter a plan of its own when something else is to be measured.",
    ),
)
def changed_plans_keep_their_measure(tables: Tables) -> Outcome:
    """A change that refers to another change, or that turns hours into kroner."""
    plans = tables["benefit_plans"]
    same = ("benefit_id", "indicator_nb", "unit_code", "currency_code", "price_year")
    changes = plans.drop_nulls("revises_plan_id")
    first = plans.select(*same, "revises_plan_id", key="benefit_plan_id")
    joined = changes.join(first, left_on="revises_plan_id", right_on="key", suffix="_first")
    differs = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_first")) for name in same)
    is_wrong = differs | pl.col("revises_plan_id_first").is_not_null()
    return Outcome([changes], [joined.filter(is_wrong).select("benefit_plan_id")])


BENEFIT_INVARIANTS: tuple[Invariant, ...] = (
    status_falls_have_a_reason,
    documented_claims_have_proof,
    measured_claims_have_a_measurement,
    further_claims_say_why,
    measurements_go_the_desired_way,
    targets_lie_the_desired_way,
    shares_are_in_per_cent,
    benefits_depend_on_earlier_ones,
    changed_plans_keep_their_measure,
)

"""Rules that keep a benefit one thing: its claims, plans and measurements fit together, and its map leads somewhere.

Belongs here: rules across benefits, beneficiaries, claims, plans and measurements.
Does not belong here: what is no benefit at all (`evaluations.py`), and when things became known (`dates.py`).
"""

from __future__ import annotations

import polars as pl

from gevinst.bilingual import LANGUAGES
from gevinst.contracts.vocabulary import (
    DOCUMENTED,
    MEASURED_BY_PARTICIPANT,
    MONEY,
    OUTSIDE_DOCUMENTS,
    PARTICIPANTS,
    SCHEME_DOCUMENTS,
    SHARE,
    Severity,
)
from gevinst.quality.invariants.model import Invariant, Outcome, Tables, invariant
from gevinst.quality.model import Owner

_DIFFERENCES = ("percentage_points",)
"""Shares that may be below zero: they are the difference of two."""
_WHOLE = 100
_ISO_4217 = "^[A-Z]{3}$"


@invariant(
    "benefit_claims",
    Severity.CRITICAL,
    Owner.EVALUATOR,
    reads=(
        "benefit_claims",
        "benefit_plans",
        "benefit_measurements",
        "sources",
        "participations",
        "organisations",
        "organisation_names",
    ),
    nb="En dokumentert gevinst er målt mot et nullpunkt av noen som ikke deltar, eller står i en kilde fra noen "
    "utenfor prosjektet og ordningen. Måler deltakerne selv, er den målt og oppgitt; ellers er den bare oppgitt.",
    en="A documented benefit is measured against a baseline by somebody who takes no part, or stated by a source from "
    "outside the project and the scheme. Measured by participants it is measured as stated; otherwise it is only "
    "reported.",
)
def documented_claims_have_proof(tables: Tables) -> Outcome:
    """The owner's own word or own measurement graded as documented: the strongest grade on the weakest source."""
    claims = tables["benefit_claims"].filter(pl.col("evidence_code") == DOCUMENTED)
    measured = _measured_benefits(tables).filter(~pl.col("stated_by_code").is_in(PARTICIPANTS))
    # Outside the scheme is not enough: a participant may have published the document on a site of its own.
    confirmed = claims.join(_outsiders(tables), on="source_id").join(
        _documents_of_participants(tables), on=["project_id", "source_id"], how="anti"
    )
    unproven = claims.join(measured, on="benefit_id", how="anti").join(
        confirmed.select("benefit_claim_id"), on="benefit_claim_id", how="anti"
    )
    return Outcome(claims.height, unproven.get_column("benefit_claim_id").to_list())


def _measured_benefits(tables: Tables) -> pl.DataFrame:
    """`benefit_id` and `stated_by_code` of measurements against a baseline, in whichever version of the plan it is."""
    plans = tables["benefit_plans"].with_columns(root=pl.coalesce("revises_plan_id", "benefit_plan_id"))
    based = plans.drop_nulls("baseline_value").select("root").unique()
    measured = tables["benefit_measurements"].join(
        plans.select("benefit_plan_id", "benefit_id", "root"), on="benefit_plan_id"
    )
    return measured.join(based, on="root", how="semi").select("benefit_id", "stated_by_code")


def _outsiders(tables: Tables) -> pl.DataFrame:
    """`source_id` of documents whose kind and publisher are not the scheme's."""
    sources = tables["sources"]
    scheme = sources.filter(pl.col("document_type_code").is_in(SCHEME_DOCUMENTS)).select("publisher")
    outside = sources.filter(pl.col("document_type_code").is_in(OUTSIDE_DOCUMENTS))
    return outside.join(scheme, on="publisher", how="anti").select("source_id")


def _documents_of_participants(tables: Tables) -> pl.DataFrame:
    """`project_id` and `source_id` where an organisation of the project published the document."""
    names = pl.concat(
        [tables[name].select("organisation_id", "name") for name in ("organisations", "organisation_names")]
    )
    published = (
        tables["sources"].join(names, left_on="publisher", right_on="name").select("source_id", "organisation_id")
    )
    return (
        tables["participations"]
        .join(published, on="organisation_id", suffix="_published")
        .select("project_id", source_id="source_id_published")
    )


@invariant(
    "benefit_claims",
    Severity.CRITICAL,
    Owner.EVALUATOR,
    reads=("benefit_claims", "benefit_plans", "benefit_measurements"),
    nb="En gevinst som er målt og oppgitt av en deltaker, har en måling mot et nullpunkt. Uten tallene er den bare "
    "oppgitt.",
    en="A benefit that is measured as stated by a participant has a measurement against a baseline. Without the "
    "figures it is only reported.",
)
def measured_claims_have_a_measurement(tables: Tables) -> Outcome:
    """«We have measured it», with no figure entered."""
    claims = tables["benefit_claims"].filter(pl.col("evidence_code") == MEASURED_BY_PARTICIPANT)
    without = claims.join(_measured_benefits(tables), on="benefit_id", how="anti")
    return Outcome(claims.height, without.get_column("benefit_claim_id").to_list())


@invariant(
    "benefit_claims",
    Severity.CRITICAL,
    Owner.EVALUATOR,
    reads=("benefit_claims", "benefits"),
    nb="Et utsagn gjelder en gevinst i samme prosjekt. Ellers avløser utsagn om ett prosjekt det som er sagt om et "
    "annet.",
    en="A claim is about a benefit of the same project. Otherwise a claim of one project supersedes what is said of "
    "another.",
)
def claims_are_about_their_project(tables: Tables) -> Outcome:
    """The id of a benefit copied from the row above, which was about another project."""
    claims = tables["benefit_claims"]
    joined = claims.join(tables["benefits"].select("benefit_id", of="project_id"), on="benefit_id")
    return Outcome(claims.height, joined.filter(pl.col("of") != pl.col("project_id"))["benefit_claim_id"].to_list())


@invariant(
    "benefit_claims",
    Severity.CRITICAL,
    Owner.EVALUATOR,
    reads=("benefit_claims",),
    nb="Er flere utsagn ført på samme gevinst, sier alle unntatt ett hvorfor de gjelder den samme. At to utsagn er om "
    "samme slags gevinst, er ikke nok.",
    en="When several claims are entered on one benefit, all but one say why they are about the same. That two claims "
    "are of one kind of benefit is not enough.",
)
def further_claims_say_why(tables: Tables) -> Outcome:
    """Two claims put together because their codes are the same: the goal would count as achieved."""
    claims = tables["benefit_claims"].sort("benefit_claim_id")
    silent = claims.filter(pl.any_horizontal(pl.col(f"same_benefit_reason_{text}").is_null() for text in LANGUAGES))
    further = silent.filter(pl.col("benefit_claim_id").cum_count().over("benefit_id") > 1)
    return Outcome(claims.height, further.get_column("benefit_claim_id").to_list())


@invariant(
    "benefits",
    Severity.CRITICAL,
    Owner.EVALUATOR,
    reads=("benefits",),
    nb="Gevinstene en gevinst bygger på, finnes i samme prosjekt, og ingen av dem bygger på den igjen. Ellers kan ikke "
    "gevinstkartet tegnes.",
    en="The benefits that a benefit builds on exist in the same project, and none of them builds on it in turn. "
    "Otherwise the benefit map cannot be drawn.",
)
def benefit_maps_lead_somewhere(tables: Tables) -> Outcome:
    """A mistyped id, a benefit of another project, or two that wait for one another."""
    benefits = tables["benefits"]
    project = dict(benefits.select("benefit_id", "project_id").iter_rows())
    before: dict[str, list[str]] = {
        key: str(needed or "").split() for key, needed in benefits.select("benefit_id", "depends_on_ids").iter_rows()
    }
    lost = [
        benefit for benefit, needed in before.items() if any(project.get(one) != project[benefit] for one in needed)
    ]
    return Outcome(benefits.height, lost + _in_circles(before))


def _in_circles(before: dict[str, list[str]]) -> list[str]:
    """Benefits that come before themselves; what is not listed comes before nothing."""
    # Take away what has nothing left to wait for, until nothing more goes: what remains waits for itself.
    waiting = {benefit: {one for one in needed if one in before} for benefit, needed in before.items()}
    while ready := {benefit for benefit, needed in waiting.items() if not needed}:
        waiting = {benefit: needed - ready for benefit, needed in waiting.items() if benefit not in ready}
    return list(waiting)


@invariant(
    "benefit_plans",
    Severity.CRITICAL,
    Owner.EVALUATOR,
    reads=("benefit_plans",),
    nb="En endret plan viser til den første planen for indikatoren, og har samme gevinst, indikator, enhet, valuta og "
    "prisår. Ellers sammenlignes tall som ikke er i samme mål.",
    en="A changed plan refers to the first plan of its indicator, and has the same benefit, indicator, unit, currency "
    "and price year. Otherwise figures are compared that do not measure the same.",
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
    return Outcome(changes.height, joined.filter(is_wrong)["benefit_plan_id"].to_list())


@invariant(
    "benefit_plans",
    Severity.CRITICAL,
    Owner.EVALUATOR,
    reads=("benefit_plans", "measurement_units"),
    nb="En plan i penger oppgir valuta (tre bokstaver) og prisår, og andre planer gjør det ikke. Beløp fra ulike år og "
    "land kan ellers ikke sammenlignes.",
    en="A plan in money gives the currency (three letters) and the price year, and other plans do not. Amounts of "
    "different years and countries cannot be compared otherwise.",
)
def money_has_currency_and_price_year(tables: Tables) -> Outcome:
    """Kroner without a year, or a currency on a plan that is counted in hours."""
    plans = tables["benefit_plans"].join(tables["measurement_units"].select("unit_code", "unit_kind_code"), "unit_code")
    is_given = pl.col("currency_code").str.contains(_ISO_4217).fill_null(value=False)
    has_both = is_given & pl.col("price_year").is_not_null()
    has_one = pl.col("currency_code").is_not_null() | pl.col("price_year").is_not_null()
    is_wrong = pl.when(pl.col("unit_kind_code") == MONEY).then(~has_both).otherwise(has_one)
    return Outcome(plans.height, plans.filter(is_wrong)["benefit_plan_id"].to_list())


@invariant(
    "benefit_plans",
    Severity.WARNING,
    Owner.EVALUATOR,
    reads=("benefit_plans",),
    nb="Målet ligger på den siden av nullpunktet som er bedre. Ellers er de to byttet om, eller ønsket retning er "
    "feil.",
    en="The target is on the better side of the baseline. Otherwise the two are swapped, or the desired direction is "
    "wrong.",
)
def targets_lie_the_desired_way(tables: Tables) -> Outcome:
    """A target of 40 days from a baseline of 25, where fewer days are better."""
    plans = tables["benefit_plans"].drop_nulls(["baseline_value", "target_value", "desired_direction_code"])
    planned = pl.col("target_value") - pl.col("baseline_value")
    is_wrong = pl.when(pl.col("desired_direction_code") == "higher").then(planned < 0).otherwise(planned > 0)
    return Outcome(plans.height, plans.filter(is_wrong)["benefit_plan_id"].to_list())


@invariant(
    "benefit_measurements",
    Severity.CRITICAL,
    Owner.EVALUATOR,
    reads=("benefit_plans", "benefit_measurements", "measurement_units"),
    nb="Nullpunkt, mål og målt verdi ligger mellom 0 og 100 når enheten er prosent. Et antall ført her gir feil "
    "endring.",
    en="Baseline, target and measured value lie between 0 and 100 when the unit is per cent. A count entered here "
    "gives a wrong change.",
)
def shares_lie_between_0_and_100(tables: Tables) -> Outcome:
    """120 answers entered as 120 per cent, or 0.4 per cent below zero."""
    units = tables["measurement_units"].filter(
        (pl.col("unit_kind_code") == SHARE) & ~pl.col("unit_code").is_in(_DIFFERENCES)
    )
    plans = tables["benefit_plans"].join(units.select("unit_code"), on="unit_code", how="semi")
    measured = tables["benefit_measurements"].join(plans.select("benefit_plan_id"), on="benefit_plan_id", how="semi")
    of_plans = _outside(plans, "benefit_plan_id", "baseline_value", "target_value")
    return Outcome(
        plans.height + measured.height, of_plans + _outside(measured, "benefit_measurement_id", "measured_value")
    )


def _outside(rows: pl.DataFrame, key: str, *columns: str) -> list[str]:
    return rows.filter(pl.any_horizontal(~pl.col(name).is_between(0, _WHOLE) for name in columns))[key].to_list()


@invariant(
    "benefit_measurements",
    Severity.WARNING,
    Owner.EVALUATOR,
    reads=("benefit_plans", "benefit_measurements"),
    nb="Hver måling har et nullpunkt i planen. Uten det viser ikke tallet noen endring.",
    en="Every measurement has a baseline in its plan. Without it the figure shows no change.",
)
def measurements_have_a_baseline(tables: Tables) -> Outcome:
    """A figure after the measure, and none before it."""
    measured = tables["benefit_measurements"]
    plans = tables["benefit_plans"].with_columns(root=pl.coalesce("revises_plan_id", "benefit_plan_id"))
    based = plans.drop_nulls("baseline_value").select("root")
    known = plans.join(based, on="root", how="semi").select("benefit_plan_id")
    without = measured.join(known, on="benefit_plan_id", how="anti")
    return Outcome(measured.height, without["benefit_measurement_id"].to_list())


@invariant(
    "benefit_measurements",
    Severity.CRITICAL,
    Owner.EVALUATOR,
    reads=("benefit_plans", "benefit_measurements"),
    nb="Ingen målinger er gjort før nullpunktet. Da er før og etter byttet om.",
    en="No measurement is made before its baseline. Before and after are then swapped.",
)
def measurements_follow_their_baseline(tables: Tables) -> Outcome:
    """A baseline of 2021 and a measurement of 2019."""
    plans = tables["benefit_plans"].select("benefit_plan_id", "baseline_on")
    dated = tables["benefit_measurements"].join(plans, on="benefit_plan_id").drop_nulls(["baseline_on", "measured_on"])
    swapped = dated.filter(pl.col("measured_on") < pl.col("baseline_on"))
    return Outcome(dated.height, swapped["benefit_measurement_id"].to_list())


BENEFIT_INVARIANTS: tuple[Invariant, ...] = (
    documented_claims_have_proof,
    measured_claims_have_a_measurement,
    claims_are_about_their_project,
    further_claims_say_why,
    benefit_maps_lead_somewhere,
    changed_plans_keep_their_measure,
    money_has_currency_and_price_year,
    targets_lie_the_desired_way,
    shares_lie_between_0_and_100,
    measurements_have_a_baseline,
    measurements_follow_their_baseline,
)

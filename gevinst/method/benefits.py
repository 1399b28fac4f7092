"""Benefits, one by one: where each is in the chain of results, what is known of it, and whether it is measured.

Belongs here: which benefits an edition knows, the overview of each, and those without a measurement.
Does not belong here: claims and their evidence (`gains.py`), plans and measurements (`realisation.py`).
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from gevinst.contracts.vocabulary import ACHIEVED, EXPECTED, FOR_THE_BETTER, GOAL, REPORTED
from gevinst.method.as_of import (
    as_seen_by_last_edition,
    every_edition_of,
    last_possible_day,
    with_known_on,
)
from gevinst.method.counting import counted, first_of, last_of
from gevinst.method.frames import AFTER_ALL, BEFORE_ALL, Rules, Tables
from gevinst.method.status import months_between
from gevinst.method.stretches import known_at_moments, merged, moments, standing_at_moments, stretches_per_edition

_KEY = ("edition_year", "benefit_id")
_MOMENT: tuple[str, ...] = ("benefit_id", "valid_from")


def known_benefits(tables: Tables) -> nw.LazyFrame[Any]:
    """Benefits with category, link in the chain of results, whether they count, and the day they are known from.

    `known_on` is the later of the days on which the source of the benefit and that of its project became known. The
    link is the benefit's own, else that of its kind. A kind of benefit that table `benefit_categories` lacks has a null
    category and counts as a benefit; a general potential and a disbenefit never do.
    """
    projects = with_known_on(tables["projects"].select("project_id", "source_id"), tables["sources"])
    categories = tables["benefit_categories"].select(
        "benefit_code", "benefit_category_code", _usual_code="gain_nature_code", _is_gain="is_gain"
    )
    is_wanted = nw.col("benefit_sign_code") == FOR_THE_BETTER
    return (
        with_known_on(tables["benefits"].drop("is_illustrative"), tables["sources"])
        .join(projects.select("project_id", _project_known_on="known_on"), on="project_id", how="left")
        .join(categories, on="benefit_code", how="left")
        .with_columns(
            known_on=nw.max_horizontal("known_on", "_project_known_on"),
            gain_nature_code=nw.coalesce("chain_level_code", "_usual_code"),
            is_gain=nw.col("_is_gain").fill_null(True) & is_wanted,
        )
        .drop("_project_known_on", "_usual_code", "_is_gain")
    )


def rows_of_benefits(name: str, tables: Tables) -> nw.LazyFrame[Any]:
    """Rows of a table about benefits with `project_id` and `known_on`: no earlier than what they are about is known.

    `name` is benefit_claims, benefit_plans or benefit_measurements. An edition leaves out a row whose benefit or plan
    it does not know, so that a count of all rows must do so too.
    """
    rows = with_known_on(tables[name], tables["sources"])
    if name == "benefit_measurements":
        plans = rows_of_benefits("benefit_plans", tables)
        return _after(rows, plans.select("benefit_plan_id", "project_id", _earliest="known_on"), "benefit_plan_id")
    benefits = with_known_on(tables["benefits"], tables["sources"])
    of_benefit = benefits.select("benefit_id", "project_id", _earliest="known_on")
    return _after(rows.drop("project_id", strict=False), of_benefit, "benefit_id")


def _after(rows: nw.LazyFrame[Any], dated: nw.LazyFrame[Any], key: str) -> nw.LazyFrame[Any]:
    return rows.join(dated, on=key, how="inner").with_columns(known_on=nw.max_horizontal("known_on", "_earliest"))


def benefit_validity(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per benefit and stretch in which nothing that is said of it changed; contract `benefit_validity`.

    The surest evidence is that of all claims of this benefit, superseded ones included, and null when nobody has
    spoken of it. It has a goal when a claim states one or a plan has a target. The status is the latest one that a
    plan states, and never derived. `known_on` is the day the benefit itself became known. A second measurement of an
    indicator, and a changed plan that changes nothing here, begin no stretch.
    Source: a benefit has an identity, on which claims, plans and measurements hang.
    """
    benefits = known_benefits(tables).select(
        "benefit_id",
        "project_id",
        "name_nb",
        "name_en",
        "benefit_code",
        "benefit_category_code",
        "gain_nature_code",
        "is_gain",
        "benefit_sign_code",
        "depends_on_ids",
        "known_on",
        "source_id",
        "source_locator",
    )
    # A claim is in force from the day it is known, and counts here also after a better one has come.
    claims = tables["claim_validity"].with_columns(known_on=nw.col("valid_from")).drop("valid_from", "valid_to")
    begun = moments("benefit_id", benefits, claims, tables["plan_validity"].select("benefit_id", known_on="valid_from"))
    spoken = known_at_moments(claims, begun, "benefit_id")
    planned = indicators(standing_at_moments(tables["plan_validity"], begun, "benefit_id"))
    joined = begun.join(benefits, on="benefit_id", how="inner")
    for part in (_spoken_of(spoken), _surest(spoken, tables), _planned(planned), _stated_status(planned)):
        joined = joined.join(part, on=list(_MOMENT), how="left")
    counts = ("claim_count", "plan_count", "measured_plan_count", "_goals", "_targets")
    decided = joined.with_columns(nw.col(name).fill_null(0) for name in counts).with_columns(
        has_goal=(nw.col("_goals") > 0) | (nw.col("_targets") > 0),
        is_achieved=nw.col("best_evidence_code").is_in(ACHIEVED).fill_null(False),
    )
    stretches = merged(decided.drop("_goals", "_targets"), "benefit_id")
    return as_seen_by_last_edition(stretches, tables["edition_years"])


def benefit_overview(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per benefit and edition year that knows it; contract `benefit_overview`.

    What an edition says of a benefit is the row of `benefit_validity` whose stretch holds the edition's `as_of_on`;
    `valid_from` is the day the benefit itself became known.
    Source: a benefit has an identity, on which claims, plans and measurements hang.
    """
    seen = stretches_per_edition(tables["benefit_validity"], tables["edition_years"])
    return seen.rename({"known_on": "valid_from"})


def _spoken_of(claims: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    return counted(
        claims,
        _MOMENT,
        claim_count=~nw.col("benefit_claim_id").is_null(),
        _goals=nw.col("modality_code") == GOAL,
    )


def _surest(claims: nw.LazyFrame[Any], tables: Tables) -> nw.LazyFrame[Any]:
    """The surest claim of each benefit; of several the one known first, then the first id."""
    evidence = tables["codelists"].filter(nw.col("codelist") == "evidence")
    # Ranks are negated, since an order has no direction of its own.
    ranks = evidence.select(evidence_code="code", _rank=-nw.col("rank"))
    ranked = claims.join(ranks, on="evidence_code", how="left")
    first = first_of(ranked, _MOMENT, "_rank", "known_on", "benefit_claim_id")
    return first.select(*_MOMENT, best_evidence_code="evidence_code", best_stated_by_code="stated_by_code")


def indicators(rows: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Rows of `planned_realised` or `plan_validity`, one per indicator: that of the newest measurement, or of none."""
    return rows.filter(nw.col("is_newest") | ~nw.col("is_measured"))


def _planned(planned: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    return counted(
        planned,
        _MOMENT,
        plan_count=~nw.col("benefit_plan_id").is_null(),
        measured_plan_count=nw.col("is_measured"),
        _targets=~nw.col("target_value").is_null(),
    )


def _stated_status(planned: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """The latest status that a plan of the benefit states; one without a date is before all that have one."""
    stated = planned.filter(~nw.col("benefit_status_code").is_null())
    dated = stated.with_columns(_on=last_possible_day("status").fill_null(BEFORE_ALL))
    last = last_of(dated, _MOMENT, "_on", "benefit_plan_id")
    return last.select(*_MOMENT, "benefit_status_code", "status_on", "status_precision")


def unmeasured_benefits(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year and benefit without a measurement against a baseline; contract `unmeasured_benefits`.

    Planned, expected and reported benefits: one that is measured or documented by a claim alone may rest on a document
    that gives no numbers. Who answers is what the plan with the earliest next measurement says, else the benefit, else
    the project owner. `months_known` are whole months from when the benefit became known to the edition's date.
    Organisation, role and dates are null when no source states them; that no measurement is known does not mean that
    there is none. Source: the follow-up part of a Norwegian benefits realisation plan.
    """
    evidence = nw.col("best_evidence_code")
    is_open = evidence.is_null() | evidence.is_in([EXPECTED, REPORTED]).fill_null(False)
    measured = tables["planned_realised"].filter(nw.col("is_measured") & ~nw.col("baseline_value").is_null())
    benefits = tables["benefits"].select(
        "benefit_id",
        _benefit_organisation_id="responsible_organisation_id",
        _benefit_role_code="responsible_role_code",
    )
    joined = (
        tables["benefit_overview"]
        .filter(nw.col("is_gain") & is_open)
        .join(measured.select(*_KEY), on=list(_KEY), how="anti")
        .join(_next_measurements(tables), on=list(_KEY), how="left")
        .join(benefits, on="benefit_id", how="left")
        .join(_owners(tables), on=["edition_year", "project_id"], how="left")
        .join(tables["edition_years"].select("edition_year", "as_of_on"), on="edition_year", how="left")
    )
    return joined.with_columns(
        evidence_code=evidence,
        responsible_organisation_id=nw.coalesce("_planned_organisation_id", "_benefit_organisation_id", "_owner_id"),
        responsible_role_code=_role(),
        is_overdue=(last_possible_day("next_measurement") < nw.col("as_of_on")).fill_null(False),
        months_known=months_between("valid_from", "as_of_on"),
    )


def _role() -> nw.Expr:
    """The role that goes with whoever answers: a plan that names an organisation and no role has none."""
    in_plan = ~(nw.col("_planned_organisation_id").is_null() & nw.col("_planned_role_code").is_null())
    in_benefit = ~(nw.col("_benefit_organisation_id").is_null() & nw.col("_benefit_role_code").is_null())
    owner = nw.when(~nw.col("_owner_id").is_null()).then(nw.lit("prosjekteier"))
    of_benefit = nw.when(in_benefit).then(nw.col("_benefit_role_code")).otherwise(owner)
    return nw.when(in_plan).then(nw.col("_planned_role_code")).otherwise(of_benefit)


def _next_measurements(tables: Tables) -> nw.LazyFrame[Any]:
    """The indicator that is to be measured first, of each benefit."""
    dated = indicators(tables["planned_realised"]).with_columns(
        _on=last_possible_day("next_measurement").fill_null(AFTER_ALL)
    )
    first = first_of(dated, _KEY, "_on", "benefit_plan_id")
    return first.select(
        *_KEY,
        "next_measurement_on",
        "next_measurement_precision",
        _planned_organisation_id="responsible_organisation_id",
        _planned_role_code="responsible_role_code",
    )


def _owners(tables: Tables) -> nw.LazyFrame[Any]:
    owners = tables["participations"].filter(nw.col("role_code") == "owner")
    known = every_edition_of(
        with_known_on(owners.select("project_id", "organisation_id", "source_id"), tables["sources"]),
        tables["edition_years"],
    )
    # A project has one owner; were there two, one row each would list every benefit twice.
    return known.group_by("edition_year", "project_id").agg(_owner_id=nw.col("organisation_id").min())

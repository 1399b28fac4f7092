"""Benefits: the trail of claims, which of them are in force, and how well each kind is evidenced.

Belongs here: marts computed from what somebody says of benefits.
Does not belong here: what was measured and planned (`realisation.py`), and values in kroner (`npv.py`).
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from gevinst.contracts.marts_benefits import BENEFIT_EVIDENCE
from gevinst.contracts.vocabulary import ACHIEVED, DOCUMENTED, EXPECTED, PARTICIPANTS, REPORTED
from gevinst.method.additivity import sum_measure
from gevinst.method.as_of import every_edition_of, last_possible_day, with_known_on
from gevinst.method.frames import Rules, Tables
from gevinst.method.shares import share_pct
from gevinst.method.status import months_between

SAME_BENEFIT = ("project_id", "benefit_code", "beneficiary_code")
"""What makes two claims claims of the same benefit, so that the better evidenced one supersedes the other."""
_COUNTS = {
    "expected_count": EXPECTED,
    "reported_count": REPORTED,
    "documented_count": DOCUMENTED,
}


def benefit_trail(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per claim and edition year that knows it; contract `benefit_trail`.

    Within a project, kind of benefit and beneficiary, a claim is superseded from the first day on which a better
    evidenced one is known (ranks of code list `evidence`); of several known on that day by the best, then by the first
    id. A claim that is the weaker one already when it comes has a `valid_to` equal to its `valid_from`. Equally well
    evidenced claims are in force side by side. `valid_to` and `superseded_by_id` are null as long as an edition does
    not know of them. A kind of benefit that table `benefit_categories` lacks has a null category and counts as a
    benefit. Source: the rule that the better evidenced statement supersedes and the older stays visible.
    """
    claims = _dated_claims(tables)
    known = every_edition_of(
        claims.join(_superseders(claims), on="benefit_claim_id", how="left"), tables["edition_years"]
    )
    # On the edition's own day the better claim is known already, so that the weaker one has given way.
    is_superseded = (nw.col("_superseded_on") <= nw.col("as_of_on")).fill_null(False)
    return known.with_columns(
        is_superseded=is_superseded,
        valid_from=nw.col("known_on"),
        valid_to=nw.when(is_superseded).then(nw.max_horizontal("known_on", "_superseded_on")),
        superseded_by_id=nw.when(is_superseded).then(nw.col("_superseded_by")),
        is_gain=nw.col("is_gain").fill_null(True),
    )


def _dated_claims(tables: Tables) -> nw.LazyFrame[Any]:
    """Claims with category, rank of their evidence, and the day on which both claim and project are known."""
    projects = with_known_on(tables["projects"].select("project_id", "source_id"), tables["sources"])
    categories = tables["benefit_categories"].select(
        "benefit_code", "benefit_category_code", "gain_nature_code", "is_gain"
    )
    ranks = (
        tables["codelists"].filter(nw.col("codelist") == "evidence").select(evidence_code="code", evidence_rank="rank")
    )
    return (
        with_known_on(tables["benefit_claims"].drop("is_illustrative"), tables["sources"])
        .join(projects.select("project_id", _project_known_on="known_on"), on="project_id", how="left")
        .with_columns(known_on=nw.max_horizontal("known_on", "_project_known_on"))
        .join(categories, on="benefit_code", how="left")
        .join(ranks, on="evidence_code", how="left")
    )


def _superseders(claims: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """For each claim that has a better evidenced one: which was known first, and from when.

    Claims meet only those of the same project, kind of benefit and beneficiary.
    """
    better = claims.select(
        *SAME_BENEFIT,
        _better_id="benefit_claim_id",
        _better_on="known_on",
        _better_rank="evidence_rank",
    )
    pairs = (
        claims.select("benefit_claim_id", "evidence_rank", *SAME_BENEFIT)
        .join(better, on=list(SAME_BENEFIT), how="inner")
        .filter(nw.col("_better_rank") > nw.col("evidence_rank"))
        .with_columns(_order=-nw.col("_better_rank"))
    )
    # First known, then best (the rank is negated, since an order has no direction of its own), then first id.
    first = nw.col("_better_id").first().over("benefit_claim_id", order_by=["_better_on", "_order", "_better_id"])
    return (
        pairs.with_columns(_first=first)
        .filter(nw.col("_better_id") == nw.col("_first"))
        .select("benefit_claim_id", _superseded_by="_better_id", _superseded_on="_better_on")
    )


def benefit_evidence(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year, project and category; contract `benefit_evidence`.

    Counts of claims in force by evidence, the best evidence among them, and how many are superseded. A general
    potential has a row of its own with `is_gain` false, so that it is seen and never counted as a benefit.
    Source: evidence grades in docs/method/benefit_evidence.md.
    """
    key = ("edition_year", "project_id", "benefit_category_code", "gain_nature_code", "is_gain")
    ranks = (
        tables["codelists"].filter(nw.col("codelist") == "evidence").select(evidence_code="code", evidence_rank="rank")
    )
    counted = _counted(tables["benefit_trail"].join(ranks, on="evidence_code", how="left"))
    best = nw.when(~nw.col("is_superseded")).then(nw.col("evidence_rank"))
    grouped = counted.with_columns(_best=best).group_by(*key).agg(*_summed(), _best=nw.col("_best").max())
    return grouped.join(ranks.select(_best="evidence_rank", best_evidence_code="evidence_code"), on="_best", how="left")


def benefit_by_beneficiary(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year, beneficiary and link in the chain of results; contract `benefit_by_beneficiary`.

    Counts of claims by evidence; general potentials are left out. Input factors have rows of their own, so that
    they are never added to effects on users and society.
    Source: the chain of results in DFØ's guide, and the knowledge summary's view of input factors.
    """
    key = ("edition_year", "beneficiary_code", "gain_nature_code")
    gains = _counted(tables["benefit_trail"].filter(nw.col("is_gain")))
    in_force = nw.when(~nw.col("is_superseded")).then(nw.col("project_id"))
    return (
        gains.with_columns(_project=in_force)
        .group_by(*key)
        .agg(*_summed(), project_count=nw.col("_project").n_unique() - _one_if_null("_project"))
    )


def _one_if_null(column: str) -> nw.Expr:
    """1 when a group holds a null, which `n_unique` counts as a value."""
    return nw.col(column).is_null().cast(nw.Int64).max()


def _counted(trail: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """`trail` with 0 or 1 in each of the columns of counts."""
    in_force = ~nw.col("is_superseded")
    return trail.with_columns(
        superseded_count=nw.col("is_superseded").cast(nw.Int64),
        **{name: (in_force & (nw.col("evidence_code") == code)).cast(nw.Int64) for name, code in _COUNTS.items()},
    )


def _summed() -> list[nw.Expr]:
    return [nw.col(name).sum().cast(nw.Int64) for name in (*_COUNTS, "superseded_count")]


def unmeasured_benefits(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year and claim in force without a measurement against a baseline; contract
    `unmeasured_benefits`.

    Expected and reported benefits only: a documented one may rest on a third party instead. Who answers is what the
    newest known plan says, else the project owner. `months_known` are whole months from when the claim became known to
    the edition's date. Organisation, role and dates are null when no source states them; that no measurement is known
    does not mean that there is none. Source: the follow-up part of a Norwegian benefits realisation plan.
    """
    years = tables["edition_years"]
    trail = tables["benefit_trail"].filter(
        nw.col("is_gain") & ~nw.col("is_superseded") & nw.col("evidence_code").is_in([EXPECTED, REPORTED])
    )
    key = ["edition_year", "benefit_claim_id"]
    joined = (
        trail.join(_measured(tables).select(*key), on=key, how="anti")
        .join(_newest_plans(tables), on=key, how="left")
        .join(_owners(tables), on=["edition_year", "project_id"], how="left")
        .join(years.select("edition_year", "as_of_on"), on="edition_year", how="left")
    )
    planned = ~(nw.col("_planned_organisation_id").is_null() & nw.col("_planned_role_code").is_null())
    owner_role = nw.when(~nw.col("_owner_id").is_null()).then(nw.lit("prosjekteier"))
    return joined.with_columns(
        responsible_organisation_id=nw.coalesce("_planned_organisation_id", "_owner_id"),
        responsible_role_code=nw.when(planned).then(nw.col("_planned_role_code")).otherwise(owner_role),
        is_overdue=(last_possible_day("next_measurement") < nw.col("as_of_on")).fill_null(False),
        months_known=months_between("valid_from", "as_of_on"),
    )


def _measured(tables: Tables) -> nw.LazyFrame[Any]:
    """`edition_year`, `benefit_claim_id` and `_by_others` (0 or 1) of claims measured against a baseline by then."""
    dated = (
        with_known_on(tables["benefit_measurements"].filter(~nw.col("baseline_value").is_null()), tables["sources"])
        .with_columns(known_on=nw.max_horizontal("known_on", last_possible_day("measured")))
        .with_columns(_by_others=(~nw.col("stated_by_code").is_in(list(PARTICIPANTS))).cast(nw.Int64))
    )
    known = every_edition_of(dated.select("benefit_claim_id", "known_on", "_by_others"), tables["edition_years"])
    return known.group_by("edition_year", "benefit_claim_id").agg(_by_others=nw.col("_by_others").max())


def _newest_plans(tables: Tables) -> nw.LazyFrame[Any]:
    key = ("edition_year", "benefit_claim_id")
    plans = with_known_on(tables["measurement_plans"].drop("is_illustrative"), tables["sources"])
    known = every_edition_of(plans, tables["edition_years"])
    newest = nw.col("measurement_plan_id").last().over(*key, order_by=["known_on", "measurement_plan_id"])
    return (
        known.with_columns(_newest=newest)
        .filter(nw.col("measurement_plan_id") == nw.col("_newest"))
        .select(
            *key,
            "next_measurement_on",
            "next_measurement_precision",
            _planned_organisation_id="responsible_organisation_id",
            _planned_role_code="responsible_role_code",
        )
    )


def _owners(tables: Tables) -> nw.LazyFrame[Any]:
    owners = tables["participations"].filter(nw.col("role_code") == "owner")
    known = every_edition_of(
        with_known_on(owners.select("project_id", "organisation_id", "source_id"), tables["sources"]),
        tables["edition_years"],
    )
    # A project has one owner; were there two, one row each would list every benefit twice.
    return known.group_by("edition_year", "project_id").agg(_owner_id=nw.col("organisation_id").min())


def self_report_share(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year and category of benefit; contract `self_report_share`.

    Of the claims in force of something achieved: how many are only reported by the owner, supplier or scheme
    (evidence «oppgitt»), and how many are measured against a baseline, those measured only by participants apart.
    Shares are per 100 achieved, unrounded, and null below `rules.min_n_for_shares` of them. Expected claims are
    counted and are no part of the shares; general potentials are left out.
    Source: evidence grades A-D, and the rule that small bases are shown as counts.
    """
    key = ["edition_year", "benefit_category_code", "gain_nature_code"]
    gains = tables["benefit_evidence"].filter(nw.col("is_gain"))
    counts = sum_measure(gains, BENEFIT_EVIDENCE, list(_COUNTS), key)
    joined = counts.join(_measured_counts(tables), on=key[:2], how="left").with_columns(
        nw.col("measured_count", "measured_by_participant_count").fill_null(0),
        self_reported_count=nw.col("reported_count"),
        achieved_count=nw.col("reported_count") + nw.col("documented_count"),
    )
    is_enough = nw.col("achieved_count") >= rules.min_n_for_shares
    return joined.with_columns(
        self_reported_pct=nw.when(is_enough).then(share_pct("self_reported_count", "achieved_count")),
        measured_pct=nw.when(is_enough).then(share_pct("measured_count", "achieved_count")),
    )


def _measured_counts(tables: Tables) -> nw.LazyFrame[Any]:
    """Claims in force of something achieved that are measured, per edition year and category."""
    achieved = tables["benefit_trail"].filter(~nw.col("is_superseded") & nw.col("evidence_code").is_in(ACHIEVED))
    measured = achieved.join(_measured(tables), on=["edition_year", "benefit_claim_id"], how="inner")
    return measured.group_by("edition_year", "benefit_category_code").agg(
        measured_count=nw.len().cast(nw.Int64),
        measured_by_participant_count=(1 - nw.col("_by_others")).sum().cast(nw.Int64),
    )

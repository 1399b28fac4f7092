"""Claims of benefits: their trail, which of them are in force, and how well each kind is evidenced.

Belongs here: marts computed from what somebody says of benefits, first of all from when until when a claim holds.
Does not belong here: each benefit by itself (`benefits.py`), what was planned and measured (`realisation.py`), and
values in kroner (`npv.py`).
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from gevinst.contracts.marts_benefits import BENEFIT_EVIDENCE
from gevinst.contracts.vocabulary import (
    ACHIEVED,
    DOCUMENTED,
    EXPECTED,
    FOR_THE_BETTER,
    MEASURED_BY_PARTICIPANT,
    NO_BENEFICIARY_STATED,
    REPORTED,
)
from gevinst.method.additivity import sum_measure
from gevinst.method.as_of import (
    as_seen_by_last_edition,
    every_edition_of,
    intervals_per_edition,
    with_known_on,
)
from gevinst.method.benefits import known_benefits
from gevinst.method.counting import counted, distinct, first_of
from gevinst.method.frames import Rules, Tables
from gevinst.method.shares import share_pct

LEVELS = {
    "expected_count": EXPECTED,
    "reported_count": REPORTED,
    "measured_by_participant_count": MEASURED_BY_PARTICIPANT,
    "documented_count": DOCUMENTED,
}
"""The columns that count claims by how well they are evidenced."""


def evidence_ranks(tables: Tables) -> nw.LazyFrame[Any]:
    """`evidence_code` and `evidence_rank`: the higher, the surer."""
    evidence = tables["codelists"].filter(nw.col("codelist") == "evidence")
    return evidence.select(evidence_code="code", evidence_rank="rank")


def claim_validity(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per claim with the interval in which it is in force; contract `claim_validity`.

    A claim is superseded from the first day on which a better evidenced one of the same benefit is known (ranks of
    code list `evidence`); of several known on that day by the best, then by the first id. Claims of two benefits never
    supersede one another, however alike their kinds and beneficiaries are. A claim that is the weaker one already when
    it comes has an interval of no length. Equally well evidenced claims are in force side by side. `valid_to` and
    `superseded_by_id` are null as long as nothing supersedes.
    Source: the rule that the better evidenced statement of the same benefit supersedes and the older stays visible.
    """
    claims = _dated_claims(tables)
    intervals = claims.join(_superseders(claims), on="benefit_claim_id", how="left").with_columns(
        valid_from=nw.col("known_on"),
        valid_to=nw.when(~nw.col("_superseded_on").is_null()).then(nw.max_horizontal("known_on", "_superseded_on")),
    )
    return as_seen_by_last_edition(intervals, tables["edition_years"])


def benefit_trail(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per claim and edition year that knows it; contract `benefit_trail`.

    What an edition says of a claim is its row of `claim_validity` as it was seen on the edition's `as_of_on`:
    `valid_to` and `superseded_by_id` are null as long as an edition does not know of them.
    Source: the rule that the better evidenced statement of the same benefit supersedes and the older stays visible.
    """
    known = intervals_per_edition(tables["claim_validity"], tables["edition_years"])
    # Whatever end an edition knows of lies behind it.
    return known.with_columns(is_superseded=~nw.col("valid_to").is_null())


def _dated_claims(tables: Tables) -> nw.LazyFrame[Any]:
    """Claims with what is so of their benefit, rank of their evidence, and the day on which both are known."""
    benefits = known_benefits(tables).select(
        "benefit_id",
        "project_id",
        "benefit_code",
        "benefit_category_code",
        "gain_nature_code",
        "is_gain",
        "benefit_sign_code",
        _benefit_known_on="known_on",
    )
    claims = with_known_on(tables["benefit_claims"].drop("is_illustrative", "project_id"), tables["sources"])
    return (
        claims.join(benefits, on="benefit_id", how="inner")
        .with_columns(known_on=nw.max_horizontal("known_on", "_benefit_known_on"))
        .join(evidence_ranks(tables), on="evidence_code", how="left")
    )


def _superseders(claims: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """For each claim that has a better evidenced one: which was known first, and from when.

    Claims meet only those of the same benefit.
    """
    better = claims.select("benefit_id", _better_id="benefit_claim_id", _better_on="known_on", _rank="evidence_rank")
    pairs = (
        claims.select("benefit_claim_id", "evidence_rank", "benefit_id")
        .join(better, on="benefit_id", how="inner")
        .filter(nw.col("_rank") > nw.col("evidence_rank"))
        .with_columns(_order=-nw.col("_rank"))
    )
    # First known, then best (the rank is negated, since an order has no direction of its own), then first id.
    first = first_of(pairs, ["benefit_claim_id"], "_better_on", "_order", "_better_id")
    return first.select("benefit_claim_id", superseded_by_id="_better_id", _superseded_on="_better_on")


def benefit_evidence(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year, project and category; contract `benefit_evidence`.

    Counts of claims in force by evidence, the best evidence among them, and how many are superseded. A general
    potential has a row of its own with `is_gain` false, so that it is seen and never counted as a benefit;
    disbenefits have none. The link in the chain of results is that of the category, since its benefits may differ.
    Source: evidence grades in docs/method/benefit_evidence.md.
    """
    key = ("edition_year", "project_id", "benefit_category_code")
    ranks = evidence_ranks(tables)
    wanted = tables["benefit_trail"].filter(nw.col("benefit_sign_code") == FOR_THE_BETTER)
    marked = _marked(wanted.join(ranks, on="evidence_code", how="left"))
    best = nw.when(~nw.col("is_superseded")).then(nw.col("evidence_rank"))
    grouped = marked.with_columns(_best=best).group_by(*key).agg(*_summed(), _best=nw.col("_best").max())
    return (
        grouped.join(ranks.select(_best="evidence_rank", best_evidence_code="evidence_code"), on="_best", how="left")
        .join(gain_categories(tables), on="benefit_category_code", how="left")
        .with_columns(is_gain=nw.col("is_gain").fill_null(True))
    )


def gain_categories(tables: Tables) -> nw.LazyFrame[Any]:
    """One row per category; that all its kinds of benefit are at one link of the chain is checked."""
    named = tables["benefit_categories"].with_columns(_is_gain=nw.col("is_gain").cast(nw.Int64))
    grouped = named.group_by("benefit_category_code").agg(nw.col("gain_nature_code").min(), nw.col("_is_gain").max())
    return grouped.select("benefit_category_code", "gain_nature_code", is_gain=nw.col("_is_gain") > 0)


def benefit_by_beneficiary(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year, beneficiary and link in the chain of results; contract `benefit_by_beneficiary`.

    Counts of claims by evidence; general potentials and disbenefits are left out. A benefit for several counts with
    each of them, so that rows are never added across beneficiaries; one whose beneficiary no source states counts
    under `NO_BENEFICIARY_STATED`. Input factors have rows of their own, so that they are never added to effects on
    users and society. Source: the chain of results in DFØ's guide, and the knowledge summary's view of input factors.
    """
    key = ("edition_year", "beneficiary_code", "gain_nature_code")
    known = every_edition_of(
        with_known_on(
            tables["benefit_beneficiaries"].select("benefit_id", "beneficiary_code", "source_id"), tables["sources"]
        ),
        tables["edition_years"],
    ).select("edition_year", "benefit_id", "beneficiary_code")
    gains = (
        _marked(tables["benefit_trail"].filter(nw.col("is_gain")))
        .join(known, on=["edition_year", "benefit_id"], how="left")
        .with_columns(beneficiary_code=nw.col("beneficiary_code").fill_null(NO_BENEFICIARY_STATED))
    )
    in_force = gains.filter(~nw.col("is_superseded"))
    joined = gains.group_by(*key).agg(*_summed())
    for column, name in (("project_id", "project_count"), ("benefit_id", "benefit_count")):
        joined = joined.join(distinct(in_force, column, name, key), on=list(key), how="left")
    return joined.with_columns(nw.col("project_count", "benefit_count").fill_null(0))


def benefit_by_stated_by(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year, grade of evidence and who says so; contract `benefit_by_stated_by`.

    Claims in force of something achieved, and the benefits and projects they are about, each counted once per row.
    Source: a number of documented benefits says by whom they were documented.
    """
    key = ("edition_year", "evidence_code", "stated_by_code")
    in_force = tables["benefit_trail"].filter(nw.col("is_gain") & ~nw.col("is_superseded"))
    achieved = in_force.filter(nw.col("evidence_code").is_in(ACHIEVED))
    claims = counted(achieved, key, claim_count=~nw.col("benefit_claim_id").is_null())
    for column, name in (("project_id", "project_count"), ("benefit_id", "benefit_count")):
        claims = claims.join(distinct(achieved, column, name, key), on=list(key), how="left")
    return claims


def _marked(trail: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """`trail` with 0 or 1 in each of the columns of counts."""
    in_force = ~nw.col("is_superseded")
    return trail.with_columns(
        superseded_count=nw.col("is_superseded").cast(nw.Int64),
        **{name: (in_force & (nw.col("evidence_code") == code)).cast(nw.Int64) for name, code in LEVELS.items()},
    )


def _summed() -> list[nw.Expr]:
    return [nw.col(name).sum().cast(nw.Int64) for name in (*LEVELS, "superseded_count")]


def self_report_share(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year and category of benefit; contract `self_report_share`.

    Of the claims in force of something achieved: how many are only reported by the owner, supplier or scheme
    (evidence «oppgitt»), measured as stated by a participant, and documented; and how many are about a benefit with a
    known measurement against a baseline, whoever made it. Shares are per 100 achieved, unrounded, and null below
    `rules.min_n_for_shares` of them. Expected claims are counted and are no part of the shares; general potentials and
    disbenefits are left out. Source: grades of evidence, and the rule that small bases are shown as counts.
    """
    key = ["edition_year", "benefit_category_code", "gain_nature_code"]
    gains = tables["benefit_evidence"].filter(nw.col("is_gain"))
    counts = sum_measure(gains, BENEFIT_EVIDENCE, list(LEVELS), key)
    joined = counts.join(_measured_counts(tables), on=key[:2], how="left").with_columns(
        nw.col("measured_count").fill_null(0),
        self_reported_count=nw.col("reported_count"),
        achieved_count=nw.sum_horizontal(name for name, code in LEVELS.items() if code in ACHIEVED),
    )
    is_enough = nw.col("achieved_count") >= rules.min_n_for_shares
    return joined.with_columns(
        self_reported_pct=nw.when(is_enough).then(share_pct("self_reported_count", "achieved_count")),
        measured_pct=nw.when(is_enough).then(share_pct("measured_count", "achieved_count")),
    )


def _measured_counts(tables: Tables) -> nw.LazyFrame[Any]:
    """Claims in force of something achieved whose benefit is measured, per edition year and category."""
    in_force = tables["benefit_trail"].filter(nw.col("is_gain") & ~nw.col("is_superseded"))
    achieved = in_force.filter(nw.col("evidence_code").is_in(ACHIEVED))
    measured = tables["planned_realised"].filter(nw.col("is_measured") & ~nw.col("baseline_value").is_null())
    key = ["edition_year", "benefit_id"]
    about = achieved.join(measured.select(*key), on=key, how="semi")
    return about.group_by("edition_year", "benefit_category_code").agg(measured_count=nw.len().cast(nw.Int64))

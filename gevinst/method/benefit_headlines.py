"""What is counted of benefits: headline numbers, categories, beneficiaries, stages, and intervals of surveys.

Belongs here: counts over the marts of benefits, one edition year at a time.
Does not belong here: which claims are in force (`gains.py`), what was measured (`realisation.py`), and kroner.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from gevinst.contracts.vocabulary import (
    ACHIEVED,
    DOCUMENTED,
    EFFECTS,
    EXPECTED,
    FOR_THE_BETTER,
    FOR_THE_WORSE,
    GOAL,
    MEASURED_BY_PARTICIPANT,
    REPORTED,
)
from gevinst.method.as_of import every_edition_of, with_known_on
from gevinst.method.benefits import indicators
from gevinst.method.counting import counted, distinct, per_edition
from gevinst.method.frames import Rules, Tables
from gevinst.method.gains import LEVELS, evidence_ranks
from gevinst.method.shares import wilson_interval
from gevinst.method.status import months_between

_SHARE_OF_RESPONDENTS = "percent_of_respondents"


def benefit_headlines(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year: what the page of benefits says in its headings; contract `benefit_headlines`.

    Projects are counted once, by their surest benefit; benefits once, whoever says them; general potentials never, and
    disbenefits apart. A goal is achieved when somebody reports, measures or documents the same benefit.
    """
    newest = tables["planned_realised"].filter(nw.col("is_newest"))
    assessed = tables["non_priced_assessments"]
    return (
        per_edition(
            tables["edition_years"],
            distinct(tables["project_status"], "project_id", "project_count"),
            _projects_by_evidence(tables),
            _coded(tables),
            _benefits(tables),
            counted(
                indicators(tables["planned_realised"]),
                plan_count=~nw.col("benefit_plan_id").is_null(),
                unmeasured_plan_count=~nw.col("is_measured"),
                changed_baseline_count=nw.col("is_baseline_changed"),
            ),
            counted(
                newest,
                measurement_count=~nw.col("benefit_measurement_id").is_null(),
                target_count=~nw.col("target_value").is_null(),
                reached_count=nw.col("measurement_outcome_code") == "reached",
            ),
            distinct(tables["realisation_by_unit"], "unit_code", "unit_count"),
            counted(
                tables["unmeasured_benefits"],
                unmeasured_count=~nw.col("benefit_id").is_null(),
                unmeasured_hope_count=_is_hope(),
                unmeasured_claim_count=~_is_hope(),
                planned_measurement_count=~nw.col("next_measurement_on").is_null(),
                overdue_count=nw.col("is_overdue"),
            ),
            _sums(
                tables["self_report_share"],
                achieved_claim_count="achieved_count",
                self_reported_claim_count="self_reported_count",
                measured_by_participant_claim_count="measured_by_participant_count",
                documented_claim_count="documented_count",
            ),
            # Of the trail, since a benefit counts with each of its beneficiaries in `benefit_by_beneficiary`.
            counted(
                tables["benefit_trail"].filter(nw.col("is_gain") & ~nw.col("is_superseded")),
                claim_count=~nw.col("benefit_claim_id").is_null(),
                effect_claim_count=nw.col("gain_nature_code").is_in(EFFECTS),
            ),
            counted(
                tables["priced_projects"],
                priced_project_count=~nw.col("project_id").is_null(),
                positive_project_count=nw.col("is_positive"),
                negative_project_count=nw.col("is_negative"),
                turned_project_count=nw.col("is_turned_by_a_fifth"),
            ),
            counted(
                assessed,
                non_priced_count=~nw.col("non_priced_effect_id").is_null(),
                for_the_better_count=nw.col("low_step") > 0,
                for_the_worse_count=nw.col("high_step") < 0,
            ),
            _not_benefits(tables),
        )
        .with_columns(
            achieved_project_count=nw.sum_horizontal(
                "documented_project_count", "measured_by_participant_project_count", "reported_project_count"
            )
        )
        .with_columns(found_project_count=nw.col("achieved_project_count") + nw.col("expected_project_count"))
        .with_columns(
            not_found_project_count=nw.col("coded_project_count") - nw.col("found_project_count"),
            not_coded_project_count=nw.col("project_count") - nw.col("coded_project_count"),
        )
    )


def _sums(frame: nw.LazyFrame[Any], **columns: str) -> nw.LazyFrame[Any]:
    return frame.group_by("edition_year").agg(
        **{name: nw.col(column).sum().cast(nw.Int64) for name, column in columns.items()}
    )


def _projects_by_evidence(tables: Tables) -> nw.LazyFrame[Any]:
    """Projects by the surest benefit found, each counted once."""
    gains = tables["benefit_evidence"].filter(nw.col("is_gain") & ~nw.col("best_evidence_code").is_null())
    ranks = evidence_ranks(tables)
    ranked = gains.rename({"best_evidence_code": "evidence_code"}).join(ranks, on="evidence_code", how="inner")
    surest = ranked.group_by("edition_year", "project_id").agg(evidence_rank=nw.col("evidence_rank").max())
    best = surest.join(ranks, on="evidence_rank", how="inner")
    code = nw.col("evidence_code")
    return counted(
        best,
        documented_project_count=code == DOCUMENTED,
        measured_by_participant_project_count=code == MEASURED_BY_PARTICIPANT,
        reported_project_count=code == REPORTED,
        expected_project_count=code == EXPECTED,
    )


def _coded(tables: Tables) -> nw.LazyFrame[Any]:
    """Projects by what they were coded for: of no others can it be said that nothing was found."""
    expected, results = nw.col("is_coded_expected"), nw.col("is_coded_results")
    return counted(
        tables["project_coverage"],
        coded_project_count=expected | results,
        coded_expected_project_count=expected,
        coded_results_project_count=results,
    )


def _benefits(tables: Tables) -> nw.LazyFrame[Any]:
    """Benefits and disbenefits, and of the benefits those with a goal and those of them that somebody says came."""
    is_gain, has_goal = nw.col("is_gain"), nw.col("has_goal")
    return counted(
        tables["benefit_overview"],
        benefit_count=is_gain,
        achieved_benefit_count=is_gain & nw.col("is_achieved"),
        negative_benefit_count=nw.col("benefit_sign_code") == FOR_THE_WORSE,
        goal_count=is_gain & has_goal,
        achieved_goal_count=is_gain & has_goal & nw.col("is_achieved"),
    )


def _is_hope() -> nw.Expr:
    """Only expected, and in no plan: that nothing is measured is what an expectation means."""
    is_expected = (nw.col("evidence_code") == EXPECTED).fill_null(False)
    return is_expected & (nw.col("plan_count") == 0).fill_null(True)


def _not_benefits(tables: Tables) -> nw.LazyFrame[Any]:
    """Follow-on funding, figures of size and general potentials known by each edition."""
    stated = [
        every_edition_of(
            with_known_on(tables[name].select("source_id"), tables["sources"]), tables["edition_years"]
        ).select("edition_year")
        for name in ("follow_on_funding", "context_figures")
    ]
    is_potential = ~nw.col("is_gain") & (nw.col("benefit_sign_code") == FOR_THE_BETTER)
    potentials = tables["benefit_trail"].filter(is_potential).select("edition_year")
    rows = nw.concat([*stated, potentials], how="vertical")
    return rows.group_by("edition_year").agg(not_benefit_count=nw.len().cast(nw.Int64))


def benefit_by_category(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year and category found: projects by their surest claim; contract `benefit_by_category`.

    A general potential has a row too, with `is_gain` false, and is never the category that most have achieved.
    """
    key = ("edition_year", "benefit_category_code", "gain_nature_code", "is_gain")
    best = nw.col("best_evidence_code")
    counts = counted(
        tables["benefit_evidence"],
        key,
        expected_project_count=best == EXPECTED,
        reported_project_count=best == REPORTED,
        measured_by_participant_project_count=best == MEASURED_BY_PARTICIPANT,
        documented_project_count=best == DOCUMENTED,
        achieved_project_count=best.is_in(ACHIEVED),
        project_count=~best.is_null(),
    )
    return _with_most(counts, "achieved_project_count", nw.col("is_gain"), "is_most_achieved")


def benefit_by_project(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year and project; contract `benefit_by_project`.

    Categories by the surest claim in force, general potentials among them: what is seen in the map of evidence. Why
    there is nothing to see is that of `project_coverage`: nobody looked, or nothing was found.
    """
    key = ["edition_year", "project_id"]
    levels = {name.replace("_count", "_category_count"): code for name, code in LEVELS.items()}
    best = nw.col("best_evidence_code")
    found = counted(tables["benefit_evidence"], key, **{name: best == code for name, code in levels.items()})
    coded = tables["project_coverage"].select(
        *key, "is_coded_expected", "is_coded_results", "expected_absence_code", "results_absence_code"
    )
    joined = coded.join(found, on=key, how="left").join(_benefits_by_level(tables, key), on=key, how="left")
    counts = [name for name in joined.collect_schema().names() if name.endswith("_count")]
    return joined.with_columns(nw.col(name).fill_null(0) for name in counts)


def _benefits_by_level(tables: Tables, key: Sequence[str]) -> nw.LazyFrame[Any]:
    """Benefits by the surest that is said of each; one that is only in a plan has nothing said of it."""
    is_gain, best = nw.col("is_gain"), nw.col("best_evidence_code")
    levels = {name.replace("_count", "_benefit_count"): code for name, code in LEVELS.items()}
    return counted(
        tables["benefit_overview"],
        key,
        benefit_count=is_gain,
        only_planned_benefit_count=is_gain & best.is_null(),
        other_benefit_count=~is_gain,
        **{name: is_gain & (best == code) for name, code in levels.items()},
    )


def _with_most(frame: nw.LazyFrame[Any], count: str, counts: nw.Expr, name: str) -> nw.LazyFrame[Any]:
    """`frame` with the flag `name`: whether a row has the highest `count` above 0 among those that `counts` names."""
    eligible = nw.when(counts).then(nw.col(count))
    marked = frame.with_columns(_eligible=eligible).with_columns(_most=nw.col("_eligible").max().over("edition_year"))
    # Ties are all marked: choosing one of two equals would be a finding that the numbers do not hold.
    is_most = (nw.col("_eligible") == nw.col("_most")) & (nw.col("_eligible") > 0)
    return marked.with_columns(is_most.fill_null(False).alias(name)).drop("_eligible", "_most")


def beneficiary_claims(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year, beneficiary and link in the chain of results; contract `beneficiary_claims`.

    Claims in force whatever their evidence, and for the beneficiary the claims of effects alone: the one with most of
    these is never found by counting input factors or solutions.
    """
    claims = tables["benefit_by_beneficiary"].select(
        "edition_year", "beneficiary_code", "gain_nature_code", claim_count=nw.sum_horizontal(*LEVELS)
    )
    is_effect = nw.col("gain_nature_code").is_in(EFFECTS).fill_null(False)
    effects = nw.when(is_effect).then(nw.col("claim_count")).otherwise(nw.lit(0))
    totals = claims.with_columns(_effects=effects).with_columns(
        effect_claim_count=nw.col("_effects").sum().over("edition_year", "beneficiary_code").cast(nw.Int64)
    )
    return _with_most(totals, "effect_claim_count", ~nw.col("beneficiary_code").is_null(), "is_most_effects")


def benefit_stages(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year and claim of a benefit: how far it has come; contract `benefit_stages`.

    A potential, a goal, reported, measured and documented are five different things. `is_achieved` is whether any claim
    of the same benefit is more than expected, and `best_evidence_code` the surest of them; `is_old` whether the
    claim has been known for more than `rules.stale_after_months` whole months.
    """
    key = ("edition_year", "benefit_id")
    gains = (
        tables["benefit_trail"]
        .filter(nw.col("is_gain"))
        .join(tables["edition_years"].select("edition_year", "as_of_on"), on="edition_year", how="left")
        .join(tables["benefit_overview"].select(*key, "best_evidence_code", "is_achieved"), on=list(key), how="inner")
    )
    code = nw.col("evidence_code")
    expected = nw.when(nw.col("modality_code") == GOAL).then(nw.lit("goal")).otherwise(nw.lit("potential"))
    return gains.with_columns(
        stage=nw.when(code == EXPECTED).then(expected).otherwise(code),
        is_old=(months_between("valid_from", "as_of_on") > rules.stale_after_months).fill_null(False),
    )


def measurement_intervals(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year and measurement of a share of respondents; contract `measurement_intervals`.

    Wilson's 95 % interval of the share, from the number who answered; null when the stated share and number cannot
    both be right. Measurements that do not say how many answered have no row; without answers it is 0 to 100.
    """
    share, base = nw.col("measured_value"), nw.col("respondent_count")
    shares = tables["planned_realised"].filter((nw.col("unit_code") == _SHARE_OF_RESPONDENTS) & ~base.is_null())
    # The number who said yes is worked back from a published per cent, which may be rounded. A half goes to the even
    # number, which no two engines' own rounding agrees on.
    whole = (share * base / 100).floor()
    part = share * base / 100 - whole
    is_up = (part > 0.5) | ((part == 0.5) & (whole % 2 == 1))
    low, high = wilson_interval(nw.when(is_up).then(whole + 1).otherwise(whole), base)
    is_answered, is_share = base > 0, (share >= 0) & (share <= 100)
    return shares.with_columns(
        share_low_pct=nw.when(is_share).then(100 * nw.when(is_answered).then(low).otherwise(nw.lit(0.0))),
        share_high_pct=nw.when(is_share).then(100 * nw.when(is_answered).then(high).otherwise(nw.lit(1.0))),
    )

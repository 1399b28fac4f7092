"""Sentences of benefits: how many there are, for whom, how sure they are, and what came of what was planned.

Belongs here: pure functions from frames (by mart contract, already narrowed to one edition year) to sentences.
Does not belong here: the wording (``texts/benefits.toml``) and sentences of other subjects (`sentences.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from gevinst.contracts.vocabulary import ACHIEVED, EFFECTS
from gevinst.contracts.vocabulary import EVIDENCE as LEVELS
from gevinst.language.phrases import capital, part_of
from gevinst.language.texts import Catalogue

SAME_BENEFIT = ("project_id", "benefit_code", "beneficiary_code")
"""What makes two claims claims of the same benefit, as in mart `benefit_trail`."""


@dataclass(frozen=True, slots=True)
class EvidenceCounts:
    """Projects by the surest benefit found; every one of `total` is counted once."""

    total: int
    documented: int
    reported: int
    expected: int

    @property
    def achieved(self) -> int:
        """Projects with at least one reported or documented benefit."""
        return self.documented + self.reported

    @property
    def found(self) -> int:
        """Projects with a benefit of any evidence."""
        return self.achieved + self.expected


@dataclass(frozen=True, slots=True)
class PlanCounts:
    """Benefits with a stated goal, and how many of them somebody says are achieved."""

    goals: int
    achieved: int


def count_evidence(evidence: pl.DataFrame, total: int) -> EvidenceCounts:
    """Counts of projects from rows of `benefit_evidence`; general potentials are no benefits."""
    gains = evidence.filter(pl.col("is_gain")).drop_nulls("best_evidence_code")
    best = {
        level: set(gains.filter(pl.col("best_evidence_code") == level).get_column("project_id")) for level in LEVELS
    }
    documented, reported = best["dokumentert"], best["oppgitt"] - best["dokumentert"]
    expected = best["forventet"] - documented - reported
    return EvidenceCounts(total, len(documented), len(reported), len(expected))


def count_plans(trail: pl.DataFrame) -> PlanCounts:
    """Counts from rows of `benefit_trail`, superseded ones included; a benefit is counted once."""
    gains = trail.filter(pl.col("is_gain"))
    goals = gains.filter(pl.col("modality_code") == "goal").select(SAME_BENEFIT).unique()
    achieved = gains.filter(pl.col("evidence_code").is_in(ACHIEVED)).select(SAME_BENEFIT).unique()
    return PlanCounts(goals.height, goals.join(achieved, on=SAME_BENEFIT, how="semi").height)


def benefits_lead(evidence: pl.DataFrame, total: int, priced: int, catalogue: Catalogue) -> str:
    """What is found in all: for how many projects, how sure it is, and whether anybody has put it in kroner.

    `priced` is the number of projects with effects in kroner.
    """
    if total == 0:
        return catalogue.t("sentences.known_projects", n=0)
    counts = count_evidence(evidence, total)
    found = catalogue.t("benefits.lead_found", who=part_of(catalogue, counts.found, total))
    if counts.found == 0:
        return found
    levels = catalogue.t(
        "sentences.three_clauses",
        first=catalogue.t("benefits.lead_documented", n=counts.documented),
        second=catalogue.t("benefits.lead_reported", n=counts.reported),
        third=catalogue.t("benefits.lead_expected", n=counts.expected),
    )
    return f"{found} {levels} {catalogue.t('benefits.lead_priced', n=priced)}"


def evidence_heading(evidence: pl.DataFrame, total: int, catalogue: Catalogue) -> str:
    """The finding above the map of evidence: how many projects have something more than an expectation."""
    if total == 0:
        return catalogue.t("sentences.known_projects", n=0).rstrip(".")
    counts = count_evidence(evidence, total)
    who = part_of(catalogue, counts.achieved, total)
    first = capital(catalogue.t("benefits.achieved", n=counts.achieved, who=who))
    second = catalogue.t("benefits.none_found", n=total - counts.found)
    return catalogue.t("sentences.two_clauses", first=first, second=second)


def categories_heading(evidence: pl.DataFrame, labels: dict[str, str], catalogue: Catalogue) -> str:
    """The finding above benefits by category: which is reported or documented in the most projects.

    `labels` are the names of the categories by code, in the catalogue's language.
    """
    gains = evidence.filter(pl.col("is_gain"))
    if gains.is_empty():
        return catalogue.t("benefits.no_benefits")
    counts = gains.filter(pl.col("best_evidence_code").is_in(ACHIEVED)).group_by("benefit_category_code").len()
    top, count = _top(counts, "benefit_category_code", "len", labels)
    if not top:
        return catalogue.t("benefits.no_category_achieved")
    projects = catalogue.t("benefits.projects", n=count)
    return catalogue.t("benefits.category_most", n=len(top), names=_in_text(top, catalogue), projects=projects)


def beneficiaries_heading(by_beneficiary: pl.DataFrame, labels: dict[str, str], catalogue: Catalogue) -> str:
    """The finding above benefits by whom they are for: of effects, never of input factors or solutions."""
    effects = by_beneficiary.filter(pl.col("gain_nature_code").is_in(EFFECTS)).with_columns(
        claims=pl.sum_horizontal("expected_count", "reported_count", "documented_count")
    )
    counts = effects.group_by("beneficiary_code").agg(pl.col("claims").sum())
    top, count = _top(counts, "beneficiary_code", "claims", labels)
    if not top:
        return catalogue.t("benefits.no_effects")
    total = int(counts["claims"].sum())
    return catalogue.t("benefits.beneficiary_most", n=len(top), who=_in_text(top, catalogue), count=count, total=total)


def plans_heading(trail: pl.DataFrame, catalogue: Catalogue) -> str:
    """The finding above planned and achieved: of the benefits with a goal, how many are said to be achieved."""
    counts = count_plans(trail)
    if counts.goals == 0:
        return catalogue.t("benefits.no_goals")
    return catalogue.t("benefits.goals_achieved", n=counts.achieved, goals=counts.goals)


def measurements_heading(newest: pl.DataFrame, catalogue: Catalogue) -> str:
    """The finding above the measurements; `newest` are rows of `planned_realised` with `is_newest`."""
    if newest.is_empty():
        return catalogue.t("benefits.measured", n=0)
    with_target = newest.drop_nulls("target_value").height
    parts: dict[str, Any] = {
        "first": catalogue.t("benefits.measured", n=newest.height),
        "second": catalogue.t("benefits.with_target", n=with_target),
    }
    if with_target == 0:
        return catalogue.t("sentences.two_clauses", **parts)
    reached = newest.filter(pl.col("measurement_outcome_code") == "reached").height
    third = catalogue.t("benefits.reached", n=reached)
    return catalogue.t("sentences.three_clauses", **parts, third=third).rstrip(".")


def unmeasured_heading(unmeasured: pl.DataFrame, catalogue: Catalogue) -> str:
    """The finding above what is not measured, and how much of it should have been by now."""
    first = catalogue.t("benefits.unmeasured", n=unmeasured.height)
    if unmeasured.is_empty():
        return first
    planned = unmeasured.drop_nulls("next_measurement_on").height
    overdue = unmeasured.filter("is_overdue").height
    second = catalogue.t("benefits.overdue", n=overdue) if planned else catalogue.t("benefits.no_plan")
    return catalogue.t("sentences.two_clauses", first=first, second=second)


def self_report_heading(shares: pl.DataFrame, catalogue: Catalogue) -> str:
    """The finding above self-report: of everything said to be achieved, how much rests on the participants' word."""
    achieved = int(shares["achieved_count"].sum())
    if achieved == 0:
        return catalogue.t("benefits.nothing_achieved")
    return catalogue.t("benefits.self_reported", n=int(shares["self_reported_count"].sum()), total=achieved)


def priced_heading(priced: pl.DataFrame, catalogue: Catalogue) -> str:
    """The finding above present values: for how many projects the sign holds whatever estimate one takes."""
    signs = priced.group_by("project_id").agg(
        positive=(pl.col("npv_nok") > 0).all(ignore_nulls=False),
        negative=(pl.col("npv_nok") < 0).all(ignore_nulls=False),
    )
    positive, negative = (int(signs[name].fill_null(False).sum()) for name in ("positive", "negative"))
    return capital(
        catalogue.t(
            "benefits.npv_signs",
            n=positive,
            who=part_of(catalogue, positive, signs.height),
            negative=catalogue.t("benefits.npv_negative", n=negative),
        )
    )


def non_priced_heading(assessed: pl.DataFrame, catalogue: Catalogue) -> str:
    """The finding above effects without a price: how many are for the better and for the worse; never a sum."""
    plus = assessed.filter(pl.col("low_step") > 0).height
    minus = assessed.filter(pl.col("high_step") < 0).height
    return catalogue.t(
        "benefits.non_priced",
        n=plus,
        total=catalogue.t("benefits.effects", n=assessed.height),
        minus=catalogue.t("benefits.for_the_worse", n=minus),
    )


def turning_heading(points: pl.DataFrame, changed: pl.DataFrame, catalogue: Catalogue) -> str:
    """The finding above turning points: in how many projects a fifth more or less of one effect turns the sign.

    `points` is what `break_even` gives for one scenario, `changed` what `one_way` gives for the same.
    """
    whole = points.select("project_id", _npv="npv_nok").unique()
    turned = changed.join(whole, on="project_id").filter(pl.col("npv_nok") * pl.col("_npv") < 0)
    count = turned["project_id"].n_unique()
    who = part_of(catalogue, count, whole["project_id"].n_unique())
    return catalogue.t("benefits.turning", who=who)


def _top(counts: pl.DataFrame, code: str, count: str, labels: dict[str, str]) -> tuple[list[str], int]:
    """Names of those with the highest count above 0, in the list's order, and that count."""
    highest = int(counts[count].max() or 0)  # type: ignore[arg-type]
    codes = set(counts.filter((pl.col(count) == highest) & (pl.col(count) > 0)).get_column(code))
    return [label for key, label in labels.items() if key in codes], highest


def _in_text(names: list[str], catalogue: Catalogue) -> str:
    """Names of codes as a list inside a sentence."""
    return catalogue.join([name[:1].lower() + name[1:] for name in names])

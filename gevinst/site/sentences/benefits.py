"""Sentences of benefits: how many there are, for whom, how sure they are, and what came of what was planned.

Belongs here: pure functions from a row of `benefit_headlines` and rows of other marts of one edition year to sentences.
Does not belong here: the wording (``texts/benefits.toml``), sentences of other subjects and any counting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gevinst.language.phrases import capital, part_of
from gevinst.language.texts import Catalogue

Facts = Mapping[str, Any]


def benefits_lead(counts: Facts, catalogue: Catalogue) -> str:
    """What is found in all: for how many projects, how sure it is, and whether anybody has put it in kroner."""
    if counts["project_count"] == 0:
        return catalogue.t("sentences.known_projects", n=0)
    found = catalogue.t(
        "benefits.lead_found", who=part_of(catalogue, counts["found_project_count"], counts["project_count"])
    )
    if counts["found_project_count"] == 0:
        return found
    levels = catalogue.t(
        "sentences.three_clauses",
        first=catalogue.t("benefits.lead_documented", n=counts["documented_project_count"]),
        second=catalogue.t("benefits.lead_reported", n=counts["reported_project_count"]),
        third=catalogue.t("benefits.lead_expected", n=counts["expected_project_count"]),
    )
    return f"{found} {levels} {catalogue.t('benefits.lead_priced', n=counts['priced_project_count'])}"


def evidence_heading(counts: Facts, catalogue: Catalogue) -> str:
    """The finding above the map of evidence: how many projects have something more than an expectation."""
    if counts["project_count"] == 0:
        return catalogue.t("sentences.known_projects", n=0).rstrip(".")
    achieved = counts["achieved_project_count"]
    who = part_of(catalogue, achieved, counts["project_count"])
    first = capital(catalogue.t("benefits.achieved", n=achieved, who=who))
    second = catalogue.t("benefits.none_found", n=counts["not_found_project_count"])
    return catalogue.t("sentences.two_clauses", first=first, second=second)


def categories_heading(categories: Sequence[Facts], labels: Mapping[str, str], catalogue: Catalogue) -> str:
    """The finding above benefits by category: which is reported or documented in the most projects.

    `categories` are rows of `benefit_by_category`, `labels` the names of the categories by code, in the list's order.
    """
    if not any(row["is_gain"] for row in categories):
        return catalogue.t("benefits.no_benefits")
    most = {
        row["benefit_category_code"]: row["achieved_project_count"] for row in categories if row["is_most_achieved"]
    }
    names = [label for code, label in labels.items() if code in most]
    if not names:
        return catalogue.t("benefits.no_category_achieved")
    projects = catalogue.t("benefits.projects", n=next(iter(most.values())))
    return catalogue.t("benefits.category_most", n=len(names), names=_in_text(names, catalogue), projects=projects)


def beneficiaries_heading(
    counts: Facts, claims: Sequence[Facts], labels: Mapping[str, str], catalogue: Catalogue
) -> str:
    """The finding above benefits by whom they are for: of effects, never of input factors or solutions.

    `claims` are rows of `beneficiary_claims`.
    """
    most = {row["beneficiary_code"]: row["effect_claim_count"] for row in claims if row["is_most_effects"]}
    names = [label for code, label in labels.items() if code in most]
    if not names:
        return catalogue.t("benefits.no_effects")
    return catalogue.t(
        "benefits.beneficiary_most",
        n=len(names),
        who=_in_text(names, catalogue),
        count=next(iter(most.values())),
        total=counts["effect_claim_count"],
    )


def plans_heading(counts: Facts, catalogue: Catalogue) -> str:
    """The finding above planned and achieved: of the benefits with a goal, how many are said to be achieved."""
    if counts["goal_count"] == 0:
        return catalogue.t("benefits.no_goals")
    return catalogue.t("benefits.goals_achieved", n=counts["achieved_goal_count"], goals=counts["goal_count"])


def measurements_heading(counts: Facts, catalogue: Catalogue) -> str:
    """The finding above the measurements: how many there are, how many have a target, and how many reached it."""
    first = catalogue.t("benefits.measured", n=counts["measurement_count"])
    if counts["measurement_count"] == 0:
        return first
    second = catalogue.t("benefits.with_target", n=counts["target_count"])
    if counts["target_count"] == 0:
        return catalogue.t("sentences.two_clauses", first=first, second=second)
    third = catalogue.t("benefits.reached", n=counts["reached_count"])
    return catalogue.t("sentences.three_clauses", first=first, second=second, third=third).rstrip(".")


def unmeasured_heading(counts: Facts, catalogue: Catalogue) -> str:
    """The finding above what is not measured, and how much of it should have been by now."""
    first = catalogue.t("benefits.unmeasured", n=counts["unmeasured_count"])
    if counts["unmeasured_count"] == 0:
        return first
    is_planned = counts["planned_measurement_count"] > 0
    second = (
        catalogue.t("benefits.overdue", n=counts["overdue_count"]) if is_planned else catalogue.t("benefits.no_plan")
    )
    return catalogue.t("sentences.two_clauses", first=first, second=second)


def self_report_heading(counts: Facts, catalogue: Catalogue) -> str:
    """The finding above self-report: of everything said to be achieved, how much rests on the participants' word."""
    achieved = counts["achieved_claim_count"]
    if achieved == 0:
        return catalogue.t("benefits.nothing_achieved")
    return catalogue.t("benefits.self_reported", n=counts["self_reported_claim_count"], total=achieved)


def priced_heading(counts: Facts, catalogue: Catalogue) -> str:
    """The finding above present values: for how many projects the sign holds whatever estimate one takes."""
    positive, total = counts["positive_project_count"], counts["priced_project_count"]
    negative = catalogue.t("benefits.npv_negative", n=counts["negative_project_count"])
    who = part_of(catalogue, positive, total)
    return capital(catalogue.t("benefits.npv_signs", n=positive, who=who, negative=negative))


def non_priced_heading(counts: Facts, catalogue: Catalogue) -> str:
    """The finding above effects without a price: how many are for the better and for the worse; never a sum."""
    return catalogue.t(
        "benefits.non_priced",
        n=counts["for_the_better_count"],
        total=catalogue.t("benefits.effects", n=counts["non_priced_count"]),
        minus=catalogue.t("benefits.for_the_worse", n=counts["for_the_worse_count"]),
    )


def turning_heading(counts: Facts, catalogue: Catalogue) -> str:
    """The finding above turning points: in how many projects a fifth more or less of one effect changes the sign."""
    who = part_of(catalogue, counts["turned_project_count"], counts["priced_project_count"])
    return catalogue.t("benefits.turning", who=who)


def _in_text(names: list[str], catalogue: Catalogue) -> str:
    """Names of codes as a list inside a sentence."""
    return catalogue.join([name[:1].lower() + name[1:] for name in names])

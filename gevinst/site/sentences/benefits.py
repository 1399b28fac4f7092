"""Sentences of benefits: how many there are, for whom, how sure they are, and what came of what was planned.

Belongs here: pure functions from a row of `benefit_headlines` and rows of other marts of one edition year to sentences.
Does not belong here: the wording (``texts/benefits.toml``), sentences of other subjects and any counting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gevinst.contracts.vocabulary import DOCUMENTED, MEASURED_BY_PARTICIPANT
from gevinst.language.phrases import capital, part_of
from gevinst.language.texts import Catalogue

Facts = Mapping[str, Any]
_MOST_IN_A_TIE = 2


def benefits_lead(counts: Facts, stated: Sequence[Facts], catalogue: Catalogue) -> str:
    """What is found in the projects that were coded, how sure it is and who says so, and whether it is in kroner.

    `stated` are rows of `benefit_by_stated_by`.
    """
    if counts["project_count"] == 0:
        return catalogue.t("sentences.known_projects", n=0)
    found, coded = counts["found_project_count"], counts["coded_project_count"]
    if coded == 0:
        return catalogue.t("benefits.nothing_coded") + "."
    # Where nothing was looked for without being found, "of the coded" would be true by construction.
    first = (
        catalogue.t("benefits.lead_found_all", n=found)
        if found == coded
        else catalogue.t("benefits.lead_found", n=found, coded=coded, projects=_projects(coded, catalogue))
    )
    parts = [first, *_not_coded(counts, catalogue)]
    if found:
        parts += [_levels(counts, catalogue), *measured_by(stated, catalogue)]
        parts.append(catalogue.t("benefits.lead_priced", n=counts["priced_project_count"]))
    return " ".join(parts)


def _not_coded(counts: Facts, catalogue: Catalogue) -> list[str]:
    missing = counts["not_coded_project_count"]
    return [catalogue.t("benefits.lead_not_coded", n=missing)] if missing else []


def _levels(counts: Facts, catalogue: Catalogue) -> str:
    """Projects by their surest benefit, from documented to expected."""
    return catalogue.t(
        "benefits.four_clauses",
        first=catalogue.t("benefits.lead_documented", n=counts["documented_project_count"]),
        second=catalogue.t("benefits.lead_measured", n=counts["measured_by_participant_project_count"]),
        third=catalogue.t("benefits.lead_reported", n=counts["reported_project_count"]),
        fourth=catalogue.t("benefits.lead_expected", n=counts["expected_project_count"]),
    )


def measured_by(stated: Sequence[Facts], catalogue: Catalogue) -> list[str]:
    """By whom benefits were measured and documented: one sentence for each of the two levels that there is.

    `stated` are rows of `benefit_by_stated_by`. Numbers are of benefits, and never added over who says so: one benefit
    may be told by several.
    """
    found = []
    for level, key in ((MEASURED_BY_PARTICIPANT, "measured_by"), (DOCUMENTED, "documented_by")):
        counts = {row["stated_by_code"]: row["benefit_count"] for row in stated if row["evidence_code"] == level}
        who = {code: catalogue.t(f"brief.who_{code}") for code in sorted(counts)}
        if len(who) == 1:
            ((code, name),) = who.items()
            found.append(catalogue.t(f"benefits.{key}", n=counts[code], who=name))
        elif who:
            each = [catalogue.t("benefits.by_whom", who=name, n=counts[code]) for code, name in who.items()]
            found.append(catalogue.t(f"benefits.{key}_several", who=catalogue.join(each)))
    return found


def evidence_heading(counts: Facts, catalogue: Catalogue) -> str:
    """The finding above the map of evidence: how many of those coded for results have more than an expectation."""
    if counts["project_count"] == 0:
        return catalogue.t("sentences.known_projects", n=0).rstrip(".")
    achieved, coded = counts["achieved_project_count"], counts["coded_results_project_count"]
    if coded == 0:
        return catalogue.t("benefits.nothing_coded_for_results")
    if achieved == coded:
        return catalogue.t("benefits.achieved_all", n=achieved)
    return catalogue.t("benefits.achieved", n=achieved, coded=coded, projects=_projects(coded, catalogue))


def _projects(count: int, catalogue: Catalogue) -> str:
    return catalogue.t("benefits.projects", n=count)


def categories_heading(categories: Sequence[Facts], labels: Mapping[str, str], catalogue: Catalogue) -> str:
    """The finding above benefits by category: which is more than expected in the most projects.

    One project each is no finding, and neither is a tie of more than two: then the heading is a plain label.
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
    if not _is_finding(most):
        return catalogue.t("benefits.categories_plain")
    projects = catalogue.t("benefits.projects", n=next(iter(most.values())))
    return catalogue.t("benefits.category_most", n=len(names), names=_in_text(names, catalogue), projects=projects)


def beneficiaries_heading(
    counts: Facts, claims: Sequence[Facts], labels: Mapping[str, str], catalogue: Catalogue
) -> str:
    """The finding above benefits by whom they are for: of effects, never of input factors or solutions.

    `claims` are rows of `beneficiary_claims`. Of one claim each nothing is concluded.
    """
    most = {row["beneficiary_code"]: row["effect_claim_count"] for row in claims if row["is_most_effects"]}
    names = [label for code, label in labels.items() if code in most]
    if not names:
        return catalogue.t("benefits.no_effects")
    if not _is_finding(most):
        return catalogue.t("benefits.beneficiaries_plain")
    return catalogue.t(
        "benefits.beneficiary_most",
        n=len(names),
        who=_in_text(names, catalogue),
        count=next(iter(most.values())),
        total=counts["effect_claim_count"],
    )


def realisation_heading(counts: Facts, catalogue: Catalogue) -> str:
    """The finding above planned beside realised: how many indicators there are, and what came of them."""
    first = catalogue.t("benefits.indicators", n=counts["plan_count"])
    if counts["plan_count"] == 0:
        return first
    second = catalogue.t("benefits.measured", n=counts["measurement_count"])
    if counts["measurement_count"] == 0:
        return catalogue.t("sentences.two_clauses", first=first, second=second)
    third = catalogue.t("benefits.with_target", n=counts["target_count"])
    if counts["target_count"] == 0:
        return catalogue.t("sentences.three_clauses", first=first, second=second, third=third).rstrip(".")
    fourth = catalogue.t("benefits.reached", n=counts["reached_count"])
    return catalogue.t("benefits.four_clauses", first=first, second=second, third=third, fourth=fourth).rstrip(".")


def unmeasured_heading(counts: Facts, catalogue: Catalogue) -> str:
    """The finding above what is not measured, and how much of it should have been by now."""
    if counts["benefit_count"] == 0:
        return catalogue.t("benefits.no_benefits")
    first = catalogue.t("benefits.unmeasured", n=counts["unmeasured_claim_count"])
    if counts["unmeasured_claim_count"] == 0:
        return first
    is_planned = counts["planned_measurement_count"] > 0
    second = (
        catalogue.t("benefits.overdue", n=counts["overdue_count"]) if is_planned else catalogue.t("benefits.no_plan")
    )
    return catalogue.t("sentences.two_clauses", first=first, second=second)


def self_report_heading(counts: Facts, catalogue: Catalogue) -> str:
    """The finding above self-report: of everything said to be achieved, how much is told and not measured."""
    achieved, own = counts["achieved_claim_count"], counts["self_reported_claim_count"]
    if achieved == 0:
        return catalogue.t("benefits.nothing_achieved")
    if own == achieved:
        return catalogue.t("benefits.self_reported_all", n=own)
    return catalogue.t("benefits.self_reported", n=own, total=achieved)


def disbenefits_heading(counts: Facts, catalogue: Catalogue) -> str:
    """The heading above disbenefits, of which there is at least one: how many are known."""
    return catalogue.t("benefits.disbenefits", n=counts["negative_benefit_count"])


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
    return catalogue.join([_lower(name) for name in names])


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _is_finding(most: Mapping[str, int]) -> bool:
    """Whether the highest of several counts says anything: more than one, shared by two at the most."""
    return len(most) <= _MOST_IN_A_TIE and all(count > 1 for count in most.values())

"""Sentences about what goes together with use; computed from the marts, and never about what causes what.

Belongs here: pure functions from a row of `driver_headlines` and rows of other marts of one edition year to sentences.
Does not belong here: the wording (``texts/drivers.toml``), sentences of other pages and any counting.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from gevinst.addresses import addressed
from gevinst.contracts.addressing import addressed_rows
from gevinst.language.phrases import capital, part_of
from gevinst.language.texts import Catalogue

Facts = Mapping[str, Any]


def outcomes_sentence(counts: Facts, catalogue: Catalogue) -> str:
    """How many of the projects with a known outcome came into use, and apart from them how many partly did.

    `counts` is a row of `driver_headlines`.
    """
    known, in_use = counts["known_outcome_count"], counts["in_use_count"]
    if known == 0:
        return catalogue.t("drivers.no_outcome", n=counts["project_count"])
    sentence = capital(catalogue.t("drivers.outcomes", n=in_use, who=part_of(catalogue, in_use, known)))
    if partly := counts["partly_in_use_count"]:
        partly_in_use = catalogue.t("drivers.outcomes_partly", n=partly)
        return catalogue.t("sentences.two_clauses", first=sentence, second=partly_in_use)
    return sentence


def strips_heading(counts: Facts, catalogue: Catalogue) -> str:
    """The finding above the raw figure: how many are in use, and of how many the outcome is unknown."""
    sentence, unknown = outcomes_sentence(counts, catalogue), counts["unknown_outcome_count"]
    if unknown in (0, counts["project_count"]):
        return sentence
    return catalogue.t("scheme.with_gaps", most=sentence, gaps=catalogue.t("drivers.outcome_unknown", n=unknown))


def counts_heading(counts: Facts, catalogue: Catalogue) -> str:
    """How many of the four drivers are known for every project."""
    known, total = counts["fully_known_driver_count"], counts["driver_count"]
    if known == total:
        return catalogue.t("drivers.all_known_for_all", total=known)
    return catalogue.t("drivers.known_for_all", n=known, total=total)


def is_clear(row: Facts) -> bool:
    """Whether the 95 % interval of a row of `driver_association` lies on one side of zero."""
    low, high = row["rho_interval_low"], row["rho_interval_high"]
    return low is not None and high is not None and (low > 0 or high < 0)


_SHOWN = "driver_association.is_shown=true"


def association_heading(association: pl.DataFrame, labels: Mapping[str, str], catalogue: Catalogue) -> str:
    """The finding above the estimates; `labels` are the names of the drivers by code, in the order of mention.

    Only drivers whose interval lies on one side of zero are named; when none is shown at all, that is the finding.
    """
    by_code = {row["driver_code"]: row for row in addressed_rows("driver_association", association) if row["is_shown"]}
    shown = [by_code[code] for code in labels if code in by_code]
    if not shown:
        return catalogue.t("drivers.withheld")
    clear = [row for row in shown if is_clear(row)]
    parts = [
        capital(catalogue.t(key, n=addressed(len(names), _SHOWN), drivers=catalogue.join(names)))
        for key, names in (
            ("drivers.higher", [labels[row["driver_code"]] for row in clear if row["rho"] > 0]),
            ("drivers.lower", [labels[row["driver_code"]] for row in clear if row["rho"] < 0]),
        )
        if names
    ]
    if not parts:
        return catalogue.t("drivers.none_clear", n=addressed(len(shown), _SHOWN))
    first, *rest = parts
    if not rest:
        return first
    return catalogue.t("sentences.two_clauses", first=first, second=rest[0][:1].lower() + rest[0][1:])


def drivers_lead(counts: Facts, association: pl.DataFrame, labels: Mapping[str, str], catalogue: Catalogue) -> str:
    """What is known in all: outcomes, what goes with them or why that is not shown, and how to read it."""
    return " ".join(
        (
            f"{outcomes_sentence(counts, catalogue)}.",
            f"{association_heading(association, labels, catalogue)}.",
            catalogue.t("drivers.not_cause"),
        )
    )


def time_heading(counts: Facts, catalogue: Catalogue) -> str:
    """The finding above the curve of time to use: how many are known to be in use, then what is estimated.

    The estimate is of the newest whole year in which enough are followed, and is called one: its share is of no
    number of projects that could be counted. The sentence also says of how many of those followed no source has
    reported since; the share falls no faster than news comes.
    """
    if counts["followed_count"] == 0:
        return catalogue.t("drivers.no_times")
    events = counts["event_count"]
    counted = capital(catalogue.t("drivers.events", n=events, who=part_of(catalogue, events, counts["followed_count"])))
    if counts["curve_years"] is None:
        return counted
    sentence = catalogue.t(
        "drivers.estimated", counted=counted, n=counts["curve_years"], share=counts["curve_not_in_use_pct"]
    )
    if counts["curve_unheard_count"] == 0:
        return sentence
    who = part_of(catalogue, counts["curve_unheard_count"], counts["curve_at_risk_count"])
    return catalogue.t("drivers.estimated_unheard", sentence=sentence, who=who)


def heard_sentence(counts: Facts, catalogue: Catalogue) -> str | None:
    """What the second curve estimates at its newest whole year with enough projects; `None` when it has none."""
    if counts["heard_curve_years"] is None:
        return None
    return catalogue.t(
        "drivers.estimated_heard",
        n=counts["heard_curve_years"],
        share=counts["heard_curve_not_in_use_pct"],
        followed=counts["heard_curve_count"],
    )


def additionality_heading(row: Facts | None, catalogue: Catalogue) -> str:
    """What those who got funding say, from the edition's row of `additionality`; `None` when there is none."""
    if row is None or row["known_count"] == 0:
        return catalogue.t("drivers.nobody_asked")
    if row["strict_count"] is None:
        return catalogue.t("drivers.strict_hidden", n=row["known_count"])
    who = part_of(catalogue, row["strict_count"], row["known_count"])
    return capital(catalogue.t("drivers.strict", n=row["strict_count"], who=who))


def agreement_heading(agreement: pl.DataFrame, labels: Mapping[str, str], catalogue: Catalogue) -> str:
    """Which rated drivers coders agree on well enough, from rows of `coder_agreement`; `labels` by code, in order."""
    rated = {
        row["rated_driver_code"]: row for row in addressed_rows("coder_agreement", agreement) if row["unit_count"] > 0
    }
    if not rated:
        return catalogue.t("drivers.nobody_rated")
    enough = [labels[code] for code in labels if code in rated and rated[code]["is_publishable"]]
    if not enough:
        return catalogue.t("drivers.agree_on_none")
    return catalogue.t("drivers.agree_on", drivers=catalogue.join(enough))

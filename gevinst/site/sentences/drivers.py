"""Sentences about what goes together with use; computed from the marts, and never about what causes what.

Belongs here: pure functions from frames (by mart contract, already narrowed to one edition year) to sentences.
Does not belong here: the wording (``texts/drivers.toml``) and sentences of other pages (`sentences.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from gevinst.contracts.vocabulary import DRIVERS
from gevinst.language.phrases import capital, part_of
from gevinst.language.texts import Catalogue
from gevinst.site.figures.levels import outcome

Facts = Mapping[str, Any]


def outcomes_sentence(table: pl.DataFrame, catalogue: Catalogue) -> str:
    """How many of the projects with a known outcome are in use; `table` holds rows of `driver_table`."""
    found = [outcome(row) for row in table.iter_rows(named=True)]
    known = len(found) - found.count("unknown")
    if known == 0:
        return catalogue.t("drivers.no_outcome", n=len(found))
    in_use = found.count("in_use")
    return capital(catalogue.t("drivers.outcomes", n=in_use, who=part_of(catalogue, in_use, known)))


def strips_heading(table: pl.DataFrame, catalogue: Catalogue) -> str:
    """The finding above the raw figure: how many are in use, and of how many the outcome is unknown."""
    found = [outcome(row) for row in table.iter_rows(named=True)]
    told = outcomes_sentence(table, catalogue)
    if found.count("unknown") in (0, len(found)):
        return told
    unknown = catalogue.t("drivers.outcome_unknown", n=found.count("unknown"))
    return catalogue.t("sentences.two_clauses", first=told, second=unknown)


def counts_heading(table: pl.DataFrame, catalogue: Catalogue) -> str:
    """How many of the four drivers are known for every project; `table` holds rows of `driver_table`."""
    known = sum(table[driver].null_count() == 0 for driver in DRIVERS) if table.height else 0
    if known == len(DRIVERS):
        return catalogue.t("drivers.all_known_for_all", total=known)
    return catalogue.t("drivers.known_for_all", n=known, total=len(DRIVERS))


def is_clear(row: Facts) -> bool:
    """Whether the 95 % interval of a row of `driver_association` lies on one side of zero."""
    low, high = row["rho_interval_low"], row["rho_interval_high"]
    return low is not None and high is not None and (low > 0 or high < 0)


def association_heading(association: pl.DataFrame, labels: Mapping[str, str], catalogue: Catalogue) -> str:
    """The finding above the estimates; `labels` are the names of the drivers by code, in the order to tell them.

    Only drivers whose interval lies on one side of zero are named; when none is shown at all, that is the finding.
    """
    by_code = {row["driver_code"]: row for row in association.iter_rows(named=True) if row["is_shown"]}
    shown = [by_code[code] for code in labels if code in by_code]
    if not shown:
        return catalogue.t("drivers.withheld")
    clear = [row for row in shown if is_clear(row)]
    parts = [
        capital(catalogue.t(key, n=len(names), drivers=catalogue.join(names)))
        for key, names in (
            ("drivers.higher", [labels[row["driver_code"]] for row in clear if row["rho"] > 0]),
            ("drivers.lower", [labels[row["driver_code"]] for row in clear if row["rho"] < 0]),
        )
        if names
    ]
    if not parts:
        return catalogue.t("drivers.none_clear", n=len(shown))
    first, *rest = parts
    if not rest:
        return first
    return catalogue.t("sentences.two_clauses", first=first, second=rest[0][:1].lower() + rest[0][1:])


def drivers_lead(
    table: pl.DataFrame, association: pl.DataFrame, labels: Mapping[str, str], catalogue: Catalogue
) -> str:
    """What is known in all: outcomes, what goes with them or why that is not shown, and how to read it."""
    return " ".join(
        (
            f"{outcomes_sentence(table, catalogue)}.",
            f"{association_heading(association, labels, catalogue)}.",
            catalogue.t("drivers.not_cause"),
        )
    )


def time_heading(curve: pl.DataFrame, catalogue: Catalogue, *, min_n: int) -> str:
    """The finding above the curve, from rows of `time_to_use`: the share at the newest whole year enough are followed.

    Told with it is of how many of those followed nobody has heard since; the share falls no faster than news comes.
    """
    first = curve.sort("month").head(1)
    if first.is_empty():
        return catalogue.t("drivers.no_times")
    whole_years = curve.filter((pl.col("month") % 12 == 0) & (pl.col("month") > 0))
    enough = whole_years.filter(pl.col("at_risk_count") >= min_n).sort("month")
    if enough.is_empty() or curve["event_count"].sum() == 0:
        events, total = int(curve["event_count"].sum()), first.item(0, "at_risk_count")
        return capital(catalogue.t("drivers.events", n=events, who=part_of(catalogue, events, total)))
    last = enough.tail(1).row(0, named=True)
    told = catalogue.t("drivers.still_not", n=last["month"] // 12, share=last["not_in_use_pct"])
    if last["unheard_count"] == 0:
        return told
    who = part_of(catalogue, last["unheard_count"], last["at_risk_count"])
    return catalogue.t("drivers.still_not_unheard", told=told, who=who)


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
    rated = {row["rated_driver_code"]: row for row in agreement.iter_rows(named=True) if row["unit_count"] > 0}
    if not rated:
        return catalogue.t("drivers.nobody_rated")
    enough = [labels[code] for code in labels if code in rated and rated[code]["is_publishable"]]
    if not enough:
        return catalogue.t("drivers.agree_on_none")
    return catalogue.t("drivers.agree_on", drivers=catalogue.join(enough))

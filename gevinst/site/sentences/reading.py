"""Sentences of what was read and coded, which belong beside every claim of absence.

Belongs here: pure functions from headline figures and rows of marts about reading to sentences.
Does not belong here: the wording (``texts/coverage.toml``), and any counting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gevinst.language.texts import Catalogue
from gevinst.site.headlines import Headlines

Facts = Mapping[str, Any]


def read_whole(figures: Headlines, catalogue: Catalogue) -> str:
    """How many documents were read in whole: what was not found may be in the rest of the others."""
    whole, total = figures["sources_read_whole"].value, figures["sources"].value
    if whole == total:
        return catalogue.t("coverage.read_whole_all", n=total)
    return catalogue.t("coverage.read_whole", n=whole, total=total)


def coded_for(figures: Headlines, catalogue: Catalogue) -> str:
    """Of how many projects anybody looked for status, expected benefits and results."""
    total = figures["projects"].value
    counts = {name: figures[f"is_coded_{name}"].value for name in ("status", "expected", "results")}
    if set(counts.values()) == {total}:
        return catalogue.t("coverage.coded_for_all", n=total)
    return catalogue.t("coverage.coded_for", n=counts.pop("status"), total=total, **counts)


def reading_list_heading(figures: Headlines, catalogue: Catalogue) -> str:
    """The heading above what to read again: how many documents, and how many of them for results."""
    first = catalogue.t("coverage.to_read_again", n=figures["to_read_again"].value)
    second = catalogue.t("coverage.to_read_for_results", n=figures["to_read_for_results"].value)
    return catalogue.t("sentences.two_clauses", first=first, second=second)


def coding_heading(rows: Sequence[Facts], catalogue: Catalogue) -> str:
    """The finding above agreement on claims: how many claims were coded by two; never a mean of the variables.

    `rows` are those of `coding_agreement` of one edition year; all variables rest on the same claims.
    """
    return catalogue.t("coverage.coded_twice", n=max((row["unit_count"] for row in rows), default=0))


def known_over_time_heading(outcomes: Sequence[Facts], projects: Facts, catalogue: Catalogue) -> str:
    """Of how many projects the outcome is known, and the year in which most of that is only a possibility.

    `outcomes` are the rows of `reconstruction_bounds` about known outcomes, oldest first, and `projects` is the newest
    about known projects. Where both bounds are the same throughout, only the newest numbers are told.
    """
    now = {"n": outcomes[-1]["certain_count"], "total": projects["certain_count"]}
    widest = max(outcomes, key=lambda row: row["possible_count"] - row["certain_count"])
    if widest["possible_count"] == widest["certain_count"]:
        return catalogue.t("known_over_time.heading", **now)
    certain, possible = widest["certain_count"], widest["possible_count"]
    year = str(widest["edition_year"])
    return catalogue.t("known_over_time.heading_apart", year=year, certain=certain, possible=possible, **now)

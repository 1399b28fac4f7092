"""Sentences of what was read and coded, which belong beside every claim of absence.

Belongs here: pure functions from headline figures and rows of marts about reading to sentences.
Does not belong here: the wording (``texts/coverage.toml``), and any counting.
"""

from __future__ import annotations

from collections.abc import Mapping
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
    return catalogue.t("coverage.coded_for", total=catalogue.t("key_figure.of_projects", n=total), **counts)


def reading_list_heading(figures: Headlines, catalogue: Catalogue) -> str:
    """The heading above what to read again: how many documents, and how many of them for results."""
    first = catalogue.t("coverage.to_read_again", n=figures["to_read_again"].value)
    second = catalogue.t("coverage.to_read_for_results", n=figures["to_read_for_results"].value)
    return catalogue.t("sentences.two_clauses", first=first, second=second)


def coding_heading(rows: list[Facts], catalogue: Catalogue) -> str:
    """The finding above agreement on claims: how many claims were coded by two; never a mean of the variables.

    `rows` are those of `coding_agreement` of one edition year; all variables rest on the same claims.
    """
    return catalogue.t("coverage.coded_twice", n=max((row["unit_count"] for row in rows), default=0))

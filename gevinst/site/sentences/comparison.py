"""Sentences about projects at equal age.

Belongs here: pure functions from rows of `outcomes_by_age` of one edition year to sentences.
Does not belong here: the wording (``texts/comparison.toml``) and counting (`gevinst.method.ages`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gevinst.addresses import no_figure
from gevinst.language.texts import Catalogue
from gevinst.method.ages import COHORT, EVERY_PROJECT

Facts = Mapping[str, Any]


def comparison_lead(rows: Mapping[tuple[str, str, int], Facts], age_years: int | None, catalogue: Catalogue) -> str:
    """What had come of all projects at one age, of how many that is unknown, and whether any cohort stands out.

    `rows` are by group, value and age. A cohort is named only where the mart marks it: shares of few are not ranked.
    """
    every = rows.get((EVERY_PROJECT, EVERY_PROJECT, age_years or 0))
    if every is None:
        return catalogue.t("comparison.none_reached")
    said = [
        catalogue.t(
            "comparison.all",
            n=every["project_count"],
            years=no_figure(age_years, "limit"),
            in_use=catalogue.t("comparison.in_use", n=every["in_use_count"]),
            partly=catalogue.t("comparison.partly", n=every["partly_in_use_count"]),
        )
    ]
    if every["unknown_outcome_count"]:
        said.append(catalogue.t("comparison.unknown", n=every["unknown_outcome_count"]))
    most = [row for (group, _, age), row in rows.items() if group == COHORT and age == age_years and row["is_most"]]
    return " ".join((*said, _standing_out(most, catalogue)))


def _standing_out(most: list[Facts], catalogue: Catalogue) -> str:
    """The one cohort with the largest share; several with the same share may have it of different numbers."""
    if len(most) != 1:
        return catalogue.t("comparison.tied" if most else "comparison.no_most")
    return catalogue.t(
        "comparison.most",
        cohort=most[0]["group_value"],
        in_use=most[0]["in_use_count"],
        known=most[0]["known_count"],
    )

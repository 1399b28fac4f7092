"""Contract of the mart about the projects of single organisations.

Belongs here: what became of the projects that an organisation takes part in.
Does not belong here: suppliers and owners of the scheme as a whole (`marts_scheme.py`).
"""

from __future__ import annotations

from gevinst.contracts.fields import listed, override
from gevinst.contracts.model import Additivity, Contract

ORGANISATION_OUTCOMES = Contract(
    name="organisation_outcomes",
    layer="marts",
    title_nb="Prosjekter per virksomhet",
    title_en="Projects by organisation",
    grain_nb="Én rad per virksomhet, rolle og utgaveår, og én for alle rollene samlet.",
    grain_en="One row per organisation, role and edition year, and one for all roles together.",
    key=("edition_year", "organisation_id", "role_group"),
    depends_on=("participations", "project_status", "sources", "edition_years"),
    may_be_empty=True,
    rule_nb="Prosjektene som virksomheten er med i, og hva som er kjent om hvordan det gikk med dem. Et prosjekt "
    "telles én gang per rolle; eier og deleier er én rolle. Deltakelser som kilder er uenige om, telles med, og for "
    "seg. Flere virksomheter deler et prosjekt, så radene kan ikke legges sammen. Hvordan det gikk, er verken "
    "virksomhetens fortjeneste eller feil alene.",
    rule_en="The projects that the organisation takes part in, and what is known of how they went. A project is "
    "counted once for each role; owner and co-owner are one. Participations that sources disagree on are counted too, "
    "and by themselves. Several organisations share a project, so that rows cannot be added. How a project went is not "
    "the merit or fault of one organisation alone.",
    formula="project_count = projects with a participation in role_group; disputed_count = of these is_disputed; "
    "in_use_count = of these is_in_use, and of them is_stale and is_inferred; partly_in_use_count, "
    "result_not_in_use_count, stopped_count, continued_count and unknown_outcome_count = of these outcome_code = "
    "the name; known_outcome_count = of these outcome_code <> unknown, and stale_count of them is_stale",
    columns=listed(
        "edition_year organisation_id role_group",
        *override("project_count", "Prosjekter.", "Projects.", additivity=Additivity.NO),
        "disputed_count",
        *override("in_use_count", "Av dem: tatt i bruk eller spredt.", "Of them: in use or spread."),
        *override("in_use_stale_count", additivity=Additivity.NO),
        "in_use_inferred_count",
        *override("partly_in_use_count", "Av dem: delvis i bruk.", "Of them: partly in use.", additivity=Additivity.NO),
        "result_not_in_use_count stopped_count continued_count",
        *override(
            "known_outcome_count", "Av dem: kjent utfall.", "Of them: a known outcome.", additivity=Additivity.NO
        ),
        *override("unknown_outcome_count", "Av dem: ukjent utfall.", "Of them: an unknown outcome."),
        *override(
            "stale_count",
            "Av dem med kjent utfall: opplysningen er gammel.",
            "Of those with a known outcome: the statement is old.",
            additivity=Additivity.NO,
        ),
    ),
)

"""Contracts of the marts about projects at equal age.

Belongs here: the outcome of each project so many years after its award, and counts of these by group.
Does not belong here: the newest status (`marts_projects.py`) and estimates of time to use (`marts_statistics.py`).
"""

from __future__ import annotations

from gevinst.contracts.fields import listed, override
from gevinst.contracts.model import Additivity, Contract

PROJECT_AGES = Contract(
    name="project_ages",
    layer="marts",
    title_nb="Utfall ved samme alder, per prosjekt",
    title_en="Outcomes at equal age, by project",
    grain_nb="Én rad per prosjekt, utgaveår og hele år etter tildelingen som prosjektet har nådd.",
    grain_en="One row per project, edition year and whole year after the award that the project has reached.",
    key=("edition_year", "project_id", "age_years"),
    depends_on=("project_status", "projects", "rounds", "status_assessments", "sources", "edition_years"),
    may_be_empty=True,
    rule_nb="Utfallet ved en alder er utfallet av den nyeste opplysningen som gjelder senest så mange år etter "
    "tildelingen, blant dem utgaven kjenner, uansett når de ble offentlige. Er bare måneden eller året kjent, regnes "
    "den siste dagen. Er ingenting kjent fra den tiden, er utfallet ukjent, også når noe er kjent fra senere.",
    rule_en="The outcome at an age is that of the newest statement about a time at most so many years after the award, "
    "among those the edition knows, whenever they became public. Where only the month or year is known, its last day "
    "counts. Where nothing is known of that time the outcome is unknown, even when something later is known.",
    formula="age_years = 1, 2, ... while 12 * age_years <= months_since_award of project_status; outcome_code = that "
    "of the statement with the latest last day of assessed_on <= last day of awarded_on + age_years, and known_on <= "
    "as_of_on",
    columns=listed(
        "edition_year project_id age_years",
        *override("outcome_code", "Utfallet ved den alderen.", "The outcome at that age."),
    ),
)

OUTCOMES_BY_AGE = Contract(
    name="outcomes_by_age",
    layer="marts",
    title_nb="Utfall ved samme alder, gruppe for gruppe",
    title_en="Outcomes at equal age, group by group",
    grain_nb="Én rad per gruppe, verdi, alder og utgaveår.",
    grain_en="One row per group, value, age and edition year.",
    key=("edition_year", "comparison_group", "group_value", "age_years"),
    depends_on=(
        "project_ages",
        "project_status",
        "projects",
        "participations",
        "organisations",
        "sources",
        "edition_years",
    ),
    may_be_empty=True,
    rule_nb="Hvor mange prosjekter som har nådd alderen, og hva som da var blitt av dem. Et prosjekt med eiere på "
    "flere forvaltningsnivåer telles på hvert av dem. Andelen er av prosjekter med kjent utfall, og gis ikke når de er "
    "for få. En gruppe er den med størst andel bare når minst to grupper har nok kjente utfall. Det som er likt ved "
    "samme alder, sier ikke hvorfor.",
    rule_en="How many projects have reached the age, and what had then come of them. A project with owners of several "
    "levels of government is counted in each. The share is of projects with a known outcome, and is not given where "
    "these are too few. A group is the one with the largest share only where at least two have known outcomes enough. "
    "What is seen at equal age does not say why.",
    formula="rows of project_ages by cohort_year, sector_code, level_code of owners and co-owners, and all; "
    "ended_count = stopped or continued; known_count = outcome_code <> unknown; in_use_pct = 100 * in_use_count / "
    "known_count, null when known_count < 5 (min_n_for_shares); compared_count = groups with "
    "in_use_pct at the age; is_most = highest in_use_pct above 0 where compared_count > 1",
    columns=listed(
        "edition_year comparison_group group_value age_years",
        *override(
            "project_count",
            "Prosjekter som har nådd alderen.",
            "Projects that have reached the age.",
            additivity=Additivity.NO,
        ),
        "in_use_count partly_in_use_count result_count ended_count",
        *override("known_count", "Prosjekter med kjent utfall.", "Projects with a known outcome."),
        "unknown_outcome_count in_use_pct compared_count is_most",
    ),
)

AGE_MARTS: tuple[Contract, ...] = (PROJECT_AGES, OUTCOMES_BY_AGE)

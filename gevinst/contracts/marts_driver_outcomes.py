"""Contracts of the marts that count what came of projects by what is known of them.

Belongs here: outcomes by level, and the headline numbers of drivers.
Does not belong here: the drivers themselves and their association with status (`marts_statistics.py`).
"""

from __future__ import annotations

from gevinst.contracts.fields import listed, override
from gevinst.contracts.model import Additivity, Contract

DRIVER_OUTCOMES = Contract(
    name="driver_outcomes",
    layer="marts",
    title_nb="Utfall etter nivå",
    title_en="Outcomes by level",
    grain_nb="Én rad per kjennetegn, gruppering, nivå og utgaveår; nivåer uten prosjekter har ingen rad.",
    grain_en="One row per characteristic, grouping, level and edition year; levels without projects have no row.",
    key=("edition_year", "characteristic", "grouping", "level"),
    empty_without=("projects",),
    depends_on=(
        "driver_table",
        "project_status",
        "projects",
        "participations",
        "organisations",
        "sources",
        "edition_years",
    ),
    rule_nb="Hvor mange prosjekter som har hvert nivå av de fire driverne, og av eiere, politikkområde og kull, etter "
    "hva som kom ut av dem. Delvis i bruk er et utfall for seg. Tiden regnes i hele år. Har eierne flere "
    "forvaltningsnivåer, er prosjektet "
    "«mixed». Andelen er av prosjekter med kjent utfall, og gis ikke når de er for få.",
    rule_en="How many projects have each level of the four drivers, and of owners, policy area and cohort, by what "
    "came of them. Partly in use is an outcome of its own. Time is in whole years. When the owners are of several "
    "levels of government the project is "
    "mixed. The share is of projects with a known outcome, and is not given when they are too few.",
    formula="in_use_count = is_outcome_known and is_in_use; partly_in_use_count = is_outcome_known and outcome_code = "
    "partly_in_use; not_in_use_count = is_outcome_known and neither; unknown_count = not is_outcome_known; known_count "
    "= in_use_count + partly_in_use_count + not_in_use_count; in_use_pct = 100 * "
    "in_use_count / known_count where known_count >= min_n_for_shares",
    columns=listed(
        "edition_year characteristic grouping level in_use_count partly_in_use_count",
        "not_in_use_count",
        *override(
            "unknown_count",
            "Prosjekter der ingen har fortalt.",
            "Projects that no source has reported on.",
            additivity=Additivity.NO,
        ),
        *override("known_count", "Prosjekter med kjent utfall.", "Projects with a known outcome."),
        *override(
            "project_count", "Alle prosjekter på nivået.", "All projects of the level.", additivity=Additivity.NO
        ),
        "in_use_pct",
    ),
)

DRIVER_HEADLINES = Contract(
    name="driver_headlines",
    layer="marts",
    title_nb="Hovedtall om drivere og bruk",
    title_en="Headline numbers of drivers and use",
    grain_nb="Én rad per utgaveår.",
    grain_en="One row per edition year.",
    key=("edition_year",),
    depends_on=("edition_years", "driver_table", "time_to_use"),
    rule_nb="Tallene som står i overskriftene på siden om det som henger sammen med bruk. Fra hver av de "
    "to kurvene over tid til bruk: anslaget ved det siste hele året der nok prosjekter følges; tomt når det ikke "
    "finnes, eller når ingenting er kommet i bruk.",
    rule_en="The numbers shown in the headings of the page about what goes together with use. From each of the "
    "two curves of time to use: the estimate at the last whole year at which enough projects are followed; empty "
    "when there is none, or when nothing has come into use.",
    formula="known_outcome_count = rows of driver_table with is_outcome_known; in_use_count = of these is_in_use; "
    "fully_known_driver_count = drivers without a missing value; followed_count = at_risk_count of the first "
    "month; event_count = sum of event_count; left_count = sum of left_count; curve_years = last month / 12 with "
    "at_risk_count >= min_n_for_shares; heard_curve_years = last month / 12 with heard_count >= min_n_for_shares",
    columns=listed(
        "edition_year",
        *override("project_count", "Prosjekter i utgaven.", "Projects of the edition.", additivity=Additivity.NO),
        "known_outcome_count unknown_outcome_count in_use_count partly_in_use_count driver_count",
        "fully_known_driver_count",
        "followed_count",
        *override(
            "event_count",
            "Av dem: kjent å være kommet i bruk.",
            "Of these: known to have come into use.",
            additivity=Additivity.NO,
        ),
        *override(
            "left_count",
            "Av dem: stanset eller videreført i annen form før de kom i bruk.",
            "Of these: stopped or continued in another form before they came into use.",
            additivity=Additivity.NO,
        ),
        "curve_years curve_not_in_use_pct curve_at_risk_count curve_unheard_count heard_curve_years",
        "heard_curve_not_in_use_pct heard_curve_count",
    ),
)

DRIVER_OUTCOME_MARTS = (DRIVER_OUTCOMES, DRIVER_HEADLINES)
"""After the drivers and the curve of time to use, which they count."""

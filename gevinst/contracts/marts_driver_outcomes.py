"""Contracts of the marts that count what came of projects by what is known of them.

Belongs here: outcomes by level, and the headline numbers of drivers.
Does not belong here: the drivers themselves and their association with status (`mart_drivers.py`).
"""

from __future__ import annotations

from gevinst.contracts.model import EDITION_YEAR, Additivity, Column, Contract, Type, count, percent, text, with_basis


def _one(name: str, nb: str, en: str) -> Column:
    return count(name, nb, en, additivity=Additivity.NO)


DRIVER_OUTCOMES = Contract(
    name="driver_outcomes",
    layer="marts",
    title_nb="Utfall etter nivå",
    title_en="Outcomes by level",
    grain_nb="Én rad per kjennetegn, gruppering, nivå og utgaveår; nivåer uten prosjekter har ingen rad.",
    grain_en="One row per characteristic, grouping, level and edition year; levels without projects have no row.",
    key=("edition_year", "characteristic", "grouping", "level"),
    depends_on=(
        "driver_table",
        "project_status",
        "projects",
        "participations",
        "organisations",
        "sources",
        "edition_years",
    ),
    rule_nb="Hvor mange prosjekter som har hvert nivå av de fire driverne, og av eiere, politikkområde og kull, "
    "etter hva som kom ut av dem. Tiden regnes i hele år. Har eierne flere forvaltningsnivåer, er prosjektet "
    "«mixed». Andelen er av prosjekter med kjent utfall, og gis ikke når de er for få.",
    rule_en="How many projects have each level of the four drivers, and of owners, policy area and cohort, by what "
    "came of them. Time is in whole years. When the owners are of several levels of government the project is mixed. "
    "The share is of projects with a known outcome, and is not given when they are too few.",
    formula="in_use_count = is_outcome_known and is_in_use; not_in_use_count = is_outcome_known and not is_in_use; "
    "unknown_count = not is_outcome_known; known_count = in_use_count + not_in_use_count; in_use_pct = 100 * "
    "in_use_count / known_count where known_count >= min_n_for_shares",
    columns=(
        EDITION_YEAR,
        text(
            "characteristic",
            "complexity, actor_count, months_since_start, implementation_difficulty, owner_count, owner_level, sector "
            "eller cohort.",
            "One of complexity, actor_count, months_since_start, implementation_difficulty, owner_count, owner_level, "
            "sector and cohort.",
            required=True,
        ),
        text(
            "grouping",
            "band for tre nivåer (og alt som ikke er en driver), level for fem, whole for kjent eller ikke.",
            "band for three levels (and whatever is no driver), level for five, whole for known or not.",
            required=True,
        ),
        text(
            "level",
            "Spennet (2-3, eller 4- uten ende), koden, året, mixed, known eller unknown.",
            "The span (2-3, or 4- without an end), the code, the year, mixed, known or unknown.",
            required=True,
        ),
        _one("in_use_count", "Prosjekter i bruk eller spredt.", "Projects in use or spread."),
        _one("not_in_use_count", "Prosjekter som er kjent å ikke være det.", "Projects known not to be."),
        _one("unknown_count", "Prosjekter der ingen har fortalt.", "Projects of which nobody has told."),
        _one("known_count", "Prosjekter med kjent utfall.", "Projects with a known outcome."),
        _one("project_count", "Alle prosjekter på nivået.", "All projects of the level."),
        with_basis(
            percent(
                "in_use_pct",
                "Andelen i bruk av dem med kjent utfall; tom når de er for få.",
                "The share in use of those with a known outcome; empty when they are too few.",
            ),
            "known_count",
        ),
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
    rule_nb="Tallene som står i overskriftene på siden om det som henger sammen med bruk. Fra kurven over tid til "
    "bruk: det siste hele året der nok prosjekter følges; tomt når det ikke finnes, eller når ingenting er kommet i "
    "bruk.",
    rule_en="The numbers that stand in the headings of the page about what goes together with use. From the curve of "
    "time to use: the last whole year at which enough projects are followed; empty when there is none, or when "
    "nothing has come into use.",
    formula="known_outcome_count = rows of driver_table with is_outcome_known; in_use_count = of these is_in_use; "
    "fully_known_driver_count = drivers without a missing value; followed_count = at_risk_count of the first month; "
    "event_count = sum of event_count; curve_years = last month / 12 with at_risk_count >= min_n_for_shares",
    columns=(
        EDITION_YEAR,
        _one("project_count", "Prosjekter i utgaven.", "Projects of the edition."),
        _one("known_outcome_count", "Prosjekter med kjent utfall.", "Projects with a known outcome."),
        _one("unknown_outcome_count", "Prosjekter med ukjent utfall.", "Projects with an unknown outcome."),
        _one("in_use_count", "Prosjekter i bruk eller spredt.", "Projects in use or spread."),
        _one("driver_count", "Drivere.", "Drivers."),
        _one("fully_known_driver_count", "Drivere kjent for alle prosjekter.", "Drivers known for every project."),
        _one("followed_count", "Prosjekter som følges fra tildelingen.", "Projects followed from the award."),
        _one("event_count", "Av dem: kjent å være kommet i bruk.", "Of these: known to have come into use."),
        Column(
            "curve_years",
            Type.INTEGER,
            "Hele år etter tildelingen som tallene under gjelder.",
            "Whole years after the award that the numbers below are about.",
        ),
        with_basis(
            percent("curve_not_in_use_pct", "Andelen som ikke er kjent i bruk.", "The share not known to be in use."),
            "curve_at_risk_count",
        ),
        _one("curve_at_risk_count", "Prosjekter som fortsatt følges.", "Projects still followed."),
        _one("curve_unheard_count", "Av dem: ingen har fortalt noe siden.", "Of these: nobody has told since."),
    ),
)

DRIVER_OUTCOME_MARTS = (DRIVER_OUTCOMES, DRIVER_HEADLINES)
"""After the drivers and the curve of time to use, which they count."""

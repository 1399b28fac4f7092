"""Fields of the marts that count what came of projects by what is known of them.

Belongs here: fields that only these marts have.
Does not belong here: which marts have them (`gevinst.contracts.marts_driver_outcomes`).
"""

from __future__ import annotations

from gevinst.contracts.model import Additivity, Column, Type, count, percent, text, with_basis

DRIVER_OUTCOMES = (
    text(
        "characteristic",
        "complexity, actor_count, months_since_start, implementation_difficulty, owner_count, owner_level, "
        "sector eller cohort.",
        "One of complexity, actor_count, months_since_start, implementation_difficulty, owner_count, "
        "owner_level, sector and cohort.",
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
    count(
        "partly_in_use_count",
        "Prosjekter delvis i bruk.",
        "Projects partly in use.",
        additivity=Additivity.NO,
    ),
    count(
        "not_in_use_count",
        "Prosjekter med et kjent utfall som verken er i bruk eller delvis i bruk.",
        "Projects with a known outcome that are neither in use nor partly in use.",
        additivity=Additivity.NO,
    ),
    with_basis(
        percent(
            "in_use_pct",
            "Andelen i bruk av dem med kjent utfall; tom når de er for få.",
            "The share in use of those with a known outcome; empty when they are too few.",
        ),
        "known_count",
    ),
    count(
        "known_outcome_count",
        "Prosjekter med kjent utfall.",
        "Projects with a known outcome.",
        additivity=Additivity.NO,
    ),
    count(
        "unknown_outcome_count",
        "Prosjekter med ukjent utfall.",
        "Projects with an unknown outcome.",
        additivity=Additivity.NO,
    ),
    count("driver_count", "Drivere.", "Drivers.", additivity=Additivity.NO),
    count(
        "fully_known_driver_count",
        "Drivere kjent for alle prosjekter.",
        "Drivers known for every project.",
        additivity=Additivity.NO,
    ),
    count(
        "followed_count",
        "Prosjekter som følges fra tildelingen.",
        "Projects followed from the award.",
        additivity=Additivity.NO,
    ),
    Column(
        "curve_years",
        Type.INTEGER,
        "Hele år etter tildelingen som de tre neste tallene gjelder.",
        "Whole years after the award that the next three numbers are about.",
    ),
    with_basis(
        percent(
            "curve_not_in_use_pct",
            "Anslått andel som ikke er kjent i bruk, fulgt til utgavens dato.",
            "Estimated share not known to be in use, followed to the edition's date.",
        ),
        "curve_at_risk_count",
    ),
    count(
        "curve_at_risk_count", "Prosjekter som fortsatt følges.", "Projects still followed.", additivity=Additivity.NO
    ),
    count(
        "curve_unheard_count",
        "Av dem: ingen har fortalt noe siden.",
        "Of these: not reported on since.",
        additivity=Additivity.NO,
    ),
    Column(
        "heard_curve_years",
        Type.INTEGER,
        "Hele år etter tildelingen som de to neste tallene gjelder.",
        "Whole years after the award that the next two numbers are about.",
    ),
    with_basis(
        percent(
            "heard_curve_not_in_use_pct",
            "Anslått andel som ikke er kjent i bruk, fulgt bare til siste nytt om hvert prosjekt.",
            "Estimated share not known to be in use, followed only until the newest news of each project.",
        ),
        "heard_curve_count",
    ),
    count(
        "heard_curve_count",
        "Prosjekter som noen har fortalt om så lenge.",
        "Projects that are heard of for so long.",
        additivity=Additivity.NO,
    ),
)

"""Fields of the marts about projects at equal age.

Belongs here: fields that only these marts have.
Does not belong here: which marts have them (`gevinst.contracts.marts_ages`).
"""

from __future__ import annotations

from gevinst.contracts.model import Additivity, count, text, whole

AGES = (
    whole("age_years", "years", "Hele år etter tildelingen.", "Whole years after the award.", required=True, minimum=1),
    text(
        "comparison_group",
        "Det prosjektene sammenlignes etter: cohort, sector, owner_level, eller all for alle samlet.",
        "What projects are compared by: cohort, sector, owner_level, or all for all together.",
        required=True,
    ),
    text("group_value", "Kullet, koden, eller all.", "The cohort, the code, or all.", required=True),
    count(
        "result_count",
        "Prosjekter med et resultat som ikke er tatt i bruk.",
        "Projects with a result that is not in use.",
        additivity=Additivity.NO,
    ),
    count(
        "ended_count",
        "Prosjekter som er stanset eller videreført i annen form.",
        "Projects that are stopped or continued in another form.",
        additivity=Additivity.NO,
    ),
    count(
        "compared_count",
        "Grupper med nok kjente utfall til at andeler kan sammenlignes.",
        "Groups with known outcomes enough for shares to be compared.",
        additivity=Additivity.NO,
    ),
)

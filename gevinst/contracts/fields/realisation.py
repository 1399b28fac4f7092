"""Fields of the marts that follow each benefit: plans in force, what has changed in them, and what is measured.

Belongs here: fields that only these marts have.
Does not belong here: which marts have them (`gevinst.contracts.marts_realisation`), and fields of the plans themselves.
"""

from __future__ import annotations

from gevinst.contracts.model import Additivity, code, count, flag, number, reference

REALISATION = (
    reference(
        "plan_in_force_id",
        "benefit_plans.benefit_plan_id",
        "Planen som gjelder: den nyeste som er kjent.",
        "The plan in force: the newest that is known.",
    ),
    number(
        "first_baseline_value",
        "see unit_code",
        "Det første nullpunktet noen oppga; tomt når ingen har oppgitt noe.",
        "The first baseline that was stated; empty when none was.",
    ),
    flag(
        "is_baseline_changed",
        "Ja når nullpunktet er et annet enn det første.",
        "True when the baseline differs from the first.",
    ),
    number(
        "first_target_value",
        "see unit_code",
        "Det første målet noen oppga; tomt når ingen har oppgitt noe.",
        "The first target that was stated; empty when none was.",
    ),
    flag(
        "is_target_changed",
        "Ja når målet er et annet enn det første, eller er falt bort.",
        "True when the target differs from the first, or is no longer there.",
    ),
    count(
        "plan_change_count",
        "Hvor mange ganger planen er endret.",
        "How many times the plan has been changed.",
        additivity=Additivity.NO,
    ),
    flag("is_measured", "Ja når raden har en måling.", "True when the row has a measurement."),
    count("plan_count", "Indikatorer i planer, målt eller ikke.", "Indicators of plans, measured or not."),
    count(
        "measured_plan_count",
        "Indikatorer som er målt minst én gang.",
        "Indicators that are measured at least once.",
        additivity=Additivity.NO,
    ),
    code(
        "best_stated_by_code",
        "stated_by",
        "Hvem som sier det sikreste; tom når ingen har uttalt seg.",
        "Who says the surest; empty when nobody has spoken.",
        required=False,
    ),
    flag(
        "has_goal",
        "Ja når noen har satt et mål for gevinsten.",
        "True when somebody has set a goal for the benefit.",
    ),
    count("benefit_count", "Gevinster.", "Benefits.", additivity=Additivity.NO),
)

"""Fields of the marts that count benefits: headline numbers, categories, beneficiaries, stages and intervals.

Belongs here: fields that only these marts have.
Does not belong here: which marts have them (`gevinst.contracts.marts_benefit_headlines`).
"""

from __future__ import annotations

from gevinst.contracts.model import Additivity, count, flag, text

BENEFIT_HEADLINES = (
    count(
        "documented_project_count",
        "Prosjekter med dokumentert gevinst.",
        "Projects with a documented benefit.",
        additivity=Additivity.NO,
    ),
    count(
        "measured_by_participant_project_count",
        "Prosjekter der det sikreste er en gevinst som er målt, men oppgitt av deltaker eller leverandør.",
        "Projects whose surest benefit is measured, as stated by a participant or supplier.",
        additivity=Additivity.NO,
    ),
    count(
        "reported_project_count",
        "Prosjekter der det sikreste er en oppgitt gevinst.",
        "Projects whose surest benefit is reported.",
        additivity=Additivity.NO,
    ),
    count(
        "expected_project_count",
        "Prosjekter der det sikreste er en forventet gevinst.",
        "Projects whose surest benefit is expected.",
        additivity=Additivity.NO,
    ),
    count(
        "achieved_project_count",
        "Prosjekter med oppgitt, målt eller dokumentert gevinst.",
        "Projects with a reported, measured or documented benefit.",
        additivity=Additivity.NO,
    ),
    count("found_project_count", "Prosjekter med en gevinst.", "Projects with a benefit.", additivity=Additivity.NO),
    count(
        "not_found_project_count",
        "Prosjekter som er kodet for gevinster, uten at noen er funnet.",
        "Projects that were coded for benefits, and none found.",
        additivity=Additivity.NO,
    ),
    count(
        "coded_project_count",
        "Prosjekter som er kodet for forventede eller oppnådde gevinster.",
        "Projects coded for expected or achieved benefits.",
        additivity=Additivity.NO,
    ),
    count(
        "not_coded_project_count",
        "Prosjekter som ingen har kodet for gevinster.",
        "Projects that nobody has coded for benefits.",
        additivity=Additivity.NO,
    ),
    count(
        "coded_expected_project_count",
        "Prosjekter som er kodet for forventede gevinster.",
        "Projects coded for expected benefits.",
        additivity=Additivity.NO,
    ),
    count(
        "coded_results_project_count",
        "Prosjekter som er kodet for oppnådde gevinster.",
        "Projects coded for benefits achieved.",
        additivity=Additivity.NO,
    ),
    count(
        "achieved_benefit_count",
        "Gevinster som noen sier er oppnådd.",
        "Benefits that somebody says are achieved.",
        additivity=Additivity.NO,
    ),
    count("goal_count", "Gevinster med et mål.", "Benefits with a goal.", additivity=Additivity.NO),
    count(
        "achieved_goal_count",
        "Av dem: noen sier at målet er nådd.",
        "Of these: somebody says it is achieved.",
        additivity=Additivity.NO,
    ),
    count("unmeasured_count", "Gevinster uten måling.", "Benefits without a measurement.", additivity=Additivity.NO),
    count(
        "unmeasured_hope_count",
        "Av dem: bare forventet, og ikke i noen plan.",
        "Of these: only expected, and in no plan.",
        additivity=Additivity.NO,
    ),
    count(
        "unmeasured_claim_count",
        "Av dem: oppgitt, eller i en plan.",
        "Of these: reported, or in a plan.",
        additivity=Additivity.NO,
    ),
    count(
        "planned_measurement_count",
        "Av dem: måling er planlagt.",
        "Of these: a measurement is planned.",
        additivity=Additivity.NO,
    ),
    count(
        "overdue_count",
        "Av dem: målingen skulle vært gjort.",
        "Of these: the measurement is overdue.",
        additivity=Additivity.NO,
    ),
    count("achieved_claim_count", "Utsagn om noe oppnådd.", "Claims of something achieved.", additivity=Additivity.NO),
    count(
        "self_reported_claim_count",
        "Av dem: bare oppgitt av deltakerne, uten måling.",
        "Of these: only reported by participants, without a measurement.",
        additivity=Additivity.NO,
    ),
    count(
        "measured_by_participant_claim_count",
        "Av dem: målt, men oppgitt av deltaker eller leverandør.",
        "Of these: measured, as stated by a participant or supplier.",
        additivity=Additivity.NO,
    ),
    count(
        "documented_claim_count",
        "Av dem: dokumentert av noen utenfor.",
        "Of these: documented by somebody outside.",
        additivity=Additivity.NO,
    ),
    count(
        "negative_benefit_count",
        "Ulemper noen venter eller oppgir.",
        "Disbenefits that somebody expects or reports.",
        additivity=Additivity.NO,
    ),
    count(
        "unmeasured_plan_count",
        "Indikatorer i planer som ikke er målt.",
        "Indicators of plans that are not measured.",
        additivity=Additivity.NO,
    ),
    count(
        "changed_baseline_count",
        "Indikatorer der nullpunktet er endret.",
        "Indicators whose baseline has been changed.",
        additivity=Additivity.NO,
    ),
    count(
        "effect_claim_count",
        "Av dem: effekter for brukere og samfunn.",
        "Of these: effects on users and society.",
        additivity=Additivity.NO,
    ),
    count(
        "priced_project_count",
        "Prosjekter med prissatte virkninger.",
        "Projects with priced effects.",
        additivity=Additivity.NO,
    ),
    count(
        "positive_project_count",
        "Av dem: alle anslag over null.",
        "Of these: all estimates above zero.",
        additivity=Additivity.NO,
    ),
    count(
        "negative_project_count",
        "Av dem: alle anslag under null.",
        "Of these: all estimates below zero.",
        additivity=Additivity.NO,
    ),
    count(
        "turned_project_count",
        "Av dem: en femtedel mer eller mindre av én virkning snur fortegnet.",
        "Of these: a fifth more or less of one effect changes the sign.",
        additivity=Additivity.NO,
    ),
    count("non_priced_count", "Ikke-prissatte virkninger.", "Effects without a price.", additivity=Additivity.NO),
    count("for_the_better_count", "Av dem: til det bedre.", "Of these: for the better.", additivity=Additivity.NO),
    count("for_the_worse_count", "Av dem: til det verre.", "Of these: for the worse.", additivity=Additivity.NO),
    count(
        "not_benefit_count",
        "Beløp, størrelser og potensialer som ikke er gevinster.",
        "Amounts, figures of size and potentials that are no benefits.",
        additivity=Additivity.NO,
    ),
    flag(
        "is_most_achieved",
        "Ja når ingen kategori har flere prosjekter som har oppnådd noe.",
        "True when no category has more projects that have achieved something.",
    ),
    count(
        "expected_category_count",
        "Kategorier som er forventet.",
        "Categories that are expected.",
        additivity=Additivity.NO,
    ),
    count(
        "reported_category_count",
        "Kategorier som er oppgitt.",
        "Categories that are reported.",
        additivity=Additivity.NO,
    ),
    count(
        "measured_by_participant_category_count",
        "Kategorier som er målt, men oppgitt av deltaker eller leverandør.",
        "Categories that are measured, as stated by a participant or supplier.",
        additivity=Additivity.NO,
    ),
    count(
        "documented_category_count",
        "Kategorier som er dokumentert.",
        "Categories that are documented.",
        additivity=Additivity.NO,
    ),
    count("expected_benefit_count", "Av dem: forventet.", "Of these: expected.", additivity=Additivity.NO),
    count("reported_benefit_count", "Av dem: oppgitt.", "Of these: reported.", additivity=Additivity.NO),
    count(
        "measured_by_participant_benefit_count",
        "Av dem: målt, men oppgitt av deltaker eller leverandør.",
        "Of these: measured, as stated by a participant or supplier.",
        additivity=Additivity.NO,
    ),
    count("documented_benefit_count", "Av dem: dokumentert.", "Of these: documented.", additivity=Additivity.NO),
    count(
        "only_planned_benefit_count", "Av dem: bare i en plan.", "Of these: only in a plan.", additivity=Additivity.NO
    ),
    count(
        "other_benefit_count",
        "Ulemper og alminnelige potensialer, som ikke er gevinster.",
        "Disbenefits and general potentials, which are no benefits.",
        additivity=Additivity.NO,
    ),
    flag(
        "is_most_effects",
        "Ja når ingen mottaker har flere utsagn om effekter.",
        "True when no beneficiary has more claims about effects.",
    ),
    text(
        "stage",
        "potential, goal, oppgitt, malt_oppgitt eller dokumentert.",
        "One of potential, goal, oppgitt (reported), malt_oppgitt (measured, as stated by a participant) and "
        "dokumentert (documented).",
        required=True,
    ),
    flag("is_achieved", "Ja når noen sier at gevinsten er oppnådd.", "True when somebody says it is achieved."),
    flag("is_old", "Ja når utsagnet er gammelt.", "True when the claim is old."),
)

"""Contracts of the marts that follow each benefit: its life, what was planned and measured, and what was not.

Belongs here: results computed from benefits, their plans and measurements.
Does not belong here: results computed from claims alone (`marts_benefits`), and counts of these
(`marts_benefit_headlines`).
"""

from __future__ import annotations

from gevinst.contracts.fields import RESULT_SOURCE, STRETCH_END, listed, override
from gevinst.contracts.model import Additivity, Contract

_OF_INDICATOR = listed(
    *override(
        "benefit_plan_id",
        "Den første planen for indikatoren.",
        "The first plan of the indicator.",
    ),
    *override(
        "benefit_measurement_id",
        "Målingen; tom når indikatoren ikke er målt.",
        "The measurement; empty when the indicator is not measured.",
        required=False,
    ),
    "plan_in_force_id benefit_id project_id benefit_code benefit_category_code gain_nature_code benefit_sign_code",
    "indicator_nb/en unit_code unit_kind_code currency_code",
    *override(
        "price_year",
        "Året beløpene gjelder, når enheten er penger.",
        "The year whose money it is, when the unit is money.",
        required=False,
    ),
    *override(
        "desired_direction_code",
        "Hvilken vei som er bedre; tom når det ikke er oppgitt og ikke følger av målet.",
        "Which way is better; empty when it is neither stated nor follows from the target.",
    ),
    "baseline_value baseline_on/precision first_baseline_value is_baseline_changed target_value",
    "target_on/precision first_target_value is_target_changed plan_change_count is_measured",
    *override("measured_value", "Målt verdi.", "Value measured.", required=False),
    "planned_change_value change_value is_percentage_points change_pct realisation_rate",
    "measurement_outcome_code is_disbenefit is_newest measured_on/precision",
    *override(
        "stated_by_code",
        "Hvem som oppgir målingen; tom når indikatoren ikke er målt.",
        "Who reports the measurement; empty when the indicator is not measured.",
        required=False,
    ),
    *override(
        "respondent_count",
        "Antall som svarte; tom når kilden ikke sier det.",
        "Number who answered; empty when the source does not say.",
        minimum=0,
    ),
    "benefit_status_code status_on/precision next_measurement_on/precision responsible_organisation_id",
    "responsible_role_code",
)
"""What is said of an indicator and a measurement of it, whenever that is."""

PLAN_VALIDITY = Contract(
    name="plan_validity",
    layer="marts",
    title_nb="Hva som var kjent om planer og målinger, og når",
    title_en="What was known of plans and measurements, and when",
    grain_nb="Én rad per indikator i en gevinstplan, måling og tidsrom da det ikke ble kjent noe nytt om indikatoren, "
    "og én for en indikator som ikke er målt.",
    grain_en="One row per indicator of a benefit plan, measurement and stretch of time in which nothing new became "
    "known of the indicator, and one for an indicator that is not measured.",
    key=("benefit_plan_id", "benefit_measurement_id", "valid_from"),
    depends_on=(
        "benefit_plans",
        "benefit_measurements",
        "benefits",
        "benefit_categories",
        "measurement_units",
        "projects",
        "sources",
        "edition_years",
    ),
    may_be_empty=True,
    rule_nb="Et tidsrom begynner den dagen en plan for indikatoren, en endring av den eller en måling blir kjent, og "
    "varer til det neste blir kjent. Nullpunkt, mål og status er de som gjelder i tidsrommet; er nullpunktet et annet "
    "enn det første, sies det, og det første står ved siden av. Alle målinger som er kjent, er med, og den nyeste er "
    "merket. En måling er ikke kjent før den er gjort, heller ikke når dokumentet er eldre.",
    rule_en="A stretch of time begins on the day a plan of the indicator, a change of it or a measurement becomes "
    "known, and lasts until the next thing becomes known. Baseline, target and status are those in force during the "
    "stretch; a baseline that differs from the first is marked, with the first beside it. All measurements known are "
    "there, and the newest is marked. A measurement is not known before it is made, even when the document is older.",
    formula="valid_from = latest day of (source known, benefit's and project's source known, last day of "
    "measured_on) of the plan or measurement that is new; valid_to = valid_from of the next stretch of the "
    "indicator, null when none begins by as_of_on of the last edition; plan in force = row with the latest (source "
    "known, status_on, id) of those with the same benefit_plan_id or revises_plan_id known by valid_from; "
    "is_baseline_changed = baseline_value differs from first_baseline_value; change_value = measured_value - "
    "baseline_value; planned_change_value = target_value - baseline_value; realisation_rate = change_value / "
    "planned_change_value; change_pct = 100 * change_value / |baseline_value|, null when is_percentage_points; "
    "is_percentage_points = unit_kind_code is share; direction = desired_direction_code, else the sign of "
    "planned_change_value",
    columns=listed(
        *_OF_INDICATOR,
        *override(
            "valid_from",
            "Dagen noe ble kjent om indikatoren: en plan, en endring av den eller en måling.",
            "The day something became known of the indicator: a plan, a change of it or a measurement.",
        ),
        *STRETCH_END,
        *RESULT_SOURCE,
    ),
)

PLANNED_REALISED = Contract(
    name="planned_realised",
    layer="marts",
    title_nb="Planlagt og målt",
    title_en="Planned and measured",
    grain_nb="Én rad per indikator i en gevinstplan, måling og utgaveår, og én for en indikator som ikke er målt. Også "
    "ulemper.",
    grain_en="One row per indicator of a benefit plan, measurement and edition year, and one for an indicator that is "
    "not measured. Disbenefits included.",
    key=("edition_year", "benefit_plan_id", "benefit_measurement_id"),
    is_view=True,
    depends_on=("plan_validity", "edition_years"),
    may_be_empty=True,
    rule_nb="Sammenligner nullpunkt, mål og målt verdi for hver indikator. Nullpunkt og mål er de som gjaldt da "
    "utgaven ble laget; er nullpunktet et annet enn det første, sies det, og det første står ved siden av. "
    "Realiseringsgraden er målt endring delt på planlagt endring: 1 er som planlagt, over 1 er mer, under 0 er feil "
    "vei. Den er tom når målet mangler eller er likt nullpunktet. En endring feil vei er en ulempe og står i samme "
    "tabell. Endring i prosenttall er prosentpoeng, aldri prosent. Status er det planen selv oppgir.",
    rule_en="Compares baseline, target and measured value of each indicator. Baseline and target are those in force "
    "when the edition was made; a baseline that differs from the first is marked, with the first beside it. The rate "
    "of realisation is the change measured over the change planned: 1 is as planned, above 1 is more, below 0 is the "
    "wrong way. It is empty when the target is missing or equals the baseline. A change for the worse is a disbenefit "
    "and appears in the same table. A change of a percentage is in percentage points, never in per cent. Status is "
    "what the plan itself states.",
    formula="rows of plan_validity with valid_from <= as_of_on and (valid_to is null or as_of_on < valid_to)",
    columns=listed("edition_year", *_OF_INDICATOR, *RESULT_SOURCE),
)

REALISATION_BY_UNIT = Contract(
    name="realisation_by_unit",
    layer="marts",
    title_nb="Planlagt og målt, per måleenhet",
    title_en="Planned and measured, per unit",
    grain_nb="Én rad per utgaveår, måleenhet og ledd i resultatkjeden. Aldri på tvers av enheter.",
    grain_en="One row per edition year, unit and link in the chain of results. Never across units.",
    key=("edition_year", "unit_code", "gain_nature_code"),
    depends_on=("planned_realised", "measurement_units"),
    may_be_empty=True,
    rule_nb="Teller indikatorene i hver enhet, og de nyeste målingene etter hvordan det gikk. Realiseringsgraden for "
    "porteføljen er summen av målt endring delt på summen av planlagt endring, regnet i ønsket retning. Den gis "
    "bare for enheter som kan summeres, som timer per år; prosenter og dager per sak kan ikke det. Beløp i ulik "
    "valuta eller ulikt prisår legges aldri sammen.",
    rule_en="Counts the indicators of each unit, and the newest measurements by how it went. The rate of the portfolio "
    "is the sum of changes measured over the sum of changes planned, in the desired direction. It is given only for "
    "units that can be summed, such as hours per year; percentages and days per case cannot. Money of different "
    "currencies or price years is never added.",
    formula="realisation_rate = sum(realisation_rate * |planned_change_value|) / sum(|planned_change_value|) over rows "
    "with is_newest = true of one unit; null for units without is_summable, and for money of more than one "
    "(currency_code, price_year)",
    columns=listed(
        "edition_year unit_code unit_kind_code",
        *override("gain_nature_code", "Leddet i resultatkjeden.", "The link in the chain of results.", required=True),
        "plan_count measurement_count target_count reached_count disbenefit_count unknown_count",
        *override(
            "realisation_rate",
            "Realiseringsgrad for målingene med mål; tom når enheten ikke kan summeres.",
            "Rate of realisation of those with a target; empty when the unit cannot be summed.",
            n_column="target_count",
        ),
    ),
)

_OF_BENEFIT = listed(
    "benefit_id project_id",
    *override("name_nb/en", "Gevinsten, kort.", "The benefit, in brief."),
    "benefit_code benefit_category_code gain_nature_code is_gain benefit_sign_code",
    *override(
        "best_evidence_code",
        "Det sikreste om gevinsten; tom når ingen har uttalt seg om den.",
        "The surest about the benefit; empty when nobody has spoken of it.",
        required=False,
    ),
    "best_stated_by_code has_goal is_achieved",
    *override("claim_count", "Utsagn om gevinsten.", "Claims of the benefit."),
    *override(
        "plan_count",
        "Indikatorer i planer for gevinsten.",
        "Indicators of plans for the benefit.",
        additivity=Additivity.NO,
    ),
    *override(
        "measured_plan_count",
        "Av dem: målt minst én gang.",
        "Of these: measured at least once.",
    ),
    "benefit_status_code status_on/precision depends_on_ids",
)
"""What is said of a benefit, whenever that is."""

BENEFIT_VALIDITY = Contract(
    name="benefit_validity",
    layer="marts",
    title_nb="Hva som var kjent om hver gevinst, og når",
    title_en="What was known of each benefit, and when",
    grain_nb="Én rad per gevinst og tidsrom da ingenting av det som sies om den, endret seg.",
    grain_en="One row per benefit and stretch of time in which nothing that is said of it changed.",
    key=("benefit_id", "valid_from"),
    empty_without=("benefits",),
    depends_on=(
        "benefits",
        "benefit_categories",
        "claim_validity",
        "plan_validity",
        "projects",
        "codelists",
        "sources",
        "edition_years",
    ),
    rule_nb="Det første tidsrommet begynner den dagen gevinsten blir kjent, men aldri før prosjektet er kjent. Et nytt "
    "begynner når et utsagn, en plan eller en måling som blir kjent, endrer noe i raden: målet, det sikreste som er "
    "sagt, hvem som sier det, antallet eller statusen. En måling til av den samme indikatoren endrer ingenting her. En "
    "gevinst kan stå i en plan uten at noen har uttalt seg om den; da er beviset tomt.",
    rule_en="The first stretch of time begins on the day the benefit becomes known, though never before its project is "
    "known. Another begins when a claim, a plan or a measurement that becomes known changes anything in the row: the "
    "goal, the surest that is said, who says so, the counts or the status. One more measurement of the same indicator "
    "changes nothing here. A benefit may be in a plan without anybody having spoken of it; its evidence is then empty.",
    formula="valid_from = known_on, then each valid_from of claim_validity and plan_validity of the benefit on which "
    "another column changes; valid_to = valid_from of the next row of the benefit, null when none begins by as_of_on "
    "of the last edition; known_on = latest day of (benefit's, project's source known); best_evidence_code = highest "
    "rank over claims of the benefit known by valid_from; best_stated_by_code = stated_by_code of the first such claim "
    "(day known, id); is_achieved = best_evidence_code is not forventet and not null; has_goal = any claim with "
    "modality_code = goal or any target_value in plan_validity; benefit_status_code = that with the latest status_on "
    "of plan_validity",
    columns=listed(
        *_OF_BENEFIT,
        *override("known_on", "Dagen gevinsten ble kjent.", "The day the benefit became known.", required=True),
        *override(
            "valid_from",
            "Dagen noe endret seg; den første er dagen gevinsten ble kjent.",
            "The day something changed; the first is the day the benefit became known.",
        ),
        *STRETCH_END,
        *RESULT_SOURCE,
    ),
)

BENEFIT_OVERVIEW = Contract(
    name="benefit_overview",
    layer="marts",
    title_nb="Gevinstene, én og én",
    title_en="Benefits, one by one",
    grain_nb="Én rad per gevinst og utgaveår, fra og med året gevinsten ble kjent. Også ulemper og alminnelige "
    "potensialer.",
    grain_en="One row per benefit and edition year, from the year it became known. Disbenefits and general potentials "
    "included.",
    key=("edition_year", "benefit_id"),
    is_view=True,
    empty_without=("benefits",),
    depends_on=("benefit_validity", "edition_years"),
    rule_nb="Hva som er kjent om hver gevinst: om noen har satt et mål for den, det sikreste noen har sagt om den, "
    "hvem som sier det, hvor mange indikatorer som er planlagt og målt, og statusen planen selv oppgir. En gevinst kan "
    "stå i en plan uten at noen har uttalt seg om den; da er beviset tomt.",
    rule_en="What is known of each benefit: whether somebody has set a goal for it, the surest that anybody has said "
    "of it, who says so, how many indicators are planned and measured, and the status that the plan itself states. A "
    "benefit may be in a plan without anybody having spoken of it; its evidence is then empty.",
    formula="row of benefit_validity with valid_from <= as_of_on and (valid_to is null or as_of_on < valid_to); "
    "valid_from = known_on of that row",
    columns=listed(
        "edition_year",
        *_OF_BENEFIT,
        *override("valid_from", "Dagen gevinsten ble kjent.", "The day the benefit became known."),
        *RESULT_SOURCE,
    ),
)

UNMEASURED_BENEFITS = Contract(
    name="unmeasured_benefits",
    layer="marts",
    title_nb="Gevinster som ikke er målt",
    title_en="Benefits that are not measured",
    grain_nb="Én rad per utgaveår og gevinst som ikke er målt mot et nullpunkt.",
    grain_en="One row per edition year and benefit that is not measured against a baseline.",
    key=("edition_year", "benefit_id"),
    depends_on=("benefit_overview", "planned_realised", "benefits", "participations", "sources", "edition_years"),
    may_be_empty=True,
    rule_nb="Viser planlagte, forventede og oppgitte gevinster uten en kjent måling mot et nullpunkt, hvem som har "
    "ansvaret, og når det skal måles neste gang. Ansvarlig er den planen sier, ellers den som står på gevinsten, "
    "ellers prosjekteieren. At en måling ikke er kjent, betyr ikke at den ikke finnes.",
    rule_en="Shows planned, expected and reported benefits without a known measurement against a baseline, who answers "
    "for them, and when they are to be measured next. Who answers is what the plan says, else what the benefit "
    "says, else the project owner. That no measurement is known does not mean that there is none.",
    formula="benefit_overview rows with is_gain = true, best_evidence_code null or in (forventet, oppgitt) and no row "
    "of planned_realised with is_measured and a baseline_value; the plan is the one with the earliest "
    "next_measurement_on; months_known = whole months from valid_from to as_of_on; is_overdue = last day of "
    "next_measurement < as_of_on",
    columns=listed(
        "edition_year benefit_id project_id",
        *override("name_nb/en", "Gevinsten, kort.", "The benefit, in brief."),
        "benefit_code benefit_category_code",
        *override(
            "evidence_code",
            "Hvor sikkert det er; tom når gevinsten bare står i en plan.",
            "How sure it is; empty when the benefit is only in a plan.",
            required=False,
        ),
        *override(
            "plan_count",
            "Indikatorer i planer for gevinsten.",
            "Indicators of plans for the benefit.",
            additivity=Additivity.NO,
        ),
        *override(
            "responsible_organisation_id",
            "Virksomheten som har ansvaret; tom når ingen eier er kjent.",
            "The organisation that answers for it; empty when no owner is known.",
        ),
        "responsible_role_code",
        *override(
            "next_measurement_on/precision",
            "Når det skal måles neste gang; tom når ingen plan sier det.",
            "When it is to be measured next; empty when no plan says.",
        ),
        "is_overdue",
        *override(
            "months_known",
            "Hele måneder gevinsten har vært kjent.",
            "Whole months for which the benefit has been known.",
        ),
        *RESULT_SOURCE,
    ),
)

REALISATION_MARTS = (
    PLAN_VALIDITY,
    PLANNED_REALISED,
    REALISATION_BY_UNIT,
    BENEFIT_VALIDITY,
    BENEFIT_OVERVIEW,
    UNMEASURED_BENEFITS,
)
"""In the order they are computed."""

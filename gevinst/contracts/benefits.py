"""Contracts of benefits: what they are, who says so, what is planned, and what was measured, read and coded.

Belongs here: tables whose rows are about a benefit, and those that say which documents were coded for benefits.
Does not belong here: status, drivers, answers and findings (`evaluations`), and results (`marts_*`).
"""

from __future__ import annotations

from gevinst.contracts.fields import listed, override
from gevinst.contracts.model import Contract

BENEFITS = Contract(
    name="benefits",
    layer="core",
    folder="evaluations",
    title_nb="Gevinster",
    title_en="Benefits",
    grain_nb="Én rad per gevinst i et prosjekt. Utsagn, planer og målinger av samme gevinst viser hit.",
    grain_en="One row per benefit of a project. Claims, plans and measurements of the same benefit refer to it.",
    key=("benefit_id",),
    columns=listed(
        *override("benefit_id", "Fast nøkkel for gevinsten.", "Permanent id of the benefit.", references=None),
        "project_id",
        *override("name_nb/en", "Gevinsten, kort.", "The benefit, in brief."),
        "benefit_code benefit_sign_code chain_level_code benefit_class_code saving_type_code measures_nb/en risk_nb/en",
        "depends_on_ids responsible_organisation_id responsible_role_code source_id source_locator recorded_on",
    ),
)

BENEFIT_BENEFICIARIES = Contract(
    name="benefit_beneficiaries",
    layer="core",
    folder="evaluations",
    title_nb="Hvem gevinstene er for",
    title_en="Whom benefits are for",
    grain_nb="Én rad per gevinst og mottaker.",
    grain_en="One row per benefit and beneficiary.",
    key=("benefit_id", "beneficiary_code"),
    columns=listed("benefit_id beneficiary_code source_id source_locator recorded_on"),
)

BENEFIT_PLANS = Contract(
    name="benefit_plans",
    layer="core",
    folder="evaluations",
    title_nb="Gevinstplaner",
    title_en="Benefit plans",
    grain_nb="Én rad per indikator for en gevinst, og én til hver gang planen for den endres.",
    grain_en="One row per indicator of a benefit, and one more each time its plan is changed.",
    key=("benefit_plan_id",),
    columns=listed(
        *override("benefit_plan_id", "Fast nøkkel for raden.", "Permanent id of the row.", references=None),
        "benefit_id revises_plan_id",
        *override("indicator_nb/en", "Det som skal måles.", "What is to be measured."),
        "unit_code currency_code",
        *override(
            "price_year", "Året beløpene gjelder, når enheten er penger.", "The year whose money it is.", required=False
        ),
        "desired_direction_code baseline_value baseline_on/precision target_value",
        "target_on/precision next_measurement_on/precision responsible_organisation_id responsible_role_code",
        "benefit_status_code",
        "status_on/precision",
        "source_id source_locator recorded_on",
    ),
)

BENEFIT_CLAIMS = Contract(
    name="benefit_claims",
    layer="core",
    folder="evaluations",
    title_nb="Gevinstutsagn",
    title_en="Benefit claims",
    grain_nb="Én rad per utsagn om en gevinst i et prosjekt.",
    grain_en="One row per statement of a benefit in a project.",
    key=("benefit_claim_id",),
    columns=listed(
        *override("benefit_claim_id", "Fast nøkkel for utsagnet.", "Permanent id of the claim.", references=None),
        "assessment_round_id project_id",
        *override("benefit_id", "Gevinsten utsagnet gjelder.", "The benefit that the claim is about."),
        "modality_code evidence_code stated_by_code statement_nb/en about_on/precision",
        "same_benefit_reason_nb/en",
        "source_id source_locator recorded_on",
    ),
)

BENEFIT_MEASUREMENTS = Contract(
    name="benefit_measurements",
    layer="core",
    folder="evaluations",
    title_nb="Målinger av gevinster",
    title_en="Benefit measurements",
    grain_nb="Én rad per måling av indikatoren i en gevinstplan.",
    grain_en="One row per measurement of the indicator of a benefit plan.",
    key=("benefit_measurement_id",),
    columns=listed(
        *override(
            "benefit_measurement_id", "Fast nøkkel for målingen.", "Permanent id of the measurement.", references=None
        ),
        *override("benefit_plan_id", "Planen som sier hva som måles.", "The plan that says what is measured."),
        "measured_value measured_on/precision respondent_count",
        *override("stated_by_code", "Hvem som oppgir målingen.", "Who reports the measurement."),
        *override("method_nb/en", "Hvordan det ble målt.", "How it was measured."),
        "source_id source_locator recorded_on",
    ),
)

BENEFIT_VALUES = Contract(
    name="benefit_values",
    layer="core",
    folder="evaluations",
    title_nb="Verdsatte virkninger",
    title_en="Priced effects, as stated",
    grain_nb="Én rad per virkning som noen har satt en verdi i penger på, i en vurderingsrunde.",
    grain_en="One row per effect that somebody has put a value in money on, in an assessment round.",
    key=("benefit_value_id",),
    columns=listed(
        "benefit_value_id assessment_round_id project_id effect_id",
        *override(
            "benefit_claim_id",
            "Gevinstutsagnet verdien gjelder, når det er ett.",
            "The benefit claim that the value is about, when there is one.",
            required=False,
        ),
        "name_nb/en effect_kind_code low_amount mid_amount high_amount price_year first_year duration_years",
        "ramp_up_years ramp_up_code attribution_pct deadweight_pct displacement_pct drop_off_pct budget_effect_code",
        "is_real_growth_eligible basis_nb/en source_id source_locator recorded_on",
    ),
)

NON_PRICED_EFFECTS = Contract(
    name="non_priced_effects",
    layer="core",
    folder="evaluations",
    title_nb="Ikke-prissatte virkninger",
    title_en="Non-priced effects",
    grain_nb="Én rad per virkning uten verdi i penger som er vurdert i en vurderingsrunde.",
    grain_en="One row per effect without a value in money that was assessed in an assessment round.",
    key=("non_priced_effect_id",),
    columns=listed(
        *override("non_priced_effect_id", "Fast nøkkel for raden.", "Permanent id of the row.", references=None),
        "assessment_round_id project_id effect_id name_nb/en",
        *override(
            "value_matrix_code",
            "Matrisen den er vurdert med; tom betyr verdimatrisen fra 2023.",
            "The matrix it was assessed with; empty means the value matrix of 2023.",
            required=False,
        ),
        *override(
            "quantity_code",
            "Kvantum eller omfang; tom når det ikke er vurdert.",
            "Quantity or extent; empty when it was not assessed.",
            required=False,
        ),
        *override(
            "unit_value_code",
            "Enhetsverdi eller betydning; tom når den ikke er vurdert.",
            "Unit value or importance; empty when it was not assessed.",
            required=False,
        ),
        *override("reason_nb/en", "Begrunnelse for vurderingen.", "Reason for the assessment."),
        "source_id source_locator recorded_on",
    ),
)

CODING_COVERAGE = Contract(
    name="coding_coverage",
    layer="core",
    folder="evaluations",
    title_nb="Hva som er lest og kodet",
    title_en="What was read and coded",
    grain_nb="Én rad per prosjekt, dokument og koder: hvor mye som ble lest, og hva det ble kodet for.",
    grain_en="One row per project, document and coder: how much was read, and what it was coded for.",
    key=("project_id", "source_id", "coder_code"),
    columns=listed(
        "project_id",
        *override("source_id", "Dokumentet.", "The document."),
        "coder_code read_code read_part_nb/en is_coded_status is_coded_expected is_coded_results coded_on",
        *override("note_nb/en", "Merknad til lesningen.", "Note on the reading."),
        "recorded_on",
    ),
)

CLAIM_CODINGS = Contract(
    name="claim_codings",
    layer="core",
    folder="evaluations",
    title_nb="Kodinger av de samme utsagnene",
    title_en="Codings of the same claims",
    grain_nb="Én rad per utsagn og koder, for utsagn som er kodet mer enn én gang, uavhengig av hverandre.",
    grain_en="One row per claim and coder, for claims coded more than once, independently of one another.",
    key=("benefit_claim_id", "coder_code"),
    columns=listed(
        "benefit_claim_id coder_code benefit_code modality_code evidence_code beneficiary_codes coded_on",
        *override("note_nb/en", "Koderens tvil.", "The coder's doubt."),
        "source_id source_locator recorded_on",
    ),
)

"""Fields of status and benefits: assessments, claims, measurements and plans, their trail and their evidence.

Belongs here: fields of what somebody assessed, claimed or measured, and of the marts computed from that.
Does not belong here: values in kroner (`economics`), answers and ratings (`statistics`).
"""

from __future__ import annotations

from gevinst.contracts.model import (
    bilingual,
    code,
    count,
    dated,
    day,
    flag,
    months,
    number,
    percent,
    reference,
    step,
    text,
    whole,
    with_basis,
    year,
)

BENEFITS = (
    code("benefit_code", "benefit", "Hva slags gevinst det gjelder.", "What kind of benefit it is."),
    code("benefit_category_code", "benefit_category", "Gevinstkategorien.", "The category of benefit."),
    code(
        "gain_nature_code",
        "gain_nature",
        "Hvor i resultatkjeden gevinsten er; tom for et alminnelig potensial.",
        "Where in the chain of results the benefit is; empty for a general potential.",
        required=False,
    ),
    flag(
        "is_gain",
        "Nei for et alminnelig potensial: det telles aldri som en gevinst.",
        "False for a general potential: it is never counted as a benefit.",
    ),
    year("assessment_year", "Året vurderingen ble gjort.", "The year the assessment was made."),
    code("assessor_role_code", "assessor_role", "Rollen til den som vurderte.", "Role of the assessor."),
    *bilingual("method", "Hvordan det ble vurdert.", "How the assessment was made.", required=True),
    reference(
        "status_assessment_id",
        "status_assessments.status_assessment_id",
        "Vurderingen som er én av sidene.",
        "The assessment that is one of the sides.",
    ),
    code(
        "status_code",
        "status",
        "Trinn på stigen, eller utfall utenfor den.",
        "Step on the ladder, or an outcome outside it.",
    ),
    code(
        "step_reason_code",
        "step_reason",
        "Hvorfor trinnet ikke er høyere, eller hvorfor det er lavere enn før.",
        "Why the step is not higher, or why it is lower than before.",
        required=False,
    ),
    code(
        "modality_code",
        "claim_modality",
        "Hvordan kilden sier det: potensial, mål, problem eller oppnådd.",
        "How the source says it: potential, goal, problem or achieved.",
    ),
    code(
        "evidence_code",
        "evidence",
        "Hvor sikkert det er: forventet, oppgitt eller dokumentert.",
        "How sure it is: expected, reported or documented.",
    ),
    code("beneficiary_code", "beneficiary", "Hvem gevinsten gjelder.", "Whom the benefit is for."),
    *bilingual("statement", "Utsagnet med egne ord.", "The claim in own words.", required=True),
    reference("benefit_measurement_id", "benefit_measurements.benefit_measurement_id", "Målingen.", "The measurement."),
    *bilingual("indicator", "Det som ble målt.", "What was measured.", required=True),
    code("unit_code", "measurement_unit", "Måleenhet.", "Unit of measurement."),
    code(
        "desired_direction_code",
        "desired_direction",
        "Hvilken vei som er bedre; tom når det ikke er oppgitt.",
        "Which way is better; empty when that is not stated.",
        required=False,
    ),
    number("baseline_value", "see unit_code", "Verdi før tiltaket.", "Value before the measure."),
    *dated("baseline", "Når nullpunktet ble målt.", "When the baseline was measured."),
    number(
        "target_value",
        "see unit_code",
        "Målsatt verdi; tom når ingen er satt.",
        "Target value; empty when none was set.",
    ),
    number("measured_value", "see unit_code", "Verdi etter tiltaket.", "Value after the measure.", required=True),
    *dated("measured", "Når det ble målt.", "When it was measured."),
    whole(
        "respondent_count",
        "count",
        "Antall som svarte; tom når kilden ikke sier det. Svar fra færre enn fem tas ikke inn, av hensyn til "
        "personvernet.",
        "Number who answered; empty when the source does not say. Answers of fewer than five are not taken in, "
        "for the sake of privacy.",
        minimum=5,
    ),
    text("follow_on_funding_id", "Fast nøkkel for raden.", "Permanent id of the row.", required=True),
    reference("funder_id", "organisations.organisation_id", "Hvem som ga pengene.", "Who gave the money."),
    text("context_figure_id", "Fast nøkkel for raden.", "Permanent id of the row.", required=True),
    code("context_kind_code", "context_kind", "Hva slags tall det er.", "What kind of figure it is."),
    *bilingual("caveat", "Hvorfor det ikke er en gevinst.", "Why it is not a benefit.", required=True),
    code("finding_kind_code", "finding_kind", "Hva funnet handler om.", "What the finding is about."),
    *dated("as_of", "Datoen funnet gjelder.", "The date that the finding is about."),
    flag("is_hedged", "Ja når kilden selv tar forbehold.", "True when the source itself hedges."),
    text("disagreement_side_id", "Fast nøkkel for siden.", "Permanent id of the side.", required=True),
    text("disagreement_id", "Uenigheten siden hører til.", "The disagreement that the side is part of.", required=True),
    code("disagreement_kind_code", "disagreement_kind", "Hva uenigheten gjelder.", "What the disagreement is about."),
    *bilingual(
        "topic", "Spørsmålet kildene svarer ulikt på.", "The question that sources answer differently.", required=True
    ),
    *bilingual(
        "position", "Det denne kilden sier, med egne ord.", "What this source says, in own words.", required=True
    ),
    text("measurement_plan_id", "Fast nøkkel for planen.", "Permanent id of the plan.", required=True),
    *dated(
        "next_measurement",
        "Når det skal måles neste gang; tom når det ikke er sagt.",
        "When it is to be measured next; empty when that is not said.",
    ),
    reference(
        "responsible_organisation_id",
        "organisations.organisation_id",
        "Virksomheten som har ansvaret. Aldri en person.",
        "The organisation that answers for it. Never a person.",
        required=False,
    ),
    code(
        "responsible_role_code",
        "benefit_role",
        "Rollen som har ansvaret.",
        "The role that answers for it.",
        required=False,
    ),
    day("valid_from", "Dagen utsagnet ble kjent.", "The day the claim became known.", required=True),
    day(
        "valid_to",
        "Dagen et bedre belagt utsagn ble kjent; tom når utsagnet gjelder. Lik valid_from når utsagnet alt var "
        "svakere da det kom.",
        "The day a better evidenced claim became known; empty when this one is in force. The same as valid_from "
        "when the claim was the weaker one already when it came.",
    ),
    flag("is_superseded", "Ja når et bedre belagt utsagn gjelder.", "True when a better evidenced claim is."),
    reference(
        "superseded_by_id",
        "benefit_claims.benefit_claim_id",
        "Utsagnet som avløste dette.",
        "The claim that took the place of this one.",
        required=False,
    ),
    code("best_evidence_code", "evidence", "Det best belagte utsagnet.", "The best evidenced claim."),
    count("expected_count", "Gjeldende utsagn som er forventet.", "Claims in force that are expected."),
    count("reported_count", "Gjeldende utsagn som er oppgitt.", "Claims in force that are reported."),
    count("documented_count", "Gjeldende utsagn som er dokumentert.", "Claims in force that are documented."),
    count(
        "superseded_count",
        "Eldre eller svakere utsagn som et bedre belagt utsagn har avløst.",
        "Claims that a better evidenced claim has taken the place of.",
    ),
    count("achieved_count", "Gjeldende utsagn om noe oppnådd.", "Claims in force of something achieved."),
    count(
        "self_reported_count",
        "Av dem: bare oppgitt av eier, leverandør eller ordningen.",
        "Of these: only reported by the owner, supplier or scheme.",
    ),
    count("measured_count", "Av dem: målt mot et nullpunkt.", "Of these: measured against a baseline."),
    count(
        "measured_by_participant_count",
        "Av de målte: målingen er bare oppgitt av eier, leverandør eller ordningen.",
        "Of the measured: the measurement is reported only by the owner, supplier or scheme.",
    ),
    with_basis(
        percent(
            "self_reported_pct",
            "Bare oppgitt, som prosent av oppnådde; tom når de oppnådde er for få.",
            "Only reported, as per cent of achieved; empty when the achieved are too few.",
        ),
        "achieved_count",
    ),
    with_basis(
        percent(
            "measured_pct",
            "Målt, som prosent av oppnådde; tom når de oppnådde er for få.",
            "Measured, as per cent of achieved; empty when the achieved are too few.",
        ),
        "achieved_count",
    ),
    flag(
        "is_overdue",
        "Ja når dagen for neste måling er passert uten at en måling er kjent.",
        "True when the day of the next measurement has passed and no measurement is known.",
    ),
    months("months_known", "Hele måneder utsagnet har vært kjent.", "Whole months for which the claim has been known."),
    number(
        "planned_change_value",
        "percentage points when is_percentage_points, else unit_code",
        "Planlagt endring; tom uten mål.",
        "Change planned; empty without a target.",
    ),
    number(
        "change_value",
        "percentage points when is_percentage_points, else unit_code",
        "Målt endring.",
        "Change measured.",
    ),
    flag(
        "is_percentage_points",
        "Ja når endringene er i prosentpoeng.",
        "True when the changes are in percentage points.",
    ),
    with_basis(
        number(
            "change_pct",
            "per cent",
            "Målt endring i prosent av nullpunktet; tom når enheten selv er prosent, eller nullpunktet er 0.",
            "Change as per cent of the baseline; empty when the unit is itself per cent, or the baseline is 0.",
        ),
        "respondent_count",
    ),
    with_basis(
        number(
            "realisation_rate",
            "ratio, 1 is as planned",
            "Realiseringsgrad; tom når målet mangler eller er likt nullpunktet.",
            "Rate of realisation; empty when the target is missing or equals the baseline.",
        ),
        "respondent_count",
    ),
    code(
        "measurement_outcome_code",
        "measurement_outcome",
        "Hvordan det gikk; tom når ingen vet hvilken vei som er bedre.",
        "How it went; empty when it is not known which way is better.",
        required=False,
    ),
    flag("is_disbenefit", "Ja når endringen er til det verre.", "True when the change is for the worse."),
    flag(
        "is_newest",
        "Ja for den nyeste kjente målingen av samme indikator for samme utsagn.",
        "True for the newest known measurement of the same indicator for the same claim.",
    ),
    count("measurement_count", "Nyeste målinger.", "Newest measurements."),
    count("target_count", "Av dem: med et mål å sammenligne med.", "Of these: with a target to compare with."),
    count("reached_count", "Av dem: nådde målet.", "Of these: reached the target."),
    count("disbenefit_count", "Målinger med endring til det verre.", "Measurements with a change for the worse."),
    count(
        "unknown_count",
        "Målinger der ingen vet hvilken vei som er bedre.",
        "Measurements for which it is not known which way is better.",
    ),
    text("conflict_id", "Motsigelsen: prosjekt og periode.", "The contradiction: project and period.", required=True),
    step(
        "step",
        "Trinnet på stigen; tom når opplysningen er utenfor den.",
        "The step on the ladder; empty when the statement is outside it.",
    ),
)

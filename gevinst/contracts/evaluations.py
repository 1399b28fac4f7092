"""Contracts of evaluation data: dated, sourced statements about status and benefits.

Belongs here: what somebody assessed, claimed or measured, with the document it stands in.
Does not belong here: facts about who and what (`registry.py`) and results computed from these rows (`marts.py`).
"""

from __future__ import annotations

from gevinst.contracts.economics import ECONOMIC_EVALUATIONS
from gevinst.contracts.gains import GAIN_EVALUATIONS
from gevinst.contracts.model import (
    Additivity,
    Column,
    Contract,
    Type,
    bilingual,
    code,
    dated,
    flag,
    reference,
    sourced,
    text,
    year,
)
from gevinst.contracts.statistics import STATISTICS_EVALUATIONS

_PROJECT = reference("project_id", "projects.project_id", "Prosjektet.", "The project.")
_MAYBE_PROJECT = reference(
    "project_id",
    "projects.project_id",
    "Prosjektet, når raden gjelder ett.",
    "The project, when the row is about one.",
    required=False,
)
_ROUND_OF_ASSESSMENT = reference(
    "assessment_round_id",
    "assessment_rounds.assessment_round_id",
    "Vurderingsrunden raden hører til.",
    "The assessment round of the row.",
)

ASSESSMENT_ROUNDS = Contract(
    name="assessment_rounds",
    layer="core",
    folder="evaluations",
    title_nb="Vurderingsrunder",
    title_en="Assessment rounds",
    grain_nb="Én rad per vurderingsrunde.",
    grain_en="One row per assessment round.",
    key=("assessment_round_id",),
    columns=(
        text("assessment_round_id", "Fast nøkkel for runden.", "Permanent id of the round.", required=True),
        year("assessment_year", "Året vurderingen ble gjort.", "The year the assessment was made."),
        *bilingual("name", "Rundens navn.", "Name of the round.", required=True),
        code("assessor_role_code", "assessor_role", "Rollen til den som vurderte.", "Role of the assessor."),
        *bilingual("method", "Hvordan det ble vurdert.", "How the assessment was made.", required=True),
        *sourced(),
    ),
)

STATUS_ASSESSMENTS = Contract(
    name="status_assessments",
    layer="core",
    folder="evaluations",
    title_nb="Statusvurderinger",
    title_en="Status assessments",
    grain_nb="Én rad per datert opplysning om hvor langt et prosjekt er kommet.",
    grain_en="One row per dated statement of how far a project has come.",
    key=("status_assessment_id",),
    columns=(
        text(
            "status_assessment_id",
            "Fast nøkkel for vurderingen.",
            "Permanent id of the assessment.",
            required=True,
        ),
        _ROUND_OF_ASSESSMENT,
        _PROJECT,
        code(
            "status_code",
            "status",
            "Trinn på stigen, eller utfall utenfor den.",
            "Step on the ladder, or an outcome outside it.",
        ),
        *dated("assessed", "Datoen opplysningen gjelder.", "The date that the statement is about.", required=True),
        code("stated_by_code", "stated_by", "Hvem som sier det.", "Who says so."),
        flag(
            "is_inferred",
            "Ja når kilden ikke selv nevner StimuLab-prosjektet.",
            "True when the source does not itself name the StimuLab project.",
        ),
        code(
            "public_evidence_group_code",
            "public_evidence_group",
            "Hva som samlet er kjent om prosjektet; må stå på den nyeste vurderingen.",
            "What is known of the project in all; must stand on the newest assessment.",
            required=False,
        ),
        *bilingual(
            "reason",
            "Begrunnelse for trinnet, med egne ord.",
            "Reason for the step, in own words.",
            required=True,
        ),
        *sourced(),
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
    columns=(
        text("benefit_claim_id", "Fast nøkkel for utsagnet.", "Permanent id of the claim.", required=True),
        _ROUND_OF_ASSESSMENT,
        _PROJECT,
        code("benefit_code", "benefit", "Hva slags gevinst det gjelder.", "What kind of benefit it is."),
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
        *sourced(),
    ),
)

BENEFIT_MEASUREMENTS = Contract(
    name="benefit_measurements",
    layer="core",
    folder="evaluations",
    title_nb="Målinger av gevinster",
    title_en="Benefit measurements",
    grain_nb="Én rad per måling av en indikator mot et nullpunkt.",
    grain_en="One row per measurement of an indicator against a baseline.",
    key=("benefit_measurement_id",),
    columns=(
        text(
            "benefit_measurement_id",
            "Fast nøkkel for målingen.",
            "Permanent id of the measurement.",
            required=True,
        ),
        reference(
            "benefit_claim_id",
            "benefit_claims.benefit_claim_id",
            "Utsagnet målingen gjelder.",
            "The claim that was measured.",
        ),
        *bilingual("indicator", "Det som ble målt.", "What was measured.", required=True),
        code("unit_code", "measurement_unit", "Måleenhet.", "Unit of measurement."),
        code(
            "desired_direction_code",
            "desired_direction",
            "Hvilken vei som er bedre; tom når det ikke er oppgitt.",
            "Which way is better; empty when that is not stated.",
            required=False,
        ),
        Column(
            "baseline_value",
            Type.NUMBER,
            "Verdi før tiltaket.",
            "Value before the measure.",
            unit="see unit_code",
            additivity=Additivity.NO,
        ),
        *dated("baseline", "Når nullpunktet ble målt.", "When the baseline was measured."),
        Column(
            "target_value",
            Type.NUMBER,
            "Målsatt verdi; tom når ingen er satt.",
            "Target value; empty when none was set.",
            unit="see unit_code",
            additivity=Additivity.NO,
        ),
        Column(
            "measured_value",
            Type.NUMBER,
            "Verdi etter tiltaket.",
            "Value after the measure.",
            required=True,
            unit="see unit_code",
            additivity=Additivity.NO,
        ),
        *dated("measured", "Når det ble målt.", "When it was measured."),
        Column(
            "respondent_count",
            Type.INTEGER,
            "Antall som svarte; tom når kilden ikke sier det. Svar fra færre enn fem tas ikke inn, av hensyn til "
            "personvernet.",
            "Number who answered; empty when the source does not say. Answers of fewer than five are not taken in, "
            "for the sake of privacy.",
            unit="count",
            additivity=Additivity.NO,
            minimum=5,
        ),
        code("stated_by_code", "stated_by", "Hvem som oppgir målingen.", "Who reports the measurement."),
        *bilingual("method", "Hvordan det ble målt.", "How it was measured.", required=True),
        *sourced(),
    ),
)

FOLLOW_ON_FUNDING = Contract(
    name="follow_on_funding",
    layer="core",
    folder="evaluations",
    title_nb="Videre finansiering",
    title_en="Follow-on funding",
    grain_nb="Én rad per tilsagn om penger til arbeid som bygger videre på et prosjekt. Aldri en gevinst.",
    grain_en="One row per grant for work that builds on a project. Never a benefit.",
    key=("follow_on_funding_id",),
    columns=(
        text("follow_on_funding_id", "Fast nøkkel for raden.", "Permanent id of the row.", required=True),
        _PROJECT,
        *bilingual("name", "Hva pengene gikk til.", "What the money was for.", required=True),
        Column(
            "amount_nok",
            Type.NUMBER,
            "Beløp i tilsagnet.",
            "Amount granted.",
            required=True,
            unit="NOK, current prices",
            additivity=Additivity.YES,
            minimum=0,
        ),
        reference("funder_id", "organisations.organisation_id", "Hvem som ga pengene.", "Who gave the money."),
        *dated("awarded", "Når pengene ble gitt.", "When the money was granted."),
        *sourced(),
    ),
)

CONTEXT_FIGURES = Contract(
    name="context_figures",
    layer="core",
    folder="evaluations",
    title_nb="Tall som ikke er gevinster",
    title_en="Figures that are not benefits",
    grain_nb="Én rad per publisert tall om utbredelse, grunnlag, behov eller omfang. Aldri en gevinst.",
    grain_en="One row per published figure on reach, base volume, need or size. Never a benefit.",
    key=("context_figure_id",),
    columns=(
        text("context_figure_id", "Fast nøkkel for raden.", "Permanent id of the row.", required=True),
        _MAYBE_PROJECT,
        code("context_kind_code", "context_kind", "Hva slags tall det er.", "What kind of figure it is."),
        Column(
            "value",
            Type.NUMBER,
            "Tallet.",
            "The figure.",
            required=True,
            unit="see label",
            additivity=Additivity.NO,
        ),
        *bilingual("label", "Hva tallet teller.", "What the figure counts.", required=True),
        *bilingual("caveat", "Hvorfor det ikke er en gevinst.", "Why it is not a benefit.", required=True),
        *sourced(),
    ),
)

PORTFOLIO_FINDINGS = Contract(
    name="portfolio_findings",
    layer="core",
    folder="evaluations",
    title_nb="Funn om hele porteføljen",
    title_en="Findings about the whole portfolio",
    grain_nb="Én rad per funn eller tall som en kilde oppgir om ordningen samlet.",
    grain_en="One row per finding or figure that a source states about the scheme as a whole.",
    key=("portfolio_finding_id",),
    columns=(
        text("portfolio_finding_id", "Fast nøkkel for funnet.", "Permanent id of the finding.", required=True),
        code("finding_kind_code", "finding_kind", "Hva funnet handler om.", "What the finding is about."),
        code(
            "benefit_code",
            "benefit",
            "Gevinsttypen funnet gjelder.",
            "The kind of benefit it is about.",
            required=False,
        ),
        *bilingual("statement", "Funnet med egne ord.", "The finding in own words.", required=True),
        Column(
            "value",
            Type.NUMBER,
            "Tallet i funnet, om det har noe.",
            "The figure in the finding, if any.",
            unit="count",
            additivity=Additivity.NO,
            minimum=0,
        ),
        *dated("as_of", "Datoen funnet gjelder.", "The date that the finding is about."),
        flag("is_hedged", "Ja når kilden selv tar forbehold.", "True when the source itself hedges."),
        *sourced(),
    ),
)

DISAGREEMENTS = Contract(
    name="disagreements",
    layer="core",
    folder="evaluations",
    title_nb="Uenighet mellom kilder",
    title_en="Disagreements between sources",
    grain_nb="Én rad per side i en uenighet mellom offentlige kilder.",
    grain_en="One row per side of a disagreement between public sources.",
    key=("disagreement_side_id",),
    columns=(
        text("disagreement_side_id", "Fast nøkkel for siden.", "Permanent id of the side.", required=True),
        text(
            "disagreement_id",
            "Uenigheten siden hører til.",
            "The disagreement that the side is part of.",
            required=True,
        ),
        code(
            "disagreement_kind_code",
            "disagreement_kind",
            "Hva uenigheten gjelder.",
            "What the disagreement is about.",
        ),
        _MAYBE_PROJECT,
        reference(
            "round_id",
            "rounds.round_id",
            "Runden, når uenigheten gjelder én.",
            "The round, when the disagreement is about one.",
            required=False,
        ),
        *bilingual(
            "topic",
            "Spørsmålet kildene svarer ulikt på.",
            "The question that sources answer differently.",
            required=True,
        ),
        *bilingual(
            "position",
            "Det denne kilden sier, med egne ord.",
            "What this source says, in own words.",
            required=True,
        ),
        *sourced(),
    ),
)

EVALUATIONS = (
    ASSESSMENT_ROUNDS,
    STATUS_ASSESSMENTS,
    BENEFIT_CLAIMS,
    BENEFIT_MEASUREMENTS,
    FOLLOW_ON_FUNDING,
    CONTEXT_FIGURES,
    PORTFOLIO_FINDINGS,
    DISAGREEMENTS,
    *GAIN_EVALUATIONS,
    *ECONOMIC_EVALUATIONS,
    *STATISTICS_EVALUATIONS,
)

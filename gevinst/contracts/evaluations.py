"""Contracts of evaluation data: dated, sourced statements about status, benefits, values, drivers and answers.

Belongs here: what somebody assessed, claimed, measured, valued, rated or answered, with the document that states it.
Does not belong here: facts about who and what (`registry`) and results computed from these rows (`marts_*`).
"""

from __future__ import annotations

from gevinst.contracts.benefits import (
    BENEFIT_BENEFICIARIES,
    BENEFIT_CLAIMS,
    BENEFIT_MEASUREMENTS,
    BENEFIT_PLANS,
    BENEFIT_VALUES,
    BENEFITS,
    CLAIM_CODINGS,
    CODING_COVERAGE,
    NON_PRICED_EFFECTS,
)
from gevinst.contracts.fields import listed, override
from gevinst.contracts.follow_up import FOLLOW_UP
from gevinst.contracts.model import Contract

ASSESSMENT_ROUNDS = Contract(
    name="assessment_rounds",
    layer="core",
    folder="evaluations",
    title_nb="Vurderingsrunder",
    title_en="Assessment rounds",
    grain_nb="Én rad per vurderingsrunde.",
    grain_en="One row per assessment round.",
    key=("assessment_round_id",),
    columns=listed(
        *override("assessment_round_id", "Fast nøkkel for runden.", "Permanent id of the round.", references=None),
        "assessment_year",
        *override("name_nb/en", "Rundens navn.", "Name of the round."),
        "assessor_role_code method_nb/en source_id source_locator recorded_on",
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
    columns=listed(
        *override(
            "status_assessment_id", "Fast nøkkel for vurderingen.", "Permanent id of the assessment.", references=None
        ),
        "assessment_round_id project_id status_code assessed_on/precision stated_by_code is_inferred",
        "public_evidence_group_code step_reason_code",
        *override("reason_nb/en", "Begrunnelse for trinnet, med egne ord.", "Reason for the step, in own words."),
        "source_id source_locator recorded_on",
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
    columns=listed(
        "follow_on_funding_id project_id",
        *override("name_nb/en", "Hva pengene gikk til.", "What the money was for."),
        "amount currency_code funder_id",
        *override("awarded_on/precision", "Når pengene ble gitt.", "When the money was granted.", required=False),
        "source_id source_locator recorded_on",
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
    columns=listed(
        "context_figure_id",
        *override(
            "project_id",
            "Prosjektet, når raden gjelder ett.",
            "The project, when the row is about one.",
            required=False,
        ),
        "context_kind_code value",
        *override("label_nb/en", "Hva tallet teller.", "What the figure counts."),
        "caveat_nb/en source_id source_locator recorded_on",
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
    columns=listed(
        *override(
            "portfolio_finding_id",
            "Fast nøkkel for funnet.",
            "Permanent id of the finding.",
            required=True,
            references=None,
        ),
        "finding_kind_code",
        *override("benefit_code", "Gevinsttypen funnet gjelder.", "The kind of benefit it is about.", required=False),
        *override("statement_nb/en", "Funnet med egne ord.", "The finding in own words."),
        *override(
            "value",
            "Tallet i funnet, om det har noe.",
            "The figure in the finding, if any.",
            required=False,
            unit="count",
            minimum=0,
        ),
        "as_of_on/precision is_hedged source_id source_locator recorded_on",
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
    columns=listed(
        "disagreement_side_id disagreement_id disagreement_kind_code",
        *override(
            "project_id",
            "Prosjektet, når raden gjelder ett.",
            "The project, when the row is about one.",
            required=False,
        ),
        *override(
            "round_id",
            "Runden, når uenigheten gjelder én.",
            "The round, when the disagreement is about one.",
            required=False,
        ),
        "topic_nb/en position_nb/en source_id source_locator recorded_on",
    ),
)

DRIVER_RATINGS = Contract(
    name="driver_ratings",
    layer="core",
    folder="evaluations",
    title_nb="Vurderinger av drivere",
    title_en="Ratings of drivers",
    grain_nb="Én rad per vurderingsrunde, prosjekt, driver og koder.",
    grain_en="One row per assessment round, project, driver and coder.",
    key=("assessment_round_id", "project_id", "rated_driver_code", "coder_code"),
    columns=listed(
        "assessment_round_id project_id rated_driver_code coder_code rating",
        *override(
            "stated_by_code",
            "Hvem som vurderer; evaluator når runden er en evaluators.",
            "Who rates; the evaluator when the round is an evaluator's.",
            required=False,
        ),
        *override("assessed_on/precision", "Datoen vurderingen gjelder.", "The date that the rating is about."),
        *override(
            "reason_nb/en",
            "Begrunnelse for vurderingen, med egne ord.",
            "Reason for the rating, in own words.",
            required=False,
        ),
        "source_id source_locator recorded_on",
    ),
)

RATING_DECISIONS = Contract(
    name="rating_decisions",
    layer="core",
    folder="evaluations",
    title_nb="Avgjorte vurderinger",
    title_en="Settled ratings",
    grain_nb="Én rad per avgjørelse der koderne var uenige om en driver. Vurderingene blir stående.",
    grain_en="One row per decision where coders disagreed on a driver. The ratings stay as they are.",
    key=("assessment_round_id", "project_id", "rated_driver_code", "decided_on"),
    columns=listed(
        "assessment_round_id project_id",
        *override("rated_driver_code", "Driveren som er avgjort.", "The driver that is settled."),
        "settled_rating decided_by_code decided_on/precision",
        *override("reason_nb/en", "Begrunnelse for avgjørelsen.", "Reason for the decision."),
        "source_id source_locator recorded_on",
    ),
)

COUNTERFACTUALS = Contract(
    name="counterfactuals",
    layer="core",
    is_restricted=True,
    folder="evaluations",
    title_nb="Hva som ville skjedd uten støtten",
    title_en="What would have happened without the funding",
    grain_nb="Én rad per vurderingsrunde og prosjekt som er spurt.",
    grain_en="One row per assessment round and project surveyed.",
    key=("assessment_round_id", "project_id"),
    columns=listed(
        "assessment_round_id project_id counterfactual_code stated_by_code",
        *override("assessed_on/precision", "Datoen svaret gjelder.", "The date that the answer is about."),
        "null_alternative_nb/en source_id source_locator recorded_on",
    ),
)

SURVEY_RESULTS = Contract(
    name="survey_results",
    layer="core",
    is_restricted=True,
    folder="evaluations",
    title_nb="Svar i spørreundersøkelser",
    title_en="Survey answers",
    grain_nb="Én rad per undersøkelse, runde, spørsmål og svaralternativ; bare antall, aldri enkeltsvar.",
    grain_en="One row per survey, round, question and answer option; counts only, never single answers.",
    key=("survey_id", "survey_year", "question_id", "answer_id"),
    columns=listed(
        "survey_id survey_year question_id answer_id population_nb/en population_count invited_count",
        "answered_count fielded_from_on/precision fielded_to_on/precision weighting_nb/en wording scale",
        "answer_nb/en is_dont_know answer_count base_count source_id source_locator recorded_on",
    ),
)

COUNTERFACTUAL_STATEMENTS = Contract(
    name="counterfactual_statements",
    layer="core",
    folder="evaluations",
    title_nb="Utsagn om hva som ville skjedd",
    title_en="Counterfactual statements",
    grain_nb="Én rad per utsagn i en offentlig kilde om hva som ville skjedd uten støtten. Aldri en gevinst.",
    grain_en="One row per statement in a public source of what would have happened without the funding. No benefit.",
    key=("counterfactual_statement_id",),
    columns=listed(
        "counterfactual_statement_id project_id stated_by_code statement_nb/en about_on/precision",
        "source_id source_locator recorded_on",
    ),
)

FINDING_PROJECTS = Contract(
    name="finding_projects",
    layer="core",
    folder="evaluations",
    title_nb="Prosjektene bak et funn",
    title_en="The projects behind a finding",
    grain_nb="Én rad per funn og prosjekt, når kilden ikke selv nevner prosjektene, som vårt eget forslag.",
    grain_en="One row per finding and project, as our own proposal where the source does not name the projects.",
    key=("portfolio_finding_id", "project_id"),
    columns=listed(
        *override("portfolio_finding_id", "Funnet.", "The finding.", required=True),
        "project_id",
        *override("is_inferred", "Ja når det er vårt forslag.", "True when it is our proposal."),
        *override("reason_nb/en", "Hvorfor prosjektet er med.", "Why the project is among them."),
        "source_id source_locator recorded_on",
    ),
)

BACKGROUND_FACTS = Contract(
    name="background_facts",
    layer="core",
    folder="evaluations",
    title_nb="Bakgrunn fra andre",
    title_en="Background from elsewhere",
    grain_nb="Én rad per opplysning om andre ordninger eller forvaltningen ellers. Aldri ved ordningens egne tall.",
    grain_en="One row per fact about other schemes or the public sector at large. Never beside the scheme's figures.",
    key=("background_fact_id",),
    columns=listed(
        "background_fact_id",
        *override("label_nb/en", "Hva opplysningen gjelder.", "What the fact is about."),
        *override("statement_nb/en", "Opplysningen med egne ord.", "The fact in own words."),
        *override("value", "Tallet, om det er noe.", "The figure, if any.", required=False),
        *override("unit_code", "Enheten til tallet.", "The unit of the figure.", required=False),
        "source_id source_locator recorded_on",
    ),
)

EVALUATIONS = (
    ASSESSMENT_ROUNDS,
    STATUS_ASSESSMENTS,
    BENEFITS,
    BENEFIT_BENEFICIARIES,
    BENEFIT_PLANS,
    BENEFIT_CLAIMS,
    BENEFIT_MEASUREMENTS,
    FOLLOW_ON_FUNDING,
    CONTEXT_FIGURES,
    PORTFOLIO_FINDINGS,
    DISAGREEMENTS,
    BENEFIT_VALUES,
    NON_PRICED_EFFECTS,
    DRIVER_RATINGS,
    RATING_DECISIONS,
    COUNTERFACTUALS,
    COUNTERFACTUAL_STATEMENTS,
    CODING_COVERAGE,
    CLAIM_CODINGS,
    FINDING_PROJECTS,
    BACKGROUND_FACTS,
    SURVEY_RESULTS,
    *FOLLOW_UP,
)

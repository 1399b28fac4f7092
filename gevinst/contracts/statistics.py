"""Contracts of the tables behind the statistics: coded ratings, counterfactuals, survey answers, municipality changes.

Belongs here: what coders, owners and respondents said, and how municipality codes have changed.
Does not belong here: results computed from these rows (`mart_drivers.py`, `mart_statistics.py`).
"""

from __future__ import annotations

from gevinst.contracts.model import (
    Additivity,
    Column,
    Contract,
    Type,
    bilingual,
    code,
    count,
    dated,
    flag,
    reference,
    sourced,
    text,
    year,
)

_ROUND_OF_ASSESSMENT = reference(
    "assessment_round_id",
    "assessment_rounds.assessment_round_id",
    "Vurderingsrunden raden hører til.",
    "The assessment round of the row.",
)
_PROJECT = reference("project_id", "projects.project_id", "Prosjektet.", "The project.")

DRIVER_RATINGS = Contract(
    name="driver_ratings",
    layer="core",
    folder="evaluations",
    title_nb="Vurderinger av drivere",
    title_en="Ratings of drivers",
    grain_nb="Én rad per vurderingsrunde, prosjekt, driver og koder.",
    grain_en="One row per assessment round, project, driver and coder.",
    key=("assessment_round_id", "project_id", "rated_driver_code", "coder_code"),
    columns=(
        _ROUND_OF_ASSESSMENT,
        _PROJECT,
        code("rated_driver_code", "rated_driver", "Driveren som er vurdert.", "The driver that is rated."),
        code(
            "coder_code",
            "coder",
            "Hvem som vurderte: en koder uten navn.",
            "Who rated: a coder without a name.",
        ),
        Column(
            "rating",
            Type.INTEGER,
            "1 er enklest og 5 er vanskeligst.",
            "1 is the easiest and 5 the hardest.",
            required=True,
            unit="rating 1-5",
            additivity=Additivity.NO,
            minimum=1,
            maximum=5,
        ),
        *dated("assessed", "Datoen vurderingen gjelder.", "The date that the rating is about.", required=True),
        *bilingual("reason", "Begrunnelse for vurderingen, med egne ord.", "Reason for the rating, in own words."),
        *sourced(),
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
    columns=(
        _ROUND_OF_ASSESSMENT,
        _PROJECT,
        code("rated_driver_code", "rated_driver", "Driveren som er avgjort.", "The driver that is settled."),
        Column(
            "settled_rating",
            Type.INTEGER,
            "Vurderingen som gjelder; 1 er enklest og 5 er vanskeligst.",
            "The rating in force; 1 is the easiest and 5 the hardest.",
            required=True,
            unit="rating 1-5",
            additivity=Additivity.NO,
            minimum=1,
            maximum=5,
        ),
        code(
            "decided_by_code",
            "decision_role",
            "Rollen til den som avgjorde. Aldri et navn.",
            "Role of who decided. Never a name.",
        ),
        *dated(
            "decided",
            "Datoen det ble avgjort; en senere avgjørelse går foran.",
            "The date of the decision; a later one takes precedence.",
            required=True,
        ),
        *bilingual("reason", "Begrunnelse for avgjørelsen.", "Reason for the decision.", required=True),
        *sourced(),
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
    grain_en="One row per assessment round and project asked.",
    key=("assessment_round_id", "project_id"),
    columns=(
        _ROUND_OF_ASSESSMENT,
        _PROJECT,
        code(
            "counterfactual_code",
            "counterfactual",
            "Hva eieren ville gjort uten StimuLab.",
            "What the owner would have done without StimuLab.",
        ),
        code("stated_by_code", "stated_by", "Hvem som sier det.", "Who says so."),
        *dated("assessed", "Datoen svaret gjelder.", "The date that the answer is about.", required=True),
        *bilingual(
            "null_alternative",
            "Nullalternativet: hva som ville skjedd uten StimuLab, med egne ord.",
            "The null alternative: what would have happened without StimuLab, in own words.",
            required=True,
        ),
        *sourced(),
    ),
)

_NOT_SUMMED = Additivity.NO

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
    columns=(
        text("survey_id", "Fast nøkkel, lik i alle runder.", "Permanent id, the same in all rounds.", required=True),
        year("survey_year", "Runden: året det ble spurt.", "The round: the year of asking."),
        text(
            "question_id",
            "Fast nøkkel for spørsmålet, lik i alle runder.",
            "Permanent id of the question, the same in all rounds.",
            required=True,
        ),
        text(
            "answer_id",
            "Fast nøkkel for svaralternativet, lik i alle runder.",
            "Permanent id of the answer option, the same in all rounds.",
            required=True,
        ),
        *bilingual("population", "Hvem undersøkelsen gjelder.", "Whom the survey is about.", required=True),
        count("population_count", "Hvor mange de er.", "How many they are.", additivity=_NOT_SUMMED),
        count("invited_count", "Hvor mange som ble spurt.", "How many were asked.", additivity=_NOT_SUMMED),
        count("answered_count", "Hvor mange som svarte.", "How many answered.", additivity=_NOT_SUMMED),
        *dated("fielded_from", "Første dag det ble spurt.", "First day of asking."),
        *dated("fielded_to", "Siste dag det ble spurt.", "Last day of asking."),
        *bilingual("weighting", "Hvordan svarene er vektet.", "How the answers are weighted."),
        text("wording", "Spørsmålet ordrett, på språket det ble stilt.", "The exact question as asked.", required=True),
        text("scale", "Skalaen ordrett, fra første til siste alternativ.", "The exact scale as shown.", required=True),
        *bilingual("answer", "Svaralternativet.", "The answer option.", required=True),
        flag("is_dont_know", "Ja når alternativet er «vet ikke».", "True when the option is don't know."),
        count(
            "answer_count",
            "Hvor mange som valgte alternativet.",
            "How many chose the option.",
            additivity=_NOT_SUMMED,
        ),
        count(
            "base_count",
            "Hvor mange som svarte på spørsmålet, også «vet ikke».",
            "How many answered the question, don't know included.",
            additivity=_NOT_SUMMED,
        ),
        *sourced(),
    ),
)

MUNICIPALITY_CHANGES = Contract(
    name="municipality_changes",
    layer="core",
    folder="reference",
    title_nb="Endringer i kommunenumre",
    title_en="Changes of municipality codes",
    grain_nb="Én rad per gammelt nummer, dag og nytt nummer. Tabellen har bare endringer som er slått opp, "
    "så et nummer som mangler her, kan likevel være endret.",
    grain_en="One row per old code, day and new code. The table holds only changes that were looked up, "
    "so a code that is missing here may still have changed.",
    key=("municipality_change_id",),
    columns=(
        text("municipality_change_id", "Fast nøkkel for endringen.", "Permanent id of the change.", required=True),
        text("old_code", "Nummeret før endringen; fire sifre.", "The code before; four digits.", required=True),
        text(
            "new_code",
            "Nummeret etter endringen; tomt når en delt kommunes etterfølgere ikke er slått opp.",
            "The code after; empty when the successors of a municipality that was split were not looked up.",
        ),
        *dated("changed", "Første dag det nye nummeret gjaldt.", "First day of the new code.", required=True),
        code(
            "municipality_change_code",
            "municipality_change",
            "Nytt nummer, sammenslått eller delt.",
            "New code, merged or split.",
        ),
        text("name", "Kommunens navn etter endringen.", "Name of the municipality after the change."),
        *sourced(),
    ),
)

STATISTICS_EVALUATIONS = (DRIVER_RATINGS, RATING_DECISIONS, COUNTERFACTUALS, SURVEY_RESULTS)
"""Core tables in the folder of each evaluation year."""

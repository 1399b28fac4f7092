"""Contracts of the marts: results computed from core tables, one row per subject and edition year.

Belongs here: what `gevinst.method` returns and an edition publishes.
Does not belong here: how it is computed (`gevinst.method`) and what is read from raw files.
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
    text,
    year,
)

_EDITION_YEAR = year("edition_year", "Utgaveåret: bare det som var kjent da, er med.",
                     "The edition year: only what was known then is used.")
_PROJECT = reference("project_id", "projects.project_id", "Prosjektet.", "The project.")
_SOURCE = reference("source_id", "sources.source_id", "Dokumentet resultatet bygger på.",
                    "The document behind the result.", required=False)
_LOCATOR = text("source_locator", "Sted i dokumentet.", "Place in the document.")

EDITION_YEARS = Contract(
    name="edition_years",
    layer="marts",
    title_nb="Utgaveår",
    title_en="Edition years",
    grain_nb="Én rad per utgaveår.",
    grain_en="One row per edition year.",
    key=("edition_year",),
    depends_on=("sources", "projects"),
    columns=(
        _EDITION_YEAR,
        Column("as_of_on", Type.DATE, "Siste dag noe kan ha blitt kjent og være med: årets slutt, eller dagen kildene "
               "sist ble lest.", "Last day on which something may have become known and be used: the end of the year, "
               "or the day the sources were last read.", required=True),
        count("source_count", "Kilder kjent da.", "Sources known then.", additivity=Additivity.NO),
        count("project_count", "Navngitte prosjekter kjent da.", "Named projects known then.",
              additivity=Additivity.NO),
    ),
)

PROJECT_STATUS = Contract(
    name="project_status",
    layer="marts",
    title_nb="Implementeringsstatus per prosjekt",
    title_en="Implementation status per project",
    grain_nb="Én rad per prosjekt og utgaveår, fra og med året prosjektet ble kjent.",
    grain_en="One row per project and edition year, from the year the project became known.",
    key=("edition_year", "project_id"),
    depends_on=("projects", "rounds", "sources", "status_assessments", "codelists", "edition_years"),
    columns=(
        _EDITION_YEAR,
        _PROJECT,
        reference("round_id", "rounds.round_id", "Runden.", "The round."),
        year("cohort_year", "Kull.", "Cohort."),
        code("first_status_code", "status", "Første kjente status.", "First known status.", required=False),
        Column("first_step", Type.INTEGER, "Første kjente trinn på stigen.", "First known step on the ladder.",
               unit="step 0-6", additivity=Additivity.NO, minimum=0, maximum=6),
        code("current_status_code", "status", "Nyeste status; ikke_vurdert når ingen er kjent.",
             "Newest status; ikke_vurdert when none is known."),
        Column("current_step", Type.INTEGER, "Nyeste kjente trinn; beholdes når prosjektet er stanset eller videreført.",
               "Newest known step; kept when the project is stopped or continued in another form.",
               unit="step 0-6", additivity=Additivity.NO, minimum=0, maximum=6),
        Column("highest_step", Type.INTEGER, "Høyeste trinn som er kjent.", "Highest step known.",
               unit="step 0-6", additivity=Additivity.NO, minimum=0, maximum=6),
        flag("is_in_use", "Ja når nyeste status er tatt i bruk eller spredt til andre.",
             "True when the newest status is in use or spread to others."),
        flag("is_stopped", "Ja når prosjektet er stanset.", "True when the project is stopped."),
        *dated("status", "Datoen nyeste status gjelder.", "The date that the newest status is about."),
        Column("known_on", Type.DATE, "Når nyeste status ble kjent.", "When the newest status became known."),
        count("assessment_count", "Statusopplysninger kjent da.", "Status statements known then.",
              additivity=Additivity.WITHIN_EDITION),
        Column("months_since_award", Type.INTEGER, "Hele måneder fra tildelingen til utgavens dato.",
               "Whole months from the award to the edition's date.", unit="months", additivity=Additivity.NO),
        Column("months_since_status", Type.INTEGER, "Hele måneder fra nyeste status til utgavens dato.",
               "Whole months from the newest status to the edition's date.", unit="months",
               additivity=Additivity.NO),
        flag("is_stale", "Ja når nyeste status er eldre enn grensen for gammel vurdering (24 måneder).",
             "True when the newest status is older than the limit for an old assessment (24 months)."),
        flag("is_inferred", "Ja når kilden ikke selv nevner StimuLab-prosjektet.",
             "True when the source does not itself name the StimuLab project."),
        code("public_evidence_group_code", "public_evidence_group", "Hva som samlet er kjent.",
             "What is known in all.", required=False),
        *bilingual("reason", "Begrunnelse for nyeste status.", "Reason for the newest status."),
        _SOURCE,
        _LOCATOR,
    ),
)

ROUND_OVERVIEW = Contract(
    name="round_overview",
    layer="marts",
    title_nb="Runder: søkere, valgte og beløp",
    title_en="Rounds: applicants, selected and amounts",
    grain_nb="Én rad per runde og utgaveår, fra og med året runden ble kjent.",
    grain_en="One row per round and edition year, from the year the round became known.",
    key=("edition_year", "round_id"),
    depends_on=("rounds", "round_figures", "projects", "sources", "edition_years"),
    columns=(
        _EDITION_YEAR,
        reference("round_id", "rounds.round_id", "Runden.", "The round."),
        year("cohort_year", "Kull.", "Cohort."),
        count("applicant_count", "Søkere; tom når ingen kilde sier det.", "Applicants; empty when no source says."),
        code("applicant_basis_code", "figure_basis", "Om antall søkere står i kilden.",
             "Whether the number of applicants stands in the source.", required=False),
        count("selected_count", "Valgte prosjekter; tom når ingen kilde sier det.",
              "Selected projects; empty when no source says."),
        code("selected_basis_code", "figure_basis", "Om antall valgte står i kilden.",
             "Whether the number selected stands in the source.", required=False),
        count("named_count", "Prosjekter som er navngitt i registeret.", "Projects named in the registry."),
        count("unnamed_count", "Valgte prosjekter som ingen kilde navngir; tom når antall valgte er ukjent.",
              "Selected projects that no source names; empty when the number selected is unknown."),
        Column("acceptance_pct", Type.NUMBER, "Valgte som prosent av søkere.", "Selected as per cent of applicants.",
               unit="per cent", additivity=Additivity.NO, minimum=0, maximum=100),
        Column("amount_nok", Type.NUMBER, "Beløp for runden; se beløpstypen.", "Amount for the round; see its kind.",
               unit="NOK, current prices", additivity=Additivity.NO, minimum=0),
        code("amount_kind_code", "amount_kind", "Hva slags beløp det er.", "What kind of amount it is.",
             required=False),
        flag("is_amount_approximate", "Ja når kilden sier omtrent.", "True when the source says about."),
        flag("has_disagreement", "Ja når kilder oppgir ulike tall om runden.",
             "True when sources state different figures about the round."),
    ),
)

PROJECT_COVERAGE = Contract(
    name="project_coverage",
    layer="marts",
    title_nb="Dekning: hva som er kjent om hvert prosjekt",
    title_en="Coverage: what is known of each project",
    grain_nb="Én rad per prosjekt og utgaveår.",
    grain_en="One row per project and edition year.",
    key=("edition_year", "project_id"),
    depends_on=("projects", "participations", "status_assessments", "benefit_claims", "benefit_measurements",
                "follow_on_funding", "sources", "edition_years"),
    columns=(
        _EDITION_YEAR,
        _PROJECT,
        count("source_count", "Dokumenter som omtaler prosjektet.", "Documents that tell of the project.",
              additivity=Additivity.NO),
        flag("has_owner", "Prosjekteier er kjent.", "The project owner is known."),
        flag("has_supplier", "Leverandør er kjent.", "The supplier is known."),
        flag("has_period", "Start eller slutt er kjent.", "Start or end is known."),
        flag("has_grant", "Tildelt støtte er kjent.", "The grant is known."),
        flag("has_status_beyond_award", "Status utover tildelingen er kjent.", "A status beyond the award is known."),
        flag("has_expected_benefit", "Minst én forventet gevinst er beskrevet.",
             "At least one expected benefit is described."),
        flag("has_reported_benefit", "Minst én gevinst er oppgitt eller dokumentert.",
             "At least one benefit is reported or documented."),
        flag("has_documented_benefit", "Minst én gevinst er målt mot et nullpunkt eller bekreftet av en tredjepart.",
             "At least one benefit is measured against a baseline or confirmed by a third party."),
        count("known_count", "Hvor mange av de åtte opplysningene som er kjent.", "How many of the eight facts are known.",
              additivity=Additivity.NO),
    ),
)

EDITION_CHANGES = Contract(
    name="edition_changes",
    layer="marts",
    title_nb="Endringer siden forrige utgave",
    title_en="Changes since the edition before",
    grain_nb="Én rad per endring fra utgaveåret før.",
    grain_en="One row per change from the edition year before.",
    key=("edition_year", "change_id"),
    depends_on=("projects", "rounds", "status_assessments", "benefit_claims", "benefit_measurements",
                "follow_on_funding", "sources", "edition_years", "project_status"),
    columns=(
        _EDITION_YEAR,
        text("change_id", "Fast nøkkel for endringen.", "Permanent id of the change.", required=True),
        code("change_kind_code", "change_kind", "Hva slags endring.", "What kind of change."),
        reference("project_id", "projects.project_id", "Prosjektet, når endringen gjelder ett.",
                  "The project, when the change is about one.", required=False),
        reference("round_id", "rounds.round_id", "Runden, når endringen gjelder én.",
                  "The round, when the change is about one.", required=False),
        text("from_code", "Status før; tom når det ikke var noen.", "Status before; empty when there was none."),
        text("to_code", "Status etter, eller koden som er ny.", "Status after, or the code that is new."),
        count("item_count", "Antall rader endringen samler.", "Number of rows the change gathers."),
        *bilingual("reason", "Hvorfor.", "Why."),
        _SOURCE,
        _LOCATOR,
    ),
)

RECONCILIATION = Contract(
    name="reconciliation",
    layer="marts",
    title_nb="Avstemming",
    title_en="Reconciliation",
    grain_nb="Én rad per avstemming og utgaveår.",
    grain_en="One row per reconciliation and edition year.",
    key=("edition_year", "reconciliation_id"),
    depends_on=("reconciliation_rules", "portfolio_findings", "round_figures", "round_overview", "sources",
                "edition_years"),
    columns=(
        _EDITION_YEAR,
        text("reconciliation_id", "Fast nøkkel for avstemmingen.", "Permanent id of the reconciliation.", required=True),
        reference("round_id", "rounds.round_id", "Runden, når avstemmingen gjelder én.",
                  "The round, when it is about one.", required=False),
        *bilingual("rule", "Hva som skal stemme.", "What should agree.", required=True),
        Column("stated_value", Type.NUMBER, "Tallet kilden oppgir.", "The figure that the source states.",
               unit="count", additivity=Additivity.NO),
        Column("computed_value", Type.NUMBER, "Tallet regnet ut fra registeret.",
               "The figure computed from the registry.", unit="count", additivity=Additivity.NO),
        Column("difference", Type.NUMBER, "Oppgitt minus regnet ut.", "Stated minus computed.", unit="count",
               additivity=Additivity.NO),
        code("result_code", "reconciliation_result", "Utfallet.", "The outcome."),
        *bilingual("explanation", "Hva forskjellen kommer av, så langt det er kjent.",
                   "What the difference comes from, as far as is known."),
        _SOURCE,
        _LOCATOR,
    ),
)

MARTS: tuple[Contract, ...] = (
    EDITION_YEARS, PROJECT_STATUS, ROUND_OVERVIEW, PROJECT_COVERAGE, EDITION_CHANGES, RECONCILIATION,
)

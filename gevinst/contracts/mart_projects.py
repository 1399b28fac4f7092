"""Contracts of the marts with one row per project and edition year.

Belongs here: status and coverage of projects, and the edition years they are told in.
Does not belong here: marts about rounds and whole editions (`mart_editions.py`).
"""

from __future__ import annotations

from gevinst.contracts.model import (
    EDITION_YEAR,
    LOCATOR,
    PROJECT,
    SOURCE,
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
    year,
)

EDITION_YEARS = Contract(
    name="edition_years",
    layer="marts",
    title_nb="Utgaveår",
    title_en="Edition years",
    grain_nb="Én rad per utgaveår.",
    grain_en="One row per edition year.",
    key=("edition_year",),
    depends_on=("sources", "projects"),
    rule_nb="En utgave bruker bare det som var kjent ved utgangen av året, eller den dagen kildene sist ble lest. En "
    "kilde er kjent fra dagen den ble publisert; en måned eller et år regnes som sin siste dag, og en udatert"
    " kilde fra dagen den ble lest.",
    rule_en="An edition uses only what was known at the end of the year, or on the day the sources were last read. A "
    "source is known from the day it was published; a month or a year counts as its last day, and an undated "
    "source from the day it was read.",
    formula="as_of_on = earlier day of (31 December of edition_year, latest accessed_on of any source)",
    columns=(
        EDITION_YEAR,
        Column(
            "as_of_on",
            Type.DATE,
            "Siste dag noe kan ha blitt kjent og være med: årets slutt, eller dagen kildene sist ble lest.",
            "Last day on which something may have become known and be used: the end of the year, "
            "or the day the sources were last read.",
            required=True,
        ),
        count("source_count", "Kilder kjent da.", "Sources known then.", additivity=Additivity.NO),
        count(
            "project_count",
            "Navngitte prosjekter kjent da.",
            "Named projects known then.",
            additivity=Additivity.NO,
        ),
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
    rule_nb="Nyeste status er opplysningen om den seneste datoen blant dem som var kjent ved utgavens dato. En "
    "opplysning som blir kjent senere, men gjelder en tidligere dato, utfyller historien og avløser aldri. Et"
    " prosjekt som er stanset eller videreført i annen form, beholder sitt siste trinn og er med i alle "
    "tellinger.",
    rule_en="The newest status is the statement about the latest date among those known by the edition's date. One "
    "that becomes known later but tells of an earlier date adds to the history and never supersedes. A "
    "project that is stopped or continued in another form keeps its last step and stays in every count.",
    formula="known_on = later day of (last day of assessed_on, source known); current = statement with the latest "
    "last day of assessed_on among those with known_on <= as_of_on; step = rank of the status code; is_stale "
    "= months_since_status >= 24 (stale_after_months)",
    columns=(
        EDITION_YEAR,
        PROJECT,
        reference("round_id", "rounds.round_id", "Runden.", "The round."),
        year("cohort_year", "Kull.", "Cohort."),
        code("first_status_code", "status", "Første kjente status.", "First known status.", required=False),
        Column(
            "first_step",
            Type.INTEGER,
            "Første kjente trinn på stigen.",
            "First known step on the ladder.",
            unit="step 0-6",
            additivity=Additivity.NO,
            minimum=0,
            maximum=6,
        ),
        code(
            "current_status_code",
            "status",
            "Nyeste status; ikke_vurdert når ingen er kjent.",
            "Newest status; ikke_vurdert when none is known.",
        ),
        Column(
            "current_step",
            Type.INTEGER,
            "Nyeste kjente trinn; beholdes når prosjektet er stanset eller videreført.",
            "Newest known step; kept when the project is stopped or continued in another form.",
            unit="step 0-6",
            additivity=Additivity.NO,
            minimum=0,
            maximum=6,
        ),
        Column(
            "highest_step",
            Type.INTEGER,
            "Høyeste trinn som er kjent.",
            "Highest step known.",
            unit="step 0-6",
            additivity=Additivity.NO,
            minimum=0,
            maximum=6,
        ),
        flag(
            "is_in_use",
            "Ja når nyeste status er tatt i bruk eller spredt til andre.",
            "True when the newest status is in use or spread to others.",
        ),
        flag("is_stopped", "Ja når prosjektet er stanset.", "True when the project is stopped."),
        *dated("status", "Datoen nyeste status gjelder.", "The date that the newest status is about."),
        Column("known_on", Type.DATE, "Når nyeste status ble kjent.", "When the newest status became known."),
        count(
            "assessment_count",
            "Statusopplysninger kjent da.",
            "Status statements known then.",
            additivity=Additivity.WITHIN_EDITION,
        ),
        Column(
            "months_since_award",
            Type.INTEGER,
            "Hele måneder fra tildelingen til utgavens dato.",
            "Whole months from the award to the edition's date.",
            unit="months",
            additivity=Additivity.NO,
        ),
        Column(
            "months_since_status",
            Type.INTEGER,
            "Hele måneder fra nyeste status til utgavens dato.",
            "Whole months from the newest status to the edition's date.",
            unit="months",
            additivity=Additivity.NO,
        ),
        flag(
            "is_stale",
            "Ja når nyeste status er eldre enn grensen for gammel vurdering (24 måneder).",
            "True when the newest status is older than the limit for an old assessment (24 months).",
        ),
        flag(
            "is_inferred",
            "Ja når kilden ikke selv nevner StimuLab-prosjektet.",
            "True when the source does not itself name the StimuLab project.",
        ),
        code(
            "public_evidence_group_code",
            "public_evidence_group",
            "Hva som samlet er kjent.",
            "What is known in all.",
            required=False,
        ),
        *bilingual("reason", "Begrunnelse for nyeste status.", "Reason for the newest status."),
        SOURCE,
        LOCATOR,
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
    depends_on=(
        "projects",
        "project_events",
        "project_grants",
        "participations",
        "status_assessments",
        "benefit_claims",
        "benefit_measurements",
        "follow_on_funding",
        "sources",
        "edition_years",
        "project_status",
    ),
    rule_nb="Åtte opplysninger en leser kan vente seg om et prosjekt, og om hver av dem er kjent. En opplysning er "
    "kjent fra dagen det første dokumentet som forteller den, ble kjent. Ukjent er ikke det samme som nei: "
    "mangler støtten, betyr det at ingen kilde oppgir den.",
    rule_en="Eight facts that a reader may expect of a project, and whether each is known. A fact is known from the "
    "day the first document that tells it became known. Unknown is not no: a missing grant means that no "
    "source states it.",
    formula="has_<fact> = first day on which a document tells it <= as_of_on; known_count = number of has_<fact> that"
    " are true",
    columns=(
        EDITION_YEAR,
        PROJECT,
        count(
            "source_count",
            "Dokumenter som omtaler prosjektet.",
            "Documents that tell of the project.",
            additivity=Additivity.NO,
        ),
        flag("has_owner", "Prosjekteier er kjent.", "The project owner is known."),
        flag("has_supplier", "Leverandør er kjent.", "The supplier is known."),
        flag("has_period", "Start eller slutt er kjent.", "Start or end is known."),
        flag("has_grant", "Tildelt støtte er kjent.", "The grant is known."),
        flag(
            "has_status_beyond_award",
            "Status utover tildelingen er kjent.",
            "A status beyond the award is known.",
        ),
        flag(
            "has_expected_benefit",
            "Minst én forventet gevinst er beskrevet.",
            "At least one expected benefit is described.",
        ),
        flag(
            "has_reported_benefit",
            "Minst én gevinst er oppgitt eller dokumentert.",
            "At least one benefit is reported or documented.",
        ),
        flag(
            "has_documented_benefit",
            "Minst én gevinst er målt mot et nullpunkt eller bekreftet av en tredjepart.",
            "At least one benefit is measured against a baseline or confirmed by a third party.",
        ),
        count(
            "known_count",
            "Hvor mange av de åtte opplysningene som er kjent.",
            "How many of the eight facts are known.",
            additivity=Additivity.NO,
        ),
    ),
)

"""Contracts of the marts that hold the numbers of headings, sentences and key figures.

Belongs here: counts over the whole portfolio, by cohort, by group, by project and by document.
Does not belong here: what is counted (`marts_projects.py`) and which headline figures there are
(`gevinst.method.headline_figures`).
"""

from __future__ import annotations

from gevinst.contracts.evaluations import EVALUATIONS
from gevinst.contracts.fields import listed, override
from gevinst.contracts.model import Additivity, Contract
from gevinst.contracts.reference import REFERENCE
from gevinst.contracts.registry import REGISTRY

_WITH_SOURCES = tuple(
    table.name
    for table in (*REFERENCE, *REGISTRY, *EVALUATIONS)
    if table.name != "sources" and not table.is_restricted and "source_id" in table.column_names
)
"""Tables that are read and published, and whose rows name a document."""

HEADLINE_COUNTS = Contract(
    name="headline_counts",
    layer="marts",
    title_nb="Nøkkeltall",
    title_en="Headline figures",
    grain_nb="Én rad per nøkkeltall og utgaveår.",
    grain_en="One row per headline figure and edition year.",
    key=("edition_year", "figure_id"),
    depends_on=(
        "edition_years",
        "project_status",
        "project_coverage",
        "round_overview",
        "reconciliation",
        "driver_association",
        "organisation_outcomes",
        "coder_agreement",
        "time_to_use",
        "priced_effects",
        "document_reading",
        "reading_list",
        "follow_ups",
        "follow_up_reasons",
        "sources",
        "projects",
        "rounds",
        "disagreements",
        "benefits",
        "benefit_plans",
        "benefit_claims",
        "benefit_measurements",
    ),
    rule_nb="Tallene i overskrifter, setninger og nøkkeltall. Hvert av dem telles ett sted og er like overalt. En "
    "andel gis bare når helheten har mange nok (minst fem). Endringen er fra utgaveåret før, og er tom når "
    "ingen prosjekter var kjent da. Prosjekter som er stanset eller videreført, er med i alle helheter.",
    rule_en="The numbers of headings, sentences and key figures. Each is counted in one place and is the same "
    "everywhere. A share is given only where the whole has enough (at least five). The change is from the "
    "edition year before, and is empty where no project was known then. Projects that are stopped or continued "
    "are in every whole.",
    formula="figure_value = number of rows of table_name that meet condition; share_pct = 100 * figure_value / "
    "total_count, null when total_count < 5 (min_n_for_shares); change_count = figure_value - figure_value of "
    "edition_year - 1",
    columns=listed(
        "edition_year figure_id meaning_nb/en",
        *override("table_name", "Tabellen det telles i.", "The table that is counted in."),
        "condition figure_value total_count",
        *override(
            "share_pct",
            "Tallet som prosent av helheten; tom når helheten er for liten.",
            "The number as per cent of the whole; empty where the whole is too small.",
            n_column="total_count",
            low_column=None,
            high_column=None,
            suppressed_column=None,
        ),
        "change_count",
    ),
)

COHORT_COUNTS = Contract(
    name="cohort_counts",
    layer="marts",
    title_nb="Prosjekter per kull",
    title_en="Projects by cohort",
    grain_nb="Én rad per kull og utgaveår, fra og med året kullet har et kjent prosjekt.",
    grain_en="One row per cohort and edition year, from the year in which a project of the cohort is known.",
    key=("edition_year", "cohort_year"),
    empty_without=("projects",),
    depends_on=("project_status",),
    rule_nb="Hvor mange prosjekter i kullet som er kjent, hvor mange av dem det er kjent hva som ble av, hvor mange "
    "som er tatt i bruk eller spredt, og hvor mange av dem med en gammel opplysning. Delvis i bruk telles for seg.",
    rule_en="How many projects of the cohort are known, for how many of them it is known what became of them, how many "
    "are in use or spread to others, and how many of these by an old statement. Partly in use is counted apart.",
    formula="known_outcome_count = projects with outcome_code <> unknown; in_use_count = projects with is_in_use; "
    "in_use_stale_count = of these is_stale; partly_in_use_count = projects with outcome_code = partly_in_use",
    columns=listed(
        "edition_year cohort_year",
        *override("project_count", "Prosjekter i kullet.", "Projects of the cohort."),
        *override(
            "in_use_count",
            "Av dem: tatt i bruk eller spredt.",
            "Of them: in use or spread.",
            additivity=Additivity.WITHIN_EDITION,
        ),
        "in_use_stale_count",
        *override("partly_in_use_count", "Av dem: delvis i bruk.", "Of them: partly in use."),
        *override("known_outcome_count", "Av dem: kjent utfall.", "Of them: a known outcome."),
    ),
)

EVIDENCE_GROUP_COUNTS = Contract(
    name="evidence_group_counts",
    layer="marts",
    title_nb="Prosjekter etter hva som samlet er kjent",
    title_en="Projects by what is known overall",
    grain_nb="Én rad per gruppe og utgaveår.",
    grain_en="One row per group and edition year.",
    key=("edition_year", "group_id"),
    depends_on=("edition_years", "codelists", "project_status", "project_coverage"),
    rule_nb="Hvor mange prosjekter gruppen har, og for hvor mange av dem hver av de åtte opplysningene er kjent. "
    "Grupper uten prosjekter står med 0; prosjekter uten gruppe står for seg.",
    rule_en="How many projects the group has, and for how many of them each of the eight facts is known. Groups "
    "without projects have 0; projects without a group are counted apart.",
    formula="has_<fact>_count = number of projects with has_<fact>",
    columns=listed(
        "edition_year group_id",
        *override(
            "public_evidence_group_code",
            "Gruppen; tom for prosjekter uten gruppe.",
            "The group; empty for projects without one.",
        ),
        *override("project_count", "Prosjekter i gruppen.", "Projects of the group."),
        "has_owner_count has_supplier_count has_period_count has_grant_count has_status_beyond_award_count",
        "has_expected_benefit_count has_reported_benefit_count has_documented_benefit_count",
    ),
)

PROJECT_CLAIMS = Contract(
    name="project_claims",
    layer="marts",
    title_nb="Gevinstutsagn per prosjekt",
    title_en="Benefit claims by project",
    grain_nb="Én rad per prosjekt og utgaveår.",
    grain_en="One row per project and edition year.",
    key=("edition_year", "project_id"),
    empty_without=("projects",),
    depends_on=("benefit_claims", "benefits", "sources", "edition_years", "project_status"),
    rule_nb="Hvor mange utsagn om gevinster som er kjent om prosjektet, etter hvor sikre de er. Utsagn som er avløst, "
    "er med.",
    rule_en="How many claims about benefits are known of the project, by how sure they are. Claims that are superseded "
    "are among them.",
    formula="claim_count = expected_count + reported_count + measured_by_participant_count + documented_count",
    columns=listed(
        "edition_year project_id",
        *override(
            "claim_count", "Utsagn om gevinster.", "Claims about benefits.", additivity=Additivity.WITHIN_EDITION
        ),
        *override("expected_count", "Av dem: forventet.", "Of them: expected."),
        *override("reported_count", "Av dem: oppgitt.", "Of them: reported."),
        *override(
            "measured_by_participant_count",
            "Av dem: målt, men oppgitt av deltaker eller leverandør.",
            "Of them: measured, as stated by a participant or supplier.",
        ),
        *override("documented_count", "Av dem: dokumentert.", "Of them: documented."),
    ),
)

CHANGE_COUNTS = Contract(
    name="change_counts",
    layer="marts",
    title_nb="Endringer etter slag",
    title_en="Changes by kind",
    grain_nb="Én rad per slag endring og utgaveår.",
    grain_en="One row per kind of change and edition year.",
    key=("edition_year", "change_kind_code"),
    depends_on=("codelists", "edition_changes"),
    rule_nb="Hvor mange rader endringene av hvert slag samler i utgavens eget år, og hvor mange av dem som gjelder noe "
    "som skjedde etter den forrige utgaven; 0 når det ikke er noen.",
    rule_en="How many rows the changes of each kind gather in the edition's own year, and how many of them are about "
    "something that happened after the previous edition; 0 where there are none.",
    formula="item_count = sum of item_count in edition_changes; year_count = sum over all kinds; happened_count, "
    "found_count and time_unknown_count: by change_time_code",
    columns=listed(
        "edition_year change_kind_code",
        *override("item_count", "Rader endringene samler.", "Rows that the changes gather."),
        "happened_count found_count time_unknown_count year_count",
    ),
)

SOURCE_USE = Contract(
    name="source_use",
    layer="marts",
    title_nb="Hva som bygger på hvert dokument",
    title_en="What rests on each document",
    grain_nb="Én rad per dokument, tabell og utgaveår.",
    grain_en="One row per document, table and edition year.",
    key=("edition_year", "source_id", "table_name"),
    depends_on=(*_WITH_SOURCES, "sources", "edition_years", "project_status"),
    rule_nb="Hvor mange rader i hver innlest tabell som bygger på dokumentet. Rader om et prosjekt er med fra året "
    "prosjektet er kjent. Tabeller med svar som ikke publiseres, er ikke med.",
    rule_en="How many rows of each table that is read rest on the document. Rows about a project are counted from the "
    "year in which the project is known. Tables of answers that are not published are left out.",
    formula="row_count = number of rows with source_id; source known <= as_of_on",
    columns=listed(
        "edition_year",
        *override("source_id", "Dokumentet.", "The document."),
        *override("table_name", "Tabellen radene står i.", "The table that holds the rows."),
        "row_count",
    ),
)

HEADLINE_MARTS: tuple[Contract, ...] = (
    HEADLINE_COUNTS,
    COHORT_COUNTS,
    EVIDENCE_GROUP_COUNTS,
    PROJECT_CLAIMS,
)

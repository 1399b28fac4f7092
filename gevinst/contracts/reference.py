"""Contracts of reference data: tables that other tables look values up in.

Belongs here: code lists, price index, municipality codes, rates, matrices, categories and rules for reconciliation.
Does not belong here: facts about projects (`registry`) and judgements (`evaluations`).
"""

from __future__ import annotations

from gevinst.contracts.fields import listed, override
from gevinst.contracts.model import Contract

CODELISTS = Contract(
    name="codelists",
    layer="core",
    folder="reference",
    title_nb="Kodelister",
    title_en="Code lists",
    grain_nb="Én rad per kode i en kodeliste.",
    grain_en="One row per code in a code list.",
    key=("codelist", "code"),
    columns=listed(
        "codelist code rank",
        *override("label_nb/en", "Teksten for koden.", "The text of the code.", required=True),
        "description_nb/en",
    ),
)

KPI = Contract(
    name="kpi",
    layer="core",
    folder="reference",
    title_nb="Konsumprisindeks",
    title_en="Consumer price index",
    grain_nb="Én rad per år og basisår.",
    grain_en="One row per year and base year.",
    key=("year", "base_year"),
    columns=listed(
        "year base_year index_value",
        *override("note_nb/en", "Hvordan tallet er funnet.", "How the figure was found."),
        "source_id source_locator",
    ),
)

MUNICIPALITY_CODES = Contract(
    name="municipality_codes",
    layer="core",
    folder="reference",
    title_nb="Kommunenumre",
    title_en="Municipality codes",
    grain_nb="Én rad per kommunenummer som er brukt i registeret.",
    grain_en="One row per municipality code used in the registry.",
    key=("municipality_code",),
    columns=listed(
        *override(
            "municipality_code", "Fire sifre, som tekst.", "Four digits, as text.", required=True, references=None
        ),
        *override("name", "Kommunens navn.", "Name of the municipality."),
        "valid_from_on/precision valid_to_on/precision source_id source_locator",
    ),
)

MUNICIPALITY_CHANGES = Contract(
    name="municipality_changes",
    layer="core",
    folder="reference",
    title_nb="Endringer i kommunenumre",
    title_en="Changes of municipality codes",
    grain_nb="Én rad per gammelt nummer, dag og nytt nummer. Tabellen har bare endringer som er slått opp, så et "
    "nummer som mangler her, kan likevel være endret.",
    grain_en="One row per old code, day and new code. The table holds only changes that were looked up, so a code "
    "that is missing here may still have changed.",
    key=("municipality_change_id",),
    columns=listed(
        "municipality_change_id old_code new_code changed_on/precision municipality_change_code",
        *override(
            "name", "Kommunens navn etter endringen.", "Name of the municipality after the change.", required=False
        ),
        "source_id source_locator",
    ),
)

ORGANISATION_NUMBERS = Contract(
    name="organisation_numbers",
    layer="core",
    folder="reference",
    title_nb="Organisasjonsnumre",
    title_en="Organisation numbers",
    grain_nb="Én rad per organisasjonsnummer som en kilde oppgir.",
    grain_en="One row per organisation number that a source states.",
    key=("organisation_number",),
    columns=listed(
        "organisation_number registered_name",
        *override(
            "organisation_id",
            "Virksomheten i registeret her.",
            "The organisation in the registry here.",
            required=False,
        ),
        "source_id source_locator",
    ),
)

RECONCILIATION_RULES = Contract(
    name="reconciliation_rules",
    layer="core",
    folder="reference",
    title_nb="Regler for avstemming",
    title_en="Reconciliation rules",
    grain_nb="Én rad per total som en kilde oppgir, og hva den skal stemme med.",
    grain_en="One row per total that a source states, and what it should agree with.",
    key=("reconciliation_rule_id",),
    columns=listed(
        "reconciliation_rule_id portfolio_finding_id reconciliation_basis_code first_cohort_year last_cohort_year",
        "component_finding_ids rule_nb/en explanation_nb/en",
    ),
)

BENEFIT_CATEGORIES = Contract(
    name="benefit_categories",
    layer="core",
    folder="reference",
    title_nb="Gevinstkategorier",
    title_en="Benefit categories",
    grain_nb="Én rad per slags gevinst (kodelista benefit).",
    grain_en="One row per kind of benefit (code list benefit).",
    key=("benefit_code",),
    columns=listed(
        "benefit_code benefit_category_code gain_nature_code is_gain",
        *override("reason_nb/en", "Hvorfor den er plassert der.", "Why it is placed there.", required=True),
        *override(
            "source_id",
            "Dokumentet plasseringen bygger på; tomt når den er vår egen.",
            "The document behind the placing; empty when it is our own.",
            required=False,
        ),
        *override("source_locator", "Stedet i dokumentet.", "The place in the document.", required=False),
    ),
)

MEASUREMENT_UNITS = Contract(
    name="measurement_units",
    layer="core",
    folder="reference",
    title_nb="Måleenheter",
    title_en="Units of measurement",
    grain_nb="Én rad per måleenhet (kodelista measurement_unit).",
    grain_en="One row per unit of measurement (code list measurement_unit).",
    key=("unit_code",),
    columns=listed("unit_code unit_kind_code is_summable lowest_value highest_value"),
)

DISCOUNT_RATES = Contract(
    name="discount_rates",
    layer="core",
    folder="reference",
    title_nb="Kalkulasjonsrenter",
    title_en="Discount rates",
    grain_nb="Én rad per trinn i en rentebane i et regelverk.",
    grain_en="One row per step of a schedule of rates in a ruleset.",
    key=("ruleset_code", "schedule_code", "from_year"),
    columns=listed("ruleset_code schedule_code from_year to_year rate_pct source_id source_locator"),
)

VALUE_MATRIX = Contract(
    name="value_matrix",
    layer="core",
    folder="reference",
    title_nb="Matriser for ikke-prissatte virkninger",
    title_en="Matrices for non-priced effects",
    grain_nb="Én rad per celle i en matrise.",
    grain_en="One row per cell of a matrix.",
    key=("value_matrix_code", "quantity_code", "unit_value_code"),
    columns=listed("value_matrix_code quantity_code unit_value_code low_code high_code source_id source_locator"),
)

DUE_RULES = Contract(
    name="due_rules",
    layer="core",
    folder="reference",
    title_nb="Regler for hva som skal følges opp",
    title_en="Rules of what is due",
    grain_nb="Én rad per grunn til å spørre (kodelista follow_up_reason). En grunn uten rad brukes ikke.",
    grain_en="One row per reason for asking (code list follow_up_reason). A reason without a row is not used.",
    key=("follow_up_reason_code",),
    columns=listed(
        "follow_up_reason_code after_months asked_role_code",
        *override("reason_nb/en", "Hvorfor det spørres, og når.", "Why and when somebody is asked.", required=True),
    ),
)

REFERENCE = (
    CODELISTS,
    KPI,
    MUNICIPALITY_CODES,
    MUNICIPALITY_CHANGES,
    ORGANISATION_NUMBERS,
    RECONCILIATION_RULES,
    BENEFIT_CATEGORIES,
    MEASUREMENT_UNITS,
    DISCOUNT_RATES,
    VALUE_MATRIX,
    DUE_RULES,
)

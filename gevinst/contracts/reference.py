"""Contracts of reference data: code lists, price index, municipality codes and rules for reconciliation.

Belongs here: tables that other tables look values up in.
Does not belong here: facts about projects (`registry.py`) and judgements (`evaluations.py`).
"""

from __future__ import annotations

from gevinst.contracts.economics import ECONOMIC_REFERENCE
from gevinst.contracts.gains import GAIN_REFERENCE
from gevinst.contracts.model import (
    Additivity,
    Column,
    Contract,
    Type,
    bilingual,
    code,
    dated,
    reference,
    sourced,
    text,
    year,
)
from gevinst.contracts.statistics import MUNICIPALITY_CHANGES

CODELISTS = Contract(
    name="codelists",
    layer="core",
    folder="reference",
    title_nb="Kodelister",
    title_en="Code lists",
    grain_nb="Én rad per kode i en kodeliste.",
    grain_en="One row per code in a code list.",
    key=("codelist", "code"),
    columns=(
        text("codelist", "Kodelistens navn.", "Name of the code list.", required=True),
        text("code", "Koden.", "The code.", required=True),
        Column(
            "rank",
            Type.INTEGER,
            "Plass i rekkefølgen; tom når lista ikke har noen.",
            "Place in the order; empty when the list has none.",
            additivity=Additivity.NO,
            unit="rank",
        ),
        *bilingual("label", "Teksten som vises.", "The text shown.", required=True),
        *bilingual("description", "Hva koden betyr.", "What the code means.", required=True),
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
    columns=(
        year("year", "Året indeksen gjelder.", "The year of the index."),
        year("base_year", "Året som er satt til 100.", "The year set to 100."),
        Column(
            "index_value",
            Type.NUMBER,
            "Årsgjennomsnitt, én desimal.",
            "Annual mean, one decimal.",
            required=True,
            unit="index",
            additivity=Additivity.NO,
            minimum=1,
        ),
        *bilingual("note", "Hvordan tallet er funnet.", "How the figure was found."),
        *sourced(),
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
    columns=(
        text("municipality_code", "Fire sifre, som tekst.", "Four digits, as text.", required=True),
        text("name", "Kommunens navn.", "Name of the municipality.", required=True),
        *dated("valid_from", "Første dag nummeret gjaldt.", "First day the code was valid."),
        *dated(
            "valid_to",
            "Siste dag nummeret gjaldt; tom når det gjelder i dag.",
            "Last day the code was valid; empty when it is valid today.",
        ),
        *sourced(),
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
    columns=(
        text("reconciliation_rule_id", "Fast nøkkel for regelen.", "Permanent id of the rule.", required=True),
        reference(
            "portfolio_finding_id",
            "portfolio_findings.portfolio_finding_id",
            "Totalen som en kilde oppgir; tom når regelen gjelder hver runde.",
            "The total that a source states; empty when the rule is about each round.",
            required=False,
        ),
        code(
            "reconciliation_basis_code",
            "reconciliation_basis",
            "Hva totalen skal stemme med.",
            "What the total should agree with.",
        ),
        year("first_cohort_year", "Første kull som regnes med.", "First cohort counted.", required=False),
        year("last_cohort_year", "Siste kull som regnes med.", "Last cohort counted.", required=False),
        text(
            "component_finding_ids",
            "Funn som skal summere til totalen, med mellomrom mellom.",
            "Findings that should sum to the total, separated by spaces.",
        ),
        *bilingual("rule", "Hva som skal stemme.", "What should agree.", required=True),
        *bilingual(
            "explanation",
            "Hva en forskjell kommer av, så langt det er kjent.",
            "What a difference comes from, as far as is known.",
        ),
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
    columns=(
        text(
            "organisation_number",
            "Ni siffer fra Enhetsregisteret.",
            "Nine digits from Enhetsregisteret.",
            required=True,
        ),
        text("registered_name", "Navnet nummeret hører til.", "The name that the number belongs to.", required=True),
        reference(
            "organisation_id",
            "organisations.organisation_id",
            "Virksomheten i registeret her.",
            "The organisation in the registry here.",
            required=False,
        ),
        *sourced(),
    ),
)

REFERENCE = (
    CODELISTS,
    KPI,
    MUNICIPALITY_CODES,
    MUNICIPALITY_CHANGES,
    ORGANISATION_NUMBERS,
    RECONCILIATION_RULES,
    *GAIN_REFERENCE,
    *ECONOMIC_REFERENCE,
)

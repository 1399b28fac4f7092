"""Contracts of reference data: code lists, price index and municipality codes.

Belongs here: tables that other tables look values up in.
Does not belong here: facts about projects (`registry.py`) and judgements (`evaluations.py`).
"""

from __future__ import annotations

from gevinst.contracts.model import Additivity, Column, Contract, Type, bilingual, dated, sourced, text, year

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
        Column("rank", Type.INTEGER, "Plass i rekkefølgen; tom når lista ikke har noen.",
               "Place in the order; empty when the list has none.", additivity=Additivity.NO, unit="rank"),
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
        Column("index_value", Type.NUMBER, "Årsgjennomsnitt, én desimal.", "Annual mean, one decimal.",
               required=True, unit="index", additivity=Additivity.NO, minimum=1),
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
        *dated("valid_to", "Siste dag nummeret gjaldt; tom når det gjelder i dag.",
               "Last day the code was valid; empty when it is valid today."),
        *sourced(),
    ),
)

REFERENCE = (CODELISTS, KPI, MUNICIPALITY_CODES)

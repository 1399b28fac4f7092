"""Contracts of the tables about the data themselves: rejected rows, corrected errors and check results.

Belongs here: tables that show a reader how far the other tables can be trusted.
Does not belong here: the rules that fill them (`gevinst.intake`, `gevinst.quality`).
"""

from __future__ import annotations

from gevinst.contracts.fields import listed, override
from gevinst.contracts.model import Contract, Type

QUARANTINE = Contract(
    name="quarantine",
    layer="quality",
    title_nb="Rader satt til side",
    title_en="Rows set aside",
    grain_nb="Én rad per feil i en rad som ikke kunne brukes.",
    grain_en="One row per fault in a row that could not be used.",
    key=("file", "sheet", "row_number", "column_name"),
    columns=listed(
        "file sheet row_number column_name",
        *override(
            "value",
            "Verdien slik den står.",
            "The value as delivered.",
            required=False,
            unit=None,
            additivity=None,
            type=Type.TEXT,
        ),
        *override(
            "reason_nb/en", "Hva som er galt, og hva du kan gjøre.", "What is wrong, and what to do.", required=True
        ),
    ),
)

CORRECTIONS = Contract(
    name="corrections",
    layer="quality",
    folder="",
    title_nb="Rettelser",
    title_en="Corrections",
    grain_nb="Én rad per verdi som er rettet ved innlesing: feil i en kilde, eller feil ført. En oversettelse er også "
    "en rad: den fyller en engelsk tekst som ventet.",
    grain_en="One row per value that is corrected at intake: an error of a source, or of entry. A translation is a row "
    "too: it fills an English text that waited.",
    key=("correction_id",),
    columns=listed(
        "correction_id table_name key",
        *override("column_name", "Kolonnen som rettes.", "The column to correct."),
        "expect replace",
        *override("reason_nb/en", "Hvorfor.", "Why.", required=True),
        *override("source_id", "Dokumentet med feilen.", "The document with the error."),
        "source_locator registered_on",
    ),
)

QUALITY_CHECKS = Contract(
    name="quality_checks",
    layer="quality",
    title_nb="Kvalitetskontroller",
    title_en="Quality checks",
    grain_nb="Én rad per kontroll.",
    grain_en="One row per check.",
    key=("check_id",),
    columns=listed(
        "check_id",
        *override("table_name", "Tabellen som kontrolleres.", "The table checked."),
        "severity_code",
        *override("description_nb/en", "Hva som kontrolleres, og hvorfor.", "What is checked, and why."),
        "check_outcome_code checked_count unexpected_count unexpected_keys",
    ),
)

QUALITY = (QUARANTINE, CORRECTIONS, QUALITY_CHECKS)

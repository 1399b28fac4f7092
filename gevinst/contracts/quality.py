"""Contracts of the tables about the data themselves: rejected rows, mended errors and check results.

Belongs here: tables that tell a reader how far the other tables can be trusted.
Does not belong here: the rules that fill them (`gevinst.intake`, `gevinst.quality`).
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
    flag,
    reference,
    text,
)

QUARANTINE = Contract(
    name="quarantine",
    layer="quality",
    title_nb="Rader satt til side",
    title_en="Rows set aside",
    grain_nb="Én rad per feil i en rad som ikke kunne brukes.",
    grain_en="One row per fault in a row that could not be used.",
    key=("file", "sheet", "row_number", "column_name"),
    columns=(
        text("file", "Fila raden står i.", "The file that holds the row.", required=True),
        text("sheet", "Arket i fila; tomt for tekstfiler.", "The sheet; empty for text files."),
        Column(
            "row_number",
            Type.INTEGER,
            "Linjenummer i fila, med overskriften som linje 1.",
            "Line number in the file, the header being line 1.",
            required=True,
            unit="line",
            additivity=Additivity.NO,
            minimum=1,
        ),
        text("column_name", "Kolonnen med feil.", "The column at fault.", required=True),
        text("value", "Verdien slik den står.", "The value as it stands."),
        *bilingual("reason", "Hva som er galt, og hva du kan gjøre.", "What is wrong, and what to do.", required=True),
    ),
)

CORRECTIONS = Contract(
    name="corrections",
    layer="quality",
    folder="",
    title_nb="Rettelser",
    title_en="Corrections",
    grain_nb="Én rad per kjent feil i en kilde som er rettet ved innlesing.",
    grain_en="One row per known error in a source that is mended at intake.",
    key=("correction_id",),
    columns=(
        text("correction_id", "Fast nøkkel for rettelsen.", "Permanent id of the correction.", required=True),
        text("table_name", "Tabellen som rettes.", "The table to mend.", required=True),
        text("key", "Nøkkelen til raden som rettes.", "Key of the row to mend.", required=True),
        text("column_name", "Kolonnen som rettes.", "The column to mend.", required=True),
        text(
            "expect",
            "Verdien som skal stå der; står det noe annet, stanser kjøringen.",
            "The value that must stand there; when it does not, the run stops.",
            required=True,
        ),
        text("replace", "Verdien som settes inn.", "The value put in its place.", required=True),
        *bilingual("reason", "Hvorfor.", "Why.", required=True),
        reference("source_id", "sources.source_id", "Dokumentet med feilen.", "The document with the error."),
        text("source_locator", "Sted i dokumentet.", "Place in the document.", required=True),
        Column(
            "registered_on",
            Type.DATE,
            "Når rettelsen ble ført.",
            "When the correction was entered.",
            required=True,
        ),
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
    columns=(
        text("check_id", "Fast nøkkel for kontrollen.", "Permanent id of the check.", required=True),
        text("table_name", "Tabellen som kontrolleres.", "The table checked.", required=True),
        code("severity_code", "severity", "Kritiske feil stanser utgaven.", "Critical faults stop the edition."),
        *bilingual("description", "Hva som kontrolleres, og hvorfor.", "What is checked, and why.", required=True),
        flag("is_passed", "Ja når kontrollen er bestått.", "True when the check passed."),
        count("checked_count", "Rader kontrollert.", "Rows checked.", additivity=Additivity.NO),
        count("unexpected_count", "Rader med avvik.", "Rows that deviate.", additivity=Additivity.NO),
        text(
            "unexpected_keys",
            "Nøklene til de første radene med avvik.",
            "Keys of the first rows that deviate.",
        ),
    ),
)

QUALITY: tuple[Contract, ...] = (QUARANTINE, CORRECTIONS, QUALITY_CHECKS)

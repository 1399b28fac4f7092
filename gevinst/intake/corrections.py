"""The corrections register: values that were wrong in a source or entered wrongly, corrected at intake.

Belongs here: applying the register and its guard, which stops the run once the raw file holds another value.
Does not belong here: who corrects what, and why (`gevinst.workbook.correct`). The raw file keeps the old value.
"""

from __future__ import annotations

import re
from typing import Any

import polars as pl

from gevinst.contracts import Contract, Type
from gevinst.findings import Finding
from gevinst.intake.read_csv import FILE, ROW

REGISTER = "corrections.csv"
KEY_SEPARATOR = "/"


def apply_corrections(
    rows: pl.DataFrame, contract: Contract, corrections: pl.DataFrame
) -> tuple[pl.DataFrame, list[Finding]]:
    """Rows (all text) with this table's corrections applied, and findings where a guard fails.

    `corrections` conforms to the `corrections` contract, with `ROW` and `FILE`. A correction finds its row by its key,
    and its value must be what the register expects. Later corrections see what earlier ones put in place.
    """
    findings: list[Finding] = []
    mine = corrections.filter(pl.col("table_name") == contract.name)
    for entry in mine.iter_rows(named=True):
        column = entry["column_name"]
        # Exactly one row must have the key and the expected value. Anything else is a stale or mistyped correction, and
        # applying it would overwrite a value that nobody has looked at.
        is_target = pl.concat_str(contract.key, separator=KEY_SEPARATOR) == entry["key"]
        found = rows.filter(is_target).get_column(column).to_list() if column in rows.columns else []
        if [_comparable(one, contract, column) for one in found] != [_comparable(entry["expect"], contract, column)]:
            findings.append(_guard(entry, found))
            continue
        rows = rows.with_columns(
            pl.when(is_target).then(pl.lit(entry["replace"], pl.String)).otherwise(column).alias(column)
        )
    return rows, findings


def _comparable(text: str | None, contract: Contract, column: str) -> str | float | None:
    """A number by its value, since 45 and 45.0 are written by different hands; any other value as it is written."""
    is_number = text is not None and contract.column(column).type in (Type.NUMBER, Type.INTEGER)
    return float(text) if text is not None and is_number and re.fullmatch(r"-?\d+(\.\d+)?", text) else text


def unknown_tables(corrections: pl.DataFrame, known: set[str]) -> list[Finding]:
    """Findings for corrections of tables that do not exist."""
    lost = corrections.filter(~pl.col("table_name").is_in(sorted(known)))
    return [
        Finding(
            file,
            "tabellen finnes ikke; rett navnet.",
            "there is no such table; correct the name.",
            row_number=row,
            column_name="table_name",
            value=name,
        )
        for file, row, name in lost.select(FILE, ROW, "table_name").iter_rows()
    ]


def _guard(entry: dict[str, Any], found: list[str | None]) -> Finding:
    place = f"{entry['table_name']}, {entry['key']}, {entry['column_name']}"
    if not found:
        nb = f"fant ikke {place}; rett eller fjern rettelsen."
        en = f"did not find {place}; correct or remove the correction."
    else:
        nb = f"rettelsen venter noe annet enn «{found[0]}» i {place}; er kilden rettet, fjern rettelsen."
        en = f"the correction does not expect «{found[0]}» in {place}; if the source is corrected, remove it."
    return Finding(
        str(entry[FILE]),
        nb,
        en,
        row_number=entry[ROW],
        column_name="expect",
        value=str(entry["expect"]),
    )

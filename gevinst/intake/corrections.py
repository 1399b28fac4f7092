"""The corrections register: known errors of a source, corrected at intake and never in the raw file.

Belongs here: applying the register and its guard, which stops the run once the source has been corrected.
Does not belong here: errors of our own, which are corrected in the raw file itself.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from gevinst.contracts import Contract
from gevinst.findings import Finding
from gevinst.intake.read_csv import FILE, ROW

REGISTER = "corrections.csv"


def apply_corrections(
    rows: pl.DataFrame, contract: Contract, corrections: pl.DataFrame
) -> tuple[pl.DataFrame, list[Finding]]:
    """Rows (all text) with this table's corrections applied, and findings where a guard fails.

    `corrections` conforms to the `corrections` contract, with `ROW` and `FILE`. A correction finds its row by the
    single key column, and its value must be what the register expects.
    """
    findings: list[Finding] = []
    mine = corrections.filter(pl.col("table_name") == contract.name)
    for entry in mine.iter_rows(named=True):
        column = entry["column_name"]
        # Exactly one row must have the key and the expected value. Anything else is a stale or mistyped correction, and
        # applying it would overwrite a value that nobody has looked at.
        is_target = pl.col(contract.key[0]) == entry["key"]
        found = rows.filter(is_target).get_column(column).to_list() if column in rows.columns else []
        if found != [entry["expect"]]:
            findings.append(_guard(entry, found))
            continue
        rows = rows.with_columns(pl.when(is_target).then(pl.lit(entry["replace"])).otherwise(column).alias(column))
    return rows, findings


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

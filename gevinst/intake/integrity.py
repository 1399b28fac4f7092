"""Rules about a whole table: unique keys, and references to rows that exist.

Belongs here: faults that stop a run, because setting one row aside would not remove them.
Does not belong here: faults of one value (`validate.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from gevinst.contracts import Contract
from gevinst.findings import Finding, Rule
from gevinst.intake.read_csv import FILE, ROW
from gevinst.intake.validate import Both


def duplicate_keys(rows: pl.DataFrame, contract: Contract) -> list[Finding]:
    """One finding per row whose key an earlier row has."""
    key = list(contract.key)
    # The row's place among those with the same key, in the order of the files: the first one keeps the key, and the
    # later ones name it. `is_duplicated` would report the first one too.
    repeated = rows.with_columns(
        pl.col(ROW).first().over(key).alias("_first_row"),
        pl.col(FILE).first().over(key).alias("_first_file"),
        pl.int_range(pl.len()).over(key).alias("_nth"),
    ).filter(pl.col("_nth") > 0)
    return [
        Finding(
            row[FILE],
            f"nøkkelen står allerede i {row['_first_file']}, rad {row['_first_row']}; gi raden en egen nøkkel.",
            f"the key is already used in {row['_first_file']}, row {row['_first_row']}; give the row its own key.",
            row_number=row[ROW],
            column_name=" + ".join(key),
            value=" + ".join(str(row[name]) for name in key),
            rule=Rule.KEY,
        )
        for row in repeated.iter_rows(named=True)
    ]


def _in_table(table: str, target: str) -> Both:
    return f"i {table} ({target})", f"in {table} ({target})"


def dangling_references(
    rows: pl.DataFrame,
    contract: Contract,
    tables: Mapping[str, pl.DataFrame],
    where: Callable[[str, str], Both] = _in_table,
) -> list[Finding]:
    """One finding per value that should refer to a row of another table and does not.

    `where` says of a table and column, in bokmål and English, where the value should have been found.
    """
    findings: list[Finding] = []
    for column, table, target in contract.references:
        nb, en = where(table, target)
        # Polars promises no order of rows after a join unless `maintain_order` asks for it.
        lost = rows.filter(pl.col(column).is_not_null()).join(
            tables[table].select(pl.col(target)).unique(),
            left_on=column,
            right_on=target,
            how="anti",
            maintain_order="left",
        )
        findings += [
            Finding(
                file,
                f"verdien finnes ikke {nb}; rett den, eller legg til raden den skal vise til.",
                f"the value is not {en}; correct it, or add the row that it should refer to.",
                row_number=row,
                column_name=column,
                value=value,
                rule=Rule.REFERENCE,
            )
            for file, row, value in lost.select(FILE, ROW, column).iter_rows()
        ]
    return findings

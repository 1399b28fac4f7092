"""Write the rows of the invented portfolio as a raw directory that is read like any other.

Belongs here: files, headings and folders of years.
Does not belong here: what the rows say (`portfolio.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from gevinst.contracts import CORE, CORRECTIONS, Contract
from gevinst.illustrative.model import FOLDER_YEAR, Row, Rows
from gevinst.intake.raw_files import BY_YEAR, DATASET, REFERENCE
from gevinst.intake.write_csv import write_rows
from gevinst.reference import ships
from gevinst.whole_files import new_folder

_DATASET = """\
# Everything beside this file is invented by `gevinst generate`.
title_nb = "Oppdiktet portefølje"
title_en = "Invented portfolio"
is_illustrative = true
"""


def write_portfolio(rows: Rows, out: Path) -> None:
    """Write `rows` as a complete raw directory to `out`, a new or empty folder.

    A table without rows gets its heading, unless its rows come with the program. Raises `FolderTaken` when `out`
    is not empty: real files must never be overwritten.
    """
    with new_folder(out):
        _write_portfolio(rows, out)


def _write_portfolio(rows: Rows, out: Path) -> None:
    write_dataset(out)
    read_on = {row["source_id"]: row["accessed_on"] for row in rows["sources"]}
    years = sorted({row[FOLDER_YEAR] for found in rows.values() for row in found if FOLDER_YEAR in row})
    for contract in (*CORE, CORRECTIONS):
        if contract.folder == REFERENCE and ships(contract.name):
            continue
        if contract.folder == BY_YEAR:
            for year in years:
                of_year = [row for row in rows[contract.name] if row[FOLDER_YEAR] == year]
                write_rows(out / BY_YEAR / str(year), contract, _recorded(contract, of_year, read_on))
        else:
            write_rows(out / (contract.folder or ""), contract, _recorded(contract, rows[contract.name], read_on))


def write_dataset(out: Path) -> None:
    """Write into `out` that everything beside it is invented."""
    # The same bytes on every system: a test compares the files of two runs.
    (out / DATASET).write_text(_DATASET, encoding="utf-8", newline="\n")


def _recorded(contract: Contract, rows: list[Row], read_on: Mapping[str, object]) -> list[Row]:
    """The rows as recorded on the day their document was read, which is the same in a later delivery."""
    if "recorded_on" not in contract.column_names:
        return rows
    return [{**row, "recorded_on": read_on[row["source_id"]]} for row in rows]

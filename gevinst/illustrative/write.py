"""Write the rows of the invented portfolio as a raw directory that is read like any other.

Belongs here: files, headings, folders of years, and the reference tables that are copied.
Does not belong here: what the rows say (`portfolio.py`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree

from gevinst.contracts import CORE, CORRECTIONS, Contract
from gevinst.illustrative.model import FOLDER_YEAR, Row, Rows, at
from gevinst.illustrative.portfolio import IllustrativeError
from gevinst.illustrative.registry import REFERENCE_SOURCE
from gevinst.intake.raw_files import BY_YEAR, DATASET
from gevinst.intake.write_csv import write_rows
from gevinst.settings import load_settings
from gevinst.whole_files import naming

COPIED = ("codelists", "kpi", "benefit_categories", "measurement_units", "discount_rates", "value_matrix", "due_rules")
"""Reference tables that are about no project or organisation; this installation's own are copied."""

_DATASET = """\
# Everything beside this file is invented by `gevinst generate`.
title_nb = "Oppdiktet portefølje"
title_en = "Invented portfolio"
is_illustrative = true
"""


def write_portfolio(rows: Rows, out: Path, reference_dir: Path | None = None) -> None:
    """Write `rows` as a complete raw directory to `out`, a new or empty folder.

    Reference tables are copied from `reference_dir` (default: this installation's own), with an invented document
    as their source. A registered table without rows gets its heading. Raises `IllustrativeError` when `out` is not
    empty: real files must never be overwritten.
    """
    with new_folder(out):
        _write_portfolio(rows, out, reference_dir)


def _write_portfolio(rows: Rows, out: Path, reference_dir: Path | None) -> None:
    write_dataset(out)
    reference = reference_dir or load_settings().raw_dir / "reference"
    read_on = {row["source_id"]: row["accessed_on"] for row in rows["sources"]}
    years = sorted({row[FOLDER_YEAR] for found in rows.values() for row in found if FOLDER_YEAR in row})
    for contract in (*CORE, CORRECTIONS):
        if contract.name in COPIED:
            write_rows(out / "reference", contract, _copied(reference, contract))
        elif contract.folder == BY_YEAR:
            for year in years:
                of_year = [row for row in rows[contract.name] if row[FOLDER_YEAR] == year]
                write_rows(out / BY_YEAR / str(year), contract, _recorded(contract, of_year, read_on))
        else:
            write_rows(out / (contract.folder or ""), contract, _recorded(contract, rows[contract.name], read_on))


@contextmanager
def new_folder(out: Path) -> Iterator[None]:
    """Make the folder `out` for what the ``with`` block writes into it, and take it away again when that fails.

    Raises `IllustrativeError` when there is something in it. A refusal of the system names it.
    """
    if out.exists() and any(out.iterdir()):
        raise IllustrativeError(f"{out} is not empty; name a new folder")
    with naming(out):
        out.mkdir(parents=True, exist_ok=True)
        try:
            yield
        except BaseException:
            rmtree(out, ignore_errors=True)  # a part of a portfolio would be taken for one, or be in the way
            raise


def write_dataset(out: Path) -> None:
    """Write into `out` that everything beside it is invented."""
    # The same bytes on every system: a test compares the files of two runs.
    (out / DATASET).write_text(_DATASET, encoding="utf-8", newline="\n")


def _recorded(contract: Contract, rows: list[Row], read_on: Mapping[str, object]) -> list[Row]:
    """The rows as recorded on the day their document was read, which is the same in a later delivery."""
    if "recorded_on" not in contract.column_names:
        return rows
    return [{**row, "recorded_on": read_on[row["source_id"]]} for row in rows]


def _copied(folder: Path, contract: Contract) -> list[Row]:
    with (folder / f"{contract.name}.csv").open(encoding="utf-8", newline="") as file:
        found: list[Row] = list(csv.DictReader(file))
    source = at(REFERENCE_SOURCE, "kopiert tabell")
    return [{**row, **source} if "source_id" in row else row for row in found]

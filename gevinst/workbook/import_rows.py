"""Import of the rows of a checked workbook: all of them or none, and existing rows are not changed.

Belongs here: which rows belong to which year, and in which order they are written.
Does not belong here: whether the rows may be imported (`check.py`), and the writing itself (`gevinst.intake.append`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from gevinst.contracts import CORE, CORRECTIONS
from gevinst.intake.append import Appended, NewRows, Progress, append_rows
from gevinst.intake.raw_files import BY_YEAR
from gevinst.intake.receipts import hashes_of


def import_rows(
    rows: Mapping[str, pl.DataFrame],
    raw_dir: Path,
    year: int,
    progress: Progress = lambda *_: None,
    paths: Sequence[Path] = (),
    who: str | None = None,
) -> Appended:
    """Add typed `rows` by table, with `ROW` and `FILE`, to the files under `raw_dir`; `paths` are what they came from.
    `who` says in the receipt what added them.

    A year without a folder gets one with every evaluation table. Raises as `append_rows`.
    """
    # Sorted by key, so that the same workbook gives the same bytes whatever order its rows were sorted into.
    new = [
        NewRows(table.name, rows[table.name].sort(table.key), year if table.folder == BY_YEAR else None)
        for table in (*CORE, CORRECTIONS)
        if table.name in rows
    ]
    inputs = {name: digest for path in paths for name, digest in hashes_of(path).items()}
    return append_rows(raw_dir, new, who=who or f"gevinst import --year {year}", progress=progress, inputs=inputs)

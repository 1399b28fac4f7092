"""Rows of a checked workbook into the raw files: all of them or none, and nothing that stands there is touched.

Belongs here: which file gets which rows, the trial on a copy, and putting the files in place.
Does not belong here: whether the rows may be taken in (`check.py`).
"""

from __future__ import annotations

import csv
import io
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from gevinst.contracts import CORE, Contract, contract
from gevinst.intake.core import BY_YEAR, read_core
from gevinst.intake.write_csv import cell_text


def take_in(rows: Mapping[str, pl.DataFrame], raw_dir: Path, year: int) -> dict[str, int]:
    """Add typed `rows` by table to the files under `raw_dir`; gives how many by file, in the order written.

    A year without a folder gets one with every evaluation table. The whole is first read in a copy. Files are replaced
    one after the other, each at once, documents before what rests on them; when one cannot be, those before it are put
    back. Raises `IntakeError` when the copy cannot be read, and `OSError` when a file cannot be written.
    """
    if not rows:
        return {}
    with TemporaryDirectory(dir=raw_dir.parent, prefix=".gevinst-import-") as place:
        trial = Path(shutil.copytree(raw_dir, Path(place) / "raw"))
        changed = _add_year(trial, year)
        counts: dict[str, int] = {}
        for name in sorted(rows, key=lambda name: [table.name for table in CORE].index(name)):
            path = _file_of(trial, contract(name), year)
            _append(path, contract(name), rows[name])
            counts[path.relative_to(trial).as_posix()] = rows[name].height
        read_core(trial)
        _put_in_place(trial, raw_dir, [name for name in counts if name not in changed], year, is_new_year=bool(changed))
    return counts


def _file_of(raw_dir: Path, table: Contract, year: int) -> Path:
    folder = raw_dir / (table.folder or "")
    return (folder / str(year) if table.folder == BY_YEAR else folder) / f"{table.name}.csv"


def _add_year(raw_dir: Path, year: int) -> set[str]:
    """Files made because the year had no folder, each with its headings."""
    folder = raw_dir / BY_YEAR / str(year)
    if folder.exists():
        return set()
    folder.mkdir(parents=True)
    made: set[str] = set()
    for table in (table for table in CORE if table.folder == BY_YEAR):
        path = _file_of(raw_dir, table, year)
        path.write_text(",".join(column.name for column in table.columns) + "\n", encoding="utf-8")
        made.add(path.relative_to(raw_dir).as_posix())
    return made


def _append(path: Path, table: Contract, rows: pl.DataFrame) -> None:
    """Write `rows` below those that stand in the file, in the order of its own headings."""
    before = path.read_text(encoding="utf-8-sig")
    heading = next(csv.reader(io.StringIO(before)))
    added = io.StringIO()
    writer = csv.writer(added, lineterminator="\n")
    ordered = rows.sort(table.key).select(heading)
    writer.writerows([cell_text(value) for value in row] for row in ordered.iter_rows())
    separator = "" if before.endswith("\n") else "\n"
    path.write_text(before + separator + added.getvalue(), encoding="utf-8", newline="")


def _put_in_place(trial: Path, raw_dir: Path, names: list[str], year: int, *, is_new_year: bool) -> None:
    """Move the files of the trial over those that stand, and a new year's folder as a whole."""
    if is_new_year:
        names = [*names, f"{BY_YEAR}/{year}"]
    kept: dict[Path, bytes | None] = {}
    try:
        for name in names:
            target = raw_dir / name
            kept[target] = target.read_bytes() if target.is_file() else None
            os.replace(trial / name, target)
    except OSError:
        for target, content in kept.items():
            if content is not None:
                target.write_bytes(content)
            elif target.is_dir():
                shutil.rmtree(target)
        raise

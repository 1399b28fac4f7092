"""Write an invented portfolio of any size, block by block, so that no table is ever whole in memory.

Belongs here: the two forms it is written in, raw files and Parquet.
Does not belong here: the rows (`many.py`), and the small portfolio with its register of corrections (`write.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl

from gevinst.contracts import CORE, CORRECTIONS
from gevinst.contracts.schema import polars_schema
from gevinst.findings import IntakeError
from gevinst.illustrative.many import Frames, blocks
from gevinst.illustrative.portfolio import IllustrativeError
from gevinst.illustrative.write import write_dataset
from gevinst.intake.raw_files import BY_YEAR
from gevinst.intake.write_csv import Growing
from gevinst.whole_files import new_folder, write_parquet

Progress = Callable[[int, int], object]
"""Called after each block with the projects and claims written so far."""


def write_as_parquet(out: Path, projects: int, claims: int | None, seed: int, progress: Progress) -> None:
    """Write every core table as a folder of Parquet files below `out`, a new or empty folder, a file for each block.

    Raises `IllustrativeError` as `blocks` does, and `FolderTaken` when `out` is not empty.
    """
    with new_folder(out):
        for number, block in enumerate(_counted(blocks(projects, claims, seed), progress)):
            for name, frame in block.items():
                folder = out / name
                folder.mkdir(exist_ok=True)
                if frame.height or number == 0:
                    write_parquet(frame, folder / f"{number:05}.parquet")


def write_as_raw_files(out: Path, projects: int, claims: int | None, seed: int, progress: Progress) -> None:
    """Write a complete raw directory to `out`, a new or empty folder; raises as `write_as_parquet` does.

    A row of an evaluation lies in the folder of the year in which it was recorded. Raises `IllustrativeError` also when
    a file would be larger than what is read.
    """
    made = _counted(blocks(projects, claims, seed), progress)
    try:
        with new_folder(out):
            _write_raw_files(out, made)
    except IntakeError as error:
        raise IllustrativeError(
            f"{error} Ask for fewer projects or claims, or write tables with --as parquet."
        ) from error


def _write_raw_files(out: Path, made: Iterator[Frames]) -> None:
    files = Growing()
    write_dataset(out)
    files.append(out, CORRECTIONS, pl.DataFrame(schema=polars_schema(CORRECTIONS)))
    years: set[int] = set()
    for block in made:
        for table in CORE:
            rows = block[table.name]
            if table.folder != BY_YEAR:
                files.append(out / (table.folder or ""), table, rows)
                continue
            year = pl.col("recorded_on").dt.year()
            found: list[int] = rows.select(year.unique().sort()).to_series().cast(pl.Int64).to_list()
            for of_year in found:
                files.append(out / BY_YEAR / str(of_year), table, rows.filter(year == of_year))
            years.update(found)
    for year in years:  # a year folder without one of its files would be taken for one that lost it
        for table in CORE:
            if table.folder == BY_YEAR:
                files.append(out / BY_YEAR / str(year), table, pl.DataFrame(schema=polars_schema(table)))


def _counted(made: Iterator[Frames], progress: Progress) -> Iterator[Frames]:
    """The blocks, with progress told after each has been written."""
    projects = claims = 0
    for block in made:
        yield block
        projects, claims = projects + block["projects"].height, claims + block["benefit_claims"].height
        progress(projects, claims)

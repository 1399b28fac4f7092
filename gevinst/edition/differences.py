"""Row by row: what one edition says that another does not.

Belongs here: new, changed and withdrawn rows of two editions' tables, by key.
Does not belong here: whether two editions say the same at all (`compare.py`), and changes as readers are told of them
(`gevinst.method.changes`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from gevinst.contracts import PUBLISHED, Contract
from gevinst.contracts.schema import polars_schema
from gevinst.edition.checksums import read_sums
from gevinst.layout import CSV_FOLDER, MANIFEST, PARQUET_FOLDER

LISTED_KEYS = 5


@dataclass(frozen=True, slots=True)
class TableDifference:
    """Rows of one table: how many there were, and how many are new, say something else, or are gone.

    `first_keys` are the keys of the first `LISTED_KEYS` of these, parts joined by a stroke.
    """

    name: str
    before: int
    added: int
    changed: int
    withdrawn: int
    first_keys: tuple[str, ...]


def read_tables(edition: Path) -> dict[str, pl.DataFrame]:
    """All tables of the edition in the folder; one that was added to the contracts later is empty."""
    paths = {contract: edition / PARQUET_FOLDER / f"{contract.name}.parquet" for contract in PUBLISHED}
    return {
        contract.name: pl.read_parquet(path) if path.exists() else pl.DataFrame(schema=polars_schema(contract))
        for contract, path in paths.items()
    }


def differences(now: Mapping[str, pl.DataFrame], before: Mapping[str, pl.DataFrame]) -> list[TableDifference]:
    """One entry per table whose rows differ, in the order of the contracts.

    A row has changed when a column that both sides have holds another value; columns that only one side has say
    nothing about rows. A table whose key was another then is told as all new and all withdrawn.
    """
    found = [_difference(contract, now[contract.name], before[contract.name]) for contract in PUBLISHED]
    return [entry for entry in found if entry.added or entry.changed or entry.withdrawn]


def _difference(contract: Contract, now: pl.DataFrame, before: pl.DataFrame) -> TableDifference:
    key = list(contract.key)
    if not set(key) <= set(before.columns):
        return TableDifference(contract.name, before.height, now.height, 0, before.height, ())
    shared = [name for name in now.columns if name in before.columns and name not in key]
    added = now.join(before, on=key, how="anti", nulls_equal=True)
    withdrawn = before.join(now, on=key, how="anti", nulls_equal=True)
    pairs = now.join(before.select(*key, *shared), on=key, how="inner", nulls_equal=True, suffix=" before")
    is_other = [_text(pairs, name).ne_missing(_text(pairs, f"{name} before")) for name in shared]
    changed = pairs.filter(pl.any_horizontal(is_other)) if is_other else pairs.clear()
    rows = pl.concat([frame.select(key) for frame in (added, changed, withdrawn)])
    keys = tuple("/".join("" if part is None else str(part) for part in row) for row in rows.head(LISTED_KEYS).rows())
    return TableDifference(contract.name, before.height, added.height, changed.height, withdrawn.height, keys)


def _text(pairs: pl.DataFrame, name: str) -> pl.Expr:
    """The column as it is compared: as text, since a column may have had another type in an older edition."""
    return pl.col(name) if pairs.schema[name] == pl.String else pl.col(name).cast(pl.String)


_NAMING = ("edition_id", "previous_edition_id", "commit", "input_hash")
"""What names an edition without being part of what it says; it stands on every page."""
_UNREADABLE = {".pdf"}
"""Documents whose text is compressed in a form of their own. Being made from the same tables and texts as the pages,
they say something else only when a page does; only their presence is compared."""


def changed_files(candidate: Path, in_force: Path) -> list[str]:
    """Paths of files that say something else in `candidate` than in `in_force`, or stand in only one of them.

    Tables are compared byte by byte; texts, pages and the workbook apart from the editions' own names.
    """
    naming = _naming_pattern([candidate, in_force])
    new, old = _by_neutral_name(candidate, naming), _by_neutral_name(in_force, naming)
    only_one = [(new.get(name) or old[name]) for name in set(new) ^ set(old)]
    sums, sums_before = read_sums(candidate), read_sums(in_force)
    changed = [
        path
        for name, path in new.items()
        if name in old
        and sums[path] != sums_before[old[name]]
        and not _says_the_same(candidate / path, in_force / old[name], naming)
    ]
    return sorted([*only_one, *changed])


def changed_tables(changed: list[str]) -> list[str]:
    """Names of the tables among changed files."""
    return sorted({Path(path).stem for path in changed if path.startswith((CSV_FOLDER, PARQUET_FOLDER))})


def _naming_pattern(folders: list[Path]) -> re.Pattern[bytes]:
    names: set[str] = set()
    for folder in folders:
        edition = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["edition"]
        names |= {edition[key] for key in _NAMING if edition[key]}
    # 2026-1 must not be found in 2026-11-22 or in 2026-12.
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    return re.compile(rf"(?<![0-9A-Za-z])(?:{'|'.join(longest_first)})(?![0-9A-Za-z])".encode())


def _by_neutral_name(folder: Path, naming: re.Pattern[bytes]) -> dict[str, str]:
    return {naming.sub(b"", path.encode()).decode(): path for path in read_sums(folder)}


def _says_the_same(new: Path, old: Path, naming: re.Pattern[bytes]) -> bool:
    if new.suffix in _UNREADABLE:
        return True
    if new.suffix in (".parquet", ".csv"):
        return False
    if new.suffix == ".xlsx":
        return _neutral_cells(new, naming) == _neutral_cells(old, naming)
    return naming.sub(b"", new.read_bytes()) == naming.sub(b"", old.read_bytes())


def _neutral_cells(workbook: Path, naming: re.Pattern[bytes]) -> dict[str, bytes]:
    """What stands in the cells of each sheet, without names of editions.

    Its bytes would not do: a workbook keeps equal texts once, and an edition may be called like a round.
    """
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(workbook)
    return {name: naming.sub(b"", repr(book.get_sheet_by_name(name).to_python()).encode()) for name in book.sheet_names}

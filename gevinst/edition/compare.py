"""Whether two editions say the same, whatever they are called.

Belongs here: the comparison of a candidate with the edition in force.
Does not belong here: what follows from it (`publish.py`).
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from gevinst.edition.checksums import read_sums
from gevinst.edition.model import CSV_FOLDER, MANIFEST, PARQUET_FOLDER

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

"""Whether two editions say the same, whatever they are called, and which files do not.

By fingerprints, when both manifests hold fingerprints of the same rule: tables by `table_fingerprint`, files that bear
the edition's names by what they say apart from them, all others by their sums. An edition published before manifests
held fingerprints is compared as it was then: by the bytes of its files, with the names of both editions taken out of
them.

What an edition was made with is not what it says: the files about that are compared with nothing.

Belongs here: both comparisons. Does not belong here: which rows differ (`differences.py`), making fingerprints
(`fingerprints.py`).
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from gevinst.edition.checksums import read_sums
from gevinst.edition.fingerprints import RULE, Content
from gevinst.edition.store import Edition
from gevinst.layout import ABOUT_SOFTWARE, CSV_FOLDER, MANIFEST, PARQUET_FOLDER, SITE, database_name

Statements = dict[str, tuple[str, str]]
"""By the neutral path of each file: its path in this edition, and a hash of what it says."""


def changed_files(candidate: Edition, in_force: Edition) -> list[str]:
    """Paths of files that say something else in `candidate` than in `in_force`, or are in only one of them."""
    new, old = _statements(candidate), _statements(in_force)
    if new is None or old is None:
        return _changed_bytes(candidate, in_force)
    only_one = [(new.get(name) or old[name])[0] for name in set(new) ^ set(old)]
    changed = [path for name, (path, digest) in new.items() if name in old and digest != old[name][1]]
    return sorted([*only_one, *changed])


def changed_tables(changed: list[str]) -> list[str]:
    """Names of the tables among changed files."""
    return sorted(
        {Path(path).name.partition(".")[0] for path in changed if path.startswith((CSV_FOLDER, PARQUET_FOLDER))}
    )


def changed_pages(changed: list[str]) -> list[str]:
    """Paths of the pages among changed files, below the edition's folder."""
    return [path for path in changed if path.startswith(f"{SITE}/") and path.endswith(".html")]


def _statements(edition: Edition) -> Statements | None:
    """`None` for an edition without fingerprints of today's rule."""
    content: Content | None = edition.manifest.get("content")
    if not isinstance(content, dict) or content.get("rule") != RULE:
        return None
    hashes = {path: content.get("files", {}).get(path, digest) for path, digest in _stating(edition).items()}
    # Another version of the Parquet library writes the same rows in other bytes.
    hashes |= {
        path: content.get("tables", {}).get(PurePosixPath(path).stem, digest)
        for path, digest in hashes.items()
        if path.startswith(PARQUET_FOLDER)
    }
    return {_neutral(path, edition.edition_id): (path, digest) for path, digest in hashes.items()}


def _stating(edition: Edition) -> dict[str, str]:
    """Sums of the files that say something.

    That is not the manifest, which names the build, nor what tells of the software that it was made with, nor the
    database, whose bytes differ from build to build and whose rows are compared as Parquet.
    """
    silent = (MANIFEST, database_name(edition.edition_id), *ABOUT_SOFTWARE)
    return {path: digest for path, digest in read_sums(edition.path).items() if path not in silent}


def _neutral(path: str, edition_id: str) -> str:
    """The path without the edition's id; addresses of pages have none, and a project may be called like an edition."""
    return path if path.startswith(f"{SITE}/") else path.replace(f"gevinst-{edition_id}", "gevinst")


# --- editions without fingerprints ------------------------------------------------------------------------------

_NAMES = ("edition_id", "previous_edition_id", "commit", "input_hash")
_UNREADABLE = {".pdf", ".sqlite"}
"""Documents whose text is compressed in a form of their own, and a database of rows that are compared as CSV too: only
their presence is compared."""


def _changed_bytes(candidate: Edition, in_force: Edition) -> list[str]:
    """Tables are compared byte by byte; texts, pages and the cells of the workbook apart from the editions' names."""
    naming = _naming_pattern([candidate, in_force])
    new, old = _by_neutral_name(candidate, naming), _by_neutral_name(in_force, naming)
    sums, sums_before = _stating(candidate), _stating(in_force)
    only_one = [(new.get(name) or old[name]) for name in set(new) ^ set(old)]
    changed = [
        path
        for name, path in new.items()
        if name in old
        and sums[path] != sums_before[old[name]]
        and not _says_the_same(candidate.path / path, in_force.path / old[name], naming)
    ]
    return sorted([*only_one, *changed])


def _naming_pattern(editions: list[Edition]) -> re.Pattern[bytes]:
    names = {getattr(edition.info, field) for edition in editions for field in _NAMES} - {None, ""}
    # 2026-1 must not be found in 2026-11-22 or in 2026-12.
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    return re.compile(rf"(?<![0-9A-Za-z])(?:{'|'.join(longest_first)})(?![0-9A-Za-z])".encode())


def _by_neutral_name(edition: Edition, naming: re.Pattern[bytes]) -> dict[str, str]:
    return {naming.sub(b"", path.encode()).decode(): path for path in _stating(edition)}


def _says_the_same(new: Path, old: Path, naming: re.Pattern[bytes]) -> bool:
    if new.suffix in _UNREADABLE:
        return True
    if new.suffix in (".parquet", ".csv", ".gz"):
        return False
    if new.suffix == ".xlsx":
        return _neutral_cells(new, naming) == _neutral_cells(old, naming)
    return naming.sub(b"", new.read_bytes()) == naming.sub(b"", old.read_bytes())


def _neutral_cells(workbook: Path, naming: re.Pattern[bytes]) -> dict[str, bytes]:
    """The content of the cells of each sheet, without names of editions.

    Its bytes cannot be compared: a workbook stores equal texts once, and an edition may have the same name as a round.
    """
    from python_calamine import CalamineWorkbook

    with workbook.open("rb") as file:
        book = CalamineWorkbook.from_filelike(file)
        cells = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    return {name: naming.sub(b"", repr(rows).encode()) for name, rows in cells.items()}

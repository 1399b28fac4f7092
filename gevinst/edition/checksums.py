"""Checksums of an edition: written when it is built, verified before it is published.

Belongs here: which files are covered, how a database is hashed, and the form that ``sha256sum -c`` reads.
Does not belong here: deciding what happens when a sum differs (`publish.py`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from gevinst.contracts import PUBLISHED
from gevinst.edition.files import files_below
from gevinst.edition.fingerprints import rows_as_text
from gevinst.errors import EditionError
from gevinst.layout import MANIFEST, SUMS, database_name, file_hash
from gevinst.warehouse import Warehouse

_HEAD = f"""\
# Verify these sums in this folder with: sha256sum -c {SUMS}
# Not covered: this file, and {MANIFEST}, which says when the edition was built.
# The bytes of a DuckDB file differ from build to build. Its sum is of its content: every table as CSV, in key order.
"""
_DATABASE = "# content of {name}: {hash}\n"


def write_sums(folder: Path, edition_id: str) -> None:
    """Write the sums of the edition in `folder`; the same content gives the same file."""
    database = folder / database_name(edition_id)
    lines = [f"{file_hash(folder / name)}  {name}\n" for name in _covered(files_below(folder), database.name)]
    text = _HEAD + _DATABASE.format(name=database.name, hash=_content_hash(database)) + "".join(lines)
    (folder / SUMS).write_text(text, encoding="utf-8", newline="\n")


def read_sums(folder: Path) -> dict[str, str]:
    """Sums of the covered files by path, as written; raises `EditionError` when there are none."""
    path = folder / SUMS
    if not path.exists():
        raise EditionError(
            f"{folder} has no {SUMS}: it is not a whole edition; build it again",
            f"{folder} mangler {SUMS} og er ingen hel utgave; bygg den på nytt",
        )
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def verify_sums(folder: Path, edition_id: str) -> None:
    """Raise `EditionError` naming every file that is missing, changed or not listed, the database included."""
    faults = _faults(folder, edition_id)
    database = folder / database_name(edition_id)
    if database.exists() and _DATABASE.format(name=database.name, hash=_content_hash(database)) not in _text(folder):
        faults.append(f"{database.name} has changed")
    if faults:
        raise EditionError(
            f"{folder} is not as it was built: {'; '.join(faults)}; build it again",
            f"{folder} er ikke slik den ble bygd; bygg den på nytt ({'; '.join(faults)})",
        )


def verify_files(folder: Path, edition_id: str) -> None:
    """Like `verify_sums`, for an edition of any age: the database must be there, but its rows are not compared."""
    faults = _faults(folder, edition_id)
    if faults:
        raise EditionError(f"{folder} is not as it was published: {'; '.join(faults)}; take it from a copy")


def _faults(folder: Path, edition_id: str) -> list[str]:
    listed = read_sums(folder)
    database = database_name(edition_id)
    present = _covered(files_below(folder), database)
    faults = [f"{name} is missing" for name in sorted(set(listed) - set(present))]
    faults += [f"{name} is not listed" for name in sorted(set(present) - set(listed))]
    faults += [f"{name} has changed" for name in present if name in listed and file_hash(folder / name) != listed[name]]
    return faults if (folder / database).exists() else [*faults, f"{database} is missing"]


def _covered(names: Iterable[str], database: str) -> list[str]:
    return [name for name in names if name not in (SUMS, MANIFEST, database)]


def _text(folder: Path) -> str:
    return (folder / SUMS).read_text(encoding="utf-8")


def _content_hash(database: Path) -> str:
    digest = hashlib.sha256()
    for name, frame in Warehouse(database, read_only=True).read_all(PUBLISHED).items():
        digest.update(f"{name}\n".encode())
        digest.update(rows_as_text(frame))
    return digest.hexdigest()

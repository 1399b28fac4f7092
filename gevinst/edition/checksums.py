"""Checksums of what is published: of every byte of an edition, and of everything that lies beside the editions.

Belongs here: which files are covered, the form that ``sha256sum -c`` reads, the chain that ties each edition to the one
published before it, and comparing files with their sums.
Does not belong here: deciding what happens when a sum differs (`publish.py`, `verify.py`).

Three sums hold one another. ``SHA256SUMS`` in an edition covers each of its other files. ``SHA256SUMS`` beside the
editions covers that of each edition, in the order in which they were published, and the list of editions with its
files. ``manifest.json`` of an edition names the edition published before it and the sum of its sums, so that an older
edition cannot be exchanged without changing every later one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from gevinst.errors import EditionError
from gevinst.layout import MANIFEST, SUMS, database_name, file_hash
from gevinst.whole_files import files_below

_HEAD = f"# Verify these sums in this folder with: sha256sum -c {SUMS}\n"
_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")


class Link(NamedTuple):
    """An edition and the sum of its ``SHA256SUMS``, as the chain and the sums beside the editions name it."""

    edition_id: str
    digest: str


def write_sums(folder: Path) -> None:
    """Write the sums of every file in an edition's `folder`, the manifest and the databases included."""
    digests = {name: file_hash(folder / name) for name in files_below(folder) if name != SUMS}
    (folder / SUMS).write_text(_written(digests), encoding="utf-8", newline="\n")


def sums_beside(editions: Iterable[Link], texts: Mapping[str, str | None]) -> str:
    """The sums beside the editions: of each edition's sums, in the order given, and of the `texts` written there."""
    digests = {f"{edition_id}/{SUMS}": digest for edition_id, digest in editions}
    written = {name: text for name, text in texts.items() if text is not None}
    digests |= {name: hashlib.sha256(text.encode()).hexdigest() for name, text in sorted(written.items())}
    return _written(digests)


def link_of(folder: Path) -> Link:
    """The link of the chain that the edition in `folder` is; raises `EditionError` when it has no sums."""
    read_sums(folder)
    return Link(folder.name, file_hash(folder / SUMS))


def read_sums(folder: Path) -> dict[str, str]:
    """Sums of the covered files by path, as written; raises `EditionError` when there are none or a line is no sum."""
    path = folder / SUMS
    if not path.exists():
        raise EditionError(
            f"{folder} has no {SUMS}: it is not whole; take it from a copy, or build it again",
            f"{folder} mangler {SUMS} og er ikke hel; hent den fra en kopi, eller bygg den på nytt",
        )
    digests: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        match = _LINE.fullmatch(line)
        if match:
            digests[match[2]] = match[1]
        elif not line.startswith("#"):
            raise EditionError(
                f"{path} is damaged (line {number} is no sum); take it from a copy",
                f"{path} er skadet (linje {number} er ingen sum); hent den fra en kopi",
            )
    return digests


def verify_files(folder: Path) -> None:
    """Raise `EditionError` naming every file of the edition in `folder` that is missing, changed or not listed."""
    if faults := faults_of(folder):
        raise EditionError(
            f"{folder} is not as it was built: {'; '.join(faults)}; take it from a copy, or build it again",
            f"{folder} er ikke slik den ble bygd ({'; '.join(faults)}); hent den fra en kopi, eller bygg den på nytt",
        )


def faults_of(folder: Path) -> list[str]:
    """What differs from the sums of the edition in `folder`; raises `EditionError` when there are no sums."""
    listed = read_sums(folder)
    present = [name for name in files_below(folder) if name != SUMS]
    if MANIFEST not in listed:  # earlier versions of the program summed neither of these
        present = [name for name in present if name not in (MANIFEST, database_name(folder.name))]
    return _faults(folder, present, listed)


def faults_beside(folder: Path, editions: Iterable[str]) -> list[str]:
    """What differs from the sums beside the `editions` in `folder`; those without sums are not listed."""
    listed = read_sums(folder)
    others = [path.name for path in sorted(folder.iterdir()) if path.is_file() and path.name != SUMS]
    sums = [f"{edition_id}/{SUMS}" for edition_id in editions if (folder / edition_id / SUMS).is_file()]
    strange = [path.name for path in folder.iterdir() if path.is_dir() and path.name not in set(editions)]
    present = [name for name in (*sums, *others) if not name.startswith(".")]
    faults = [f"{name} is no edition" for name in sorted(strange) if not name.startswith(".")]
    faults += _faults(folder, present, listed)
    if not faults and (folder / SUMS).read_text(encoding="utf-8") != _written(listed):
        faults.append(f"{SUMS} has changed")
    return faults


def _faults(folder: Path, present: list[str], listed: Mapping[str, str]) -> list[str]:
    faults = [f"{name} is missing" for name in sorted(set(listed) - set(present))]
    faults += [f"{name} is not listed" for name in sorted(set(present) - set(listed))]
    return faults + [
        f"{name} has changed" for name in present if name in listed and file_hash(folder / name) != listed[name]
    ]


def _written(digests: Mapping[str, str]) -> str:
    return _HEAD + "".join(f"{digest}  {name}\n" for name, digest in digests.items())

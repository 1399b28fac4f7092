"""What killed runs have left behind, cleared away by the next run while it holds the lock.

Belongs here: every name under which an edition, a link or a file is made beside its place, what becomes of it when the
process that made it is dead, and a list of editions that was not written any more.
Does not belong here: raw files, whose journal is completed by whoever reads them (`gevinst.intake.journal`), and making
folders for temporary files (`gevinst.scratch`).
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path

from gevinst.edition.chain import noted_links
from gevinst.edition.index import write_index
from gevinst.edition.store import PUBLISHING, edition_in_force, published_ids, unfinished
from gevinst.errors import EditionError
from gevinst.scratch import sweep_scratch
from gevinst.settings import Settings

_BESIDE = re.compile(r"\.(?P<name>.+?)-(?:(?P<kind>building|replaced)-)?[0-9a-f]{8}")


def sweep(settings: Settings) -> None:
    """Clear away what no living process can be using; call it under the lock of the working folder.

    An edition whose publication was cut off before the switch becomes a candidate again: nobody was ever given it. A
    candidate that was moved aside and not replaced is put back. Raises `OSError` when something cannot be removed.
    """
    _take_back(settings)
    marts = settings.marts_dir
    for folder in (settings.candidates_dir, settings.editions_dir, marts, marts / "runs", settings.cache_dir):
        for path in folder.iterdir() if folder.is_dir() else ():
            if match := _BESIDE.fullmatch(path.name):
                _settle(path, folder / match["name"], is_old=match["kind"] == "replaced")
    for part in marts.glob("runs/*.part"):
        part.unlink(missing_ok=True)
    _list_again(settings)
    sweep_scratch()


def _list_again(settings: Settings) -> None:
    """Write the list of editions when it does not name all: its sums are written last, after an edition's switch."""
    noted = {link.edition_id for link in noted_links(settings)}
    with suppress(EditionError):  # the edition in force is damaged, which publishing reports
        if edition_in_force(settings) and noted != set(published_ids(settings)):
            write_index(settings)


def _take_back(settings: Settings) -> None:
    edition_id = unfinished(settings)
    if edition_id and (folder := settings.editions_dir / edition_id).exists():
        candidate = settings.candidates_dir / edition_id
        shutil.rmtree(candidate, ignore_errors=True)
        candidate.parent.mkdir(parents=True, exist_ok=True)
        os.rename(folder, candidate)
    (settings.marts_dir / PUBLISHING).unlink(missing_ok=True)


def _settle(beside: Path, target: Path, *, is_old: bool) -> None:
    if is_old and not target.exists():
        os.rename(beside, target)
    elif beside.is_dir() and not beside.is_symlink():
        shutil.rmtree(beside)
    else:
        beside.unlink(missing_ok=True)

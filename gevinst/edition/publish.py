"""Putting an edition in force: tried, compared, shelved, and then one atomic switch.

Belongs here: what an edition must show before readers are given it, and the switch.
Does not belong here: building it (`build.py`).
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import polars as pl

from gevinst.edition.checksums import verify_sums
from gevinst.edition.compare import changed_files, changed_tables
from gevinst.edition.model import MANIFEST, PARQUET_FOLDER, SITE, EditionError
from gevinst.edition.shelf import EditionRef, edition_in_force, edition_ref
from gevinst.settings import Settings


@dataclass(frozen=True, slots=True)
class PublishResult:
    """What publishing did. `edition` is in force now; `replaced` was before, and stays on the shelf untouched.

    When nothing had changed, `is_published` is false and `edition` is the one that was in force all along.
    """

    is_published: bool
    edition: EditionRef
    replaced: EditionRef | None
    changed_tables: tuple[str, ...]
    changed_pages: tuple[str, ...]


def publish(candidate: Path, settings: Settings) -> PublishResult:
    """Put the edition in `candidate` in force, unless it says the same as the one that is.

    Raises `EditionError`, and changes nothing, when a file is not as it was built, a critical check failed, no
    check was run, no project is in it, its pages call themselves provisional, its number is taken, it is of an
    earlier year than the edition in force, or it is invented and the edition in force is real.
    """
    edition = edition_ref(candidate)
    verify_sums(candidate, edition.edition_id)
    _require_sound(candidate)
    in_force = edition_in_force(settings)
    if in_force is not None:
        _require_rank(edition, in_force)
        changed = changed_files(candidate, in_force.path)
        if not changed:
            return PublishResult(False, in_force, None, (), ())
    else:
        changed = []
    shelved = settings.editions_dir / edition.edition_id
    _shelve_and_switch(candidate, shelved, settings.current)
    pages = tuple(path for path in changed if path.startswith(f"{SITE}/") and path.endswith(".html"))
    return PublishResult(True, edition_ref(shelved), in_force, tuple(changed_tables(changed)), pages)


def _require_sound(candidate: Path) -> None:
    checks = pl.read_parquet(candidate / PARQUET_FOLDER / "quality_checks.parquet")
    failed = checks.filter((pl.col("severity_code") == "critical") & ~pl.col("is_passed"))["check_id"].to_list()
    if failed:
        raise EditionError(f"{candidate.name} is not published: critical checks failed: {', '.join(failed)}")
    if checks.is_empty():
        raise EditionError(f"{candidate.name} is not published: no check was run on it")
    if pl.read_parquet(candidate / PARQUET_FOLDER / "projects.parquet").is_empty():
        raise EditionError(f"{candidate.name} is not published: there is no project in it")
    state = json.loads((candidate / MANIFEST).read_text(encoding="utf-8"))["edition"]["state"]
    if state != "current":
        raise EditionError(
            f"{candidate.name} is not published: its pages were built as {state} and say so; build it to be published"
        )


def _require_rank(edition: EditionRef, in_force: EditionRef) -> None:
    if edition.is_illustrative and not in_force.is_illustrative:
        raise EditionError(
            f"{edition.edition_id} is invented and cannot replace {in_force.edition_id}, which is real; "
            "give invented data a marts folder of their own"
        )
    if edition.edition_year < in_force.edition_year and edition.is_illustrative == in_force.is_illustrative:
        raise EditionError(f"{edition.edition_id} is of an earlier year than {in_force.edition_id}, which is in force")


def _shelve_and_switch(candidate: Path, shelved: Path, current: Path) -> None:
    if shelved.exists():
        raise EditionError(f"edition {shelved.name} is published already; build again to get the next number")
    shelved.parent.mkdir(parents=True, exist_ok=True)
    os.sync()  # a power cut after the switch must not find half-written files behind it
    os.rename(candidate, shelved)
    try:
        _switch(current, shelved)
    except BaseException:
        os.rename(shelved, candidate)
        raise


def _switch(current: Path, edition: Path) -> None:
    """Point `current` at `edition` in one step: at any moment it leads to the old one or to the new one."""
    link = current.with_name(f".{current.name}-{uuid4().hex[:8]}")
    try:
        link.symlink_to(os.path.relpath(edition, current.parent), target_is_directory=True)
    except (OSError, NotImplementedError) as error:
        raise EditionError(
            f"{current} cannot be a symbolic link ({error}); put the marts folder on a file system that has them"
        ) from error
    try:
        os.replace(link, current)
    except BaseException:
        link.unlink()
        raise

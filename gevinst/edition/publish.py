"""Publishing an edition: verified, compared, moved among the editions, and put in force by one atomic switch.

Belongs here: what an edition must satisfy before it is published, which edition it is compared with, and the switch.
Does not belong here: building it (`build.py`).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import polars as pl

from gevinst.contracts.vocabulary import CheckOutcome, Severity
from gevinst.edition.checksums import verify_sums
from gevinst.edition.comparison import changed_files, changed_pages, changed_tables
from gevinst.edition.index import write_index
from gevinst.edition.store import Edition, edition_in_force, newest_of_year, open_edition
from gevinst.errors import EditionError
from gevinst.settings import Settings


@dataclass(frozen=True, slots=True)
class PublishResult:
    """What publishing did. `edition` is now that of its year; `replaced` was in force before it, and is left unchanged.

    When nothing had changed, `is_published` is false and `edition` is the one that was there already. An edition of an
    earlier year than the one in force is published without a switch: `is_in_force` is false, `replaced` is `None`.
    """

    is_published: bool
    is_in_force: bool
    edition: Edition
    replaced: Edition | None
    changed_tables: tuple[str, ...]
    changed_pages: tuple[str, ...]


def publish(candidate: Path, settings: Settings) -> PublishResult:
    """Publish the edition in `candidate`, and put it in force unless one of a later year is.

    It is compared with the edition in force, or, when that is of a later year, with the newest of its own year;
    if it says the same, nothing is published. Raises `EditionError`, and changes nothing, when a file is not as it was
    built, a critical check failed, no check was run, no project is in it, its pages are marked as provisional, its
    number is taken, or it is invented and the edition in force is real.
    """
    edition = open_edition(candidate)
    verify_sums(candidate, edition.edition_id)
    _require_sound(edition)
    in_force = edition_in_force(settings)
    if in_force is not None:
        _require_real(edition, in_force)
    is_backfill = in_force is not None and _is_earlier(edition, in_force)
    before = newest_of_year(settings, edition) if is_backfill else in_force
    changed = changed_files(edition, before) if before is not None else []
    if before is not None and not changed:
        write_index(settings)  # a run that was killed may have left it out of date
        return PublishResult(False, not is_backfill, before, None, (), ())
    published = settings.editions_dir / edition.edition_id
    _move(candidate, published, None if is_backfill else settings.current)
    write_index(settings)
    return PublishResult(
        True,
        not is_backfill,
        open_edition(published),
        None if is_backfill else in_force,
        tuple(changed_tables(changed)),
        tuple(changed_pages(changed)),
    )


def _is_earlier(edition: Edition, in_force: Edition) -> bool:
    """Whether `edition` is of an earlier year; real data take precedence over invented data of any year."""
    return edition.edition_year < in_force.edition_year and edition.is_illustrative == in_force.is_illustrative


def _require_sound(candidate: Edition) -> None:
    checks = candidate.table("quality_checks")
    is_critical = pl.col("severity_code") == Severity.CRITICAL.value
    has_failed = pl.col("check_outcome_code") == CheckOutcome.FAILED.value
    failed = checks.filter(is_critical & has_failed)["check_id"].to_list()
    if failed:
        names = ", ".join(failed)
        raise EditionError(
            f"{candidate.edition_id} is not published: critical checks failed: {names}",
            f"{candidate.edition_id} er ikke publisert: kritiske kontroller slo ut: {names}",
        )
    if checks.is_empty():
        raise EditionError(
            f"{candidate.edition_id} is not published: no check was run on it",
            f"{candidate.edition_id} er ikke publisert: ingen kontroll er kjørt på den",
        )
    if candidate.table("projects").is_empty():
        raise EditionError(
            f"{candidate.edition_id} is not published: there is no project in it",
            f"{candidate.edition_id} er ikke publisert: det er ingen prosjekter i den",
        )
    state = candidate.info.state
    if state != "current":
        raise EditionError(
            f"{candidate.edition_id} is not published: its pages were built as {state} and say so; "
            "build it to be published",
            f"{candidate.edition_id} er ikke publisert: sidene er bygd som {state} og sier det; "
            "bygg den for publisering",
        )


def _require_real(edition: Edition, in_force: Edition) -> None:
    if edition.is_illustrative and not in_force.is_illustrative:
        raise EditionError(
            f"{edition.edition_id} is invented and cannot replace {in_force.edition_id}, which is real; "
            "give invented data a marts folder of their own",
            f"{edition.edition_id} er oppdiktet og kan ikke erstatte {in_force.edition_id}, som er ekte; "
            "gi oppdiktede data en egen mappe for utgaver",
        )


def _move(candidate: Path, published: Path, current: Path | None) -> None:
    """Move the candidate to `published` and, when `current` is given, point that link there; both happen or neither."""
    if published.exists():
        raise EditionError(
            f"edition {published.name} is published already; build again to get the next number",
            f"utgave {published.name} er publisert fra før; bygg på nytt for å få neste nummer",
        )
    published.parent.mkdir(parents=True, exist_ok=True)
    os.sync()  # a power cut after the switch must not find half-written files behind it
    os.rename(candidate, published)
    if current is None:
        return
    try:
        _switch(current, published)
    except BaseException:
        os.rename(published, candidate)
        raise


def _switch(current: Path, edition: Path) -> None:
    """Point `current` at `edition` in one step: at any moment it leads to the old one or the new one."""
    link = current.with_name(f".{current.name}-{uuid4().hex[:8]}")
    try:
        link.symlink_to(os.path.relpath(edition, current.parent), target_is_directory=True)
    except OSError as error:
        raise EditionError(
            f"{current} cannot be a symbolic link ({error}); put the marts folder on a file system that has them",
            f"{current} kan ikke være en symbolsk lenke ({error}); legg mappa på et filsystem som har slike",
        ) from error
    try:
        os.replace(link, current)
    except BaseException:
        link.unlink()
        raise

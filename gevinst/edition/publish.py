"""Publishing an edition: verified, compared, moved among the editions, and put in force by one atomic switch.

Belongs here: what an edition must satisfy before it is published, which edition it is compared with, and the switch.
Does not belong here: building it (`build.py`).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import polars as pl

from gevinst.bilingual import Bilingual
from gevinst.contracts.vocabulary import CheckOutcome, Severity
from gevinst.edition.chain import before, last_link
from gevinst.edition.checksums import verify_files
from gevinst.edition.comparison import changed_files, changed_pages, changed_tables
from gevinst.edition.index import index_files, write_index
from gevinst.edition.store import (
    PUBLISHING,
    Edition,
    damaged_editions,
    edition_in_force,
    is_edition_id,
    newest_of_year,
    open_edition,
)
from gevinst.errors import EditionError
from gevinst.settings import Settings
from gevinst.whole_files import open_to_readers, write_atomically


@dataclass(frozen=True, slots=True)
class PublishResult:
    """What publishing did. `edition` is now that of its year; `replaced` was in force before it, and is left unchanged.

    When nothing had changed, `is_published` is false and `edition` is the one that was there already. An edition of an
    earlier year than the one in force is published without a switch: `is_in_force` is false, `replaced` is `None`.
    `notices` are what somebody should look at although the edition was published: damage to other editions, and a list
    of editions that could not be written.
    """

    is_published: bool
    is_in_force: bool
    edition: Edition
    replaced: Edition | None
    changed_tables: tuple[str, ...]
    changed_pages: tuple[str, ...]
    notices: tuple[Bilingual, ...] = ()


def publish(candidate: Path, settings: Settings) -> PublishResult:
    """Publish the edition in `candidate`, and put it in force unless one of a later year is.

    It is compared with the edition in force, or, when that is of a later year, with the newest of its own year;
    if it says the same, nothing is published, unless the other is no longer as it was published. Raises `EditionError`,
    and changes nothing, when a file is not as it was built, a critical check failed, no check was run, no project is in
    it although one was published, its pages are marked as provisional, its number is taken, it was not built on the
    edition published last, or it is invented and the edition in force is real. Once it is published, nothing raises any
    more: what fails then is a notice.
    """
    edition = open_edition(candidate)
    verify_files(candidate)
    _require_sound(edition)
    in_force = _readable_in_force(settings, edition)
    _require_projects(edition, in_force, settings)
    if in_force is not None:
        _require_real(edition, in_force)
    is_backfill = in_force is not None and _is_earlier(edition, in_force)
    compared = newest_of_year(settings, edition) if is_backfill else in_force
    notices = [error.sentences for error in damaged_editions(settings)]
    changed: list[str] = []
    if compared is not None:
        damage = _damage(compared)
        notices += damage
        changed = [] if damage else changed_files(edition, compared)
        if not damage and not changed:
            notices += _listed(settings)
            return PublishResult(False, not is_backfill, compared, None, (), (), tuple(notices))
    _require_last(edition, settings)
    published = settings.editions_dir / edition.edition_id
    # Made before anything is changed: an edition that cannot be listed is not published.
    files = index_files(settings, in_force if is_backfill and in_force is not None else edition, added=edition)
    _move(candidate, published, None if is_backfill else settings)
    notices += _listed(settings, files)
    return PublishResult(
        True,
        not is_backfill,
        Edition(published),
        None if is_backfill else in_force,
        tuple(changed_tables(changed)),
        tuple(changed_pages(changed)),
        tuple(notices),
    )


def _readable_in_force(settings: Settings, candidate: Edition) -> Edition | None:
    """The edition in force; `None` when there is none, or one so damaged that `candidate` may replace it.

    What is damaged cannot say whether it is invented: only a real edition replaces it, and none of an earlier year.
    """
    try:
        return edition_in_force(settings)
    except EditionError:
        damaged = Edition(settings.current.resolve())
        is_later = is_edition_id(damaged.edition_id) and damaged.edition_year > candidate.edition_year
        if not settings.current.is_symlink() or candidate.is_illustrative or is_later:
            raise
        return None


def _damage(edition: Edition) -> list[Bilingual]:
    try:
        verify_files(edition.path)
    except EditionError as error:
        return [error.sentences]
    return []


def _listed(settings: Settings, files: Mapping[str, str | None] | None = None) -> list[Bilingual]:
    """Write the list of editions; what kept it from being written is said and stops nothing."""
    try:
        write_index(settings, files)
    except (OSError, EditionError) as error:
        return [
            Bilingual(
                f"Lista over utgaver i {settings.editions_dir} ble ikke skrevet ({error}); neste kjøring skriver den.",
                f"The list of editions in {settings.editions_dir} was not written ({error}); the next run writes it.",
            )
        ]
    return []


def _is_earlier(edition: Edition, in_force: Edition) -> bool:
    """Whether `edition` is of an earlier year; real data take precedence over invented data of any year."""
    return edition.edition_year < in_force.edition_year and edition.is_illustrative == in_force.is_illustrative


def _require_projects(candidate: Edition, in_force: Edition | None, settings: Settings) -> None:
    """A scheme may begin with nothing, but an edition with projects is never replaced by one without."""
    is_first = in_force is None and not settings.current.is_symlink()
    if is_first or candidate.row_counts["projects"] or (in_force and not in_force.row_counts["projects"]):
        return
    raise EditionError(
        f"{candidate.edition_id} is not published: there is no project in it",
        f"{candidate.edition_id} er ikke publisert: det er ingen prosjekter i den",
    )


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


def _require_last(edition: Edition, settings: Settings) -> None:
    """The chain would break if an edition named another than the one that was published last."""
    last = last_link(settings)
    if before(edition) != last:
        name = last.edition_id if last else "none"
        raise EditionError(
            f"{edition.edition_id} is not published: {name} was published after it was built; build it again",
            f"{edition.edition_id} er ikke publisert: {name} ble publisert etter at den ble bygd; bygg den på nytt",
        )


def _move(candidate: Path, published: Path, switched: Settings | None) -> None:
    """Move the candidate to `published` and, unless `switched` is `None`, point the link there; both or neither.

    A process that is killed between the two leaves a mark, by which readers leave the edition out and the next run
    takes it back (`sweep.py`).
    """
    if published.exists():
        raise EditionError(
            f"edition {published.name} is published already; build again to get the next number",
            f"utgave {published.name} er publisert fra før; bygg på nytt for å få neste nummer",
        )
    if not published.parent.exists():
        published.parent.mkdir(parents=True)
        open_to_readers(published.parent)
    os.sync()  # a power cut after the switch must not find half-written files behind it
    if switched is None:
        os.rename(candidate, published)
        return
    mark = switched.marts_dir / PUBLISHING
    write_atomically(mark, lambda path: path.write_text(published.name, encoding="utf-8"))
    try:
        os.rename(candidate, published)
        _switch(switched.current, published)
    except BaseException:
        if published.exists():
            os.rename(published, candidate)
        mark.unlink()
        raise
    with suppress(OSError):  # without effect, now that the link leads to the edition
        mark.unlink()


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
        link.unlink(missing_ok=True)
        raise

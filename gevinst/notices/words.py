"""What is said of a run: one line, and the whole of it.

Belongs here: putting together what a run made, what failed and who corrects it, which checks did not pass and what that
means, and which edition is in force. The shell, e-mail, webhook and record say the same.
Does not belong here: the texts themselves (the catalogue) and sending them (`send.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl

from gevinst.bilingual import Bilingual
from gevinst.contracts.vocabulary import CheckOutcome
from gevinst.edition.assemble import candidate_of
from gevinst.edition.store import Edition, edition_in_force, list_editions
from gevinst.errors import GevinstError
from gevinst.language.texts import Catalogue
from gevinst.layout import SITE
from gevinst.method.reconstruction import is_reconstruction
from gevinst.notices.record import RunRecord
from gevinst.quality import OWNERS, count_checks
from gevinst.settings import Settings
from gevinst.site.headlines import headlines
from gevinst.site.sentences.portfolio import changes_summary

_JOBS = ("publish", "refresh", "dry_run")


def one_line(record: RunRecord, settings: Settings, catalogue: Catalogue) -> str:
    """How the run ended, what is new or what it needs, and which edition is in force."""
    parts = [headline(record, catalogue)]
    if record.is_published is not None:
        parts.append(_news(_edition(record, settings), catalogue))
    parts += [notice(catalogue.language) for notice in record.notices]
    if record.faults:
        parts.append(_first_line(record, catalogue))
    return " ".join((*parts, in_force(settings, catalogue)))


def headline(record: RunRecord, catalogue: Catalogue) -> str:
    """Which run it was, and whether it succeeded."""
    job = catalogue.t(f"notices.job_{record.job if record.job in _JOBS else 'other'}")
    which = f"{job} {record.edition_year}" if record.edition_year else job
    return catalogue.t("notices.succeeded" if record.is_success else "notices.failed", which=which)


def in_force(settings: Settings, catalogue: Catalogue) -> str:
    """Which edition readers are given now."""
    try:
        edition = edition_in_force(settings)
    except GevinstError as error:
        return error.message(catalogue.language)
    if edition is None:
        return catalogue.t("notices.none_in_force")
    return catalogue.t("notices.in_force", edition=edition.edition_id)


def whole(record: RunRecord, settings: Settings, catalogue: Catalogue, show_path: Callable[[str], str] = str) -> str:
    """All that is said of a run, one line per matter; `show_path` shortens paths for a person at the shell."""
    lines = [headline(record, catalogue)]
    for fault in record.faults:
        owner = OWNERS[fault.owner](catalogue.language)
        lines += ["", fault.message(catalogue.language), catalogue.t("notices.corrected_by", owner=owner)]
    if record.faults:
        lines += ["", _what_changed(record, settings, catalogue)]
    elif record.summary:
        lines += ["", Bilingual(*record.summary)(catalogue.language)]
    elif record.edition_id:
        lines += ["", *_of_edition(record, settings, catalogue, show_path)]
    lines += [notice(catalogue.language) for notice in record.notices]
    if record.page:
        lines.append(catalogue.t("notices.page", path=show_path(record.page)))
    return "\n".join([*lines, in_force(settings, catalogue)])


def _what_changed(record: RunRecord, settings: Settings, catalogue: Catalogue) -> str:
    """Whether the failed run had published its edition before it failed: the editions know which run made them."""
    for edition in list_editions(settings):
        if edition.manifest.get("run_id") == record.run_id:
            return catalogue.t("notices.published_all_the_same", edition=edition.edition_id)
    return catalogue.t("notices.nothing_changed")


def _first_line(record: RunRecord, catalogue: Catalogue) -> str:
    fault = record.faults[0]
    owner = OWNERS[fault.owner](catalogue.language)
    return f"{fault.message(catalogue.language).splitlines()[0]} {catalogue.t('notices.corrected_by', owner=owner)}"


def _of_edition(
    record: RunRecord, settings: Settings, catalogue: Catalogue, show_path: Callable[[str], str]
) -> list[str]:
    """What is new, of how many projects nothing is known, which checks did not pass, and where the site is."""
    edition = _edition(record, settings)
    of_year = pl.col("edition_year") == edition.edition_year
    figures = headlines(edition.table("headline_counts").filter(of_year))
    checks = edition.table("quality_checks")
    counted = count_checks(checks)
    return [
        catalogue.t(_publication(record, settings), edition=edition.edition_id),
        _news(edition, catalogue),
        catalogue.t("run_summary.known", n=figures["projects"].value, unknown=figures["status_unknown"].value),
        catalogue.t("run_summary.checks", n=counted.count, passed=counted.passed, nothing=counted.nothing),
        *_not_passed(checks, catalogue),
        catalogue.t("run_summary.site", path=show_path(str(edition.path / SITE / "index.html"))),
    ]


def folder_of(record: RunRecord, settings: Settings) -> Path:
    """The folder of the edition that the run has made or left as it was."""
    if record.is_published is None:
        return candidate_of(settings, record.edition_year or 0)
    return settings.editions_dir / str(record.edition_id)


def _edition(record: RunRecord, settings: Settings) -> Edition:
    return Edition(folder_of(record, settings))


def _news(edition: Edition, catalogue: Catalogue) -> str:
    """What is new since the edition published before."""
    info, tables = edition.info, edition.tables(["change_counts", "edition_years", "sources"])
    counts = tables["change_counts"].filter(pl.col("edition_year") == edition.edition_year)
    hindsight = info.as_of_on if is_reconstruction(tables, info.as_of_on) else None
    return changes_summary(counts, info.previous_edition_id, catalogue, reconstructed_on=hindsight)


def _publication(record: RunRecord, settings: Settings) -> str:
    """The key of the text that says whether the edition is published, and in force."""
    if record.is_published is None:
        return "run_summary.candidate"
    current = edition_in_force(settings)
    is_in_force = current is not None and current.edition_id == record.edition_id
    if record.is_published:
        return "run_summary.edition" if is_in_force else "run_summary.published_beside"
    return "run_summary.unchanged_in_force" if is_in_force else "run_summary.unchanged_published"


def _not_passed(checks: pl.DataFrame, catalogue: Catalogue) -> list[str]:
    """Each check that did not pass: its name, how many rows, and what it looks for."""
    failed = checks.filter(pl.col("check_outcome_code") == CheckOutcome.FAILED.value).sort("check_id")
    return [
        catalogue.t(
            "run_summary.not_passed",
            n=row["unexpected_count"],
            check=row["check_id"],
            meaning=row[f"description_{catalogue.language}"],
        )
        for row in failed.iter_rows(named=True)
    ]

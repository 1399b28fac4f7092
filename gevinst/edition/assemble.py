"""From the working warehouse to a candidate edition.

Belongs here: bringing together what an edition is made of: tables as known then, what it is called, its pages.
Does not belong here: how each of them is made (`as_of.py`, `build.py`, `gevinst.site`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from gevinst.bilingual import Bilingual
from gevinst.contracts import CORE, PUBLISHED, STORED, contract
from gevinst.edition.as_of import edition_view
from gevinst.edition.build import build_edition
from gevinst.edition.chain import last_link
from gevinst.edition.provenance import Provenance, code_version, input_hash, input_hashes
from gevinst.edition.store import (
    Edition,
    edition_in_force,
    list_editions,
    next_edition_id,
    open_edition,
    previous_edition_id,
)
from gevinst.errors import EditionError
from gevinst.layout import REPORT, EditionInfo
from gevinst.method.disclosure_between import RESULTS, held_back
from gevinst.method.news import Before, news_tables
from gevinst.settings import Settings
from gevinst.site.build import build_site
from gevinst.warehouse import Warehouse

MOST_PROJECTS = 20_000
"""Projects of which an edition is made. It has pages for each, and its tables are in memory together while it is built:
the pages of 10 000 took 8.8 GB in two processes."""


def too_many_projects(settings: Settings) -> Bilingual | None:
    """Why no edition is made of the working warehouse, if it holds more projects than an edition can show."""
    projects = Warehouse(settings.working_database).row_count(contract("projects"))
    if projects <= MOST_PROJECTS:
        return None
    return Bilingual(
        f"Det lages ingen utgave av {projects} prosjekter, men resultatene er beregnet og kontrollert; en utgave har "
        f"sider for høyst {MOST_PROJECTS}.",
        f"No edition is made of {projects} projects, but the results are computed and checked; an edition has pages "
        f"for {MOST_PROJECTS} at most.",
    )


def assemble(settings: Settings, edition_year: int, *, run_id: str, progress: Callable[[str], object]) -> Path:
    """Build the candidate edition of `edition_year` from the working warehouse and return its folder.

    The pages are those that the edition will have once it is in force: an edition is frozen, so only its folder shows
    that it is a candidate. Raises `gevinst.edition.EditionError` as `build_edition` does and for a year in which no
    project was known, `WarehouseError` when a table has not been made.
    """
    code = code_version()
    view, info = _view(settings, edition_year, code.commit)
    return build_edition(
        view,
        info,
        candidate_of(settings, edition_year),
        lambda site: (
            build_site(
                view, info, site, cache_dir=settings.cache_dir, progress=progress, reports=site.parent / REPORT
            ).fingerprints
        ),
        progress,
        Provenance(
            code.is_dirty,
            input_hashes(settings.raw_dir),
            run_id,
            datetime.now(UTC),
            last_link(settings),
        ),
        settings,
    )


def _view(settings: Settings, edition_year: int, commit: str) -> tuple[dict[str, pl.DataFrame], EditionInfo]:
    """The tables as they were known then, and what the edition of them is called.

    Apart from the building, so that what the warehouse holds beyond them is let go of before that begins.
    """
    tables = Warehouse(settings.working_database).read_all(STORED)
    as_of_on = as_of_date(tables["edition_years"], edition_year)
    info = EditionInfo(
        edition_id=next_edition_id(settings, edition_year),
        edition_year=edition_year,
        as_of_on=as_of_on,
        previous_edition_id=previous_edition_id(settings, edition_year),
        state="current",
        is_illustrative=bool(tables["sources"]["is_illustrative"].any()),
        commit=commit,
        input_hash=input_hash(settings.raw_dir),
    )
    view = with_held_back(edition_view(tables, edition_year, as_of_on), info, settings)
    return with_news(view, info, settings), info


def as_of_date(edition_years: pl.DataFrame, edition_year: int) -> date:
    """The date of a year's edition; raises `EditionError` when no project was known by then.

    A scheme of which no project is known at all begins with the newest year; its edition says that there is nothing.
    """
    years = edition_years.sort("edition_year")
    possible = years.filter(pl.col("project_count") > 0)
    if possible.is_empty():
        possible = years.tail(1)
    dates = possible.filter(pl.col("edition_year") == edition_year)["as_of_on"]
    if dates.is_empty():
        first, last = possible["edition_year"][0], possible["edition_year"][-1]
        raise EditionError(
            f"there is no edition of {edition_year}: no source named a project by then; editions can be of {first} to "
            f"{last}",
            f"det finnes ingen utgave for {edition_year}: ingen kilde nevnte noe prosjekt innen da; det kan lages "
            f"utgaver for {first} til {last}",
        )
    return dates.item()


def candidate_of(settings: Settings, edition_year: int) -> Path:
    """The folder of the year's candidate."""
    return settings.candidates_dir / next_edition_id(settings, edition_year)


def published_tables(settings: Settings) -> dict[str, pl.DataFrame] | None:
    """Core tables of the edition in force; `None` before the first is published."""
    in_force = edition_in_force(settings)
    return None if in_force is None else _core_tables(in_force)


def with_held_back(view: Mapping[str, pl.DataFrame], info: EditionInfo, settings: Settings) -> dict[str, pl.DataFrame]:
    """`view` with the results of respondents as they were, where a change since any edition would tell of a few."""
    published = [
        edition.tables(RESULTS, if_missing="empty")
        for edition in list_editions(settings)
        if edition.is_illustrative == info.is_illustrative
    ]
    return {**view, **held_back(view, published)}


def with_news(view: Mapping[str, pl.DataFrame], info: EditionInfo, settings: Settings) -> dict[str, pl.DataFrame]:
    """`view` with what is new since the newest edition published for an earlier year.

    An edition of invented data is never compared with one of real data: every row would be news.
    """
    before = Before()
    if info.previous_edition_id is not None:
        previous = open_edition(settings.editions_dir / info.previous_edition_id)
        if previous.is_illustrative == info.is_illustrative:
            needed = ("project_status", "benefit_trail", "follow_ups", "corrections")
            marts = previous.tables(needed, if_missing="empty")
            before = Before({**_core_tables(previous), **marts}, previous.info.as_of_on)
    return {**view, **news_tables(before, view, info.edition_year, is_illustrative=info.is_illustrative)}


def _core_tables(edition: Edition) -> dict[str, pl.DataFrame]:
    """A table that was added to the contracts later is empty: nothing can have been withdrawn from it."""
    return edition.tables((contract.name for contract in CORE if contract in PUBLISHED), if_missing="empty")

"""The static site of one edition, written from its tables.

Belongs here: the order of work and the files on disk.
Does not belong here: what pages say (`gevinst.site.pages`), how they are rendered (`gevinst.site.render`) and what
they share (`gevinst.site.bundle`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from gevinst.bilingual import LANGUAGES
from gevinst.layout import REPORT, EditionInfo
from gevinst.settings import Settings, load_settings
from gevinst.site import shares
from gevinst.site.bundle import write_assets
from gevinst.site.context import View
from gevinst.site.figures import render_svgs
from gevinst.site.head import NEEDS_ADDRESS
from gevinst.site.naming import fingerprint, marked
from gevinst.site.pages import PAGES, path_of
from gevinst.site.pages.charts import charts
from gevinst.site.report.brief import brief_content, brief_name, build_briefs
from gevinst.site.report.build import build_reports, file_name
from gevinst.site.report.content import report
from gevinst.site.report.typeset import ReportError
from gevinst.site.rows import SiteData
from gevinst.site.writing import Written, write_page


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What was written: addresses of pages, size of everything in bytes, and what a publisher should know.

    `fingerprints` hold what each page and report says apart from the edition's names, by path below the edition.
    """

    pages: tuple[str, ...]
    total_bytes: int
    notices: tuple[str, ...]
    fingerprints: Mapping[str, str]


def build_site(
    tables: Mapping[str, pl.DataFrame],
    edition: EditionInfo,
    out: Path,
    *,
    cache_dir: Path,
    progress: Callable[[str], object],
    reports: Path | None = None,
) -> SiteReport:
    """Write the site of `edition` into the empty or missing folder `out`.

    `tables` holds one frame per contract, cut to what was known by the edition's as-of date; marts hold all edition
    years up to the edition's own. `cache_dir` keeps drawn figures between builds; `progress` is called with one line
    per step. Two builds from equal tables give equal files. Where `reports` names a folder, the report is written there
    in every language, unless there is no browser to draw its figures; then a notice says so.

    Raises:
        FrontendMissing: the front-end packages are not installed.
        FileExistsError: `out` has something in it.
        KeyError: a table is missing.
    """
    if out.exists() and any(out.iterdir()):
        raise FileExistsError(f"{out} is not empty; a site is never written over another")
    settings = load_settings()
    progress("Joining styles and scripts")
    write_assets(out)
    data, named_data = SiteData(tables, marked(edition)), SiteData(tables, edition)
    views = [View(data, language, settings, path_of, is_marking=True) for language in LANGUAGES]
    _draw(views, cache_dir, progress)
    fingerprints: dict[str, str] = {}
    unmade: tuple[str, ...] = ()
    if reports is not None:
        named_views = [View(named_data, view.language, settings, path_of, is_marking=True) for view in views]
        for view, named_view in zip(views, named_views, strict=True):
            named_view.figures = view.figures
        _briefs(views, named_views, reports, fingerprints, progress)
        unmade = tuple(_reports(views, named_views, reports, fingerprints, cache_dir, progress))
    written = _write_all(views, out, edition, progress)
    fingerprints |= written.fingerprints
    notices = (*_notices(settings), *unmade)
    for notice in notices:
        progress(notice)
    total = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    return SiteReport(tuple(written.pages), total, notices, fingerprints)


def _write_all(views: list[View], out: Path, edition: EditionInfo, progress: Callable[[str], object]) -> Written:
    """Write every page in every language; those that say where things are on the others after them."""
    written = Written()
    pages = [page for page in PAGES if not page.comes_last]
    if len(views[0].data.projects) >= shares.MANY:
        progress("Writing pages in several processes")
        written = shares.write_in_shares(views, pages, out, edition, progress)
        pages = []
    for view in views:
        for page in (*pages, *(page for page in PAGES if page.comes_last)):
            progress(f"Writing pages: {view.language}, {page.name}")
            written.add(write_page(out, page, view, edition, page.documents(view)))
    return written


def _briefs(
    views: list[View],
    named_views: list[View],
    folder: Path,
    fingerprints: dict[str, str],
    progress: Callable[[str], object],
) -> None:
    """Write the briefs, which pages then link to; they have no figures and need no browser."""
    progress("Setting the briefs")
    for view, path in zip(views, build_briefs(named_views, folder), strict=True):
        view.brief = f"{REPORT}/{brief_name(view.edition.edition_id, view.language)}"
        fingerprints[f"{REPORT}/{path.name}"] = fingerprint(json.dumps(brief_content(view), ensure_ascii=False))


def _reports(
    views: list[View],
    named_views: list[View],
    folder: Path,
    fingerprints: dict[str, str],
    cache_dir: Path,
    progress: Callable[[str], object],
) -> Iterator[str]:
    """Write the reports, which pages then link to; one line if they cannot be made on this machine."""
    try:
        made = build_reports(named_views, folder, cache_dir=cache_dir, progress=progress)
    except ReportError as problem:
        yield f"The edition has no report: {problem}"
        return
    for view, path in zip(views, made, strict=True):
        view.report = f"{REPORT}/{file_name(view.edition.edition_id, view.language)}"
        content = report(view)
        specs = {name: figure.spec for name, figure in content.figures.items()}
        said = json.dumps([content.content, specs], ensure_ascii=False)
        fingerprints[f"{REPORT}/{path.name}"] = fingerprint(said)


def _draw(views: list[View], cache_dir: Path, progress: Callable[[str], object]) -> None:
    """Draw the figures of all languages in one go: starting the browser takes longer than drawing."""
    progress("Drawing figures")
    wanted = [(view, figure) for view in views for figure in charts(view).values()]
    drawn = render_svgs([figure for _, figure in wanted], cache_dir, progress)
    for (view, _), figure in zip(wanted, drawn, strict=True):
        view.figures[figure.figure_id] = figure


def _notices(settings: Settings) -> Iterator[str]:
    """One line per thing that the owner of the pages has not set in gevinst.toml."""
    for name in ("responsible_body", "contact", "accessibility_statement_url"):
        if getattr(settings.owner, name) is None:
            yield f"scheme.toml does not set owner.{name}; the footer says that it is not stated"
    if settings.site.base_url is None:
        yield f"gevinst.toml does not set site.base_url; the edition is without {NEEDS_ADDRESS}"

"""``gevinst report``: the yearly report and the brief as PDF.

Belongs here: its options. Does not belong here: content and layout of either (`gevinst.site.report`).
"""

from __future__ import annotations

from pathlib import Path

import click

from gevinst.commands.options import FILE, Command, language


@click.command(cls=Command, short_help="The yearly report and the brief of a published edition as accessible PDF.")
@click.option("--edition", metavar="ID", help="Edition, such as 2026-1 (default: the one in force).")
@language("the report and the brief")
@click.option("--out", type=FILE, default=Path(), metavar="FOLDER", help="Where to write it (default: here).")
def command(edition: str | None, language: str, out: Path) -> None:
    """Write the yearly report of a published edition and its brief of one A4 as accessible PDF files."""
    from gevinst.edition.store import find_edition
    from gevinst.language.texts import Catalogue
    from gevinst.settings import load_settings
    from gevinst.site.context import View
    from gevinst.site.pages import path_of
    from gevinst.site.pages.charts import charts
    from gevinst.site.report.brief import build_briefs
    from gevinst.site.report.build import build_reports
    from gevinst.site.rows import SiteData

    settings = load_settings()
    chosen = find_edition(settings, edition)
    view = View(SiteData(chosen.tables(), chosen.info), language, settings, path_of, is_marking=True)
    view.figures.update(charts(view))
    written = [*build_reports([view], out, cache_dir=settings.cache_dir, progress=print), *build_briefs([view], out)]
    print(Catalogue(language).t("report.written", paths=", ".join(map(str, written))))

"""``gevinst report``: the yearly report as PDF.

Belongs here: its options. Does not belong here: the report's content and layout (`gevinst.site.report`).
"""

from __future__ import annotations

from pathlib import Path

import click

from gevinst.commands.options import FILE, Command, language


@click.command(cls=Command, short_help="The yearly report of a published edition as an accessible PDF.")
@click.option("--edition", metavar="ID", help="Edition, such as 2026-1 (default: the one in force).")
@language("the report")
@click.option("--out", type=FILE, default=Path(), metavar="FOLDER", help="Where to write it (default: here).")
def command(edition: str | None, language: str, out: Path) -> None:
    """Write the yearly report of a published edition as an accessible PDF."""
    from gevinst.edition.store import find_edition
    from gevinst.language.texts import Catalogue
    from gevinst.settings import load_settings
    from gevinst.site.context import SiteData, View
    from gevinst.site.pages import path_of
    from gevinst.site.pages.charts import charts
    from gevinst.site.report.build import build_reports

    settings = load_settings()
    chosen = find_edition(settings, edition)
    view = View(SiteData(chosen.tables(), chosen.info), language, settings, path_of, is_marking=True)
    view.figures.update(charts(view))
    (path,) = build_reports([view], out, cache_dir=settings.cache_dir, progress=print)
    print(Catalogue(language).t("report.written", path=path))

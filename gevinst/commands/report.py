"""``gevinst report``: the yearly report as PDF.

Belongs here: its arguments. Does not belong here: what it says and how it is set (`gevinst.site.report`).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from gevinst.language.numbers import LANGUAGES
from gevinst.language.texts import Catalogue


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the sub-command."""
    parser = commands.add_parser("report", help="the yearly report of a published edition as an accessible PDF")
    parser.add_argument("--edition", metavar="ID", help="such as 2026-1 (default: the edition in force)")
    parser.add_argument("--language", choices=LANGUAGES, default="nb", help="language of the report (default: nb)")
    parser.add_argument("--out", type=Path, default=Path(), metavar="FOLDER", help="where to write it (default: here)")
    parser.set_defaults(run=_run)


def _run(asked: argparse.Namespace) -> int:
    from gevinst.edition.store import find_edition
    from gevinst.settings import load_settings
    from gevinst.site.context import SiteData, View
    from gevinst.site.pages import path_of
    from gevinst.site.pages.charts import charts
    from gevinst.site.report.build import build_reports

    settings = load_settings()
    edition = find_edition(settings, asked.edition)
    view = View(SiteData(edition.tables(), edition.info), asked.language, settings, path_of)
    view.figures.update(charts(view))
    (path,) = build_reports([view], asked.out, cache_dir=settings.cache_dir, progress=print)
    print(Catalogue(asked.language).t("report.written", path=path))
    return 0

"""Single pages without a whole site: the committed data, an invented portfolio, and pages rendered from either.

Belongs here: what tests of more than one page need to render it. Figures stay undrawn.
Does not belong here: the small edition (`small_edition.py`) and reading what was rendered (`page_reading.py`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

import polars as pl
from bs4 import BeautifulSoup

from gevinst.contracts import QUALITY_CHECKS
from gevinst.illustrative import HORIZON, portfolio, write_portfolio
from gevinst.intake import read_core
from gevinst.layout import EditionInfo
from gevinst.method.catalogue import compute_marts
from gevinst.method.frames import Rules
from gevinst.settings import load_settings
from gevinst.site.context import View
from gevinst.site.pages import PAGES, path_of
from gevinst.site.pages.charts import charts
from gevinst.site.render import render
from gevinst.site.rows import SiteData
from tests.data import kept
from tests.data.small_edition import SMALL_EDITION, frame

RAW = Path(__file__).parents[2] / "data" / "raw"
REAL = replace(SMALL_EDITION, is_illustrative=False)

KNOWN_PROJECTS = pl.read_csv(RAW / "registry" / "projects.csv").height
"""How many projects the committed data name: it grows with what is found, and no test is about how many there are."""

Tables = Mapping[str, pl.DataFrame]


@cache
def real_tables() -> Tables:
    """Every table of the committed data."""
    return kept.value("real-tables", lambda: _computed(RAW, is_illustrative=False))


@cache
def invented_tables() -> Tables:
    """Every table of an invented portfolio: 24 projects, with the ratings and answers that the committed data lack."""
    return kept.value("invented-tables", _invented)


def _invented() -> Tables:
    with tempfile.TemporaryDirectory() as folder:
        write_portfolio(portfolio(24, 7, HORIZON), Path(folder) / "raw")
        return _computed(Path(folder) / "raw", is_illustrative=True)


def _computed(folder: Path, *, is_illustrative: bool) -> Tables:
    core = read_core(folder)
    read = {
        **core.tables,
        "quarantine": core.quarantine,
        "corrections": core.corrections,
        "quality_checks": frame(QUALITY_CHECKS, []),
    }
    return {**read, **compute_marts(read, Rules(2016, 2026), is_illustrative=is_illustrative)}


def view_of(tables: Tables, language: str, edition: EditionInfo) -> View:
    """What page modules are passed, with the figures made and not drawn."""
    view = View(SiteData(tables, edition), language, load_settings(), path_of)
    view.figures.update(charts(view))
    return view


def page_html(name: str, tables: Tables, language: str = "nb", edition: EditionInfo = SMALL_EDITION) -> str:
    """The one document of the page called `name`; rendered once for the very same frames."""
    return _html(name, _Frames(tables), language, edition)


class _Frames:
    """Tables as what they were rendered from: the same when each frame is the same object, which it keeps."""

    def __init__(self, tables: Tables) -> None:
        self.tables = dict(tables)
        self._ids = frozenset((name, id(frame)) for name, frame in self.tables.items())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Frames) and self._ids == other._ids

    def __hash__(self) -> int:
        return hash(self._ids)


@lru_cache(maxsize=32)
def _html(name: str, frames: _Frames, language: str, edition: EditionInfo) -> str:
    page = next(page for page in PAGES if page.name == name)
    view = view_of(frames.tables, language, edition)
    (document,) = page.documents(view)
    return render(view, page, document, page.path(language))


def page_of(name: str, tables: Tables, language: str = "nb", edition: EditionInfo = SMALL_EDITION) -> BeautifulSoup:
    """The one document of the page called `name`, as a tree."""
    return BeautifulSoup(page_html(name, tables, language, edition), "html.parser")

"""Overview and portfolio of an edition as one HTML file that loads nothing: a way of rendering the two pages.

Belongs here: where links lead when most pages are not there, and what the file contains besides.
Does not belong here: what the two pages say (`gevinst.site.pages`), the frame (``single_file.html``), and putting the
file in place (`gevinst.edition.pack`).
"""

from __future__ import annotations

import base64
import hashlib
import html
import posixpath
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl
from bs4 import BeautifulSoup
from markupsafe import Markup

from gevinst.errors import GevinstError
from gevinst.language.texts import Catalogue
from gevinst.layout import SITE, EditionInfo
from gevinst.scratch import scratch
from gevinst.settings import Settings
from gevinst.site import front_end
from gevinst.site.blocks import Block
from gevinst.site.bundle import LICENCES, PLOTLY_FILE, SCRIPT, STYLE, licence_name, write_assets
from gevinst.site.context import View
from gevinst.site.figures import render_svgs
from gevinst.site.page import Document
from gevinst.site.pages import path_of
from gevinst.site.pages.charts import charts
from gevinst.site.pages.overview.page import PAGE as _FIRST
from gevinst.site.pages.portfolio.page import PAGE as _SECOND
from gevinst.site.render import render
from gevinst.site.rows import SiteData

_SECOND_ANCHOR = "portefolje"
_FIGURES = ("ladder",)
"""The figure on the two pages; of the others only the headings are needed, and those need no drawing."""
_NOWHERE = ""
"""The target of a link to a page that is neither in the file nor on a host; the link is replaced by its words."""
_INVITATIONS = (
    "figure.alone",
    "frame.licence_read",
    "frame.see_checks",
    "page_overview.followed_more",
    "page_overview.measured_more",
    "page_overview.to_rounds",
    "page_overview.see_project",
)
"""Texts of links that only say where to go; they are removed with their target."""
_POLICY = (
    "default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; "
    "connect-src 'none'; base-uri 'none'; form-action 'none'"
)
# Rendering strips every line, which would change scripts and licences: they replace these marks afterwards.
_MARKS = {"style": "\U0010ff11", "script": "\U0010ff12", "plotly": "\U0010ff13", "licences": "\U0010ff14"}


class SingleFileError(GevinstError):
    """The file cannot be made; the message says why."""


def single_file(
    tables: Mapping[str, pl.DataFrame],
    edition: EditionInfo,
    language: str,
    settings: Settings,
    progress: Callable[[str], object],
) -> str:
    """The file as HTML, rendered from an edition's `tables` as its pages are; the same edition gives the same text.

    Styles, fonts and scripts are inside, and its policy names its scripts by their hashes. Links to pages that are not
    inside lead to the published site when the settings say where that is; otherwise only their words stay. Figures come
    from the cache or are drawn; without a Chromium they appear when the file is opened. Raises `SingleFileError` when
    a script cannot be placed inside a page, and `FrontendMissing` as `write_assets` does.
    """
    view = View(SiteData(tables, edition), language, settings, path_of, is_marking=True)
    view.figures.update(charts(view))
    for figure in render_svgs([view.figures[name] for name in _FIGURES], settings.cache_dir, progress):
        view.figures[figure.figure_id] = figure
    host = settings.site.of_edition(edition.edition_id).rstrip("/") if settings.site.base_url else None
    link = _links(language, host)
    (first,), (second,) = _FIRST.documents(view), _SECOND.documents(view)
    carried = _carried()
    values = {
        "before": Markup(render(view, _FIRST, first, _FIRST.path(language), layout="part.html", link=link)),
        "figures_before": _figure_count(first),
        "first_title": first.title,
        "second_anchor": _SECOND_ANCHOR,
        "is_hosted": host is not None,
        "carried": _MARKS,
        "policy": _POLICY.format(hashes=" ".join(f"'sha256-{_hash(carried[name])}'" for name in ("script", "plotly"))),
    }
    page = render(view, _SECOND, second, _SECOND.path(language), layout="single_file.html", link=link, values=values)
    text = _without_dead_links(page, view.catalogue)
    for name, mark in _MARKS.items():
        text = text.replace(mark, carried[name])
    return text


def _links(language: str, host: str | None) -> Callable[[str, str], str]:
    """Links between the two pages become anchors; others lead to the edition's host, or nowhere."""
    inside = {path_of(_FIRST.name, language): "innhold", path_of(_SECOND.name, language): _SECOND_ANCHOR}

    def link(target: str, page: str) -> str:
        if not target.startswith("/"):
            return target
        path, separator, anchor = target.partition("#")
        if path in inside:
            return f"#{anchor or inside[path]}"
        # `/../` leads out of the site, to the tables beside it.
        return _NOWHERE if host is None else host + posixpath.normpath(f"/{SITE}{path}") + separator + anchor

    return link


def _figure_count(document: Document) -> int:
    return sum(isinstance(value, Block) and value.figure is not None for value in document.values.values())


def _without_dead_links(page: str, catalogue: Catalogue) -> str:
    """The page with the words of links that lead nowhere, and without those that only say where to go."""
    invitations = [catalogue.t(key) for key in _INVITATIONS]
    soup = BeautifulSoup(page, "html.parser")
    for anchor in soup.select(f'a[href="{_NOWHERE}"]'):
        if anchor.get_text() in invitations:
            anchor.decompose()
        elif anchor.get("data-address"):
            anchor.name = "span"  # a number keeps its address where there is no page that explains it
            del anchor["href"]
        else:
            anchor.unwrap()
    return str(soup)


def _carried() -> dict[str, str]:
    """What the file contains besides the pages, by the names of `_MARKS`."""
    with scratch() as folder:
        write_assets(folder)
        assets = folder / "assets"
        licences = [f"{path.stem}\n\n{_text(path).strip()}" for path in sorted((assets / LICENCES).glob("*.txt"))]
        return {
            "style": _with_fonts(_text(assets / STYLE, "</style"), assets),
            "script": _text(assets / SCRIPT, "</script", "<!--"),
            "plotly": _text(assets / PLOTLY_FILE, "</script", "<!--"),
            "licences": html.escape("\n\n".join(licences), quote=False),
        }


def carried_style() -> dict[str, str]:
    """What a page without scripts contains besides its words: `style` with fonts inside, and `licences` of both.

    Raises `FrontendMissing` as `write_assets` does.
    """
    with scratch() as folder:
        write_assets(folder)
        assets = folder / "assets"
        names = [licence_name(package) for package in (front_end.DESIGN_SYSTEM, front_end.FONT)]
        licences = [f"{Path(name).stem}\n\n{_text(assets / LICENCES / name).strip()}" for name in names]
        return {
            "style": _with_fonts(_text(assets / STYLE, "</style"), assets),
            "licences": html.escape("\n\n".join(licences), quote=False),
        }


def _with_fonts(style: str, assets: Path) -> str:
    def inside(found: re.Match[str]) -> str:
        content = base64.b64encode((assets / found[1]).read_bytes()).decode()
        return f"url(data:font/woff2;base64,{content})"

    return re.sub(r"url\(([\w.-]+\.woff2)\)", inside, style)


def _text(path: Path, *never: str) -> str:
    """The text of a file; raises `SingleFileError` when it holds a sign that would end the element around it."""
    text = path.read_text(encoding="utf-8")
    if any(sign in text.lower() for sign in never):
        raise SingleFileError(f"{path.name} holds {' or '.join(never)} and cannot be placed inside a page")
    return text


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

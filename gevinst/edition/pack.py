"""An edition as one file to carry: all of it as a zip, or its overview and portfolio as one page.

Belongs here: the zip, and putting either file in place whole.
Does not belong here: the page (`single_file.py`).
"""

from __future__ import annotations

import base64
import hashlib
import os
import posixpath
import re
import stat
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bs4 import BeautifulSoup, Tag

from gevinst.edition.checksums import files_below, verify_files
from gevinst.edition.store import EditionRef, read_package
from gevinst.errors import EditionError
from gevinst.language.texts import Catalogue
from gevinst.layout import SITE
from gevinst.settings import SiteAddress
from gevinst.site.bundle import LICENCES, PLOTLY_FILE, SCRIPT, STYLE
from gevinst.site.pages import path_of


def pack_zip(edition: EditionRef, out: Path) -> Path:
    """Write ``gevinst-<edition>.zip`` into the folder `out` and return its path; what stood there is replaced.

    The same edition gives the same bytes: names in order, and every file dated the edition's own day. Raises
    `EditionError` when a file is not as it was published.
    """
    verify_files(edition.path, edition.edition_id)
    year, month, day = map(int, read_package(edition.path)["as_of_on"].split("-"))
    folder = f"gevinst-{edition.edition_id}"

    def write(path: Path) -> None:
        with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=9) as pack:
            for name in files_below(edition.path):
                entry = ZipInfo(f"{folder}/{name}", (year, month, day, 0, 0, 0))
                entry.compress_type, entry.create_system = ZIP_DEFLATED, 3
                entry.external_attr = (stat.S_IFREG | 0o644) << 16
                pack.writestr(entry, (edition.path / name).read_bytes())

    return _whole(out / f"{folder}.zip", write)


def pack_page(edition: EditionRef, language: str, address: SiteAddress, out: Path) -> Path:
    """Write ``gevinst-<edition>-<language>.html`` into the folder `out` and return its path (see `single_file`)."""
    html = single_file(edition, language, address)
    return _whole(
        out / f"gevinst-{edition.edition_id}-{language}.html",
        lambda path: path.write_text(html, encoding="utf-8", newline="\n"),
    )


def _whole(target: Path, write: Callable[[Path], object]) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}-{uuid4().hex[:8]}")
    try:
        write(beside)
        os.replace(beside, target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return target


CARRIED_PLOTLY = "plotly-carried"
"""Id of the element whose text the page's own script runs when a figure comes alive."""
_PORTFOLIO = "portefolje"
_WITHOUT_A_TARGET = "header nav, footer nav, .other-language"
"""Menus, which lead nowhere when it is not known where the site is."""
_INVITATIONS = (
    "frame.licence_read",
    "frame.see_checks",
    "page_overview.see",
    "page_overview.see_coverage",
    "page_overview.see_project",
)
"""Words of links that say nothing but where to go; they leave with their target."""
_POLICY = (
    "default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; "
    "connect-src 'none'; base-uri 'none'; form-action 'none'"
)


def single_file(edition: EditionRef, language: str, address: SiteAddress) -> str:
    """The file as HTML; the same edition gives the same text.

    It asks for nothing: styles, fonts and scripts are inside, and its policy names its scripts by their hashes. Links
    to pages that are not inside lead to the published site when `address` says where that is; otherwise only their
    words stay. Raises `EditionError` when the edition lacks one of the pages.
    """
    site = edition.path / SITE
    overview = _page(site, path_of("overview", language))
    page = _page(site, path_of("portfolio", language))
    taken = {name: f"/{SITE}{path_of(name, language)}" for name in ("overview", "portfolio")}
    hosted = address.of_edition(edition.edition_id).rstrip("/") if address.base_url else None
    if hosted is None:
        for element in page.select(_WITHOUT_A_TARGET):
            element.decompose()
    for soup, path in ((overview, taken["overview"]), (page, taken["portfolio"])):
        _mend_links(soup, path, taken, hosted, Catalogue(language))
    _join(overview, page, Catalogue(language))
    _carry(page, site / "assets", Catalogue(language))
    return str(page)


def _page(site: Path, path: str) -> BeautifulSoup:
    file = site / path.removeprefix("/")
    if not file.is_file():
        raise EditionError(f"{site.parent.name} has no page {SITE}{path}; a single file cannot be made of it")
    return BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")


def _mend_links(
    soup: BeautifulSoup, path: str, taken: dict[str, str], hosted: str | None, catalogue: Catalogue
) -> None:
    """Links between the two pages become anchors; others lead to the edition's host, or lose their target.

    `path` and those in `taken` begin at the edition's folder, beside whose site its tables lie.
    """
    invitations = [catalogue.t(key) for key in _INVITATIONS]
    for link in soup.select("a[href]"):
        target, _, anchor = str(link["href"]).partition("#")
        if re.match(r"[a-z]+:", target) or not target:
            continue
        absolute = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        if absolute == taken["portfolio"]:
            link["href"] = f"#{anchor or _PORTFOLIO}"
        elif absolute == taken["overview"]:
            link["href"] = f"#{anchor or 'innhold'}"
        elif hosted is not None:
            link["href"] = f"{hosted}{absolute}" + (f"#{anchor}" if anchor else "")
        elif link.get_text() in invitations:
            link.decompose()
        else:
            link.unwrap()
    for link in soup.select("[data-other-language]"):
        del link["data-other-language"]


def _join(overview: BeautifulSoup, page: BeautifulSoup, catalogue: Catalogue) -> None:
    """Put the overview before the portfolio, whose title becomes a heading and whose figures are counted on."""
    _count_on(page, len(overview.select("[data-figure]")), catalogue)
    title = _one(page, "main h1")
    title.name = "h2"
    title["id"] = _PORTFOLIO
    title["style"] = "margin-top: 4rem; font-size: 2rem"
    for element in page.select("main > .banner, main > .fresh"):
        element.decompose()
    first = next(child for child in _one(page, "main").children if isinstance(child, Tag))
    for child in list(_one(overview, "main").children):
        first.insert_before(child)
    heading, site_name = _one(page, "title"), _one(overview, "title")
    heading.string = site_name.get_text()


def _count_on(page: BeautifulSoup, before: int, catalogue: Catalogue) -> None:
    for number in range(len(page.select("[data-figure]")), 0, -1):
        own, new = (catalogue.t("figure.number", n=n) for n in (number, number + before))
        for caption in page.select("p.caption"):
            if caption.get_text().startswith(own):
                caption.string = caption.get_text().replace(own, new, 1)


def _carry(page: BeautifulSoup, assets: Path, catalogue: Catalogue) -> None:
    style = page.new_tag("style")
    style.string = _styles(assets)
    _one(page, "link[rel=stylesheet]").replace_with(style)
    script, plotly = (_text(assets / name, "</script", "<!--") for name in (SCRIPT, PLOTLY_FILE))
    for old in page.select("script[src]"):
        old.decompose()
    body = _one(page, "body")
    del body["data-plotly"]
    carried = page.new_tag("script", attrs={"type": "text/plain", "id": CARRIED_PLOTLY})
    carried.string = plotly
    run = page.new_tag("script")
    run.string = script
    body.extend([_licences(page, assets / LICENCES, catalogue), carried, run])
    hashes = " ".join(f"'sha256-{_hash(text)}'" for text in (script, plotly))
    _one(page, "meta[http-equiv=Content-Security-Policy]")["content"] = _POLICY.format(hashes=hashes)


def _styles(assets: Path) -> str:
    """The style sheet with its fonts inside."""

    def inside(found: re.Match[str]) -> str:
        content = base64.b64encode((assets / found[1]).read_bytes()).decode()
        return f"url(data:font/woff2;base64,{content})"

    return re.sub(r"url\(([\w.-]+\.woff2)\)", inside, _text(assets / STYLE, "</style"))


def _licences(page: BeautifulSoup, folder: Path, catalogue: Catalogue) -> Tag:
    """The licences of what is carried along, which must go with it."""
    box = page.new_tag("details", attrs={"class": "ds-details wide"})
    summary, words = page.new_tag("summary"), page.new_tag("pre", attrs={"style": "white-space: pre-wrap"})
    summary.string = catalogue.t("single_file.licences")
    words.string = "\n\n".join(f"{path.stem}\n\n{_text(path).strip()}" for path in sorted(folder.glob("*.txt")))
    inside = page.new_tag("div")
    inside.append(words)
    box.extend([summary, inside])
    return box


def _text(path: Path, *never: str) -> str:
    """What the file says; raises `EditionError` when it holds signs that would end the element it is to stand in."""
    text = path.read_text(encoding="utf-8")
    if any(sign in text.lower() for sign in never):
        raise EditionError(f"{path.name} holds {' or '.join(never)} and cannot stand inside a page")
    return text


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _one(soup: BeautifulSoup, selector: str) -> Tag:
    found = soup.select_one(selector)
    if found is None:
        raise EditionError(f"a published page has no {selector}; it was made by another version of the program")
    return found

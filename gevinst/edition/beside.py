"""What lies beside the folders of editions for programs and for those who lost their way.

A map of the pages of the edition in force, the rules for robots and a feed of new editions per language; they need full
addresses and are only there when ``[site] base_url`` is set. A page for addresses that lead nowhere is always there,
and one in each edition's folder that leads to its pages.

Belongs here: what these files say.
Does not belong here: when they are written (`index.py`) and answering with them (`serve.py`).
Sources: sitemaps.org 0.9; RFC 9309; RFC 4287. The id of an entry is the address of its edition, which never changes.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from urllib.parse import urlsplit

from gevinst.bilingual import LANGUAGES
from gevinst.contracts import CORE, PUBLISHED
from gevinst.edition.store import Edition
from gevinst.language.texts import Catalogue
from gevinst.layout import SITE
from gevinst.method.reconstruction import is_reconstruction
from gevinst.settings import Settings
from gevinst.site.bundle import STYLE
from gevinst.site.head import feed_name
from gevinst.site.pages import path_of
from gevinst.site.render import render_alone
from gevinst.site.sentences.portfolio import changes_summary
from gevinst.workspace import scheme

SITEMAP, ROBOTS, NOT_FOUND = "sitemap.xml", "robots.txt", "404.html"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_ATOM = "http://www.w3.org/2005/Atom"
_RECORDED = [table.name for table in CORE if table in PUBLISHED and "recorded_on" in table.column_names]
"""Tables that tell whether an edition was made in its time."""


def files_with_addresses(settings: Settings, in_force: Edition, editions: Sequence[Edition]) -> dict[str, str | None]:
    """Sitemap, rules for robots and feeds by file name; `None` for each where no full address is known.

    `editions` are all that are published, oldest first.
    """
    names = (SITEMAP, ROBOTS, *(feed_name(language) for language in LANGUAGES))
    if settings.site.base_url is None:
        return dict.fromkeys(names)
    base = settings.site.base_url.rstrip("/")
    feeds = {feed_name(language): _feed(settings, base, editions, language) for language in LANGUAGES}
    return {SITEMAP: _sitemap(base, in_force), ROBOTS: _robots(base, in_force), **feeds}


def not_found_page(settings: Settings, in_force: Edition, root: str | None = None) -> str:
    """The page for addresses that lead nowhere, in all languages.

    It is served at any depth, so its links begin at the root of the host: `root` is where the folder of editions lies
    there, by default as ``[site] base_url`` has it.
    """
    if root is None:
        root = urlsplit(settings.site.base_url or "").path
    top = f"{root.rstrip('/')}/"
    site = f"{top}{in_force.edition_id}/{SITE}"
    parts = [
        {
            "language": language,
            "t": Catalogue(language).t,
            "links": [
                ("feed.not_found_front", f"{site}{path_of('overview', language)}"),
                ("feed.not_found_projects", f"{site}{path_of('portfolio', language)}"),
                ("feed.not_found_editions", f"{top}index.html#{language}"),
            ],
        }
        for language in LANGUAGES
    ]
    return render_alone("not_found.html", {"parts": parts, "style": f"{site}/assets/{STYLE}"})


def edition_front() -> str:
    """The page of an edition's own folder, the same in all of a scheme: hosts with no other rule answer with it."""
    language = scheme().language
    values = {"language": language, "t": Catalogue(language).t, "pages": f"{SITE}/index.html"}
    return render_alone("edition_front.html", values)


def _sitemap(base: str, in_force: Edition) -> str:
    """Every page of the edition in force; those of older editions keep their addresses but are not what one seeks."""
    tree = ET.Element("urlset", xmlns=_SITEMAP)
    site = in_force.path / SITE
    for language in LANGUAGES:  # the page at the root of the site is the front page once more
        for page in sorted((site / language).rglob("*.html")):
            place = page.relative_to(in_force.path).as_posix()
            _text(ET.SubElement(tree, "url"), "loc", f"{base}/{in_force.edition_id}/{place}")
    return _xml(tree)


def _robots(base: str, in_force: Edition) -> str:
    """All may read; invented numbers are no answer to a search."""
    rule = "Disallow: /" if in_force.is_illustrative else "Allow: /"
    return f"User-agent: *\n{rule}\n\nSitemap: {base}/{SITEMAP}\n"


def _feed(settings: Settings, base: str, editions: Sequence[Edition], language: str) -> str:
    catalogue = Catalogue(language)
    t = catalogue.t
    newest = sorted(editions, key=lambda edition: (edition.built_at, edition.edition_id), reverse=True)
    address = f"{base}/{feed_name(language)}"
    tree = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": language})
    _text(tree, "id", address)
    _text(tree, "title", t("feed.title"))
    _text(tree, "updated", newest[0].built_at.isoformat())
    _text(ET.SubElement(tree, "author"), "name", settings.owner.responsible_body or t("frame.site_name"))
    ET.SubElement(tree, "link", rel="self", href=address)
    ET.SubElement(tree, "link", rel="alternate", href=f"{base}/index.html#{language}")
    for edition in newest:
        entry = ET.SubElement(tree, "entry")
        front = f"{base}/{edition.edition_id}/{SITE}{path_of('overview', language)}"
        flag = f"{t('frame.banner_illustrative_title')} " if edition.is_illustrative else ""
        _text(entry, "id", front)
        _text(entry, "title", flag + t("feed.entry", edition=edition.edition_id))
        _text(entry, "updated", edition.built_at.isoformat())
        _text(entry, "summary", flag + _summary(edition, catalogue))
        ET.SubElement(entry, "link", rel="alternate", hreflang=language, href=front)
    return _xml(tree)


def _summary(edition: Edition, catalogue: Catalogue) -> str:
    """How many projects, and what is new, in the words of the edition's own pages."""
    count = catalogue.t("feed.counted", n=edition.row_counts["projects"], day=edition.info.as_of_on)
    tables = edition.tables(("change_counts", *_RECORDED), if_missing="empty")
    changes = tables["change_counts"]
    counts = changes.filter(changes["edition_year"] == edition.edition_year)
    as_of = edition.info.as_of_on
    reconstructed_on = as_of if is_reconstruction(tables, as_of) else None
    news = changes_summary(counts, edition.info.previous_edition_id, catalogue, reconstructed_on=reconstructed_on)
    return f"{count} {news}"


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _xml(tree: ET.Element) -> str:
    ET.indent(tree)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(tree, encoding="unicode")}\n'

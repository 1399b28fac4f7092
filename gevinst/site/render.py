"""Pages from templates: the Jinja environment and the values that every page gets.

Belongs here: making addresses relative, the frame of a page (banners, freshness, menu, footer) and the policy that
keeps a page from calling out.
Does not belong here: what a page says (`gevinst.site.pages`) and writing files (`gevinst.site.build`).
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Mapping, Sized
from functools import cache, lru_cache
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from gevinst.addresses import addressed, no_figure
from gevinst.bilingual import other_language
from gevinst.language.phrases import capital
from gevinst.language.terms import TermLinks
from gevinst.site import bundle
from gevinst.site.addressing import (
    TableAddresses,
    columns_of,
    elsewhere,
    explanation_href,
    table_addresses,
    with_addresses,
)
from gevinst.site.banners import banners_of
from gevinst.site.blocks import Table
from gevinst.site.cells import CellWriter
from gevinst.site.context import View
from gevinst.site.figures import PLOTLY_CONFIG
from gevinst.site.head import GROUNDS, head_of
from gevinst.site.page import POLICY, Document, Page
from gevinst.site.pages import PAGES, path_of


@lru_cache(maxsize=1024)  # a page leads to the same places again and again
def relative(target: str, page: str) -> str:
    """A site-absolute address (``/nb/kilder/index.html#a``) as seen from the site-absolute address `page`.

    ``/../`` leads out of the site, to the files beside it in the edition's folder.
    """
    if not target.startswith("/"):
        return target
    path, separator, anchor = target.partition("#")
    if path == page:
        return f"#{anchor}" if separator else posixpath.basename(page)
    # Relative to a folder that holds the site, since a root has no folder above it.
    return posixpath.relpath(f"/site{path}", f"/site{posixpath.dirname(page)}") + separator + anchor


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=ChoiceLoader([PackageLoader("gevinst.site"), PackageLoader("gevinst.site", "pages")]),
        autoescape=True,
        undefined=StrictUndefined,  # a misspelt name in a template must stop the build, not print nothing
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(script_json=script_json, css_string=css_string, cap=capital, terms=with_terms)
    environment.filters.update(
        no_figure=no_figure,
        counted=counted,
        elsewhere=elsewhere,
        addresses=table_addresses,
        number_columns=columns_of,
    )
    return environment


def counted(things: Sized, address: str) -> int:
    """How many there are, for a template that shows rows which no mart counts; `address` is that of the rows."""
    return addressed(len(things), address)


def script_json(value: object) -> Markup:
    """A value as JSON for a script element: nothing in it can close the element."""
    # A text is JSON already: the spec of a figure, which must keep its bytes.
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))


def css_string(text: str) -> Markup:
    """A text as a string of a style sheet inside a page."""
    escaped = "".join(f"\\{ord(sign):06x}" if sign in '"\\<\n' else sign for sign in text)
    return Markup(f'"{escaped}"')


@pass_context
def with_terms(context: Context, text: str) -> Markup:
    """The text with links to the glossary from terms that have not occurred on the page before."""
    return context["term_links"].link(text)


def render(
    view: View,
    page: Page,
    document: Document,
    path: str,
    *,
    layout: str = "base.html",
    link: Callable[[str, str], str] = relative,
    values: Mapping[str, Any] | None = None,
) -> str:
    """The page as HTML for the site-absolute address `path`, with the address of every number that has one.

    `layout` is the template around the page's own, where that leaves the choice; `link` gives the address of
    a target as written on a page, and `values` take the place of those that every page gets.
    """
    marked = render_marked(view, page, document, path, layout=layout, link=link, values=values)
    return with_addresses(marked, lambda address: link(explanation_href(view, address), path))


def render_marked(
    view: View,
    page: Page,
    document: Document,
    path: str,
    *,
    layout: str = "base.html",
    link: Callable[[str, str], str] = relative,
    values: Mapping[str, Any] | None = None,
) -> str:
    """What `render` gives, with marks (`gevinst.addresses`) where numbers get their addresses."""
    environment = _environment()

    def rel(target: str) -> str:
        return link(target, path)

    every = {
        "layout": layout,
        "figures_before": 0,
        "is_one_of_many": document.tail != "",
        "project_of_page": document.tail.partition("/")[0] if page.name == "project" else None,
        "view": view,
        "t": view.t,
        "number": view.number,
        "document": document,
        "page": page,
        "rel": rel,
        "cells": CellWriter(view.language, rel),
        "explanation_href": explanation_href,
        "term_links": _term_links(view, page, rel),
        **_frame(view, page, document),
        **document.values,
        **(values or {}),
    }
    return _tidy(environment.get_template(page.template).render(every))


def draw_rows(view: View, path: str, table: Table, addresses: TableAddresses) -> str:
    """The rows of a table as HTML for a place at `path`, with addresses as pages have them."""
    cells = CellWriter(view.language, lambda target: relative(target, path))
    marked = _tidy(f"<table>\n{cells.rows(table, addresses)}</table>")
    return with_addresses(marked, lambda address: relative(explanation_href(view, address), path))


def render_alone(template: str, values: Mapping[str, Any]) -> str:
    """A page outside every edition's site, as HTML; the template writes its own frame and gets the `policy`."""
    return _tidy(_environment().get_template(template).render({"policy": POLICY, **values}))


def _tidy(html: str) -> str:
    return "\n".join(line for line in (line.strip() for line in html.splitlines()) if line) + "\n"


def _term_links(view: View, page: Page, rel: Callable[[str], str]) -> TermLinks:
    """Links to the glossary from one page; the glossary itself has none."""
    if page.name == "glossary":
        return TermLinks(view.language, None)
    return TermLinks(view.language, lambda term_id: rel(view.href("glossary", anchor=term_id)))


def _publisher(view: View) -> list[str]:
    """Who answers for the pages, where that is stated; the banner says so where it is not."""
    body = view.settings.owner.responsible_body
    return [f"{body}."] if body else []


def _frame(view: View, page: Page, document: Document) -> dict[str, Any]:
    other = other_language(view.language)
    checks = view.data.checks
    banners = banners_of(view)
    title_note = " ".join(banner.title for banner in banners if banner.is_in_title)
    basis = view.t("frame.basis_illustrative" if view.edition.is_illustrative else "frame.basis")
    name = f"{view.t('frame.site_name')}. {view.t('frame.edition', edition=view.edition.edition_id)}"
    return {
        "policy": page.policy,
        "banners": banners,
        "title_note": title_note,
        "head": head_of(view, page, document, " ".join(filter(None, (title_note, document.title)))),
        "grounds": GROUNDS,
        "basis": basis,
        "described": None,
        "print_note": " ".join(banner.title for banner in banners),
        "print_footer": " ".join((name, *_publisher(view), basis)),
        "file_words": {
            "edition": view.edition.edition_id,
            "file_edition_text": f"{name} {view.t('frame.data_as_of', day=view.edition.as_of_on)}",
        },
        "plotly_config": PLOTLY_CONFIG,
        "style": f"/assets/{bundle.STYLE}",
        "script": f"/assets/{bundle.SCRIPT}",
        "page_scripts": [f"/assets/{bundle.script_name(script)}" for script in document.scripts],
        "plotly": f"/assets/{bundle.PLOTLY_FILE}",
        "licences": f"/assets/{bundle.LICENCES}/gevinst.txt",
        "menu": [
            (path_of(entry.name, view.language), view.t(entry.nav_key), _current(entry, page, document))
            for entry in PAGES
            if entry.nav_key and entry.earns_menu(view)
        ],
        "footer_menu": [
            (path_of(entry.name, view.language), view.t(key), entry.name == page.name and document.tail == "")
            for entry in PAGES
            if (key := entry.footer_key or (None if entry.earns_menu(view) else entry.nav_key))
        ],
        "other_language": other,
        "other_path": page.path(other, document.tail),
        "check_count": checks.count,
        "passed_count": checks.passed,
        "owner": view.settings.owner,
    }


def _current(entry: Page, page: Page, document: Document) -> str | None:
    """What the menu says of an entry (``aria-current``): that it is the page itself, or the one above it."""
    if entry.name not in (page.name, page.opens_under):
        return None
    return "page" if entry.name == page.name and document.tail == "" else "true"

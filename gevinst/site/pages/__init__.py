"""The pages of the site: one module and one template each.

Belongs here: the list of pages, in the order of the menu, and their addresses.
Does not belong here: what a page says (its own module) and how it looks (its template).
"""

from __future__ import annotations

from gevinst.site.pages import (
    about,
    benefits,
    coverage,
    dictionary,
    drivers,
    editions,
    glossary,
    method,
    overview,
    portfolio,
    project,
    scheme,
    sources,
)
from gevinst.site.pages.model import Page

PAGES: tuple[Page, ...] = (
    overview.PAGE,
    portfolio.PAGE,
    project.PAGE,
    benefits.PAGE,
    drivers.PAGE,
    scheme.PAGE,
    editions.PAGE,
    method.PAGE,
    dictionary.PAGE,
    sources.PAGE,
    coverage.PAGE,
    glossary.PAGE,
    about.PAGE,
)

_BY_NAME = {page.name: page for page in PAGES}


def path_of(name: str, language: str, tail: str = "") -> str:
    """Site-absolute address of the page called `name`; raises `KeyError` when there is none."""
    return _BY_NAME[name].path(language, tail)

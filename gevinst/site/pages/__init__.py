"""The pages of the site: one module and one template each.

Belongs here: the list of pages, in the order of the menu, and their addresses.
Does not belong here: what a page says (its own module) and how it looks (its template).
"""

from __future__ import annotations

from gevinst.site.page import Page
from gevinst.site.pages.about import page as about
from gevinst.site.pages.benefits import lists as benefit_lists
from gevinst.site.pages.benefits import page as benefits
from gevinst.site.pages.benefits import register as benefit_register
from gevinst.site.pages.brief import page as brief
from gevinst.site.pages.comparison import page as comparison
from gevinst.site.pages.coverage import page as coverage
from gevinst.site.pages.dictionary import page as dictionary
from gevinst.site.pages.drivers import page as drivers
from gevinst.site.pages.editions import page as editions
from gevinst.site.pages.explanation import page as explanation
from gevinst.site.pages.explore import page as explore
from gevinst.site.pages.figure import page as figure
from gevinst.site.pages.follow_up import page as follow_up
from gevinst.site.pages.glossary import page as glossary
from gevinst.site.pages.method import page as method
from gevinst.site.pages.organisation import page as organisation
from gevinst.site.pages.overview import page as overview
from gevinst.site.pages.portfolio import page as portfolio
from gevinst.site.pages.project import page as project
from gevinst.site.pages.scheme import page as scheme
from gevinst.site.pages.search import page as search
from gevinst.site.pages.sources import page as sources

PAGES: tuple[Page, ...] = (
    overview.PAGE,
    brief.PAGE,
    follow_up.PAGE,
    portfolio.PAGE,
    comparison.PAGE,
    project.PAGE,
    benefits.PAGE,
    benefit_register.PAGE,
    *benefit_lists.PAGES,
    drivers.PAGE,
    scheme.PAGE,
    coverage.PAGE,
    organisation.PAGE,
    editions.PAGE,
    method.PAGE,
    dictionary.PAGE,
    explanation.PAGE,
    figure.PAGE,
    sources.PAGE,
    explore.PAGE,
    glossary.PAGE,
    search.PAGE,
    about.PAGE,
)

_BY_NAME = {page.name: page for page in PAGES}


def path_of(name: str, language: str, tail: str = "") -> str:
    """Site-absolute address of the page called `name`; raises `KeyError` when there is none."""
    return _BY_NAME[name].path(language, tail)

"""Every number on every page has an address, and the address leads to that number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from bs4 import BeautifulSoup

from gevinst.addresses import NO_FIGURES, no_figure
from gevinst.bilingual import LANGUAGES
from gevinst.settings import load_settings
from gevinst.site.addressing import unaddressed, with_addresses
from gevinst.site.blocks import Block, Cell, Column, Row, Table
from gevinst.site.context import View
from gevinst.site.page import Document, Page
from gevinst.site.pages import PAGES, path_of
from gevinst.site.pages.charts import charts
from gevinst.site.paging import in_parts
from gevinst.site.render import render, render_marked
from gevinst.site.rows import SiteData
from tests.data.page_addresses import Shown, fault, shown_numbers
from tests.data.page_reading import ASSESSED
from tests.data.rendered import Tables, invented_tables, real_tables
from tests.data.small_edition import SMALL_EDITION

PORTFOLIOS = {"real": real_tables, "invented": invented_tables}
NO_NUMBERS = ("about", "editions", "explore", "glossary", "search")
"""Pages that show nothing of the data, or nothing before a reader asks or there is an edition to compare with."""
PAGE = {page.name: page for page in PAGES}
EVERY = pytest.mark.parametrize("language", LANGUAGES)
EACH = pytest.mark.parametrize("name", sorted(PAGE))
BOTH = pytest.mark.parametrize("portfolio", sorted(PORTFOLIOS))
WHOLE = pytest.mark.parametrize(
    ("portfolio", "language"),
    [
        # One of the four crawls finds what is forgotten; the others take as long each.
        pytest.param(portfolio, language, marks=() if (portfolio, language) == ("real", "nb") else pytest.mark.slow)
        for portfolio in sorted(PORTFOLIOS)
        for language in LANGUAGES
    ],
)


@cache
def view_of(portfolio: str, language: str) -> View:
    """What pages of a portfolio are made from, with marks behind numbers as when a site is built."""
    tables, edition = PORTFOLIOS[portfolio](), replace(SMALL_EDITION, is_illustrative=portfolio == "invented")
    view = View(SiteData(tables, edition), language, load_settings(), path_of, is_marking=True)
    view.figures.update(charts(view))
    return view


def made(portfolio: str, language: str, name: str) -> Iterator[tuple[View, Page, Document]]:
    view, page = view_of(portfolio, language), PAGE[name]
    return ((view, page, document) for document in in_parts(view, page, page.documents(view)))


@WHOLE
@EACH
def test_no_page_writes_a_number_without_an_address(portfolio: str, language: str, name: str) -> None:
    found = {
        f"{document.tail}: {number}"
        for view, page, document in made(portfolio, language, name)
        for number in unaddressed(render_marked(view, page, document, page.path(language, document.tail)))
    }
    assert sorted(found) == []


@pytest.mark.slow
@BOTH
@EVERY
@EACH
def test_every_address_leads_to_the_number_it_is_on(portfolio: str, language: str, name: str) -> None:
    faults, count = set(), 0
    for view, page, document in made(portfolio, language, name):
        html = render(view, page, document, page.path(language, document.tail))
        for shown in shown_numbers(BeautifulSoup(html, "html.parser")):
            count += 1
            problem = fault(shown, view.data.tables, view.edition.edition_year)
            faults |= {f"{document.tail}: {problem}"} if problem else set()
    assert sorted(faults) == []
    may_be_none = name in NO_NUMBERS or (portfolio == "real" and name in ASSESSED)
    assert count > 0 or may_be_none, "a page with no number at all: the rule would hold for nothing"


@EVERY
def test_a_number_in_running_text_is_a_link_to_its_explanation(language: str) -> None:
    ((view, page, document),) = made("real", language, "overview")
    main = BeautifulSoup(render(view, page, document, page.path(language)), "html.parser").select_one("main")
    assert main is not None
    for text in (".lead", ".more-lead"):
        links = main.select(f"{text} a[data-address]")
        assert links and all(link["href"] for link in links)
        headlines = [link for link in links if str(link["data-address"]).startswith("headline.")]
        for link in headlines:
            figure_id = str(link["data-address"]).removeprefix("headline.")
            assert str(link["href"]).endswith(f"/{figure_id}/index.html")
        assert headlines


def planted_in_text(view: View) -> str:
    return f"<p>{view.t('frame.checks', n=7, passed=no_figure(6, 'limit'))}</p>"


def planted_in_table(view: View) -> str:
    cells = (Cell("a"), Cell(view.number.integer(7), is_number=True))
    table = Table("plantet", "x", (Column("a"), Column("b", is_number=True)), (Row(cells),))
    page = PAGE["portfolio"]
    (document,) = page.documents(view)
    values = {**document.values, "projects": Block("x", "x", table, "x", ())}
    return render_marked(view, page, replace(document, values=values), page.path(view.language))


@pytest.mark.parametrize("planted", [planted_in_text, planted_in_table])
def test_a_planted_number_without_an_address_is_found(planted) -> None:
    found = unaddressed(planted(view_of("real", "nb")))
    assert [one.split(" in ")[0] for one in found] == ["7"]


def test_a_planted_number_in_a_table_is_found_on_the_page_too() -> None:
    page = "<main><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><th>x</th>"
    page += "<td class='number'>7</td></tr></tbody></table></main>"
    assert list(shown_numbers(BeautifulSoup(page, "html.parser"))) == [Shown("7", None)]
    assert fault(Shown("7", None), real_tables(), 2026) == "'7' has no address"


@pytest.mark.parametrize(
    ("text", "address", "problem"),
    [
        ("7", "no_such_table", "no contract"),
        ("7", "project_status.no-such-project.current_step", "0 rows"),
        ("7", "headline.no_such_figure", "0 rows"),
        ("12345", "headline.projects", "where there is"),
        ("7", "project_status.x.no_such_column", "0 rows|no column|no such"),
    ],
)
def test_a_planted_address_that_leads_elsewhere_is_found(text: str, address: str, problem: str) -> None:
    tables: Tables = real_tables()
    found = fault(Shown(text, address), tables, 2026)
    assert found is not None
    assert any(part in found for part in problem.split("|")), found


@pytest.mark.parametrize("why", sorted(NO_FIGURES))
def test_what_is_no_figure_says_why_and_gets_no_address(why: str) -> None:
    view = view_of("real", "nb")
    html = f"<p>{view.number.integer(no_figure(5, why))}</p>"
    assert unaddressed(html) == []
    assert with_addresses(html, lambda address: address) == "<p>5</p>"


@pytest.mark.slow
def test_no_mark_is_left_in_a_page() -> None:
    for view, page, document in made("real", "nb", "portfolio"):
        html = render(view, page, document, page.path("nb"))
        assert [sign for sign in html if 0xF0000 <= ord(sign) < 0xFFFFE] == []

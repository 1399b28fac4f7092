"""The page of one figure: which there are, and the code that shows one inside another page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from gevinst.site.context import View
from gevinst.site.pages import PAGES
from gevinst.site.pages.charts import HOMES
from gevinst.site.pages.figure.page import PAGE, documents
from gevinst.site.render import render
from tests.data.rendered import REAL, real_tables, view_of


@pytest.fixture(scope="module")
def view() -> View:
    return view_of(real_tables(), "nb", REAL)


def figure_page(view: View, figure_id: str) -> BeautifulSoup:
    document = next(one for one in documents(view) if one.tail == figure_id)
    return BeautifulSoup(render(view, PAGE, document, PAGE.path("nb", figure_id)), "html.parser")


def test_each_figure_has_one_page_with_a_title_of_its_own(view) -> None:
    made = documents(view)
    assert [one.tail for one in made] == list(view.figures)
    assert len({one.title for one in made}) == len(made) and all(one.title.endswith("?") for one in made)


def test_every_figure_has_a_home_that_is_a_page_of_a_menu_or_opens_under_one() -> None:
    in_menu = {page.name for page in PAGES if page.nav_key or page.footer_key}
    assert {home.menu or home.page for home in HOMES.values()} <= in_menu
    opens_under = {page.name: page.opens_under for page in PAGES}
    assert all(opens_under[home.page] == home.menu for home in HOMES.values() if home.menu)


def test_without_a_known_host_the_code_is_relative_and_the_page_says_what_to_add(view) -> None:
    page = figure_page(view, "ladder")
    code = page.select_one("#embed-code")
    assert code and code.text.startswith('<iframe src="site/nb/figur/ladder/index.html" title="Hvor langt er')
    assert "skriv adressen til utgaven foran" in page.select_one(".embed").text  # type: ignore[union-attr]


def test_with_a_known_host_the_code_is_whole(view) -> None:
    hosted = view_of(real_tables(), "nb", REAL)
    site = replace(hosted.settings.site, base_url="https://example.org/gevinst/")
    hosted.settings = replace(hosted.settings, site=site)
    page = figure_page(hosted, "ladder")
    code = page.select_one("#embed-code")
    address = f"https://example.org/gevinst/{REAL.edition_id}/site/nb/figur/ladder/index.html"
    assert code and f'src="{address}"' in code.text
    assert "skriv adressen" not in page.select_one(".embed").text  # type: ignore[union-attr]


def test_a_figure_that_stands_alone_does_not_lead_to_itself(view) -> None:
    assert figure_page(view, "rounds").select(".alone") == []

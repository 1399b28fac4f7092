"""Two views of the same projects: one at a time, kept in the address, and both where no script runs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

DESKTOP = {"width": 1280, "height": 900}
PORTFOLIO = "nb/portefolje/index.html"
YEARS = "[name=visning][value=forlop]"


@pytest.fixture
def portfolio(real_site: Path, visit: Callable) -> Page:
    return visit(real_site / PORTFOLIO, viewport=DESKTOP).page


def views(page: Page) -> list[str]:
    return [place for place in ("ladder", "aar-for-aar") if page.locator(f"#{place}").is_visible()]


def test_one_view_is_shown_and_the_address_says_which(portfolio) -> None:
    assert views(portfolio) == ["ladder"]
    portfolio.check(YEARS)
    assert views(portfolio) == ["aar-for-aar"]
    assert portfolio.url.endswith("?visning=forlop")
    portfolio.reload()
    assert views(portfolio) == ["aar-for-aar"]
    portfolio.go_back()
    expect(portfolio.locator("#ladder")).to_be_visible()
    assert views(portfolio) == ["ladder"]


@pytest.mark.slow
def test_a_selection_made_in_one_view_is_there_in_the_other(portfolio) -> None:
    portfolio.check(YEARS)
    portfolio.select_option("[name=kull]", "2019")
    assert portfolio.locator("#aar-for-aar tbody tr:visible").count() == 7
    portfolio.check("[name=visning][value=nyeste]")
    expect(portfolio.locator("#ladder [data-live] .ytick")).to_have_count(7)
    assert portfolio.url.endswith("?kull=2019")


@pytest.mark.slow
def test_a_link_into_a_view_chooses_it(real_site, visit) -> None:
    page = visit(real_site / PORTFOLIO, fragment="aar-for-aar-heading", viewport=DESKTOP).page
    assert views(page) == ["aar-for-aar"]
    assert page.is_checked(YEARS)


@pytest.mark.slow
@pytest.mark.parametrize("query", ["visning=", "visning=finnes-ikke"])
def test_a_view_that_nobody_offers_is_ignored(real_site, visit, query) -> None:
    page = visit(real_site / PORTFOLIO, viewport=DESKTOP).page
    page.goto(f"{page.url}?{query}")
    assert views(page) == ["ladder"]


@pytest.mark.slow
def test_the_view_survives_the_language_and_is_the_one_on_paper(portfolio) -> None:
    portfolio.check(YEARS)
    portfolio.click(".other-language")
    portfolio.wait_for_url("**/en/portfolio/index.html?visning=forlop")
    portfolio.emulate_media(media="print")
    assert views(portfolio) == ["aar-for-aar"]
    assert portfolio.locator(".view-choice").is_hidden()


@pytest.mark.slow
@pytest.mark.parametrize("width", [390, 1280])
def test_the_other_view_and_the_result_of_a_project_have_no_barriers(site_of, visit, barriers, width) -> None:
    site = site_of("illustrative")
    page = visit(site / PORTFOLIO, viewport={"width": width, "height": 900}).page
    page.check(YEARS)
    assert barriers(page) == []
    project = next((site / "nb" / "prosjekt").glob("*/index.html"))
    page = visit(project, viewport={"width": width, "height": 900}).page
    page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true; })")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width

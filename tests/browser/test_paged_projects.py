"""Pages of more projects than fit on one: choices, order and addresses reach every project, on whichever page."""

import re
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

import pytest
from playwright.sync_api import Page, expect

from gevinst.site import blocks, build, paging, parts
from gevinst.site.figures import model
from gevinst.site.pages import PAGES
from tests.data import kept
from tests.data.states import state

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
WANTED = ("portfolio", "benefits", "follow_up")
ROWS = "#prosjekter tbody tr"


def built(folder: Path, rows: int, cache: Path, wanted: tuple[str, ...] = WANTED) -> None:
    """Pages of real projects with so many rows each."""
    tables, edition = state("normal")
    places = ((parts, "ROWS_PER_PAGE"), (paging, "ROWS_PER_PAGE"), (model, "MOST_ROWS"), (blocks, "MOST_ROWS"))
    with ExitStack() as patches:
        patches.enter_context(patch.object(build, "PAGES", tuple(page for page in PAGES if page.name in wanted)))
        for module, name in places:
            patches.enter_context(patch.object(module, name, rows))
        build.build_site(tables, edition, folder / "site", cache_dir=cache, progress=print)


@pytest.fixture(scope="module")
def long_site(chromium_path: str, figure_cache: Path) -> Path:
    """Ten rows a page, so that there are several of each."""
    return kept.folder("site-of-long-tables", lambda folder: built(folder, 10, figure_cache)) / "site"


@pytest.fixture(scope="module")
def whole_site(chromium_path: str, figure_cache: Path) -> Path:
    """The same with all rows on one page."""
    return kept.folder("site-of-short-tables", lambda folder: built(folder, 100, figure_cache)) / "site"


def at(visit: Callable, path: Path, query: str) -> Page:
    page = visit(path, viewport=DESKTOP).page
    page.goto(f"{page.url}?{query}")
    return page


@pytest.fixture
def portfolio(long_site: Path, visit: Callable) -> Page:
    return visit(long_site / "nb/portefolje/index.html", viewport=DESKTOP).page


def status(page: Page) -> list[int]:
    """How many are shown, and of how many."""
    return [int(word) for word in page.locator("[data-status]").inner_text().split() if word.isdigit()][:2]


def test_nothing_is_loaded_before_a_reader_chooses(long_site, visit) -> None:
    visited = visit(long_site / "nb/portefolje/index.html", viewport=DESKTOP)
    assert visited.page.locator("script[src$='rows.js']").count() == 0
    visited.page.select_option("[name=kull]", index=1)
    expect(visited.page.locator("script[src$='rows.js']")).to_have_count(1)


def test_a_choice_reaches_projects_of_every_page_and_key_figures_follow(portfolio, whole_site, visit) -> None:
    portfolio.select_option("[name=eier]", "stat")
    expect(portfolio.locator("[data-status]")).to_contain_text("(")
    whole = at(visit, whole_site / "nb/portefolje/index.html", "eier=stat")
    expect(whole.locator("[data-status]")).to_contain_text("(")
    assert status(portfolio) == status(whole)
    assert portfolio.locator(".key-figures").inner_text() == whole.locator(".key-figures").inner_text()
    shown = whole.locator(f"{ROWS}:visible th").all_inner_texts()
    assert portfolio.locator(f"{ROWS} th").all_inner_texts() == shown[:10]


def test_the_order_is_that_of_all_projects_and_stands_in_the_address(portfolio, whole_site, visit) -> None:
    portfolio.locator("#prosjekter th[data-sort=grant] button").click()
    expect(portfolio).to_have_url(re.compile("sortert=grant"))
    whole = at(visit, whole_site / "nb/portefolje/index.html", "sortert=grant")
    shown = whole.locator(f"{ROWS} th").all_inner_texts()
    assert portfolio.locator(f"{ROWS} th").all_inner_texts() == shown[:10]
    portfolio.locator("section:has(#prosjekter) [data-windows] a", has_text="2").click()
    expect(portfolio.locator(f"{ROWS} th").first).to_have_text(shown[10])
    portfolio.reload()
    expect(portfolio.locator(f"{ROWS} th").first).to_have_text(shown[10])


def test_the_second_page_answers_choices_with_links_that_lead_on(long_site, visit) -> None:
    led = []
    for number in ("", "2/"):
        page = visit(long_site / f"nb/portefolje/{number}index.html", viewport=DESKTOP).page
        page.select_option("[name=kull]", index=1)
        expect(page.locator("[data-status]")).to_contain_text("Kull: ")
        led.append(page.locator(f"{ROWS} th a").evaluate_all("links => links.map((link) => link.pathname)"))
    assert led[0] == led[1] and led[0]


def test_totals_of_the_map_count_the_selection_on_every_page(long_site, whole_site, visit) -> None:
    totals = []
    for site in (long_site, whole_site):
        page = at(visit, site / "nb/gevinster/index.html", "kull=2018")
        expect(page.locator("[data-status]")).to_contain_text("2018")
        totals.append(page.locator("#gevinstkart tfoot td").evaluate_all("cells => cells.map((c) => c.textContent)"))
    assert totals[0] == totals[1] and any(int(total) for total in totals[0])


def test_a_file_has_every_project_of_the_selection(portfolio, tmp_path) -> None:
    with portfolio.expect_download() as download:
        portfolio.locator("[data-csv-of=prosjekter]").click()
    download.value.save_as(tmp_path / "all.csv")
    lines = (tmp_path / "all.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 1 + status(portfolio)[1]


def test_on_a_phone_rows_of_a_choice_are_cards_and_years_begin_with_the_newest(long_site, visit) -> None:
    page = visit(long_site / "nb/portefolje/index.html", viewport=PHONE).page
    first = page.locator("#aar-for-aar tbody tr").first.locator("td").first.get_attribute("class")
    page.select_option("[name=kull]", index=1)
    expect(page.locator("[data-status]")).to_contain_text("Kull: ")
    row = page.locator(ROWS).first
    closed = row.locator("td:visible").count()
    row.locator(".open-card").click()
    assert row.locator("td:visible").count() > closed
    assert first and page.locator("#aar-for-aar tbody tr").first.locator("td").first.get_attribute("class") == first


def test_a_long_table_that_nobody_chooses_among_is_sorted_as_a_whole_and_paged(
    chromium_path: str, figure_cache: Path, tmp_path: Path, visit: Callable
) -> None:
    with patch.object(parts, "LONGEST_WHOLE", 10):
        built(tmp_path, 10, figure_cache, ("coverage",))
    page = visit(tmp_path / "site/nb/dekning/2/index.html", viewport=DESKTOP).page
    own = page.locator("#dekning tbody th").all_inner_texts()
    assert len(own) == 10
    page.locator("#dekning thead button").first.click()
    expect(page.locator("section:has(#dekning) [data-windows] p")).to_contain_text("Rad 1 til 10 av")
    first = page.locator("#dekning tbody th").all_inner_texts()
    page.locator("section:has(#dekning) [data-windows] a", has_text="Neste").click()
    expect(page.locator("section:has(#dekning) [data-windows] p")).to_contain_text("Rad 11 til 20 av")
    second = page.locator("#dekning tbody th").all_inner_texts()
    assert not {*first} & {*second} and first[0].casefold() < second[0].casefold()
    href = page.locator("#dekning tbody th a").first.get_attribute("href")
    assert href is not None and href.startswith("../../prosjekt/")

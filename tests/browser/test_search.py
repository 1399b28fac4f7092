"""Searching in a browser, from disk: what is found, what is said when nothing is, and an address that can be shared."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from playwright.sync_api import Page, expect

from gevinst.site import build
from gevinst.site.pages.search import index
from gevinst.site.pages.search.page import PAGE
from tests.data.states import state

pytestmark = pytest.mark.browser


@pytest.fixture
def tab(real_site: Path, browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 320, "height": 900})
    page = context.new_page()
    page.goto((real_site / "nb" / "sok" / "index.html").as_uri())
    yield page
    context.close()


def found(page: Page, query: str, count: str) -> None:
    page.fill("#sok", query)
    expect(page.locator("[data-found-count]")).to_contain_text(count)


def test_what_is_written_is_found_marked_and_kept_in_the_address(tab: Page, barriers) -> None:
    found(tab, "arkivfl", "treff på «arkivfl»: ")
    first = tab.locator(".finds a").first
    expect(first).to_have_text("Arkivfloken")
    expect(first.locator("mark")).to_have_text("Arkivfloken")
    assert tab.url.endswith("?q=arkivfl")
    assert tab.locator(".other-language").get_attribute("href").endswith("?q=arkivfl")
    assert barriers(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320
    tab.keyboard.press("Enter")
    expect(first).to_be_focused()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("oyane", "Øyane"),
        ("ØYANE", "Øyane"),
        ("einnsyn", "e-innsyn"),
        ("e-innsyn", "e-innsyn"),
        ("digdir", "Digitaliseringsdirektoratet"),
    ],
)
def test_case_accents_hyphens_and_other_names_do_not_stand_in_the_way(tab: Page, query: str, title: str) -> None:
    found(tab, query, f"«{query}»: ")
    expect(tab.locator(".finds a", has_text=title).first).to_be_visible()


@pytest.mark.slow
def test_a_misspelling_finds_what_is_like_it_and_says_so_and_nonsense_finds_nothing(tab: Page) -> None:
    found(tab, "arkivflokne", "Ingen treff på «arkivflokne», men ")
    expect(tab.locator(".finds a").first).to_have_text("Arkivfloken")
    found(tab, "xqzzyxq", "Ingen treff på «xqzzyxq». Prøv færre ord")
    expect(tab.locator("[data-lists]")).to_be_visible()


@pytest.mark.slow
def test_an_address_with_a_query_opens_what_was_found_and_going_back_finds_it_again(tab: Page) -> None:
    tab.goto(f"{tab.url}?q=gjeldsfloka")
    expect(tab.locator("#sok")).to_have_value("gjeldsfloka")
    tab.locator(".finds a").first.click()
    tab.wait_for_url("**/prosjekt/2018-gjeldsfloka/**")
    tab.go_back()
    expect(tab.locator("[data-found-count]")).to_contain_text("treff på «gjeldsfloka»")


@pytest.mark.slow
def test_an_expected_benefit_is_said_to_be_expected_where_it_is_found(tab: Page) -> None:
    found(tab, "innpass bygg", "1 gevinst")
    expect(tab.locator(".finds li", has_text="Innpass i bygg").locator(".mark-evidence-1")).to_have_text("○ Forventet")


@pytest.mark.slow
def test_without_scripts_the_page_leads_to_the_lists(real_site: Path, browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((real_site / "nb" / "sok" / "index.html").as_uri())
    expect(page.locator("[data-finder]")).to_be_hidden()
    expect(page.locator("[data-without-script]")).to_be_visible()
    expect(page.get_by_role("link", name="Alle virksomheter")).to_be_visible()
    context.close()


@pytest.mark.slow
def test_what_is_in_the_last_script_of_a_large_index_is_found_and_hits_of_the_first_do_not_wait_for_it(
    chromium_path: str, figure_cache: Path, tmp_path: Path, browser
) -> None:
    tables, edition = state("normal")
    with patch.object(index, "SHARD", 60), patch.object(build, "PAGES", (PAGE,)):
        build.build_site(tables, edition, tmp_path / "site", cache_dir=figure_cache, progress=print)
    folder = tmp_path / "site" / "nb" / "sok"
    scripts = sorted(folder.glob("index-*.js"), key=lambda path: int(path.stem.partition("-")[2]))
    assert len(scripts) > 5
    title = json.loads(scripts[-1].read_text(encoding="utf-8").splitlines()[-2])[1].split(", ")[0]
    page = browser.new_page()
    page.goto((folder / "index.html").as_uri())
    found(page, title, f"«{title}»: ")
    expect(page.locator(".finds a", has_text=title).first).to_be_visible()
    expect(page.locator("[data-found-count]")).not_to_contain_text("Leter videre")
    page.close()
    scripts[0].unlink()  # the others cannot come: what is known is shown, and that something is missing is said
    page = browser.new_page()
    page.goto((folder / "index.html").as_uri())
    page.fill("#sok", "arkivfl")
    expect(page.locator(".finds a").first).to_have_text("Arkivfloken")
    page.close()

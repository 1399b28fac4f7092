"""What pages do in a real browser beside showing what they say: no scripts, phone, links into boxes."""

import pytest
from playwright.sync_api import expect

from tests.data.rendered import KNOWN_PROJECTS

pytestmark = pytest.mark.browser

PROJECT = "2019-arkivfloken"
DESKTOP = {"width": 1280, "height": 900}


def test_the_skip_link_is_first_and_leads_to_the_content(real_site, visit) -> None:
    page = visit(real_site / "index.html", viewport=DESKTOP).page
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    assert link.inner_text() == "Hopp til innholdet"
    assert link.bounding_box()["height"] > 20
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "innhold"


def test_without_scripts_figures_tables_and_links_are_there_and_controls_are_not(real_site, visit) -> None:
    page = visit(real_site / "nb/portefolje/index.html", viewport=DESKTOP, java_script_enabled=False).page
    assert page.locator(".filter").is_hidden()
    assert page.locator(".downloads").first.is_hidden()
    assert page.locator("#ladder .static svg").is_visible()
    assert page.locator("#aar-for-aar").is_visible() and page.locator(".view-choice").is_hidden(), "both views"
    assert page.locator("#prosjekter tbody tr").count() == KNOWN_PROJECTS
    page.locator("#prosjekter tbody a").first.click()
    expect(page.locator("#resultat")).to_be_visible()


def test_the_language_link_works_without_scripts(real_site, visit) -> None:
    page = visit(real_site / f"nb/prosjekt/{PROJECT}/index.html", java_script_enabled=False).page
    page.locator(".other-language").click()
    page.wait_for_url(f"**/en/project/{PROJECT}/index.html")


def test_on_a_phone_the_table_is_in_the_figures_place(real_site, visit) -> None:
    page = visit(real_site / "nb/ordningen/index.html", viewport={"width": 390, "height": 800}).page
    assert page.locator("#rounds").is_hidden()
    assert page.locator("#rounds-table").is_visible()


def test_every_project_is_a_tile_that_leads_to_it_and_words_in_it_are_never_cut(real_site, visit) -> None:
    page = visit(real_site / "index.html", viewport={"width": 390, "height": 800}, java_script_enabled=False).page
    tiles = page.locator(".squares li:has(a)")
    assert tiles.count() == KNOWN_PROJECTS
    lefts = page.locator(".squares li").evaluate_all("all => all.map(one => one.getBoundingClientRect().left)")
    assert len({round(left) for left in lefts}) == 2, "two columns on a phone"
    cut = page.locator(".squares li").evaluate_all(
        "all => all.filter(one => one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight)"
        ".map(one => one.textContent)"
    )
    assert cut == []
    last = tiles.last
    last.scroll_into_view_if_needed()
    box = last.bounding_box()
    page.mouse.click(box["x"] + box["width"] - 6, box["y"] + box["height"] - 6)
    page.wait_for_url("**/nb/prosjekt/**")


@pytest.mark.parametrize("path", ["nb/portefolje", "nb/utgaver"])
def test_a_table_that_starts_at_its_newest_year_on_a_phone_keeps_in_sight_what_its_rows_are_about(
    real_site, visit, path
) -> None:
    page = visit(real_site / path / "index.html", viewport={"width": 390, "height": 800}).page
    if page.locator("[name=visning]").count():
        page.check("[name=visning][value=forlop]")
    table = page.locator("table[data-newest-last]").first
    table.scroll_into_view_if_needed()
    page.wait_for_function("table => table.parentElement.scrollLeft > 50", arg=table.element_handle())
    frame, name = table.locator("xpath=..").bounding_box(), table.locator("tbody th").first.bounding_box()
    assert frame["x"] <= name["x"] < frame["x"] + frame["width"] / 2


def test_a_link_into_a_closed_box_opens_it(real_site, visit) -> None:
    page = visit(real_site / "nb/dekning/index.html", fragment="oppgitte-tall", viewport=DESKTOP).page
    assert page.locator("#oppgitte-tall").is_visible()

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
    assert page.locator("#ladder .static svg").first.is_visible()
    assert page.locator("#aar-for-aar").is_visible() and page.locator(".view-choice").is_hidden(), "both views"
    assert page.locator("#prosjekter tbody tr").count() == KNOWN_PROJECTS
    page.locator("#prosjekter tbody a").first.click()
    expect(page.locator("#resultat")).to_be_visible()


def test_the_language_link_works_without_scripts(real_site, visit) -> None:
    page = visit(real_site / f"nb/prosjekt/{PROJECT}/index.html", java_script_enabled=False).page
    page.locator(".other-language").click()
    page.wait_for_url(f"**/en/project/{PROJECT}/index.html")


def test_on_a_phone_a_figure_has_a_drawing_of_its_own_and_its_table_stays_closed(real_site, visit) -> None:
    page = visit(real_site / "nb/ordningen/index.html", viewport={"width": 390, "height": 800}).page
    assert page.locator("#rounds .on-phone svg").bounding_box()["width"] == 350
    assert page.locator("#rounds .static:visible").count() == 1
    assert page.locator("#rounds-table").is_hidden()
    page.set_viewport_size({"width": 1280, "height": 800})
    assert page.locator("#rounds .static:visible svg").bounding_box()["width"] > 1000


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


def test_a_link_into_a_closed_box_opens_it(real_site, visit) -> None:
    page = visit(real_site / "nb/dekning/index.html", fragment="oppgitte-tall", viewport=DESKTOP).page
    assert page.locator("#oppgitte-tall").is_visible()

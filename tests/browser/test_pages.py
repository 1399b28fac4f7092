"""What pages do in a real browser beside showing what they say: no scripts, phone, paper."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

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
    assert page.locator("#prosjekter tbody tr").count() == 40
    page.locator("#prosjekter tbody a").first.click()
    expect(page.locator("h1")).to_contain_text("Hva vet vi om")


def test_the_language_link_works_without_scripts(real_site, visit) -> None:
    page = visit(real_site / f"nb/prosjekt/{PROJECT}/index.html", java_script_enabled=False).page
    page.locator(".other-language").click()
    page.wait_for_url(f"**/en/project/{PROJECT}/index.html")


def test_on_a_phone_the_table_stands_in_the_figures_place(real_site, visit) -> None:
    page = visit(real_site / "index.html", viewport={"width": 390, "height": 800}).page
    assert page.locator("#cohorts").is_hidden()
    assert page.locator("#cohorts-table").is_visible()


def test_a_link_into_a_closed_box_opens_it(real_site, visit) -> None:
    page = visit(real_site / "nb/dekning/index.html", fragment="oppgitte-tall", viewport=DESKTOP).page
    assert page.locator("#oppgitte-tall").is_visible()


def test_paper_gets_the_banner_in_the_margin_of_every_page(small_site, visit, tmp_path) -> None:
    page = visit(small_site / "nb/portefolje/index.html", viewport=DESKTOP).page
    page.emulate_media(media="print")
    assert page.locator(".menu").is_hidden()
    assert page.locator(".filter .fields").is_hidden()
    margin = page.locator("head style").inner_text()
    assert "@top-left" in margin and "Illustrerende data. Foreløpige tall." in margin
    paper = Path(tmp_path / "page.pdf")
    page.pdf(path=paper, format="A4")
    assert paper.read_bytes().startswith(b"%PDF")


def test_nothing_keeps_table_headings_from_being_repeated_on_paper(real_site, visit) -> None:
    """Chromium repeats a heading that cannot break and holds no box of its own kind, such as a button."""
    page = visit(real_site / "nb/portefolje/index.html", viewport=DESKTOP).page
    page.emulate_media(media="print")
    head = page.locator("#prosjekter thead")
    assert head.evaluate("tag => getComputedStyle(tag).breakInside") == "avoid"
    displays = head.evaluate("tag => Array.from(tag.querySelectorAll('button'), b => getComputedStyle(b).display)")
    assert set(displays) == {"contents"}

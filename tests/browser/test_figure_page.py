"""A figure alone: everything about it on one address, and a code that shows it inside another page."""

import pytest
from playwright.sync_api import expect

from gevinst.site.pages.charts import HOMES
from tests.data.rendered import KNOWN_PROJECTS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DESKTOP = {"width": 1280, "height": 900}


def test_every_figure_leads_to_its_own_page_and_that_page_back(real_site, visit) -> None:
    page = visit(real_site / "nb/ordningen/index.html", viewport=DESKTOP).page
    link = page.locator(".block:has(#rounds) .alone a")
    assert link.inner_text() == "Figuren alene"
    link.press("Enter")
    page.wait_for_url("**/nb/figur/rounds/index.html")
    assert page.locator(".figure").count() == 1
    for part in ("h1", ".legend", "#rounds .static svg", ".source-line", ".downloads", ".how", "#rounds-table"):
        assert page.locator(part).count() >= 1, part
    page.locator(".trail a").press("Enter")
    page.wait_for_url("**/nb/ordningen/index.html#rounds-table-heading")


def test_all_figures_of_an_edition_have_a_page_in_both_languages_and_stand_on_their_home_page(real_site) -> None:
    made = {path.parent.name for path in (real_site / "nb/figur").glob("*/index.html")}
    assert made == {path.parent.name for path in (real_site / "en/figure").glob("*/index.html")}
    assert len(made) >= 7 and made <= set(HOMES)


def test_the_code_is_copied_and_shows_the_figure_and_nothing_else(real_site, visit, tmp_path) -> None:
    page = visit(
        real_site / "nb/figur/ladder/index.html", viewport=DESKTOP, permissions=["clipboard-read", "clipboard-write"]
    ).page
    page.locator("[data-copy-code]").press("Enter")
    expect(page.locator("[data-copied-code]")).to_have_text("Koden er kopiert")
    code = page.evaluate("navigator.clipboard.readText()")
    assert code.startswith('<iframe src="site/nb/figur/ladder/index.html"')
    assert "adressen til utgaven" in page.locator(".embed").inner_text(), "nobody has said where the site is"
    around = tmp_path / "around.html"
    around.write_text(code.replace('src="site/', f'src="{real_site.resolve().as_uri()}/'), encoding="utf-8")
    outside = visit(around, viewport=DESKTOP).page
    inside = outside.frame_locator("iframe")
    expect(inside.locator("#ladder .static svg").first).to_be_visible()
    assert inside.locator(".site-header, .site-footer, .embed").filter(visible=True).count() == 0
    assert inside.locator(".source-line").is_visible()
    assert inside.locator(".trail a").get_attribute("target") == "_blank"


@pytest.mark.parametrize("width", [1280, 390])
def test_a_figure_alone_has_no_barriers_and_fits(real_site, visit, barriers, width) -> None:
    page = visit(
        real_site / "en/figure/partners/index.html", viewport={"width": width, "height": 800}, bypass_csp=True
    ).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert barriers(page) == []


def test_the_chart_library_comes_where_a_mark_tells_more_than_it_shows_and_only_then(real_site, visit) -> None:
    asked: list[str] = []
    page = visit(real_site / "nb/ordningen/index.html", viewport=DESKTOP).page
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#rounds").hover()
    page.wait_for_timeout(300)
    assert not any("plotly" in address for address in asked), "each bar of the rounds carries its number"
    page.locator("#partners").hover()
    expect(page.locator("#partners [data-live] .point")).to_have_count(KNOWN_PROJECTS)

"""Tables on a phone: rows as cards that open, the newest year first, and a cue that there is more."""

import pytest
from playwright.sync_api import expect

from tests.data.rendered import KNOWN_PROJECTS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = {"width": 390, "height": 800}
DESKTOP = {"width": 1280, "height": 900}
PORTFOLIO = "nb/portefolje/index.html"


@pytest.fixture
def portfolio(real_site, visit):
    return visit(real_site / PORTFOLIO, viewport=PHONE, bypass_csp=True).page


def test_a_row_is_a_card_with_the_fields_that_matter_and_opens_the_rest(portfolio, barriers) -> None:
    card = portfolio.locator("#prosjekter tbody tr", has_text="Arkivfloken")
    fields = card.locator("td:visible")
    assert [field.get_attribute("data-label") for field in fields.all()] == ["Kull", "Status", "Sikreste gevinst"]
    assert card.bounding_box()["width"] <= 350
    button = card.locator("button.open-card")
    assert (button.text_content(), button.get_attribute("aria-expanded")) == ("Vis mer", "false")
    button.press("Enter")
    assert (button.text_content(), button.get_attribute("aria-expanded")) == ("Vis mindre", "true")
    assert {"Fagområde", "Prosjekteier"} <= {field.get_attribute("data-label") for field in fields.all()}
    assert barriers(portfolio) == []


def test_a_card_is_still_a_row_of_a_table_to_those_who_listen(portfolio) -> None:
    assert portfolio.locator("#prosjekter").get_attribute("role") == "table"
    assert portfolio.locator("#prosjekter tbody").get_by_role("row").count() == KNOWN_PROJECTS
    row = portfolio.locator("#prosjekter tbody").get_by_role("row").first
    assert row.get_by_role("rowheader").count() == 1 and row.get_by_role("cell").count() == 3


def test_cards_are_sorted_by_a_list_and_numbers_begin_with_the_largest(portfolio) -> None:
    portfolio.get_by_label("Sorter etter").select_option(label="Kull")
    years = portfolio.locator("#prosjekter tbody td[data-label=Kull]").all_text_contents()
    years = [int(year.split()[-1]) for year in years]
    assert years == sorted(years, reverse=True) and len(set(years)) > 3


def test_cards_are_a_table_again_on_a_wide_screen_and_files_know_nothing_of_them(portfolio) -> None:
    names = portfolio.locator("#prosjekter tbody th .card-name").all_text_contents()
    assert len(names) == KNOWN_PROJECTS
    portfolio.set_viewport_size(DESKTOP)
    assert portfolio.locator("#prosjekter thead").is_visible()
    assert portfolio.locator("#prosjekter .open-card:visible, .sort-cards:visible").count() == 0
    with portfolio.expect_download() as waiting:
        portfolio.press("[data-csv-of=prosjekter]", "Enter")
    content = waiting.value.path().read_text(encoding="utf-8-sig")
    assert "Arkivfloken;2019" in content and "Vis mer" not in content


def test_the_newest_year_is_first_on_a_phone_and_last_on_a_wide_screen(real_site, visit) -> None:
    page = visit(real_site / PORTFOLIO, viewport=PHONE).page
    headings = page.locator("table[data-newest-last]").first.locator("thead th")
    years = [int(text) for text in headings.all_text_contents() if text.strip().isdigit()]
    assert years == sorted(years, reverse=True) and len(years) > 3
    page.set_viewport_size(DESKTOP)
    again = [int(text) for text in headings.all_text_contents() if text.strip().isdigit()]
    assert again == years[::-1]


def test_the_edge_beyond_which_a_table_goes_on_is_faded_until_its_end_is_seen(real_site, visit) -> None:
    page = visit(real_site / PORTFOLIO, viewport=PHONE).page
    page.check("[name=visning][value=forlop]")
    frame = page.locator(".scroll:has(> #aar-for-aar)")
    frame.scroll_into_view_if_needed()
    expect(frame).to_have_class("scroll goes-on")
    assert "gradient" in frame.evaluate("tag => getComputedStyle(tag).maskImage")
    frame.evaluate("tag => { tag.scrollLeft = tag.scrollWidth; }")
    expect(frame).to_have_class("scroll")


def test_without_scripts_a_table_on_a_phone_keeps_its_headings_and_scrolls(real_site, visit) -> None:
    page = visit(real_site / PORTFOLIO, viewport=PHONE, java_script_enabled=False).page
    assert page.locator("#prosjekter thead").is_visible()
    assert page.locator(".open-card").count() == 0

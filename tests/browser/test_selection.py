"""Filters, address, tables, figures and downloads follow each other."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.data.rendered import KNOWN_PROJECTS

pytestmark = pytest.mark.browser

DESKTOP = {"width": 1280, "height": 900}
PORTFOLIO = "nb/portefolje/index.html"
LIVE_ROWS = "#ladder [data-live] .ytick"


@pytest.fixture
def portfolio(real_site: Path, visit: Callable) -> Page:
    return visit(real_site / PORTFOLIO, viewport=DESKTOP).page


def shown(page: Page, table: str = "prosjekter") -> int:
    return page.locator(f"#{table} tbody tr:not([hidden])").count()


def status(page: Page) -> str:
    return page.locator(".filter [role=status]").first.inner_text()


def test_a_filter_changes_count_address_tables_and_figure_together(portfolio) -> None:
    portfolio.select_option("[name=kull]", "2019")
    assert status(portfolio) == f"Viser 7 av {KNOWN_PROJECTS} prosjekter (Kull: 2019)"
    assert portfolio.url.endswith("?kull=2019")
    assert shown(portfolio) == shown(portfolio, "aar-for-aar") == 7
    expect(portfolio.locator(LIVE_ROWS)).to_have_count(7)
    rows = portfolio.locator("#prosjekter tbody tr:not([hidden]) th")
    names = {name.strip() for name in rows.all_text_contents()}
    ticks = portfolio.locator(LIVE_ROWS).all_text_contents()
    assert {tick.removesuffix(" 2019").replace("\u00a0", " ").strip() for tick in ticks} == names


@pytest.mark.slow
def test_a_figure_gets_lower_with_fewer_rows(portfolio) -> None:
    before = portfolio.locator("#ladder .static:visible").bounding_box()["height"]
    portfolio.select_option("[name=kull]", "2019")
    expect(portfolio.locator(LIVE_ROWS)).to_have_count(7)
    assert portfolio.locator("#ladder [data-live]").bounding_box()["height"] < before / 2


def test_the_selection_survives_reload_and_moves_with_back_and_forward(portfolio) -> None:
    portfolio.select_option("[name=eier]", "kommune")
    few = shown(portfolio)
    portfolio.select_option("[name=kull]", "2019")
    assert 0 < shown(portfolio) < few < KNOWN_PROJECTS
    fewest = shown(portfolio)
    portfolio.reload()
    assert (shown(portfolio), portfolio.input_value("[name=kull]")) == (fewest, "2019")
    portfolio.go_back()
    expect(portfolio.locator("[name=kull]")).to_have_value("")
    assert (shown(portfolio), portfolio.input_value("[name=kull]")) == (few, "")
    portfolio.go_forward()
    expect(portfolio.locator("[name=kull]")).to_have_value("2019")
    assert shown(portfolio) == fewest


@pytest.mark.slow
def test_while_one_types_spaces_stay_and_no_step_is_added_to_the_history(portfolio) -> None:
    before = portfolio.evaluate("history.length")
    portfolio.locator("[name=sok]").press_sequentially("fra fengsel ")
    assert portfolio.input_value("[name=sok]") == "fra fengsel "
    assert shown(portfolio) == 1
    assert portfolio.evaluate("history.length") == before


@pytest.mark.slow
def test_choices_that_nobody_offers_are_ignored(real_site, visit) -> None:
    page = visit(real_site / PORTFOLIO, viewport=DESKTOP).page
    offered = page.locator("[name=status] option[value='delvis_i_bruk']")
    expect(offered).to_have_count(1)
    page.goto(page.url + "?kull=1814&ukjent=1&status=delvis_i_bruk")
    assert 0 < shown(page) < KNOWN_PROJECTS


def test_an_empty_selection_says_so_and_how_to_get_out(portfolio) -> None:
    portfolio.fill("[name=sok]", "finnes ikke")
    assert status(portfolio) == (
        f"Viser 0 av {KNOWN_PROJECTS} prosjekter (Søk i prosjektnavn: finnes ikke). "
        "Ingen prosjekter passer med valgene. Nullstill for å se alle igjen."
    )
    assert portfolio.locator("main").inner_text().count("Ingen prosjekter passer") == 1, "it is said once"
    for what in ("#ladder", "#prosjekter", ".key-figures"):
        assert portfolio.locator(what).is_hidden()
    portfolio.click("button[type=reset]")
    expect(portfolio.locator(".filter [role=status]").first).to_have_text(
        f"Viser {KNOWN_PROJECTS} av {KNOWN_PROJECTS} prosjekter"
    )
    assert "?" not in portfolio.url


@pytest.mark.slow
def test_fewer_than_five_are_described_as_few(portfolio) -> None:
    portfolio.select_option("[name=kull]", "2024")
    assert status(portfolio) == (
        f"Viser 4 av {KNOWN_PROJECTS} prosjekter (Kull: 2024). Under fem prosjekter: andeler vises ikke."
    )


def test_findings_of_the_whole_portfolio_say_so_while_one_filters(portfolio) -> None:
    findings = [portfolio.locator(place) for place in ("#ladder-table-heading", ".lead")]
    assert not any(one.inner_text().startswith("Hele porteføljen:") for one in findings)
    portfolio.select_option("[name=kull]", "2019")
    assert all(one.inner_text().startswith("Hele porteføljen:") for one in findings)
    assert portfolio.locator("#prosjekter-heading").inner_text() == "Prosjektene", "a label finds nothing"


@pytest.mark.slow
def test_the_language_link_keeps_the_selection(portfolio) -> None:
    portfolio.select_option("[name=kull]", "2019")
    portfolio.click(".other-language")
    portfolio.wait_for_url("**/en/portfolio/index.html?kull=2019")
    expect(portfolio.locator(".filter [role=status]").first).to_have_text(
        f"Showing 7 of {KNOWN_PROJECTS} projects (Cohort: 2019)"
    )


@pytest.mark.slow
def test_the_link_to_the_selection_can_be_copied(real_site, visit) -> None:
    page = visit(real_site / PORTFOLIO, viewport=DESKTOP, permissions=["clipboard-read", "clipboard-write"]).page
    page.select_option("[name=kull]", "2019")
    page.click("[data-copy]")
    expect(page.locator("[data-copied]")).to_have_text("Lenken er kopiert")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


@pytest.mark.slow
def test_a_live_filtered_page_has_no_barriers(portfolio, barriers) -> None:
    portfolio.select_option("[name=kull]", "2019")
    expect(portfolio.locator(LIVE_ROWS)).to_have_count(7)
    portfolio.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true; })")
    assert barriers(portfolio) == []


def test_a_column_sorts_both_ways_with_unknown_last(portfolio) -> None:
    heading = portfolio.locator("#prosjekter thead th", has_text="Støtte")
    column = portfolio.locator("#prosjekter tbody tr td:nth-child(7)")
    heading.locator("button").press("Enter")
    assert heading.get_attribute("aria-sort") == "ascending"
    rising = [cell.get_attribute("data-value") for cell in column.all()]
    heading.locator("button").press("Enter")
    assert heading.get_attribute("aria-sort") == "descending"
    falling = [cell.get_attribute("data-value") for cell in column.all()]
    known = [float(value) for value in rising if value]
    assert known == sorted(known) and known == [float(value) for value in falling if value][::-1]
    assert set(rising[len(known) :]) == set(falling[len(known) :]) == {None}
    others = portfolio.locator("#prosjekter thead th:not([aria-sort=none])")
    assert others.count() == 1


@pytest.mark.slow
def test_when_plotly_cannot_be_loaded_the_static_figure_stays_and_says_so(real_site, browser) -> None:
    context = browser.new_context(offline=True, viewport=DESKTOP)
    page = context.new_page()
    page.route("**/plotly-cartesian.min.js", lambda route: route.abort())
    page.goto((real_site / PORTFOLIO).resolve().as_uri())
    page.select_option("[name=kull]", "2019")
    expect(page.locator("#ladder [data-failed]")).to_be_visible()
    assert page.locator("#ladder .static svg").first.is_visible()
    context.close()


def test_paper_gets_the_selection_and_not_the_whole_portfolio(portfolio) -> None:
    portfolio.select_option("[name=kull]", "2019")
    picture = portfolio.locator("#ladder [data-print]")
    expect(picture).to_contain_text("Arkivfloken")
    assert "Kudos" not in (picture.text_content() or "")
    portfolio.emulate_media(media="print")
    assert picture.is_visible()
    assert portfolio.locator("#ladder [data-live]").is_hidden()
    assert portfolio.locator("#ladder .static:visible").count() == 0


def test_without_a_selection_the_picture_that_came_with_the_page_is_shown_and_printed(portfolio) -> None:
    portfolio.select_option("[name=kull]", "2019")
    expect(portfolio.locator(LIVE_ROWS)).to_have_count(7)
    portfolio.click("button[type=reset]")
    expect(portfolio.locator("#ladder .static").first).to_be_visible()
    assert portfolio.locator("#ladder [data-live]").is_hidden()
    portfolio.emulate_media(media="print")
    assert portfolio.locator("#ladder .static").first.is_visible()
    assert portfolio.locator("#ladder [data-live]").is_hidden()
    assert portfolio.locator("#ladder [data-print]").is_hidden()


def test_a_filtered_page_on_a_phone_filters_its_tables_and_draws_the_rows_left_as_wide_as_the_phone(
    real_site, visit
) -> None:
    page = visit(real_site / PORTFOLIO, viewport={"width": 390, "height": 800}).page
    page.select_option("[name=kull]", "2019")
    names = page.locator("#ladder [data-live] .textpoint text", has_text=" 2019")
    expect(names).to_have_count(7)
    drawing = page.locator("#ladder [data-live] .main-svg").first.bounding_box()
    assert drawing["width"] <= 350 and drawing["height"] < 600
    page.check("[name=visning][value=forlop]")
    assert page.locator("#aar-for-aar tbody tr:visible").count() == 7


def test_the_selection_goes_along_to_the_long_tables_of_benefits_and_back(real_site, visit) -> None:
    page = visit(real_site / "nb/gevinster/index.html", viewport=DESKTOP).page
    page.select_option("[name=kull]", "2019")
    page.locator("a[data-keeps-selection][href*='ikke-gevinster']").press("Enter")
    page.wait_for_url("**/nb/gevinster/ikke-gevinster/index.html?kull=2019#ikke-gevinster-heading")
    assert status(page) == f"Viser 7 av {KNOWN_PROJECTS} prosjekter (Kull: 2019)"
    of_2019 = page.locator("#ikke-gevinster tbody tr[data-project^='2019-']")
    assert shown(page, "ikke-gevinster") == of_2019.count() > 0
    page.click("button[type=reset]")
    expect(page.locator("#ikke-gevinster tbody tr[hidden]")).to_have_count(0)
    assert shown(page, "ikke-gevinster") > of_2019.count()
    page.select_option("[name=kull]", "2018")
    page.locator(".trail a").press("Enter")
    page.wait_for_url("**/nb/gevinster/index.html?kull=2018")
    assert page.input_value("[name=kull]") == "2018"


def test_a_table_sorts_by_numbers_that_only_their_text_says(site_of, visit) -> None:
    page = visit(site_of("illustrative") / "nb/dekning/index.html", viewport=DESKTOP).page
    page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true; })")
    heading = page.locator("#les-igjen thead th", has_text="Rader som bygger på det")
    place = heading.evaluate("cell => cell.cellIndex")
    heading.locator("button").press("Enter")
    cells = page.locator(f"#les-igjen tbody tr > :nth-child({place + 1}).number")
    read = cells.evaluate_all(
        """cells => cells.map((cell) =>
          [cell.dataset.value ?? null, cell.dataset.csv ?? null, cell.firstChild.textContent])"""
    )
    numbers = [text.replace("\u00a0", "").replace(",", ".") for value, csv, text in read if csv is None]
    assert any(value is None for value, csv, _ in read if csv is None), "most leave their value out"
    assert [float(number) for number in numbers] == sorted(map(float, numbers)) and len(set(numbers)) > 5

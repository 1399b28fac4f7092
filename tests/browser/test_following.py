"""Numbers follow the selection, and the address keeps it, with the order of the table, from page to page."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Page, expect

from tests.data.rendered import KNOWN_PROJECTS
from tests.data.states import state

pytestmark = pytest.mark.browser

DESKTOP = {"width": 1280, "height": 900}
PORTFOLIO = "nb/portefolje/index.html"
NONE = "–"


@pytest.fixture
def portfolio(real_site: Path, visit: Callable) -> Page:
    return visit(real_site / PORTFOLIO, viewport=DESKTOP).page


def key_figures(page: Page) -> list[str]:
    return [item.inner_text().replace("\n", " ") for item in page.locator(".key-figures .amount").all()]


def counted(rows: pl.DataFrame) -> list[str]:
    """The key figures of rows of `project_status`, counted here by the words of their definitions."""
    again = rows.filter(pl.col("progress_assessment_count") > 1)
    further = again.filter((pl.col("current_step") > pl.col("first_step")) & (pl.col("outcome_code") != "stopped"))
    outcome = {code: rows.filter(pl.col("outcome_code") == code).height for code in ("partly_in_use", "stopped")}
    of_all = f"av {rows.height} prosjekt{'' if rows.height == 1 else 'er'}"
    moved = f"{further.height} av {again.height} der flere kilder viser hvor langt"
    return [
        f"{rows['is_in_use'].sum()} {of_all}",
        f"{outcome['partly_in_use']} {of_all}",
        moved if again.height else f"{NONE} ingen har flere kilder som viser hvor langt",
        f"{outcome['stopped']} {of_all}",
    ]


def status_now(name: str) -> pl.DataFrame:
    tables, edition = state(name)
    return tables["project_status"].filter(pl.col("edition_year") == edition.edition_year)


def test_key_figures_and_captions_are_those_of_the_selection_and_come_back(portfolio) -> None:
    whole = portfolio.locator(".key-figures").inner_html()
    rows = status_now("normal")
    assert key_figures(portfolio) == counted(rows)
    caption = portfolio.locator("#prosjekter-heading + .caption")
    portfolio.select_option("[name=kull]", "2019")
    assert key_figures(portfolio) == counted(rows.filter(pl.col("cohort_year") == 2019))
    assert f"= 7 av {KNOWN_PROJECTS}." in caption.inner_text().replace("\u00a0", " ")
    portfolio.click("button[type=reset]")
    expect(portfolio.locator(".filter [role=status]").first).not_to_contain_text("Kull")
    assert portfolio.locator(".key-figures").inner_html() == whole, "with the links to their explanations"
    assert f"= {KNOWN_PROJECTS}." in caption.inner_text().replace("\u00a0", " ")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["normal", "illustrative"])
def test_every_cohort_is_counted_as_the_mart_counts_it(site_of, visit, name) -> None:
    page, rows = visit(site_of(name) / PORTFOLIO, viewport=DESKTOP).page, status_now(name)
    years = [str(year) for year in sorted(rows["cohort_year"].unique())]
    found = {}
    for year in years:
        page.select_option("[name=kull]", year)
        found[year] = key_figures(page)
    assert found == {year: counted(rows.filter(pl.col("cohort_year") == int(year))) for year in years}
    assert len({tuple(one) for one in found.values()}) > 3


@pytest.mark.slow
def test_notes_are_those_of_the_selection(site_of, visit) -> None:
    page, rows = visit(site_of("illustrative") / PORTFOLIO, viewport=DESKTOP).page, status_now("illustrative")
    seen = set()
    for year in sorted(rows["cohort_year"].unique()):
        page.select_option("[name=kull]", str(year))
        used = rows.filter((pl.col("cohort_year") == year) & pl.col("is_in_use"))
        notes = page.locator(".key-figures > li").first.locator(".note").all_inner_texts()
        stale, inferred = used["is_stale"].sum(), used["is_inferred"].sum()
        if used.is_empty():
            assert notes == [], year
        elif stale == 0:
            assert "nyere enn to år" in notes[0], year
        elif stale == used.height:
            assert "så vi vet ikke" in notes[0], year
        else:
            assert "av opplysningene er eldre enn to år" in notes[0], year
        assert any("slutning" in note for note in notes) == bool(inferred), year
        seen.add((bool(stale), used.is_empty()))
    assert len(seen) > 1


@pytest.mark.slow
def test_numbers_that_do_not_follow_say_that_they_are_of_the_whole(real_site, visit) -> None:
    page = visit(real_site / "nb/gevinster/index.html", viewport=DESKTOP).page
    page.select_option("[name=kull]", "2019")
    words = page.locator(".key-figures .what").all_inner_texts()
    assert words and all(one.startswith("Hele porteføljen:") for one in words)


@pytest.mark.slow
def test_the_selection_goes_to_a_project_and_back_and_to_the_pages_of_the_menu(portfolio) -> None:
    portfolio.select_option("[name=kull]", "2019")
    portfolio.locator("#prosjekter tbody tr:not([hidden]) a").first.click()
    portfolio.wait_for_url("**/nb/prosjekt/2019-*/index.html?kull=2019")
    assert portfolio.locator(".filter").count() == 0
    portfolio.locator(".trail a").click()
    portfolio.wait_for_url("**/nb/portefolje/index.html?kull=2019")
    portfolio.locator("nav a", has_text="Gevinster").click()
    portfolio.wait_for_url("**/nb/gevinster/index.html?kull=2019")
    assert portfolio.input_value("[name=kull]") == "2019"


def names(page: Page) -> list[str]:
    return page.locator("#prosjekter tbody th").all_text_contents()


def test_the_order_of_the_table_stands_in_the_address(portfolio) -> None:
    furthest_first = names(portfolio)
    button = portfolio.locator("#prosjekter th[data-sort=cohort] button")
    button.click()
    assert portfolio.url.endswith("?sortert=cohort")
    rising = names(portfolio)
    button.click()
    assert portfolio.url.endswith("?sortert=cohort&retning=ned")
    falling = names(portfolio)
    assert len({tuple(order) for order in (furthest_first, rising, falling)}) == 3
    portfolio.reload()
    assert names(portfolio) == falling
    portfolio.go_back()
    expect(portfolio.locator("#prosjekter th[data-sort=cohort]")).to_have_attribute("aria-sort", "ascending")
    assert names(portfolio) == rising
    portfolio.go_back()
    expect(portfolio.locator("#prosjekter th[data-sort=cohort]")).to_have_attribute("aria-sort", "none")
    assert names(portfolio) == furthest_first


@pytest.mark.slow
def test_the_order_and_the_selection_survive_the_language_and_each_other(portfolio) -> None:
    portfolio.locator("#prosjekter th[data-sort=grant] button").click()
    portfolio.select_option("[name=kull]", "2019")
    portfolio.click(".other-language")
    portfolio.wait_for_url("**/en/portfolio/index.html?sortert=grant&kull=2019")
    expect(portfolio.locator("#prosjekter th[data-sort=grant]")).to_have_attribute("aria-sort", "ascending")
    portfolio.click("button[type=reset]")
    portfolio.wait_for_url("**/en/portfolio/index.html?sortert=grant")


@pytest.mark.slow
@pytest.mark.parametrize("query", ["sortert=finnes-ikke", "sortert=", "retning=ned", "sortert=cohort&retning=opp"])
def test_an_order_that_nobody_offers_is_ignored(real_site, visit, query) -> None:
    page = visit(real_site / PORTFOLIO, viewport=DESKTOP).page
    before = names(page)
    page.goto(f"{page.url}?{query}")
    sorted_by = page.locator("#prosjekter th[aria-sort=ascending], #prosjekter th[aria-sort=descending]")
    assert sorted_by.count() == ("cohort" in query)
    assert ("cohort" in query) or names(page) == before

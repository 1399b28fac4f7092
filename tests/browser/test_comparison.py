"""Two selections side by side at equal age."""

import polars as pl
import pytest
from playwright.sync_api import Page, expect

from tests.data.rendered import real_tables

pytestmark = pytest.mark.browser

PATH = "nb/sammenligning/index.html"


def column(page: Page, side: int) -> list[str]:
    return page.locator(f"#sammenlignet tbody tr td:nth-of-type({side})").all_inner_texts()


def test_two_cohorts_are_counted_as_the_tables_count_them_and_the_address_keeps_both(real_site, visit) -> None:
    page = visit(real_site / PATH).page
    page.select_option("#valg-alder", "3")
    page.select_option("#valg-kull", "2019")
    page.select_option("#valg-b_kull", "2020")
    ages = real_tables()["outcomes_by_age"].filter(
        pl.col("edition_year") == 2026, pl.col("comparison_group") == "cohort", pl.col("age_years") == 3
    )
    counts = (
        "project_count",
        "in_use_count",
        "partly_in_use_count",
        "result_count",
        "ended_count",
        "unknown_outcome_count",
    )
    for side, year in ((1, "2019"), (2, "2020")):
        row = ages.filter(pl.col("group_value") == year).row(0, named=True)
        assert [text.split(" ")[0] for text in column(page, side)] == [str(row[name]) for name in counts]
    assert "kull=2019" in page.url and "b_kull=2020" in page.url and "alder=3" in page.url
    expect(page.locator("[data-side=second]")).to_have_text("Utvalg B: 2020")
    before = column(page, 2)
    page.reload()
    assert column(page, 2) == before


@pytest.mark.slow
def test_few_known_outcomes_give_no_share(real_site, visit) -> None:
    page = visit(real_site / PATH).page
    page.select_option("#valg-kull", "2021")
    assert "%" not in column(page, 1)[1]
    assert "%" in column(page, 2)[1]
    expect(page.locator("[data-compared]")).not_to_be_empty()


@pytest.mark.slow
def test_without_scripts_the_tables_are_there_and_the_choices_are_not(real_site, visit) -> None:
    page = visit(real_site / PATH, java_script_enabled=False).page
    assert page.locator(".comparison").is_hidden()
    assert page.locator("#alder-cohort tbody tr").count() > 3

"""The register of benefits in a browser: choices, order, files and addresses reach every row, on whichever page."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
REGISTER = "nb/gevinster/register"
ROWS = "#register tbody tr"


def total(page: Page) -> int:
    return int(page.locator("#svar tr[data-counts=benefits] td").first.inner_text())


def count_of(page: Page, code: str) -> int:
    return int(page.locator(f"#svar tr[data-counts={code}] td").first.inner_text())


@pytest.fixture
def register(real_site: Path, visit: Callable) -> Page:
    return visit(real_site / REGISTER / "index.html", viewport=DESKTOP).page


def test_a_saved_view_shows_as_many_as_it_says_and_says_so(register) -> None:
    said = int(re.findall(r"\d+", register.locator(".views li", has_text="Lovet, ikke meldt").inner_text())[-1])
    register.get_by_role("link", name="Lovet, ikke meldt").first.click()
    expect(register.locator("[data-status]")).to_have_text(f"Viser {said} av {total(register)} gevinster")
    assert register.locator("[name=stadium]").input_value() == "lovet"
    expect(register.locator(ROWS)).to_have_count(min(said, 100))
    expect(register.locator("[data-answer]")).to_contain_text(f"{said} gevinster")


def test_a_page_of_rows_is_the_same_when_the_browser_makes_it(register) -> None:
    static = register.locator(ROWS).evaluate_all("rows => rows.map(row => row.outerHTML.replace(/\\s+/g, ' '))")
    register.select_option("[name=stadium]", "lovet")
    expect(register.locator("[data-windows]")).to_be_visible()
    register.select_option("[name=stadium]", "")
    expect(register.locator("[data-pages]")).to_be_visible()
    register.locator("th button").nth(1).click()  # by stage, from the first
    register.locator("th button").nth(1).click()  # and from the last: the order of the pages
    expect(register).to_have_url(re.compile("sortert=stage&retning=ned"))
    made = register.locator(ROWS).evaluate_all("rows => rows.map(row => row.outerHTML.replace(/\\s+/g, ' '))")
    bare = [re.sub(r'href="[^"]*"|<button class=|<button type=.*?</button>', "", row) for row in static]
    assert [re.sub(r'href="[^"]*"|<button class=|<button type=.*?</button>', "", row) for row in made] == bare


def test_an_address_holds_choice_order_and_hundred(register, real_site, visit) -> None:
    register.select_option("[name=stadium]", "lovet")
    register.locator("[data-windows] a", has_text="Neste").click()
    expect(register.locator("[data-windows] [aria-current]")).to_have_text("2")
    first = register.locator(f"{ROWS} th").first.inner_text()
    query = register.url.partition("?")[2]
    again = visit(real_site / REGISTER / "2" / "index.html", viewport=DESKTOP).page
    again.goto((real_site / REGISTER / "index.html").resolve().as_uri() + f"?{query}")
    expect(again.locator("[data-windows] [aria-current]")).to_have_text("2")
    assert again.locator(f"{ROWS} th").first.inner_text() == first


def test_a_file_has_all_rows_of_the_selection(register, tmp_path) -> None:
    register.select_option("[name=stadium]", "lovet")
    whole = total(register)
    # Before the choice is made the same line says that all are shown.
    expect(register.locator("[data-status]")).not_to_contain_text(f"Viser {whole} av")
    shown = int(register.locator("[data-status]").inner_text().split()[1])
    with register.expect_download() as download:
        register.locator("[data-csv-of=register]").click()
    download.value.save_as(tmp_path / "saved.csv")
    rows = list(csv.reader((tmp_path / "saved.csv").read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert whole > shown > 100 and len(rows) == shown + 1


def test_a_benefit_has_an_address_on_whichever_page_it_is(register, real_site, visit) -> None:
    register.goto(register.url.replace("register/index.html", "register/3/index.html"))
    benefit = register.locator(ROWS).last.get_attribute("id")
    there = visit(real_site / REGISTER / "index.html", fragment=benefit, viewport=DESKTOP).page
    expect(there.locator(f"[id='{benefit}']")).to_be_visible()


def test_two_selections_stand_beside_each_other_and_tell_their_cohorts(register) -> None:
    register.select_option("[name=kull]", "2016")
    register.locator("[data-compare] summary").click()
    register.select_option("[name=b_kull]", "2019")
    cells = register.locator("#svar tr[data-counts=benefits] td")
    expect(cells.nth(2)).to_be_visible()
    own, other = (int(cells.nth(place).inner_text()) for place in (1, 2))
    assert 0 < own < total(register) and 0 < other < total(register)
    expect(register.locator("[data-cohorts]")).to_contain_text(
        "Kull i utvalget: 2016. Kull det sammenlignes med: 2019."
    )
    assert "b_kull=2019" in register.url


def test_a_search_finds_what_a_row_shows_and_what_its_project_is_called(register) -> None:
    name = register.locator(f"{ROWS} th").last.inner_text().split("\n")[0]
    register.locator("[name=sok]").fill(name)
    expect(register.locator(ROWS).first.locator("th")).to_contain_text(name)
    register.locator("[name=sok]").fill("ingenting heter dette")
    expect(register.locator("[data-status]")).to_contain_text("Ingen gevinster passer med valgene")


def test_on_a_phone_a_row_is_a_card_that_opens(real_site, visit) -> None:
    page = visit(real_site / REGISTER / "index.html", viewport=PHONE).page
    row = page.locator(ROWS).first
    assert row.locator("td:visible").count() == 2
    row.locator(".open-card").click()
    assert row.locator("td:visible").count() > 5
    assert row.locator(".open-card").get_attribute("aria-expanded") == "true"

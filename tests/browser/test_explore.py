"""Asking the tables in the browser: from disk and from a server, and without a word to anybody else."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from gevinst.edition.serve import EditionServer
from gevinst.site import build
from gevinst.site.pages.explore.page import PAGE
from tests.data import kept
from tests.data.rendered import KNOWN_PROJECTS
from tests.data.states import state

pytestmark = pytest.mark.browser

DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
NB, EN = PAGE.path("nb").removeprefix("/"), PAGE.path("en").removeprefix("/")
ENDLESS = "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c"
SHORT = 15_000


def site_of_state(name: str, figure_cache: Path) -> Path:
    """The page alone, in a folder as an edition has it."""

    def build_it(folder: Path) -> None:
        tables, edition = state(name)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(build, "PAGES", (PAGE,))
            patch.setattr(build, "_draw", lambda *_: None)
            build.build_site(
                tables, edition, folder / "2026-1" / "site", cache_dir=figure_cache, progress=lambda _: None
            )

    return kept.folder(f"explore-{name}", build_it) / "2026-1" / "site"


@pytest.fixture(scope="module")
def site(chromium_path: str, figure_cache: Path) -> Path:
    return site_of_state("normal", figure_cache)


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    server = EditionServer(site.parents[1], "/2026-1/site/", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/2026-1/site/"
    server.stop()
    thread.join()


def status(page: Page) -> Any:
    return page.locator("[data-status]")


def asked(page: Page, sql: str) -> None:
    page.fill("#sporring", sql)
    page.press("#sporring", "Control+Enter")


def saved(page: Page) -> tuple[str, str]:
    with page.expect_download() as waiting:
        page.click("[data-download]")
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes().decode("utf-8-sig")


def test_a_ready_question_is_answered_from_disk(site: Path, visit: Callable[..., Any]) -> None:
    page = visit(site / NB, viewport=DESKTOP).page
    expect(status(page)).to_contain_text("Ikke kjørt ennå")
    page.click("[data-question=weakest]")
    expect(page.locator("#svar-tabell tbody tr")).to_have_count(KNOWN_PROJECTS)
    assert page.url.endswith("?sporsmal=weakest")


@pytest.mark.slow
def test_a_query_of_ones_own_goes_into_the_address_and_back(site: Path, visit: Callable[..., Any]) -> None:
    page = visit(site / NB, viewport=DESKTOP).page
    asked(page, "select project_id, 1234.5 as tall, null as intet from projects order by 1 limit 2")
    expect(status(page)).to_have_text("2 rader.")
    row = page.locator("#svar-tabell tbody tr").first
    expect(row.locator("td.number").first).to_have_text("1234,5")
    expect(row.locator("td").nth(1)).to_contain_text("tom")
    assert page.locator("#svar-tabell caption").inner_text() == "Svar på egen spørring"
    assert "?sql=select+project_id" in page.url
    assert "?sql=select+project_id" in str(page.get_attribute("[data-other-language]", "href"))
    page.click("[data-question=rounds]")
    expect(page.locator("[data-question=rounds]")).to_have_attribute("aria-current", "true")
    page.go_back()
    expect(status(page)).to_have_text("2 rader.")
    assert page.input_value("#sporring").startswith("select project_id, 1234.5")


@pytest.mark.slow
def test_a_shared_address_is_answered_when_the_page_opens(site: Path, visit: Callable[..., Any]) -> None:
    page = visit(site / EN, viewport=DESKTOP).page
    page.goto(f"{(site / EN).as_uri()}?sporsmal=suppliers")
    expect(page.locator("#svar-tabell th[scope=col]").first).to_have_text("supplier")
    page.goto(f"{(site / EN).as_uri()}?sql=select%201%20as%20one")
    expect(page.locator("#svar-tabell tbody th")).to_have_text("1")


@pytest.mark.slow
def test_what_is_wrong_is_said_in_plain_words(site: Path, visit: Callable[..., Any]) -> None:
    page = visit(site / NB, viewport=DESKTOP).page
    asked(page, "select * from prosjekter")
    expect(status(page)).to_have_text("Spørringen kunne ikke kjøres. SQLite svarer: no such table: prosjekter")
    expect(page.locator("#svar-tabell")).to_have_count(0)
    asked(page, "delete from projects")
    expect(status(page)).to_contain_text("readonly")
    asked(page, "-- ingenting")
    expect(status(page)).to_contain_text("gir ingen tabell")
    asked(page, "  ")
    expect(status(page)).to_have_text("Skriv en spørring først.")
    asked(page, "select * from projects where 1 = 0")
    expect(status(page)).to_contain_text("Ingen rader.")


@pytest.mark.slow
def test_a_query_without_end_is_stopped_and_the_next_one_is_answered(site: Path, visit: Callable[..., Any]) -> None:
    page = visit(site / EN, viewport=DESKTOP).page
    asked(page, ENDLESS)
    expect(status(page)).to_contain_text("stopped after 3 seconds", timeout=SHORT)
    asked(page, "select 2 as two")
    expect(page.locator("#svar-tabell tbody th")).to_have_text("2")


@pytest.mark.slow
def test_a_long_answer_is_shown_in_part_and_saved_in_whole(site: Path, visit: Callable[..., Any]) -> None:
    page = visit(site / EN, viewport=DESKTOP).page
    asked(page, "select * from source_use")
    expect(page.locator("#svar-tabell tbody tr")).to_have_count(500)
    expect(status(page)).to_contain_text("All are in the CSV file")
    name, text = saved(page)
    assert name == "gevinst-2026-1-query.csv"
    tables, _ = state("normal")
    assert text.count("\r\n") == tables["source_use"].height + 1
    assert text.startswith("Edition,edition_year,")


@pytest.mark.slow
def test_the_file_says_that_data_are_invented_and_runs_no_formula(
    chromium_path: str, figure_cache: Path, visit: Callable[..., Any]
) -> None:
    page = visit(site_of_state("illustrative", figure_cache) / NB, viewport=DESKTOP).page
    asked(page, "select '=1+1' as farlig, 2.5 as tall, null as tom, value from about where name = 'is_illustrative'")
    expect(status(page)).to_have_text("Én rad.")
    lines = saved(page)[1].splitlines()
    assert lines[0].split(";")[1:] == ["Utgave", "farlig", "tall", "tom", "value"]
    assert lines[1].split(";")[1:] == ["2026-1", "'=1+1", "2,5", "", "1"]
    assert "oppdikt" in lines[1].lower() or "illustr" in lines[1].lower()


@pytest.mark.slow
def test_a_name_is_put_into_the_query_by_a_press(site: Path, visit: Callable[..., Any]) -> None:
    page = visit(site / NB, viewport=DESKTOP).page
    page.fill("#sporring", "select  from projects")
    page.evaluate("document.getElementById('sporring').setSelectionRange(7, 7)")
    page.click("[data-show-tables]")
    page.fill("#finn-tabell", "Prosjekter projects")
    entry = page.locator(
        "[data-tables] li:not([hidden]) details", has=page.locator("summary code", has_text="projects")
    )
    entry.first.locator("summary").click()
    entry.first.get_by_role("button", name="Sett inn short_name_nb").click()
    assert page.input_value("#sporring") == "select short_name_nb from projects"


@pytest.mark.slow
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("path", [NB, EN])
def test_everybody_can_use_it(
    site: Path, visit: Any, barriers: Any, keep_picture: Any, path: str, viewport: Any
) -> None:
    page = visit(site / path, viewport=viewport).page
    page.click("[data-question=rounds]")
    page.click("[data-show-tables]")
    page.locator("[data-tables] summary").first.click()
    expect(page.locator("[data-tables] dl").first).to_be_visible()
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    keep_picture(page, "explore", path.split("/")[0], viewport["width"])


@pytest.mark.slow
def test_from_a_server_it_works_under_the_headers_and_asks_nobody_else(served: str, browser: Browser) -> None:
    page = browser.new_page()
    answer = page.goto(f"{served}{NB}", wait_until="networkidle")
    assert answer and "wasm-unsafe-eval" in answer.headers["content-security-policy"]
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.click("[data-question=weakest]")
    expect(page.locator("#svar-tabell tbody tr")).to_have_count(KNOWN_PROJECTS)
    page.close()
    files = [url for url in requested if not url.startswith("blob:")]
    assert sorted(url.removeprefix(served) for url in files) == ["assets/sql-engine.js", "nb/utforsk/database.js"]

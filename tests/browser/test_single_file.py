"""Overview and portfolio as one file: opened from disk, alone, it says and does what the two pages do."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import expect

from gevinst.settings import SiteAddress, load_settings
from gevinst.site import single_file as module
from gevinst.site.bundle import write_assets
from gevinst.site.pages import path_of
from gevinst.site.single_file import SingleFileError, single_file
from tests.conftest import Visit
from tests.data.page_reading import read, text_of
from tests.data.states import STATES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ALONE, HOSTED = SiteAddress(), SiteAddress("https://example.org/gevinst")


@pytest.fixture(scope="module")
def rendered(figure_cache: Path, chromium_path: str) -> Callable[..., str]:
    """The file of the edition whose site the other browser tests open."""
    tables, edition = STATES["normal"]()

    def rendered(language: str, address: SiteAddress = ALONE) -> str:
        settings = replace(load_settings(), site=address, cache_dir=figure_cache)
        return single_file(tables, edition, language, settings, print)

    return rendered


@pytest.fixture(scope="module", params=["nb", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def packed(rendered: Callable[..., str], language: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file, in a folder where nothing else is."""
    path = tmp_path_factory.mktemp("alone") / "gevinst.html"
    path.write_text(rendered(language), encoding="utf-8")
    return path


def test_it_holds_both_pages_once_and_no_id_twice(real_site: Path, packed: Path, language: str) -> None:
    page = read(packed)
    own = [read(real_site / path_of(name, language)[1:]) for name in ("overview", "portfolio")]

    assert text_of(page.select_one("h1")) == text_of(own[0].select_one("h1"))
    assert text_of(page.select_one("#portefolje")) == text_of(own[1].select_one("h1"))
    assert len(page.select("h1")) == 1
    for part in ("table", "[data-figure]", "form"):
        assert len(page.select(part)) == sum(len(other.select(part)) for other in own)
    ids = [str(tag["id"]) for tag in page.select("[id]")]
    assert sorted(ids) == sorted(set(ids))
    numbers = [re.match(r"Figure? ?\w* (\d)", text_of(tag)) for tag in page.select(".has-figure p.caption")]
    assert [found and found[1] for found in numbers] == [str(n + 1) for n in range(len(numbers))]


def test_nothing_in_it_leads_to_a_file_beside_it(packed: Path) -> None:
    page = read(packed)

    assert [tag for tag in page.select("[src], link[rel=stylesheet], [data-plotly]")] == []
    ids = {f"#{tag['id']}" for tag in page.select("[id]")}
    leads = {str(link["href"]) for link in page.select("a[href]")}
    assert "#prosjekter" in leads, "the front page leads to the table of all projects"
    assert {href for href in leads if href not in ids and not re.match(r"(https|mailto):", href)} == set()
    own = read(packed).select_one("main")
    assert "Se prosjektet" not in text_of(own) and "See the project" not in text_of(own)  # led to pages left behind
    assert "MIT" in text_of(page.select("details")[-1]) and "OFL" in text_of(page.select("details")[-1]).upper()


def test_with_an_address_of_the_site_links_lead_there(rendered: Callable[..., str], real_site: Path) -> None:
    page = BeautifulSoup(rendered("nb", HOSTED), "html.parser")

    leads = {str(link["href"]).partition("#")[0].partition("?")[0] for link in page.select("a[href]")}
    own = {href for href in leads if href.startswith("https://example.org/gevinst/")}
    assert len(own) > 20
    for href in own:
        folder, _, name = href.removeprefix("https://example.org/gevinst/2026-1/").partition("/")
        assert folder == "tables" or (folder == "site" and (real_site / name).is_file()), href
    assert page.select_one("header nav") is not None


def test_the_policy_lets_only_its_own_two_scripts_run(packed: Path) -> None:
    policy = str(read(packed).select_one("meta[http-equiv=Content-Security-Policy]")["content"])

    scripts = re.search(r"script-src ([^;]+)", policy)
    assert scripts and re.fullmatch(r"('sha256-[\w+/]{43}='( |$)){2}", scripts[1])
    assert "default-src 'none'" in policy and "connect-src 'none'" in policy


def test_it_opens_from_disk_without_a_complaint_or_request_and_its_figure_follows_the_filter(
    visit: Callable[..., Visit], packed: Path
) -> None:
    seen = visit(packed, viewport={"width": 1280, "height": 900})
    page = seen.page
    font = page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px Inter'))")
    page.select_option("select[name=kull]", index=1)
    expect(page.locator("[data-row-height].is-live [data-live]")).to_be_visible()

    assert font
    assert (seen.complaints, seen.requests) == ([], [])


def test_its_filter_follows_the_address_and_moves_the_tables(visit: Callable[..., Visit], packed: Path) -> None:
    seen = visit(packed, viewport={"width": 1280, "height": 900})
    page = seen.page
    before = page.locator("[data-master] tbody tr:visible").count()
    page.select_option("select[name=kull]", index=1)

    assert 0 < page.locator("[data-master] tbody tr:visible").count() < before
    assert "kull=" in page.url
    assert seen.complaints == []


def test_it_has_no_barriers_and_fits_a_phone(
    visit: Callable[..., Visit], packed: Path, barriers: Callable[..., list[str]]
) -> None:
    seen = visit(packed, viewport={"width": 390, "height": 800}, bypass_csp=True)

    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert barriers(seen.page) == []


def test_a_script_that_would_end_its_element_is_refused(
    rendered: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(out: Path) -> None:
        write_assets(out)
        (out / "assets" / "site.js").write_text("'</SCRIPT>'", encoding="utf-8")

    monkeypatch.setattr(module, "write_assets", write)
    with pytest.raises(SingleFileError, match=r"site\.js holds </script"):
        rendered("nb")

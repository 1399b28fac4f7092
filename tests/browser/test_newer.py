"""A page of a frozen edition says that another is in force where a file beside the editions names one, else nothing."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from gevinst.site.bundle import write_assets
from tests.data.rendered import page_html
from tests.data.small_edition import SMALL_EDITION, small_tables

pytestmark = pytest.mark.browser

TEXT = "En annen utgave gjelder nå."


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of editions with one page of `SMALL_EDITION`, in its published place."""
    folder = tmp_path_factory.mktemp("editions")
    site = folder / SMALL_EDITION.edition_id / "site"
    write_assets(site)
    page = site / "nb" / "ordningen" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(page_html("scheme", small_tables()), encoding="utf-8")
    listing = site / "nb" / "utgaver" / "index.html"
    listing.parent.mkdir()
    listing.write_text(page_html("editions", small_tables()), encoding="utf-8")
    return folder


def place(editions: Path) -> Path:
    return editions / SMALL_EDITION.edition_id / "site" / "nb" / "ordningen" / "index.html"


def name(editions: Path, edition_id: str | None) -> None:
    """Say beside the editions which is in force, as publishing does; `None` takes the file away."""
    file = editions / "newest.js"
    if edition_id is None:
        file.unlink(missing_ok=True)
    else:
        file.write_text(f'window.gevinstNewest = "{edition_id}";\n', encoding="utf-8")


def test_another_edition_in_force_is_named_and_linked_from_disk(editions, visit) -> None:
    name(editions, "2027-1")
    seen = visit(place(editions))
    expect(seen.page.locator(".newer")).to_contain_text(TEXT)
    assert seen.page.locator(".newer a").evaluate("link => link.href").endswith("/2027-1/site/nb/index.html")
    assert seen.complaints == []


def test_the_edition_in_force_says_nothing_of_itself(editions, visit) -> None:
    name(editions, SMALL_EDITION.edition_id)
    page = visit(place(editions)).page
    assert page.evaluate("!!window.gevinstNewest"), "the list of editions was read before the page was ready"
    assert page.locator(".newer").is_hidden()


@pytest.mark.slow
def test_the_page_of_editions_lists_all_of_them_where_the_file_lies_beside(editions, visit) -> None:
    listing = place(editions).parents[1] / "utgaver" / "index.html"
    name(editions, None)
    assert visit(listing).page.locator("#alle").is_hidden()
    days = '{"id": "2027-1", "nb": "1. mai 2027", "en": "1 May 2027"}, {"id": "2026-1", "nb": "2. mai 2026", "en": "x"}'
    script = f'window.gevinstNewest = "2027-1";\nwindow.gevinstEditions = [{days}];\n'
    (editions / "newest.js").write_text(script, encoding="utf-8")
    entries = visit(listing).page.locator("[data-editions] li")
    expect(entries).to_have_text(
        ["Utgave 2027-1, data per 1. mai 2027 Denne gjelder nå.", "Utgave 2026-1, data per 2. mai 2026"]
    )
    assert entries.first.locator("a").evaluate("link => link.href").endswith("/2027-1/site/nb/index.html")


@pytest.mark.slow
@pytest.mark.parametrize("scripts", [True, False])
def test_without_the_file_or_without_scripts_the_page_stays_silent(editions, visit, scripts: bool) -> None:
    name(editions, None if scripts else "2027-1")
    assert visit(place(editions), java_script_enabled=scripts).page.locator(".newer").is_hidden()


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["candidates/2026-1", "somewhere"])
def test_a_page_that_is_not_in_its_published_place_asks_for_nothing(editions, visit, tmp_path, folder: str) -> None:
    target = tmp_path / folder / "site"
    shutil.copytree(editions / SMALL_EDITION.edition_id / "site", target)
    seen = visit(target / "nb" / "ordningen" / "index.html")
    assert seen.page.locator(".newer").is_hidden()
    assert seen.complaints == []

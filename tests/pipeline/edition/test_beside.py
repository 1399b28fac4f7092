"""What programs and lost readers find beside the folders of editions."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import polars as pl
import pytest
from bs4 import BeautifulSoup

from gevinst.edition import publish
from gevinst.edition.beside import not_found_page
from gevinst.edition.index import write_index
from gevinst.edition.store import find_edition
from gevinst.settings import SiteAddress

pytestmark = pytest.mark.slow

BASE = "https://gevinst.example.no/data/"
ATOM = "{http://www.w3.org/2005/Atom}"
WRITTEN = ("sitemap.xml", "robots.txt", "feed-nb.xml", "feed-en.xml")


@pytest.fixture
def hosted(built, settings, tables):
    """Settings of an installation that knows its address, with an old edition and 2026-2 in force."""
    known = replace(settings, site=SiteAddress(BASE))
    renamed = {**tables, "projects": tables["projects"].with_columns(name_nb=pl.lit("Nytt navn"))}
    publish(built(), known)
    publish(built(renamed, edition_id="2026-2"), known)
    return known


def feed(settings, language):
    return ET.parse(settings.editions_dir / f"feed-{language}.xml").getroot()


def test_the_map_names_every_page_of_the_edition_in_force_and_no_other(hosted):
    tree = ET.parse(hosted.editions_dir / "sitemap.xml").getroot()
    places = [place.text.removeprefix(BASE) for place in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    site = hosted.editions_dir / "2026-2" / "site"
    pages = {path.relative_to(hosted.editions_dir).as_posix() for path in site.rglob("*.html")}

    assert places == sorted(places) and set(places) == pages - {"2026-2/site/index.html"} != set()


def test_robots_may_read_all_and_learn_where_the_map_is(hosted):
    text = (hosted.editions_dir / "robots.txt").read_text(encoding="utf-8")

    assert text == f"User-agent: *\nAllow: /\n\nSitemap: {BASE}sitemap.xml\n"


def test_robots_are_kept_from_invented_numbers(built, settings):
    publish(built(is_illustrative=True), replace(settings, site=SiteAddress(BASE)))

    assert "Disallow: /\n" in (settings.editions_dir / "robots.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["nb", "en"])
def test_a_feed_tells_of_every_edition_newest_first_under_ids_that_stay(hosted, language):
    tree = feed(hosted, language)
    entries = tree.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]

    assert ids == [f"{BASE}{name}/site/{language}/index.html" for name in ("2026-2", "2026-1")]
    for element in (tree, *entries):
        assert all(element.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    assert tree.findtext(f"{ATOM}author/{ATOM}name")
    assert tree.findtext(f"{ATOM}updated") == max(entry.findtext(f"{ATOM}updated") for entry in entries)
    assert all("2" in entry.findtext(f"{ATOM}summary") for entry in entries)
    write_index(hosted)
    assert [entry.findtext(f"{ATOM}id") for entry in feed(hosted, language).findall(f"{ATOM}entry")] == ids


def test_the_list_of_editions_leads_to_the_feeds(hosted):
    page = BeautifulSoup((hosted.editions_dir / "index.html").read_text(encoding="utf-8"), "html.parser")

    assert [link["href"] for link in page.select("link[type='application/atom+xml']")] == ["feed-nb.xml", "feed-en.xml"]


def test_nothing_that_needs_an_address_is_there_without_one_and_what_was_is_removed(hosted):
    assert all((hosted.editions_dir / name).is_file() for name in WRITTEN)

    write_index(replace(hosted, site=SiteAddress()))

    assert [name for name in WRITTEN if (hosted.editions_dir / name).exists()] == []
    assert "atom+xml" not in (hosted.editions_dir / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("base_url", "top"), [(BASE, "/data/"), ("https://gevinst.example.no", "/"), (None, "/")])
def test_a_lost_reader_gets_links_that_hold_at_any_depth_and_lead_to_files(hosted, base_url, top):
    found = replace(hosted, site=SiteAddress(base_url))
    write_index(found)
    page = BeautifulSoup((found.editions_dir / "404.html").read_text(encoding="utf-8"), "html.parser")
    addresses = [str(link["href"]) for link in page.select("a, link[rel=stylesheet]")]

    assert page.select("section[lang=nb] a") and page.select("section[lang=en] a")
    assert all(address.startswith(top) for address in addresses)
    places = {address.removeprefix(top).partition("#")[0] for address in addresses}
    assert {"index.html", "2026-2/site/nb/index.html", "2026-2/site/assets/site.css"} <= places


def test_a_preview_serves_the_page_from_its_own_root(hosted):
    page = BeautifulSoup(not_found_page(hosted, find_edition(hosted, None), root="/"), "html.parser")

    assert all(
        str(link["href"]).startswith("/2026-2/") or link["href"] == f"/index.html#{link.find_parent('section')['lang']}"
        for link in page.select("a")
    )

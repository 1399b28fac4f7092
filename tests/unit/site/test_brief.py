"""The brief says on one sheet what the front page says, as a page and as a PDF."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from gevinst.settings import SiteAddress, load_settings
from gevinst.site.context import View
from gevinst.site.pages import path_of
from gevinst.site.pages.brief.page import MOST_ASKED, MOST_NAMED, content
from gevinst.site.pages.overview import page as overview
from gevinst.site.report.brief import brief_content, brief_name, build_briefs
from gevinst.site.rows import SiteData
from tests.data.rendered import REAL, invented_tables, page_of, real_tables
from tests.data.small_edition import SMALL_EDITION, small_tables

EDITIONS = {
    "real": (real_tables, REAL),
    "invented": (invented_tables, SMALL_EDITION),
    "small": (small_tables, SMALL_EDITION),
}


def view_of(name: str, language: str) -> View:
    tables, edition = EDITIONS[name]
    return View(SiteData(tables(), edition), language, load_settings(), path_of)


def plain(text: str) -> str:
    """Letters and digits alone: lines are broken and hyphenated elsewhere in a PDF than on a page."""
    return re.sub(r"[\W_]+", "", text)


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_brief_repeats_the_sentences_of_the_front_page(language: str) -> None:
    view = view_of("real", language)
    said = " ".join(part.text for part in content(view)["parts"])
    assert said == f"{overview.lead(view)} {overview.more(view)}"


@pytest.mark.parametrize("name", EDITIONS)
def test_its_outcomes_are_all_projects_and_its_lists_leave_room_for_the_rest(name: str) -> None:
    view = view_of(name, "nb")
    said = content(view)
    assert sum(one.count for one in said["outcomes"]) == view.data.headlines["projects"].value
    assert 0 < len(said["named"]) <= MOST_NAMED and 0 < len(said["asked"]) <= MOST_ASKED
    assert ("oppdiktet" in said["how_to_read"]) is (name != "real")


def test_it_says_where_all_pages_are_when_the_site_has_an_address() -> None:
    view = view_of("small", "nb")
    assert "2026-1" in content(view)["full_pages"]
    view.settings = replace(view.settings, site=SiteAddress("https://example.org/gevinst"))
    assert "https://example.org/gevinst/2026-1/site/" in content(view)["full_pages"]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("name", EDITIONS)
def test_the_pdf_is_one_tagged_page_in_its_language_with_every_sentence(name: str, language: str, tmp_path) -> None:
    view = view_of(name, language)
    (path,) = build_briefs([view], tmp_path)
    assert path.name == brief_name("2026-1", language)
    reader = PdfReader(BytesIO(path.read_bytes()))
    assert len(reader.pages) == 1
    root = reader.root_object
    assert root["/Lang"] == language and "/StructTreeRoot" in root
    text = plain(reader.pages[0].extract_text())
    said = brief_content(view)
    for part in (*(one["text"] for one in said["parts"]), *said["named"], *said["asked"], said["weakest"]):
        assert plain(part) in text
    assert all(plain(banner["text"]) in text for banner in said["banners"])
    again = build_briefs([view], tmp_path / "again")
    assert again[0].read_bytes() == path.read_bytes()


@pytest.mark.parametrize("language", ["nb", "en"])
def test_an_illustrative_brief_calls_itself_that(language: str) -> None:
    page = page_of("brief", small_tables(), language)
    said = {"nb": "oppdikt", "en": "invented"}[language]
    assert any(said in banner.get_text() for banner in page.select(".banner"))
    assert any(said in banner["text"] for banner in brief_content(view_of("small", language))["banners"])


def test_the_page_has_a_part_for_each_thing_in_order_and_a_strip_of_outcomes() -> None:
    page = page_of("brief", real_tables(), "nb", REAL)
    labels = [term.get_text() for term in page.select(".answers dt")]
    assert labels == ["Penger", "I bruk", "Målt", "Fulgte etter", "Det vi ikke vet", "Det vi spør om"]
    assert len(page.select(".outcomes li")) == len(page.select(".strip span")) > 1
    assert len(page.select(".outcomes li")) == len(content(view_of("real", "nb"))["outcomes"])

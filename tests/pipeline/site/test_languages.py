"""On English pages, what is not English says so (WCAG 3.1.2): titles of documents and places in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from gevinst.layout import EditionInfo
from gevinst.settings import load_settings
from gevinst.site.context import View
from gevinst.site.pages import PAGES, path_of
from gevinst.site.pages.charts import charts
from gevinst.site.render import render
from gevinst.site.rows import SiteData
from tests.data.rendered import REAL, Tables, real_tables

SKIPPED = {"script", "style", "title"}


def language_of(text: NavigableString) -> str:
    return str(next(tag["lang"] for tag in text.parents if tag.get("lang")))


def is_of_a_document(tag: Tag) -> bool:
    """A place, or a link to a document; some projects are called what their document is."""
    is_link = "sources/index.html#" in str(tag.get("href", "")) or tag.get("rel") == ["external"]
    return is_link or "source" in (tag.get("class") or [])


def texts(page: BeautifulSoup) -> Iterator[NavigableString]:
    yield from (one for one in page.find_all(string=True) if one.parent and one.parent.name not in SKIPPED)


def norwegian(tables: Tables) -> dict[str, set[str]]:
    """What rows hold in another language than English, with the languages it may be in."""
    found: dict[str, set[str]] = {}
    for row in tables["sources"].iter_rows(named=True):
        if row["language_code"] != "en" and not row["title"].startswith("["):
            code = "nb" if row["language_code"] == "mixed" else row["language_code"]
            found.setdefault(row["title"], set()).add(code)
    for frame in tables.values():
        if "source_locator" in frame.columns:
            for locator in frame["source_locator"].drop_nulls().unique():
                if "avsnittet" in locator or "feltet" in locator or "raden" in locator:
                    found.setdefault(locator, set()).add("nb")
    return found


def rendered(tables: Tables, edition: EditionInfo, wanted: tuple[str, ...]) -> Iterator[BeautifulSoup]:
    view = View(SiteData(tables, edition), "en", load_settings(), path_of, is_marking=True)
    view.figures.update(charts(view))
    for page in (page for page in PAGES if page.name in wanted):
        for document in page.documents(view):
            yield BeautifulSoup(render(view, page, document, page.path("en", document.tail)), "html.parser")


@pytest.mark.slow
def test_no_title_and_no_place_in_norwegian_is_read_out_as_english() -> None:
    tables = real_tables()
    foreign = norwegian(tables)
    names = tuple(page.name for page in PAGES if page.name != "dictionary")
    marked, unmarked = 0, []
    for page in rendered(tables, REAL, names):
        for text in texts(page):
            said = text.strip().removeprefix(", ")
            if said in foreign and text.find_parent(is_of_a_document):
                is_said = language_of(text) in foreign[said]
                marked += is_said
                unmarked += [] if is_said else [said]
    assert unmarked == []
    assert marked > 300


def test_english_pages_say_where_in_english_and_norwegian_ones_need_not(site: Path) -> None:
    project = BeautifulSoup((site / "en/project/2018-skyss/index.html").read_text(encoding="utf-8"), "html.parser")
    places = [source.get_text() for source in project.select(".source")]
    assert any(", line " in place for place in places) and not any(", linje " in place for place in places)
    documents = BeautifulSoup((site / "en/sources/index.html").read_text("utf-8"), "html.parser")
    titles = documents.select("tbody th")
    assert titles and all(title.get("lang") == "nb" for title in titles)
    assert all(note["lang"] == "en" for note in documents.select("tbody th .note"))

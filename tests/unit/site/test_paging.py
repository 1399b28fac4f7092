"""Long tables of projects: split only where there are more rows than a page has, and then whole over all pages."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup

from gevinst.site import blocks, paging, parts
from gevinst.site.context import View
from gevinst.site.figures import model
from gevinst.site.page import Document, Page
from gevinst.site.pages import PAGES
from gevinst.site.pages.benefits import page as benefits_page
from gevinst.site.render import render
from tests.data.rendered import invented_tables, view_of
from tests.data.small_edition import SMALL_EDITION

PAGE = {page.name: page for page in PAGES}


@pytest.fixture(scope="module")
def view() -> View:
    return view_of(invented_tables(), "nb", SMALL_EDITION)


@pytest.fixture
def ten_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of so few rows that twenty-four projects are many."""
    for module, name in ((parts, "ROWS_PER_PAGE"), (paging, "ROWS_PER_PAGE"), (model, "MOST_ROWS")):
        monkeypatch.setattr(module, name, 10)
    monkeypatch.setattr(blocks, "MOST_ROWS", 10)


def split(view: View, page: Page) -> list[Document]:
    return list(paging.in_parts(view, page, page.documents(view)))


def soups(view: View, page: Page) -> list[BeautifulSoup]:
    documents = split(view, page)
    html = [render(view, page, document, page.path("nb", document.tail)) for document in documents]
    return [BeautifulSoup(text, "html.parser") for text in html]


def index_of(view: View, page: Page) -> dict[str, Any]:
    script = paging.files_of(view, page, page.documents(view))[paging.INDEX_FILE]
    assert isinstance(script, str)
    return json.loads(script.removeprefix("window.gevinstRows = ").removesuffix(";\n"))


def named(soup: BeautifulSoup, table: str) -> list[str]:
    return [str(row["data-project"]) for row in soup.select(f"#{table} tbody tr")]


@pytest.mark.parametrize("name", ["portfolio", "benefits", "follow_up", "benefits_apart"])
def test_what_fits_on_one_page_stays_on_it_and_has_no_index(view, name) -> None:
    page = PAGE[name]
    assert len(split(view, page)) == 1
    assert paging.INDEX_FILE not in paging.files_of(view, page, page.documents(view))
    assert split(view, page)[0].values["selectable"]


@pytest.mark.parametrize("table", ["prosjekter", "aar-for-aar", "ladder-table"])
def test_every_project_is_on_one_page_of_each_view_and_in_the_index(view, ten_rows, table) -> None:
    pages = soups(view, PAGE["portfolio"])
    assert [len(named(soup, table)) for soup in pages] == [10, 10, 4]
    found = [one for soup in pages for one in named(soup, table)]
    assert sorted(found) == sorted(one["project_id"] for one in view.data.projects)
    index = index_of(view, PAGE["portfolio"])
    assert [index["projects"][place]["id"] for place in index["tables"][table]["of"]] == found


@pytest.mark.parametrize("name", ["portfolio", "sources", "benefits_register", "follow_up"])
def test_rows_drawn_once_are_on_every_page_what_each_page_would_draw(view, ten_rows, name) -> None:
    page = PAGE[name]
    (document,) = page.documents(view)
    once = paging.drawn(view, page, document)
    pages = [list(paging.in_parts(view, page, [one])) for one in (document, once)]
    assert len(pages[0]) == len(pages[1]) > 2
    for alone, shared in zip(*pages, strict=True):
        path = page.path("nb", alone.tail)
        soups = [BeautifulSoup(render(view, page, one, path), "html.parser") for one in (alone, shared)]
        bodies = [[str(row) for row in soup.select("[data-paged] tbody tr")] for soup in soups]
        assert bodies[0] == bodies[1] and bodies[0]
    files = [paging.files_of(view, page, [one])[paging.INDEX_FILE] for one in (document, once)]
    assert files[0] == files[1]


def test_a_page_of_many_projects_carries_none_that_it_does_not_show(view, ten_rows) -> None:
    page = soups(view, PAGE["portfolio"])[0]
    assert page.select_one("#selectable") is None
    assert all(one["counts"] is not None and one["sok"] for one in index_of(view, PAGE["portfolio"])["projects"])


def test_pages_of_projects_lead_to_one_another_and_say_which_they_are(view, ten_rows) -> None:
    first, second, _ = soups(view, PAGE["portfolio"])
    assert "Rad 1 til 10 av 24" in first.select(".pager")[0].text
    assert "nedlastingen" in str(first.select(".pager")[0]["data-on-paper"])
    assert [link["href"] for link in second.select("[rel=prev]")] == ["../index.html"] * 3
    assert first.h1 is not None and second.h1 is not None and second.h1.text == f"{first.h1.text} Side 2"


def test_a_figure_of_more_rows_than_a_page_has_is_a_table_that_says_so(view, ten_rows) -> None:
    block = soups(view, PAGE["portfolio"])[0].select_one("#nyeste .block")
    assert block is not None and block.select_one("[data-figure]") is None
    assert "Figuren tegnes for opptil 10 rader" in block.text
    assert "ladder" not in [document.tail for document in PAGE["figure"].documents(view)]


def test_a_document_on_another_page_has_the_address_of_that_page(view, ten_rows) -> None:
    pages = soups(view, PAGE["sources"])
    assert len(pages) > 2
    for number, soup in enumerate(pages, start=1):
        folder = "/nb/kilder/" if number == 1 else f"/nb/kilder/{number}/"
        ids = [str(row["id"]) for row in soup.select("#dokumenter tbody tr")]
        assert [view.source_href(one) for one in ids] == [f"{folder}index.html#{one}" for one in ids]


def test_the_way_to_the_next_hundred_is_folded_with_its_table(view, ten_rows, monkeypatch) -> None:
    monkeypatch.setattr(benefits_page, "LONGEST_MAP", 9)
    (fold,) = soups(view, PAGE["benefits"])[0].select("[data-paged] > details.as-table")
    assert len(fold.select("[data-pages]")) == 1

"""What a first visit loads does not grow with the portfolio: no page holds all of what there may be any number of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup

from gevinst.site import blocks, paging, parts
from gevinst.site.context import View
from gevinst.site.figures import model
from gevinst.site.page import Document, Page
from gevinst.site.pages import PAGES
from gevinst.site.pages.overview import tiles
from gevinst.site.render import render
from tests.data.rendered import invented_tables, view_of
from tests.data.small_edition import SMALL_EDITION

FEW = 3
PAGE = {page.name: page for page in PAGES}
OF_MANY = [page.name for page in PAGES if page.name not in ("project", "organisation", "explanation", "dictionary")]
"""Pages that show the portfolio as a whole."""


@pytest.fixture
def few_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of so few rows that twenty-four projects are as ten thousand."""
    for module in (parts, paging):
        monkeypatch.setattr(module, "ROWS_PER_PAGE", FEW)
    for module in (model, blocks):
        monkeypatch.setattr(module, "MOST_ROWS", FEW)
    monkeypatch.setattr(parts, "LONGEST_WHOLE", FEW)
    monkeypatch.setattr(parts, "MOST_NAMED", FEW)
    monkeypatch.setattr(parts, "MOST_SHARED", FEW)
    monkeypatch.setattr(parts, "MOST_TRIED", FEW)
    monkeypatch.setattr(tiles, "_MOST_SHOWN", 1)


@pytest.fixture
def view(few_rows: None) -> View:
    return view_of(invented_tables(), "nb", SMALL_EDITION)


def split(view: View, page: Page) -> Iterator[Document]:
    return paging.in_parts(view, page, page.documents(view))


def html_of(view: View, page: Page, document: Document) -> str:
    return render(view, page, document, page.path(view.language, document.tail))


@pytest.mark.parametrize("name", OF_MANY)
def test_no_page_names_every_project(view, name) -> None:
    known = {one["project_id"]: (view.text(one, "short_name") or "").casefold() for one in view.data.projects}
    for document in split(view, PAGE[name]):
        html = html_of(view, PAGE[name], document).casefold()
        assert sum(project_id in html or title in html for project_id, title in known.items()) < len(known)


@pytest.mark.parametrize(("name", "table", "mart"), [("coverage", "dekning", "project_coverage")])
def test_of_a_table_that_nobody_chooses_among_every_row_is_on_one_page(view, name, table, mart) -> None:
    soups = [BeautifulSoup(html_of(view, PAGE[name], one), "html.parser") for one in split(view, PAGE[name])]
    shown = [str(link["href"]) for soup in soups for link in soup.select(f"#{table} tbody th a")]
    wanted = [view.project_href(row["project_id"]) for row in view.data.now(mart)]
    rows_of_last = len(wanted) - (parts.part_count(len(wanted)) - 1) * FEW
    again = len(soups) - parts.part_count(len(wanted))  # pages of longer tables show the end of this one
    assert len(shown) == len(wanted) + again * rows_of_last
    assert {href.rpartition("prosjekt/")[2] for href in shown} == {one.rpartition("prosjekt/")[2] for one in wanted}


def test_a_page_of_one_organisation_with_many_projects_is_split_with_the_index_beside_its_first(view) -> None:
    page = PAGE["organisation"]
    found = list(page.documents(view))
    longest = max((one for one in found if one.tail), key=lambda one: len(one.values["projects"].table.rows))
    total = len(longest.values["projects"].table.rows)
    assert total > FEW
    pages = list(paging.in_parts(view, page, [longest]))
    assert [one.tail for one in pages[:2]] == [longest.tail, f"{longest.tail}/2"]
    soups = [BeautifulSoup(html_of(view, page, one), "html.parser") for one in pages]
    assert sum(len(soup.select("#prosjekter tbody tr")) for soup in soups) == total
    assert [soup.select("[data-paged]")[0]["data-rows"] for soup in soups[:2]] == ["rows.js", "../rows.js"]
    assert f"{longest.tail}/rows.js" in paging.files_of(view, page, [longest])
    assert soups[1].select("[rel=prev]")[0]["href"] == "../index.html"


def test_the_page_that_a_project_is_about_is_the_same_on_every_part_of_it(view) -> None:
    page = PAGE["project"]
    document = next(one for one in page.documents(view) if len(list(paging.in_parts(view, page, [one]))) > 1)
    pages = [BeautifulSoup(html_of(view, page, one), "html.parser") for one in paging.in_parts(view, page, [document])]
    assert {str(soup.select("main")[0]["data-project"]) for soup in pages} == {document.tail}


@pytest.mark.parametrize("count", [1, 2, 12, 13, 50, 412, 5000])
def test_a_page_of_many_leads_to_its_neighbours_the_ends_and_to_few_others(count) -> None:
    for number in {1, min(2, count), (count + 1) // 2, count}:
        found = parts.linked_parts(number, count)
        assert len(found) <= 14
        near = {max(1, number - 1), number, min(count, number + 1), 1, count}
        assert near <= set(found) <= set(range(1, count + 1))
        assert list(found) == sorted(set(found))
    if count <= 12:
        assert parts.linked_parts(1, count) == tuple(range(1, count + 1))


def test_a_partner_far_down_the_list_has_the_address_of_the_page_that_its_row_is_on(view) -> None:
    page = PAGE["organisation"]
    index = next(one for one in page.documents(view) if not one.tail)
    found = {}
    for document in paging.in_parts(view, page, [index]):
        soup = BeautifulSoup(html_of(view, page, document), "html.parser")
        for row in soup.select("#samarbeidspartliste tbody tr"):
            found.setdefault(str(row["id"]), f"{page.path('nb', document.tail)}#{row['id']}")
    alone = {one: href for one, href in found.items() if not view.data.has_own_page(one)}
    assert len(found) > FEW
    assert {one: view.organisation_href(one) for one in alone} == alone


def test_many_letters_many_changes_and_many_priced_projects_are_said_to_be_in_files(view) -> None:
    for name, words in (("follow_up", "er i tekstfilen"), ("benefits_valued", "opptil 3 prosjekter")):
        document = next(split(view, PAGE[name]))
        html = html_of(view, PAGE[name], document)
        assert words in BeautifulSoup(html, "html.parser").get_text()
        assert "<textarea" not in html and 'id="assumptions"' not in html

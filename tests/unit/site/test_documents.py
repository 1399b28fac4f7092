"""Documents that a page cites: those of the list are linked there, others by their own address or not at all."""

from __future__ import annotations

import polars as pl
import pytest
from bs4 import BeautifulSoup

from gevinst.site.context import View
from gevinst.site.pages import PAGES
from gevinst.site.pages.search.index import entries
from gevinst.site.render import render
from tests.data.rendered import REAL, real_tables, view_of

LATER = "ssb-kpi"
"""The document behind the price index, which is a reference table: an edition of a year before it has the index."""
CLOSED = "gevinst-kartlegging-2026"


@pytest.fixture(scope="module")
def view() -> View:
    """An edition whose list of documents lacks two that its reference tables rest on."""
    tables = dict(real_tables())
    tables["document_reading"] = tables["document_reading"].filter(~pl.col("source_id").is_in([LATER, CLOSED]))
    return view_of(tables, "nb", REAL)


def test_a_document_that_is_not_in_the_list_is_linked_by_its_own_address_or_not_at_all(view) -> None:
    listed = view.data.documents[0]["source_id"]
    assert view.source_href(listed).endswith(f"/kilder/index.html#{listed}")
    assert view.source_href(LATER) == "https://ssb.no/tabell/05327"
    assert view.source_href(CLOSED) is None


@pytest.mark.parametrize(("table", "own"), [("kpi", {"https://ssb.no/tabell/05327"}), ("benefit_categories", set())])
def test_the_page_of_a_table_leads_to_no_place_that_the_list_does_not_have(view, table, own) -> None:
    page = next(page for page in PAGES if page.name == "dictionary")
    (document,) = [one for one in page.documents(view) if one.tail == table]
    soup = BeautifulSoup(render(view, page, document, page.path("nb", table)), "html.parser")
    links = {str(link["href"]) for link in soup.select("#dokumenter ~ ul a")}
    assert len(soup.select("#dokumenter ~ ul li")) == len(links) + (CLOSED in str(view.data.now(table)))
    assert {href for href in links if href.startswith("https://")} == own
    assert [href for href in links if href.endswith((f"#{LATER}", f"#{CLOSED}"))] == []


def test_a_search_finds_the_documents_of_the_list_and_no_others(view) -> None:
    found = {entry.href.rpartition("#")[2] for entry in entries(view) if entry.kind == "source"}
    assert found == {row["source_id"] for row in view.data.documents}

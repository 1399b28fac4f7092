"""The register of benefits: a hundred rows a page, the same rows in the index, and links that answer questions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import polars as pl
import pytest
from bs4 import BeautifulSoup, Tag

from gevinst.settings import load_settings
from gevinst.site import paging, parts
from gevinst.site.context import View
from gevinst.site.pages import path_of
from gevinst.site.pages.benefits import register
from gevinst.site.pages.project.tables import blocks
from gevinst.site.render import render
from gevinst.site.rows import SiteData
from tests.data.rendered import invented_tables, real_tables, view_of
from tests.data.small_edition import SMALL_EDITION


@pytest.fixture(scope="module")
def view() -> View:
    return view_of(invented_tables(), "nb", SMALL_EDITION)


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Pages of so few rows that the invented register has several."""
    monkeypatch.setattr(parts, "ROWS_PER_PAGE", 30)
    monkeypatch.setattr(paging, "ROWS_PER_PAGE", 30)
    register.row_hrefs.cache_clear()
    yield 30
    register.row_hrefs.cache_clear()


def pages(view: View) -> list[BeautifulSoup]:
    page = register.PAGE
    documents = paging.in_parts(view, page, page.documents(view))
    html = [render(view, page, document, page.path(view.language, document.tail)) for document in documents]
    return [BeautifulSoup(text, "html.parser") for text in html]


def first(soup: Tag, selector: str) -> Tag:
    found = soup.select_one(selector)
    assert found is not None
    return found


def index_of(view: View) -> dict[str, Any]:
    found = json.loads(script_of(view).removeprefix("window.gevinstRows = ").removesuffix(";\n"))
    return {**found["tables"]["register"], "projects": found["projects"]}


def script_of(view: View) -> str:
    script = paging.files_of(view, register.PAGE, register.PAGE.documents(view))["rows.js"]
    assert isinstance(script, str)
    return script


def rebuilt(index: dict[str, Any], row: int) -> str:
    """A row as the browser makes it of the index, in the folder of the first page."""
    head, *cells = (column["values"][column["at"][row]] for column in index["columns"])
    project = index["projects"][index["of"][row]]["id"]
    return "".join([head.replace("{id}", index["ids"][row]).replace("{project}", project), *cells, "</tr>"])


def flat(html: str) -> str:
    return re.sub(r">\s+<", "><", html)


def test_every_benefit_is_on_one_of_the_pages_in_one_order(view, short_pages) -> None:
    found = [[row["id"] for row in soup.select("#register tbody tr")] for soup in pages(view)]
    assert len(found) > 2 and {len(rows) for rows in found[:-1]} == {short_pages}
    listed = [one for rows in found for one in rows]
    known = invented_tables()["benefit_register"].filter(pl.col("edition_year") == 2026)["benefit_id"].to_list()
    assert sorted(listed) == sorted(known)
    assert listed == index_of(view)["ids"]


def test_pages_lead_to_one_another_without_scripts(view, short_pages) -> None:
    start, second, *_ = pages(view)
    assert first(start, "a[rel=next]")["href"] == "2/index.html"
    assert start.select_one("a[rel=prev]") is None
    assert first(second, "a[rel=prev]")["href"] == "../index.html"
    assert first(second, ".pager a[aria-current]").text.split()[-1] == "2"
    assert first(start, "h1").text != first(second, "h1").text


def test_rows_of_the_index_are_those_of_the_pages(view, short_pages) -> None:
    page, index = register.PAGE, index_of(view)
    document, *_ = paging.in_parts(view, page, page.documents(view))
    html = render(view, page, document, page.path("nb"))
    body = html[html.index('id="register"') :]
    static = re.findall(r"<tr id=.*?</tr>", body, re.DOTALL)
    assert len(static) == short_pages < len(index["ids"])
    assert [flat(row) for row in static] == [flat(rebuilt(index, row)) for row in range(len(static))]


def test_a_row_of_another_page_has_the_address_of_that_page(view, short_pages) -> None:
    hrefs = register.row_hrefs(view)
    for number, soup in enumerate(pages(view), start=1):
        place = "/nb/gevinster/register/" + ("" if number == 1 else f"{number}/") + "index.html"
        assert {hrefs[str(row["id"])] for row in soup.select("#register tbody tr")} == {
            f"{place}#{row['id']}" for row in soup.select("#register tbody tr")
        }


def test_the_page_of_a_project_leads_to_the_rows_of_its_benefits(view) -> None:
    hrefs, seen = set(register.row_hrefs(view).values()), 0
    for project in view.data.projects[:5]:
        benefits, others = (blocks(view, project["project_id"])[name] for name in ("benefits", "others"))
        led = [row.cells[0].href for row in benefits.table.rows] if benefits else []
        assert set(led) <= hrefs
        assert all(row.cells[0].href is None for row in others.table.rows) if others else True
        seen += len(led)
    assert seen > 5


def matching(index: dict[str, Any], query: str) -> list[int]:
    wanted = dict(part.split("=") for part in query.split("&"))
    found = range(len(index["ids"]))
    for name, value in wanted.items():
        facet = index["facets"][name]
        found = [row for row in found if value in facet["values"][facet["at"][row]].split()]
    return list(found)


@pytest.mark.parametrize("tables", [invented_tables, real_tables], ids=["invented", "real"])
def test_every_saved_view_selects_as_many_benefits_as_it_says(tables) -> None:
    view = view_of(tables(), "nb", SMALL_EDITION)
    index, views = index_of(view), register.saved_views(view)
    assert [one.text for one in views][:2] == ["Lovet, ikke meldt", "Uttalte mål, ikke meldt"]
    for one in views:
        assert int(one.amount) == len(matching(index, one.href.partition("?")[2])) > 0


def test_a_promised_benefit_says_why_nothing_is_known(view) -> None:
    rows = {row["benefit_id"]: row for row in register.register_rows(view)}
    words = {"not_found": "ikke funnet i det som er lest", "not_coded": "ingen har lett", "stated_not": "planen sier"}
    seen = set()
    for soup in pages(view):
        for row in soup.select("#register tbody tr"):
            stage, why = first(row, "td"), rows[str(row["id"])]["results_absence_code"]
            assert (why is not None) == ("Lovet" in stage.text)
            if why is not None:
                assert words[why] in stage.text and words[why] in str(stage["data-csv"])
                seen.add(why)
    assert {"not_found", "not_coded"} <= seen


def test_what_is_not_measured_can_be_chosen_and_says_when_it_is_due_and_who_answers(view) -> None:
    index, counts = index_of(view), view.data.now("benefit_headlines")[0]
    assert len(matching(index, "maling=ikke-malt")) == counts["unmeasured_claim_count"]
    overdue = matching(index, "maling=forfalt")
    assert len(overdue) == counts["overdue_count"] > 0
    texts = [BeautifulSoup(rebuilt(index, row), "html.parser").text for row in overdue]
    assert all(re.search(r"[Ss]kulle vært målt [\d.]+", text) for text in texts)
    assert any("ansvarlig: " in text and ", gevinsteier" in text for text in texts)


def test_a_measured_benefit_says_how_it_went(view) -> None:
    rows, index = register.register_rows(view), index_of(view)
    reached = matching(index, "maling=reached")
    assert reached == [place for place, row in enumerate(rows) if row["measurement_outcome_code"] == "reached"] != []
    assert all("Målet er nådd" in rebuilt(index, place) for place in reached)
    without = [rows[place] for place in matching(index, "maling=uten-mal")]
    assert without and all(row["newest_value"] is not None and row["target_value"] is None for row in without)
    better = set(matching(index, "maling=uten-mal")) & set(matching(index, "maling=better"))
    assert better and all("Bedre; mål er ikke oppgitt" in rebuilt(index, place) for place in better)


def test_numbers_of_the_register_have_an_address_each() -> None:
    marking = View(SiteData(invented_tables(), SMALL_EDITION), "nb", load_settings(), path_of, is_marking=True)
    soup = pages(marking)[0]
    assert soup.select_one("[data-column='benefit_register.baseline_value']") is not None
    assert {str(link["data-address"]) for link in soup.select(".lead [data-address]")} >= {
        "register_counts.promised_not_found_count",
        "register_counts.said_count",
    }


def test_a_page_of_rows_is_light_and_the_index_not_much_more_than_its_rows(view) -> None:
    assert 0 < len(script_of(view)) / len(index_of(view)["ids"]) < 500

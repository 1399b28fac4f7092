"""What a page costs does not grow with the other projects: rows are grouped once, and no document is made twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from gevinst.language.texts import Catalogue
from gevinst.site.pages import PAGES
from gevinst.site.pages.dictionary.places import note_places, places
from gevinst.site.rows import Row, SiteData
from tests.data.rendered import invented_tables, view_of
from tests.data.small_edition import SMALL_EDITION

OF_EACH = ("project", "organisation")
"""Pages with a document for each of something."""


class Read(list[Row]):
    """Rows of a table, which count how often all of them are gone through."""

    def __init__(self, name: str, rows: list[Row], times: Counter[str]) -> None:
        super().__init__(rows)
        self._name, self._times = name, times

    def __iter__(self) -> Iterator[Any]:
        self._times[self._name] += 1
        return super().__iter__()


@pytest.mark.parametrize("name", OF_EACH)
def test_no_page_of_one_goes_through_the_rows_of_all(name, monkeypatch) -> None:
    times: Counter[str] = Counter()
    known: dict[tuple[str, str], Read] = {}
    for method in ("rows", "now"):
        whole = getattr(SiteData, method)

        def read(data: SiteData, table: str, *, whole: Any = whole, method: str = method) -> list[Row]:
            if (method, table) not in known:
                known[method, table] = Read(table, whole(data, table), times)
            return known[method, table]

        monkeypatch.setattr(SiteData, method, read)
    page = next(page for page in PAGES if page.name == name)
    made = list(page.documents(view_of(invented_tables(), "nb", SMALL_EDITION)))
    assert len(made) > 10
    assert {table: n for table, n in times.items() if n > 4} == {}


@pytest.mark.parametrize("name", ["portfolio", "benefits_register", "organisation", "search"])
def test_no_row_looks_up_a_list_of_codes_that_another_has_looked_up(name, monkeypatch) -> None:
    asked: Counter[tuple[str, str]] = Counter()
    whole = Catalogue.labels

    def labels(catalogue: Catalogue, codelists: Any, codelist: str) -> dict[str, str]:
        asked[catalogue.language, codelist] += 1
        return whole(catalogue, codelists, codelist)

    view = view_of(invented_tables(), "nb", SMALL_EDITION)
    monkeypatch.setattr(Catalogue, "labels", labels)
    page = next(page for page in PAGES if page.name == name)
    list(page.documents(view))
    if page.files:
        page.files(view)
    assert asked and max(asked.values()) <= 2


def test_pages_of_tables_say_where_each_is_shown_without_making_any_page_once_more(monkeypatch) -> None:
    made, noted = (view_of(invented_tables(), "nb", SMALL_EDITION) for _ in range(2))
    for page in sorted(PAGES, key=lambda page: page.comes_last):
        if not page.comes_last:
            for document in page.documents(noted):
                note_places(noted, page, document)
    found = places(made)
    monkeypatch.setattr("gevinst.site.pages.PAGES", ())
    assert places(noted) == found
    assert len(found) > 50

"""Editions: what is new since the edition published before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache

import polars as pl
from bs4 import BeautifulSoup, Tag

from gevinst.contracts import NEWS
from gevinst.method.news import Before, news_tables
from tests.data.page_reading import text_of
from tests.data.rendered import REAL, page_html, real_tables
from tests.data.small_edition import SMALL_EDITION, small_tables

LATER = replace(SMALL_EDITION, previous_edition_id="2025-1")
LISTS = ("happened", "found", "time_unknown", "register")


@cache
def with_news() -> dict[str, pl.DataFrame]:
    """The small edition, compared with one that knew nothing of its newest three projects."""
    tables = small_tables()
    newest = tables["projects"]["project_id"][-3:].to_list()
    before = {
        name: frame.filter(pl.col("project_id").is_in(newest).not_().fill_null(True))
        if "project_id" in frame.columns
        else frame
        for name, frame in tables.items()
    }
    compared = Before(before, date(2025, 11, 22))
    return {**tables, **news_tables(compared, tables, 2026, is_illustrative=True)}


def page_of(tables: Mapping[str, pl.DataFrame], edition=LATER, language: str = "nb") -> BeautifulSoup:
    return BeautifulSoup(page_html("editions", tables, language, edition), "html.parser")


def lists(page: BeautifulSoup) -> list[Tag]:
    return page.select("section[aria-labelledby^=nytt-]")


def test_each_change_is_in_one_list_by_when_it_happened_with_reason_and_source() -> None:
    changes = with_news()["edition_changes"]
    page = page_of(with_news())
    rows = page.select("section[aria-labelledby^=nytt-] tbody tr")
    assert len(rows) == changes.height > 0
    by_time = dict(changes.drop_nulls("change_time_code").group_by("change_time_code").len().iter_rows())
    shown = {str(one["aria-labelledby"]).removeprefix("nytt-"): len(one.select("tbody tr")) for one in lists(page)}
    assert {"happened": shown.get("happened"), "found": shown.get("found"), "unknown": shown.get("time-unknown")} == {
        code: by_time.get(code) for code in ("happened", "found", "unknown")
    }
    texts = " ".join(text_of(row) for row in rows)
    assert all(reason in texts for reason in changes["reason_nb"].drop_nulls())
    sources = {f"../kilder/index.html#{source}" for source in changes["source_id"].drop_nulls()}
    assert {str(link["href"]) for row in rows for link in row.select(".source a")} == sources


def test_the_lists_are_in_the_contents_and_what_happened_is_first() -> None:
    page = page_of(with_news())
    anchors = [str(one["aria-labelledby"]) for one in lists(page)]
    assert anchors == [one for one in (f"nytt-{name.replace('_', '-')}" for name in LISTS) if page.select(f"#{one}")]
    assert [str(link["href"]) for link in page.select(".toc a")][: len(anchors)] == [f"#{one}" for one in anchors]


def test_a_change_of_a_project_leads_to_the_project() -> None:
    links = page_of(with_news()).select("section[aria-labelledby^=nytt-] tbody th a")
    assert links and all(str(link["href"]).startswith("../prosjekt/") for link in links)


def test_the_edition_before_is_named_and_an_edition_with_nothing_new_says_so() -> None:
    quiet = {**small_tables(), **news_tables(Before(), small_tables(), 2026, is_illustrative=True)}
    page = page_of(quiet)
    assert text_of(page.select_one(".lead")) == "Ingenting er ført inn siden utgave 2025-1."
    assert lists(page) == []
    assert "2025-1" in text_of(page_of(with_news()).select_one(".lead"))


def test_a_first_edition_tells_no_news_whatever_was_read_when() -> None:
    page = page_of({**with_news(), **{table.name: with_news()[table.name].clear() for table in NEWS}}, SMALL_EDITION)
    assert "ingen utgave for et tidligere år" in text_of(page.select_one(".lead"))
    assert lists(page) == []


def test_what_was_known_year_by_year_is_one_link_away() -> None:
    links = [link["href"] for link in page_of(real_tables(), REAL).select(".onward a")]
    assert "../dekning/index.html#known-over-time-table-heading" in links

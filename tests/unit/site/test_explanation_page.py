"""Explanations of figures: which clocks the rows behind a figure have."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from gevinst.site.pages import PAGES
from gevinst.site.pages.explanation.page import documents
from gevinst.site.render import render
from tests.data.page_reading import text_of
from tests.data.rendered import real_tables, view_of
from tests.data.small_edition import SMALL_EDITION, small_tables


@pytest.mark.parametrize(
    ("figure_id", "headings"),
    [
        ("in_use", ["About", "Public", "Source"]),
        ("has_status_beyond_award", []),
    ],
    ids=["statuses have dates and documents and are recorded nowhere", "what is known of a project has neither"],
)
def test_only_the_clocks_that_a_table_has_are_shown_and_no_other_is_called_unknown(figure_id, headings) -> None:
    view = view_of(small_tables(), "en", SMALL_EDITION)
    document = next(one for one in documents(view) if one.tail == figure_id)
    columns = document.values["rows"].table.columns
    assert [column.heading for column in columns][2:] == headings


def test_a_figure_of_many_rows_lists_the_first_and_says_how_many_more_are_in_the_file() -> None:
    view = view_of(real_tables(), "en", SMALL_EDITION)
    by_figure = {one.tail: one.values for one in documents(view)}
    claims, counted = by_figure["claims"], int(view.data.headlines["claims"].value)
    assert counted > 20 == len(claims["rows"].table.rows)
    assert f"{view.number.integer(counted - 20)} more rows were counted and are not shown" in claims["rows"].caption
    assert claims["all_rows"].endswith("tables/csv/benefit_claims.csv")
    stopped, count = by_figure["stopped"], view.data.headlines["stopped"].value
    assert 0 < count == len(stopped["rows"].table.rows)
    assert "not shown" not in stopped["rows"].caption and stopped["all_rows"] is None


def test_a_figure_that_counts_nothing_promises_no_rows_and_shows_no_empty_table() -> None:
    view = view_of(real_tables(), "en", SMALL_EDITION)
    none = next(one for one in documents(view) if one.tail == "in_use")
    assert view.data.headlines["in_use"].value == 0
    assert none.values["rows"] is None
    assert "no row meets the condition below" in none.lead and "are below" not in none.lead


def test_a_figure_that_counts_every_row_says_so_in_words_and_any_other_by_its_condition() -> None:
    page = next(one for one in PAGES if one.name == "explanation")
    view = view_of(small_tables(), "nb", SMALL_EDITION)
    said = {}
    for document in documents(view):
        soup = BeautifulSoup(render(view, page, document, page.path("nb", document.tail)), "html.parser")
        (term,) = [one for one in soup.select("dt") if text_of(one) == "Hva som telles"]
        said[document.tail] = (text_of(term.find_next("dd")), term.find_next("dd").code is not None)
        if {"projects", "in_use"} <= set(said):
            break
    assert said["projects"] == ("alle radene", False) and said["in_use"][1]

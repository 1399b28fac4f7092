"""The report repeats what pages show, wherever a page has moved it to, and loses nothing in silence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pytest

from gevinst.addresses import LANGUAGE_MARKS
from gevinst.settings import load_settings
from gevinst.site.context import SiteData, View
from gevinst.site.page import Document
from gevinst.site.pages import path_of
from gevinst.site.pages.benefits import economy, measured, plans
from gevinst.site.pages.charts import charts
from gevinst.site.report.content import _parts, report
from tests.data.small_edition import SMALL_EDITION, small_tables
from tests.data.states import state
from tests.data.waiting import without_english


@pytest.fixture(scope="module", params=["nb", "en"])
def view(request: pytest.FixtureRequest) -> View:
    tables, edition = state("illustrative")
    made = View(SiteData(tables, edition), request.param, load_settings(), path_of)
    made.figures.update(charts(made))
    return made


def test_the_chapter_of_benefits_has_the_tables_that_stand_on_pages_of_their_own(view: View) -> None:
    (chapter,) = [one for one in report(view).content["chapters"] if one["title"] == view.t("page_benefits.title")]
    headings = [part.get("heading") for part in chapter["parts"]]
    priced = economy.priced(economy.Economy(view))
    assert priced is not None
    for block in (plans.achieved(view), measured.realised(view), priced):
        assert block.heading in headings


def test_a_value_that_the_report_has_no_form_for_is_refused_and_not_left_out(view: View) -> None:
    document = Document(title="", lead="", values={"strange": {"a": 1}, "nothing": None, "none": []})
    assert [*_parts(view, document, "nothing"), *_parts(view, document, "none")] == []
    with pytest.raises(TypeError, match="no form for the value strange"):
        list(_parts(view, document, "strange"))


def test_a_text_that_waits_keeps_its_language_in_the_report_where_it_is_no_bookmark() -> None:
    tables = without_english(small_tables())
    view = View(SiteData(tables, SMALL_EDITION), "en", load_settings(), path_of, is_marking=True)
    view.figures.update(charts(view))
    found = dict(_texts(report(view).content))
    marked = {name for name, texts in found.items() if any(set(text) & set(LANGUAGE_MARKS) for text in texts)}
    assert {"lead", "text"} <= marked
    assert not marked & {"title", "heading", "alt"}
    assert all("None" not in text.split() for texts in found.values() for text in texts)


def _texts(value: Any, name: str = "") -> dict[str, list[str]]:
    """Every text of the report's content by the name of its value."""
    found: dict[str, list[str]] = defaultdict(list)
    inside = value.items() if isinstance(value, Mapping) else [(name, one) for one in value]
    for key, one in inside:
        if isinstance(one, str):
            found[key].append(one)
        elif isinstance(one, Mapping | list | tuple):
            for inner, texts in _texts(one, key).items():
                found[inner] += texts
    return found

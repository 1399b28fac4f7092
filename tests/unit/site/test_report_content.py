"""The report repeats what pages show, wherever a page has moved it to, and loses nothing in silence."""

from __future__ import annotations

import pytest

from gevinst.settings import load_settings
from gevinst.site.context import SiteData, View
from gevinst.site.page import Document
from gevinst.site.pages import path_of
from gevinst.site.pages.benefits import economy, measured, plans
from gevinst.site.pages.charts import charts
from gevinst.site.report.content import _parts, report
from tests.data.states import state


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

"""Every kind of page in every state, language and width: opened from disk, without network, errors or barriers."""

import os

import pytest

from gevinst.language.numbers import LANGUAGES
from gevinst.site.pages import PAGES
from tests.data.page_reading import document_of
from tests.data.states import STATES

pytestmark = pytest.mark.browser

WIDTHS = (1280, 390, 320)
# Pictures take as long as the checks; GEVINST_PICTURES=all takes those of every state, width and language.
PICTURES = {(state, width, "nb") for state in ("normal", "illustrative") for width in (1280, 390)}
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
OPEN_ALL = "document.querySelectorAll('details').forEach(box => { box.open = true; })"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
@pytest.mark.parametrize("state", STATES)
def test_a_page_has_no_barriers_errors_or_requests(
    site_of, visit, barriers, keep_picture, state, page, language
) -> None:
    document = document_of(site_of(state), page, language)
    if document is None:
        assert (state, page.name) == ("empty", "project"), "only a page per project may be missing"
        return
    seen = visit(document, viewport={"width": WIDTHS[-1], "height": 900})
    for width in reversed(WIDTHS):
        seen.page.set_viewport_size({"width": width, "height": 900})
        if (state, width, language) in PICTURES or os.environ.get("GEVINST_PICTURES") == "all":
            keep_picture(seen.page, page.name, state, language, width)
    seen.page.evaluate(OPEN_ALL)
    found = {}
    for width in WIDTHS:
        seen.page.set_viewport_size({"width": width, "height": 900})
        found[width] = barriers(seen.page) + ["the page scrolls sideways"] * seen.page.evaluate(SIDEWAYS)
    assert found == {width: [] for width in WIDTHS}
    assert seen.complaints == []
    assert seen.requests == []

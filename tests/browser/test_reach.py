"""Every kind of page in every state: opened from disk, without network, errors or barriers.

A smoke state of the pages that leaders read runs with `make test`, the rest with `make test-all`. Faults of layout
show in the full states in bokmål, whose words are longest, so that those are opened at three widths; what the other
states and English add are other texts, which one width shows.
"""

import os

import pytest

from gevinst.bilingual import LANGUAGES
from gevinst.site.pages import PAGES
from tests.data.page_reading import ASSESSED, document_of
from tests.data.states import STATES

pytestmark = pytest.mark.browser

DESKTOP, PHONE, NARROWEST = 1280, 390, 320
FULL = ("normal", "illustrative")
MOST_READ = ("overview", "portfolio", "project", "benefits", "benefits_register", "drivers", "scheme", "coverage")
"""The pages that leaders read; the others are opened among the slow tests."""
SMOKE = ("illustrative", "nb")
"""The state in which every kind of page has most on it: models, measured benefits, hidden answers."""
# Pictures take as long as the checks; GEVINST_PICTURES=all takes those of every state, width and language.
PICTURES = {(state, width, "nb") for state in FULL for width in (DESKTOP, PHONE)}
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
OPEN_ALL = "document.querySelectorAll('details').forEach(box => { box.open = true; })"


def widths(state: str, language: str) -> tuple[int, ...]:
    return (DESKTOP, PHONE, NARROWEST) if state in FULL and language == "nb" else (DESKTOP,)


def look(visit, barriers, document, at: tuple[int, ...], before=lambda page, width: None, scheme="light") -> None:
    """Open a page and ask at each width for barriers, sideways scrolling, complaints and requests."""
    # A box that is opened grows for a moment; asked meanwhile, axe finds what is below it in two places at once.
    seen = visit(document, viewport={"width": at[-1], "height": 900}, reduced_motion="reduce", color_scheme=scheme)
    for width in reversed(at):
        seen.page.set_viewport_size({"width": width, "height": 900})
        before(seen.page, width)
    seen.page.evaluate(OPEN_ALL)
    found = {}
    for width in at:
        seen.page.set_viewport_size({"width": width, "height": 900})
        found[width] = barriers(seen.page) + ["the page scrolls sideways"] * seen.page.evaluate(SIDEWAYS)
    assert found == {width: [] for width in at}
    assert seen.complaints == []
    assert seen.requests == []


@pytest.mark.parametrize("page", [page for page in PAGES if page.name in MOST_READ], ids=lambda page: page.name)
def test_a_page_has_no_barriers_errors_or_requests_on_a_phone(site_of, visit, barriers, page) -> None:
    state, language = SMOKE
    look(visit, barriers, document_of(site_of(state), page, language), (PHONE,))


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
@pytest.mark.parametrize("state", STATES)
def test_a_page_has_no_barriers_errors_or_requests_in_any_state(
    site_of, visit, barriers, keep_picture, state, page, language
) -> None:
    document = document_of(site_of(state), page, language)
    if document is None:
        assert page.name in ASSESSED or (state, page.name) == ("empty", "project"), "no other page may be missing"
        return

    def keep(shown, width: int) -> None:
        if (state, width, language) in PICTURES or os.environ.get("GEVINST_PICTURES") == "all":
            keep_picture(shown, page.name, state, language, width)

    look(visit, barriers, document, widths(state, language), keep)


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
@pytest.mark.parametrize("state", FULL)
def test_a_dark_page_has_no_barriers(site_of, visit, barriers, keep_picture, state, page) -> None:
    def keep(shown, width: int) -> None:
        if (state, width, "nb") in PICTURES:
            keep_picture(shown, page.name, state, "dark", width)

    document = document_of(site_of(state), page, "nb")
    if document is None:
        assert page.name in ASSESSED
        return
    look(visit, barriers, document, (DESKTOP, PHONE, NARROWEST), keep, scheme="dark")


@pytest.mark.slow
def test_paper_is_light_for_a_reader_who_prefers_dark_pages(real_site, visit) -> None:
    page = visit(real_site / "nb/index.html", color_scheme="dark").page
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(23, 24, 26)"
    page.emulate_media(media="print")
    assert page.evaluate(ground) == "rgb(255, 255, 255)"


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page in PAGES if page.name in MOST_READ], ids=lambda page: page.name)
def test_an_english_page_whose_texts_wait_has_no_barriers_on_a_phone_or_a_desk(
    waiting_site, visit, barriers, page
) -> None:
    look(visit, barriers, document_of(waiting_site, page, "en"), (DESKTOP, NARROWEST))

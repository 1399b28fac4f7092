"""The page of several schemes: opened from disk, alone, on a wide screen and on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest

from gevinst.bilingual import LANGUAGES
from gevinst.edition.side_by_side import side_by_side
from gevinst.edition.side_by_side_page import write_page
from gevinst.settings import MIN_N_FOR_SHARES
from tests.data.compared_schemes import FIRST, SECOND, publish_in, tables_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The page by language, each in a folder where nothing else is."""
    place = tmp_path_factory.mktemp("schemes")
    schemes = {"Designmidlene": FIRST, "Digitaliseringsmidlene i fylkeskommunen": SECOND}
    editions = [publish_in(place / name, name, tables_of(*projects)) for name, projects in schemes.items()]
    found = side_by_side(editions, MIN_N_FOR_SHARES)
    return {language: write_page(found, language, place / language / "page.html") for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [1280, 390])
def test_it_has_no_barriers_asks_for_nothing_and_does_not_scroll_sideways(
    pages, visit, barriers, keep_picture, language: str, width: int
) -> None:
    seen = visit(pages[language], viewport={"width": width, "height": 900})
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    assert seen.page.evaluate("document.fonts.check('16px Inter')")
    assert (seen.requests, seen.complaints) == ([], [])
    keep_picture(seen.page, "side-by-side", language, width)
    assert barriers(seen.page) == []
    assert seen.requests == []


def test_bars_are_of_one_scale_across_the_columns_of_a_table(pages, visit) -> None:
    seen = visit(pages["nb"], viewport={"width": 1280, "height": 900})
    widths = seen.page.eval_on_selector_all(".bars", "bars => bars.map(bar => bar.getBoundingClientRect().width)")
    assert len(widths) > 3 and len(set(widths)) == 1


def test_a_dark_page_has_no_barriers_and_paper_says_the_same(pages, visit, barriers) -> None:
    seen = visit(pages["nb"], viewport={"width": 1280, "height": 900}, color_scheme="dark")
    assert barriers(seen.page) == []
    # The list of contents alone is of no use on paper.
    on_screen = seen.page.locator("main section").all_inner_texts()
    seen.page.emulate_media(media="print")
    assert seen.page.locator("main section").all_inner_texts() == on_screen


def test_on_a_phone_the_name_of_a_row_stays_while_its_numbers_scroll_by(pages, visit) -> None:
    seen = visit(pages["nb"], viewport={"width": 390, "height": 900})
    for table, head in (("evidence-2", "tbody th"), ("achieved-2", 'tbody th[scope="row"]')):
        frame = seen.page.locator(f'.scroll[aria-labelledby="{table}"]')
        frame.evaluate("frame => { frame.scrollLeft = frame.scrollWidth; }")
        assert frame.evaluate("frame => frame.scrollLeft") > 0, "all of the table is in sight"
        name, around = frame.locator(head).first.bounding_box(), frame.bounding_box()
        assert name is not None and around is not None
        assert name["x"] >= around["x"] - 1

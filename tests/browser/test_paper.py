"""Pages on paper: the banner on every sheet, headings with their rows, the selection alone, and no half-empty sheet."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from gevinst.site.pages import PAGES
from gevinst.workspace import scheme
from tests.data.page_reading import document_of
from tests.data.rendered import KNOWN_PROJECTS

SCHEME = scheme().name.nb

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DESKTOP = {"width": 1280, "height": 900}
PORTFOLIO = "nb/portefolje/index.html"


@pytest.fixture
def sheets(tmp_path: Path) -> Callable[[Page], list[str]]:
    """The text on each sheet of a page that is printed on A4, spaces evened out."""

    def print_page(page: Page) -> list[str]:
        page.pdf(path=tmp_path / "page.pdf", format="A4")
        return [" ".join(sheet.extract_text().split()) for sheet in PdfReader(tmp_path / "page.pdf").pages]

    return print_page


def test_every_sheet_bears_the_banner_the_edition_and_its_number(small_site, visit, sheets) -> None:
    page = visit(small_site / PORTFOLIO, viewport=DESKTOP).page
    printed = sheets(page)
    assert len(printed) > 1
    for number, sheet in enumerate(printed, 1):
        assert "Illustrerende data. Foreløpig. Foreløpige tall." in sheet
        assert f"Gevinster i {SCHEME}. Utgave 2026-1." in sheet and f"{number} / {len(printed)}" in sheet
    assert "Implementeringsstatus Søk" not in " ".join(printed), "the form is not printed"


@pytest.mark.parametrize("path", ["nb/kortversjon", "en/brief"])
@pytest.mark.parametrize("state", ["normal", "small"])
def test_the_brief_is_one_sheet_with_all_it_says(site_of, small_site, visit, sheets, state, path) -> None:
    site = small_site if state == "small" else site_of(state)
    page = visit(site / path / "index.html", viewport=DESKTOP).page
    last = page.locator(".brief .caption").last.inner_text()
    (sheet,) = sheets(page)
    assert " ".join(last.split()) in sheet and page.locator("h1").inner_text() in sheet
    publisher = page.locator(".publisher").text_content()
    assert " ".join(publisher.split()) in sheet, "who publishes, and of which day"


def test_the_heading_of_a_table_is_on_every_sheet_that_it_goes_over(real_site, visit, sheets) -> None:
    page = visit(real_site / PORTFOLIO, viewport=DESKTOP).page
    names = page.locator("#prosjekter tbody th").all_text_contents()
    printed = sheets(page)
    first, last = (next(n for n, text in enumerate(printed) if f"{names[n_th].strip()} 20" in text) for n_th in (0, -1))
    going_over = [text for text in printed if "Sikreste gevinst" in text]
    assert len(going_over) >= 2 and first <= last


def test_a_long_figure_is_cut_between_rows_and_whole_again_afterwards(real_site, visit, sheets) -> None:
    page = visit(real_site / PORTFOLIO, viewport=DESKTOP).page
    before = page.locator("#ladder .static").first.inner_html()
    ticks = page.locator("#ladder .static:not(.on-phone) svg text", has_text="20").all_text_contents()
    printed = sheets(page)
    names = [tick.removesuffix(tick.split("\u00a0")[-1]).strip() for tick in ticks if len(tick) > 8]
    begins = next(number for number, text in enumerate(printed) if "Figur 2" in text)
    assert any(name in printed[begins] for name in names[:5]), "the figure begins below its heading"
    assert any(name in printed[begins + 1] for name in names[-5:])
    assert page.locator("#ladder .static").first.inner_html() == before


@pytest.mark.parametrize("figure", ["planned-realised", "priced-ranges"])
def test_a_figure_of_many_rows_begins_on_the_first_sheet(site_of, visit, sheets, figure) -> None:
    page = visit(site_of("illustrative") / f"nb/figur/{figure}/index.html", viewport=DESKTOP).page
    first = page.locator(".as-table tbody th").first.text_content()
    assert first.strip() in sheets(page)[0], "the drawing, since the table below it is folded"


def test_the_first_figure_stands_on_the_first_sheet_with_what_it_belongs_to(real_site, visit, sheets) -> None:
    for path in ("nb/portefolje", "nb/ordningen", "en/portfolio", "en/scheme"):
        first, *_ = sheets(visit(real_site / path / "index.html", viewport=DESKTOP).page)
        assert re.search(r"(?:Figur|Figure) 1\b.*(?:Kilde|Source): ", first), path


def test_the_selection_alone_is_printed_and_described(real_site, visit, sheets) -> None:
    page = visit(real_site / PORTFOLIO, viewport=DESKTOP).page
    page.select_option("[name=kull]", "2019")
    expect(page.locator("#ladder [data-print]")).to_contain_text("Arkivfloken")
    printed = " ".join(sheets(page))
    assert f"Viser 7 av {KNOWN_PROJECTS} prosjekter (Kull: 2019)" in printed
    assert printed.count("Arkivfloken") == 2, "in the table and in the view that is chosen"
    assert "Kudos" not in printed and "e-innsyn" not in printed


def test_totals_are_printed_once_below_all_rows(site_of, visit, sheets) -> None:
    page = visit(site_of("illustrative") / "nb/gevinster/index.html", viewport=DESKTOP).page
    total = " ".join(page.locator("tfoot").first.text_content().split())
    assert sum(total[:30] in sheet for sheet in sheets(page)) == 1


def test_nothing_keeps_table_headings_from_being_repeated_on_paper(real_site, visit) -> None:
    """Chromium repeats a heading that cannot break and holds no box of its own kind, such as a button."""
    page = visit(real_site / "nb/portefolje/index.html", viewport=DESKTOP).page
    page.emulate_media(media="print")
    head = page.locator("#prosjekter thead")
    assert head.evaluate("tag => getComputedStyle(tag).breakInside") == "avoid"
    displays = head.evaluate("tag => Array.from(tag.querySelectorAll('button'), b => getComputedStyle(b).display)")
    assert set(displays) == {"contents"}


UPRIGHT, LENGTHWISE = 688, 1017
"""The width between the margins of a sheet, in the pixels of a style sheet."""
CONTROLS = (
    "button, select, input, textarea, label, nav:not(.pager), .pager ul, summary:not(:has(h2)), form, [download], "
    ".downloads, .site-footer"
)
ON_PAPER = """([controls, width]) => {
  const boxes = (tag) => tag.getClientRects().length && getComputedStyle(tag).visibility !== 'hidden';
  const name = (tag) => `${tag.tagName} ${tag.id} ${tag.className} ${tag.textContent.trim().slice(0, 40)}`;
  const main = document.querySelector('main');
  return {
    controls: [...document.querySelectorAll(controls)]
      .filter((tag) => boxes(tag) && !tag.closest('thead') && (tag.innerText || tag.value || '').trim() &&
        !(tag.tagName === 'FORM' && document.body.classList.contains('is-filtered'))).map(name),
    cut: [...main.querySelectorAll('*')]
      .filter((tag) => boxes(tag) && !tag.closest('svg, .ds-sr-only') && tag.getBoundingClientRect().right > width + 1)
      .map(name).slice(0, 3),
    unfolded: [...main.querySelectorAll('.block:not(.has-figure) > .as-table table')]
      .filter((table) => table.rows.length > 1 && table.rows.length < 50 && !boxes(table.rows[1])).map(name),
    ground: getComputedStyle(document.body).backgroundColor,
  };
}"""


def of_every_kind(site: Path, language: str) -> Iterator[tuple[str, Path]]:
    """One document of every kind of page that the site has."""
    for kind in PAGES:
        document = document_of(site, kind, language)
        if document is not None:
            yield kind.name, document


@pytest.mark.parametrize(("state", "language"), [("normal", "nb"), ("illustrative", "en")])
def test_every_kind_of_page_fits_on_paper_without_controls_and_ends_with_what_it_says(
    site_of, visit, tmp_path, state, language
) -> None:
    offenders = []
    for name, document in of_every_kind(site_of(state), language):
        page = visit(document, viewport=DESKTOP, color_scheme="dark").page
        page.pdf(path=tmp_path / "page.pdf", format="A4", prefer_css_page_size=True)
        sheets = PdfReader(tmp_path / "page.pdf").pages
        box = sheets[0].mediabox
        width = LENGTHWISE if box.width > box.height else UPRIGHT
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media="print", color_scheme="dark")
        found = page.evaluate(ON_PAPER, [CONTROLS, width])
        assert found.pop("ground") == "rgb(255, 255, 255)", f"{name} is printed dark"
        last = sheets[-1].extract_text().split()
        # The margin of a sheet says about thirty words: the banner, the edition, and what all of it is based on.
        offenders += [(name, what, tags) for what, tags in found.items() if tags]
        offenders += [(name, "last sheet", " ".join(last))] if len(last) < 40 else []
        page.close()
    assert offenders == []

"""Readers who set things their own way: keys only, larger text, wider spacing, forced colours, less motion."""

from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from gevinst.site.pages import PAGES
from tests.data.page_reading import ASSESSED, document_of
from tests.data.rendered import KNOWN_PROJECTS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DESKTOP = {"width": 1280, "height": 900}
REAL_KINDS = pytest.mark.parametrize(
    "kind", [page for page in PAGES if page.name not in ASSESSED], ids=lambda page: page.name
)
KINDS = pytest.mark.parametrize("kind", PAGES, ids=lambda page: page.name)
FIRST_STOPS = 40

# WCAG 1.4.4 and 1.4.12: the text a reader sees at other browser settings.
LARGE_TEXT = "html { font-size: 200%; }"
SPACED_TEXT = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""
SETTINGS = [
    ("200% text", 1280, LARGE_TEXT),
    ("200% zoom", 640, "/* the window alone */"),
    ("spacing", 1280, SPACED_TEXT),
    ("both", 320, SPACED_TEXT),
]

# Text that its own box cuts off, and a page wider than the window. What is only read aloud is one pixel large.
LOST = """() => {
  const lost = Array.from(document.querySelectorAll('main *, header *, footer *')).filter((tag) => {
    const style = getComputedStyle(tag);
    const cuts = ['hidden', 'clip'].includes(style.overflowX) && !tag.closest('svg, [data-live]');
    const tooSmall = tag.scrollWidth > tag.clientWidth + 1 || tag.scrollHeight > tag.clientHeight + 1;
    return cuts && tooSmall && tag.clientWidth > 1 && tag.innerText;
  }).map((tag) => `cut off: ${tag.tagName} ${tag.className}`);
  const page = document.documentElement;
  return page.scrollWidth > page.clientWidth ? [...lost, `sideways: ${page.scrollWidth - page.clientWidth} px`] : lost;
}"""

# The stop that has the keyboard focus: where it is, and whether one sees that it has the focus.
STOP = """() => {
  const tag = document.activeElement;
  const box = tag.getBoundingClientRect();
  const style = getComputedStyle(tag);
  const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
  return { name: `${tag.tagName} ${tag.textContent.trim().slice(0, 30)}`, isRinged: ring || style.boxShadow !== 'none',
    isSeen: seen, top: box.top + scrollY, bottom: box.bottom + scrollY, left: box.left, right: box.right };
}"""


@pytest.mark.slow
@REAL_KINDS
def test_larger_and_wider_text_loses_nothing_and_needs_no_sideways_scrolling(real_site, visit, kind) -> None:
    page = visit(document_of(real_site, kind, "nb"), viewport=DESKTOP).page
    page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true; })")
    lost = {}
    for name, width, style in SETTINGS:
        page.set_viewport_size({"width": width, "height": 900})
        tag = page.add_style_tag(content=style)
        lost[name] = page.evaluate(LOST)
        tag.evaluate("tag => tag.remove()")
    assert lost == {name: [] for name, _, _ in SETTINGS}


@pytest.mark.slow
@REAL_KINDS
def test_the_keyboard_goes_through_a_page_as_one_reads_it_and_shows_where_it_is(real_site, visit, kind) -> None:
    page = visit(document_of(real_site, kind, "nb"), viewport=DESKTOP).page
    stops = []
    for _ in range(FIRST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop["name"].startswith("BODY"):
            break
        stops.append(stop)
    assert len(stops) > 10
    in_page = stops[1:]  # the link to the content lies over everything else, in colours of its own
    assert [stop["name"] for stop in in_page if not (stop["isRinged"] and stop["isSeen"])] == []
    assert backwards(in_page) == []


def test_every_control_of_the_portfolio_obeys_the_keyboard(real_site, visit) -> None:
    page = visit(real_site / "nb/portefolje/index.html", viewport=DESKTOP).page
    _tab_to(page, "[name=kull]")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".filter [role=status]").first).not_to_contain_text(f"{KNOWN_PROJECTS} av {KNOWN_PROJECTS}")
    _tab_to(page, "button[type=reset]")
    page.keyboard.press("Space")
    expect(page.locator(".filter [role=status]").first).to_contain_text(f"{KNOWN_PROJECTS} av {KNOWN_PROJECTS}")
    _tab_to(page, ".scroll")
    _tab_to(page, "#prosjekter th[aria-sort] button")
    page.keyboard.press("Enter")
    assert page.locator("#prosjekter th").first.get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Shift+Tab")
    assert not page.evaluate("document.activeElement.matches('#prosjekter th button')"), "one comes back out"
    _tab_to(page, ".view-choice input", most=3 * KNOWN_PROJECTS + 30)  # past the links of every row
    page.keyboard.press("ArrowRight")
    expect(page.locator("#aar-for-aar")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    _tab_to(page, ".as-table summary")
    page.keyboard.press("Enter")
    expect(page.locator("#ladder-table")).to_be_visible()
    _tab_to(page, "[data-xlsx-of=ladder-table]")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename.endswith(".xlsx")


@pytest.mark.slow
@KINDS
def test_forced_colours_leave_no_mark_without_its_border(site_of, visit, keep_picture, kind) -> None:
    """What axe checks is checked in ordinary colours (`test_reach.py`): under forced ones it finds the same."""
    document = document_of(site_of("illustrative"), kind, "nb")
    page = visit(document, forced_colors="active", viewport=DESKTOP).page
    keep_picture(page, kind.name, "forced", "nb", 1280)
    unmarked = page.evaluate(
        """() => Array.from(document.querySelectorAll('main .mark'), (mark) => [mark, getComputedStyle(mark)])
          .filter(([mark, style]) => mark.getClientRects().length && style.borderTopWidth === '0px')
          .map(([mark]) => mark.className)"""
    )
    assert unmarked == []


@pytest.mark.slow
@REAL_KINDS
def test_less_motion_means_none(real_site, visit, kind) -> None:
    page = visit(document_of(real_site, kind, "nb"), reduced_motion="reduce").page
    moving = page.evaluate(
        """() => Array.from(document.querySelectorAll('*'), (tag) => getComputedStyle(tag))
          .filter((style) => style.transitionDuration !== '0s' || style.animationName !== 'none').length"""
    )
    assert moving == 0


def backwards(stops: list[dict]) -> list[tuple[str, str]]:
    """Pairs of stops that follow each other although the second stands before the first on the page."""
    return [
        (before["name"], after["name"])
        for before, after in pairwise(stops)
        if after["bottom"] <= before["top"] and after["left"] < before["right"]
    ]


def _tab_to(page: Page, selector: str, most: int = 100) -> None:
    """Press Tab until the focus is on something that matches; fails after so many stops."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"the keyboard never reaches {selector}")

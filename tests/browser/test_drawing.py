"""Figures that are drawn when the site is built: alike every time, and by the reader's browser where that failed."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from gevinst.site import bundle
from gevinst.site.build import build_site
from tests.data.rendered import REAL, invented_tables, view_of
from tests.data.small_edition import SMALL_EDITION, small_tables

pytestmark = pytest.mark.browser

DESKTOP = {"width": 1280, "height": 900}
PORTFOLIO = "nb/portefolje/index.html"


@pytest.fixture(scope="module")
def undrawn_site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A site built where no browser is found, and what the build said."""
    out, texts = tmp_path_factory.mktemp("undrawn") / "site", []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BROWSER_PATH", str(out.parent / "no-chromium-here"))
        build_site(small_tables(), SMALL_EDITION, out, cache_dir=out.parent / "cache", progress=texts.append)
    return out, texts


@pytest.mark.slow
def test_without_a_browser_the_build_works_and_says_what_that_means(undrawn_site) -> None:
    site, texts = undrawn_site
    assert (site / PORTFOLIO).exists()
    assert ["reader's browser must draw" in line for line in texts].count(True) == 1


@pytest.mark.slow
def test_a_figure_that_was_not_drawn_says_so_and_is_drawn_by_the_page(undrawn_site, visit) -> None:
    site, _ = undrawn_site
    seen = visit(site / PORTFOLIO, viewport=DESKTOP)
    expect(seen.page.locator("#ladder [data-live] .ytick")).to_have_count(12)
    assert seen.page.locator("#ladder .undrawn").is_visible()
    seen.page.select_option("[name=kull]", "2018")
    expect(seen.page.locator("#ladder [data-live] .ytick")).to_have_count(4)
    seen.page.click("button[type=reset]")
    expect(seen.page.locator("#ladder [data-live] .ytick")).to_have_count(12)
    seen.page.emulate_media(media="print")
    assert seen.page.locator("#ladder [data-live]").is_visible()
    assert seen.complaints == []
    assert seen.requests == []


@pytest.mark.slow
def test_a_figure_that_nobody_could_draw_leads_to_its_table(undrawn_site, browser) -> None:
    site, _ = undrawn_site
    context = browser.new_context(offline=True, viewport=DESKTOP)
    page = context.new_page()
    page.route("**/plotly-cartesian.min.js", lambda route: route.abort())
    page.goto((site / PORTFOLIO).resolve().as_uri())
    expect(page.locator("#ladder [data-failed]")).to_have_text(
        "Figuren kunne ikke tegnes. Tabellen under viser de samme tallene."
    )
    context.close()


@pytest.mark.slow
def test_two_builds_that_draw_everything_anew_give_the_same_bytes(tmp_path, chromium_path, monkeypatch) -> None:
    monkeypatch.setenv("BROWSER_PATH", chromium_path)
    tables = small_tables()
    first, second = tmp_path / "first", tmp_path / "second"
    for out in (first, second):
        build_site(tables, SMALL_EDITION, out / "site", cache_dir=out / "cache", progress=print)
    drawn = sorted(path.name for path in (first / "cache").iterdir())
    assert drawn and drawn == sorted(path.name for path in (second / "cache").iterdir())
    files = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(second) for path in second.rglob("*") if path.is_file())
    assert [path for path in files if (first / path).read_bytes() != (second / path).read_bytes()] == []


def test_the_browser_makes_the_figure_for_a_phone_from_what_is_different(browser) -> None:
    script = Path(bundle.__file__).parent / "assets" / "js" / "figure.js"
    function = re.search(r"^function changed.*?^}", script.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert function is not None
    page = browser.new_page()
    figures = view_of(invented_tables(), "nb", REAL).figures
    for name, figure in figures.items():
        given, changes = json.loads(figure.spec), json.loads(figure.phone_changes or "{}")
        made = page.evaluate(
            f"([given, changes]) => {{ {function[0]} return changed(given, changes); }}", [given, changes]
        )
        assert made == json.loads(figure.phone_spec or figure.spec), name
    page.close()
    assert len(figures) >= 7

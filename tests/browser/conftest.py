"""The sites that the browser tests open, one per state of an edition, and what they ask of every page."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gevinst.site.build import build_site
from gevinst.site.figures import render
from gevinst.site.front_end import PACKAGES
from tests.data import kept
from tests.data.small_edition import SMALL_EDITION, small_tables
from tests.data.states import state
from tests.data.waiting import without_english

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Long tables are laid out when they come near; for the eye of axe and for pictures, all of a page is near.
ALL_LAID_OUT = ".scroll { content-visibility: visible !important; }"
ARTEFACTS = Path(__file__).parents[2] / "test-artefacts" / "pages"

expect.set_options(timeout=30_000)  # a busy machine is slow to draw; a page that never does still fails


@pytest.fixture(scope="session")
def figure_cache(pytestconfig: pytest.Config) -> Path:
    """Drawn figures, kept from one run of the tests to the next for as long as the code that draws is the same."""
    drawn_by = hashlib.sha256(Path(render.__file__).read_bytes()).hexdigest()[:12]
    return pytestconfig.rootpath / ".pytest_cache" / f"figures-{drawn_by}"


@pytest.fixture(scope="session")
def site_of(chromium_path: str, figure_cache: Path) -> Callable[[str], Path]:
    """The site of an edition in a state of `tests.data.states`, built once for all processes; not to be changed."""

    def site(name: str) -> Path:
        def build(folder: Path) -> None:
            tables, edition = state(name)
            build_site(tables, edition, folder / "site", cache_dir=figure_cache, progress=print)

        return kept.folder(f"site-{name}", build) / "site"

    return site


@pytest.fixture(scope="session")
def real_site(site_of: Callable[[str], Path]) -> Path:
    """The site of the committed data."""
    return site_of("normal")


@pytest.fixture(scope="session")
def small_site(chromium_path: str, figure_cache: Path) -> Path:
    """The site of the small invented edition, which has every special state of a page."""

    def build(folder: Path) -> None:
        edition = replace(SMALL_EDITION, state="candidate")
        build_site(small_tables(), edition, folder / "site", cache_dir=figure_cache, progress=print)

    return kept.folder("site-small", build) / "site"


@pytest.fixture(scope="session")
def waiting_site(chromium_path: str, figure_cache: Path) -> Path:
    """The site of the small edition while all of its English texts wait."""

    def build(folder: Path) -> None:
        tables = without_english(small_tables())
        build_site(tables, SMALL_EDITION, folder / "site", cache_dir=figure_cache, progress=print)

    return kept.folder("site-waiting", build) / "site"


@pytest.fixture(scope="session")
def barriers() -> Callable[[Page], list[str]]:
    """What axe-core finds wrong with a page, one line per rule and place; none is the only good answer."""
    source = (PACKAGES / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

    def find(page: Page) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
            page.add_style_tag(content=ALL_LAID_OUT)
        # Preloading would fetch the style sheet once more, which the page's own policy forbids.
        result = page.evaluate(
            "tags => axe.run(document, {runOnly: tags, preload: false, resultTypes: ['violations']})", AXE_TAGS
        )
        return [
            f"{rule['id']}: {node['target']} {node['failureSummary']}"
            for rule in result["violations"]
            for node in rule["nodes"]
        ]

    return find


@pytest.fixture(scope="session")
def keep_picture() -> Callable[..., None]:
    """Keep a picture of the whole page, to be looked at; `name` says kind of page, state, language and width."""

    def keep(page: Page, *name: object) -> None:
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        path = ARTEFACTS / f"{'-'.join(map(str, name))}.png"
        page.screenshot(path=path, full_page=True, style=ALL_LAID_OUT, animations="disabled")

    return keep

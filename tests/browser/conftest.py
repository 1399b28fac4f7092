"""Two sites that the browser tests open: the committed data, and the small invented edition."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page

from gevinst.contracts import QUALITY_CHECKS
from gevinst.intake import read_core
from gevinst.method.catalogue import compute_marts
from gevinst.method.frames import Rules
from gevinst.site.build import build_site
from gevinst.site.bundle import PACKAGES
from tests.data.small_edition import SMALL_EDITION, frame, small_tables

RAW = Path(__file__).parents[2] / "data" / "raw"
REAL = replace(SMALL_EDITION, is_illustrative=False)
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def figure_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Drawn figures, kept for the session."""
    return tmp_path_factory.mktemp("figures")


@pytest.fixture(scope="session")
def real_site(chromium_path: str, figure_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the committed data."""
    core = read_core(RAW)
    read = {
        **core.tables,
        "quarantine": core.quarantine,
        "corrections": core.corrections,
        "quality_checks": frame(QUALITY_CHECKS, []),
    }
    tables = {**read, **compute_marts(read, Rules(2016, 2026), is_illustrative=False)}
    out = tmp_path_factory.mktemp("real") / "site"
    build_site(tables, REAL, out, cache_dir=figure_cache, progress=print)
    return out


@pytest.fixture(scope="session")
def small_site(chromium_path: str, figure_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small invented edition, which has every special state."""
    out = tmp_path_factory.mktemp("small") / "site"
    edition = replace(SMALL_EDITION, state="candidate")
    build_site(small_tables(), edition, out, cache_dir=figure_cache, progress=print)
    return out


@pytest.fixture(scope="session")
def barriers() -> Callable[[Page], list[str]]:
    """What axe-core finds wrong with a page, one line per rule and place; none is the only good answer."""
    source = (PACKAGES / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

    def find(page: Page) -> list[str]:
        page.evaluate(source)
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

"""What tests of every tier share: a quiet environment, raw files to break, and a real browser with no network."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from tests.data.kept import CHROMIUM_NAMES, ROOT, chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Visit:
    """A page opened without network, and what it said and asked for from the first byte on."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    """Console warnings and errors, uncaught exceptions and requests that failed."""
    requests: list[str] = field(default_factory=list)
    """Addresses asked for, other than `file:`, `data:` and `blob:`."""


def pytest_configure(config: pytest.Config) -> None:
    """Keep telemetry off and the operator's own Dagster instance out, and clear up seldom, whoever starts the tests."""
    # Tests keep trees of whole sites: a third of the time that it takes to parse them goes to looking through them for
    # garbage at every 700 new objects.
    gc.set_threshold(50_000, 20, 20)
    settings.register_profile("untimed", deadline=None)  # a test never fails for being slow
    settings.load_profile("untimed")
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "true"
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    os.environ["DO_NOT_TRACK"] = "1"
    os.environ.pop("DAGSTER_HOME", None)


@pytest.fixture
def raw_dir(tmp_path: Path) -> Path:
    """A copy of the committed raw files that a test may break."""
    return Path(shutil.copytree(ROOT / "data" / "raw", tmp_path / "raw"))


@pytest.fixture
def edit(raw_dir: Path) -> Callable[[str, str, str], None]:
    """Replace text in one raw file; fails when the text to replace is not there."""

    def replace(name: str, old: str, new: str) -> None:
        path = raw_dir / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Path of Chromium. Without one the test is skipped, or fails if GEVINST_REQUIRE_BROWSER=1 (as in CI)."""
    if found := chromium():
        return found
    reason = f"no Chromium: none of {', '.join(CHROMIUM_NAMES)} is on the path and BROWSER_PATH names none"
    if os.environ.get("GEVINST_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """One headless Chromium for the whole session; contexts made from it are the caller's to close."""
    from playwright.sync_api import sync_playwright  # half a second, which unit tests do not need

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Open a file in a fresh context with no network: `visit(path, viewport={...}, locale="nb-NO")`.

    Keyword arguments are those of Playwright's `new_context`; `fragment` is added to the address after `#`.
    """
    contexts = []

    def open_page(path: Path, fragment: str = "", **options: Any) -> Visit:
        context = browser.new_context(offline=True, **options)
        contexts.append(context)
        seen = Visit(context.new_page())
        _listen(seen)
        address = path.resolve().as_uri() + (f"#{fragment}" if fragment else "")
        seen.page.goto(address, wait_until="load")
        return seen

    yield open_page
    for context in contexts:
        context.close()


def _listen(seen: Visit) -> None:
    """Write down what the page says and asks for."""

    def on_console(message: Any) -> None:
        if message.type in ("error", "warning"):
            seen.complaints.append(f"console {message.type}: {message.text}")

    def on_request(request: Any) -> None:
        if not request.url.startswith(("file:", "data:", "blob:")):
            seen.requests.append(request.url)

    seen.page.on("console", on_console)
    seen.page.on("request", on_request)
    seen.page.on("pageerror", lambda error: seen.complaints.append(f"uncaught: {error}"))
    seen.page.on("requestfailed", lambda request: seen.complaints.append(f"request failed: {request.url}"))

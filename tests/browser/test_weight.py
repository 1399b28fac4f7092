"""What a first visit costs over HTTP: files, bytes and addresses, for every kind of page."""

import gzip
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from gevinst.bilingual import LANGUAGES
from gevinst.site.pages import PAGES
from tests.data.page_reading import ASSESSED, document_of

pytestmark = pytest.mark.browser

FIRST_LOAD_LIMIT = 120 * 1024
REQUEST_LIMIT = 5
PAGE_LIMIT = 300_000


class Quiet(SimpleHTTPRequestHandler):
    """Files of a folder, without a line in the log for each."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def served(site_of) -> Iterator[Callable[[str], tuple[Path, str]]]:
    """A state's site as folder and as address on this machine."""
    servers: dict[str, ThreadingHTTPServer] = {}

    def serve(state: str) -> tuple[Path, str]:
        site = site_of(state)
        if state not in servers:
            servers[state] = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
            threading.Thread(target=servers[state].serve_forever, daemon=True).start()
        return site, f"http://127.0.0.1:{servers[state].server_port}"

    yield serve
    for server in servers.values():
        server.shutdown()
        server.server_close()


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
@pytest.mark.parametrize("state", ["normal", "illustrative"])
def test_a_first_visit_is_light_and_asks_nobody_else(served, browser, state, page, language) -> None:
    site, host = served(state)
    document = document_of(site, page, language)
    if document is None:
        assert page.name in ASSESSED
        return
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    requested: list[str] = []
    tab.on("request", lambda request: requested.append(request.url))
    tab.goto(f"{host}/{document.relative_to(site).as_posix()}", wait_until="networkidle")
    tab.evaluate("document.fonts.ready")
    context.close()
    own = [address for address in requested if not address.startswith("data:")]
    assert [address for address in own if not address.startswith(f"{host}/")] == []
    files = [site / address.removeprefix(f"{host}/") for address in own]
    assert {"site.css", "site.js", "inter-latin.woff2"} <= {file.name for file in files}
    assert not any("plotly" in file.name for file in files), "the chart library waits until it is wanted"
    assert len(files) <= REQUEST_LIMIT
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) <= FIRST_LOAD_LIMIT
    assert document.stat().st_size < PAGE_LIMIT

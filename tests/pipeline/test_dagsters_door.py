"""Whoever opens Dagster's pages opens them to nobody else: forged pages in a real browser, and all kinds of request."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import dagster as dg
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from pipelines import pages
from pipelines.same_origin import SameOrigin
from tests.conftest import CHROMIUM_FLAGS
from tests.data.dagsters_pages import Pages

HERE = "http://127.0.0.1:3000"
MUTATION = 'mutation { setConcurrencyLimit(concurrencyKey: "%s", limit: 3) }'
"""Its traces can be counted, one by one: each way in has a key of its own."""

FORGED = """
async ([door, mutation]) => {
  const of = key => mutation.replace("%s", key);
  const asked = key => door + "/graphql?query=" + encodeURIComponent(of(key));
  const body = key => JSON.stringify({query: of(key)});
  const until = (one, ...events) => new Promise(done => { for (const e of events) one.addEventListener(e, done); });
  const element = async (name, attributes) => {
    const one = Object.assign(document.createElement(name), attributes);
    const done = until(one, "load", "error");
    document.body.append(one);
    await done;
  };
  const form = async (key, attributes, fields) => {
    const frame = Object.assign(document.createElement("iframe"), {name: key});
    const one = Object.assign(document.createElement("form"), {method: "POST", target: key, ...attributes});
    for (const [name, value] of fields)
      one.append(Object.assign(document.createElement("input"), {name, value, type: "hidden"}));
    document.body.append(frame, one);
    const done = until(frame, "load");
    one.submit();
    await done;
  };
  const ask = (key, address, type, mode) => fetch(address, {
    method: "POST", mode, headers: type ? {"Content-Type": type} : {}, body: body(key), credentials: "include",
  }).catch(() => null);

  await element("img", {src: asked("img")});
  await element("script", {src: asked("script")});
  await element("iframe", {src: asked("iframe")});
  await element("link", {rel: "stylesheet", href: asked("stylesheet")});
  await fetch(asked("get"), {mode: "no-cors"}).catch(() => null);
  await fetch(asked("post-in-address"), {mode: "no-cors", method: "POST"}).catch(() => null);
  await form("form-in-address", {action: asked("form-in-address")}, [["a", "b"]]);
  const [left, right] = body("form-plain").split("mutation");
  await form("form-plain", {action: door + "/graphql", enctype: "text/plain"}, [[left + "mutation", right]]);
  await form("form-multipart", {action: asked("form-multipart"), enctype: "multipart/form-data"}, [["a", "b"]]);
  for (const mode of ["no-cors", "cors"])
    for (const type of ["text/plain", "text/plain; application/json", "application/json", ""])
      await ask(mode + " " + type, door + "/graphql", type, mode);
  navigator.sendBeacon(door + "/graphql", new Blob([body("beacon")], {type: "text/plain; application/json"}));
  navigator.sendBeacon(asked("beacon-in-address"));
  await fetch(door + "/report_asset_materialization/forged", {method: "POST", mode: "no-cors"}).catch(() => null);
  const read = await fetch(door + "/server_info").then(r => r.status, () => "unread");
  const socket = new WebSocket(door.replace("http", "ws") + "/graphql", "graphql-ws");
  const opened = await Promise.race([until(socket, "open").then(() => true), until(socket, "error").then(() => false)]);
  return {read, opened};
}
"""


class _Empty(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Elsewhere</title><body>")

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def elsewhere() -> Iterator[int]:
    """The port of another server on this machine, which has a page."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Empty) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@contextmanager
def _browser_that_is_led_astray(browser: Browser, chromium_path: str) -> Iterator[Page]:
    """A browser that finds this machine under a foreign name too, as after DNS rebinding."""
    flags = [*CHROMIUM_FLAGS, "--host-resolver-rules=MAP forged.test 127.0.0.1"]
    astray = browser.browser_type.launch(executable_path=chromium_path, args=flags)
    yield astray.new_page()
    astray.close()


def _traces(pages: Pages) -> set[str]:
    """What requests have left behind in Dagster's record."""
    with dg.DagsterInstance.from_config(str(pages.home)) as instance:
        return instance.event_log_storage.get_concurrency_keys() | {
            key.to_user_string() for key in instance.all_asset_keys()
        }


@pytest.mark.browser
@pytest.mark.slow
def test_a_forged_page_steers_nothing_and_reads_nothing_while_the_pages_are_open(
    browser: Browser, chromium_path: str, elsewhere: int, tmp_path: Path
) -> None:
    pages = Pages(tmp_path)
    with pages.opened(), _browser_that_is_led_astray(browser, chromium_path) as page:
        for name in ("127.0.0.1", "localhost", "forged.test"):
            for door in (pages.address, f"http://localhost:{pages.port}", f"http://forged.test:{pages.port}"):
                page.goto(f"http://{name}:{elsewhere}/")
                seen = page.evaluate(FORGED, [door, MUTATION])
                assert (_traces(pages), seen) == (set(), {"read": "unread", "opened": False}), (name, door)

        # Under a foreign name that leads here, a page is of one origin with what it asks: no browser holds it back.
        refused = page.goto(f"http://forged.test:{pages.port}/")
        assert refused is not None and refused.status == 403
        seen = page.evaluate(FORGED, [f"http://forged.test:{pages.port}", MUTATION])
        assert (_traces(pages), seen) == (set(), {"read": 403, "opened": False})

        # A link in an address bar or a letter leads to the pages, and to no mutation.
        page.goto(f"http://127.0.0.1:{elsewhere}/")
        page.evaluate("address => { location = address; }", f"{pages.address}/graphql?query={MUTATION % 'link'}")
        page.wait_for_url("**/graphql?*")
        page.goto(f"http://127.0.0.1:{elsewhere}/")
        page.evaluate("address => { location = address; }", f"{pages.address}/runs")
        page.get_by_text("Runs").first.wait_for()
        assert _traces(pages) == set()

        # The same requests from the pages themselves do what they say.
        seen = page.evaluate(FORGED, [pages.address, MUTATION])
        assert (_traces(pages), seen) == ({"cors application/json"}, {"read": 200, "opened": True})


@pytest.mark.browser
@pytest.mark.slow
def test_pages_that_are_read_only_change_nothing_and_ask_nobody_else(browser: Browser, tmp_path: Path) -> None:
    pages = Pages(tmp_path)
    with pages.opened("--read-only"):
        page, asked = browser.new_page(), []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{pages.address}/runs")
        page.get_by_text("Runs").first.wait_for()
        assert [address for address in asked if not address.startswith((pages.address, "data:"))] == []
        seen = page.evaluate(FORGED, [pages.address, MUTATION])
        page.close()
    assert (_traces(pages), seen) == (set(), {"read": 200, "opened": True})


async def _yes(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that says yes to everything."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
    else:
        await PlainTextResponse("yes")(scope, receive, send)


Asked = Mapping[str, str] | Sequence[tuple[str, str]]


def _ask(method: str, address: str, headers: Asked, kind: str = "http") -> list[Message]:
    """What such a request is answered with; `Host` is that of the pages unless it is among the headers."""
    pairs = list(headers.items()) if isinstance(headers, Mapping) else list(headers)
    if "Host" not in dict(pairs):
        pairs.append(("Host", "127.0.0.1:3000"))
    path, _, query = address.partition("?")
    raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in pairs]
    scope = {"type": kind, "method": method, "path": unquote(path), "query_string": query.encode(), "headers": raw}
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    # Driven by hand: a loop is running already where a browser test has come before in the same process.
    with pytest.raises(StopIteration):
        SameOrigin(_yes, {HERE, "http://localhost:3000"})(scope, receive, send).send(None)
    return sent


def _status(method: str, address: str, headers: Asked) -> int:
    return _ask(method, address, headers)[0]["status"]


JSON = {"Content-Type": "application/json"}
SAME = {"Origin": HERE}
RIGHT = {"Host": "127.0.0.1:3000", **SAME, **JSON}


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/", {}, 200),
        ("GET", "/runs/x", {"Host": "localhost:3000"}, 200),
        ("GET", "/", {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200),
        ("GET", "/", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200),
        ("GET", "/logs/x", {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "empty"}, 200),
        ("POST", "/graphql", {**SAME, **JSON}, 200),
        ("POST", "/graphql", {**JSON, "Origin": "http://localhost:3000"}, 200),
        ("POST", "/graphql", {**SAME, "Content-Type": "application/json; charset=utf-8"}, 200),
        ("GET", "/graphql", {}, 200),
        # Another name, another port, another spelling, none, two.
        *(("GET", "/", {"Host": host}, 403) for host in (
            "forged.test:3000", "127.0.0.1", "127.0.0.1:8000", "localhost", "localhost.:3000", "[::1]:3000", "",
            "127.0.0.1:3000.forged.test", "127.0.0.1:3000@forged.test", "2130706433:3000", "0.0.0.0:3000",
        )),
        # Another origin, also one of this machine, also none where something may change.
        *(("POST", "/graphql", {**JSON, "Origin": origin}, 403) for origin in (
            "http://127.0.0.1:8000", "http://localhost", "https://127.0.0.1:3000", "http://forged.test", "null", "",
            "http://127.0.0.1:3000.forged.test", "http://127.0.0.1:3000/", "HTTP://127.0.0.1:3000", "file://",
        )),
        ("POST", "/graphql", JSON, 403),
        ("GET", "/", {"Origin": "http://127.0.0.1:8000"}, 403),
        ("GET", "/", {"Origin": "null"}, 403),
        ("GET", "/logs/x", {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Dest": "script"}, 403),
        ("GET", "/", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}, 403),
        # What a form or a script can send unasked.
        *(("POST", "/graphql", {**SAME, "Content-Type": kind}, 403) for kind in (
            "", "text/plain", "text/plain; application/json", "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=application/json", "application/graphql", "application/jsonp",
        )),
        ("POST", "/report_asset_materialization/x", SAME, 403),
        ("DELETE", "/x", SAME, 403),
        ("OPTIONS", "/graphql", {"Origin": "http://127.0.0.1:8000", "Access-Control-Request-Method": "POST"}, 403),
        # Queries in an address.
        ("GET", "/graphql?query=mutation", {}, 403),
        ("GET", "/graphql?query=mutation", {**SAME, "Accept": "text/html"}, 403),
        ("GET", "/%67raphql?%71uery=mutation", {}, 403),
        ("GET", "/graphql/?query=mutation", {}, 403),
    ],
)  # fmt: skip
def test_a_request_is_answered_when_host_origin_and_form_are_those_of_the_pages(
    method: str, path: str, headers: dict[str, str], status: int
) -> None:
    start, body = _ask(method, path, headers)
    assert (start["status"], body["body"] == b"yes") == (status, status == 200), body["body"]
    names = dict(start["headers"])
    assert names[b"x-frame-options"] == b"SAMEORIGIN" and b"access-control-allow-origin" not in names


@pytest.mark.parametrize("name", ["Host", "Origin", "Content-Type"])
def test_a_header_that_stands_there_twice_counts_as_none(name: str) -> None:
    assert _status("POST", "/graphql", RIGHT) == 200
    assert _status("POST", "/graphql", [*RIGHT.items(), (name, RIGHT[name])]) == 403


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "null"}, {"Origin": "http://localhost:8000"}, {**SAME, "Host": "x"}]
)
def test_a_websocket_is_opened_for_the_pages_alone(headers: dict[str, str]) -> None:
    assert _ask("GET", "/graphql", SAME, "websocket") == [{"type": "websocket.accept"}]
    (answer,) = _ask("GET", "/graphql", headers, "websocket")
    assert (answer["type"], answer["code"]) == ("websocket.close", 1008)


NAMES = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), max_size=30)


@given(name=st.sampled_from(sorted(RIGHT)), value=NAMES, method=st.sampled_from(["POST", "PUT", "PATCH", "DELETE"]))
def test_nothing_that_changes_something_passes_under_any_other_host_origin_or_kind(
    name: str, value: str, method: str
) -> None:
    assert _status(method, "/graphql", {**RIGHT, name: value}) == 403


def test_an_interruption_ends_the_pages_well_also_before_they_listen_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(listening: socket.socket, origins: set[str], *, is_read_only: bool) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pages, "_serve", interrupted)
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    done = CliRunner().invoke(pages.main, ["--port", str(port)])
    assert (done.exit_code, done.output) == (0, "")

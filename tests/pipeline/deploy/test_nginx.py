"""The web server of docs/deploy.md, started for real: it answers as the preview does, under TLS and sign-in."""

from __future__ import annotations

import gzip
import http.client
import http.server
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

import pytest

from gevinst.edition.serve import HEADERS, EditionServer
from tests.data.kept import ROOT
from tests.pipeline.deploy.nginx import LEADERS, SITE, Answer, Nginx

Asked = Callable[..., Answer]
PAGES_UNIT = ROOT / "deploy" / "systemd" / "gevinst-pages.service"
OF_NGINX = {"Strict-Transport-Security"}
"""Headers that only a server under TLS may send."""
OF_EACH = {
    "Date",
    "Server",
    "Connection",
    "Etag",
    "Last-Modified",
    "Accept-Ranges",
    "Content-Length",
    "Transfer-Encoding",
}
"""Headers that each server words for itself; those that matter have tests of their own below."""


@pytest.fixture(scope="module")
def preview(editions: Path) -> Iterator[Asked]:
    """`gevinst site serve` over the same edition."""
    lost = (editions / "404.html").read_text(encoding="utf-8")
    server = EditionServer(editions, "2026-1", 0, lost)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()

    def ask(path: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        answer = Answer(response.status, response.headers, response.read())
        connection.close()
        return answer

    yield ask
    server.stop()
    thread.join(timeout=30)


def shown(answer: Answer) -> dict[str, list[str]]:
    """Headers by name, each with all its values: one sent twice is two."""
    names = {name.title() for name in answer.headers} - OF_EACH - OF_NGINX
    return {name: answer.headers.get_all(name) or [] for name in names}


def one_of_each_kind(editions: Path) -> list[str]:
    """An address for every ending in every part of the edition, and every kind of page."""
    kinds: dict[tuple[object, ...], str] = {}
    for path in sorted(editions.rglob("*")):
        name = path.relative_to(editions)
        is_for_readers = path.is_file() and not path.is_symlink() and path.stat().st_mode & 0o444
        if is_for_readers and not any(part.startswith(".") for part in name.parts):
            kinds.setdefault((name.parts[1:4], name.suffix, name.name == "index.html"), f"/{name.as_posix()}")
    return sorted(kinds.values())


@pytest.mark.parametrize("packed", [{}, {"Accept_Encoding": "gzip"}], ids=["plain", "packed"])
def test_every_kind_of_file_has_the_headers_and_bytes_of_the_preview(
    nginx: Nginx, preview: Asked, editions: Path, packed: dict[str, str]
) -> None:
    addresses = one_of_each_kind(editions)
    assert len(addresses) > 40 and {PurePosixPath(path).suffix for path in addresses} >= {".html", ".parquet", ""}
    differing = {}
    for path in addresses:
        theirs, ours = nginx.ask(path, **packed), preview(path, **packed)
        assert (theirs.status, ours.status) == (200, 200), path
        contents = [
            gzip.decompress(one.content) if one.headers["Content-Encoding"] else one.content for one in (theirs, ours)
        ]
        if shown(theirs) != shown(ours) or contents[0] != contents[1]:
            differing[path] = (shown(theirs), shown(ours))
    assert differing == {}


@pytest.mark.parametrize(
    "path",
    ["/nothing", "/2026-1/site/nb/prosjekt/2099-ukjent/index.html", "/2024-1/", "/1999-1/", "/1999-1",
     "/2026-1/", "/2026-1", "/2026-1/site/nb/", "/2026-1/site/", "/2026-1/tables/csv/", "/2026-1/tables/",
     "/2026-1/site/index.html/more", "/" + "a" * 3_000, "/2026-1/site/nb/figur/"],
)  # fmt: skip
def test_an_address_that_is_no_file_is_answered_as_the_preview_answers_it(
    nginx: Nginx, preview: Asked, path: str
) -> None:
    theirs, ours = nginx.ask(path), preview(path)
    assert (theirs.status, theirs.headers["Location"]) == (ours.status, ours.headers["Location"])
    headers, expected = shown(theirs), shown(ours)
    if theirs.status == 404:
        assert theirs.content == ours.content
    else:
        headers.pop("Content-Type", None)  # of a redirect, which nobody reads
    assert headers == expected


@pytest.mark.parametrize(
    "path",
    ["/.index.html-1", "/%2eindex.html-1", "/2026-1/.git/config", "/out.txt", "/away/secret.txt", "/../secret.txt",
     "/%2e%2e/secret.txt", "/2026-1/..%2f..%2f..%2fsecret.txt", "/2026-1/%2e%2e/%2e%2e/secret.txt", "/closed.txt",
     "/pipe", "/2026-1/site/%0d%0aX-Evil:1/", "/away/", "/2026-1/site/..%5c..%5csecret.txt",
     "/2026-1/site/index.html%20"],
)  # fmt: skip
def test_nothing_hidden_half_written_closed_or_outside_is_served(nginx: Nginx, editions: Path, path: str) -> None:
    answer = nginx.ask(path)
    assert answer.status in (400, 404) and b"secret" not in answer.content and answer.headers["X-Evil"] is None
    if answer.status == 404:
        assert answer.content == (editions / "404.html").read_bytes()


def test_the_address_itself_shows_the_list_of_editions_and_keeps_nothing(nginx: Nginx, editions: Path) -> None:
    answer = nginx.ask("/")
    assert (answer.status, answer.content) == (200, (editions / "index.html").read_bytes())
    assert answer.headers["Cache-Control"] == "no-cache"


def test_a_part_of_a_file_is_counted_in_its_own_bytes(nginx: Nginx, preview: Asked, editions: Path) -> None:
    path = "/2026-1/tables/csv/projects.csv"
    content = (editions / path[1:]).read_bytes()
    for wanted, part in (("bytes=3-9", content[3:10]), ("bytes=-9", content[-9:])):
        theirs = nginx.ask(path, Range=wanted, Accept_Encoding="gzip")
        ours = preview(path, Range=wanted, Accept_Encoding="gzip")
        assert (theirs.status, theirs.content) == (ours.status, ours.content) == (206, part)
        assert theirs.headers["Content-Range"] == ours.headers["Content-Range"]
        assert shown(theirs) == shown(ours)
    beyond, expected = (ask(path, Range="bytes=99999999-") for ask in (nginx.ask, preview))
    assert beyond.status == expected.status == 416
    # nginx sends its headers twice with this one answer, those of the file first; the strictest counts.
    assert {name: set(values) for name, values in shown(expected).items() if name in HEADERS} == {
        name: set(values) for name, values in shown(beyond).items() if name in HEADERS
    }
    assert (beyond.headers.get_all("Cache-Control") or [])[-1] == expected.headers["Cache-Control"] == "no-cache"


def test_what_a_reader_has_already_is_not_sent_again(nginx: Nginx, preview: Asked) -> None:
    for path in ("/2026-1/site/index.html", "/2026-1/site/assets/site.css"):
        first = nginx.ask(path, Accept_Encoding="gzip")
        again = nginx.ask(path, If_None_Match=first.headers["ETag"], Accept_Encoding="gzip")
        ours = preview(
            path, If_None_Match=preview(path, Accept_Encoding="gzip").headers["ETag"], Accept_Encoding="gzip"
        )
        assert (again.status, again.content) == (ours.status, ours.content) == (304, b"")
        assert shown(again) == shown(ours)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"])
def test_a_reader_can_only_read(nginx: Nginx, method: str) -> None:
    answer = nginx.ask("/2026-1/datapackage.json", method=method)
    assert answer.status in (400, 405) and answer.headers["Cache-Control"] in ("no-cache", None)
    assert nginx.ask("/2026-1/datapackage.json", method="HEAD").content == b""


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1_1")
def test_everything_is_under_tls_and_old_tls_is_refused(nginx: Nginx) -> None:
    assert nginx.ask("/").headers["Server"] == "nginx"  # and not which
    assert nginx.ask("/").headers["Strict-Transport-Security"] == "max-age=31536000"
    with nginx.connection(SITE) as connection:
        assert connection.version() in ("TLSv1.2", "TLSv1.3")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    with socket.create_connection(("127.0.0.1", nginx.tls_port)) as plain, pytest.raises(ssl.SSLError):
        context.wrap_socket(plain, server_hostname=SITE)


@pytest.mark.parametrize("name", [SITE, LEADERS])
def test_the_port_without_tls_leads_to_the_one_with_it(nginx: Nginx, name: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", nginx.plain_port, timeout=30)
    connection.request("GET", "/2026-1/site/index.html?a=1", headers={"Host": name})
    response = connection.getresponse()
    assert (response.status, response.headers["Location"]) == (301, f"https://{name}/2026-1/site/index.html?a=1")
    connection.close()


@pytest.mark.parametrize("name", ["", "evil.example", "127.0.0.1", "gevinst.example.no.evil.example"])
def test_who_asks_by_another_name_gets_no_answer(nginx: Nginx, name: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", nginx.plain_port, timeout=30)
    with pytest.raises(http.client.RemoteDisconnected):
        connection.request("GET", "/", headers={"Host": name or "localhost"})
        connection.getresponse()
    connection.close()
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", nginx.tls_port)) as plain, pytest.raises(OSError):
        context.wrap_socket(plain, server_hostname=name or None)
    # A certificate for one name and a request for another: the leaders' pages cannot be reached by the site's door.
    with nginx.connection(SITE) as door:
        door.sendall(b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
        assert door.recv(100) == b""

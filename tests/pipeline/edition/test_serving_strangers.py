"""The preview server and clients that are slow, broken or hostile: every connection ends, in a clean answer or none."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gevinst.edition import connections
from gevinst.edition.serve import EditionServer

LARGE = 30_000_000
GOOD = b"GET /index.html HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("strangers")
    (folder / "index.html").write_text("<!doctype html><title>Gevinst</title>" + "<p>Æ</p>" * 500, encoding="utf-8")
    (folder / "large.duckdb").write_bytes(bytes(LARGE))
    return folder


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "PATIENCE_SECONDS", 0.5)


@contextmanager
def _served(folder: Path) -> Iterator[int]:
    server = EditionServer(folder, "2026-1", 0, "lost")
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield server.port
    server.stop()
    thread.join(timeout=60)


@pytest.fixture(scope="module")
def port(folder: Path) -> Iterator[int]:
    with _served(folder) as port:
        yield port


@pytest.fixture
def hasty_port(impatient: None, folder: Path) -> Iterator[int]:
    with _served(folder) as port:
        yield port


def _all(connection: socket.socket) -> bytes:
    """What comes until the server ends the connection."""
    content = b""
    with suppress(ConnectionResetError):
        while part := connection.recv(1 << 16):
            content += part
    return content


@pytest.mark.parametrize(
    ("begun", "answer"),
    [
        (b"", b""),
        (b"GET", b"HTTP/1.1 408 "),
        (b"GET /index.html HTTP/1.1\r\nHost: loc", b"HTTP/1.1 408 "),
        (b"GET /index.html HTTP/1.1\r\nHost: localhost\r\nX: 1\r\n", b"HTTP/1.1 408 "),
        (b"POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf", b"HTTP/1.1 405 "),
        (b"GET /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf", b"HTTP/1.1 404 "),
        (b"POST /x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", b"HTTP/1.1 405 "),
        (GOOD, b"HTTP/1.1 200 "),
        (GOOD + b"GET /in", b"HTTP/1.1 200 "),
    ],
)  # fmt: skip
def test_half_a_request_is_not_waited_for_however_slowly_more_comes(
    hasty_port: int, begun: bytes, answer: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", hasty_port), timeout=20) as connection:
        connection.sendall(begun)
        with suppress(OSError):  # a byte now and then, as slow clients do who want to keep a place
            for _ in range(4):
                time.sleep(0.2)
                connection.sendall(b"x" if begun else b"")
        content = _all(connection)
    assert content.startswith(answer) and (answer or not content)
    assert time.monotonic() - began < 10
    assert capfd.readouterr().err == ""


def test_a_reader_who_takes_nothing_is_given_up_and_one_who_takes_slowly_gets_all(
    hasty_port: int, capfd: pytest.CaptureFixture[str]
) -> None:
    ask = b"GET /large.duckdb HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", hasty_port), timeout=20) as lazy:
        lazy.sendall(ask)
        time.sleep(2)
        assert len(_all(lazy)) < LARGE
    with socket.create_connection(("127.0.0.1", hasty_port), timeout=20) as slow:
        slow.sendall(ask)
        taken, began = 0, time.monotonic()
        while part := slow.recv(1 << 20):
            taken += len(part)
            time.sleep(0.04)
        assert time.monotonic() - began > 2 * connections.PATIENCE_SECONDS
    assert taken > LARGE
    assert capfd.readouterr().err == ""


def test_more_connections_than_it_bears_are_refused_and_the_others_are_served(
    port: int, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(connections, "_MOST", 20)
    open_ones = [socket.create_connection(("127.0.0.1", port), timeout=20) for _ in range(20)]
    with socket.create_connection(("127.0.0.1", port), timeout=20) as too_many:
        assert _all(too_many) == b""
    open_ones[0].sendall(GOOD)
    assert open_ones[0].recv(12) == b"HTTP/1.1 200"
    for connection in open_ones:
        connection.close()
    assert capfd.readouterr().err == ""


WORDS = st.sampled_from(
    [b"GET", b"HEAD", b"POST", b"TRACE", b" ", b"/", b"/index.html", b"*", b"//x", b"http://localhost/x", b"?a",
     b"#", b"%", b"%00", b"%2e%2e/", b"\0", b"\xff", b"a" * 5_000, b" HTTP/1.1", b" HTTP/1.0", b" HTTP/9.9", b"\r\n",
     b"\n", b"\r", b":", b"Host: localhost", b"Host: x", b"Range: bytes=0-1", b"Range: bytes=0-1,5-,-1",
     b"If-None-Match: *", b"Content-Length: 5", b"Content-Length: -1", b"Content-Length: " + b"9" * 30,
     b"Transfer-Encoding: chunked", b"Transfer-Encoding: x", b"5\r\nabcde\r\n", b"zz\r\n", b"0\r\n\r\n",
     b"Expect: 100-continue",
     b"Connection: close", b"Connection: upgrade", b"Upgrade: websocket", b"Upgrade: h2c", b"\r\n\r\n", GOOD, GOOD[:-2]]
)  # fmt: skip
BYTES = st.one_of(st.binary(max_size=300), st.lists(WORDS, max_size=25).map(b"".join))


@given(st.lists(BYTES, min_size=1, max_size=3))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_bytes_come_are_answered_cleanly_or_not_at_all_and_the_next_reader_is_served(
    port: int, capfd: pytest.CaptureFixture[str], sent: list[bytes]
) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as stranger, suppress(OSError):
        for part in sent:
            stranger.sendall(part)
        stranger.shutdown(socket.SHUT_WR)
        content = _all(stranger)
        assert content == b"" or content.startswith((b"HTTP/1.1 ", b"HTTP/1.0 "))
        assert b"Traceback" not in content and b"500 Internal" not in content
    with socket.create_connection(("127.0.0.1", port), timeout=20) as reader:
        reader.sendall(GOOD)
        assert reader.recv(12) == b"HTTP/1.1 200"
    assert capfd.readouterr().err == ""

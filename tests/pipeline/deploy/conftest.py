"""A running nginx of docs/deploy.md over a published edition, and what stands behind its sign-in."""

from __future__ import annotations

import http.server
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest

from tests.pipeline.deploy.nginx import Nginx, nginx_path, running


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder that a normal user may enter, which those of pytest are not."""
    place = Path(tempfile.mkdtemp(prefix="gevinst-nginx-"))
    place.chmod(0o755)
    yield place
    shutil.rmtree(place)


@pytest.fixture(scope="module")
def editions(published_small: Path, place: Path) -> Path:
    """A published edition, with things beside and in it that nobody should have."""
    editions = Path(shutil.copytree(published_small / "marts" / "editions", place / "editions"))
    (place / "secret.txt").write_text("secret", encoding="utf-8")
    (editions / ".index.html-1").write_text("half written", encoding="utf-8")
    (editions / "2026-1" / ".git").mkdir()
    (editions / "2026-1" / ".git" / "config").write_text("secret", encoding="utf-8")
    (editions / "out.txt").symlink_to(place / "secret.txt")
    (editions / "away").symlink_to(place)
    (editions / "1999-1").mkdir()
    closed = editions / "closed.txt"
    closed.write_text("secret", encoding="utf-8")
    closed.chmod(0)
    os.mkfifo(editions / "pipe")
    return editions


class Upstream(http.server.BaseHTTPRequestHandler):
    """Stands where Dagster's read-only pages do, and writes down what it was asked."""

    protocol_version = "HTTP/1.1"
    asked: ClassVar[list[tuple[str, str, dict[str, str]]]] = []

    def do_GET(self) -> None:
        """Answer anything."""
        self.asked.append((self.command, self.path, dict(self.headers)))
        content = b"upstream"
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_PUT = do_DELETE = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


@pytest.fixture(scope="module")
def upstream() -> Iterator[int]:
    """The port of the stand-in for Dagster's pages."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def nginx(place: Path, editions: Path, upstream: int) -> Iterator[Nginx]:
    """The server of docs/deploy.md over the edition."""
    with running(nginx_path(), place / "nginx", editions, upstream) as nginx:
        yield nginx


@pytest.fixture
def asked() -> list[tuple[str, str, dict[str, str]]]:
    """What reaches the pages behind the sign-in during a test."""
    Upstream.asked.clear()
    return Upstream.asked

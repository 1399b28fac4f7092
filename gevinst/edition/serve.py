"""The published editions over HTTP on this machine, with the headers that a real host should send.

Belongs here: addresses, headers and compression. `HEADERS` and `cache_control` are what ``docs/publishing.md`` asks of
any host.
Does not belong here: what is served (`publish.py`, `index.py`) and the arguments of the command.
"""

from __future__ import annotations

import gzip
import mimetypes
import sys
from collections.abc import Mapping
from email.utils import formatdate
from functools import lru_cache, partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from gevinst.edition.store import is_edition_id
from gevinst.layout import SITE
from gevinst.site.render import POLICY

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""Sent with everything. A page's own meta element holds the policy too, but only a header can forbid frames."""
MEDIA_TYPES: Mapping[str, str] = {
    ".csv": "text/csv",
    ".duckdb": "application/octet-stream",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".parquet": "application/vnd.apache.parquet",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".woff2": "font/woff2",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "": "text/plain",  # SHA256SUMS
}
_TEXTS = ("text/", "application/json", "application/ld+json", "image/svg")
_WORTH_PACKING = 1024
_FOREVER = "public, max-age=31536000, immutable"


def media_type(path: PurePosixPath) -> str:
    """The media type of a file, with its character set when it is text."""
    known = MEDIA_TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"{known}; charset=utf-8" if known.startswith("text/") else known


def cache_control(path: PurePosixPath) -> str:
    """How long a file may be kept, by its address below the folder of editions.

    What lies in a numbered edition never changes. Pages are asked for again all the same, so that an edition that had
    to be taken down is gone for everybody.
    """
    is_numbered = len(path.parts) > 1 and is_edition_id(path.parts[0])
    return _FOREVER if is_numbered and path.suffix != ".html" else "no-cache"


def edition_server(folder: Path, front: str, port: int) -> ThreadingHTTPServer:
    """A server of the editions in `folder`, on 127.0.0.1 only; the root leads to the pages of the edition `front`.

    `port` 0 takes a free one, which stands in ``server_port``.
    """
    return _Server(("127.0.0.1", port), partial(_Handler, folder.resolve(), f"/{front}/{SITE}/index.html"))


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a reader who went away in the middle of an answer; browsers do so all the time."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # a socket and its address


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, folder: Path, front: str, *arguments: object) -> None:
        self.folder = folder
        self.front = front
        super().__init__(*arguments)  # type: ignore[arg-type]  # the three of http.server, which answer at once

    def do_GET(self) -> None:
        """Answer with headers and content."""
        content = self._answer()
        if content:
            self.wfile.write(content)

    def do_HEAD(self) -> None:
        """Answer with headers alone."""
        self._answer()

    def version_string(self) -> str:
        """Name the program and nothing that it runs on."""
        return "gevinst"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a line per file hides the address that was printed."""

    def _answer(self) -> bytes | None:
        """Send status and headers, and return the content that belongs after them."""
        address = PurePosixPath(unquote(urlsplit(self.path).path))
        path = PurePosixPath(*address.parts[1:])
        if not path.parts:
            return self._redirect(self.front)
        file = self.folder / path
        if self._is_hidden(path) or not file.exists():
            return self._refuse(HTTPStatus.NOT_FOUND)
        if file.is_dir():
            return self._redirect(f"{address}/index.html") if (file / "index.html").is_file() else self._refuse()
        return self._send(file, path)

    def _is_hidden(self, path: PurePosixPath) -> bool:
        return any(part.startswith(".") for part in path.parts) or not (self.folder / path).resolve().is_relative_to(
            self.folder
        )

    def _send(self, file: Path, path: PurePosixPath) -> bytes | None:
        status = file.stat()
        packs = "gzip" in self.headers.get("Accept-Encoding", "") and _is_worth_packing(path, status.st_size)
        tag = f'"{status.st_mtime_ns:x}-{status.st_size:x}{"-gz" if packs else ""}"'
        if self.headers.get("If-None-Match") == tag:
            self._begin(HTTPStatus.NOT_MODIFIED, path, {"ETag": tag})
            return None
        content = _packed(file, status.st_mtime_ns) if packs else file.read_bytes()
        told = {
            "Content-Type": media_type(path),
            "Content-Length": str(len(content)),
            "Last-Modified": formatdate(status.st_mtime, usegmt=True),
            "ETag": tag,
            **({"Content-Encoding": "gzip"} if packs else {}),
        }
        self._begin(HTTPStatus.OK, path, told)
        return content

    def _redirect(self, target: str) -> None:
        self._begin(HTTPStatus.FOUND, PurePosixPath(), {"Location": target, "Content-Length": "0"})

    def _refuse(self, status: HTTPStatus = HTTPStatus.NOT_FOUND) -> bytes:
        content = f"{status.value} {status.phrase}\n".encode()
        told = {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(content))}
        self._begin(status, PurePosixPath(), told)
        return content

    def _begin(self, status: HTTPStatus, path: PurePosixPath, told: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {**told, **HEADERS, "Cache-Control": cache_control(path), "Vary": "Accept-Encoding"}.items():
            self.send_header(name, value)
        self.end_headers()


def _is_worth_packing(path: PurePosixPath, size: int) -> bool:
    return size >= _WORTH_PACKING and media_type(path).startswith(_TEXTS)


@lru_cache(maxsize=64)
def _packed(file: Path, changed: int) -> bytes:
    """The file compressed; `changed` makes a rewritten file another one."""
    return gzip.compress(file.read_bytes(), compresslevel=6, mtime=0)

"""The published editions over HTTP on this machine, with the headers that a real host should send.

Belongs here: addresses, headers and compression. `HEADERS` and `cache_control` are what ``docs/publishing.md`` requires
of any host.
Does not belong here: what is served (`publish.py`, `index.py`) and the arguments of the command.
"""

from __future__ import annotations

import gzip
import mimetypes
import os
import socket
import stat
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from email.utils import formatdate
from functools import cache, lru_cache
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from gevinst.bilingual import LANGUAGES
from gevinst.edition.ranges import has_it_already, parts_asked_for, takes_gzip
from gevinst.edition.store import is_edition_id
from gevinst.layout import SITE
from gevinst.site.page import FRAMED_SLUGS, POLICY

# Starlette and uvicorn are imported by the functions that use them: every command imports the modules of all.
if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NO_FRAMES = "frame-ancestors 'none'"
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": f"{POLICY}; {_NO_FRAMES}",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""Sent with everything. A page's own meta element holds the policy too, but only a header can forbid frames.

The pages of single figures are there to be placed in frames: see `content_policy`.
"""
MEDIA_TYPES: Mapping[str, str] = {
    ".csv": "text/csv",
    ".duckdb": "application/octet-stream",
    ".gz": "application/gzip",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".parquet": "application/vnd.apache.parquet",
    ".pdf": "application/pdf",
    ".sqlite": "application/vnd.sqlite3",
    ".txt": "text/plain",
    ".xml": "application/xml",
    ".woff2": "font/woff2",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "": "text/plain",  # SHA256SUMS
}
_TEXTS = ("text/", "application/json", "application/ld+json", "application/xml", "image/svg")
_WORTH_PACKING = 1024
"""Bytes; below this, gzip saves less than a network packet."""
_FOREVER = "public, max-age=31536000, immutable"
"""A year, as is customary for what never changes."""
_GRACE_SECONDS = 2
"""How long an answer in progress may take when the server is stopped; a browser keeps idle connections open."""


_NAMES = ("127.0.0.1", "localhost")
"""What the server is called on this machine, also through a tunnel to it with another port."""


def media_type(path: PurePosixPath) -> str:
    """The media type of a file, with its character set when it is text."""
    known = MEDIA_TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"{known}; charset=utf-8" if known.startswith("text/") else known


def content_policy(path: PurePosixPath) -> str:
    """The policy sent with an address below the folder of editions: that of a page which has its own, or `HEADERS`'."""
    if _is_figure(path.parts):
        return f"{POLICY}; frame-ancestors *"
    address = "/" + "/".join(path.parts[2:])
    return _own_policies().get(address, HEADERS["Content-Security-Policy"])


@cache
def _own_policies() -> dict[str, str]:
    """Policies of pages that need more than others, by their place below ``site/``."""
    from gevinst.site.pages import PAGES  # every command imports the modules of all

    own = [page for page in PAGES if page.policy != POLICY]
    return {page.path(language): f"{page.policy}; {_NO_FRAMES}" for page in own for language in LANGUAGES}


def _is_figure(parts: Sequence[str]) -> bool:
    """Whether an address is that of one figure: ``<edition>/site/<language>/<slug>/<figure>/index.html``."""
    is_page = len(parts) == 6 and parts[1] == SITE and parts[5] == "index.html"
    return is_page and FRAMED_SLUGS.get(parts[2]) == parts[3]


def cache_control(path: PurePosixPath) -> str:
    """How long a file may be kept, by its address below the folder of editions.

    What lies in a numbered edition never changes. Pages are still requested again, so that an edition that had
    to be withdrawn disappears for everybody.
    """
    is_numbered = len(path.parts) > 1 and is_edition_id(path.parts[0])
    return _FOREVER if is_numbered and path.suffix != ".html" else "no-cache"


class EditionServer:
    """A server of the editions in `folder`, on 127.0.0.1 only; the root leads to the pages of the edition `front`.

    `not_found` is the page for addresses that lead nowhere.
    The port is taken when the object is made; 0 takes a free one, which is in `port`. Raises `OSError` when it is
    taken.
    """

    def __init__(self, folder: Path, front: str, port: int, not_found: str = "") -> None:
        import uvicorn

        from gevinst.edition.connections import PatientProtocol, Server

        self._socket = socket.create_server(("127.0.0.1", port))
        self.port: int = self._socket.getsockname()[1]
        config = uvicorn.Config(
            edition_app(folder, front, not_found),
            http=PatientProtocol,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",  # a line per file would hide the address that was printed; see `_WithHeaders`
            proxy_headers=False,
            server_header=False,  # the answers name the program themselves, and nothing that it runs on
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
        self._server = Server(config)

    def run(self) -> None:
        """Serve until Ctrl-C, which ends in `KeyboardInterrupt`, or until `stop`."""
        with closing(self._socket):
            self._server.run(sockets=[self._socket])

    def stop(self) -> None:
        """Make `run` return; may be called from another thread."""
        self._server.should_exit = True

    def close(self) -> None:
        """Release the port without serving."""
        self._socket.close()


def edition_app(folder: Path, front: str, not_found: str = "") -> Starlette:
    """The application: GET and HEAD of every file below `folder` that is not hidden, and `not_found` for others."""
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.responses import HTMLResponse
    from starlette.routing import Route

    root = folder.resolve()

    def answer(request: Request) -> Response:
        return _answer(request, root, f"/{front}/{SITE}/index.html")

    def lost(request: Request, error: Exception) -> Response:
        return HTMLResponse(not_found, HTTPStatus.NOT_FOUND)

    return Starlette(
        routes=[Route("/{path:path}", answer)],
        middleware=[Middleware(_WithHeaders)],
        exception_handlers={HTTPStatus.NOT_FOUND: lost},
    )


class _WithHeaders:
    """Adds the headers to every answer, also to that for a wrong method, which Starlette makes itself.

    What goes wrong while a file is read is told in one line, and the client gets an answer too where there is none yet.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        from starlette.datastructures import MutableHeaders
        from starlette.responses import PlainTextResponse

        has_begun = False

        async def send_with_headers(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                is_file = message["status"] in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT, HTTPStatus.NOT_MODIFIED)
                path = PurePosixPath(scope["path"].strip("/") if is_file else "")
                headers = MutableHeaders(scope=message)
                own = {"Content-Security-Policy": content_policy(path)}
                headers.update({**HEADERS, **own, "Cache-Control": cache_control(path), "Vary": "Accept-Encoding"})
                headers["Server"] = "gevinst"
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception as error:  # whatever it is, the next reader is served
            print(f"{scope['path']!a} could not be served: {error}", file=sys.stderr)
            if not has_begun:
                lost = PlainTextResponse("This could not be read.\n", HTTPStatus.INTERNAL_SERVER_ERROR)
                await lost(scope, receive, send_with_headers)


def _answer(request: Request, root: Path, front: str) -> Response:
    from starlette.exceptions import HTTPException
    from starlette.responses import RedirectResponse

    # Under another name than its own, a page on the web could read what is not yet out (DNS rebinding).
    if request.headers.get("host", _NAMES[0]).partition(":")[0] not in _NAMES:
        raise HTTPException(HTTPStatus.MISDIRECTED_REQUEST, f"This server is {' or '.join(_NAMES)}.\n")
    address: str = request.path_params["path"]
    if address == "":
        return RedirectResponse(front, HTTPStatus.FOUND)
    file = _served(root, address)
    if file is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    path = PurePosixPath(file.relative_to(root))
    if not file.is_dir():
        return _file(request, file, path)
    inside = f"{SITE}/index.html" if is_edition_id(str(path)) else "index.html"
    if not (file / inside).is_file():
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return RedirectResponse(f"/{path}/{inside}", HTTPStatus.FOUND)


def _served(root: Path, address: str) -> Path | None:
    """The file or folder at an address below `root`, decoded once; `None` for whatever is not served.

    Names that begin with a dot are half written or lead upwards, and a backslash or colon separates folders or drives
    on some systems. A link is followed only to a file that is served without it.
    """
    parts = address.rstrip("/").split("/")
    if _is_hidden(parts) or set(address) & set("\\\0:"):
        return None
    file = root.joinpath(*parts)
    try:
        target = file.resolve(strict=True)
        mode = target.stat().st_mode
    except (OSError, ValueError, RuntimeError):  # missing, too long, not readable, or a loop of links
        return None
    if not target.is_relative_to(root) or _is_hidden(target.relative_to(root).parts):
        return None
    is_plain = stat.S_ISDIR(mode) or stat.S_ISREG(mode)  # never a pipe or a device
    return file if is_plain and os.access(target, os.R_OK) else None


def _is_hidden(parts: Sequence[str]) -> bool:
    return any(part == "" or part.startswith(".") for part in parts)


def _file(request: Request, file: Path, path: PurePosixPath) -> Response:
    from starlette.datastructures import MutableHeaders
    from starlette.responses import FileResponse, PlainTextResponse, Response

    status, asked = file.stat(), request.headers
    modified = formatdate(status.st_mtime, usegmt=True)
    plain_tag = f'"{status.st_mtime_ns:x}-{status.st_size:x}"'
    # A part is one of the file as stored, so it is sent without compression.
    is_same = asked.get("if-range", plain_tag) in (plain_tag, modified)
    parts = parts_asked_for(asked.get("range"), status.st_size) if request.method == "GET" and is_same else None
    packs = parts is None and takes_gzip(asked.get("accept-encoding")) and _is_worth_packing(path, status.st_size)
    tag = f'{plain_tag[:-1]}-gz"' if packs else plain_tag
    headers = {"Last-Modified": modified, "ETag": tag}
    if has_it_already(asked.get("if-none-match"), asked.get("if-modified-since"), tag, int(status.st_mtime)):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    if parts == []:
        end = {"Content-Range": f"bytes */{status.st_size}"}
        return PlainTextResponse("There is no such part.\n", HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=end)
    headers["Content-Type"] = media_type(path)
    if packs:
        return Response(_packed(file, status.st_mtime_ns), headers={**headers, "Content-Encoding": "gzip"})
    # Starlette reads the header again, and refuses what it should pass over: it finds only what is there.
    known = MutableHeaders(scope=request.scope)
    for name in ("range", "if-range"):
        del known[name]
    if parts:
        known["range"] = "bytes=" + ",".join(f"{first}-{last}" for first, last in parts)
    return FileResponse(file, headers=headers, stat_result=status)


def _is_worth_packing(path: PurePosixPath, size: int) -> bool:
    return size >= _WORTH_PACKING and media_type(path).startswith(_TEXTS)


# More than the files of one page, and far from filling memory: the largest text is a few megabytes.
@lru_cache(maxsize=64)
def _packed(file: Path, changed: int) -> bytes:
    """The file compressed; `changed` makes a rewritten file another one."""
    return gzip.compress(file.read_bytes(), compresslevel=6, mtime=0)

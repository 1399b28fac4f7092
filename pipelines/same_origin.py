"""Who may speak to Dagster's pages: only what these pages themselves have loaded, at the address they are opened on.

Dagster answers every request that reaches its port. A page on the web, opened in the same browser, could start, stop
and delete runs by a form, a picture or a script (CSRF), also under a name of its own that leads to this machine (DNS
rebinding) or over a WebSocket, which no browser holds back.

Belongs here: which requests are refused, and why.
Does not belong here: opening the pages (`pages.py`) and what may be done in them (Dagster's own permissions).
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_READING = ("GET", "HEAD")
_ASKED_HERE = ("same-origin", "none")
"""What browsers say of a request that the page itself made, or that somebody typed."""
_HEADERS = {
    "X-Frame-Options": "SAMEORIGIN",  # within a frame of another page, a click there would be one here
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_POLICY_VIOLATION = 1008
"""Why a WebSocket is closed, by RFC 6455."""


class SameOrigin:
    """An ASGI application that passes on to `app` what comes from one of `origins`, such as ``http://127.0.0.1:3000``.

    Host and Origin are compared whole, port included: another server on this machine is another origin. A request that
    changes something names its origin and holds JSON, which a form cannot send, and a script of another page only
    after a question that is answered with no.
    """

    def __init__(self, app: ASGIApp, origins: Iterable[str]) -> None:
        self._app = app
        self._origins = frozenset(origins)
        self._hosts = frozenset(urlsplit(origin).netloc for origin in self._origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        reason = None if scope["type"] == "lifespan" else self.refusal(scope)
        if reason is None:
            await self._app(scope, receive, send if scope["type"] != "http" else _with_headers(send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION, "reason": reason})
        else:
            await PlainTextResponse(f"{reason}\n", 403)(scope, receive, _with_headers(send))

    def refusal(self, scope: Scope) -> str | None:
        """Why the request is not answered, or `None` when it is."""
        headers = Headers(scope=scope)
        is_reading = scope["type"] == "http" and scope["method"] in _READING
        opened_on = " or ".join(sorted(self._origins))
        if not _is_one_of(headers.getlist("host"), self._hosts):
            return f"These pages answer only at {opened_on}, and not under another name."
        origins = headers.getlist("origin")
        if not (_is_one_of(origins, self._origins) or (is_reading and not origins and _is_asked_here(headers))):
            return f"Another page asked for this; open {opened_on} and do it there."
        if scope["type"] == "http" and not is_reading and not _is_json(headers):
            return "What changes something must be sent as application/json."
        # Dagster runs any query of an address, mutations too; its own pages send all of them as JSON.
        if is_reading and scope["path"].rstrip("/").endswith("/graphql") and scope["query_string"]:
            return "Queries are sent as JSON by POST, not in an address."
        return None


def _is_one_of(values: list[str], known: frozenset[str]) -> bool:
    """Whether a header stands there once and is known: of two, another program might read the other one."""
    return len(values) == 1 and values[0] in known


def _is_asked_here(headers: Headers) -> bool:
    """Whether a request without an origin is the page's own, typed, a program's, or a link that somebody followed."""
    if headers.get("sec-fetch-site", "none") in _ASKED_HERE:
        return True
    return (headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest")) == ("navigate", "document")


def _is_json(headers: Headers) -> bool:
    """Whether the media type is JSON: ``text/plain; application/json`` is not, and any page may send it."""
    kinds = headers.getlist("content-type")
    return len(kinds) == 1 and kinds[0].partition(";")[0].strip().lower() == "application/json"


def _with_headers(send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(_HEADERS)
        await send(message)

    return send_with_headers

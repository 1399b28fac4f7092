"""Connections to the preview server: how long it waits for whoever is at the other end, and how many it takes.

Belongs here: time limits, and what is said when a connection, not an address, is at fault.
Does not belong here: what is answered (`serve.py`).
"""

from __future__ import annotations

import asyncio
import sys
from http import HTTPStatus
from typing import Any

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

PATIENCE_SECONDS = 10.0
"""For a whole request, from the first byte of the connection or the end of the answer before it; and for a reader to
take the next part of an answer."""
_MOST = 500
"""Connections at a time; a browser opens six."""


class PatientProtocol(H11Protocol):
    """HTTP/1.1 with an end: a client that sends half a request, or takes half an answer, is not waited for."""

    _timer: asyncio.TimerHandle | None = None
    _has_begun = False
    _is_refused = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first request, unless there are too many to wait for already."""
        super().connection_made(transport)
        if len(self.connections) > _MOST:
            transport.abort()
        else:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        if self._timer is not None:
            self._timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what comes; a byte now and then gives no more time."""
        self._has_begun = True
        if not self._is_refused:
            super().data_received(data)

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        self._has_begun = False
        self._wait()
        super().on_response_complete()

    def resume_writing(self) -> None:
        """Give a reader who has taken a part the same time for the next one."""
        self._wait()
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """Say so where no answer is under way; h11 refuses to put one inside another."""
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE) and not self._is_answering():
            self._refuse(HTTPStatus.BAD_REQUEST, msg)
        elif self._is_answering():
            self.cycle.keep_alive = False
        else:
            self.transport.close()

    def _is_answering(self) -> bool:
        return bool(self.cycle) and not self.cycle.response_complete  # there is no cycle before the first request

    def _wait(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self.loop.call_later(PATIENCE_SECONDS, self._waited)

    def _waited(self) -> None:
        if self._is_refused or self.transport.is_closing() or (self._is_answering() and self.flow.write_paused):
            self.transport.abort()  # closing would wait until everything is taken
            return
        self._wait()
        if self._is_answering():
            return  # the server is slow, not the reader
        if self._has_begun and self.conn.our_state is h11.IDLE:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT, "The request did not come in time.")
        else:
            self.transport.close()

    def _refuse(self, status: HTTPStatus, text: str) -> None:
        headers = [(b"Content-Type", b"text/plain; charset=utf-8"), (b"Connection", b"close")]
        content = f"{text}\n".encode()
        answer = h11.Response(status_code=status, headers=headers, reason=status.phrase.encode())
        for event in (answer, h11.Data(data=content), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        # Closed at once, with more to come, the other end would see its request broken off and never read the answer.
        self._is_refused = True
        self.transport.write_eof()


class Server(uvicorn.Server):
    """A server that says in one line what goes wrong with a connection."""

    async def startup(self, sockets: list[Any] | None = None) -> None:
        """Begin to listen."""
        asyncio.get_running_loop().set_exception_handler(_say)
        await super().startup(sockets)


def _say(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    error = context.get("exception")
    if not (isinstance(error, OSError) and "transport" in context):  # a reader who has gone away
        print(f"{context['message']}: {error or 'no more is known'}", file=sys.stderr)

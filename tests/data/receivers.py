"""Real receivers on the loopback address: one of e-mail, one of webhooks."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HOST = "127.0.0.1"


class Mailbox:
    """What a mail server has received, in order; and whom it refuses, and when it ends a connection."""

    def __init__(self, refused: Collection[str] = (), closes_on: str | None = None, goodbye: str = "221 Bye") -> None:
        self.port = 0
        self.refused = set(refused)
        self.closes_on = closes_on
        self.goodbye = goodbye
        self.letters: list[EmailMessage] = []
        self.recipients: list[list[str]] = []

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        if address in self.refused:
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.closes_on in envelope.rcpt_tos:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            return "421 Closing"
        letter = message_from_bytes(envelope.content or b"", policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.recipients.append(envelope.rcpt_tos)
        return "250 OK"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        return self.goodbye


@contextmanager
def mail_server(
    refused: Collection[str] = (), closes_on: str | None = None, password: str | None = None, goodbye: str = "221 Bye"
) -> Iterator[Mailbox]:
    """A mail server that takes everything but letters to the `refused`, and answers `goodbye` to whoever leaves.

    It ends the connection in the middle of a letter to `closes_on`, and lets nobody in without `password` where one is
    set.
    """
    mailbox = Mailbox(refused, closes_on, goodbye)
    mailbox.port = free_port()  # the controller looks whether it is up at the port that it was given

    def is_let_in(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        is_right = isinstance(data, LoginPassword) and data.password.decode() == password
        return AuthResult(success=is_right, handled=is_right)

    controller = Controller(
        mailbox,
        hostname=HOST,
        port=mailbox.port,
        authenticator=is_let_in,
        auth_required=password is not None,
        auth_require_tls=False,
    )
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


def free_port() -> int:
    """A port at which nobody answers."""
    with socket.socket() as found:
        found.bind((HOST, 0))
        return found.getsockname()[1]


class Hook:
    """What a receiver of webhooks was sent, and how it answers."""

    def __init__(self, status: int) -> None:
        self.status = status
        self.address = ""
        self.posts: list[dict[str, Any]] = []


@contextmanager
def webhook(status: int = 200) -> Iterator[Hook]:
    """A receiver that answers every post with `status`."""
    hook = Hook(status)

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_POST(self) -> None:
            hook.posts.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(hook.status)
            self.end_headers()

    server = ThreadingHTTPServer((HOST, 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    hook.address = f"http://{HOST}:{server.server_address[1]}/secret-part"
    try:
        yield hook
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

"""Sending what is said of a run: e-mail and webhook.

Belongs here: the two channels. A channel that fails never makes a run fail: what went wrong is returned, kept in the
record and printed.
Does not belong here: what is said (`words.py`), and where it goes (`gevinst.settings`).
"""

from __future__ import annotations

import json
import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

import requests

from gevinst.settings import Notify

SENT = "sent"
_PATIENCE_SECONDS = 30
"""A server that does not answer in that time is down; nobody waits for it with the next run."""


def send(notify: Notify, subject: str, text: str, content: dict[str, object]) -> tuple[tuple[str, str], ...]:
    """Send to every channel that is set; each with ``sent`` or the reason why not.

    The e-mail holds `text`; the webhook gets JSON with ``text``, as chat programs take it, beside `content`.
    """
    channels: list[tuple[str, Callable[[], None]]] = []
    if notify.smtp_host:
        channels.append(("e-mail", lambda: _mail(notify, subject, text)))
    if notify.webhook_url:
        address = notify.webhook_url
        channels.append(("webhook", lambda: _post(address, {"text": f"{subject}\n{text}", **content})))
    return tuple((name, _outcome(channel)) for name, channel in channels)


def _outcome(channel: Callable[[], None]) -> str:
    try:
        channel()
    # Whatever a server or a network does: the run that is told of is over, and must not be lost for it.
    except (OSError, smtplib.SMTPException, ValueError) as error:
        return str(error) or type(error).__name__
    return SENT


def _mail(notify: Notify, subject: str, text: str) -> None:
    message = EmailMessage()
    message["Subject"] = " ".join(subject.split())  # a line break would begin another header
    message["From"] = notify.sender
    message["To"] = notify.recipients
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid(domain="gevinst.invalid")  # the machine's own name is nobody's business
    message.set_content(text)
    with connect(notify, ssl.create_default_context()) as server:
        if notify.smtp_user:
            server.login(notify.smtp_user, notify.smtp_password or "")
        server.send_message(message)


def connect(notify: Notify, secure: ssl.SSLContext) -> smtplib.SMTP:
    """The mail server that is set, which must be; to be closed by ``with``."""
    host, port = notify.smtp_host or "", notify.smtp_port
    if notify.smtp_security == "tls":
        return smtplib.SMTP_SSL(host, port, timeout=_PATIENCE_SECONDS, context=secure)
    server = smtplib.SMTP(host, port, timeout=_PATIENCE_SECONDS)
    if notify.smtp_security == "starttls":
        server.starttls(context=secure)
    return server


def _post(address: str, content: dict[str, object]) -> None:
    body = json.dumps(content, ensure_ascii=False).encode("utf-8")
    try:
        answer = requests.post(
            address,
            data=body,
            headers={"Content-Type": "application/json"},
            timeout=_PATIENCE_SECONDS,
            allow_redirects=False,
        )
    except requests.RequestException as error:
        # Its own words hold the address, and the address of a webhook is its password.
        raise OSError(f"the receiver did not answer ({type(error).__name__})") from None
    if answer.status_code >= 300:
        raise OSError(f"the receiver answered {answer.status_code}")

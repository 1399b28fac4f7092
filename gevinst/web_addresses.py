"""Addresses that an installation writes in its settings: of the web, of e-mail and of servers.

What is wrong with one is a fault in both languages, fit to stand after the address itself: *is no web address*. Only
the form is looked at; nothing is looked up.

Belongs here: what such an address may look like. Does not belong here: which setting holds which (`gevinst.settings`).
Sources: RFC 3986, RFC 5321 section 4.5.3.1, RFC 1123 section 2.1.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from gevinst.characters import visible

Fault = tuple[str, str]
"""In bokmål and in English."""
_LABEL = re.compile(r"(?!-)(?!.*-$)[^\W_](?:[^\W_]|-){0,62}")
_MAILBOX = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.ASCII)
_NAMED = re.compile(r"[^<>@,;:\"\\]+ <([^<>]+)>")
_ONE: Fault = "må være én e-postadresse, uten komma", "must be one e-mail address, without a comma"
_NOT_IN_ADDRESSES = re.compile(r'[\s\\<>"^`{|}]|%(?![0-9A-Fa-f]{2})')
_LONGEST_HOST, _LONGEST_MAILBOX, _LONGEST_ADDRESS, _LONGEST_SHOWN = 253, 64, 2_000, 100


def text_fault(text: str) -> Fault | None:
    """What is wrong with a text of one line: letters that nobody sees, which could begin a line of their own."""
    if visible(text) != text or "\n" in text or "\t" in text:
        return (
            "har et usynlig tegn eller et linjeskift; skriv det på nytt",
            "has an invisible character; retype it",
        )
    return None


def web_fault(address: str, *, is_base: bool = False) -> Fault | None:
    """What is wrong with the address of a page, or with one that others begin with (`is_base`)."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "er ingen nettadresse; se etter vert og port", "is no web address; look at its host and port"
    if not address.startswith(("https://", "http://")):
        return "må begynne med https://", "must begin with https://"
    if "@" in parts.netloc:
        return (
            "har brukernavn eller passord foran verten; ta det ut, for adressen blir vist",
            "has a user name or password before its host; take it out, as addresses are shown",
        )
    if text_fault(address) or _NOT_IN_ADDRESSES.search(address) or len(address) > _LONGEST_ADDRESS:
        return (
            "har mellomrom eller et annet tegn som må skrives med prosent, eller er lengre enn 2 000 tegn",
            "has a space or another character that must be written with percent, or is longer than 2,000 characters",
        )
    if host_fault(host) or port == 0 or parts.netloc.endswith(":"):
        return "har ingen vert eller port som kan finnes", "has no host or port that can be there"
    if is_base and (parts.query or parts.fragment or "?" in address or "#" in address):
        return (
            "må slutte før ? eller #, for det settes adresser etter den",
            "must end before ? or #, as other addresses are put after it",
        )
    return None


def without_credentials(address: str) -> str:
    """An address fit to be shown: without what stands before its host, and not too long to read."""
    shown = re.sub(r"//[^/]*@", "//…@", address)
    return shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}…"


def host_fault(host: str) -> Fault | None:
    """What is wrong with the name or number of a server."""
    try:
        ip_address(host)
    except ValueError:
        labels = host.split(".")
        is_number = labels[-1].isdigit()  # only an address in numbers ends in one, and this is none
        if is_number or len(host) > _LONGEST_HOST or not all(map(_LABEL.fullmatch, labels)):
            return (
                "er ikke navnet på en tjener, som smtp.example.org, uten https:// og port",
                "is not the name of a server, such as smtp.example.org, without https:// and port",
            )
    return None


def email_fault(written: str) -> Fault | None:
    """What is wrong with an e-mail address, or with one of several that have commas between them."""
    if all(_is_mailbox(address.strip()) for address in written.split(",")) and text_fault(written) is None:
        return None
    return "er ingen e-postadresse som post@example.org", "is no e-mail address such as post@example.org"


def sender_fault(written: str) -> Fault | None:
    """What is wrong with one e-mail address, also after a name: ``Gevinst <gevinst@example.org>``."""
    named = _NAMED.fullmatch(written)
    address = named[1] if named else written
    return _ONE if "," in written else email_fault(address) or text_fault(written)


def _is_mailbox(address: str) -> bool:
    mailbox, _, host = address.rpartition("@")
    is_local = len(mailbox) <= _LONGEST_MAILBOX and _MAILBOX.fullmatch(mailbox) is not None
    return is_local and host_fault(host) is None

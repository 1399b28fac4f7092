"""What is asked of the network: by a command and all it starts (strace, Linux), or by Python code in this process."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from ipaddress import ip_address
from pathlib import Path

_HERE = re.compile(r"/(systemd/resolve|avahi-daemon)/")
"""Programs on this machine that look names up for others."""
_PEER = re.compile(r"->\[?([0-9a-f.:]+?)\]?:\d+\]>")
"""The other end of a connection, as strace shows a socket."""
_ADDRESS = re.compile(r'inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')
_PORT = re.compile(r"sin6?_port=htons\((\d+)\)")
_NAMES = ("53", "853", "5353", "5355")
"""Ports at which names are looked up."""
_EVENTS = ("connect", "bind", "sendto", "sendmsg", "getaddrinfo", "gethostbyname", "gethostbyaddr", "getnameinfo")
_listening_to: list[list[str]] = []
"""Lists that are being filled; Python lets nobody take a hook away again."""


@contextmanager
def asked_by_python() -> Iterator[list[str]]:
    """Names that Python code looks up, and addresses that it connects to, sends to or takes, while this is open."""
    asked: list[str] = []
    _hear()
    _listening_to.append(asked)
    try:
        yield asked
    finally:
        _listening_to.remove(asked)


@cache
def _hear() -> None:
    events = {f"socket.{name}" for name in _EVENTS}

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if _listening_to and event in events and not _is_path(event, arguments):
            for asked in _listening_to:
                asked.append(f"{event} {arguments}")

    sys.addaudithook(note)


def _is_path(event: str, arguments: tuple[object, ...]) -> bool:
    """Whether it concerns another program on this machine: the address of such a socket is a path."""
    return event in ("socket.connect", "socket.bind", "socket.sendto") and isinstance(arguments[-1], (str, bytes))


def asked_of_the_network(command: Sequence[str], environment: Mapping[str, str], folder: Path, cwd: Path) -> list[str]:
    """System calls that look a name up, reach another machine or let it in; the command itself must succeed.

    A datagram socket that is only pointed at an address sends nothing: that is how Chromium sees which addresses the
    machine has. What is then sent over it is found.
    """
    calls = folder / "calls"
    trace = [
        "strace",
        "-f",
        "--seccomp-bpf",
        "-qq",
        "-yy",
        "-e",
        "trace=%network",
        "-e",
        "signal=none",
        "-s",
        "200",
        "-o",
        str(calls),
    ]
    subprocess.run([*trace, "--", *command], env=dict(environment), cwd=cwd, check=True, capture_output=True)
    return [line for line in calls.read_text(errors="replace").splitlines() if _is_asking(line)]


def _is_asking(line: str) -> bool:
    call = re.match(r"\d+\s+(?:<\.\.\. )?(\w+)", line)
    if call is None or call[1] not in ("connect", "bind", "listen", "sendto", "sendmsg", "sendmmsg"):
        return False
    if _HERE.search(line):
        return True
    address = _ADDRESS.search(line)
    other = address[1] or address[2] if address else None
    if call[1] == "connect" and other:
        port = _PORT.search(line)
        is_stream = "<TCP" in line
        return (port is not None and port[1] in _NAMES) or (is_stream and not ip_address(other).is_loopback)
    if call[1] in ("bind", "listen"):
        return other is not None and not ip_address(other).is_loopback
    peer = _PEER.search(line)
    return any(not ip_address(found).is_loopback for found in (other, peer[1] if peer else None) if found)

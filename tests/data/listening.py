"""What the processes of a command listen on, by the kernel's own tables (Linux)."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
_LISTENS = "0A"
"""The state of a TCP socket that waits for others; one of UDP hears whoever sends as soon as it is bound."""


def listening(session: int) -> set[str]:
    """Addresses that the processes of a session listen on for TCP, or are bound to for UDP, without their ports."""
    inodes = {inode for process in _of_session(session) for inode in _sockets(process)}
    found = set()
    for table, family in (("tcp", "TCP"), ("tcp6", "TCP"), ("udp", "UDP"), ("udp6", "UDP")):
        for line in (PROC / "net" / table).read_text().splitlines()[1:]:
            parts = line.split()
            if parts[9] in inodes and (family == "UDP" or parts[3] == _LISTENS):
                found.add(_address(parts[1].partition(":")[0]))
    return found


def _of_session(session: int) -> Iterator[Path]:
    for process in PROC.iterdir():
        with suppress(OSError):  # ended meanwhile
            if process.name.isdigit() and os.getsid(int(process.name)) == session:
                yield process


def _sockets(process: Path) -> Iterator[str]:
    for handle in _entries(process / "fd"):
        with suppress(OSError):
            name = os.readlink(handle)
            if name.startswith("socket:["):
                yield name.removeprefix("socket:[").removesuffix("]")


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _address(hexadecimal: str) -> str:
    """As the kernel writes it: words of four bytes, each in the machine's own order."""
    words = [bytes.fromhex(hexadecimal[place : place + 8])[::-1] for place in range(0, len(hexadecimal), 8)]
    raw = b"".join(words)
    return socket.inet_ntop(socket.AF_INET if len(raw) == 4 else socket.AF_INET6, raw)

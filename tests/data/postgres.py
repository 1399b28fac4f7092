"""A server of PostgreSQL on loopback, with a cluster of its own in a throw-away place.

Belongs here: starting and ending it. Without the server a test is skipped, or fails where CI asks for it.
Does not belong here: what is kept in it.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

USER, PASSWORD = "gevinst", "riktig-hest-batteri"
_HOST = "127.0.0.1"
_PLACES = "/usr/lib/postgresql/*/bin/initdb"
_NOBODY = 65534


@dataclass(frozen=True, slots=True)
class Server:
    """Where it listens."""

    host: str
    port: int
    user: str
    password: str


def _programs() -> Path:
    found = sorted(Path("/").glob(_PLACES.removeprefix("/")))
    if found:
        return found[-1].parent
    reason = "no PostgreSQL: see CONTRIBUTING.md"
    if os.environ.get("GEVINST_REQUIRE_SERVER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def server() -> Iterator[Server]:
    """A server that asks for a password and listens on loopback only."""
    programs = _programs()
    # Not below the folder of a test, which only the account of the test may enter: the server refuses to be root.
    place = Path(tempfile.mkdtemp(prefix="gevinst-postgres-"))
    as_nobody = ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups"] if os.getuid() == 0 else []
    try:
        secret, data = place / "secret", place / "data"
        secret.write_text(PASSWORD, encoding="utf-8")
        if as_nobody:
            for path in (place, secret):
                os.chown(path, _NOBODY, _NOBODY)
        made = ["--username", USER, "--auth", "scram-sha-256", f"--pwfile={secret}", "--encoding=UTF8", "--locale=C"]
        _run(*as_nobody, programs / "initdb", "--pgdata", data, *made)
        with socket.socket() as one:
            one.bind((_HOST, 0))
            port = one.getsockname()[1]
        options = f"-c listen_addresses={_HOST} -c port={port} -c unix_socket_directories="
        control = [*as_nobody, programs / "pg_ctl", "--pgdata", data, "--wait"]
        _run(*control, "--log", place / "log", "--options", options, "start")
        try:
            yield Server(_HOST, port, USER, PASSWORD)
        finally:
            _run(*control, "--mode", "immediate", "stop")
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _run(*command: object) -> None:
    # No pipe: the server would keep it open as long as it runs.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run([*map(str, command)], stdout=said, stderr=subprocess.STDOUT, cwd="/", timeout=120)
        said.seek(0)
        assert done.returncode == 0, said.read()[-3000:]

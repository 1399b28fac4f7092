"""The nginx of ``deploy/nginx.conf`` on this machine: as a normal user, on ports of 127.0.0.1.

It gets a certificate of its own and folders that may be thrown away.

Belongs here: starting it and asking it. Does not belong here: what it must answer (`test_nginx.py`).
"""

from __future__ import annotations

import base64
import http.client
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPMessage
from pathlib import Path

import pytest

from tests.data.kept import ROOT

CONFIGURATION = ROOT / "deploy" / "nginx.conf"
SITE, LEADERS = "gevinst.example.no", "innsyn.gevinst.example.no"
USER, PASSWORD = "leder", "riktig hest batteri"
_STARTING_SECONDS = 20
_OWN_FOLDERS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
"""Where nginx puts what is too large for memory; as built, below a folder that only root may write."""


def nginx_path() -> str:
    """Path of nginx. Without one the test is skipped, or fails if GEVINST_REQUIRE_SERVER=1 (as in CI)."""
    return required_program("nginx", "the web server of docs/deploy.md")


def found_program(name: str) -> str | None:
    """Path of a program, also where only root has it on its path."""
    return shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"]))


def required_program(name: str, what: str) -> str:
    """Path of a program of Debian that deployment rests on."""
    if found := found_program(name):
        return found
    reason = f"no {name}, {what}: see CONTRIBUTING.md"
    if os.environ.get("GEVINST_REQUIRE_SERVER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; of a name that occurs twice among the headers, both values."""

    status: int
    headers: HTTPMessage
    content: bytes


@dataclass(frozen=True, slots=True)
class Nginx:
    """A running one."""

    place: Path
    tls_port: int
    plain_port: int
    process: subprocess.Popen[bytes]

    def connection(self, name: str) -> ssl.SSLSocket:
        """A connection under TLS with whoever is called `name`; the certificate is held against that name."""
        context = ssl.create_default_context(cafile=str(self.place / "etc" / "site.crt"))
        plain = socket.create_connection(("127.0.0.1", self.tls_port), timeout=30)
        return context.wrap_socket(plain, server_hostname=name)

    def ask(
        self, path: str, method: str = "GET", name: str = SITE, body: bytes | None = None, **headers: str
    ) -> Answer:
        """Ask for a path as written; headers may be named with underscores."""
        connection = http.client.HTTPConnection(name)
        connection.sock = self.connection(name)
        sent = {key.replace("_", "-"): value for key, value in headers.items()}
        try:
            connection.request(method, path, body, {"Host": name, **sent})
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()


def free_port() -> int:
    """A port that nobody has at the moment."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def configured(place: Path, editions: Path, ports: Mapping[int, int]) -> str:
    """The configuration with folders and ports of this test, each exchanged for one that it must name."""
    text = CONFIGURATION.read_text(encoding="utf-8")
    exchanged = {
        "user www-data;\n": "daemon off;\n",
        "/run/nginx.pid": f"{place}/pid",
        "/var/log/nginx/": f"{place}/log/",
        "/etc/gevinst/": f"{place}/etc/",
        "/opt/gevinst/data/marts/editions": str(editions),
        "127.0.0.1:3001": f"127.0.0.1:{ports[3001]}",
        "http {\n": "http {\n" + "".join(f"{name}_temp_path {place}/tmp/{name};\n" for name in _OWN_FOLDERS),
        "listen 443 ": f"listen 127.0.0.1:{ports[443]} ",
        "listen 80": f"listen 127.0.0.1:{ports[80]}",
    }
    text = "".join(line for line in text.splitlines(keepends=True) if "listen [::]:" not in line)
    for old, new in exchanged.items():
        assert old in text, f"{old!r} is not in {CONFIGURATION}"
        text = text.replace(old, new)
    return text


@contextmanager
def running(
    program: str, place: Path, editions: Path, upstream_port: int, change: Mapping[str, str] = {}
) -> Iterator[Nginx]:
    """nginx over `editions`, with all its files in `place`; `change` exchanges more of its configuration."""
    for name in ("etc", "log", "tmp"):
        (place / name).mkdir(parents=True)
    make_certificate(place / "etc")
    ports = {80: free_port(), 443: free_port(), 3001: upstream_port}
    text = configured(place, editions, ports)
    for old, new in change.items():
        assert old in text, old
        text = text.replace(old, new)
    (place / "nginx.conf").write_text(text, encoding="utf-8")
    process = subprocess.Popen(
        [program, "-e", f"{place}/log/error.log", "-p", str(place), "-c", str(place / "nginx.conf")],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        **_as_a_normal_user(place),
    )
    try:
        _wait(process, ports[443])
        yield Nginx(place, ports[443], ports[80], process)
    finally:
        process.terminate()
        process.wait(timeout=30)


def make_certificate(folder: Path) -> None:
    """A certificate for both names that nobody else trusts, and who may sign in."""
    names = f"subjectAltName=DNS:{SITE},DNS:{LEADERS}"
    request = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-noenc",
        "-days",
        "2",
    ]
    files = ["-keyout", str(folder / "site.key"), "-out", str(folder / "site.crt")]
    subprocess.run([*request, *files, "-subj", "/CN=test", "-addext", names], check=True, capture_output=True)
    for kind in ("crt", "key"):
        shutil.copy(folder / f"site.{kind}", folder / f"innsyn.{kind}")
    hashed = subprocess.run(
        ["openssl", "passwd", "-6", "-stdin"], input=f"{PASSWORD}\n", capture_output=True, text=True, check=True
    )
    (folder / "leaders.htpasswd").write_text(f"{USER}:{hashed.stdout}", encoding="utf-8")


def _as_a_normal_user(place: Path) -> dict[str, object]:
    """Root, as in CI, hands the folder to nobody and lets nobody start nginx."""
    if os.getuid() != 0:
        return {}
    for path in (place, *place.rglob("*")):
        os.chown(path, 65534, 65534)
    return {"user": 65534, "group": 65534, "extra_groups": []}


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + _STARTING_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    process.kill()
    output = process.communicate()[0].decode()
    pytest.fail(f"nginx did not start: {output}")


def signed_in(password: str = PASSWORD) -> dict[str, str]:
    """The header by which the leader signs in."""
    token = base64.b64encode(f"{USER}:{password}".encode()).decode()
    return {"Authorization": f"Basic {token}"}

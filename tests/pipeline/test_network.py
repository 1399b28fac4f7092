"""Nothing that a run starts asks the network for anything."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
from pathlib import Path

import pytest

from tests.data.dagsters_pages import ROOT
from tests.data.network import asked_by_python, asked_of_the_network

DRAW = """
from contextlib import suppress
from gevinst.site.figures.render import draw

def spec(*hosts):
    pictures = [{"source": f"http://{host}/x.png"} for host in hosts]
    return {"data": [{"type": "bar", "y": [1, 2]}], "layout": {"width": 300, "height": 200, "images": pictures}}

assert "<svg" in draw([spec()])[0]
with suppress(Exception):  # a picture that is not there is none of a figure
    draw([spec("forged.example", "192.0.2.7", "[2001:db8::7]")])
"""
ASK = """
import socket
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.7", 9))
"""


@pytest.fixture
def strace() -> None:
    """The program that writes down system calls; without it a test is skipped, or fails where all must be there."""
    if shutil.which("strace") is None:
        reason = "strace is not installed"
        if os.environ.get("GEVINST_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.mark.browser
@pytest.mark.slow
def test_the_browser_that_draws_asks_for_no_name_and_no_address_and_leaves_nothing(
    chromium_path: str, strace: None, tmp_path: Path
) -> None:
    own = {"HOME": tmp_path / "home", "TMPDIR": tmp_path / "tmp"}
    for folder in own.values():
        folder.mkdir()
    places = {name: str(folder) for name, folder in own.items()}
    environment = {**os.environ, **places, "BROWSER_PATH": chromium_path, "PYTHONPATH": str(ROOT)}
    assert asked_of_the_network([sys.executable, "-c", DRAW], environment, tmp_path, ROOT) == []
    assert [left for folder in own.values() for left in folder.rglob("*") if left.is_file()] == []


@pytest.mark.slow
def test_what_asks_is_found(strace: None, tmp_path: Path) -> None:
    assert asked_of_the_network([sys.executable, "-c", ASK], os.environ, tmp_path, ROOT) != []
    with asked_by_python() as asked, socket.socket() as one:
        one.connect_ex(("127.0.0.1", 9))
        socket.getaddrinfo("127.0.0.1", 9)
    assert [line.split()[0] for line in asked] == ["socket.connect", "socket.getaddrinfo"]


def test_the_python_code_of_a_whole_run_asks_for_no_name_and_no_address(published_small: Path) -> None:
    assert json.loads((published_small / "run.json").read_text(encoding="utf-8"))["asked"] == []

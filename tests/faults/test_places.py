"""Places that are full or cannot be written: every command says so in a sentence and breaks nothing.

Each command is run with the place that it writes to on a file system of its own, in a name space of its own, so that
nothing of this machine is touched and nothing is left to be unmounted. `unshare` is part of Debian.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gevinst.commands import command_names
from gevinst.edition.checksums import faults_of
from gevinst.edition.store import edition_in_force
from gevinst.settings import load_settings
from tests.data.workspaces import workspace
from tests.pipeline.intake.test_writers import draft

pytestmark = pytest.mark.faults

ROOT = Path(__file__).parents[2]
OUT, RAW, MARTS, HOME, CACHE, TMP = "out", "raw", "marts", "home", "cache", "tmp"
COMMANDS: dict[str, tuple[list[str], tuple[str, ...]]] = {
    "publish": (["publish", "--year", "2026"], (MARTS, HOME, CACHE, TMP)),
    "candidate": (["candidate", "--year", "2026"], (MARTS, HOME)),
    "dry-run": (["dry-run", "--year", "2026"], (MARTS,)),
    "pack": (["pack", "--out", OUT], (OUT,)),
    "report": (["report", "--out", OUT], (OUT, TMP)),
    "exchange": (["exchange", "export", "gmpp", f"{OUT}/ut.csv"], (OUT,)),
    "workbook": (["workbook", "--year", "2026", "--out", f"{OUT}/ark.xlsx"], (OUT,)),
    "generate": (["generate", f"{OUT}/oppdiktet"], (OUT,)),
    "generate-parquet": (["generate", f"{OUT}/oppdiktet", "--as", "parquet"], (OUT,)),
    "read": (["read", "side.txt", "--out", f"{OUT}/utkast"], (OUT,)),
    "accept": (["accept", "utkast"], (RAW, TMP)),
    "undo": (["undo"], (RAW,)),
    "backup": (["backup", OUT], (OUT,)),
}
"""Each command that writes, and the places that it writes to."""
READ_ONLY = {"status", "verify", "explain", "site", "lookup", "check", "agreement", "audit"}
ELSEWHERE = {"docs", "import", "restore"}
"""`docs` writes into a checkout; `import` writes by the writer of `accept`; `restore` has tests of its own."""


def test_every_command_is_tried_or_writes_nothing() -> None:
    tried = {arguments[0] for arguments, _ in COMMANDS.values()}
    assert set(command_names()) == {*tried, *READ_ONLY, *ELSEWHERE}


@pytest.fixture(scope="module")
def prepared(published_small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with an edition in force, an accepted and a waiting draft, and a page to read."""
    place = tmp_path_factory.mktemp("prepared")
    for name in (RAW, MARTS):
        shutil.copytree(published_small / name, place / name, symlinks=True)
    for name in (OUT, HOME, TMP):
        (place / name).mkdir()
    shutil.copytree(load_settings({}).cache_dir, place / CACHE)  # drawings, which take a minute to make
    draft(place, "utkast", "Et dokument om prøver")
    draft(place, "forrige", "Et tidligere dokument om prøver")
    (place / "side.txt").write_text(
        "Tilskudd 2025\n\nØya kommune får 500 000 kroner til prosjektet Rett hjelp.\n", encoding="utf-8"
    )
    done = gevinst(place, "accept", "forrige")
    assert done.returncode == 0, done.stdout + done.stderr
    return place


@pytest.fixture
def place(prepared: Path, tmp_path: Path) -> Path:
    shutil.copytree(prepared, tmp_path, symlinks=True, dirs_exist_ok=True)
    return tmp_path


def environment(place: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DAGSTER_HOME": str(place / HOME),
        "GEVINST_WORKSPACE": str(workspace(place)),
        "GEVINST_RAW_DIR": str(place / RAW),
        "GEVINST_MARTS_DIR": str(place / MARTS),
        "GEVINST_CACHE_DIR": str(place / CACHE),
        "TMPDIR": str(place / TMP),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def gevinst(place: Path, *arguments: str, before: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command in a place, after shell commands that only it sees the effect of."""
    script = f'{before}\nexec "$@"'
    return subprocess.run(
        [
            "unshare",
            "--map-root-user",
            "--mount",
            "bash",
            "-euc",
            script,
            "-",
            sys.executable,
            "-m",
            "gevinst.cli",
            *arguments,
        ],
        cwd=place,
        env=environment(place),
        capture_output=True,
        text=True,
        timeout=600,
    )


FULL = """
mount -t tmpfs -o size=$(($(du -sk {where} | cut -f1) + 1024))k,mode=755 tmpfs /mnt
cp -a {where}/. /mnt/
dd if=/dev/zero of=/mnt/ballast bs=4096 status=none || true
mount --move /mnt {where}
cd .
"""
READ_ONLY_PLACE = "mount --bind {where} {where}\nmount -o remount,bind,ro {where}\ncd ."
WORDS = {
    "full": ("Disken er full", "disk is full"),
    "read-only": ("kan bare leses", "can only be read", "gjør mappa skrivbar"),
}
FEW = 3
STATES = {"full": FULL, "read-only": READ_ONLY_PLACE}
TRIALS = [(name, where, state) for name, (_, places) in COMMANDS.items() for where in places for state in STATES]


@pytest.mark.parametrize(("name", "where", "state"), TRIALS, ids=lambda one: str(one))
def test_a_place_that_is_full_or_read_only_is_one_sentence_with_the_place_and_the_edition_stays(
    place: Path, name: str, where: str, state: str
) -> None:
    if where == CACHE:
        for drawing in sorted((place / CACHE).iterdir())[:FEW]:  # to draw all of them takes a minute
            drawing.unlink()
    before = STATES[state].format(where=place / where)
    done = gevinst(place, *COMMANDS[name][0], before=before)
    said = done.stdout + done.stderr
    assert "Traceback" not in said, said[-3000:]
    # Temporary files go elsewhere, as Python does it, when the place that TMPDIR names takes none.
    if where != TMP or done.returncode:
        assert done.returncode == 1, said[-2000:]
        assert any(words in said for words in WORDS[state]), said[-2000:]
        assert f"{place}/{where}" in said or f" {where}/" in said, said[-2000:]
    in_force = edition_in_force(load_settings(environment(place)))
    assert in_force is not None
    assert faults_of(in_force.path) == []


def test_another_account_without_access_is_told_which_place_and_which_account(place: Path) -> None:
    place.chmod(0o755)
    done = subprocess.run(
        [
            "setpriv",
            "--reuid=65534",
            "--regid=65534",
            "--clear-groups",
            sys.executable,
            "-m",
            "gevinst.cli",
            "pack",
            "--out",
            OUT,
        ],
        cwd=place,
        env=environment(place),
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert "Kontoen nobody" in done.stderr


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("ulimit -n 24", ("åpne", "open")),
        ("ulimit -v 900000", ("innet", "memory")),
        ("umask 077; export LC_ALL=C PYTHONIOENCODING=ascii PYTHONUTF8=0", ()),
    ],
)
def test_limits_of_the_machine_end_in_a_sentence_or_make_no_difference(
    place: Path, before: str, words: tuple[str, ...]
) -> None:
    done = gevinst(place, "publish", "--year", "2026", before=before)
    said = done.stdout + done.stderr
    assert "Traceback" not in said, said[-3000:]
    assert done.returncode == 0 or any(word in said for word in words), said[-2000:]
    in_force = edition_in_force(load_settings(environment(place)))
    assert in_force is not None
    assert faults_of(in_force.path) == []

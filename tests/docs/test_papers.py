"""The papers say what is true: commands run, links lead somewhere, the version and the rooms are those of the code."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from gevinst.edition.serve import HEADERS, MEDIA_TYPES
from gevinst.settings import SiteAddress, SiteOwner

ROOT = Path(__file__).parents[2]
PAPERS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
TARGET = re.compile(r"`make ([a-z-]+)[^`]*`|^make ([a-z-]+)", re.MULTILINE)
COMMAND = re.compile(r"`(\.venv/bin/[^`]+)`")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def commands() -> list[str]:
    found = {command for paper in PAPERS for command in COMMAND.findall(paper.read_text(encoding="utf-8"))}
    return sorted(found, key=lambda command: ("publish" not in command, command))  # others may ask for an edition


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_every_make_target_that_a_paper_names_exists(paper: Path) -> None:
    known = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    named = {first or second for first, second in TARGET.findall(paper.read_text(encoding="utf-8"))}
    assert named <= known


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_every_link_within_the_repository_leads_somewhere(paper: Path) -> None:
    for target in LINK.findall(paper.read_text(encoding="utf-8")):
        assert (paper.parent / target).exists(), target


def where_a_change_goes(row: str) -> list[str]:
    """Paths in a row of the table that lead nowhere; a bare file name lies where the row was last."""
    folder, lost = ROOT, []
    for name in re.findall(r"`([\w./-]+)`", row):
        is_path = "/" in name or name == "Makefile" or re.search(r"\.\w+$", name)
        path = ROOT / name if (ROOT / name).exists() else folder / name
        if is_path and not (path.exists() or any(folder.glob(f"*/{name}"))):
            lost.append(name)
        elif is_path and path.exists():
            folder = path if path.is_dir() else path.parent
    return lost


def test_every_place_where_a_change_goes_exists() -> None:
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    rows = [
        line for line in text.partition("## Where a change goes")[2].partition("\n## ")[0].splitlines() if "`" in line
    ]
    assert len(rows) >= 15
    assert {row[:40]: lost for row in rows if (lost := where_a_change_goes(row))} == {}


def test_a_place_that_does_not_exist_is_named() -> None:
    assert where_a_change_goes(
        "| x | `gevinst/workbook/`: `cells.py`, `planned.py`; `gevinst/nowhere/` or `MARTS` |"
    ) == [
        "planned.py",
        "gevinst/nowhere/",
    ]


def test_the_readme_names_both_commands_and_shows_a_picture() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {"refresh", "test"} <= {first or second for first, second in TARGET.findall(text)}
    assert re.search(r"!\[[^\]]+\]\(docs/pictures/", text)


def test_the_papers_name_commands_to_run() -> None:
    assert len(commands()) >= 4


@pytest.mark.parametrize("form", ['add_header {} "{}" always;', 'Header always set {} "{}"'])
def test_the_paper_on_publishing_asks_a_host_for_the_headers_that_the_server_sends(form: str) -> None:
    text = (ROOT / "docs/publishing.md").read_text(encoding="utf-8")
    assert [name for name, value in HEADERS.items() if form.format(name, value) not in text] == []
    for ending in ("parquet", "jsonld", "duckdb", "csv"):
        assert f"{MEDIA_TYPES[f'.{ending}']} {ending};" in text
        assert f"AddType {MEDIA_TYPES[f'.{ending}']} .{ending}" in text


def test_the_paper_on_publishing_names_every_setting_of_the_owner_and_the_site() -> None:
    text = (ROOT / "docs/publishing.md").read_text(encoding="utf-8")
    names = [field.name for kind in (SiteOwner, SiteAddress) for field in fields(kind)]
    assert [name for name in names if not re.search(rf"^{name} = ", text, re.MULTILINE)] == []


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One throw-away home and marts folder for all commands, as a reader would have, and no proposal from before."""
    shutil.rmtree(ROOT / "build" / "proposal", ignore_errors=True)
    return tmp_path_factory.mktemp("reader")


@pytest.mark.slow
@pytest.mark.parametrize("command", commands())
def test_every_command_in_a_paper_runs(command: str, place: Path) -> None:
    program, *arguments = command.split()
    environment = {
        **os.environ,
        "HOME": str(place),
        "DAGSTER_HOME": str(place),
        "GEVINST_MARTS_DIR": str(place / "marts"),
    }
    executable = Path(sys.executable).parent / Path(program).name
    done = subprocess.run([executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]

"""The papers say what is true: commands run, links lead somewhere, the version and the rooms are those of the code."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
from dataclasses import fields
from pathlib import Path, PurePosixPath

import pytest

from gevinst.bilingual import LANGUAGES
from gevinst.edition.serve import HEADERS, MEDIA_TYPES, content_policy
from gevinst.settings import NOT_IN_THE_FILE, Notify, SiteAddress, SiteOwner
from gevinst.site.pages.explore.page import PAGE as EXPLORE
from tests.data import kept
from tests.docs.own_checkout import environment_of, own_checkout, without_set_up

ROOT = Path(__file__).parents[2]
PAPERS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
TARGET = re.compile(r"`make ([a-z-]+)[^`]*`|^make ([a-z-]+)", re.MULTILINE)
COMMAND = re.compile(r"`((?:\.venv/bin/|make (?:schedule-on|schedule-off|schedule-list|status))[^`]*)`")
"""Commands to type: those of the program, and targets of `make` that no other test runs and that end by themselves."""
SERVES = "pipelines.pages"
"""Stands in every such command that does not end by itself."""
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def commands() -> list[str]:
    found = {command for paper in PAPERS for command in COMMAND.findall(paper.read_text(encoding="utf-8"))}
    return sorted(found)


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


OWN_POLICIES = {content_policy(PurePosixPath(f"2026-1/site{EXPLORE.path(language)}")) for language in LANGUAGES}
ENDINGS = ("parquet", "jsonld", "duckdb", "sqlite", "csv")


def test_the_paper_on_publishing_asks_apache_for_the_headers_that_the_server_sends() -> None:
    text, form = (ROOT / "docs/publishing.md").read_text(encoding="utf-8"), 'Header always set {} "{}"'
    assert [name for name, value in HEADERS.items() if form.format(name, value) not in text] == []
    assert [policy for policy in OWN_POLICIES if form.format("Content-Security-Policy", policy) not in text] == []
    assert [one for one in ENDINGS if f"AddType {MEDIA_TYPES[f'.{one}']} .{one}" not in text] == []


def test_the_configuration_of_nginx_names_the_headers_that_the_server_sends() -> None:
    # Also where no nginx is installed; tests/pipeline/deploy holds against each other what both answer.
    text = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
    policy = HEADERS["Content-Security-Policy"]
    others = {name: value for name, value in HEADERS.items() if name != "Content-Security-Policy"}
    assert [name for name, value in others.items() if f'add_header {name} "{value}" always;' not in text] == []
    policies = [f'default "{policy}";', *(f'index\\.html$" "{one}";' for one in OWN_POLICIES)]
    figure = content_policy(PurePosixPath("2026-1/site/nb/figur/x/index.html"))
    assert [one for one in (*policies, f'index\\.html$" "{figure}";') if one not in text] == []
    assert [one for one in ENDINGS if f"{MEDIA_TYPES[f'.{one}']} {one};" not in text] == []


@pytest.mark.parametrize(
    ("paper", "kinds"), [("publishing", (SiteOwner, SiteAddress)), ("operations", (Notify,))], ids=["pages", "notices"]
)
def test_every_setting_is_named_in_a_paper(paper: str, kinds: tuple[type, ...]) -> None:
    text = (ROOT / "docs" / f"{paper}.md").read_text(encoding="utf-8")
    names = [field.name for kind in kinds for field in fields(kind) if field.name not in NOT_IN_THE_FILE]
    assert [name for name in names if not re.search(rf"^{name} = ", text, re.MULTILINE)] == []


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout of one's own with an edition in force, which many commands ask for."""
    place = own_checkout(tmp_path_factory.mktemp("reader"))
    shutil.copytree(kept.folder("reader", _publish) / "data" / "marts", place / "data" / "marts", symlinks=True)
    return place


def _publish(folder: Path) -> None:
    command = [".venv/bin/gevinst", "publish", "--year", "2026"]
    subprocess.run(command, cwd=own_checkout(folder), env=environment_of(folder), capture_output=True, check=True)


@pytest.mark.slow
@pytest.mark.parametrize("command", [one for one in commands() if SERVES in one])
def test_every_command_in_a_paper_that_opens_pages_opens_them_until_it_is_stopped(command: str, place: Path) -> None:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    with subprocess.Popen(
        ["bash", "-c", f"exec {command} --port {port}"],
        cwd=place,
        env=environment_of(place),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as serving:
        assert serving.stdout
        said = []
        for line in serving.stdout:
            said.append(line)
            if "pages are open on" in line:
                serving.send_signal(signal.SIGINT)
    assert serving.returncode == 0, "".join(said)[-2000:]
    assert "pages are open on" in "".join(said)


@pytest.mark.slow
@pytest.mark.parametrize("command", [one for one in commands() if SERVES not in one])
def test_every_command_in_a_paper_runs_as_it_is_printed(command: str, place: Path) -> None:
    environment = environment_of(place)
    done = subprocess.run(
        ["bash", "-c", without_set_up(command)], cwd=place, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]

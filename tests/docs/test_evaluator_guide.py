"""The evaluator's guide followed to the letter: every command in its order, the work by hand done in between."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from tests.data.readability import lix
from tests.docs.evaluator_at_work import BY_HAND, CHECK_FAULTY, COMMANDS, GUIDE, PROJECT, ROOT, SETTLE, TEXT, block
from tests.docs.own_checkout import environment_of, own_checkout, without_set_up

PICTURE = re.compile(r"!\[([^\]]*)\]\((pictures/[^)]+)\)")
PATIENCE_SECONDS = 600
ACCEPT = ".venv/bin/gevinst accept data/drafts/tildeling-2026"
TAKE_IN = ".venv/bin/gevinst import arbeid/koder_1.xlsx arbeid/koder_2.xlsx --year 2026"
AGREE = ".venv/bin/gevinst agreement --year 2026 --settle arbeid/uenighet.xlsx"
TRY, PUBLISH = (f".venv/bin/gevinst {job} --year 2026" for job in ("dry-run", "publish"))
EXPLAIN = f".venv/bin/gevinst explain project_status --project {PROJECT} --language nb"
SERVERS = ("make dev", "make serve")


@dataclass(frozen=True, slots=True)
class Done:
    """What a command gave, the raw files it changed, and the editions that were published after it."""

    code: int
    said: str
    changed: dict[str, int]
    editions: list[str]


def rows_by_file(place: Path) -> dict[str, list[str]]:
    raw = place / "data" / "raw"
    return {
        path.relative_to(raw).as_posix(): path.read_text(encoding="utf-8").splitlines() for path in raw.rglob("*.csv")
    }


def changed(before: dict[str, list[str]], after: dict[str, list[str]]) -> dict[str, int]:
    """Rows added by file; a file whose earlier rows were touched counts as -1."""
    assert before.keys() <= after.keys()
    differing = {name: rows for name, rows in after.items() if rows != before.get(name)}
    return {
        name: len(rows) - len(before.get(name, rows[:1]))
        if rows[: len(before.get(name, []))] == before.get(name, [])
        else -1
        for name, rows in differing.items()
    }


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def run(command: str, place: Path, environment: dict[str, str]) -> tuple[int, str]:
    """Run a command of the guide unchanged; `make` does not install anything again."""
    adapted = without_set_up(command)
    if command in SERVERS:
        return visit(adapted, place, environment)
    done = subprocess.run(["bash", "-c", adapted], cwd=place, env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def visit(command: str, place: Path, environment: dict[str, str]) -> tuple[int, str]:
    """Start a server, open its first page, and stop it with Ctrl-C; 0 when the page came."""
    port, log = free_port(), place / "server.log"
    with log.open("w") as out:
        server = subprocess.Popen(
            ["bash", "-c", f"exec {command} PORT={port}"],
            cwd=place,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            has_come = opens(f"http://127.0.0.1:{port}/", server)
        finally:
            os.killpg(server.pid, signal.SIGINT)
            server.wait(PATIENCE_SECONDS)
    return int(not has_come), log.read_text(encoding="utf-8")


def opens(address: str, server: subprocess.Popen[Any]) -> bool:
    until = time.monotonic() + PATIENCE_SECONDS
    while server.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(address) as page:
                return page.status == 200
        except OSError:
            time.sleep(0.5)
    return False


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout of one's own."""
    return own_checkout(tmp_path_factory.mktemp("evaluator"))


@pytest.fixture(scope="module")
def year(place: Path) -> Iterator[dict[str, Done]]:
    """The whole year: what each command gave."""
    environment = environment_of(place)
    results: dict[str, Done] = {}
    for command in COMMANDS:
        if command in BY_HAND:
            BY_HAND[command](place)
        before = rows_by_file(place)
        code, said = run(command, place, environment)
        shelf = place / "data" / "marts" / "editions"
        editions = sorted(folder.name for folder in shelf.glob("*-*"))
        results[command] = Done(code, said, changed(before, rows_by_file(place)), editions)
    yield results


@pytest.mark.slow
def test_every_command_of_the_guide_runs_and_only_the_check_of_a_faulty_workbook_says_no(year) -> None:
    assert set(BY_HAND) <= set(COMMANDS)
    assert {
        command: done.said[-2000:] for command, done in year.items() if done.code != (command == CHECK_FAULTY)
    } == {}


@pytest.mark.slow
def test_only_accepting_and_taking_in_change_raw_files_and_they_add_rows_to_those_expected(year) -> None:
    assert {command: done.changed for command, done in year.items() if done.changed} == {
        ACCEPT: {
            "registry/sources.csv": 1,
            "registry/rounds.csv": 1,
            "registry/round_figures.csv": 2,
            "registry/projects.csv": 2,
            "registry/organisations.csv": 3,
            "registry/organisation_names.csv": 3,
            "registry/participations.csv": 3,
        },
        TAKE_IN: {
            "registry/sources.csv": 1,
            "evaluations/2026/assessment_rounds.csv": 1,
            "evaluations/2026/status_assessments.csv": 1,
            "evaluations/2026/benefits.csv": 1,
            "evaluations/2026/benefit_beneficiaries.csv": 1,
            "evaluations/2026/benefit_plans.csv": 1,
            "evaluations/2026/benefit_claims.csv": 1,
            "evaluations/2026/driver_ratings.csv": 4,
        },
        SETTLE: {"registry/sources.csv": 1, "evaluations/2026/rating_decisions.csv": 1},
    }


@pytest.mark.slow
def test_the_finding_that_the_guide_shows_is_what_the_check_prints_and_the_copy_has_its_cells_marked(
    year, place: Path
) -> None:
    assert block("finding") in year[CHECK_FAULTY].said
    sheet = openpyxl.load_workbook(place / "arbeid" / "koder_1_funn.xlsx")["Kilder"]
    cells = re.findall(r"Kilder!(\w+)", block("finding"))
    assert len(cells) == 2
    assert {sheet[cell].fill.start_color.rgb[-6:] for cell in cells} == {"F6C6C6"}


@pytest.mark.slow
def test_the_coders_who_disagree_are_told_where_and_the_edition_says_who_decided_and_why(year, place: Path) -> None:
    assert "Båt på boks [2026-bat-pa-boks], kompleksitet" in year[AGREE].said
    tables = place / "data" / "marts" / "current" / "tables" / "parquet"
    decided = pl.read_parquet(tables / "rating_decisions.parquet").filter(project_id=PROJECT).row(0, named=True)
    assert (decided["settled_rating"], decided["decided_by_code"]) == (3, "faglig_leder")
    assert decided["reason_nb"] == "To tjenester må endres, men ingen regler."
    ratings = pl.read_parquet(tables / "driver_ratings.parquet").filter(
        project_id=PROJECT, rated_driver_code="complexity"
    )
    assert sorted(ratings["rating"]) == [2, 4]


@pytest.mark.slow
def test_trying_publishes_nothing_and_publishing_gives_one_edition_with_what_was_entered(year, place: Path) -> None:
    assert year[TRY].editions == []
    assert "what_would_change" in year[TRY].said
    assert "Hva ville endre seg: " in year[TRY].said
    assert year[PUBLISH].editions == ["2026-1"]
    current = place / "data" / "marts" / "current"
    claims = pl.read_parquet(current / "tables" / "parquet" / "benefit_claims.parquet").filter(project_id=PROJECT)
    assert claims["modality_code"].to_list() == ["goal"]
    assert (current / "site" / "nb" / "prosjekt" / PROJECT).exists()


@pytest.mark.slow
def test_afterwards_there_are_a_report_a_zip_and_an_explanation_that_leads_to_the_document(year, place: Path) -> None:
    made = list((place / "arbeid").iterdir())
    assert {path.suffix for path in made} >= {".zip", ".json", ".csv"}
    assert len([path for path in made if path.suffix == ".pdf"]) == 2, "the report and the brief"
    said = " ".join(year[EXPLAIN].said.split())  # lines are broken where they fill up
    assert "Arbeidet er begynt; ingenting er prøvd ut." in said
    assert "Intervjuer høsten 2026" in said


def test_every_command_of_the_guide_stands_where_the_year_finds_it() -> None:
    inline = re.findall(r"`((?:\.venv/bin/|make )[^`]+)`", re.sub(r"```.*?```", "", TEXT, flags=re.DOTALL))
    assert [command for command in inline if command not in COMMANDS] == []
    assert len(COMMANDS) == len(set(COMMANDS)) >= 20


def test_what_the_guide_says_that_a_command_may_say_is_said_by_one() -> None:
    patterns = ("gevinst/**/*.py", "gevinst/**/*.toml", "assets/*.py", "pipelines/*.py")
    code = [path for pattern in patterns for path in ROOT.glob(pattern)]
    said = "\n".join(path.read_text(encoding="utf-8") for path in code if "node_modules" not in path.parts)
    joined = re.sub(r'"\s*f?"', "", said)
    quoted = re.findall(r"^\| «(.+?)» \|", TEXT, flags=re.MULTILINE)
    assert len(quoted) >= 8
    assert [text for text in quoted if any(part.strip() not in joined for part in text.split("…"))] == []


def test_the_guide_has_pictures_told_in_words_and_quick_to_load() -> None:
    pictures = PICTURE.findall(TEXT)
    assert len(pictures) >= 3
    for alternative, target in pictures:
        assert len(alternative) >= 40, target
        assert (GUIDE.parent / target).stat().st_size < 150_000, target


def test_the_guide_is_easy_to_read() -> None:
    bare = re.sub(r"```.*?```|`[^`]*`|<[^>]*>|!?\[([^\]]*)\]\([^)]*\)", r"\1", TEXT, flags=re.DOTALL)
    sentences = re.sub(r"[|#*]|^[-|: ]+$", " ", bare, flags=re.MULTILINE)
    paragraphs = [part for part in bare.split("\n\n") if not part.lstrip().startswith(("|", "#"))]
    assert lix(sentences) <= 45
    assert {part[:60]: round(lix(part)) for part in paragraphs if len(part.split()) > 25 and lix(part) > 45} == {}

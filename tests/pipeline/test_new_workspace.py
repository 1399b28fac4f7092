"""A scheme of somebody else: a workspace is made, and is published with nothing and with projects alone."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import polars as pl
import pytest
from bs4 import BeautifulSoup

from gevinst.cli import gevinst as gevinst_group
from gevinst.cli import main
from gevinst.contracts import CORE, contract
from gevinst.intake import read_core
from gevinst.intake.write_csv import write_rows
from gevinst.workspace import scheme_of
from tests.data.workspaces import REPOSITORY

NAME = "Nabolagsfondet"
DAYS = {"public_not_before": "2026-11-01", "public_not_after": "2026-11-01", "recorded_on": "2026-11-20"}
SOURCE = {
    "source_id": "registeret",
    "title": "Registeret over tilskudd",
    "publisher": NAME,
    "document_type_code": "statistics",
    "published_on": "2026-11-01",
    "published_precision": "day",
    "accessed_on": "2026-11-20",
    "language_code": "nb",
    "has_no_public_address": True,
    "is_partly_read": False,
    "public_bounds_basis_nb": "Datoen på registeret.",
    "public_bounds_basis_en": "The date of the register.",
    **DAYS,
}
AT = {"source_id": "registeret", "source_locator": "raden", "recorded_on": "2026-11-20"}


def gevinst(workspace: Path, *arguments: str) -> str:
    """What a command says; fails when it does."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GEVINST_", "DAGSTER_"))}
    environment = kept | {"PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(
        [sys.executable, "-m", "gevinst.cli", *arguments],
        cwd=workspace,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def with_projects(workspace: Path, count: int) -> None:
    """Write so many projects of two rounds into the raw files, with an owner each and nothing said of any."""
    registry = workspace / "data/raw/registry"
    rounds = [
        {"round_id": str(year), "cohort_year": year, "name_nb": f"Runden {year}", "name_en": f"Round {year}", **AT}
        | {"awarded_on": f"{year}-05-01", "awarded_precision": "day"}
        for year in (2023, 2024)
    ]
    names = {f"{name}_{language}" for name in ("name", "short_name") for language in ("nb", "en")}
    projects = [
        {"project_id": f"{2023 + n % 2}-{n}", "round_id": str(2023 + n % 2), "sector_code": "bygg_eiendom", **AT}
        | dict.fromkeys(names, f"Nabolag {n}")
        for n in range(count)
    ]
    parts = [
        {
            "participation_id": f"{row['project_id']}.owner.bydelen",
            "project_id": row["project_id"],
            "organisation_id": "bydelen",
            "organisation_name": "Bydelen",
            "role_code": "owner",
            "is_disputed": False,
            **AT,
        }
        for row in projects
    ]
    body = {"organisation_id": "bydelen", "name": "Bydelen", "level_code": "kommune", **AT}
    for table, rows in {
        "sources": [SOURCE],
        "rounds": rounds,
        "organisations": [body],
        "projects": projects,
        "participations": parts,
    }.items():
        write_rows(registry, contract(table), rows)


def made(folder: Path, *options: str) -> Path:
    """A new workspace."""
    assert main(["init", str(folder), "--name", NAME, *options]) == 0
    return folder


def test_a_new_workspace_has_a_file_with_headings_for_each_table_that_is_the_schemes_own(tmp_path: Path) -> None:
    core = read_core(made(tmp_path / "nytt") / "data/raw")
    own = {table.name for table in CORE} - {path.stem for path in (REPOSITORY / "gevinst/reference").glob("*.csv")}
    assert len(own) > 30
    assert all(core.tables[name].is_empty() for name in own)
    assert core.tables["codelists"].height > 300
    assert not core.tables["codelists"]["is_illustrative"].any()
    assert scheme_of(tmp_path / "nytt").name == (NAME, NAME)


def test_papers_and_first_pages_are_in_the_language_that_was_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made(tmp_path / "nytt")
    assert "hvem som svarer" in capsys.readouterr().out and (tmp_path / "nytt/LESMEG.md").exists()
    made(tmp_path / "new", "--language", "en")
    assert "who answers" in capsys.readouterr().out
    assert (tmp_path / "new/README.md").read_text(encoding="utf-8").startswith(f"# {NAME}\n")
    assert scheme_of(tmp_path / "new").language == "en"


def context_of(line: str) -> click.Context:
    """What a command line is taken for, without doing it; raises `click.UsageError` when it is none."""
    words = shlex.split(line)
    context = gevinst_group.make_context(words[0], words[1:])
    while isinstance(context.command, click.Group):
        name, command, rest = context.command.resolve_command(context, [*context._protected_args, *context.args])
        assert command is not None
        context = command.make_context(name, rest, parent=context)
    return context


@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_command_that_the_papers_name_is_one(tmp_path: Path, language: str) -> None:
    (paper,) = made(tmp_path / "nytt", "--language", language).glob("*.md")
    lines = re.findall(r"`(gevinst [^`]+)`", paper.read_text(encoding="utf-8"))
    assert len(lines) >= 8
    for line in lines:
        assert context_of(line).info_name
    with pytest.raises(click.UsageError):
        context_of("gevinst workbook skjema.xlsx --year 2026")
    with pytest.raises(click.UsageError):
        context_of("gevinst site")


def test_every_command_that_cron_is_told_to_begin_is_one() -> None:
    paper = (REPOSITORY / "docs/deploy.md").read_text(encoding="utf-8")
    (table,) = re.findall(r"```cron\n(.*?)```", paper, re.DOTALL)
    lines = [line.partition(" && ")[2] for line in table.splitlines() if " && " in line]
    assert [context_of(line).info_name for line in lines] == ["publish", "status", "backup"]


@pytest.mark.parametrize("name", ["", " ", "to\nlinjer", "{scheme}"])
def test_what_no_scheme_can_be_called_is_refused_and_nothing_is_made(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path / "nytt"), "--name", name]) == (0 if name == "" else 1)
    assert (tmp_path / "nytt").exists() == (name == "")
    assert name == "" or "ingen ordning kan hete" in capsys.readouterr().err


def test_a_name_with_quotes_and_backslashes_is_what_it_was(tmp_path: Path) -> None:
    name = 'Fondet "Lys" \\ mørke'
    assert main(["init", str(tmp_path / "nytt"), "--name", name]) == 0
    assert scheme_of(tmp_path / "nytt").name.nb == name


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mitt.txt").write_text("mitt", encoding="utf-8")
    assert main(["init", str(tmp_path), "--name", NAME]) == 1
    assert "er ikke tom" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mitt.txt"]


def test_a_command_outside_any_workspace_says_how_to_get_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["status"]) == 1
    assert "gevinst init" in capsys.readouterr().err


@pytest.mark.parametrize("place", ["before", "after"])
def test_the_workspace_is_named_before_the_command_or_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    monkeypatch.setenv("GEVINST_WORKSPACE", str(tmp_path))  # put back after the test, since the option sets it
    folder = made(tmp_path / "nytt")
    option = ["--workspace", str(folder)]
    command = ["due", "--on", "2027-02-01"]
    assert main([*option, *command] if place == "before" else [*command, *option]) == 0
    assert "Ingen" in capsys.readouterr().out


@pytest.mark.slow
def test_a_scheme_begins_with_nothing_then_has_projects_and_its_pages_name_no_other(tmp_path: Path) -> None:
    folder = made(tmp_path / "nytt")
    assert "Ingen prosjekter er kjent." in gevinst(folder, "publish")
    first = folder / "data/marts/current/site"
    assert "Vi har ikke funnet noen prosjekter." in first.joinpath("nb/index.html").read_text(encoding="utf-8")

    with_projects(folder, 12)
    assert "12 prosjekter" in gevinst(folder, "publish")
    site = folder / "data/marts/current/site"
    portfolio = BeautifulSoup(site.joinpath("nb/portefolje/index.html").read_text(encoding="utf-8"), "html.parser")
    assert f"Vi kjenner tolv prosjekter som har fått støtte fra {NAME}." in " ".join(portfolio.get_text(" ").split())
    sources = site.joinpath("nb/kilder/index.html").read_text(encoding="utf-8")
    assert "Statistisk sentralbyrå" not in sources, "what comes with the program was not read for the scheme"
    other = scheme_of(REPOSITORY).name.nb.casefold()
    texts = [
        path
        for path in (folder / "data/marts/current/").rglob("*")
        if path.suffix in (".html", ".json", ".csv", ".txt")
    ]
    assert len(texts) > 200
    assert [path.name for path in texts if other in path.read_text(encoding="utf-8").casefold()] == []
    tables = folder / "data/marts/current/tables/parquet"
    assert pl.read_parquet(tables / "projects.parquet").height == 12

"""The command line: one door, quick to answer, with the exit codes that scripts rely on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from cogapp import Cog

from gevinst.cli import gevinst, main
from gevinst.commands import command_names, load_command
from gevinst.commands.options import Command, Group

ROOT = Path(__file__).parents[2]
HEAVY = ("polars", "duckdb", "dagster", "great_expectations", "plotly", "scipy", "pandas", "jinja2")


def commands(group: click.Group, name: str = "gevinst") -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name, those inside groups too."""
    context = click.Context(group)
    for part in group.list_commands(context):
        command = group.get_command(context, part)
        assert command is not None, f"{name} {part} is listed and cannot be loaded"
        yield f"{name} {part}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {part}")


def test_the_door_leads_to_runs_and_to_everything_the_domain_offers() -> None:
    assert command_names() == [
        *("candidate", "dry-run", "publish", "status", "verify", "explain", "site", "pack", "report", "compare"),
        *("exchange", "lookup", "workbook", "check", "import", "agreement", "read", "accept", "undo"),
        *("due", "ask", "answers"),
        *("backup", "restore", "audit", "init", "map", "generate", "docs"),
    ]


def test_an_unknown_command_is_no_command() -> None:
    assert load_command("refresh") is None
    assert load_command("options") is None


def test_every_command_ends_in_the_same_way() -> None:
    strays = [name for name, command in commands(gevinst) if not isinstance(command, Command | Group)]
    assert strays == []


def test_every_command_and_every_option_says_what_it_is_for() -> None:
    silent = [name for name, command in commands(gevinst) if not command.help]
    silent += [
        f"{name} {option.opts[0]}"
        for name, command in commands(gevinst)
        for option in command.params
        if isinstance(option, click.Option) and not option.help
    ]
    assert silent == []


def test_help_in_the_list_of_commands_is_never_cut_short(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "..." not in capsys.readouterr().out.partition("Commands:")[2]


@pytest.mark.parametrize("arguments", [["--help"], ["publish", "--help"], ["exchange", "export", "--help"]])
def test_help_waits_for_no_heavy_library(arguments: list[str]) -> None:
    code = (
        "import sys; from gevinst.cli import main; "
        f"assert main({arguments!r}) == 0; print('LOADED', [name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "LOADED []"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["anything"],
        ["publish", "everything"],
        ["dry-run", "--open", "now"],
        ["status", "--language", "sv"],
        ["publish", "--year", "2021-2019"],
        ["publish", "--year", "-"],
        ["explain"],
        ["explain", "project_status", "--year", "i fjor"],
        ["explain", "project_status", "--language", "nn"],
        ["exchange", "export", "csv", "file"],
        ["workbook"],
        ["read"],
        ["site", "serve", "--port", "http"],
    ],
    ids=" ".join,
)
def test_wrong_arguments_end_with_2_and_say_so_on_the_error_stream(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    said, complained = capsys.readouterr()
    assert said == ""
    assert "Usage: gevinst" in complained


def test_what_cannot_be_done_ends_with_1_and_its_reason_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["accept", "no-such-draft", "--language", "en"]) == 1
    said, complained = capsys.readouterr()
    assert said == ""
    assert "no-such-draft" in complained
    assert "Traceback" not in complained and "Usage" not in complained


def test_the_reason_is_given_in_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    reasons = {}
    for language in ("nb", "en"):
        assert main(["workbook", "--year", "2026", "--coder", "kari", "--language", language]) == 1
        reasons[language] = capsys.readouterr().err
    assert "--coder må være en rolle" in reasons["nb"]
    assert "--coder must be a role" in reasons["en"]


def test_a_command_ends_with_the_code_that_its_function_returns() -> None:
    @click.command(cls=Command)
    def three() -> int:
        return 3

    with pytest.raises(SystemExit) as ended:
        three.main([])
    assert ended.value.code == 3


PAPERS = sorted([ROOT / "README.md", *ROOT.glob("docs/*.md")])


def cog_check(*papers: Path) -> int:
    return Cog().main(["cog", "--check", "-U", "--verbosity=0", *map(str, papers)])


def test_the_help_in_the_papers_is_what_the_commands_say() -> None:
    assert any("[[[cog" in paper.read_text(encoding="utf-8") for paper in PAPERS)
    assert cog_check(*PAPERS) == 0, "run make docs"


def test_help_that_differs_from_the_paper_is_noticed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paper = tmp_path / "commands.md"
    text = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    paper.write_text(text.replace("--single-file", "--one-file", 1), encoding="utf-8")
    assert cog_check(paper) != 0


def test_the_paper_holds_every_command_and_every_option() -> None:
    text = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    missing = [name for name, _ in commands(gevinst) if f"Usage: {name} " not in text]
    missing += [
        f"{name} {option.opts[0]}"
        for name, command in commands(gevinst)
        for option in command.params
        if isinstance(option, click.Option)
        and option.opts[0] not in text.partition(f"Usage: {name} ")[2].partition("```")[0]
    ]
    assert missing == []


def test_a_terminal_without_norwegian_letters_shows_them_by_number(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "GEVINST_MARTS_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "gevinst.cli", "status"], env=environment, capture_output=True, text=True, check=False
    )
    assert "Ingen utgave er publisert enn\\xe5." in done.stdout
    assert "Traceback" not in done.stderr

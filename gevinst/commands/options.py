"""What all commands share: how they end, and the options that several of them take.

Belongs here: the classes of commands and groups, and the options for language, year and raw files.
Does not belong here: options of one command, which are in its module.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from gevinst.bilingual import ENTERED, LANGUAGES
from gevinst.errors import GevinstError
from gevinst.machine_faults import machine_fault
from gevinst.workspace import SCHEME_FILE, VARIABLE, scheme

FILE = click.Path(path_type=Path)
"""A path as typed. Click does not check that it exists: what opens it reports that in the chosen language."""

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def _work_in(context: click.Context, option: click.Parameter, folder: Path | None) -> None:
    if folder is not None:
        os.environ[VARIABLE] = str(folder.resolve())  # for the processes that this one begins, too


def workspace_option() -> click.Option:
    """The option ``--workspace`` that every command has, and the door before them."""
    return click.Option(
        ["--workspace"],
        type=FILE,
        metavar="DIR",
        is_eager=True,
        expose_value=False,
        callback=_work_in,
        help=f"Folder of the scheme (default: {VARIABLE}, or the nearest with a {SCHEME_FILE} from here up).",
    )


class Command(click.Command):
    """A command whose function returns an exit code; what a person can fix ends it with 1 and a sentence."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Add the option that every command has."""
        super().__init__(*arguments, **options)
        self.params.append(workspace_option())

    def invoke(self, ctx: click.Context) -> Any:
        """Run the function and end with its exit code (`None` counts as 0)."""
        language = ctx.params.get("language", "en")  # English where a command has none, as Click's own messages are
        language = language if language in LANGUAGES else ENTERED  # letters are written in nynorsk too
        try:
            code = super().invoke(ctx)
        except Exception as error:
            fault = machine_fault(error) or error
            if not isinstance(fault, GevinstError):
                raise
            click.echo(fault.message(language), err=True)
            code = 1
        ctx.exit(code or 0)  # Click itself ignores the value that a command returns


class Group(click.Group):
    """Commands under one noun, each ending as `Command` does."""

    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order in which the commands are defined, not by the alphabet."""
        return list(self.commands)


def language(what: str, default: str | None = None) -> Decorator:
    """The option ``--language``, where `what` completes "language of ..."; by default that of the scheme's pages."""
    return click.option(
        "--language",
        type=click.Choice(LANGUAGES),
        default=default or language_of_scheme,
        show_default=default or "that of the scheme",
        help=f"Language of {what}.",
    )


def language_of_scheme() -> str:
    """The language of the pages that a reader of the scheme meets first; bokmål where there is no scheme."""
    try:
        return scheme().language
    except (GevinstError, OSError):  # told by the command itself, unless it needs no workspace
        return ENTERED


def raw_dir(what: str) -> Decorator:
    """The option ``--raw-dir``; `what` describes the purpose of the folder."""
    return click.option("--raw-dir", type=FILE, metavar="DIR", help=f"{what} (default: data/raw).")


def assessment_year(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option ``--year`` of commands that need an assessment year."""
    return click.option("--year", type=int, required=True, metavar="Y", help="Assessment year.")(function)


def coder(what: str) -> Decorator:
    """The option ``--coder``: a role, never a person's name."""
    return click.option("--coder", metavar="ROLE", help=what)

"""``gevinst publish``, ``candidate`` and ``dry-run``: start a job from the shell.

Belongs here: these commands and their options. ``pyproject.toml`` announces them in the entry-point group that
`gevinst.commands` reads, so the domain names nothing above itself. Dagster takes seconds to import: it is imported
inside the function that starts a run, never for ``--help``.
Does not belong here: running (`run.py`) and what the jobs do (`jobs.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from gevinst.commands.options import Command, language


class _Years(click.ParamType[list[int]]):
    """One edition year, or the first and the last, such as 2021-2026."""

    name = "years"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> list[int]:
        first, _, last = str(value).partition("-")
        try:
            years = list(range(int(first), int(last or first) + 1))
        except ValueError:
            self.fail(f"{value} is not a year, nor two such as 2021-2026", param, ctx)
        if not years:
            self.fail(f"{value} goes backwards; name the earlier year first", param, ctx)
        return years


_OPTIONS = (
    click.option(
        "--year",
        "--years",
        "years",
        type=_Years(),
        metavar="YEAR",
        help="Edition year, or the first and the last, such as 2021-2026 (default: the year being worked on, which in "
        "January is the one that has ended).",
    ),
    language("what is said"),
    click.option("--open", "is_opened", is_flag=True, help="Open the page in a browser when it is made."),
    click.option("--notify", "is_told", is_flag=True, help="Tell whoever is set in gevinst.toml how the run ended."),
)


def _starts(function: Callable[..., Any]) -> Callable[..., Any]:
    """A command that starts a run, with the options that all of them have."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


@click.command(cls=Command, short_help="Build and check an edition, and put it in force.")
@_starts
def publish(years: list[int] | None, language: str, is_opened: bool, is_told: bool) -> int:
    """Build and check an edition, and put it in force."""
    return _start("publish", years, language, is_told=is_told, is_opened=is_opened)


@click.command(cls=Command, short_help="Build and check an edition without publishing it.")
@_starts
def candidate(years: list[int] | None, language: str, is_opened: bool, is_told: bool) -> int:
    """Build and check an edition as a candidate, without publishing it."""
    return _start("refresh", years, language, is_told=is_told, is_opened=is_opened)


@click.command(cls=Command, short_help="Show what publishing would change, and change nothing.")
@_starts
def dry_run(years: list[int] | None, language: str, is_opened: bool, is_told: bool) -> int:
    """Show what publishing would change, and change nothing."""
    return _start("dry_run", years, language, is_told=is_told, is_opened=is_opened)


def _start(job: str, years: list[int] | None, language: str, *, is_told: bool, is_opened: bool) -> int:
    from pipelines.run import run_job

    return run_job(job, years or [], language, is_told=is_told, is_opened=is_opened)

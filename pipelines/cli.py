"""``gevinst run``: start a job from the shell.

Belongs here: its sub-commands and options. ``pyproject.toml`` announces `run` in the entry-point group that
`gevinst.commands` reads, so the domain names nothing above itself. Dagster takes seconds to import: it is imported
inside the function that starts a run, never for ``--help``.
Does not belong here: running (`run.py`) and what the jobs do (`jobs.py`).
"""

from __future__ import annotations

from datetime import date

import click

from gevinst.commands.options import Group, language


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


_YEARS = click.option(
    "--year",
    "--years",
    "years",
    type=_Years(),
    metavar="YEAR",
    help="Edition year, or the first and the last, such as 2021-2026 (default: this year).",
)
_LANGUAGE = language("the closing summary", default="en")


@click.group(cls=Group)
def run() -> None:
    """Build, check and publish editions."""


@run.command()
@_YEARS
@_LANGUAGE
def publish(years: list[int] | None, language: str) -> int:
    """Build and check an edition, and put it in force."""
    return _start("publish", years, language)


@run.command()
@_YEARS
@_LANGUAGE
def refresh(years: list[int] | None, language: str) -> int:
    """Build and check an edition as a candidate, without publishing it."""
    return _start("refresh", years, language)


@run.command("dry-run")
@_YEARS
@_LANGUAGE
def dry_run(years: list[int] | None, language: str) -> int:
    """Show what publishing would change, and change nothing."""
    return _start("dry_run", years, language)


def _start(job: str, years: list[int] | None, language: str) -> int:
    from pipelines.run import run_job

    return run_job(job, years or [date.today().year], language)

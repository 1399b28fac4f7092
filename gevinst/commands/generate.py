"""``gevinst generate``: an invented portfolio of any size.

Belongs here: its options, and what is said on the way. Does not belong here: the rows and how they are written
(`gevinst.illustrative`).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from gevinst.commands.options import FILE, Command

_PROJECTS, _SEED = 24, 7


@click.command(cls=Command, short_help="An invented portfolio of any size, to try things on.")
@click.argument("out", type=FILE)
@click.option("--projects", type=int, default=_PROJECTS, show_default=True, metavar="N", help="How many projects.")
@click.option("--claims", type=int, metavar="M", help="How many claims of benefits (default: some six a project).")
@click.option("--seed", type=int, default=_SEED, show_default=True, help="The same seed gives the same rows.")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Leave out what became known later; few projects.",
)
@click.option(
    "--as",
    "form",
    type=click.Choice(["raw", "parquet"]),
    default="raw",
    show_default=True,
    help="Raw files, or tables.",
)
def command(out: Path, projects: int, claims: int | None, seed: int, as_of: datetime | None, form: str) -> None:
    """Write an invented portfolio to OUT, a new or empty folder.

    Everything made of it says that it is invented. Some hundred projects have names and courses of their own; more are
    copies of these with a number, written in blocks, so that a million need no more memory than some thousand.
    """
    from gevinst.illustrative import (
        HORIZON,
        MOST_WITHOUT_COPIES,
        IllustrativeError,
        portfolio,
        write_as_parquet,
        write_as_raw_files,
        write_portfolio,
    )

    def progress(written: int, said: int) -> None:
        click.echo(f"{written} of {projects} projects written, with {said} claims.", err=True)

    is_small = form == "raw" and claims is None and projects <= MOST_WITHOUT_COPIES
    if as_of and not is_small:
        raise IllustrativeError(
            f"an earlier state can be had as raw files of up to {MOST_WITHOUT_COPIES} projects, without --claims"
        )
    if is_small:
        write_portfolio(portfolio(projects, seed, as_of.date() if as_of else HORIZON), out)
    elif form == "raw":
        write_as_raw_files(out, projects, claims, seed, progress)
    else:
        write_as_parquet(out, projects, claims, seed, progress)
    click.echo(f"{projects} invented projects written to {out}.")
    if form == "raw":
        click.echo(f"Build an edition: GEVINST_RAW_DIR={out} GEVINST_MARTS_DIR=<a folder of its own> make candidate")

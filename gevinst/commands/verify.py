"""``gevinst verify``: whether published editions still are what was published.

Belongs here: its options and exit code. Does not belong here: what is verified (`gevinst.edition.verify`).
"""

from __future__ import annotations

import click

from gevinst.commands.options import Command, language


@click.command(cls=Command, short_help="Say whether published editions still are what was published.")
@click.argument("edition", required=False)
@click.option("--all", "is_all", is_flag=True, help="Every published edition.")
@click.option(
    "--rebuild",
    "is_rebuilt",
    is_flag=True,
    help="Build it again from its tables and compare the bytes (a minute each).",
)
@language("what is said")
def command(edition: str | None, is_all: bool, is_rebuilt: bool, language: str) -> int:
    """Say whether published editions still are what was published.

    Every byte against its sum, each edition against the chain of those published after it, rows against what the
    edition says of itself, links between its pages, and whether anything lies among the editions that nobody published.
    EDITION is a number such as 2026-1 (default: the one in force). Exit code 1 when something is wrong.
    """
    from gevinst.edition.verify import BESIDE, verify
    from gevinst.language.texts import Catalogue
    from gevinst.settings import load_settings

    t = Catalogue(language).t
    is_well = True
    for found in verify(load_settings(), edition, is_all=is_all, is_rebuilt=is_rebuilt):
        name = t("verify.beside") if found.name == BESIDE else t("verify.edition", edition=found.name)
        print(t("verify.wrong" if found.faults else "verify.well", name=name), flush=True)
        for fault in found.faults:
            print(f"  {fault}")
        is_well &= not found.faults
    return int(not is_well)

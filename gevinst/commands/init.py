"""``gevinst init``: a workspace for a scheme.

Belongs here: its options, and what is said when it is made. Does not belong here: what lies in it
(`gevinst.new_workspace`).
"""

from __future__ import annotations

from pathlib import Path

import click

from gevinst.bilingual import ENTERED
from gevinst.commands.options import FILE, Command, language


@click.command(cls=Command, short_help="Make a workspace: the folder of a scheme, with its files to fill in.")
@click.argument("folder", type=FILE, metavar="DIR")
@click.option("--name", metavar="TEXT", help="What the scheme is called (default: the name of the folder).")
@click.option("--currency", default="NOK", show_default=True, metavar="CODE", help="Currency of every amount.")
@language("the pages that a reader meets first, and of what is said", default=ENTERED)
def command(folder: Path, name: str | None, currency: str, language: str) -> None:
    """Make a workspace in DIR, a new or empty folder: scheme.toml, raw files with their headings, and what to do next.

    Nothing in it is about any project yet, and it can be published as it is.
    """
    from gevinst.edition import calendar
    from gevinst.language.texts import Catalogue
    from gevinst.new_workspace import make_workspace

    make_workspace(folder, name or folder.resolve().name, language, calendar.today().year, currency)
    print(Catalogue(language).t("init.made", folder=str(folder)))

"""``gevinst compare``: editions of several schemes beside one another, on one page.

Belongs here: its options. Does not belong here: what may be compared (`gevinst.edition.side_by_side`) and the page
(`gevinst.edition.side_by_side_page`).
"""

from __future__ import annotations

from pathlib import Path

import click

from gevinst.commands.options import FILE, Command, language


@click.command(cls=Command, short_help="Editions of several schemes at equal age, on one page.")
@click.argument("editions", nargs=-1, type=FILE, metavar="EDITION EDITION ...")
@click.option("--out", type=FILE, required=True, metavar="FILE", help="The page to write, such as compared.html.")
@language("the page and of what is said")
def command(editions: tuple[Path, ...], out: Path, language: str) -> None:
    """Compare editions of several schemes at equal age, on one page that needs no other file.

    EDITION is the folder of a published edition, or a workspace, whose edition in force is taken. The page has benefits
    by category and evidence, and who pays beside who gains, for each age of which every edition has enough projects.

    Refused with the reason, and exit code 1: editions whose ladders or other code lists are not the same, invented data
    beside real, an edition beside itself, one that has changed since it was published, and one from before a table that
    the comparison needs.
    """
    from gevinst.edition.side_by_side import side_by_side
    from gevinst.edition.side_by_side_page import write_page
    from gevinst.language.texts import Catalogue
    from gevinst.settings import MIN_N_FOR_SHARES

    found = side_by_side(editions, MIN_N_FOR_SHARES)
    print(Catalogue(language).t("side_by_side.written", path=write_page(found, language, out)))

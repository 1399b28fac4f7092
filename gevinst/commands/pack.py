"""``gevinst pack``: a published edition as one file.

Belongs here: its options. Does not belong here: packing (`gevinst.edition.pack`).
"""

from __future__ import annotations

from pathlib import Path

import click

from gevinst.commands.options import FILE, Command, language


@click.command(cls=Command, short_help="A published edition as one zip, or its first pages as one HTML file.")
@click.argument("edition", required=False)
@click.option("--single-file", is_flag=True, help="Overview and portfolio as one HTML file that needs no other.")
@language("the HTML file and of what is said")
@click.option("--out", type=FILE, default=Path(), metavar="FOLDER", help="Where to write it (default: here).")
def command(edition: str | None, single_file: bool, language: str, out: Path) -> None:
    """Pack a published edition as one zip, or its first pages as one HTML file.

    EDITION is a number such as 2026-1 (default: the one in force).
    """
    from gevinst.edition.pack import pack_page, pack_zip
    from gevinst.edition.store import find_edition
    from gevinst.language.texts import Catalogue
    from gevinst.settings import load_settings

    settings = load_settings()
    chosen = find_edition(settings, edition)
    path = pack_page(chosen, language, settings, out, print) if single_file else pack_zip(chosen, out)
    megabytes = path.stat().st_size / 1_000_000
    print(Catalogue(language).t("run_summary.packed", edition=chosen.edition_id, path=path, megabytes=megabytes))

"""``gevinst restore``: an installation put back from a copy.

Belongs here: its options and what is said. Does not belong here: reading the copy and placing it (`gevinst.backup`).
"""

from __future__ import annotations

from pathlib import Path

import click

from gevinst.commands.options import FILE, Command, language


@click.command(cls=Command, short_help="Put a copy that `gevinst backup` took back in place, all of it or nothing.")
@click.argument("copy", type=FILE)
@click.option("--check", "is_checked", is_flag=True, help="Show whether COPY is whole and put nothing anywhere.")
@language("what is said")
def command(copy: Path, is_checked: bool, language: str) -> None:
    """Put raw files, editions, the record of runs and gevinst.toml of COPY in the places of this installation.

    The places must be empty: move away what is there. Every file is held against its sum first.
    """
    from gevinst import backup
    from gevinst.language.texts import Catalogue
    from gevinst.settings import load_settings

    t = Catalogue(language).t
    found = backup.check(copy) if is_checked else backup.restore(copy, load_settings())
    print(t("backup.whole" if is_checked else "backup.restored", path=copy, n=found.file_count))
    print(t("backup.in_force", edition=found.in_force) if found.in_force else t("backup.none_in_force"))

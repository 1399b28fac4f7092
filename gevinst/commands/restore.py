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
    """Put raw files, editions, the record of runs and settings of COPY in the places of this workspace.

    The places must be empty: move away what is there. A folder that is no workspace becomes one of the scheme that COPY
    is of. Every file is held against its sum first.
    """
    from gevinst import backup
    from gevinst.language.texts import Catalogue
    from gevinst.settings import load_settings
    from gevinst.workspace import folder_named, is_workspace

    t = Catalogue(language).t
    if not is_checked and not is_workspace(folder_named()):
        backup.begin_workspace(copy, folder_named())
    found = backup.check(copy) if is_checked else backup.restore(copy, load_settings())
    print(t("backup.whole" if is_checked else "backup.restored", path=copy, n=found.file_count))
    print(t("backup.in_force", edition=found.in_force) if found.in_force else t("backup.none_in_force"))

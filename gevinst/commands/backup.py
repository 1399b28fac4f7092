"""``gevinst backup``: a copy of everything that cannot be made again.

Belongs here: its options and what is said. Does not belong here: the copy (`gevinst.backup`).
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from gevinst.commands.options import FILE, Command, language


@click.command(cls=Command, short_help="Copy raw files, editions and the record of runs into one file.")
@click.argument("folder", type=FILE)
@click.option("--keep", type=click.IntRange(min=1), metavar="N", help="Remove all but the newest N copies in FOLDER.")
@language("what is said")
def command(folder: Path, keep: int | None, language: str) -> None:
    """Copy raw files, editions, the record of runs and settings into one file in FOLDER.

    The file is read back before the command ends. It can be taken while daemon and pages are running; a run that is
    going on is waited for.
    """
    from gevinst import backup
    from gevinst.language.texts import Catalogue
    from gevinst.settings import load_settings

    t = Catalogue(language).t

    def waiting(holder: str) -> None:
        print(t("backup.waiting", holder=holder or t("backup.a_run")), file=sys.stderr)

    copy = backup.take(load_settings(), folder, keep, waiting)
    megabytes = copy.path.stat().st_size / 1_000_000
    print(t("backup.taken", path=copy.path, n=copy.file_count, megabytes=megabytes))
    print(t("backup.in_force", edition=copy.in_force) if copy.in_force else t("backup.none_in_force"))

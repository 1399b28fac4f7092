"""``gevinst accept``: a draft that a person has read, into the registry.

Belongs here: its options and what it prints. Does not belong here: what is checked (`gevinst.announcements`).
"""

from __future__ import annotations

import os
from pathlib import Path

import click

from gevinst.commands.options import FILE, Command, language, raw_dir


@click.command(cls=Command, short_help="Add the rows of a draft to the registry, all of them or none.")
@click.argument("draft", type=FILE)
@click.option("--check", is_flag=True, help="Show what would be added and add nothing.")
@raw_dir("Folder of the raw files")
@language("the messages")
def command(draft: Path, check: bool, raw_dir: Path | None, language: str) -> None:
    """Add the rows of DRAFT to the registry, all of them or none.

    DRAFT is the folder that `gevinst read` wrote, or the workbook in it. Of a folder, what you changed counts, the
    workbook or the CSV files; if you changed both, name the workbook, or delete it.
    """
    from gevinst.announcements.accept import accept_draft
    from gevinst.commands.progress import report_steps
    from gevinst.language.texts import Catalogue
    from gevinst.settings import load_settings

    raw_dir = raw_dir or load_settings().raw_dir
    additions = accept_draft(draft, raw_dir, only_check=check, progress=report_steps(language))
    t = Catalogue(language).t
    print(t("reader.read_from", file=additions.file))
    print("\n".join(additions.lines(language)))
    for warning in additions.appended.notes:
        print(t("reader.to_look_at", warning=warning.sentence(language)))
    print(t("reader.nothing_added") if check else t("reader.added", folder=os.path.relpath(raw_dir)))
    if additions.appended.receipt:
        print(t("append.receipt", receipt=additions.appended.receipt.receipt_id))

"""``gevinst read``: from saved pages to drafts that a person may accept.

Belongs here: its options and what it prints. Does not belong here: reading (`gevinst.announcements`).
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from gevinst.commands.options import FILE, Command, language


@click.command(cls=Command, short_help="Propose rows of the registry from saved pages (text or HTML).")
@click.argument("files", type=FILE, nargs=-1, metavar="FILE...")
@click.option(
    "--proposals",
    type=FILE,
    metavar="JSON",
    help="Use the values in this file instead, each with its quote and line of the page.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was read and write no draft.")
@click.option("--out", type=FILE, metavar="DIR", help="Folder of the drafts (default: data/drafts).")
@language("the messages")
def command(files: tuple[Path, ...], proposals: Path | None, as_json: bool, out: Path | None, language: str) -> None:
    """Propose rows of the registry from pages saved as text or HTML, or of what is proposed for one of them."""
    if not files and proposals is None:
        raise click.UsageError("Missing argument 'FILE...'.")
    if len(files) > 1 and proposals is not None:
        raise click.UsageError("Proposals are about one page.")
    from gevinst.announcements.accept import write_draft
    from gevinst.announcements.proposals import read_proposals
    from gevinst.announcements.read_page import as_object, read_page, summary_text
    from gevinst.language.texts import Catalogue
    from gevinst.settings import load_settings

    settings = load_settings()
    if proposals is not None:
        readings = [read_proposals(proposals, files[0] if files else None)]
    else:
        readings = [read_page(path) for path in files]
    if as_json:
        objects = [as_object(reading, language) for reading in readings]
        print(json.dumps(objects[0] if len(objects) == 1 else objects, ensure_ascii=False, indent=2))
        return
    for reading in readings:
        drafts = out or settings.root / "data" / "drafts"
        folder = write_draft(reading, drafts, settings.raw_dir, language=language)
        print(summary_text(reading, language))
        print(Catalogue(language).t("reader.draft", folder=os.path.relpath(folder)))

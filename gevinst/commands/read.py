"""``gevinst read``: from saved pages to drafts that a person may accept.

Belongs here: its arguments and what it prints. Does not belong here: reading (`gevinst.announcements`).
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

from gevinst.language.numbers import LANGUAGES
from gevinst.language.texts import Catalogue
from gevinst.settings import load_settings


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the sub-command."""
    parser = commands.add_parser("read", help="propose rows of the registry from saved pages (text or HTML)")
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="a page saved as text or HTML")
    parser.add_argument("--json", action="store_true", help="print what was read and write no draft")
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder of the drafts (default: data/drafts)")
    parser.add_argument("--language", choices=LANGUAGES, default="nb", help="language of what is said (default: nb)")
    parser.set_defaults(run=_run)


def _run(asked: argparse.Namespace) -> int:
    from gevinst.announcements.accept import write_draft
    from gevinst.announcements.read_page import as_object, read_page, summary_text

    settings = load_settings()
    readings = [read_page(path) for path in asked.files]
    if asked.json:
        objects = [as_object(reading, asked.language) for reading in readings]
        print(json.dumps(objects[0] if len(objects) == 1 else objects, ensure_ascii=False, indent=2))
        return 0
    for reading in readings:
        drafts = asked.out or settings.root / "data" / "drafts"
        folder = write_draft(reading, drafts, settings.raw_dir, language=asked.language)
        print(summary_text(reading, asked.language))
        print(Catalogue(asked.language).t("reader.draft", folder=os.path.relpath(folder)))
    return 0

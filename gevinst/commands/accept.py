"""``gevinst accept``: a draft that a person has read, into the registry.

Belongs here: its arguments and what it prints. Does not belong here: what is checked (`gevinst.announcements`).
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from gevinst.commands.progress import report_steps
from gevinst.language.numbers import LANGUAGES
from gevinst.language.texts import Catalogue
from gevinst.settings import load_settings


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the sub-command."""
    parser = commands.add_parser("accept", help="add the rows of a draft to the registry, all of them or none")
    parser.add_argument("draft", metavar="DRAFT", type=Path, help="folder of a draft that `gevinst read` wrote")
    parser.add_argument("--check", action="store_true", help="show what would be added and add nothing")
    parser.add_argument("--raw-dir", type=Path, metavar="DIR", help="folder of the raw files (default: data/raw)")
    parser.add_argument("--language", choices=LANGUAGES, default="nb", help="language of what is said (default: nb)")
    parser.set_defaults(run=_run)


def _run(asked: argparse.Namespace) -> int:
    from gevinst.announcements.accept import accept_draft

    raw_dir = asked.raw_dir or load_settings().raw_dir
    additions = accept_draft(asked.draft, raw_dir, only_check=asked.check, progress=report_steps(asked.language))
    t = Catalogue(asked.language).t
    print("\n".join(additions.lines(asked.language)))
    for warning in additions.appended.notes:
        print(t("reader.to_look_at", warning=warning.sentence(asked.language)))
    print(t("reader.nothing_added") if asked.check else t("reader.added", folder=os.path.relpath(raw_dir)))
    return 0

"""``gevinst pack``: a published edition as one file.

Belongs here: its arguments. Does not belong here: packing (`gevinst.edition.pack`).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from gevinst.language.numbers import LANGUAGES


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the sub-command."""
    parser = commands.add_parser("pack", help="a published edition as one zip, or its first pages as one HTML file")
    parser.add_argument("edition", nargs="?", metavar="EDITION", help="such as 2026-1 (default: the one in force)")
    parser.add_argument(
        "--single-file", action="store_true", help="overview and portfolio as one HTML file that asks for nothing"
    )
    parser.add_argument("--language", choices=LANGUAGES, default="nb", help="language of the HTML file (default: nb)")
    parser.add_argument("--out", type=Path, default=Path(), metavar="FOLDER", help="where to write it (default: here)")
    parser.set_defaults(run=_run)


def _run(asked: argparse.Namespace) -> int:
    from gevinst.edition.pack import pack_page, pack_zip
    from gevinst.edition.store import find_edition
    from gevinst.settings import load_settings

    settings = load_settings()
    edition = find_edition(settings, asked.edition)
    if asked.single_file:
        path = pack_page(edition, asked.language, settings, asked.out, print)
    else:
        path = pack_zip(edition, asked.out)
    print(f"Edition {edition.edition_id} is packed in {path} ({path.stat().st_size / 1_000_000:.1f} MB).")
    return 0

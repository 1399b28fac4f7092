"""``gevinst docs``: the generated pages of ``docs/method``.

Belongs here: its arguments. Does not belong here: what the pages say (`gevinst.docs`).
"""

from __future__ import annotations

import argparse

from gevinst.settings import load_settings


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the sub-command."""
    parser = commands.add_parser("docs", help="write the pages of docs/method anew from contracts and code")
    parser.add_argument("--check", action="store_true", help="write nothing; say which pages are out of date")
    parser.set_defaults(run=_run)


def _run(asked: argparse.Namespace) -> int:
    # Imports the whole method, SciPy included, which only this sub-command should wait for.
    from gevinst.docs import outdated_pages, write_pages

    folder = load_settings().root / "docs" / "method"
    outdated = outdated_pages(folder)
    if asked.check:
        print("\n".join(f"docs/method/{name} is out of date; run gevinst docs" for name in outdated), end="")
        return 1 if outdated else 0
    write_pages(folder)
    print(f"{len(outdated)} pages of docs/method written anew.")
    return 0

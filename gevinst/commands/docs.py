"""``gevinst docs``: the generated pages of ``docs/method``.

Belongs here: its options. Does not belong here: what the pages say (`gevinst.docs`).
"""

from __future__ import annotations

import click

from gevinst.commands.options import Command


@click.command(cls=Command)
@click.option("--check", is_flag=True, help="Write nothing; list the pages that are out of date.")
def command(check: bool) -> int:
    """Write the pages of docs/method from contracts and code."""
    from gevinst.docs import outdated_pages, write_pages
    from gevinst.settings import load_settings

    folder = load_settings().root / "docs" / "method"
    outdated = outdated_pages(folder)
    if check:
        print("\n".join(f"docs/method/{name} is out of date; run gevinst docs" for name in outdated), end="")
        return 1 if outdated else 0
    write_pages(folder)
    print(f"{len(outdated)} pages of docs/method updated.")
    return 0

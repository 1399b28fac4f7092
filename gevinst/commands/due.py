"""``gevinst due``: who owes what, and why.

Belongs here: its options. Does not belong here: who is due, and the files (`gevinst.follow_up`).
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import click

from gevinst.commands.options import FILE, Command, language


@click.command(cls=Command, short_help="Who owes what on a day, and why: a list, or files for the work.")
@click.option("--year", type=int, metavar="Y", help="Edition year (default: that of the day).")
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day to see it from (default: today)."
)
@click.option("--out", type=FILE, metavar="DIR", help="Write an Excel form, a calendar and letters into this folder.")
@language("the list and the files")
def command(year: int | None, on: datetime | None, out: Path | None, language: str) -> None:
    """List who owes what on a day, and why, by the rules of gevinst/reference/due_rules.csv.

    Seen from the raw files as they are; nothing is published or asked. With --out the list is written as files too: an
    Excel form, a calendar with the day to ask, and a letter to each owner.
    """
    from gevinst.edition import calendar
    from gevinst.follow_up.due import day_of, known_on, lines, write_files, year_of
    from gevinst.settings import load_settings

    day = on.date() if on else None
    chosen = year or year_of(day, calendar.today())
    view = known_on(load_settings(), chosen, day_of(chosen, day, calendar.today()), language)
    print("\n".join(lines(view)))
    for path in write_files(view, out) if out else ():
        print(view.t("due.written", path=os.path.relpath(path)))

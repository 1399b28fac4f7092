"""``gevinst answers``: forms that came back, into the raw files.

Belongs here: its options and what it prints.
Does not belong here: reading and entering answers (`gevinst.follow_up`).
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import click

from gevinst.commands.options import FILE, Command, language


@click.command(cls=Command, short_help="Enter the answers of owners from the forms that came back, all or none.")
@click.argument("paths", type=FILE, nargs=-1, required=True, metavar="DIR|FILE...")
@click.option("--check", is_flag=True, help="Say what would be entered and what is wrong, and enter nothing.")
@click.option(
    "--received",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Day of answers in workbooks that do not say when they were given (default: today).",
)
@click.option("--thanks", type=FILE, metavar="DIR", help="Write a letter of thanks to each owner into this folder.")
@language("the messages and letters")
def command(paths: tuple[Path, ...], check: bool, received: datetime | None, thanks: Path | None, language: str) -> int:
    """Enter what owners have answered, from files that their form saved or from its workbook, all or none.

    Each answer is entered as said by the owner, on its day, and assessed by nobody. An answer that contradicts what is
    known becomes a disagreement to settle, and a later answer goes before an earlier one.
    """
    from gevinst.commands.progress import report_steps
    from gevinst.edition import calendar
    from gevinst.follow_up.answers import enter, look
    from gevinst.follow_up.letters import thanks_text
    from gevinst.language.texts import Catalogue
    from gevinst.settings import load_settings
    from gevinst.whole_files import write_atomically

    t = Catalogue(language).t
    settings = load_settings()
    looked = look(paths, settings, received.date() if received else calendar.today())
    for note in looked.notes:
        print(note.sentence(language))
    if not looked.answers:
        print(t("answers.nothing"))
        return 0
    appended = enter(looked.answers, paths, settings, report_steps(language), only_check=check)
    for one in looked.answers:
        print(t("answers.from", owner=one.form["owner_name"], day=one.answered_on, n=len(one.values)))
    for file, count in appended.counts.items():
        print(t("evaluator.taken_in_file", n=count, file=file))
    for warning in appended.notes:
        print(t("reader.to_look_at", warning=warning.sentence(language)))
    newest = {one.form["owner_id"]: one for one in looked.answers}  # they stand in the order of their days
    print(t("answers.checked") if check else t("answers.entered", n=len(newest)))
    if appended.receipt:
        print(t("append.receipt", receipt=appended.receipt.receipt_id))
    for one in newest.values() if thanks and not check else ():
        text = thanks_text(one.form, one.answered_on, one.language, settings.owner.responsible_body)
        path = (thanks or Path()) / f"{one.form['owner_id']}.txt"
        write_atomically(path, lambda beside, text=text: beside.write_bytes(text.encode("utf-8")))
        print(t("due.written", path=os.path.relpath(path)))
    return 0

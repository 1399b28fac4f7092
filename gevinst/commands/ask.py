"""``gevinst ask``: forms and letters for the owners that are due, and the log of requests.

Belongs here: its options and what it prints.
Does not belong here: forms, letters, log and sending (`gevinst.follow_up`).
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import click

from gevinst.commands.options import FILE, Command, language_of_scheme
from gevinst.contracts.vocabulary import LANGUAGES_OF_ANSWERS


@click.command(cls=Command, short_help="Forms and letters for the owners that are due, and the log of who was asked.")
@click.option("--year", type=int, required=True, metavar="Y", help="Ask from the newest edition of this year.")
@click.option("--out", type=FILE, required=True, metavar="DIR", help="Folder for the forms and letters.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Day of the letters (default: today).")
@click.option("--reminder", is_flag=True, help="Remind those who were asked on an earlier day and have not answered.")
@click.option("--record", is_flag=True, help="Enter in the log of requests that the letters were sent that day.")
@click.option("--send", "is_sent", is_flag=True, help="Send the letters by the SMTP of gevinst.toml, then log them.")
@click.option("--addresses", type=FILE, metavar="FILE", help="CSV of organisation_id and address, for --send.")
@click.option("--yes", is_flag=True, help="Send without asking once more.")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES_OF_ANSWERS),
    default=language_of_scheme,
    show_default="that of the scheme",
    help="Language of letters.",
)
def command(
    year: int,
    out: Path,
    on: datetime | None,
    reminder: bool,
    record: bool,
    is_sent: bool,
    addresses: Path | None,
    yes: bool,
    language: str,
) -> int:
    """Write a form, a workbook and a letter for each owner that is due, and a calendar, into a folder.

    Each form is one HTML file with all the owner's projects, filled in with what the edition knows. Nothing is sent
    unless --send says so, and then only after the list of letters is shown. Whoever sends them in another way enters
    that with --record: from then on they count as asked.
    """
    from gevinst.commands.progress import report_steps
    from gevinst.contracts.vocabulary import FIRST_REQUEST, REMINDER
    from gevinst.edition import calendar
    from gevinst.follow_up.ask import Asking, asked_of, newest_edition_of, record_requests, write_asking
    from gevinst.follow_up.send import letters_to_send, send_letters
    from gevinst.follow_up.texts import Words
    from gevinst.language.texts import Catalogue
    from gevinst.settings import load_settings

    of_pages = Words(language).of_pages
    t = Catalogue(of_pages).t
    settings = load_settings()
    edition = newest_edition_of(settings, year)
    day = on.date() if on else calendar.today()
    asking = asked_of(edition, settings, REMINDER if reminder else FIRST_REQUEST, day, language)
    if not asking:
        print(t("ask.nobody"))
        return 0

    def log(asked: list[Asking]) -> None:
        appended = record_requests(asked, settings, day, report_steps(of_pages))
        if appended.receipt:
            print(t("ask.recorded", n=len(asked)))
            print(t("append.receipt", receipt=appended.receipt.receipt_id))

    write_asking(asking, out, language, lambda owner: print(t("ask.written", place=os.path.relpath(out / owner))))
    projects = t("ask.projects", n=sum(len(one.form["projects"]) for one in asking))
    print(t("ask.total", n=len(asking), projects=projects, place=os.path.relpath(out)))
    if is_sent:
        ready = letters_to_send(asking, addresses, settings)
        # What could not be logged is not sent either: whoever is asked twice answers neither.
        record_requests(asking, settings, day, report_steps(of_pages), only_check=True)
        print(t("ask.to_send", n=len(ready)))
        for one, address in ready:
            print(f"  {one.form['owner_name']} <{address}>: {one.subject}")
        if not yes and not click.confirm(t("ask.confirm")):
            print(t("ask.not_sent"))
            return 1
        sent, not_sent = list[Asking](), 0
        try:
            for one, fault in send_letters(ready, settings):
                if fault is None:
                    sent.append(one)
                    print(t("ask.sent", owner=one.form["owner_name"]))
                else:
                    not_sent += 1
                    print(t("ask.failed", owner=one.form["owner_name"], reason=fault.message(of_pages)))
        finally:
            # Whoever stops it half-way has asked those whose letters are sent.
            log(sent)
        untried = len(ready) - len(sent) - not_sent
        if untried:
            print(t("ask.untried", n=untried))
        return int(len(sent) < len(ready))
    if record:
        log(asking)
    else:
        print(t("ask.not_recorded"))
    return 0

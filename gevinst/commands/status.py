"""``gevinst status``: how things stand, for a person and for a job of cron.

Belongs here: its options and exit code. Does not belong here: what is asked (`gevinst.notices`).
"""

from __future__ import annotations

import sys

import click

from gevinst.commands.options import Command, language


@click.command(cls=Command, short_help="Say how the last run ended, and whether the yearly edition is overdue.")
@language("the answer")
@click.option("--notify", "is_told", is_flag=True, help="Tell whoever is set in gevinst.toml, when something is wrong.")
def command(language: str, is_told: bool) -> int:
    """Say how the last run ended, which edition is in force, and whether the yearly edition is overdue.

    Exit code 1 when somebody must do something: the last run failed, or the edition of the year that has ended should
    have been made by 16 January and was not.
    """
    from gevinst.edition import calendar
    from gevinst.language.texts import Catalogue
    from gevinst.notices.send import SENT
    from gevinst.notices.status import sentences, standing, tell_standing
    from gevinst.settings import load_settings

    settings = load_settings()
    found = standing(settings, calendar.now())
    print(sentences(found, settings, Catalogue(language)))
    if is_told and not found.is_well:
        for channel, outcome in tell_standing(found, settings):
            if outcome != SENT:
                print(Catalogue(language).t("notices.not_told", channel=channel, reason=outcome), file=sys.stderr)
    return int(not found.is_well)

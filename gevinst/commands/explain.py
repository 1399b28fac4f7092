"""``gevinst explain``: where a figure comes from.

Belongs here: its options. Does not belong here: finding rows and wording the answer (`gevinst.explain`).
"""

from __future__ import annotations

import click

from gevinst.commands.options import Command, language


@click.command(cls=Command, short_help="Where a figure comes from: rule, formula, source rows, documents.")
@click.argument("mart")
@click.option("--project", metavar="ID", help="Rows of one project, such as 2019-arkivfloken.")
@click.option("--year", type=int, metavar="Y", help="Edition year (default: the newest).")
@language("texts", default="en")
def command(mart: str, project: str | None, year: int | None, language: str) -> None:
    """Lead the figures of MART, a table of results such as project_status, back to where they come from.

    Prints rule, formula, source rows and documents, read from the edition in force.
    """
    from gevinst.explain import explain, explanation_text
    from gevinst.settings import load_settings

    found = explain(load_settings(), mart, project, year)
    click.echo(explanation_text(found, language))

"""``gevinst explain``: where a figure comes from.

Belongs here: its options. Does not belong here: finding rows and wording the answer (`gevinst.explain`).
"""

from __future__ import annotations

import click

from gevinst.commands.options import Command, language


@click.command(cls=Command, short_help="Where a figure comes from: rule, formula, source rows, documents.")
@click.argument("address")
@click.option("--project", metavar="ID", help="Rows of one project, such as 2019-arkivfloken.")
@click.option("--year", type=int, metavar="Y", help="Edition year (default: the newest).")
@language("texts", default="en")
def command(address: str, project: str | None, year: int | None, language: str) -> None:
    """Lead the figure at ADDRESS back to where it comes from.

    An address is a headline figure (headline.in_use), a table (project_status), a row by its key
    (project_grants.2023-byggesak; parts of a key are joined by /), a cell (project_grants.2023-byggesak.grant_amount)
    or the rows with a value in a column (benefit_claims.project_id=2018-kudos). The pages have the address of every
    number they show.

    Prints rule, formula, the rows that count, and source rows and documents with the time they are about, when they
    became public and when they were recorded, read from the edition in force.
    """
    from gevinst.explain import explain, explanation_text
    from gevinst.settings import load_settings

    found = explain(load_settings(), address, project, year)
    click.echo(explanation_text(found, language))

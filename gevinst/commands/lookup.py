"""``gevinst lookup``: an organisation number by name, or a name by number.

Belongs here: its options and what it prints. Does not belong here: the look-up (`gevinst.formats.enhetsregisteret`).
"""

from __future__ import annotations

import click

from gevinst.commands.options import Command, language


@click.command(cls=Command, short_help="Look up an organisation in Enhetsregisteret, by number or name.")
@click.argument("query", metavar="NUMBER_OR_NAME")
@click.option("--offline", is_flag=True, help="Make no request; use the list kept in data/raw/reference.")
@language("texts")
def command(query: str, offline: bool, language: str) -> int:
    """Look up an organisation in Enhetsregisteret, by number or name; exit code 1 when none is found."""
    from gevinst.formats.enhetsregisteret import KeptRegister, LiveRegister, look_up
    from gevinst.intake import read_core
    from gevinst.language.texts import Catalogue
    from gevinst.settings import load_settings

    numbers = read_core(load_settings().raw_dir).tables["organisation_numbers"]
    answer = look_up(query, None if offline else LiveRegister(), KeptRegister(numbers))
    catalogue = Catalogue(language)
    if answer.did_not_answer:
        print(catalogue.t("exchange.lookup_unreadable" if answer.is_unreadable else "exchange.lookup_offline"))
    where = "lookup_live" if answer.is_live else "lookup_kept"
    print(catalogue.t(f"exchange.{where}", n=len(answer.found), query=query))
    for entity in answer.found:
        print(f"  {entity.number}  {entity.name or catalogue.t('exchange.no_name')}")
        for matter, since in entity.matters:
            since_text = catalogue.t("exchange.since", day=since) if since else ""
            print(f"    {catalogue.t(f'exchange.is_{matter}')}{since_text}")
        if entity.owner_number:
            owner = f"{entity.owner_number} {entity.owner_name or ''}".strip()
            print(f"    {catalogue.t('exchange.sub_unit_of', owner=owner)}")
    if answer.found and not answer.is_live:
        print(catalogue.t("exchange.lookup_kept_says_nothing"))
    return 0 if answer.found else 1

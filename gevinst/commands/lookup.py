"""``gevinst lookup``: an organisation number by name, or a name by number.

Belongs here: its arguments and what it prints. Does not belong here: asking (`gevinst.formats.enhetsregisteret`).
"""

from __future__ import annotations

import argparse

from gevinst.language.numbers import LANGUAGES
from gevinst.language.texts import Catalogue


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the sub-command."""
    parser = commands.add_parser("lookup", help="an organisation in Enhetsregisteret, by number or name")
    parser.add_argument("query", metavar="NUMBER_OR_NAME")
    parser.add_argument("--offline", action="store_true", help="ask nobody; use the list kept in data/raw/reference")
    parser.add_argument("--language", choices=LANGUAGES, default="nb", help="language of texts (default: nb)")
    parser.set_defaults(run=_run)


def _run(asked: argparse.Namespace) -> int:
    from gevinst.formats.enhetsregisteret import KeptRegister, LiveRegister, look_up
    from gevinst.intake import read_core
    from gevinst.settings import load_settings

    numbers = read_core(load_settings().raw_dir).tables["organisation_numbers"]
    answer = look_up(asked.query, None if asked.offline else LiveRegister(), KeptRegister(numbers))
    catalogue = Catalogue(asked.language)
    if answer.did_not_answer:
        print(catalogue.t("exchange.lookup_offline"))
    where = "lookup_live" if answer.is_live else "lookup_kept"
    print(catalogue.t(f"exchange.{where}", n=len(answer.found), query=asked.query))
    for entity in answer.found:
        print(f"  {entity.number}  {entity.name}")
    return 0 if answer.found else 1

"""``gevinst explain``: where a figure comes from.

Belongs here: its arguments. Does not belong here: finding (`gevinst.explain`) and telling (`gevinst.explain`).
"""

from __future__ import annotations

import argparse

from gevinst.explain import explain, explanation_text
from gevinst.language.numbers import LANGUAGES
from gevinst.settings import load_settings


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the sub-command."""
    parser = commands.add_parser("explain", help="where a figure comes from: rule, formula, source rows, documents")
    parser.add_argument("mart", metavar="MART", help="the table of results, such as project_status")
    parser.add_argument("--project", metavar="ID", help="rows of one project, such as 2019-arkivfloken")
    parser.add_argument("--year", type=int, metavar="Y", help="edition year (default: the newest)")
    parser.add_argument("--language", choices=LANGUAGES, default="en", help="language of texts (default: en)")
    parser.set_defaults(run=_run)


def _run(asked: argparse.Namespace) -> int:
    found = explain(load_settings(), asked.mart, asked.project, asked.year)
    print(explanation_text(found, asked.language))
    return 0

"""The command ``gevinst``: what somebody who works with the figures asks for from the shell.

Belongs here: the sub-commands, their arguments, and exit codes.
Does not belong here: what they do (`explain.py`, `method_docs.py`), and starting runs (`pipelines.run`).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from gevinst.edition.model import EditionError
from gevinst.explain import ExplainError, explain
from gevinst.explain_text import explanation_text
from gevinst.settings import SettingsError, load_settings
from gevinst.site.numbers import LANGUAGES
from gevinst.warehouse import WarehouseError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one sub-command; 0 when it succeeded, 1 when it could not and said why, 2 for wrong arguments."""
    asked = _parser().parse_args(arguments)
    try:
        return asked.run(asked)
    except (ExplainError, EditionError, SettingsError, WarehouseError) as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gevinst", description="Ask the pipeline about its figures.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    figure = commands.add_parser("explain", help="where a figure comes from: rule, formula, source rows, documents")
    figure.add_argument("mart", metavar="MART", help="the table of results, such as project_status")
    figure.add_argument("--project", metavar="ID", help="rows of one project, such as 2019-arkivfloken")
    figure.add_argument("--year", type=int, metavar="Y", help="edition year (default: the newest)")
    figure.add_argument("--language", choices=LANGUAGES, default="en", help="language of texts (default: en)")
    figure.set_defaults(run=_explain)
    docs = commands.add_parser("docs", help="write the pages of docs/method anew from contracts and code")
    docs.add_argument("--check", action="store_true", help="write nothing; say which pages are out of date")
    docs.set_defaults(run=_docs)
    return parser


def _explain(asked: argparse.Namespace) -> int:
    found = explain(load_settings(), asked.mart, asked.project, asked.year)
    print(explanation_text(found, asked.language))
    return 0


def _docs(asked: argparse.Namespace) -> int:
    # Imports the whole method, SciPy included, which only this sub-command should wait for.
    from gevinst.method_docs import outdated_pages, write_pages

    folder = load_settings().root / "docs" / "method"
    outdated = outdated_pages(folder)
    if asked.check:
        print("\n".join(f"docs/method/{name} is out of date; run gevinst docs" for name in outdated), end="")
        return 1 if outdated else 0
    write_pages(folder)
    print(f"{len(outdated)} pages of docs/method written anew.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

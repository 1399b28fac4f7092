"""``gevinst agreement``: how far coders agree, and what they have to settle.

Belongs here: its arguments. Does not belong here: agreement (`gevinst.method.coding`) and how it is reported
(`gevinst.workbook.resolve_ratings`).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from gevinst.errors import EvaluatorError
from gevinst.language.numbers import LANGUAGES
from gevinst.language.texts import Catalogue
from gevinst.settings import load_settings


class SettleError(EvaluatorError):
    """The workbook for settling cannot be written."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the sub-command."""
    parser = commands.add_parser("agreement", help="how far coders agree, and the disagreements to settle")
    parser.add_argument("--year", type=int, required=True, metavar="Y", help="assessment year")
    parser.add_argument("--settle", type=Path, metavar="OUT", help="write a workbook in which to settle what is open")
    parser.add_argument("--language", choices=LANGUAGES, default="nb", help="language of what is said (default: nb)")
    parser.add_argument("--raw-dir", type=Path, metavar="DIR", help="raw files to read (default: data/raw)")
    parser.set_defaults(run=_run)


def _run(asked: argparse.Namespace) -> int:
    from gevinst.intake.core import read_typed, stored
    from gevinst.workbook.codes import options
    from gevinst.workbook.resolve_ratings import coded, coded_text, write_disagreements
    from gevinst.workbook.template import Template

    settings, t = load_settings(), Catalogue(asked.language).t
    typed = read_typed(asked.raw_dir or settings.raw_dir)
    tables = stored(typed).tables
    found = coded(typed.rows, asked.year)
    print(coded_text(found, options(tables), asked.year, asked.language, settings.min_n_for_shares))
    if asked.settle is None:
        return 0
    if asked.settle.exists():
        raise SettleError(
            f"{asked.settle} finnes allerede og kan være fylt ut; flytt det, eller velg et annet navn",
            f"{asked.settle} exists already and may be filled in; move it, or name another",
        )
    if not found.open:
        print(t("evaluator.nothing_open"))
        return 0
    template = Template(asked.year, asked.language, None, typed.is_illustrative)
    write_disagreements(tables, found.open, template, asked.settle)
    print(t("evaluator.written", path=str(asked.settle)))
    return 0

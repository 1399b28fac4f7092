"""``gevinst check``: whether a filled workbook can be taken in.

Belongs here: its arguments. Does not belong here: the checks (`gevinst.workbook`).
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from gevinst.language.numbers import LANGUAGES
from gevinst.language.texts import Catalogue
from gevinst.settings import load_settings


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the sub-command."""
    parser = commands.add_parser("check", help="check a filled workbook, or a folder of CSV files, and change nothing")
    parser.add_argument("file", type=Path, metavar="FILE", help="the workbook, or a folder of CSV files")
    parser.add_argument("--annotated", type=Path, metavar="OUT", help="write a copy of the workbook with cells marked")
    parser.add_argument("--json", action="store_true", help="give the findings as JSON")
    add_shared(parser)
    parser.add_argument("--year", type=int, metavar="Y", help="assessment year (default: what the workbook says)")
    parser.set_defaults(run=_run)


def add_shared(parser: argparse.ArgumentParser) -> None:
    """Arguments of every command that reads what evaluators have filled in."""
    parser.add_argument("--coder", metavar="ROLE", help="who rated drivers (default: what the workbook says)")
    parser.add_argument("--language", choices=LANGUAGES, default="nb", help="language of what is said (default: nb)")
    parser.add_argument("--raw-dir", type=Path, metavar="DIR", help="raw files to hold it against (default: data/raw)")


def progress(language: str):
    """Tell what is being read on the error stream, where it is in nobody's way."""
    t = Catalogue(language).t

    def say(what: str) -> None:
        print(t("evaluator.reading", what=what) if what else t("evaluator.content"), file=sys.stderr, flush=True)

    return say


def _run(asked: argparse.Namespace) -> int:
    from gevinst.workbook.check import check_files
    from gevinst.workbook.report import annotate, report_rows, report_text

    raw_dir = asked.raw_dir or load_settings().raw_dir
    checked = check_files([asked.file], raw_dir, asked.year, asked.coder, progress(asked.language))
    if asked.json:
        print(json.dumps(report_rows(checked, asked.language), ensure_ascii=False, indent=2))
    else:
        print(report_text(checked, asked.language))
    if asked.annotated:
        annotate(asked.file, checked, asked.annotated, asked.language)
        print(Catalogue(asked.language).t("evaluator.annotated", path=str(asked.annotated)), file=sys.stderr)
    return 1 if checked.faults else 0

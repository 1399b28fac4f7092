"""``gevinst workbook``: a workbook for an evaluator to fill in.

Belongs here: its arguments. Does not belong here: what stands in the workbook (`gevinst.workbook`).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from gevinst.errors import EvaluatorError
from gevinst.language.numbers import LANGUAGES
from gevinst.language.texts import Catalogue
from gevinst.settings import load_settings


class WorkbookError(EvaluatorError):
    """The workbook asked for cannot be made."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the sub-command."""
    parser = commands.add_parser("workbook", help="write a workbook for an evaluator to fill in")
    parser.add_argument("--year", type=int, required=True, metavar="Y", help="assessment year")
    parser.add_argument("--coder", metavar="ROLE", help="who rates drivers in it, such as koder_1; never a name")
    parser.add_argument("--language", choices=LANGUAGES, default="nb", help="language of the workbook (default: nb)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to write it (default: by year and coder, here)")
    parser.add_argument("--raw-dir", type=Path, metavar="DIR", help="raw files to fill it from (default: data/raw)")
    parser.set_defaults(run=_run)


def _run(asked: argparse.Namespace) -> int:
    from gevinst.intake.core import read_core
    from gevinst.workbook.template import Template, write_template

    tables = read_core(asked.raw_dir or load_settings().raw_dir).tables
    coders = tables["codelists"].filter(codelist="coder")["code"].to_list()
    if asked.coder is not None and asked.coder not in coders:
        listed = ", ".join(coders)
        raise WorkbookError(
            f"--coder må være en rolle, aldri et navn: en av {listed}",
            f"--coder must be a role, never a name: one of {listed}",
        )
    whose = f"-{asked.coder}" if asked.coder else ""
    path = asked.out or Path(f"gevinst-{asked.year}{whose}-{asked.language}.xlsx")
    if path.exists():
        raise WorkbookError(
            f"{path} finnes allerede og kan være fylt ut; flytt det, eller velg et annet navn med --out",
            f"{path} exists already and may be filled in; move it, or name another with --out",
        )
    is_illustrative = bool(tables["projects"]["is_illustrative"].any())
    path.parent.mkdir(parents=True, exist_ok=True)
    write_template(tables, Template(asked.year, asked.language, asked.coder, is_illustrative), path)
    print(Catalogue(asked.language).t("evaluator.written", path=str(path)))
    return 0

"""``gevinst import``: rows of filled workbooks into the raw files.

Belongs here: its arguments. Does not belong here: checking and writing (`gevinst.workbook`).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from gevinst.commands.check import add_shared, progress
from gevinst.commands.progress import report_steps
from gevinst.language.texts import Catalogue
from gevinst.settings import load_settings


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the sub-command."""
    parser = commands.add_parser("import", help="take the rows of checked workbooks into the raw files, all or none")
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="workbooks, or folders of CSV files")
    parser.add_argument("--year", type=int, required=True, metavar="Y", help="assessment year, and folder, of the rows")
    add_shared(parser)
    parser.set_defaults(run=_run)


def _run(asked: argparse.Namespace) -> int:
    from gevinst.workbook.check import check_files
    from gevinst.workbook.import_rows import import_rows
    from gevinst.workbook.report import report_text

    t = Catalogue(asked.language).t
    raw_dir = asked.raw_dir or load_settings().raw_dir
    checked = check_files(asked.files, raw_dir, asked.year, asked.coder, progress(asked.language))
    print(report_text(checked, asked.language))
    if checked.faults:
        print(t("evaluator.not_taken_in"))
        return 1
    counts = import_rows(checked.rows, raw_dir, asked.year, report_steps(asked.language))
    print(t("evaluator.taken_in", n=sum(counts.values())))
    for file, count in counts.items():
        print(t("evaluator.taken_in_file", n=count, file=file))
    return 0

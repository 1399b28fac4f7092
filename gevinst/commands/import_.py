"""``gevinst import``: rows of filled workbooks into the raw files.

Belongs here: its options. Does not belong here: checking and writing (`gevinst.workbook`).
"""

from __future__ import annotations

from pathlib import Path

import click

from gevinst.commands.check import COMPARED_WITH, WHO_RATED, progress
from gevinst.commands.options import FILE, Command, language


@click.command(
    "import", cls=Command, short_help="Import the rows of checked workbooks into the raw files, all or none."
)
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE...")
@click.option("--year", type=int, required=True, metavar="Y", help="Assessment year, and folder, of the rows.")
@WHO_RATED
@language("the messages")
@COMPARED_WITH
def command(files: tuple[Path, ...], year: int, coder: str | None, language: str, raw_dir: Path | None) -> int:
    """Import the rows of workbooks, or of folders of CSV files, into the raw files, all or none.

    Each FILE is checked first, as `gevinst check` does; exit code 1 when one has faults. Registers that
    somebody else keeps are taken in by gevinst map.
    """
    from gevinst.commands.progress import report_steps
    from gevinst.language.texts import Catalogue
    from gevinst.settings import load_settings
    from gevinst.workbook.check import check_files
    from gevinst.workbook.import_rows import import_rows
    from gevinst.workbook.report import report_text

    t = Catalogue(language).t
    raw_dir = raw_dir or load_settings().raw_dir
    checked = check_files(list(files), raw_dir, year, coder, progress(language))
    print(report_text(checked, language))
    if checked.faults:
        print(t("evaluator.not_taken_in"))
        return 1
    appended = import_rows(checked.rows, raw_dir, year, report_steps(language), files)
    print(t("evaluator.taken_in", n=sum(appended.counts.values())))
    for file, count in appended.counts.items():
        print(t("evaluator.taken_in_file", n=count, file=file))
    if appended.receipt:
        print(t("append.receipt", receipt=appended.receipt.receipt_id))
    return 0

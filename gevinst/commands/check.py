"""``gevinst check``: whether a filled workbook can be imported.

Belongs here: its options, and what `import` shares with it. Does not belong here: the checks (`gevinst.workbook`).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import click

from gevinst.commands.options import FILE, Command, coder, language, raw_dir

WHO_RATED = coder("Who rated drivers (default: what the workbook says).")
COMPARED_WITH = raw_dir("Raw files to compare with")


@click.command(cls=Command, short_help="Check a filled workbook, or a folder of CSV files, and change nothing.")
@click.argument("file", type=FILE)
@click.option("--annotated", type=FILE, metavar="OUT", help="Write a copy of the workbook with cells marked.")
@click.option("--json", "as_json", is_flag=True, help="Give the findings as JSON.")
@WHO_RATED
@language("the messages")
@COMPARED_WITH
@click.option("--year", type=int, metavar="Y", help="Assessment year (default: what the workbook says).")
def command(
    file: Path,
    annotated: Path | None,
    as_json: bool,
    coder: str | None,
    language: str,
    raw_dir: Path | None,
    year: int | None,
) -> int:
    """Check FILE, a filled workbook or a folder of CSV files, and change nothing; exit code 1 when it has faults."""
    from gevinst.language.texts import Catalogue
    from gevinst.settings import load_settings
    from gevinst.workbook.check import check_files
    from gevinst.workbook.report import annotate, report_rows, report_text

    checked = check_files([file], raw_dir or load_settings().raw_dir, year, coder, progress(language))
    if as_json:
        print(json.dumps(report_rows(checked, language), ensure_ascii=False, indent=2))
    else:
        print(report_text(checked, language))
    if annotated:
        annotate(file, checked, annotated, language)
        print(Catalogue(language).t("evaluator.annotated", path=str(annotated)), file=sys.stderr)
    return 1 if checked.faults else 0  # notes need no action, and so do not fail a script


def progress(language: str) -> Callable[[str], None]:
    """A function that reports what is being read, on the error stream, so that ``--json`` output stays clean."""
    from gevinst.language.texts import Catalogue

    t = Catalogue(language).t

    def say(what: str) -> None:
        print(t("evaluator.reading", what=what) if what else t("evaluator.content"), file=sys.stderr, flush=True)

    return say

"""``gevinst agreement``: how far coders agree, and the disagreements to settle.

Belongs here: its options. Does not belong here: agreement (`gevinst.method.coding`) and how it is reported
(`gevinst.workbook.resolve_ratings`).
"""

from __future__ import annotations

from pathlib import Path

import click

from gevinst.commands.options import FILE, Command, assessment_year, language, raw_dir
from gevinst.errors import EvaluatorError


class SettleError(EvaluatorError):
    """The workbook for settling disagreements cannot be written."""


@click.command(cls=Command, short_help="How far coders agree, and the disagreements to settle.")
@assessment_year
@click.option("--settle", type=FILE, metavar="OUT", help="Write a workbook in which to settle what is open.")
@language("the messages")
@raw_dir("Raw files to read")
def command(year: int, settle: Path | None, language: str, raw_dir: Path | None) -> None:
    """Show how far coders agree, and the disagreements to settle."""
    from gevinst.intake.core import read_typed, stored
    from gevinst.language.texts import Catalogue
    from gevinst.settings import load_settings
    from gevinst.workbook.codes import options
    from gevinst.workbook.resolve_ratings import coded, coded_text, own_cells, write_disagreements
    from gevinst.workbook.template import Template

    settings, t = load_settings(), Catalogue(language).t
    raw_dir = raw_dir or settings.raw_dir
    typed = read_typed(raw_dir)
    tables = stored(typed).tables
    found = coded(typed.rows, year)
    origins = own_cells(raw_dir, language)
    print(coded_text(found, options(tables), year, language, settings.min_n_for_shares, origins))
    if settle is None:
        return
    if settle.exists():  # never overwritten: hours of decisions may be in it
        raise SettleError(
            f"{settle} finnes allerede og kan være fylt ut; flytt det, eller velg et annet navn",
            f"{settle} exists already and may be filled in; move it, or name another",
        )
    if not found.open:
        print(t("evaluator.nothing_open"))
        return
    template = Template(year, language, None, typed.is_illustrative, settings.owner.lacking)
    write_disagreements(tables, found.open, template, settle, origins)
    print(t("evaluator.written", path=str(settle)))

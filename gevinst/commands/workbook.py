"""``gevinst workbook``: a workbook for an evaluator to fill in.

Belongs here: its options. Does not belong here: what the workbook holds (`gevinst.workbook`).
"""

from __future__ import annotations

from pathlib import Path

import click

from gevinst.commands.options import FILE, Command, assessment_year, coder, language, raw_dir
from gevinst.errors import EvaluatorError


class WorkbookError(EvaluatorError):
    """The requested workbook cannot be written."""


@click.command(cls=Command, short_help="Write a workbook for an evaluator to fill in.")
@assessment_year
@coder("Who rates drivers in it, such as koder_1; never a name.")
@language("the workbook")
@click.option("--translation", is_flag=True, help="Only the texts that wait for their English, for a translator.")
@click.option("--out", type=FILE, metavar="FILE", help="Where to write it (default: by year and coder, here).")
@raw_dir("Raw files to fill it from")
def command(
    year: int, coder: str | None, language: str, translation: bool, out: Path | None, raw_dir: Path | None
) -> None:
    """Write a workbook for an evaluator, or with --translation for a translator, to fill in."""
    from gevinst.intake.core import read_core
    from gevinst.language.texts import Catalogue
    from gevinst.settings import load_settings
    from gevinst.workbook.template import Template, write_for_translator, write_template

    settings = load_settings()
    tables = read_core(raw_dir or settings.raw_dir).tables
    coders = tables["codelists"].filter(codelist="coder")["code"].to_list()
    if coder is not None and coder not in coders:
        listed = ", ".join(coders)
        raise WorkbookError(
            f"--coder må være en rolle, aldri et navn: en av {listed}",
            f"--coder must be a role, never a name: one of {listed}",
        )
    t = Catalogue(language).t
    whose = f"-{coder}" if coder else f"-{t('translation.file')}" if translation else ""
    path = out or Path(f"gevinst-{year}{whose}-{language}.xlsx")
    if path.exists():  # never overwritten: an evaluator's work of weeks may be in it
        raise WorkbookError(
            f"{path} finnes allerede og kan være fylt ut; flytt det, eller velg et annet navn med --out",
            f"{path} exists already and may be filled in; move it, or name another with --out",
        )
    is_illustrative = bool(tables["projects"]["is_illustrative"].any())
    path.parent.mkdir(parents=True, exist_ok=True)
    template = Template(year, language, coder, is_illustrative, settings.owner.lacking)
    if not translation:
        write_template(tables, template, path)
    elif not write_for_translator(tables, template, path):
        print(t("translation.none"))
        return
    print(t("evaluator.written", path=str(path)))

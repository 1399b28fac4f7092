"""A new workbook to fill in: its sheets and their order.

Belongs here: the sheets that are for reading, and the order of those to fill in.
Does not belong here: how a sheet looks (`write_xlsx.py`), its columns (`layout.py`) and the rows shown (`prefill.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from gevinst.contracts import Column, contract
from gevinst.language.standing import preliminary
from gevinst.language.texts import Catalogue
from gevinst.workbook.codes import options
from gevinst.workbook.layout import FILLED, FOR_READING, heading, layouts, sheet_layout, template_version
from gevinst.workbook.prefill import active_projects, newest_status, round_id, shown_rows
from gevinst.workbook.translation_sheet import TRANSLATIONS, Waiting, waiting_texts, write_translations
from gevinst.workbook.write_xlsx import Writer, open_writer, write_for_reading, write_sheet

_STEPS = 9
_NAMED_SHEETS = {
    "sources": "sources",
    "rounds": "assessment_rounds",
    "benefits": "benefits",
    "beneficiaries": "benefit_beneficiaries",
    "plans": "benefit_plans",
    "claims": "benefit_claims",
    "ratings": "driver_ratings",
}
"""Tables whose sheets the steps name, by the word for it in their texts."""

_CODELISTS = {"due_reason_codes": "follow_up_reason", "obstacle_codes": "step_reason"}
"""The list of the codes that a column has several of, with spaces between them."""


@dataclass(frozen=True, slots=True)
class Template:
    """The purpose of a workbook; `coder` is a code of list `coder`, or `None` when nobody rates drivers in it."""

    year: int
    language: str
    coder: str | None
    is_illustrative: bool
    lacking: tuple[str, ...] = ()
    """What nobody has stated, so that what is published of it is preliminary (`gevinst.settings.SiteOwner`)."""


def write_template(tables: Mapping[str, pl.DataFrame], template: Template, path: Path) -> None:
    """Write the workbook of `template`, filled beforehand from core `tables`, to `path`, which is replaced."""
    writer = open_writer(path, template.language, options(tables), template.year)
    _write_start(writer, template, round_id(tables, template.year))
    _write_projects(writer, tables)
    _write_asked(writer, tables)
    for layout in layouts():
        rows, before = shown_rows(layout, tables, template.year)
        write_sheet(writer, layout, rows, before)
    waiting = _waiting(tables, template, writer)
    if waiting:
        write_translations(writer, waiting)
    sheets = (*FILLED, *([TRANSLATIONS] if waiting else ()))
    writer.close(meta(template, round_id(tables, template.year), sheets))


def write_for_translator(tables: Mapping[str, pl.DataFrame], template: Template, path: Path) -> int:
    """Write a workbook of nothing but the texts that wait to `path`; returns how many, and writes none for none."""
    writer = open_writer(path, template.language, options(tables), template.year)
    waiting = _waiting(tables, template, writer)
    if waiting:
        write_translations(writer, waiting)
        writer.close(meta(template, round_id(tables, template.year), (TRANSLATIONS,)))
    return len(waiting)


def _waiting(tables: Mapping[str, pl.DataFrame], template: Template, writer: Writer) -> list[Waiting]:
    return waiting_texts(tables, writer.texts, template.language, coder=template.coder)


def meta(template: Template, assessment_round_id: str, sheets: Iterable[str]) -> dict[str, str]:
    """The content of the hidden sheet, by which a workbook is recognised when it comes back, with its `sheets`."""
    return {
        "year": str(template.year),
        "language": template.language,
        "coder": template.coder or "",
        "assessment_round_id": assessment_round_id,
        "template": template_version(),
        "is_illustrative": str(template.is_illustrative).lower(),
        "sheets": " ".join(sheets),
    }


def _write_start(writer: Writer, template: Template, assessment_round_id: str) -> None:
    t = writer.t
    sheet = writer.book.add_worksheet(t("evaluator.sheet_start"))
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 100)
    sheet.hide_gridlines(2)
    title = writer.format(bold=True, font_size=16, text_wrap=False)
    sheet.write_string(0, 0, t("evaluator.title", year=template.year), title)
    invented = [t("evaluator.illustrative")] if template.is_illustrative else []
    notice = preliminary(template.lacking, template.language)
    said = " ".join((*invented, *(notice or ())))
    if said:
        sheet.write_string(1, 0, said, writer.format(bold=True, bg_color="#FFF1CC", text_wrap=False))
    coder = writer.texts.codes[template.language]["coder"].get(template.coder or "")
    about = (
        ("evaluator.label_year", str(template.year)),
        ("evaluator.label_coder", coder or t("evaluator.no_coder")),
        ("evaluator.label_round", assessment_round_id),
        ("evaluator.label_template", template_version()),
    )
    # Row 1 is the title, row 2 the warning; the steps begin in row 9, below the facts of the workbook and a blank row.
    for place, (label, value) in enumerate(about, 3):
        sheet.write_string(place, 0, t(label), writer.format(bold=True))
        sheet.write_string(place, 1, value, writer.format())
    named = {name: sheet_layout(table).title(template.language) for name, table in _NAMED_SHEETS.items()}
    wanted = {1: ("sources", "rounds"), 5: ("benefits", "beneficiaries", "plans", "claims"), 7: ("ratings",)}
    for step in range(1, _STEPS + 1):
        text = t(f"evaluator.step_{step}", None, **{name: named[name] for name in wanted.get(step, ())})
        sheet.write_string(7 + step, 0, f"{step}.", writer.format(bold=True, align="right"))
        sheet.write_string(7 + step, 1, text, writer.format())
    sheet.protect()
    sheet.activate()


def _write_projects(writer: Writer, tables: Mapping[str, pl.DataFrame]) -> None:
    catalogue = Catalogue(writer.language)
    rounds = catalogue.texts(tables["rounds"], "round_id", "name")
    newest, labels = newest_status(tables), writer.texts.codes[writer.language]["status"]
    rows = []
    for project in active_projects(tables):
        status = newest.get(project["project_id"], {})
        rows.append(
            (
                project["project_id"],
                catalogue.text(project, "name"),
                rounds[project["round_id"]],
                labels.get(status.get("status_code", "ikke_vurdert")),
                status.get("assessed_on"),
            )
        )
    names = ("project_id", "project_name", "project_round", "project_status", "project_status_on")
    headings = [writer.t(f"evaluator.{name}") for name in names]
    write_for_reading(writer, "projects", dict(zip(headings, (30, 60, 26, 26, 26), strict=True)), rows)


def _write_asked(writer: Writer, tables: Mapping[str, pl.DataFrame]) -> None:
    """What owners were asked and answered, the latest last; no sheet where nobody was asked."""
    for name, columns in FOR_READING.items():
        described = [contract(name).column(column) for column in columns]
        texts = tables[name].sort(contract(name).key).iter_rows(named=True)
        rows = [[_in_words(writer, column, row[column.name]) for column in described] for row in texts]
        if rows:
            headings = {heading(column, writer.language): 30 for column in described}
            write_for_reading(writer, name, headings, rows)


def _in_words(writer: Writer, column: Column, value: object) -> object:
    codes = writer.texts.codes[writer.language].get(_CODELISTS.get(column.name, ""))
    if codes is None or value is None:
        return writer.texts.shown(column, value, writer.language)
    return "; ".join(codes.get(code, code) for code in str(value).split())

"""The sheet for the translator: one row for each text that waits for its English.

Belongs here: the columns of the sheet, which texts are in it, and how it looks.
Does not belong here: taking in what was translated (`translate.py`), and which texts wait
(`gevinst.contracts.translations`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from gevinst.bilingual import ENTERED, LANGUAGES, TRANSLATED, Bilingual
from gevinst.contracts import Contract
from gevinst.contracts.model import Column, text
from gevinst.contracts.translations import TO_TRANSLATE, waiting
from gevinst.intake.corrections import KEY_SEPARATOR
from gevinst.language.texts import Catalogue
from gevinst.workbook.codes import NAMES, Options
from gevinst.workbook.layout import FILLED, FIRST_ROW, HEADING_ROW, NAME_ROW, SheetLayout, heading
from gevinst.workbook.write_xlsx import Writer, height_of

TRANSLATIONS = "translations"
"""Name of the sheet on the hidden sheet of a workbook; no table is called so."""
SHEET, KEY, FIELD, NORWEGIAN, ENGLISH = "table_name", "key", "column_name", f"text_{ENTERED}", f"text_{TRANSLATED}"
_NAME = "_name"
_WIDTHS = {SHEET: 24, KEY: 34, _NAME: 34, FIELD: 28, NORWEGIAN: 70, ENGLISH: 70}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A text that waits: its table, the key of its row, what the row is called, its stem, and the Norwegian text."""

    table: Contract
    key: str
    name: str
    stem: str
    norwegian: str


@cache
def translation_layout() -> SheetLayout:
    """The sheet as one that is read like the sheets of tables."""
    columns = tuple(_column(name) for name in (SHEET, KEY, FIELD, NORWEGIAN, ENGLISH))
    title, grain = _words("sheet"), _words("sheet_grain")
    key = (SHEET, KEY, FIELD)
    contract = Contract(TRANSLATIONS, "workbook", title.nb, title.en, grain.nb, grain.en, key, columns)
    return SheetLayout(contract, columns)


def _words(name: str) -> Bilingual:
    return Bilingual(*(Catalogue(language).t(f"translation.{name}") for language in LANGUAGES))


def _column(name: str) -> Column:
    return text(name, *_words(name))


def field_names(table: Contract, stem: str) -> dict[str, str]:
    """What the field of a text is called in each language: the heading of its column, without the language."""
    column = table.column(f"{stem}_{ENTERED}")
    return {
        language: heading(column, language).removesuffix(f" ({Catalogue(language).t(f'evaluator.in_{ENTERED}')})")
        for language in LANGUAGES
    }


def waiting_texts(
    tables: Mapping[str, pl.DataFrame], names: Options, language: str, *, coder: str | None
) -> list[Waiting]:
    """Every text that waits, in the order of the sheets.

    What other coders have written is left out of a coder's workbook: they code without seeing each other's work.
    """
    order = {name: place for place, name in enumerate(FILLED)}
    found: list[Waiting] = []
    for table in sorted(TO_TRANSLATE, key=lambda table: order.get(table.name, len(order))):
        rows = tables[table.name].sort(table.key)
        if coder is not None and "coder_code" in table.column_names:
            rows = rows.filter(coder_code=coder)
        for row, stem in waiting(table, rows):
            key = KEY_SEPARATOR.join(str(row[name]) for name in table.key)
            name = " – ".join(_called(table, row, tables, names, language))
            found.append(Waiting(table, key, name, stem, row[f"{stem}_{ENTERED}"]))
    return found


def _called(
    table: Contract, row: Mapping[str, Any], tables: Mapping[str, pl.DataFrame], names: Options, language: str
) -> Iterator[str]:
    """The project and the benefit that a row is about, and its own name where it has one in one language."""
    plan, benefit, project = (row.get(f"{name}_id") for name in ("benefit_plan", "benefit", "project"))
    if plan is not None and benefit is None:
        benefit = tables["benefit_plans"].filter(benefit_plan_id=plan)["benefit_id"][0]
    if benefit is not None and project is None:
        project = tables["benefits"].filter(benefit_id=benefit)["project_id"][0]
    known = names.names[language]
    for name, value in (("projects", project), ("benefits", benefit)):
        if value is not None:
            yield known[name].get(value, value).rpartition(" [")[0]
    if NAMES.get(table.name) in row:
        yield str(row[NAMES[table.name]])


def write_translations(writer: Writer, texts: list[Waiting]) -> None:
    """Add the sheet with `texts`: only the English cells may be filled in."""
    layout, language = translation_layout(), writer.language
    sheet = writer.book.add_worksheet(layout.title(language))
    described = {column.name: column for column in layout.columns}
    for place, (name, width) in enumerate(_WIDTHS.items()):
        shown = heading(described[name], language) if name in described else writer.t("translation.row_name")
        colours = {"bg_color": "#DCE3EA"} if name == ENGLISH else {"bg_color": "#ECECEC"}
        sheet.write_string(NAME_ROW - 1, place, name)
        sheet.write_string(HEADING_ROW - 1, place, shown, writer.format(bold=True, border=1, **colours))
        if name in described:
            note = {"author": "", "x_scale": 2.4, "y_scale": 1.2}
            sheet.write_comment(HEADING_ROW - 1, place, described[name].description(language), note)
        sheet.set_column(place, place, width, writer.format(locked=name != ENGLISH))
    grey, empty = writer.format(bg_color="#ECECEC"), writer.format(locked=False, bg_color="#FFF1CC")
    for at, one in enumerate(texts, FIRST_ROW - 1):
        field = field_names(one.table, one.stem)[language]
        values = (one.table.title(language), one.key, one.name, field, one.norwegian)
        for place, value in enumerate(values):
            sheet.write_string(at, place, value, grey)
        sheet.set_row(at, height_of(list(zip(values, _WIDTHS.values(), strict=False))))
        sheet.write_blank(at, len(values), None, empty)
    sheet.set_row(NAME_ROW - 1, None, None, {"hidden": True})
    sheet.freeze_panes(FIRST_ROW - 1, 0)
    sheet.protect("", {"format_columns": True, "format_rows": True})

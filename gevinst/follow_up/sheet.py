"""The form as a workbook, for whoever cannot or will not open the page: the same fields, with room for the answers.

Belongs here: its two sheets, and the lists that answers are chosen from.
Does not belong here: reading it back (`read_answers.py`); the page writes a workbook of the same shape itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from gevinst.follow_up.fields import ROLE, Field, fields_of
from gevinst.follow_up.form import ANSWER_FORMAT
from gevinst.follow_up.prefill import Form
from gevinst.follow_up.texts import Words

COLUMNS = ("project", "about", "question", "answer", "choices", "key")
ANSWER, KEY = COLUMNS.index("answer"), COLUMNS.index("key")
ABOUT = ("format", "form_id", "edition_id", "owner_id", "prefilled_sha256", "language")
"""What the second sheet says of the form, by these names, so that the workbook is known for what it is."""
_WIDTHS = (26, 40, 44, 44, 44, 20)
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_HINTS = {"number": "hint_number", "when": "hint_when"}

Units = Mapping[str, Mapping[str, str]]
"""Names of units of measurement by code and language of pages."""
ROLE_FIELD = Field(ROLE, "role", "text", "save")


def sheet_bytes(form: Form, units: Units, language: str) -> bytes:
    """The workbook of a form in one language; the same form gives the same bytes."""
    from gevinst.formats.checked_xlsx import CheckedBook

    words = Words(language)
    content = BytesIO()
    with CheckedBook(content, _OPTIONS) as book:
        created = datetime.combine(date.fromisoformat(form["asked_on"]), time())
        book.set_properties({"title": words("sheet_answers"), "created": created})
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        open_cell = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#fff6e0", "border": 1})
        sheet, about = book.add_worksheet(words("sheet_answers")), book.add_worksheet(words("sheet_about"))
        lists = book.add_worksheet("_")
        lists.hide()
        for column, (name, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width, wrapped)
            sheet.write_string(0, column, words(f"column_{name}"), bold)
        for row, (project, field) in enumerate(_fields(form), start=1):
            for column, text in enumerate(_texts(project, field, units, words)):
                sheet.write_string(row, column, text, open_cell if column == ANSWER else wrapped)
            if field.kind in ("choice", "unit"):
                choices = _choices(field, units, words)
                lists.write_row(row, 0, choices)
                # Choices in cells: a list inside the rule may have 255 characters in all.
                source = f"=_!$A${row + 1}:${_letter(len(choices) - 1)}${row + 1}"
                sheet.data_validation(row, ANSWER, row, ANSWER, {"validate": "list", "source": source})
        sheet.freeze_panes(1, 0)
        _write_about(about, form, words, bold)
    return content.getvalue()


def _write_about(sheet: Any, form: Form, words: Words, bold: Any) -> None:
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 90)
    said = {**form, "format": ANSWER_FORMAT, "prefilled_sha256": form["sha256"], "language": words.language}
    for row, name in enumerate(ABOUT):
        sheet.write_string(row, 0, name, bold)
        sheet.write_string(row, 1, said[name])
    use = words("sheet_use", answer=words("column_answer"), key=words("column_key"))
    told = [use, words("hint_role"), words("what_happens")]
    for row, text in enumerate(
        [words("illustrative"), *told] if form["is_illustrative"] else told, start=len(ABOUT) + 1
    ):
        sheet.write_string(row, 1, text)


def _fields(form: Form) -> Iterator[tuple[Mapping[str, Any] | None, Field]]:
    yield None, ROLE_FIELD
    for project in form["projects"]:
        for field in fields_of(project):
            yield project, field


def _texts(project: Mapping[str, Any] | None, field: Field, units: Units, words: Words) -> tuple[str, ...]:
    benefits = {one["benefit_id"]: one["name"] for one in project["benefits"]} if project else {}
    about = benefits[field.benefit_id][words.of_pages] if field.benefit_id else ""
    name = project["name"][words.of_pages] if project else ""
    choices = "; ".join(_choices(field, units, words)) or (words(_HINTS[field.kind]) if field.kind in _HINTS else "")
    several = f"{choices}. {words('several')}" if field.kind == "choices" else choices
    return name, about, words(f"name_{field.name}"), "", several, field.key


def _choices(field: Field, units: Units, words: Words) -> list[str]:
    if field.kind == "unit":
        return sorted(names[words.of_pages] for names in units.values())
    return [words(f"{field.name}_{code}") for code in field.choices]


def _letter(column: int) -> str:
    """The letters of a column, counted from 0; there are never more choices than letters."""
    return chr(ord("A") + column)

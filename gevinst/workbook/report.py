"""The findings about a filled workbook, for the person who filled it in.

Belongs here: the order and the layout, as text, as plain data and as marks in a copy of the workbook.
Does not belong here: the sentences of findings (where they are found) and all other words (``texts/evaluator.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

from gevinst.contracts import Type, contract
from gevinst.contracts.fields import FIELDS
from gevinst.errors import EvaluatorError
from gevinst.findings import Finding
from gevinst.language.texts import Catalogue
from gevinst.limited import LimitError, in_child
from gevinst.whole_files import write_atomically
from gevinst.workbook.account import ACCOUNTS
from gevinst.workbook.check import Checked
from gevinst.workbook.read_xlsx import load_structure, read_xlsx
from gevinst.workbook.sheet_xml import LAST_ROW, LONGEST_TEXT
from gevinst.workbook.translate import TRANSLATED_ROWS

_FAULT, _NOTE = "F6C6C6", "FFF1CC"  # light enough for black text; a comment in the cell says the same in words
_COLUMNS = ("place", "value", "rule", "reason")
_DECIMALS = re.compile(r"-?\d+\.(\d{1,2}|\d{4,})")
_WIDTHS = (34, 40, 26, 110)


class AnnotationError(EvaluatorError):
    """A copy with marks cannot be written; the message says why."""


def report_text(checked: Checked, language: str) -> str:
    """Every finding by file and sheet, one line each, their number, and the number of rows by action."""
    t = Catalogue(language).t
    faults = len(checked.faults)
    counts = ", ".join((t("evaluator.faults", n=faults), t("evaluator.notes", n=len(checked.findings) - faults)))
    actions = {name: checked.counts[name] for name in ("new", "corrected", "already", "unchanged", "blank")}
    waits = [] if checked.is_content_checked else [t("evaluator.content_waits")]
    lines = [*_lines(checked, language), f"{counts}.", *waits, t("evaluator.asked", **actions)]
    if checked.counts[TRANSLATED_ROWS]:
        lines.append(t("translation.taken_in", n=checked.counts[TRANSLATED_ROWS]))
    if total := sum(checked.waiting.values()):
        where = [f"{contract(name).title(language)} {count}" for name, count in checked.waiting.items() if count]
        lines.append(t("translation.waiting", n=total, where=", ".join(where)))
    if checked.cells:
        lines.append(t("evaluator.cells", **{name: checked.cells[name] for name in ACCOUNTS}))
    return "\n".join(lines)


def _lines(checked: Checked, language: str) -> Iterator[str]:
    for (file, sheet), found in groupby(checked.findings, key=lambda finding: (finding.file, finding.sheet)):
        group = list(found)
        yield f"{file}{f' – {sheet}' if sheet else ''} ({len(group)})"
        yield from (f"  {line}" for finding in group for line in [_line(finding, language)])
        yield ""


def _line(finding: Finding, language: str) -> str:
    t = Catalogue(language).t
    parts = [
        finding.place or (str(finding.row_number) if finding.row_number else ""),
        f"({finding.column_name})" if finding.column_name else "",
        t("evaluator.value", value=_value(finding, language)) if finding.value is not None else "",
        f"{t('evaluator.note_mark')}:" if finding.is_note else "",
        finding.reason(language),
    ]
    return " ".join(part for part in parts if part)


def _value(finding: Finding, language: str) -> str | None:
    """The value as a cell shows it in this language: a number with decimals has a comma in Norwegian.

    With three decimals it stays as it is, since it may be what was typed with thousands.
    """
    field, text = FIELDS.get(finding.column_name or ""), finding.value or ""
    is_number = field is not None and field.type in (Type.NUMBER, Type.INTEGER)
    if not is_number or not _DECIMALS.fullmatch(text):
        return finding.value
    return Catalogue(language).number.decimal(float(text), len(text.partition(".")[2]))


def report_rows(checked: Checked, language: str) -> list[dict[str, Any]]:
    """Every finding as plain data."""
    return [
        {
            "file": finding.file,
            "sheet": finding.sheet,
            "cell": finding.cell,
            "row": finding.row_number,
            "column": finding.column_name,
            "value": finding.value,
            "rule": finding.rule,
            "is_note": finding.is_note,
            "reason": finding.reason(language),
        }
        for finding in checked.findings
    ]


def annotate(path: Path, checked: Checked, out: Path, language: str) -> None:
    """Write a copy of the workbook at `path` to `out` with the cells marked and a sheet that lists every finding.

    Raises `AnnotationError` when `out` is the workbook itself or `path` is no workbook that can be opened.
    """
    if path.is_dir() or out.resolve() == path.resolve():
        raise AnnotationError(
            "--annotated trenger ett regneark, og navnet på en annen fil å skrive kopien til",
            "--annotated needs one workbook, and the name of another file to write the copy to",
        )
    try:
        in_child(_mark, path, checked.findings, out, language)
    except LimitError as error:
        raise error.about(path.name) from error


def _mark(path: Path, findings: list[Finding], out: Path, language: str) -> None:
    from openpyxl.comments import Comment
    from openpyxl.formatting.formatting import ConditionalFormattingList
    from openpyxl.styles import PatternFill

    read_xlsx(path)  # refuses what would be built in memory below
    book = load_structure(path)
    notes: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.file == path.name and finding.sheet in book.sheetnames and finding.cell:
            notes.setdefault((str(finding.sheet), finding.cell), []).append(finding)
    for sheet in {sheet for sheet, _ in notes}:
        book[sheet].conditional_formatting = ConditionalFormattingList()  # its colours would cover the marks
    marked: list[Any] = []
    for (sheet, name), found in notes.items():
        marked.append(cell := _top_left(book[sheet], name))
        cell.fill = PatternFill("solid", start_color=_NOTE if all(one.is_note for one in found) else _FAULT)
        before = [cell.comment.text] if cell.comment else []
        cell.comment = Comment("\n".join([*before, *(one.reason(language) for one in found)]), "Gevinst", 180, 420)
    listed = [one for one in findings if one.file == path.name]
    _refuse_too_much(listed, [cell.comment.text for cell in marked])
    _list_findings(book, listed, language)
    content = BytesIO()
    book.save(content)
    write_atomically(out, lambda beside: beside.write_bytes(content.getbuffer()))


def _refuse_too_much(listed: list[Finding], comments: list[str]) -> None:
    """Raise `AnnotationError` for more than a sheet or cell holds: openpyxl would cut it off and not say so."""
    texts = [*comments, *(text for one in listed for text in (one.reason_nb, one.reason_en))]
    if len(listed) >= LAST_ROW or any(len(text) > LONGEST_TEXT for text in texts):
        raise AnnotationError(
            f"det er flere funn ({len(listed)}) eller lengre tekster enn et regneark kan vise; rett de funnene som "
            "står i rapporten, og prøv igjen",
            f"there are more findings ({len(listed)}) or longer texts than a workbook can show; correct those in the "
            "report and try again",
        )


def _top_left(sheet: Any, name: str) -> Any:
    """The cell called `name`, or the first of those it is merged with: openpyxl allows no comment on the others."""
    for merged in sheet.merged_cells.ranges:
        if name in merged:
            return sheet.cell(merged.min_row, merged.min_col)
    return sheet[name]


def _list_findings(book: Any, findings: list[Finding], language: str) -> None:
    from openpyxl.styles import Alignment, Font

    t = Catalogue(language).t
    sheet = book.create_sheet(t("evaluator.findings_sheet"), 0)
    sheet.append([t(f"evaluator.column_{name}") for name in _COLUMNS])
    for finding in findings:
        rule = t(f"evaluator.rule_{finding.rule}") if finding.rule else None
        sheet.append([finding.place, _value(finding, language), rule, finding.reason(language)])
        for cell in sheet[sheet.max_row]:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type  # a value is never a formula here
        if finding.cell and finding.sheet in book.sheetnames:
            sheet.cell(sheet.max_row, 1).hyperlink = f"#'{finding.sheet}'!{finding.cell}"
    for place, width in enumerate(_WIDTHS):
        sheet.column_dimensions["ABCD"[place]].width = width
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.freeze_panes = "A2"
    book.active = 0

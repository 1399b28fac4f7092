"""A sheet that has been read: which table it is, where its columns stand, and its rows as texts.

Belongs here: the shapes that reading hands on, and how a finding names a cell.
Does not belong here: reading (`sheets.py`, `headings.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from gevinst.findings import Finding, Rule
from gevinst.workbook.layout import SheetPlan


@dataclass(slots=True)
class Row:
    """One row that somebody has written in: its number and its texts by permanent name; blank cells are left out."""

    number: int
    texts: dict[str, str]


@dataclass(slots=True)
class Filled:
    """A sheet (or delimited file, where `sheet` is `None`) of a known table."""

    plan: SheetPlan
    file: str
    sheet: str | None
    columns: dict[str, int] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    def cell(self, row: int | None, name: str | None) -> str | None:
        """Name of a cell, such as ``D7``."""
        if row is None or name not in self.columns:
            return None if row is None else f"A{row}"
        return f"{get_column_letter(self.columns[name])}{row}"

    def finding(
        self,
        rule: Rule,
        nb: str,
        en: str,
        *,
        row: int | None = None,
        name: str | None = None,
        value: str | None = None,
        is_note: bool = False,
    ) -> Finding:
        """A finding about this sheet, with its cell."""
        cell = self.cell(row, name)
        return Finding(self.file, nb, en, row, name, value, self.sheet, cell, rule, is_note)


@dataclass(slots=True)
class Delivery:
    """Everything that one file (or folder) holds: sheets by table, what the file says of itself, and findings."""

    file: str
    filled: dict[str, Filled] = field(default_factory=dict)
    meta: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

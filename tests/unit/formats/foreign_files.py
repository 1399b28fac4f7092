"""Files of others for tests: rows and grants written as JSON, delimited text in any encoding, and workbooks."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

GRANT: dict[str, Any] = {
    "id": "360G-fond-17",
    "title": "Bedre køordning",
    "description": "Færre skal stå i kø.",
    "currency": "NOK",
    "amountAwarded": 250000,
    "awardDate": "2031-04-02",
    "recipientOrganization": [{"id": "NO-BRC-974760673", "name": "Etaten"}],
    "beneficiaryLocation": [{"name": "Her"}],
}
TITLES = ["Identifier", "Title", "Description", "Currency", "Amount Awarded", "Award Date", "Recipient Org:Name"]
ROW = ["360G-fond-17", "Bedre køordning", "Færre i kø.", "NOK", "250000", "2031-04-02", "Etaten"]


def json_file(folder: Path, content: Any) -> Path:
    """A JSON file; a list is taken for grants, a text is written as it is."""
    path = folder / "grants.json"
    package = {"grants": content} if isinstance(content, list) else content
    path.write_text(package if isinstance(package, str) else json.dumps(package), encoding="utf-8")
    return path


def delimited_file(folder: Path, rows: Sequence[Sequence[str]], separator: str = ",", encoding: str = "utf-8") -> Path:
    """A file of delimited text."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    path = folder / "table.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def workbook_file(folder: Path, sheets: dict[str, Sequence[Sequence[Any]]], merged: Sequence[str] = ()) -> Path:
    """A workbook with these sheets; a text that begins with ``=`` is a formula, `merged` ranges are of the first."""
    path = folder / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        for cells in merged:
            book.worksheets()[0].merge_range(cells, "Slått sammen")
    return path

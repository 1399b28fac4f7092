"""A template written once, and workbooks made of it as an evaluator would fill them in."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gevinst.findings import Finding
from gevinst.intake.core import TypedTables, read_typed, stored
from gevinst.workbook.codes import Options, options
from gevinst.workbook.filled import Delivery
from gevinst.workbook.layout import sheet_layout
from gevinst.workbook.parse import read_delivery
from gevinst.workbook.template import Template, write_template

RAW = Path(__file__).parents[3] / "data" / "raw"
YEAR = 2027
SOURCE = "evaluering-2027-rapport"


@pytest.fixture(scope="session")
def typed() -> TypedTables:
    return read_typed(RAW)


@pytest.fixture(scope="session")
def texts(typed: TypedTables) -> Options:
    return options(typed.rows)


@pytest.fixture(scope="session")
def templates(typed: TypedTables, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """New workbooks of 2027: bokmål for each of two coders, and one in English."""
    tables = stored(typed).tables
    folder = tmp_path_factory.mktemp("templates")
    made = {"koder_1": ("nb", "koder_1"), "koder_2": ("nb", "koder_2"), "en": ("en", None)}
    for name, (language, coder) in made.items():
        write_template(tables, Template(YEAR, language, coder, is_illustrative=False), folder / f"{name}.xlsx")
    return {name: folder / f"{name}.xlsx" for name in made}


@dataclass
class Filling:
    """A copy of a template, open in a spreadsheet program."""

    book: Any
    path: Path
    language: str = "nb"

    def sheet(self, table: str) -> Any:
        return self.book[sheet_layout(table).title(self.language)]

    def column(self, table: str, name: str) -> int:
        return next(cell.column for cell in self.sheet(table)[1] if cell.value == name)

    def cell(self, table: str, row: int, name: str) -> Any:
        return self.sheet(table).cell(row, self.column(table, name))

    def put(self, table: str, row: int, **values: Any) -> None:
        for name, value in values.items():
            self.cell(table, row, name).value = value

    def free(self, table: str) -> int:
        """The first empty row."""
        rows = self.sheet(table).iter_rows(min_row=3)
        return next((r[0].row for r in rows if all(c.value is None for c in r)), self.sheet(table).max_row + 1)

    def row_of(self, table: str, project: str) -> int:
        place = self.column(table, "project_id")
        return next(
            r[0].row for r in self.sheet(table).iter_rows(min_row=3) if f"[{project}]" in str(r[place - 1].value)
        )

    def save(self) -> Path:
        self.book.save(self.path)
        return self.path


@pytest.fixture
def raw_dir(tmp_path: Path) -> Path:
    """The raw files of this installation, in a place of its own."""
    return Path(shutil.copytree(RAW, tmp_path / "data" / "raw"))


@pytest.fixture
def opened(templates: dict[str, Path], tmp_path: Path) -> Callable[..., Filling]:
    def open_copy(name: str = "koder_1") -> Filling:
        path = Path(shutil.copy(templates[name], tmp_path / f"{name}.xlsx"))
        return Filling(openpyxl.load_workbook(path), path, "en" if name == "en" else "nb")

    return open_copy


@pytest.fixture
def reading(texts: Options) -> Callable[[Path], Delivery]:
    return lambda path: read_delivery(path, texts, lambda _: None)


def source_row(**more: Any) -> dict[str, Any]:
    """A document as an evaluator enters it, in the words of the lists."""
    return {
        "source_id": SOURCE,
        "title": "Evaluering 2027",
        "publisher": "Evaluator",
        "document_type_code": "rapport",
        "accessed_on": date(2027, 3, 2),
        "language_code": "bokmål",
        "has_no_public_address": "Ja",
        "is_partly_read": "Nei",
        **more,
    }


def begin(filling: Filling) -> Filling:
    """Enter the document and the round that everything else rests on."""
    filling.put("sources", 3, **source_row())
    filling.put(
        "assessment_rounds",
        3,
        method_nb="Vi har snakket med eierne.",
        method_en="We have talked with the owners.",
        source_id=SOURCE,
        source_locator="kapittel 2",
    )
    return filling


def rate(filling: Filling, *ratings: int) -> Filling:
    """Rate the first drivers on the sheet."""
    for number, rating in enumerate(ratings):
        filling.put(
            "driver_ratings",
            3 + number,
            rating=rating,
            assessed_on=date(2027, 3, 1),
            assessed_precision="dag",
            source_id=SOURCE,
            source_locator="vedlegg 1",
        )
    return filling


def places_of(findings: list[Finding], *, notes: bool = False) -> list[tuple[str, str | None, str | None]]:
    """Place, rule and value of the findings that must be corrected, or of the notes."""
    return [(f.place, f.rule and f.rule.value, f.value) for f in findings if f.is_note is notes]

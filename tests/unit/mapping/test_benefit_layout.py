"""A layout proposed for a benefits register: the one that a person would have written."""

from __future__ import annotations

import tomllib
from pathlib import Path

import openpyxl
import pytest

from gevinst.intake.core import read_typed
from gevinst.mapping.benefit_layout import columns, headings_known, propose_layout
from gevinst.mapping.register import open_register
from gevinst.mapping.take_in import labels_of
from gevinst.workbook.register_layout import TABLES
from tests.data.workspaces import REPOSITORY

LAYOUTS = sorted((REPOSITORY / "docs/layouts").glob("*.toml"))
VALUES = {"_value": 45, "_on": "01.02.2025", "unit_code": "minutter per sak", "indicator": "Minutter per sak"}
"""A value that fits a column by the end of its name; others have a text."""
NUMBERS_THAT_NAME = {"Benefit number"}
"""A heading that says it is a number, and holds the place in the register."""


def register(place: Path, headings: dict[str, str | list[str]]) -> Path:
    book = openpyxl.Workbook()
    book.active.append(list(headings))
    names = [name if isinstance(name, str) else name[0] for name in headings.values()]
    book.active.append([next((v for end, v in VALUES.items() if name.endswith(end)), "Noe") for name in names])
    path = place / "register.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda path: path.stem)
def test_the_layouts_of_the_papers_are_what_is_proposed(layout: Path, tmp_path: Path) -> None:
    written = tomllib.loads(layout.read_text(encoding="utf-8"))["columns"]
    path = register(tmp_path, written)
    labels = labels_of(read_typed(REPOSITORY / "data/raw"))
    proposed = tomllib.loads(propose_layout(open_register(path, known=headings_known), labels, "nb"))["columns"]

    def first(name: str | list[str]) -> str:
        return name if isinstance(name, str) else name[0]

    wanted = {heading: first(name) for heading, name in written.items() if heading not in NUMBERS_THAT_NAME}
    found = {heading: first(name) for heading, name in proposed.items()}
    same = {
        heading
        for heading in wanted
        if found.get(heading)
        in (wanted[heading], wanted[heading].replace("benefit_plans.responsible", "benefits.responsible"))
    }
    assert wanted.keys() - same == set()


def test_every_place_is_one_that_a_layout_may_name() -> None:
    assert all(name.split(".")[0] in TABLES for name in columns())

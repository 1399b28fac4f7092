"""The whole register out by the translator's sheet and back."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from gevinst.cli import main
from gevinst.contracts.translations import TO_TRANSLATE
from gevinst.intake import read_core
from gevinst.workbook.check import check_files
from gevinst.workbook.import_rows import import_rows
from gevinst.workbook.translation_sheet import field_names
from tests.pipeline.edition.test_waiting_edition import empty_english
from tests.pipeline.workbook.conftest import RAW, YEAR


@pytest.mark.slow
def test_all_english_of_the_register_goes_out_by_the_sheet_and_comes_back_the_same(tmp_path: Path) -> None:
    raw_dir = Path(shutil.copytree(RAW, tmp_path / "raw"))
    before = read_core(raw_dir).tables
    path, count = tmp_path / "oversettelse.xlsx", empty_english(raw_dir)
    assert main(["workbook", "--year", str(YEAR), "--raw-dir", str(raw_dir), "--translation", "--out", str(path)]) == 0
    book = openpyxl.load_workbook(path)
    known = {
        (table.title("nb"), "/".join(str(row[name]) for name in table.key), field_names(table, stem)["nb"]): row[
            f"{stem}_en"
        ]
        for table in TO_TRANSLATE
        for row in before[table.name].iter_rows(named=True)
        for stem in table.stems_that_wait
    }
    for row in book["Til oversettelse"].iter_rows(min_row=3):
        row[5].value = known[row[0].value, row[1].value, row[3].value]
    book.save(path)
    found = check_files([path], raw_dir, YEAR, None)
    assert (found.findings, found.counts["translated"]) == ([], count)
    import_rows(found.rows, raw_dir, YEAR)
    after = read_core(raw_dir).tables
    assert [name for name, frame in before.items() if not frame.equals(after[name])] == []

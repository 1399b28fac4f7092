"""Every filled cell of a file is read, there for reading, or told as not read; nothing falls out in silence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.comments import Comment

from gevinst.cli import main
from gevinst.workbook.filled import Delivery
from gevinst.workbook.read_xlsx import read_xlsx
from gevinst.workbook.sheet_xml import WIDEST
from tests.data.variants import quick_first
from tests.pipeline.workbook.conftest import RAW, Filling, begin, places_of, rate

Reading = Callable[[Path], Delivery]
Opened = Callable[..., Filling]
RATINGS = "Vurderinger av drivere"


def filled_cells(path: Path) -> int:
    return sum(
        value not in (None, "") for sheet in read_xlsx(path).sheets for row in sheet.rows.values() for value in row
    )


def test_every_filled_cell_is_accounted_for(reading: Reading, opened: Opened) -> None:
    filling = rate(begin(opened()), 3, 4)
    sheet = filling.sheet("driver_ratings")
    sheet["T1"], sheet["T5"], sheet["W9"] = "Egen kolonne", "noe", "husk"
    filling.book.create_sheet("Notater").append(["a", "b"])
    delivery = reading(filling.save())
    assert sum(delivery.cells.values()) == filled_cells(filling.path)
    assert delivery.cells["unknown"] == 4, "one in a column with an unknown heading, one beside the table, two in notes"


def test_what_is_not_read_is_told_with_its_place(reading: Reading, opened: Opened) -> None:
    filling = rate(begin(opened()), 3)
    sheet = filling.sheet("driver_ratings")
    sheet["W9"], sheet["W12"] = "husk", "og dette"
    sheet.cell(7, WIDEST + 4).value = "langt borte"
    sheet["C4"].comment = Comment("Enig?", "")
    sheet["C2"].comment = Comment("overskriften har sin egen", "")
    found = [one for one in reading(filling.save()).findings if one.sheet == RATINGS]
    assert [(one.cell, one.is_note) for one in found] == [("W9", True), ("SJ7", True), ("C4", True)]
    assert "2 celler i kolonne W står uten overskrift og er ikke lest; flytt innholdet" in found[0].reason_nb
    assert "1 celle har en kommentar" in found[2].reason_nb


def test_rows_above_the_headings_are_told(reading: Reading, opened: Opened) -> None:
    filling = rate(begin(opened()), 3)
    filling.sheet("driver_ratings").insert_rows(1, 3)
    filling.sheet("driver_ratings")["B2"] = "Ført i mars"
    delivery = reading(filling.save())
    assert (f"{RATINGS}!B2", "heading", None) in places_of(delivery.findings, notes=True)
    assert delivery.filled["driver_ratings"].rows[0].texts["rating"] == "3"


@pytest.mark.parametrize("name", quick_first(["koder_1", "en"]))
def test_a_deleted_sheet_is_told_and_none_is_missing_in_a_new_workbook(
    reading: Reading, opened: Opened, name: str
) -> None:
    filling = begin(opened(name))
    assert reading(filling.save()).findings == []
    filling.book.remove(filling.sheet("benefit_plans"))
    (note,) = reading(filling.save()).findings
    assert note.is_note and note.sheet == "Gevinstplaner"
    assert "is gone, and rows that were in it were not read" in note.reason_en


def test_a_hidden_sheet_with_rows_is_read_and_told(reading: Reading, opened: Opened) -> None:
    filling = rate(begin(opened()), 3)
    filling.sheet("driver_ratings").sheet_state = "hidden"
    delivery = reading(filling.save())
    assert places_of(delivery.findings, notes=True) == [(RATINGS, "hidden", None)]
    assert delivery.filled["driver_ratings"].rows


@pytest.mark.slow
def test_check_and_import_count_the_cells_that_were_not_read(
    opened: Opened, capsys: pytest.CaptureFixture[str]
) -> None:
    filling = begin(opened())
    filling.book.create_sheet("Notater").append(["Husk å ringe eieren"])
    main(["check", str(filling.save()), "--raw-dir", str(RAW)])
    out = capsys.readouterr().out
    assert "Notater" in out and "1 celle er ikke lest" in out
    assert "1 ikke lest." in out.splitlines()[-1]

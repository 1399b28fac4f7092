"""English of an earlier text, left below a Norwegian one that is new: it translates what is no longer said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gevinst.contracts import contract
from gevinst.workbook.check import Checked
from gevinst.workbook.known import outdated_english
from tests.pipeline.workbook.conftest import Filling, begin
from tests.pipeline.workbook.test_check import check, new_status

Opened = Callable[..., Filling]
PROJECT = "2016-einnsyn"


def changed(opened: Opened, **more: object) -> tuple[Checked, str]:
    """A status moved a step in a workbook, and the English that stood in the row before."""
    filling = begin(opened())
    row = filling.row_of("status_assessments", PROJECT)
    before = filling.cell("status_assessments", row, "reason_en").value
    group = "Omtalt som i bruk eller gjennomført"
    new_status(filling, row, public_evidence_group_code=group, reason_en=more.get("reason_en", before))
    return check(filling.save()), before


def test_the_english_of_the_step_before_does_not_stand_for_the_new_reason(opened: Opened) -> None:
    checked, before = changed(opened)
    assert before and checked.faults == []
    (row,) = checked.rows["status_assessments"].iter_rows(named=True)
    assert row["reason_nb"].startswith("Eieren forteller") and row["reason_en"] is None


@pytest.mark.slow
def test_english_that_is_new_too_stays(opened: Opened) -> None:
    text = "The owner says that the neighbouring municipality took the solution over and uses it every single day."
    (row,) = changed(opened, reason_en=text)[0].rows["status_assessments"].iter_rows(named=True)
    assert row["reason_en"] == text


def test_a_norwegian_text_that_is_corrected_asks_for_its_english(opened: Opened) -> None:
    filling = begin(opened())
    row = filling.row_of("benefits", PROJECT)
    was = filling.cell("benefits", row, "name_nb").value
    filling.put("benefits", row, _choice="Rettet", name_nb=f"{was} hos kommunene")
    (note,) = (one for one in check(filling.save()).findings if one.column_name == "name_en")
    assert note.is_note and "den engelske er den gamle; rett den også, eller tøm cella" in note.reason_nb
    filling.put("benefits", row, name_en=None)
    assert [one for one in check(filling.save()).findings if one.column_name == "name_en"] == []


@pytest.mark.parametrize(
    ("texts", "old"),
    [
        ({"reason_nb": "Ny.", "reason_en": "Old."}, ["reason_en"]),
        ({"reason_nb": "Gammel.", "reason_en": "Old."}, []),
        ({"reason_nb": "Ny.", "reason_en": "New."}, []),
        ({"reason_nb": "Ny.", "reason_en": None}, []),
    ],
)
def test_english_is_old_when_the_norwegian_above_it_is_another(texts: dict[str, str | None], old: list[str]) -> None:
    before: dict[str, str | None] = {"reason_nb": "Gammel.", "reason_en": "Old."}
    assert outdated_english(contract("status_assessments"), texts, before) == old

"""Rows that a person refers to by name, and the question that follows a name of nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from gevinst.contracts import contract
from gevinst.findings import Finding, Rule
from gevinst.workbook import nearest
from gevinst.workbook.check import Checked, check_files
from gevinst.workbook.codes import Options
from gevinst.workbook.nearest import Nearest
from tests.data.variants import quick_first
from tests.pipeline.workbook.conftest import RAW, SOURCE, YEAR, Filling, begin

Opened = Callable[..., Filling]
BENEFIT = {"benefit_code": "Bedre ressursbruk", "benefit_sign_code": "til det bedre"}
PLACE = {"source_id": SOURCE, "source_locator": "kapittel 3"}


def check(path: Path) -> Checked:
    return check_files([path], RAW, YEAR, None)


def fund(filling: Filling, **more: object) -> Filling:
    row = 3 + sum(1 for cells in filling.sheet("follow_on_funding").iter_rows(min_row=3) if cells[1].value)
    filling.put(
        "follow_on_funding",
        row,
        name_nb="Midler til innføring",
        amount=1_500_000,
        awarded_on=date(2026, 5, 1),
        awarded_precision="dag",
        **PLACE,
        **more,
    )
    return filling


@pytest.mark.parametrize(
    ("project", "funder"),
    quick_first(
        [
            ("Arkivtilsyn", "Digitaliseringsdirektoratet"),
            ("arkivtilsyn", "digdir"),
            ("2016-arkivtilsyn", "digitaliseringsdirektoratet"),
        ]
    ),
)
def test_projects_and_organisations_are_found_by_name_short_name_or_id(
    opened: Opened, project: str, funder: str
) -> None:
    checked = check(fund(begin(opened()), project_id=project, funder_id=funder).save())
    assert checked.faults == []
    (row,) = checked.rows["follow_on_funding"].iter_rows(named=True)
    assert (row["project_id"], row["funder_id"]) == ("2016-arkivtilsyn", "digitaliseringsdirektoratet")


def test_a_name_of_nothing_is_answered_with_the_row_that_is_nearest(opened: Opened) -> None:
    checked = check(fund(begin(opened()), project_id="Arkivtilsynet", funder_id="Digitaliseringsdirektorat").save())
    asked = {fault.column_name: fault.reason_nb.partition("Mente du ")[2] for fault in checked.faults}
    assert asked == {
        "project_id": "«Arkivtilsyn [2016-arkivtilsyn]»?",
        "funder_id": "«Digitaliseringsdirektoratet [digitaliseringsdirektoratet]»?",
    }


def test_a_second_benefit_of_one_name_is_told_once_and_not_where_others_refer_to_it(opened: Opened) -> None:
    filling = begin(opened())
    rows = [row[0].row for row in filling.sheet("benefits").iter_rows(min_row=3) if row[0].value]
    project = "2016-arkivtilsyn"
    for place, name in enumerate(("Kortere saker", "kortere saker"), max(rows) + 1):
        filling.put("benefits", place, project_id=project, name_nb=name, **BENEFIT, **PLACE)
    filling.put("benefit_beneficiaries", 900, benefit_id="Kortere saker", beneficiary_code="Ansatte", **PLACE)
    told = [(fault.sheet, fault.cell) for fault in check(filling.save()).faults]
    assert told == [("Gevinster", f"C{max(rows) + 2}")]


def role(value: str) -> Finding:
    return Finding("ark.xlsx", "ikke i lista.", "not in the list.", 3, "role_code", value, rule=Rule.CODE)


def test_what_is_part_of_a_few_texts_is_answered_with_all_of_them_and_of_many_with_none(texts: Options) -> None:
    ask = Nearest(texts).ask
    table = contract("participations")
    assert ask(role("eier"), table).reason_nb == "ikke i lista. Mente du «deleier» eller «prosjekteier»?"
    assert ask(role("owner"), table).reason_en == "not in the list. Did you mean «co-owner» or «project owner»?"
    assert ask(role("r"), table).reason_nb == "ikke i lista."


def test_thousands_of_wrong_texts_are_not_all_looked_for(texts: Options, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "_MOST_SEARCHED", 2)
    found = Nearest(texts)
    asked = [found.ask(role(value), contract("participations")).reason_nb for value in ("eier", "xyz", "leverandor")]
    assert ["Mente du" in text for text in asked] == [True, False, False]

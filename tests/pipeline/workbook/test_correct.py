"""What was entered wrongly is corrected by its key on every sheet: the new value holds, the old one is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gevinst.intake import read_core
from gevinst.intake.undo import undo
from gevinst.workbook.cells import plain
from gevinst.workbook.check import Checked, check_files
from gevinst.workbook.codes import choice_texts
from gevinst.workbook.import_rows import import_rows
from gevinst.workbook.layout import CHOICE, READ, sheet_layout
from tests.pipeline.intake.test_append import content
from tests.pipeline.workbook.conftest import RAW, YEAR, Filling, begin, places_of, rate

Opened = Callable[..., Filling]


def checked(filling: Filling, raw_dir: Path) -> Checked:
    return check_files([filling.save()], raw_dir, YEAR, None)


def taken(filling: Filling, raw_dir: Path) -> dict[str, int]:
    found = checked(filling, raw_dir)
    assert [one.sentence() for one in found.faults] == []
    return import_rows(found.rows, raw_dir, YEAR).counts


def first(table: str, raw_dir: Path = RAW) -> dict[str, Any]:
    return read_core(raw_dir).tables[table].row(0, named=True)


def value_of(raw_dir: Path, table: str, key: dict[str, Any], name: str) -> Any:
    (found,) = read_core(raw_dir).tables[table].filter(**key)[name]
    return found


def test_every_sheet_has_the_choice_to_correct() -> None:
    assert [name for name in READ if CHOICE not in sheet_layout(name).headings("nb")] == []
    assert choice_texts("nb")["corrected"] == "Rettet" and choice_texts("en")["corrected"] == "Corrected"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("table", "choice", "name", "value"),
    [
        ("sources", "Endret", "title", "Et annet navn på dokumentet"),
        ("benefits", "Rettet", "risk_nb", "Ingen har tid."),
        ("benefit_claims", "Rettet", "source_locator", "side 99"),
        ("benefit_measurements", "Corrected", "measured_value", 41.5),
        ("benefit_plans", "Rettet", "source_locator", "side 98"),
        ("status_assessments", "Rettet", "source_locator", "side 97"),
        ("follow_on_funding", "Rettet", "amount", 16_000_000),
        ("coding_coverage", "Endret", "coded_on", date(2026, 11, 1)),
    ],
)
def test_one_cell_of_a_row_is_corrected_by_its_key_and_the_old_value_is_kept(
    opened: Opened, raw_dir: Path, table: str, choice: str, name: str, value: Any
) -> None:
    layout, before = sheet_layout(table), first(table)
    shown = {column.name for column in layout.columns}
    key = {one: before[one] for one in layout.contract.key}
    filling = opened() if "coder_code" in layout.contract.key else opened("en")
    values = {one: text for one, text in key.items() if one in shown} | {name: value, CHOICE: choice}
    place = filling.sheet(table).max_row + 1
    filling.put(table, place, **values)
    files = content(raw_dir)
    found = checked(filling, raw_dir)
    assert [one.sentence() for one in found.faults] == []
    counts = import_rows(found.rows, raw_dir, YEAR).counts
    assert counts == {"corrections.csv": 1}
    assert value_of(raw_dir, table, key, name) == value
    after = content(raw_dir)
    assert {one for one in after if files.get(one) != after[one]} == {"corrections.csv"}
    entry = read_core(raw_dir).corrections.filter(table_name=table, column_name=name).row(-1, named=True)
    assert (entry["key"], entry["expect"]) == ("/".join(key.values()), plain(before[name]))
    assert checked(filling, raw_dir).counts["already"] == 1, "the same workbook may be imported twice"
    undo(raw_dir)
    assert content(raw_dir) == files


@pytest.mark.slow
def test_a_rating_is_corrected_in_its_own_row(opened: Opened, raw_dir: Path) -> None:
    taken(rate(begin(opened()), 3, 4), raw_dir)
    filling = opened()
    filling.put("driver_ratings", 3, rating=5, _choice="Endret")
    assert taken(filling, raw_dir) == {"corrections.csv": 1}
    ratings = read_core(raw_dir).tables["driver_ratings"].sort("project_id", "rated_driver_code")
    assert sorted(ratings["rating"]) == [4, 5] and ratings.height == 2
    filling.put("driver_ratings", 3, rating=2)
    taken(filling, raw_dir)
    assert sorted(read_core(raw_dir).tables["driver_ratings"]["rating"]) == [2, 4], "a correction is corrected"


def test_a_correction_is_checked_like_any_row(opened: Opened, raw_dir: Path) -> None:
    taken(rate(begin(opened()), 3), raw_dir)
    filling = opened()
    filling.put("driver_ratings", 3, rating=9, _choice="Rettet")
    filling.put("driver_ratings", 4, rating=2, _choice="Rettet")
    found = places_of(checked(filling, raw_dir).findings)
    assert found == [
        ("Vurderinger av drivere!C3", "range", "9"),
        ("Vurderinger av drivere!K4", "choice", "Rettet"),
    ]


def test_a_benefit_edited_without_a_choice_is_refused_with_both_ways_out(opened: Opened) -> None:
    filling = opened()
    filling.put("benefits", 3, name_nb="Noe annet")
    (found,) = checked(filling, RAW).faults
    assert found.column_name == "name_nb"
    assert "sett cella tilbake" in found.reason_nb and "Var den gamle feil, velg Rettet" in found.reason_nb

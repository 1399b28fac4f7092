from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from gevinst.contracts import contract
from gevinst.contracts.benefits import NON_PRICED_EFFECTS
from gevinst.contracts.marts_benefits import NON_PRICED_ASSESSMENTS
from gevinst.contracts.reference import VALUE_MATRIX
from gevinst.method.frames import Rules, collect, finished, lazy
from gevinst.method.npv import PLUS_MINUS_2018, VALUE_MATRIX_2023, non_priced_assessments, non_priced_values
from gevinst.warehouse import Warehouse
from tests.data import priced
from tests.data.small_edition import frame

VALUES = {
    "meget_stor_negativ": -4,
    "stor_negativ": -3,
    "middels_negativ": -2,
    "liten_negativ": -1,
    "ubetydelig": 0,
    "liten_positiv": 1,
    "middels_positiv": 2,
    "stor_positiv": 3,
    "meget_stor_positiv": 4,
}
QUANTITIES = {
    "stort_negativt": -3,
    "middels_negativt": -2,
    "lite_negativt": -1,
    "intet": 0,
    "lite_positivt": 1,
    "middels_positivt": 2,
    "stort_positivt": 3,
}
UNIT_VALUES = {"liten": 1, "middels": 2, "hoy": 3}
RULES = Rules(2018, 2026)


def codelists() -> pl.DataFrame:
    text = {"label_nb": "x", "label_en": "x", "description_nb": "x", "description_en": "x"}
    rows = [{"codelist": "non_priced_value", "code": code, "rank": step, **text} for code, step in VALUES.items()]
    return frame(contract("codelists"), rows)


def effect_frame(effects: list[dict[str, Any]]) -> pl.DataFrame:
    plain = {name: "x" for name in NON_PRICED_EFFECTS.column_names if name.endswith(("_id", "_nb", "_en", "locator"))}
    rows = [
        {**plain, "project_id": "p", "non_priced_effect_id": f"e{n}", "effect_id": f"e{n}", "source_id": "s2019", **row}
        for n, row in enumerate(effects)
    ]
    return frame(NON_PRICED_EFFECTS, rows)


def steps(*cells: tuple[str | None, str | None, str | None]) -> list[tuple[Any, ...]]:
    names = ("value_matrix_code", "quantity_code", "unit_value_code")
    effects = effect_frame([dict(zip(names, cell, strict=True)) for cell in cells])
    valued = non_priced_values(lazy(effects), lazy(priced.matrix()), lazy(codelists()))
    ordered = valued.collect("polars").to_native().with_columns(pl.col("non_priced_effect_id").str.slice(1).cast(int))
    return ordered.sort("non_priced_effect_id").select("low_step", "high_step").rows()


def whole(matrix: str) -> dict[tuple[int, int], tuple[int, int]]:
    """All cells of a matrix by quantity and unit value as numbers."""
    cells = [(matrix, quantity, value) for quantity in QUANTITIES for value in UNIT_VALUES]
    places = [(QUANTITIES[quantity], UNIT_VALUES[value]) for _, quantity, value in cells]
    return dict(zip(places, steps(*cells), strict=True))


def test_the_matrix_of_2023_is_its_closed_form() -> None:
    cells = whole(VALUE_MATRIX_2023)
    assert len(cells) == 21
    for (quantity, unit_value), (low, high) in cells.items():
        size = max(0, abs(quantity) + unit_value - 2) if quantity else 0
        assert low == high == (size if quantity > 0 else -size)


@pytest.mark.parametrize("matrix", [VALUE_MATRIX_2023, PLUS_MINUS_2018])
def test_a_negative_effect_is_the_mirror_image_of_a_positive_one(matrix: str) -> None:
    cells = whole(matrix)
    for (quantity, unit_value), (low, high) in cells.items():
        assert low <= high
        assert cells[-quantity, unit_value] == (-high, -low)


@pytest.mark.parametrize("matrix", [VALUE_MATRIX_2023, PLUS_MINUS_2018])
def test_more_of_an_effect_or_of_its_worth_never_gives_less(matrix: str) -> None:
    cells = whole(matrix)
    for (quantity, unit_value), (low, high) in cells.items():
        more = cells.get((quantity + 1, unit_value), (low, high))
        assert more[0] >= low
        assert more[1] >= high
        dearer = cells.get((quantity, unit_value + 1), (low, high))
        assert quantity <= 0 or (dearer[0] >= low and dearer[1] >= high)


def test_the_matrix_of_2023_is_used_unless_the_assessment_says_otherwise() -> None:
    large = ("stort_positivt", "liten")
    assert steps((None, *large), (VALUE_MATRIX_2023, *large), (PLUS_MINUS_2018, *large)) == [(2, 2), (2, 2), (1, 2)]


def test_a_range_stays_a_range() -> None:
    assert steps((PLUS_MINUS_2018, "stort_negativt", "hoy")) == [(-4, -3)]


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param((None, "enormt", "hoy"), id="unknown quantity"),
        pytest.param((None, "intet", "enorm"), id="unknown unit value"),
        pytest.param(("matrise_1999", "intet", "hoy"), id="unknown matrix"),
        pytest.param((None, None, "hoy"), id="quantity not assessed"),
        pytest.param((None, "intet", None), id="unit value not assessed"),
    ],
)
def test_what_the_matrix_does_not_hold_has_no_value(cell: tuple[Any, Any, Any]) -> None:
    assert steps(cell) == [(None, None)]


def tables(effects: list[dict[str, Any]]) -> dict[str, pl.DataFrame]:
    return {
        "non_priced_effects": effect_frame(effects),
        "value_matrix": priced.matrix(),
        "codelists": codelists(),
        **priced.calendar(),
    }


def mart(inputs: dict[str, Any]) -> pl.DataFrame:
    native = {name: lazy(inputs[name]) for name in NON_PRICED_ASSESSMENTS.depends_on}
    return collect(
        finished(non_priced_assessments(native, RULES), NON_PRICED_ASSESSMENTS, is_illustrative=True),
        NON_PRICED_ASSESSMENTS,
    )


TRUST = {"effect_id": "trust", "quantity_code": "lite_positivt", "unit_value_code": "hoy"}


def test_an_assessment_gives_way_to_a_newer_one_of_the_same_effect() -> None:
    newer = {**TRUST, "quantity_code": "stort_positivt", "source_id": "s2021"}
    result = mart(tables([TRUST, newer, {**newer, "project_id": "q", "value_matrix_code": PLUS_MINUS_2018}]))
    own = result.filter(pl.col("project_id") == "p").select("edition_year", "low_code").rows()
    assert own == [(y, "middels_positiv") for y in (2019, 2020)] + [
        (y, "meget_stor_positiv") for y in range(2021, 2027)
    ]
    other = result.filter(pl.col("project_id") == "q")
    assert set(other.select("low_code", "high_code", "is_range").rows()) == {
        ("stor_positiv", "meget_stor_positiv", True)
    }


def test_duckdb_gives_the_same_assessments(tmp_path: Path) -> None:
    native = tables([TRUST, {**TRUST, "effect_id": "x", "quantity_code": None}, {**TRUST, "source_id": "s2021"}])
    contracts = [NON_PRICED_EFFECTS, VALUE_MATRIX, *map(contract, ("codelists", "sources", "edition_years"))]
    warehouse = Warehouse(tmp_path / "warehouse.duckdb")
    for table in contracts:
        warehouse.write(table, native[table.name])
    with warehouse.relations(*contracts) as relations:
        result = mart({table.name: relation for table, relation in zip(contracts, relations, strict=True)})
    assert result.equals(mart(native))
    assert result.height == 2 + 2 + 6 * 2

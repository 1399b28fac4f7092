"""Tables of rounds, amounts and names of the scheme with what a test is about, the rest being blank."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from gevinst.contracts import contract
from tests.data.marts import mart_of, row_of
from tests.data.small_edition import frame

KPI = pl.DataFrame({"base_year": 2015, "year": [2018, 2020, 2024], "index_value": [100.0, 110.0, 120.0]})
SOURCED = {"source_id": "s", "source_locator": "x"}
SOURCES = frame(contract("sources"), [{"source_id": "s", "accessed_on": date(2020, 1, 1)}])


def overview(*rows: dict[str, Any]) -> pl.DataFrame:
    """`round_overview` with one round per row, a year apart from 2018."""
    filled = [{"edition_year": 2026, "round_id": f"r{n}", "cohort_year": 2018 + n, **row} for n, row in enumerate(rows)]
    return frame(contract("round_overview"), filled)


def names(table: pl.DataFrame, **own: str) -> pl.DataFrame:
    rows = [{"round_id": key, "name_nb": own.get(key, f"Runde {key}"), "name_en": key} for key in table["round_id"]]
    return frame(contract("rounds"), rows)


def priced(*rows: dict[str, Any], kpi: pl.DataFrame = KPI) -> pl.DataFrame:
    """`round_amounts` of rounds a year apart from 2018."""
    return mart_of("round_amounts", round_overview=overview(*rows), kpi=kpi)


def counted(**inputs: pl.DataFrame) -> dict[str, Any]:
    return row_of("scheme_headlines", **inputs)


def award(amount: float | None, **more: Any) -> dict[str, Any]:
    return {"amount": amount, "amount_kind_code": None if amount is None else "award", **more}

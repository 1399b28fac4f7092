"""What is known by month or year counts from its last day: told while that day is still to come."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from gevinst.intake.read_csv import FILE, ROW
from gevinst.workbook.waiting import waiting_rows

STEMS = {"sources": ("published",), "benefit_plans": ("baseline", "next_measurement", "status", "target")}


def told(today: date, on: date, precision: str, table: str = "status_assessments", stem: str = "assessed") -> list[str]:
    """What is said of one row of a table whose date is `on`."""
    row: dict[str, Any] = {FILE: "a.xlsx", ROW: 4}
    for one in STEMS.get(table, (stem,)):
        row |= {f"{one}_on": on if one == stem else None, f"{one}_precision": precision if one == stem else None}
    return [note.reason_nb for _, note in waiting_rows({table: pl.DataFrame([row])}, today)]


@pytest.mark.parametrize(
    ("on", "precision", "today", "counts_from"),
    [
        (date(2026, 11, 1), "month", date(2026, 11, 27), "30.11.2026"),
        (date(2026, 11, 1), "month", date(2026, 11, 29), "30.11.2026"),
        (date(2026, 11, 1), "month", date(2026, 11, 30), None),
        (date(2026, 11, 1), "day", date(2026, 10, 1), None),
        (date(2026, 1, 1), "year", date(2026, 11, 27), "31.12.2026"),
        (date(2028, 2, 1), "month", date(2028, 2, 28), "29.02.2028"),
        (date(2026, 12, 1), "month", date(2026, 12, 1), "31.12.2026"),
    ],
)
def test_a_month_counts_from_its_last_day(on: date, precision: str, today: date, counts_from: str | None) -> None:
    found = told(today, on, precision)
    assert [f"regnes fra {counts_from}" in one for one in found] == ([True] if counts_from else [])


def test_a_target_is_a_plan_and_waits_for_nothing() -> None:
    assert told(date(2026, 11, 1), date(2028, 6, 1), "month", "benefit_plans", "target") == []


def test_a_document_of_this_month_waits_too() -> None:
    assert len(told(date(2026, 11, 1), date(2026, 11, 1), "month", "sources", "published")) == 1

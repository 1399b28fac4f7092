"""Numbers in cells: what a per cent sign in the form of a cell changes, and what it does not."""

from __future__ import annotations

from datetime import datetime

import pytest

from gevinst.contracts import Column, Type, contract
from gevinst.workbook.cells import read_cell
from gevinst.workbook.codes import Options

SHARE = Column("share_pct", Type.NUMBER, "Andel.", "Share.", unit="per cent")
DAYS = Column("days", Type.NUMBER, "Dager.", "Days.", unit="days")


@pytest.mark.parametrize(
    ("value", "is_percent", "column", "stored"),
    [
        (7, False, SHARE, "7"),
        (0.07, True, SHARE, "7"),
        (1, False, SHARE, "1"),
        (1, True, SHARE, "100"),
        (0.85, False, SHARE, "0.85"),
        (0, True, SHARE, "0"),
        (0.005, True, SHARE, "0.5"),
        ("7 %", False, SHARE, "7"),
        ("7,5 %", False, SHARE, "7.5"),
        (7, True, DAYS, "7"),
        (0.07, True, DAYS, "0.07"),
    ],
)
def test_only_a_share_in_a_cell_of_the_per_cent_form_is_read_times_a_hundred(value, is_percent, column, stored) -> None:
    assert read_cell(value, column, None, is_percent=is_percent, is_1904=False).text == stored


@pytest.mark.parametrize("typed", ["1,5 mill", "ca. 40", "30 % av 20", "1 234 kr", "3 - 4", "½ time"])
def test_what_is_no_number_is_told_as_it_was_typed(typed: str) -> None:
    column = contract("benefit_plans").column("baseline_value")
    assert read_cell(typed, column, None, is_percent=False, is_1904=False).text == typed


@pytest.mark.parametrize("typed", ["31.02.2026", "29.2.2027", "01.13.2026", "00.10.2026", "2026-02-30", "oktober 2026"])
def test_a_day_that_no_calendar_has_is_told_as_it_was_typed(typed: str) -> None:
    day = Column("seen_on", Type.DATE, "Dag.", "Day.")
    assert read_cell(typed, day, None, is_percent=False, is_1904=False).text == typed
    assert read_cell("29.2.2028", day, None, is_percent=False, is_1904=False).text == "2028-02-29"


def test_the_epoch_of_the_file_decides_the_day_of_a_serial_number() -> None:
    day = Column("seen_on", Type.DATE, "Dag.", "Day.")
    read = [read_cell(44_000, day, None, is_percent=False, is_1904=is_1904).text for is_1904 in (False, True)]
    assert read == ["2020-06-18", "2024-06-19"]


@pytest.mark.parametrize(
    ("value", "is_1904", "text", "how"),
    [
        (datetime(1905, 7, 18), False, "1905-07-18", "year"),
        (datetime(1909, 7, 19), True, "1909-07-19", "year"),
        (datetime(1954, 10, 2), False, "1954-10-02", "year"),
        (datetime(1989, 12, 31), False, "1989-12-31", "far"),
        (datetime(1990, 1, 1), False, "1990-01-01", None),
        (datetime(2100, 12, 31), False, "2100-12-31", None),
        (datetime(2101, 1, 1), False, "2101-01-01", "far"),
        ("18.07.1905", False, "1905-07-18", "far"),
        ("2206-03-01", False, "2206-03-01", "far"),
    ],
)
def test_a_date_that_cannot_be_meant_is_refused_and_says_what_became_of_a_number(
    texts: Options, value: object, is_1904: bool, text: str, how: str | None
) -> None:
    found = read_cell(value, contract("sources").column("accessed_on"), texts, is_percent=False, is_1904=is_1904)
    assert (found.text, found.how) == (text, how)


@pytest.mark.parametrize(
    ("value", "text", "how"),
    [(0.07, "7", None), (1.0, "100", None), (1.01, "1.01", "whole"), (7.0, "7", "whole"), (-8.5, "-8.5", "whole")],
)
def test_a_whole_number_in_a_percentage_cell_is_not_guessed_at(
    texts: Options, value: float, text: str, how: str | None
) -> None:
    column = contract("benefit_values").column("deadweight_pct")
    found = read_cell(value, column, texts, is_percent=True, is_1904=False)
    assert (found.text, found.how) == (text, how)

"""Numbers in cells: what a per cent sign in the form of a cell changes, and what it does not."""

from __future__ import annotations

import pytest

from gevinst.contracts import Column, Type
from gevinst.workbook.cells import read_cell

SHARE = Column("share_pct", Type.NUMBER, "Andel.", "Share.", unit="per cent")
DAYS = Column("days", Type.NUMBER, "Dager.", "Days.", unit="days")


@pytest.mark.parametrize(
    ("value", "is_percent", "column", "stored"),
    [
        (7, False, SHARE, "7"),
        (0.07, True, SHARE, "7"),
        (7, True, SHARE, "700"),
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


def test_the_epoch_of_the_file_decides_the_day_of_a_serial_number() -> None:
    day = Column("seen_on", Type.DATE, "Dag.", "Day.")
    read = [read_cell(44_000, day, None, is_percent=False, is_1904=is_1904).text for is_1904 in (False, True)]
    assert read == ["2020-06-18", "2024-06-19"]

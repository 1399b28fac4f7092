"""Amounts and dates of files of others: read in every spelling that means one thing, and in none that could be two."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from gevinst.formats.values import DAY_FIRST, MONTH_FIRST, UNDECIDED, amount_of, date_of, number_of, order_of


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        (1200000, "1200000"),
        (Decimal("1200000.50"), "1200000.50"),
        ("1200000", "1200000"),
        ("1 200 000", "1200000"),
        ("1\u00a0200\u00a0000", "1200000"),
        ("1'200'000", "1200000"),
        ("1,200,000", "1200000"),
        ("1.200.000", "1200000"),
        ("1,200,000.50", "1200000.50"),
        ("1.200.000,50", "1200000.50"),
        ("1,200.5", "1200.5"),
        ("1200,5", "1200.5"),
        ("1200.567", "1200.567"),
        ("0.125", "0.125"),
        ("kr 1 200 000,-", "1200000"),
        ("£10.5", "10.5"),
        ("1200000 NOK", "1200000"),
        ("−5", "-5"),
        ("0", "0"),
    ],
)
def test_an_amount_is_read_in_every_spelling_that_means_one_thing(written, amount) -> None:
    assert amount_of(written) == Decimal(amount)


@pytest.mark.parametrize(
    "written",
    [
        *(
            "1,200",
            "1.200",
            "12,345",
            "1,20,000",
            "1 200 000.000,5",
            "mange",
            "",
            "10-20",
            "1e999",
            "1e5",
            "NaN",
            "inf",
        ),
        *(
            float("nan"),
            float("inf"),
            Decimal("1e999"),
            Decimal("-1e999999999"),
            10**13,
            True,
            None,
            [1],
            {"a": 1},
            "0x10",
            "١٢٣٤٥٦٧.٨٩٠.١",
        ),
    ],
)
def test_what_is_no_amount_or_could_be_two_is_none(written) -> None:
    assert amount_of(written) is None


def test_a_whole_amount_is_written_whole_and_another_as_it_is() -> None:
    assert (number_of(Decimal("12.00")), number_of(Decimal("12.5"))) == (12, 12.5)
    assert isinstance(number_of(Decimal("12.00")), int)


@pytest.mark.parametrize(
    ("written", "on", "precision"),
    [
        ("2031-04-02", date(2031, 4, 2), "day"),
        ("2031-04-02T10:30:00Z", date(2031, 4, 2), "day"),
        ("2031-04-02 00:00:00", date(2031, 4, 2), "day"),
        ("2031-04", date(2031, 4, 1), "month"),
        ("2031", date(2031, 1, 1), "year"),
        (2031, date(2031, 1, 1), "year"),
        (date(2031, 4, 2), date(2031, 4, 2), "day"),
        (datetime(2031, 4, 2, 9), date(2031, 4, 2), "day"),
        ("2 April 2031", date(2031, 4, 2), "day"),
        ("2nd Apr 2031", date(2031, 4, 2), "day"),
        ("Apr-31", date(2031, 4, 1), "month"),
        ("31/12/2031", date(2031, 12, 31), "day"),
        ("12/31/2031", date(2031, 12, 31), "day"),
        ("04.04.31", date(2031, 4, 4), "day"),
    ],
)
def test_a_date_is_read_with_as_much_as_is_stated(written, on, precision) -> None:
    assert date_of(written) == (on, precision)


@pytest.mark.parametrize(
    "written",
    [
        *("2024-13-45", "2024-02-30", "02/04/2031", "31/31/2031", "0001-01-01", "9999-12-31"),
        *("2024-05-01rot", "20240501"),
        *("00:00:00", "snart", "", "Low: 31/03/2025, Mid: 31/03/2026", "Mandag 2 2024", True, None, 45000, [1], 20.5),
    ],
)  # fmt: skip
def test_what_is_no_date_or_could_be_two_is_none(written) -> None:
    assert date_of(written) is None


def test_the_order_of_a_files_dates_is_what_they_prove() -> None:
    assert order_of(["01/02/2024", "13/02/2024"], MONTH_FIRST) == DAY_FIRST
    assert order_of(["01/02/2024", "02/13/2024"], DAY_FIRST) == MONTH_FIRST
    assert order_of(["13/02/2024", "02/13/2024"], DAY_FIRST) == UNDECIDED
    assert order_of(["01/02/2024", None, 7], DAY_FIRST) == DAY_FIRST
    assert date_of("01/02/2024", MONTH_FIRST) == (date(2024, 1, 2), "day")

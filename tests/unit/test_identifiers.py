from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gevinst.identifiers import (
    digits_of_number,
    is_organisation_number,
    is_right_number,
    municipality_codes_on,
    organisation_number,
    written_number,
)


def checked(*numbers: str | None) -> list[bool | None]:
    frame = pl.DataFrame({"number": numbers}, schema={"number": pl.String})
    return frame.select(is_organisation_number("number")).to_series().to_list()


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("974 683 520", "974683520"),
        ("NO974683520MVA", "974683520"),
        ("no 974 683 520 mva", "974683520"),
        ("043871668", "043871668"),
        ("97468352", None),
        ("9746835200", None),
        ("97468352A", None),
        ("", None),
    ],
)
def test_an_organisation_number_is_nine_digits_however_it_is_written(written: str, digits: str | None) -> None:
    frame = pl.DataFrame({"number": [written]})
    assert frame.select(organisation_number("number")).item() == digits
    assert checked(written) == [digits is not None]


def test_a_number_that_is_not_given_is_neither_right_nor_wrong() -> None:
    assert checked(None) == [None]


@given(digits=st.text("0123456789", min_size=8, max_size=8))
def test_at_most_one_check_digit_fits_and_none_when_the_rest_is_one(digits: str) -> None:
    fits = [check for check, is_right in enumerate(checked(*[f"{digits}{check}" for check in range(10)])) if is_right]
    rest = sum(int(digit) * weight for digit, weight in zip(digits, (3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11
    assert fits == ([] if rest == 1 else [(11 - rest) % 11])


@given(place=st.integers(0, 8), step=st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(place: int, step: int) -> None:
    right = "974683520"
    wrong = right[:place] + str((int(right[place]) + step) % 10) + right[place + 1 :]
    assert checked(right, wrong) == [True, False]


@given(digits=st.text("0123456789", min_size=7, max_size=10))
def test_a_single_number_is_checked_as_those_of_a_table_are(digits: str) -> None:
    assert [is_right_number(digits)] == checked(digits)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("NO-BRC-974 683 520", "974683520"),
        ("Orgnr. 974.683.520", "974683520"),
        ("974-683-52", "97468352"),
        ("GB-CHC-974683520", None),
        ("7-Eleven", None),
        ("974683520 Registrene", None),
        ("", None),
    ],
)
def test_a_text_is_a_number_only_when_nothing_else_is_in_it(text: str, digits: str | None) -> None:
    assert digits_of_number(text) == digits
    assert written_number(text) == (digits if digits and len(digits) == 9 else None)


CHANGES = pl.DataFrame(
    [
        ("0001", "1001", date(2018, 1, 1), "renumbered"),
        ("1001", "2001", date(2020, 1, 1), "merged"),
        ("1002", "2001", date(2020, 1, 1), "merged"),
        ("2001", "3001", date(2024, 1, 1), "split"),
        ("2001", "3002", date(2024, 1, 1), "split"),
        ("1003", None, date(2020, 1, 1), "split"),
        ("1004", "1005", date(2020, 1, 1), "renumbered"),
        ("1005", "1006", date(2020, 1, 1), "renumbered"),
    ],
    schema=["old_code", "new_code", "changed_on", "municipality_change_code"],
    orient="row",
)


def later(code: str, valid_on: date | None, on: date) -> tuple[str | None, bool, bool, bool]:
    codes = pl.DataFrame({"municipality_code": [code], "valid_on": [valid_on]}, schema_overrides={"valid_on": pl.Date})
    result = municipality_codes_on(codes, CHANGES, on)
    assert result.height == 1
    return result.select("code_then", "is_changed", "is_split", "is_backwards").row(0)


def test_a_code_is_followed_through_every_change_between_the_two_days() -> None:
    assert later("0001", date(2017, 6, 1), date(2017, 12, 31)) == ("0001", False, False, False)
    assert later("0001", date(2017, 6, 1), date(2018, 1, 1)) == ("1001", True, False, False)
    assert later("0001", date(2017, 6, 1), date(2023, 6, 1)) == ("2001", True, False, False)


def test_a_change_before_the_code_was_in_use_is_not_its_own() -> None:
    assert later("1004", date(2020, 1, 1), date(2024, 6, 1)) == ("1004", False, False, False)
    assert later("1004", date(2019, 12, 31), date(2024, 6, 1)) == ("1005", True, False, False)


def test_a_split_has_no_one_successor_and_nothing_follows_from_it() -> None:
    assert later("1002", date(2019, 1, 1), date(2024, 6, 1)) == (None, True, True, False)
    assert later("1003", date(2019, 1, 1), date(2020, 1, 1)) == (None, True, True, False)


def test_no_code_is_ever_mapped_backwards() -> None:
    assert later("2001", date(2020, 1, 1), date(2019, 12, 31)) == (None, False, False, True)
    assert later("1005", date(2020, 1, 1), date(2019, 12, 31)) == (None, False, False, True)


def test_a_code_without_a_day_or_without_a_listed_change() -> None:
    assert later("1004", None, date(2020, 1, 1)) == (None, False, False, False)
    assert later("9999", date(2019, 1, 1), date(2024, 1, 1)) == ("9999", False, False, False)


def test_rows_keep_their_order_and_other_columns() -> None:
    codes = pl.DataFrame(
        {"place": ["b", "a"], "municipality_code": ["1002", "1001"], "valid_on": [date(2019, 1, 1)] * 2}
    )
    result = municipality_codes_on(codes, CHANGES, date(2020, 1, 1))
    assert result.select("place", "code_then").rows() == [("b", "2001"), ("a", "2001")]

"""What one cell of a register says, and the sentence when it says nothing that can be used."""

from datetime import date

import pytest

from gevinst.mapping import values


@pytest.mark.parametrize(
    ("value", "times", "expected"),
    [
        (450, 1000, "450000"),
        ("85,5", 1000, "85500"),
        ("1 200 000", 1, "1200000"),
        (12500.5, 1, "12500.5"),
        ("£12,500.50", 1, "12500.5"),
        ("0", 1, "0"),
        ("150.000", 1, "150000"),
    ],
)
def test_an_amount_is_multiplied_as_the_mapping_says_and_never_rounded(value, times, expected) -> None:
    assert values.amount(value, times, "nb").text == expected


@pytest.mark.parametrize("value", ["ukjent", "1,200", "-1", True, "12 av 40"])
def test_what_is_no_amount_or_could_be_two_is_told_and_not_guessed(value) -> None:
    read = values.amount(value, 1, "nb")
    assert read.text is None and read.fault is not None and read.fault("nb").endswith("rett den i registeret")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("15.03.2024", "2024-03-15 day"),
        ("mars 2025", "2025-03-01 month"),
        ("15. mai 2024", "2024-05-15 day"),
        ("08/2013", "2013-08-01 month"),
        ("2024", "2024-01-01 year"),
        (date(2024, 2, 29), "2024-02-29 day"),
    ],
)
def test_a_date_is_as_precise_as_the_register_has_it(value, expected) -> None:
    assert values.day(value, "day_first").text == expected


@pytest.mark.parametrize("value", ["13/2013", "Exempt under Section 43", "32.01.2024", "1989-12-31"])
def test_what_is_no_date_of_a_project_is_told(value) -> None:
    assert values.day(value, "day_first").fault is not None


@pytest.mark.parametrize(
    ("heading", "times"),
    [
        ("Tildelt (1000 kr)", 1000),
        ("Beløp i mill. kr", 1_000_000),
        ("Whole Life Cost (£m)", 1_000_000),
        ("Grant £'000", 1000),
        ("Tildelt beløp", 1),
        ("Tiltak nr. 1000", 1),
    ],
)
def test_thousands_and_millions_are_read_from_the_heading(heading, times) -> None:
    assert values.scale_of(heading) == times


def test_crowns_are_the_schemes_own_and_other_signs_have_one_meaning() -> None:
    assert [values.currency("kr.", own).text for own in ("NOK", "SEK", "EUR")] == ["NOK", "SEK", "NOK"]
    assert [values.currency(sign, "NOK").text for sign in ("£", "€", "nok", " EUR ")] == ["GBP", "EUR", "NOK", "EUR"]
    assert values.currency("kroner og øre", "NOK").fault is not None


def test_a_text_that_is_about_a_person_is_left_out() -> None:
    assert values.text_of("Ring 22 22 22 22 for mer").text is None
    assert values.text_of("  Trygg\n skolevei ").text == "Trygg skolevei"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Ord &#8211; og mer", "Ord – og mer"),
        ("Dyr &amp; natur", "Dyr & natur"),
        ("\u200bFelles vaskeri\ufeff", "Felles vaskeri"),
        ("R&D; AT&T", "R&D; AT&T"),
        ("&nbsp;Os&nbsp;", "Os"),
    ],
)
def test_what_exports_of_web_pages_leave_in_texts_is_read_as_what_it_means(value, expected) -> None:
    assert values.text_of(value).text == expected


def test_points_and_commas_part_thousands_as_the_language_of_the_register_has_it() -> None:
    assert values.amount("1,200", 1, "en").text == "1200" and values.amount("1,200", 1, "nb").text is None
    assert values.amount("1.200", 1, "nb").text == "1200" and values.amount("1.200", 1, "en").text is None
    assert values.amount("1.2000", 1, "nb").text == "1.2"
    assert values.amount("$500,000", 1, "en").text == "500000" and values.amount("£1,250", 1, "en").text == "1250"


@pytest.mark.parametrize(
    ("value", "own", "is_own"),
    [
        ("£500", "NOK", False),
        ("500 EUR", "NOK", False),
        ("kr 500", "EUR", False),
        ("$500", "NOK", False),
        ("US$500", "AUD", False),
        ("$500", "AUD", True),
        ("500 kr", "DKK", True),
        ("500,-", "NOK", True),
        ("NOK 500", "NOK", True),
        ("500", "NOK", True),
        (500, "NOK", True),
    ],
)
def test_an_amount_that_says_that_it_is_in_another_currency_is_told_and_never_taken_for_the_schemes_own(
    value, own, is_own
) -> None:
    read = values.amount(value, 1, "nb", own)
    assert read.text == ("500" if is_own else None)
    assert is_own or f"ordningen regner i {own}" in read.fault("nb")

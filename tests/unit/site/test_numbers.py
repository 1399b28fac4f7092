"""Numbers, money and dates as they are written in Norwegian and English."""

from __future__ import annotations

from datetime import date

import pytest

from gevinst.language.numbers import Formatter

NB, EN = Formatter("nb"), Formatter("en")
DAY = date(2026, 9, 3)


@pytest.mark.parametrize(
    ("value", "nb", "en"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1000, "1\u00a0000", "1,000"),
        (-1234567, "\u22121\u00a0234\u00a0567", "\u22121,234,567"),
        (10**12, "1\u00a0000\u00a0000\u00a0000\u00a0000", "1,000,000,000,000"),
        (2.5, "3", "3"),
        (None, "..", ".."),
    ],
)
def test_whole_numbers_have_hard_spaces_or_commas_and_a_real_minus(value, nb, en) -> None:
    assert (NB.integer(value), EN.integer(value)) == (nb, en)


@pytest.mark.parametrize(
    ("value", "places", "nb", "en"),
    [
        (62.4, 1, "62,4", "62.4"),
        (62.45, 1, "62,5", "62.5"),  # as written, not as the machine stores it
        (1234.5, 2, "1\u00a0234,50", "1,234.50"),
        (-0.04, 1, "0,0", "0.0"),  # never minus nothing
        (-3.5, 1, "\u22123,5", "\u22123.5"),
    ],
)
def test_decimals_round_halves_away_from_zero_and_use_each_languages_mark(value, places, nb, en) -> None:
    assert (NB.decimal(value, places), EN.decimal(value, places)) == (nb, en)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_is_none_is_refused_rather_than_shown(value) -> None:
    with pytest.raises(ValueError, match="unknown is None"):
        NB.decimal(value)


def test_percent_has_a_hard_space_in_norwegian_only() -> None:
    assert (NB.percent(12), EN.percent(12)) == ("12\u00a0%", "12%")
    assert (NB.percent(11.76, 1), EN.percent(None)) == ("11,8\u00a0%", "..")


def test_money_is_in_millions_in_tables_and_spelled_out_in_text() -> None:
    assert (NB.million(62_400_000), EN.million(62_400_000)) == (
        "62,4\u00a0mill.\u00a0kr",
        "NOK\u00a062.4\u00a0million",
    )
    assert NB.million(62_400_000, spelled=True) == "62,4\u00a0millioner kroner"
    assert (NB.money(530_000), EN.money(530_000)) == ("530\u00a0000\u00a0kr", "NOK\u00a0530,000")
    assert (NB.million(None), NB.money(None)) == ("..", "..")


@pytest.mark.parametrize(
    ("precision", "short", "nb", "en"),
    [
        ("day", False, "3.\u00a0september 2026", "3\u00a0September 2026"),
        ("day", True, "03.09.2026", "3\u00a0Sep\u00a02026"),
        ("month", False, "september 2026", "September 2026"),
        ("month", True, "09.2026", "Sep\u00a02026"),
        ("year", False, "2026", "2026"),
        ("year", True, "2026", "2026"),
        ("earliest", False, "tidligst 3.\u00a0september 2026", "no earlier than 3\u00a0September 2026"),
        ("earliest", True, "tidligst 03.09.2026", "no earlier than 3\u00a0Sep\u00a02026"),
    ],
)
def test_a_date_is_written_as_precisely_as_its_source_gives_it(precision, short, nb, en) -> None:
    assert (NB.date(DAY, precision, short=short), EN.date(DAY, precision, short=short)) == (nb, en)


def test_an_unknown_date_is_missing_and_an_unknown_precision_is_refused() -> None:
    assert NB.date(None, None) == ".."
    with pytest.raises(ValueError, match="fortnight"):
        NB.date(DAY, "fortnight")


def test_a_span_has_an_en_dash_and_is_one_value_when_both_ends_are_the_same() -> None:
    assert NB.span("2018", "2026") == "2018\u20132026"
    assert NB.span("2018", "2018") == "2018"


@pytest.mark.parametrize(
    ("n", "common", "neuter", "en"),
    [
        (0, "null", "null", "zero"),
        (1, "én", "ett", "one"),
        (7, "sju", "sju", "seven"),
        (12, "tolv", "tolv", "twelve"),
        (13, "13", "13", "13"),
        (-1, "\u22121", "\u22121", "\u22121"),
        (None, "..", "..", ".."),
    ],
)
def test_numbers_up_to_twelve_are_words_in_the_right_gender(n, common, neuter, en) -> None:
    assert (NB.in_words(n), NB.in_words(n, "neuter"), EN.in_words(n, "neuter")) == (common, neuter, en)


def test_a_language_without_rules_is_refused() -> None:
    with pytest.raises(KeyError, match="sv"):
        Formatter("sv")

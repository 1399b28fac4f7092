"""How numbers, money and dates are written in Norwegian and English.

Belongs here: the one formatter behind every number in pages, tables and charts, and the words it needs
(months, small numbers, units). Rules: the language council's for numbers, time and dates, DFØ's for money.
Does not belong here: sentences (`texts.py`) and rounding that changes a result (`gevinst.method`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date as Date
from decimal import ROUND_HALF_UP, Decimal

from gevinst.addresses import address_of, bare, mark
from gevinst.bilingual import LANGUAGES
from gevinst.language.currencies import own_words

NBSP = "\u00a0"
MINUS = "\u2212"
EN_DASH = "\u2013"
MISSING = ".."
"""Shown for a value that is not known; a page adds ``t("symbols.missing")`` for screen readers."""
HIDDEN = ":"
"""Shown for a value that is withheld; a page adds ``t("symbols.hidden")`` for screen readers."""


@dataclass(frozen=True, slots=True)
class _Language:
    thousands: str
    decimal: str
    percent: str
    money: str  # places: the number, and a word for the currency
    million: str
    million_spelled: str
    months: tuple[str, ...]
    months_short: tuple[str, ...]
    day: str
    day_short: str
    month_short: str
    earliest: str
    words: tuple[str, ...]  # 0-12, common gender
    one_neuter: str


_NB = _Language(
    thousands=NBSP,
    decimal=",",
    percent=f"{{}}{NBSP}%",
    money=f"{{number}}{NBSP}{{short}}",
    million=f"{{number}}{NBSP}mill.{NBSP}{{short}}",
    million_spelled=f"{{number}}{NBSP}millioner {{many}}",
    months=(
        "januar",
        "februar",
        "mars",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "desember",
    ),
    months_short=tuple(f"{month:02d}" for month in range(1, 13)),
    day=f"{{day}}.{NBSP}{{month}} {{year}}",
    day_short="{day:02d}.{month}.{year}",
    month_short="{month}.{year}",
    earliest="tidligst {}",
    words=("null", "én", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv"),
    one_neuter="ett",
)

_EN = _Language(
    thousands=",",
    decimal=".",
    percent="{}%",
    money=f"{{short}}{NBSP}{{number}}",
    million=f"{{short}}{NBSP}{{number}}{NBSP}million",
    million_spelled=f"{{short}}{NBSP}{{number}}{NBSP}million",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    months_short=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    day=f"{{day}}{NBSP}{{month}} {{year}}",
    day_short=f"{{day}}{NBSP}{{month}}{NBSP}{{year}}",
    month_short=f"{{month}}{NBSP}{{year}}",
    earliest="no earlier than {}",
    words=("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    one_neuter="one",
)

_RULES = dict(zip(LANGUAGES, (_NB, _EN), strict=True))


def unformatted(text: str, language: str) -> str:
    """A number as written by `Formatter`, as a program reads it: no thousands, a point, and a hyphen for minus."""
    rules = _RULES[language]
    return text.replace(rules.thousands, "").replace(rules.decimal, ".").replace(MINUS, "-")


class Formatter:
    """Writes values in one language; every method takes ``None`` for unknown and returns `MISSING`.

    Raises `KeyError` for languages other than ``nb`` and ``en``.
    """

    missing = MISSING
    hidden = HIDDEN

    def __init__(self, language: str, *, is_marking: bool = False) -> None:
        """With `is_marking` every number is followed by the mark of its address (`gevinst.addresses`)."""
        self.language = language
        self._rules = _RULES[language]
        self._is_marking = is_marking

    def integer(self, value: float | None) -> str:
        """A whole number: ``1 234 567`` (hard spaces) and ``1,234,567``; halves round away from zero."""
        return self.decimal(value, places=0)

    def decimal(self, value: float | None, places: int = 1) -> str:
        """A number with `places` decimals: ``62,4`` and ``62.4``; halves round away from zero."""
        return MISSING if value is None else self._marked(self._decimal(value, places), value)

    def _marked(self, text: str, value: float) -> str:
        return mark(text, address_of(value)) if self._is_marking else text

    def _decimal(self, value: float, places: int) -> str:
        if not math.isfinite(value):
            raise ValueError(f"{value} cannot be shown: unknown is None")
        # By way of the text, so that 0.285 rounds as it is written and not as the float below it.
        rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        whole, _, fraction = f"{abs(rounded):,f}".partition(".")
        digits = whole.replace(",", self._rules.thousands)
        sign = MINUS if rounded < 0 else ""
        return sign + (f"{digits}{self._rules.decimal}{fraction}" if fraction else digits)

    def percent(self, value: float | None, places: int = 0) -> str:
        """A share given as 0-100: ``12 %`` and ``12%``."""
        return self._wrapped(self._rules.percent, value, places)

    def money(self, value: float | None) -> str:
        """An amount in the scheme's currency, whole: ``530 000 kr`` and ``NOK 530,000``."""
        return self._wrapped(self._of_currency(self._rules.money), value, 0)

    def million(self, value: float | None, places: int = 1, *, spelled: bool = False) -> str:
        """An amount in millions: ``62,4 mill. kr``, `spelled` ``62,4 millioner kroner``; NOK 62.4 million."""
        pattern = self._rules.million_spelled if spelled else self._rules.million
        return self._wrapped(self._of_currency(pattern), value, places, per=1_000_000)

    def _of_currency(self, pattern: str) -> str:
        return pattern.format(number="{}", **own_words(self.language)._asdict())

    def millions(self, value: float | None, places: int = 1) -> str:
        """The number alone of an amount in millions, for where the unit is written beside it: ``62,4``."""
        return self._wrapped("{}", value, places, per=1_000_000)

    def _wrapped(self, pattern: str, value: float | None, places: int, per: int = 1) -> str:
        if value is None:
            return MISSING
        written = pattern.format(self._decimal(value if per == 1 else value / per, places))
        return self._marked(written, value)

    def date(self, value: Date | None, precision: str | None = "day", *, short: bool = False) -> str:
        """A date as precise as its source: ``30. september 2026``, ``september 2026`` or ``2026``.

        `short` is for tables: ``30.09.2026``, ``09.2026`` and ``30 Sep 2026``, ``Sep 2026``.
        A date that is only a lower bound (``earliest``) says so: ``tidligst 30. september 2026``.
        Raises `ValueError` for a precision outside the code list ``date_precision``.
        """
        if value is None:
            return MISSING
        rules = self._rules
        if precision == "earliest":
            return rules.earliest.format(self.date(value, "day", short=short))
        month = (rules.months_short if short else rules.months)[value.month - 1]
        match precision:
            case "day":
                pattern = rules.day_short if short else rules.day
            case "month":
                pattern = rules.month_short if short else "{month} {year}"
            case "year":
                pattern = "{year}"
            case _:
                raise ValueError(f"no date precision called {precision}")
        return pattern.format(day=value.day, month=month, year=value.year)

    def span(self, low: str, high: str) -> str:
        """From one written value to another: ``2018–2026``; one value when both are the same."""
        return low if bare(low) == bare(high) else f"{low}{EN_DASH}{high}"

    def in_words(self, value: int | None, gender: str = "common") -> str:
        """A number in running text: words up to twelve, digits above; `gender` is ``common`` or ``neuter``.

        *ett* prosjekt is neuter, *én* gevinst common; English makes no difference.
        """
        if value is None or not 0 <= value < len(self._rules.words):
            return self.integer(value)
        is_neuter = value == 1 and gender == "neuter"
        return self._marked(self._rules.one_neuter if is_neuter else self._rules.words[value], value)

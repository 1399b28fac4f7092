"""Values in files of others, parsed and never trusted.

Belongs here: what is an amount and what is a date, in the spellings that files are met with; a value that can be read
in two ways is read in none. Does not belong here: what becomes of a value that cannot be read (`importer.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

_LARGEST = Decimal("1e13")
"""Ten million million: no grant and no cost of a project is larger, so a number beyond is a misprint or an attack."""
_YEARS = range(1900, 2200)
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f'’]")
_CODES = (
    "nok|sek|dkk|isk|eur|gbp|usd|cad|aud|nzd|chf|pln|czk|huf|ron|bgn|jpy|cny|inr|krw|sgd|hkd|brl|mxn|zar|kes|ugx|tzs|ngn|"
    "ghs|try|uah|ils|aed|sar"
)
"""Currencies by three letters (ISO 4217): those that amounts are met in, as other letters begin numbers of files."""
_CURRENCY = re.compile(
    rf"^(?:kr\.?|{_CODES}|(?:us|a|c|nz)?\$|£|€)|(?:kr\.?|kroner|kronor|{_CODES}|£|€|\$|,-|,–)$", re.IGNORECASE
)
"""What stands before or after an amount: a sign, a word or three letters."""
_MONTHS = {
    name: number
    for names in ("jan feb mar apr may jun jul aug sep oct nov dec", "jan feb mar apr mai jun jul aug sep okt nov des")
    for number, name in enumerate(names.split(), 1)
}
"""Months by the first three letters of their English and Norwegian names."""
_FORMS = (
    re.compile(r"(?P<y>\d{4})(?:-(?P<m>\d\d)(?:-(?P<d>\d\d))?)?"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?"),
)
_WORDS = re.compile(
    r"(?:(?P<d>\d{1,2})(?:st|nd|rd|th|\.)?[ -])?(?P<m>[a-z]{3,9})\.?[ -](?P<y>\d{4}|\d\d)", re.IGNORECASE
)
_MONTH = re.compile(r"(?P<m>\d{1,2})[/.-](?P<y>\d{4})")
_SLASHES = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d\d)(?: 0?0:00(?::00)?)?")
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Control signs, halves of signs and what is no sign, which JSON can spell and UTF-8 or XML cannot."""
_PRECISION = {1: "year", 2: "month", 3: "day"}
DAY_FIRST, MONTH_FIRST, UNDECIDED = "day_first", "month_first", "undecided"


class Dated(NamedTuple):
    """A date and how much of it the file states: ``day``, ``month`` or ``year``."""

    on: date
    precision: str


def shown(value: Any) -> str:
    """A value as text, as a person would look for it in the file."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case date():
            return value.isoformat()
        case float():
            return f"{value:.15g}"
        case _:
            return readable(str(value)).strip()


def readable(text: str) -> str:
    """The text without signs that no file of text can hold, each replaced by the sign for what is unreadable."""
    return UNREADABLE.sub("\ufffd", text) if UNREADABLE.search(text) else text


def amount_of(value: Any, thousands: str | None = None) -> Decimal | None:
    """The amount that a value states, or `None` when it states none, or could mean two.

    Groups of three may be parted by spaces, points or commas, and decimals by either; ``1,200`` could be both and is
    refused, unless `thousands` says what parts groups. Nothing is rounded.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return None
    text = _plain_number(value, thousands) if isinstance(value, str) else shown(value)
    try:
        amount = Decimal(text or "")
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and amount.copy_abs() < _LARGEST else None


def marks_of_currency(text: str) -> list[str]:
    """What a text with an amount calls its currency, before the number or after it: ``kr``, ``$`` or three letters."""
    return [mark.strip(".,-–").upper() for mark in _CURRENCY.findall(_SPACES.sub("", text.strip()))]


def _plain_number(text: str, thousands: str | None) -> str | None:
    bare = _SPACES.sub("", text.strip())
    bare = _CURRENCY.sub("", _CURRENCY.sub("", bare)).replace("−", "-")
    if thousands and re.fullmatch(rf"-?\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+", bare):
        return bare.replace(thousands, "")
    # Three decimals after one to three digits could be a group of thousands, unless the number begins with 0.
    if re.fullmatch(r"-?(?:\d+(?:\.(?:\d{1,2}|\d{4,}))?|(?:0|\d{4,})\.\d+)", bare):
        return bare
    if re.fullmatch(r"-?\d+,\d{1,2}", bare):
        return bare.replace(",", ".")
    for group, decimal in ((",", "."), (".", ",")):
        several = rf"-?\d{{1,3}}(?:{re.escape(group)}\d{{3}}){{2,}}(?:{re.escape(decimal)}\d+)?"
        with_decimals = rf"-?\d{{1,3}}{re.escape(group)}\d{{3}}{re.escape(decimal)}\d+"
        if re.fullmatch(several, bare) or re.fullmatch(with_decimals, bare):
            return bare.replace(group, "").replace(decimal, ".")
    return None


def number_of(amount: Decimal) -> int | float:
    """The amount as it is written to a file: whole where it is whole."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def date_of(value: Any, order: str = UNDECIDED) -> Dated | None:
    """The date that a value states, or `None` when it states none, or could mean two.

    ISO dates, with a time or cut to month or year, month names in English and Norwegian, and numbers parted by slashes
    in the `order` of the file (`order_of`).
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return Dated(value, "day") if value.year in _YEARS else None
    text = " ".join(value.split()) if isinstance(value, str) else shown(value) if isinstance(value, int) else ""
    for form in _FORMS:
        if found := form.fullmatch(text):
            parts = [found["y"], found["m"], found["d"]]
            return _dated([int(part) for part in parts if part])
    if (found := _WORDS.fullmatch(text)) and found["m"][:3].lower() in _MONTHS:
        month = [_full_year(found["y"]), _MONTHS[found["m"][:3].lower()]]
        return _dated([*month, int(found["d"])] if found["d"] else month)
    if found := _MONTH.fullmatch(text):
        return _dated([int(found["y"]), int(found["m"])])
    if found := _SLASHES.fullmatch(text):
        return _of_numbers(int(found[1]), int(found[2]), _full_year(found[3]), order)
    return None


def _of_numbers(first: int, second: int, year: int, order: str) -> Dated | None:
    if first > 12 or second == first:
        order = DAY_FIRST
    elif second > 12:
        order = MONTH_FIRST
    match order:
        case "day_first":
            return _dated([year, second, first])
        case "month_first":
            return _dated([year, first, second])
        case _:
            return None


def order_of(values: Iterable[Any], usual: str) -> str:
    """Whether the day or the month comes first in a file's dates: by those that prove it, `usual` when none does.

    `UNDECIDED` when the file proves both: then only dates that prove their own order are read.
    """
    proofs = set()
    for value in values:
        found = _SLASHES.fullmatch(value.strip()) if isinstance(value, str) else None
        if found and int(found[1]) > 12 >= int(found[2]):
            proofs.add(DAY_FIRST)
        elif found and int(found[2]) > 12 >= int(found[1]):
            proofs.add(MONTH_FIRST)
    return UNDECIDED if len(proofs) == 2 else next(iter(proofs), usual)


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _dated(parts: list[int]) -> Dated | None:
    try:
        on = date(*parts, *[1] * (3 - len(parts)))
    except ValueError:
        return None
    return Dated(on, _PRECISION[len(parts)]) if on.year in _YEARS else None

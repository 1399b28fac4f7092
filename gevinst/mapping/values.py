"""What one cell of a register says, by the kind of the target that its column goes to.

Belongs here: text, amounts, years, dates, currencies and countries of one value, and the sentence when it is none.
Does not belong here: codes, which the mapping says (`mapping_file.py`), and rows (`rows.py`).
"""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape
from typing import Any, NamedTuple

from gevinst.bilingual import Bilingual
from gevinst.characters import MARKS
from gevinst.contracts import YEARS
from gevinst.formats.values import amount_of, date_of, marks_of_currency, number_of, shown
from gevinst.persons_and_contacts import find

_KRONER, _DOLLARS = ("NOK", "SEK", "DKK", "ISK"), ("USD", "CAD", "AUD", "NZD", "SGD", "HKD")
_CALLED = {
    **dict.fromkeys(("KR", "KRONER", "KRONOR"), _KRONER),
    **{"£": ("GBP",), "€": ("EUR",), "$": _DOLLARS, "US$": ("USD",), "A$": ("AUD",), "C$": ("CAD",), "NZ$": ("NZD",)},
}
"""What currencies are called: one of several is the scheme's own where that is among them, else the first."""
_ENTITY = re.compile(r"&(?:#\d+|#x[\da-f]+|[a-z]+\d*);", re.IGNORECASE)
_SCALES = (
    (1_000_000_000, r"\b(?:mrd|milliard\w*|billion|bn)\b|[£€$]bn\b"),
    (1_000_000, r"\b(?:mill|million\w*|mnok|meur|mgbp|mkr)\b|[£€$] ?mn?\b"),
    (1_000, r"\b(?:tusen|thousands?|tkr|tnok|knok|keur)\b|['’]000|\b1 ?000 ?(?:kr|nok|kroner)\b|[£€$] ?k\b"),
)
"""What a heading says that its numbers are multiplied by."""

TO_CORRECT = Bilingual("rett den i registeret", "correct it in the register")


class Read(NamedTuple):
    """What a value says, in the form of its column; or what is wrong with it, and what to do."""

    text: str | None = None
    fault: Bilingual | None = None


def text_of(value: Any) -> Read:
    """A text with single blanks; names of persons and how they are reached are never taken in.

    What exports of web pages leave in texts says nothing: marks without width go, and ``&amp;`` is the sign it names.
    """
    text = " ".join(MARKS.sub("", _ENTITY.sub(lambda found: unescape(found[0]), shown(value))).split())
    if find(text):
        return Read(fault=Bilingual("ser ut som opplysninger om en person, og er ikke tatt med", _PERSON_EN))
    return Read(text or None)


_PERSON_EN = "looks like data about a person and was not carried"


_GROUPED = {"nb": ".", "en": ","}
"""Thousands as each language parts them: «1.200» is 1200 where decimals have a comma, and could be two elsewhere."""


def amount(value: Any, times: int, language: str, own: str | None = None) -> Read:
    """An amount in a register of that language, multiplied as the mapping says; nothing is rounded.

    One that says itself that it is in another currency than `own` is a fault; `None` for any currency.
    """
    found = amount_of(value, _GROUPED[language])
    if found is None:
        return Read(
            fault=_fault("er ikke et beløp som kan leses på bare én måte", "is no amount that can be read in one way")
        )
    if found < 0:
        return Read(fault=_fault("er et negativt beløp", "is a negative amount"))
    if own and isinstance(value, str):
        stated = {_currency_called(mark, own) for mark in marks_of_currency(value) if mark} - {own}
        if stated:
            other = ", ".join(sorted(stated))
            nb = f"er i {other}, og ordningen regner i {own}; beløpet er ikke tatt med"
            return Read(fault=Bilingual(nb, f"is in {other}, and the scheme counts in {own}; it was not carried"))
    return Read(str(number_of(found * Decimal(times))))


def year(value: Any) -> Read:
    """A year, alone or of a date."""
    text = shown(value).strip().removesuffix(".0")
    found = date_of(value) or date_of(text)
    number = int(text) if re.fullmatch(r"\d{4}", text) else found.on.year if found else None
    if number is None or number not in YEARS:
        return Read(fault=_fault("er ikke et årstall", "is no year"))
    return Read(str(number))


def day(value: Any, order: str) -> Read:
    """A date and how much of it is stated, as ``2024-05-01 day``."""
    found = date_of(value, order)
    if found is None or found.on.year not in YEARS:
        return Read(
            fault=_fault("er ikke en dato som kan leses på bare én måte", "is no date that can be read in one way")
        )
    return Read(f"{found.on.isoformat()} {found.precision}")


def currency(value: Any, own: str) -> Read:
    """Three letters (ISO 4217), or what stands for them: a dollar is the one of the scheme, if it has one."""
    code = _currency_called(shown(value).strip().strip(".").upper(), own)
    return Read(code) if re.fullmatch("[A-Z]{3}", code) else Read(fault=_fault("er ingen valuta", "is no currency"))


def _currency_called(mark: str, own: str) -> str:
    called = _CALLED.get(mark, (mark,))
    return own if own in called else called[0]


def country(value: Any) -> Read:
    """Two letters (ISO 3166)."""
    code = shown(value).strip().upper()
    if re.fullmatch("[A-Z]{2}", code):
        return Read(code)
    return Read(fault=_fault("er ikke et land som to bokstaver", "is no country as two letters"))


def scale_of(heading: str) -> int:
    """What a heading says that its numbers are multiplied by; 1 when it says nothing."""
    text = heading.casefold()
    return next((times for times, form in _SCALES if re.search(form, text)), 1)


def _fault(nb: str, en: str) -> Bilingual:
    return Bilingual(f"{nb}; {TO_CORRECT('nb')}", f"{en}; {TO_CORRECT('en')}")

"""What one cell of a register says, by the kind of the target that its column goes to.

Belongs here: text, amounts, years, dates, currencies and countries of one value, and the sentence when it is none.
Does not belong here: codes, which the mapping says (`mapping_file.py`), and rows (`rows.py`).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, NamedTuple

from gevinst.bilingual import Bilingual
from gevinst.contracts import YEARS
from gevinst.formats.values import amount_of, date_of, number_of, shown
from gevinst.persons_and_contacts import find

_SIGNS = {"£": "GBP", "€": "EUR", "$": "USD"}
_KRONER = ("kr", "kr.", "kroner", "kronor")
"""What several currencies are called: read as the scheme's own."""
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
    """A text with single blanks; names of persons and how they are reached are never taken in."""
    text = " ".join(shown(value).split())
    if find(text):
        return Read(fault=Bilingual("ser ut som opplysninger om en person, og er ikke tatt med", _PERSON_EN))
    return Read(text or None)


_PERSON_EN = "looks like data about a person and was not carried"


_GROUPED = {"nb": (r"\d{1,3}(?:\.\d{3})+", "."), "en": (r"\d{1,3}(?:,\d{3})+", ",")}
"""Thousands as each language parts them: «1.200» is 1200 where decimals have a comma, and could be two elsewhere."""


def amount(value: Any, times: int, language: str) -> Read:
    """An amount in a register of that language, multiplied as the mapping says; nothing is rounded."""
    found = amount_of(value)
    form, sign = _GROUPED[language]
    if found is None and isinstance(value, str) and re.fullmatch(form, value.strip()):
        found = amount_of(value.replace(sign, ""))
    if found is None:
        return Read(
            fault=_fault("er ikke et beløp som kan leses på bare én måte", "is no amount that can be read in one way")
        )
    if found < 0:
        return Read(fault=_fault("er et negativt beløp", "is a negative amount"))
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


def currency(value: Any) -> Read:
    """Three letters (ISO 4217), or a sign that stands for them."""
    text = shown(value).strip()
    if text.casefold() in _KRONER:
        return Read()
    code = _SIGNS.get(text, text.upper())
    return Read(code) if re.fullmatch("[A-Z]{3}", code) else Read(fault=_fault("er ingen valuta", "is no currency"))


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

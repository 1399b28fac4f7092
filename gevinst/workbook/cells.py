"""One cell's value as the text that a delimited file would hold.

Belongs here: numbers with a decimal comma, dates of every kind, yes and no, invisible spaces.
Does not belong here: whether the value is allowed (`gevinst.intake.validate`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gevinst.bilingual import LANGUAGES
from gevinst.characters import BREAKS, MARKS
from gevinst.contracts import Column, Type
from gevinst.workbook.codes import Options, yes_no

# No-break, narrow no-break, figure and zero-width space, and the byte order mark: text pasted from web pages, Word and
# PDFs holds them, and Python's `\s` does not match the last two.
_SPACES = "\u00a0\u202f\u2007\u200b\ufeff"
_UNSEEN = re.compile(f"[{_SPACES}\\s]+")
# XLSX writes a carriage return inside a cell as the literal text "_x000D_", which some programs leave undecoded.
_BREAKS = re.compile(rf"\s*(?:{BREAKS}|_x000D_)\s*")
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\.?")
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00)?)?")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_COMMA = re.compile(r"-?\d+,\d+")
# One group of three after the only separator, such as 1,234 or 1.234: a thousand in one language, one and a bit in the
# other. A leading zero (0,125) can only be a decimal, and so is not unclear.
_UNCLEAR = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")
# Norwegian (1.234.567,8), then English (1,234,567.8) grouping; the second needs its point, else it would be unclear.
_GROUPED = (re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?"), re.compile(r"-?\d{1,3}(?:,\d{3})+\.\d+"))
# 30 December and not 31: spreadsheets count 29 February 1900, which never was. The second is that of old Macs.
_EPOCHS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_SERIAL_DAYS = range(20_000, 80_000)
"""Numbers in a date column that are days since the epoch: 1954 to 2119. A bare year such as 2027 is below them."""
_DATES = range(1990, 2101)
"""Years of dates that can be meant: no scheme that is followed up is older, and no plan reaches further."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The text a cell was read as, and how, where a person should know.

    ``serial``: a number taken for a date; ``unclear``: with thousands or decimals; ``year``: a number that the cell
    shows as a date of long ago; ``far``: a date that cannot be meant; ``whole``: a number that the cell shows a hundred
    times as large.
    """

    text: str | None
    how: str | None = None


def plain(value: object) -> str | None:
    """A value as a person sees it, without spaces around it; `None` for an empty cell."""
    if value is None:
        return None
    if isinstance(value, bool):  # before numbers, since a bool is an int in Python
        return str(value).lower()
    # Spreadsheets hold every number as a float; from 1e15 on, floats no longer hold every whole number.
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return MARKS.sub("", _BREAKS.sub(" ", str(value))).strip(f"{_SPACES} \t\r\n") or None


def read_cell(value: object, column: Column, options: Options, *, is_percent: bool, is_1904: bool) -> Reading:
    """The text of one cell under `column`; a value that cannot be read is returned as it is, to be refused later.

    `is_percent` is true for a cell with a percentage format, `is_1904` for a file with the 1904 date system.
    """
    text = plain(value)
    if text is None:
        return Reading(None)
    if column.type is Type.DATE:
        return _date(value, text, is_1904)
    if column.type in (Type.INTEGER, Type.NUMBER):
        return _number(value, text, column, is_percent)
    if column.type is Type.BOOLEAN:
        return Reading(_flag(text))
    return Reading(options.read(column, text))


def _date(value: object, text: str, is_1904: bool) -> Reading:
    if isinstance(value, datetime | date):
        return _in_reach((value.date() if isinstance(value, datetime) else value).isoformat(), value, is_1904)
    if isinstance(value, float | int) and not isinstance(value, bool) and int(value) in _SERIAL_DAYS:
        return Reading((_EPOCHS[is_1904] + timedelta(days=int(value))).isoformat(), "serial")
    day, iso = _DAY.fullmatch(text), _ISO.fullmatch(text)
    written = f"{day[3]}-{day[2]:0>2}-{day[1]:0>2}" if day else iso[1] if iso else text
    # A day that no calendar has, such as 31.02.2026, is told as it was typed.
    return _in_reach(written, value, is_1904) if _is_day(written) else Reading(text)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _in_reach(text: str, value: object, is_1904: bool) -> Reading:
    """The date, with how it was read where it cannot be meant."""
    if int(text[:4]) in _DATES:
        return Reading(text)
    is_number = isinstance(value, datetime | date) and number_of(value, is_1904=is_1904) < _SERIAL_DAYS.start
    return Reading(text, "year" if is_number else "far")


def number_of(day: datetime | date, *, is_1904: bool) -> int:
    """The number that a cell holds for a date: what was typed, where the cell made a date of it."""
    return ((day.date() if isinstance(day, datetime) else day) - _EPOCHS[is_1904]).days


def _number(value: object, text: str, column: Column, is_percent: bool) -> Reading:
    is_share = column.unit == "per cent"
    if isinstance(value, float | int):
        # A cell shown as 7 % holds 0.07; a plain 7 in a column of per cent is 7 per cent already.
        if is_percent and is_share and abs(value) > 1:
            return Reading(text, "whole")
        return Reading(_digits(value * 100) if is_percent and is_share else text)
    bare = _UNSEEN.sub("", text).replace("\u2212", "-")  # a typographic minus sign
    if is_share:
        bare = bare.removesuffix("%")
    if _UNCLEAR.fullmatch(bare):
        return Reading(text, "unclear")
    if _COMMA.fullmatch(bare):
        return Reading(bare.replace(",", "."))
    if _GROUPED[0].fullmatch(bare) and ("," in bare or bare.count(".") > 1):
        return Reading(bare.replace(".", "").replace(",", "."))
    if _GROUPED[1].fullmatch(bare):
        return Reading(bare.replace(",", ""))
    # What is no number is told as it was typed: nobody finds «1,5mill» who wrote «1,5 mill».
    return Reading(bare if _NUMBER.fullmatch(bare) else text)


def _digits(value: float) -> str:
    """A product of a binary fraction without its rounding error: 0.07 * 100 is 7.000000000000001."""
    return plain(round(value, 9)) or "0"


def _flag(text: str) -> str:
    wanted = text.casefold()
    for language in LANGUAGES:
        for word, stored in zip(yes_no(language), ("true", "false"), strict=True):
            if wanted == word.casefold():
                return stored
    # What a Norwegian spreadsheet shows for a logical value, and what programs write.
    return {"sann": "true", "usann": "false", "1": "true", "0": "false"}.get(wanted, wanted)

"""Numbers that know where they come from, texts that know their language, and texts in which neither is forgotten.

Every number for readers is a cell of a table, and a cell has an address: ``project_grants.2023-byggesak.grant_amount``.
A number read from a row carries its address along, and the formatter that writes it leaves a mark behind it in the
text, so that a sentence made of other sentences still says of each of its numbers where it comes from. Marks are for
rendering: nothing that leaves the house holds any.

A text in another language than the page's carries that along in the same way, from its first letter to its last.

Some numbers are no figures (`NO_FIGURES`): they carry why instead, so that a number that carries nothing was made on
the way and is a fault of the page.

Belongs here: such numbers and such marks.
Does not belong here: how an address is made from a row and read again (`gevinst.contracts.addressing`), and what
a page makes of a mark (`gevinst.site.addressing`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from gevinst.bilingual import LANGUAGES

Value = TypeVar("Value")

# Code points of a private-use plane stand for the letters of an address: no text of a source holds them, no word
# boundary or capital letter is changed by them, and they need no escaping in HTML, JSON or CSS.
_BASE = 0xF0000
_MARK = re.compile(f"[{chr(_BASE)}-{chr(_BASE + 0xFFFD)}]+")


class _Shifted(dict[int, int]):
    """Code points moved by so many, for `str.translate`: a large site has millions of marks."""

    def __init__(self, by: int) -> None:
        super().__init__()
        self._by = by

    def __missing__(self, code: int) -> int:
        return self.setdefault(code, code + self._by)


_TO_MARK, _FROM_MARK = _Shifted(_BASE), _Shifted(-_BASE)

# The next private-use plane, so that a number at the end of such a text keeps its own mark.
_BEGINS = {chr(0x10FE00 + place): language for place, language in enumerate(LANGUAGES)}
_ENDS = chr(0x10FE0F)
LANGUAGE_MARKS = "".join((*_BEGINS, _ENDS))
"""Signs before and after a text in another language than those around it."""
_LANGUAGE_MARK = re.compile(f"[{LANGUAGE_MARKS}]")


NO_FIGURES = {
    "limit": "a limit of the method, which the settings or the code give and no row does",
    "label": "names a place: the number of a figure, a level, a step, a value on an axis",
    "house": "counts parts of these pages or of the code, not facts: tables, columns, terms, criteria",
}
"""Why a number is no figure and has no address. Dates, years, ids and places in documents are written as texts and are
none either."""

_NO_ADDRESS = "!"


class _Carrying:
    """What whole numbers and decimals with an address share: another unit or sign of a number is still that number."""

    address: str


class AddressedInt(int, _Carrying):
    """A whole number with the address of the cell it was read from."""

    def __neg__(self) -> int:
        return addressed(int.__neg__(self), self.address)

    def __abs__(self) -> int:
        return addressed(int.__abs__(self), self.address)

    def __mul__(self, other: float) -> float:  # type: ignore[override]
        return addressed(int(self) * other, self.address)

    def __truediv__(self, other: float) -> float:
        return addressed(int(self) / other, self.address)

    def __floordiv__(self, other: float) -> float:  # type: ignore[override]
        return addressed(int(self) // other, self.address)

    def __divmod__(self, other: float) -> tuple[float, float]:  # type: ignore[override]
        return self // other, addressed(int(self) % other, self.address)

    def __rmul__(self, other: float) -> float:  # type: ignore[override]
        return self * other


class AddressedFloat(float, _Carrying):
    """A number with decimals and the address of the cell it was read from."""

    def __neg__(self) -> float:
        return addressed(float.__neg__(self), self.address)

    def __abs__(self) -> float:
        return addressed(float.__abs__(self), self.address)

    def __mul__(self, other: float) -> float:
        return addressed(float(self) * other, self.address)

    def __truediv__(self, other: float) -> float:
        return addressed(float(self) / other, self.address)

    def __rmul__(self, other: float) -> float:
        return self * other

    def __round__(self, places: int | None = None) -> float:  # type: ignore[override]
        return addressed(round(float(self), places), self.address)


def addressed(value: Value, address: str) -> Value:
    """The number with its address; anything else, a truth value and nothing among it, as it is."""
    if isinstance(value, bool):
        return value
    made: AddressedInt | AddressedFloat
    if isinstance(value, int):
        made = AddressedInt(value)
    elif isinstance(value, float):
        made = AddressedFloat(value)
    else:
        return value
    made.address = address
    return made  # type: ignore[return-value]


def no_figure(value: Value, why: str) -> Value:
    """The number, known to be no figure; `why` is a key of `NO_FIGURES`. Raises `KeyError` for another reason."""
    return addressed(value, f"{_NO_ADDRESS}{why}") if NO_FIGURES[why] else value


def why_no_figure(address: str) -> str | None:
    """The key of `NO_FIGURES` that a number carries instead of an address; `None` for an address."""
    return address.removeprefix(_NO_ADDRESS) if address.startswith(_NO_ADDRESS) else None


def address_of(value: object) -> str | None:
    """The address that a number carries; `None` for numbers that were made on the way."""
    return value.address if isinstance(value, _Carrying) else None


def mark(text: str, address: str | None) -> str:
    """`text`, a number as written, followed by the mark of its address; a number without one gets an empty mark."""
    return text + f"{len(text)}:{address or ''}".translate(_TO_MARK)


def mark_language(text: str, language: str) -> str:
    """`text` with the marks of a text in `language` around it."""
    begins = {known: sign for sign, known in _BEGINS.items()}
    return f"{begins[language]}{text}{_ENDS}"


def replace_languages(text: str, begin: Callable[[str], str], end: str) -> str:
    """The text with what `begin` makes of its language before each text in another one, and `end` after it."""
    return _LANGUAGE_MARK.sub(lambda sign: end if sign[0] == _ENDS else begin(_BEGINS[sign[0]]), text)


def bare(text: str, *, keeps_languages: bool = False) -> str:
    """The text without marks; with `keeps_languages` only without those of numbers."""
    without = _MARK.sub("", text)
    return without if keeps_languages else _LANGUAGE_MARK.sub("", without)


def addresses_in(text: str) -> list[tuple[str, str | None]]:
    """Every marked number of a text as written, with its address or `None`, in order."""
    if text.isascii():
        return []
    found: list[tuple[str, str | None]] = []

    def note(number: str, address: str | None) -> str:
        found.append((number, address))
        return number

    replace_marked(text, note)
    return found


def replace_marked(text: str, replacement: Callable[[str, str | None], str]) -> str:
    """The text with what `replacement` makes of each marked number and its address in place of number and mark."""
    if text.isascii():
        return text
    parts, end = "", 0
    for match in _MARK.finditer(text):
        length, _, address = match[0].translate(_FROM_MARK).partition(":")
        start = match.start() - int(length)
        parts += text[end:start] + replacement(text[start : match.start()], address or None)
        end = match.end()
    return parts + text[end:]

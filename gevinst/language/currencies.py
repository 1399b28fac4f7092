"""What the scheme's money is called, in bokmål and English.

Belongs here: the words of a currency. They are in ``currencies.toml``.
Does not belong here: which currency a scheme counts in (`gevinst.workspace`), and writing amounts (`numbers.py`).
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from gevinst.workspace import scheme

PLACES = ("money", "Money", "money_one", "money_short")
"""Placeholders that every text may have without being given a value: kroner, Kroner, krone, kr."""


class Words(NamedTuple):
    """A currency after a number in a table, and in sentences as many and one."""

    short: str
    many: str
    one: str


@cache
def _files() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads((Path(__file__).parent / "currencies.toml").read_text(encoding="utf-8"))


@cache
def words_of(currency: str, language: str) -> Words:
    """The words of a currency (ISO 4217); its three letters where none are known."""
    known = _files().get(currency, {}).get(language, {})
    return Words(*(known.get(name, currency) for name in Words._fields))


def own_words(language: str) -> Words:
    """The words of the currency that the scheme counts in."""
    return words_of(scheme().currency, language)


def in_places(language: str) -> dict[str, str]:
    """The words by placeholder of texts."""
    words = own_words(language)
    values = (words.many, words.many[:1].upper() + words.many[1:], words.one, words.short)
    return dict(zip(PLACES, values, strict=True))

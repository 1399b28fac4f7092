"""Words of forms and letters to owners, in the three languages that they may answer in.

Belongs here: finding and filling in these texts, and dates and choices in them. Pages have two languages; whoever is
asked in Norway may want nynorsk too, and only here are there texts in it.
Does not belong here: texts of pages and of codes (`gevinst.language`, table `codelists`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from gevinst.bilingual import ENTERED, TRANSLATED
from gevinst.contracts.vocabulary import LANGUAGES_OF_ANSWERS as LANGUAGES
from gevinst.language.numbers import Formatter
from gevinst.workspace import scheme

_AS: Mapping[str, str] = dict(zip(LANGUAGES, (ENTERED, ENTERED, TRANSLATED), strict=True))
"""The language of pages whose numbers, dates and names of benefits a form in this language has."""
_FILES = ("form/texts.toml", "letters.toml")


@cache
def _entries() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    for name in _FILES:
        content = files("gevinst.follow_up").joinpath(name).read_text(encoding="utf-8")
        found |= tomllib.loads(content)
    return found


class Words:
    """The texts in one language: `words("save")`, `words("about", scheme=words.scheme, owner=...)`."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.of_pages = _AS[language]
        self.number = Formatter(self.of_pages)

    @property
    def scheme(self) -> str:
        """What the scheme is called."""
        return scheme().name(self.of_pages)

    def __call__(self, name: str, **values: object) -> str:
        """The text called `name`, filled in; raises `KeyError` when there is none or a value is missing."""
        return _entries()[name][self.language].format(**values)


def texts() -> dict[str, dict[str, str]]:
    """All texts of the form by language and name, not filled in: a browser does that."""
    return {language: {name: entry[language] for name, entry in _entries().items()} for language in LANGUAGES}


def choice_of(text: str, prefix: str, codes: tuple[str, ...]) -> str | None:
    """The code of a list that a person has written, as its word in any language or as itself; null for another text."""
    wanted = " ".join(text.split()).casefold()
    for code in codes:
        words = {code.casefold()} | {_entries()[f"{prefix}_{code}"][language].casefold() for language in LANGUAGES}
        if wanted in words:
            return code
    return None

"""Places in documents in the language of the reader, and the language of those that have no regular form.

Rows say in bokmål where in a document they were found (contract of `source_locator`). «linje 12» and «andre avsnitt»
can be said in English as well; «avsnittet om målet» is in the document's own words and stays.

Belongs here: the forms and their words (``locators.toml``).
Does not belong here: links to documents (`gevinst.site.context`).
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from gevinst.bilingual import ENTERED

_NUMBERS = re.compile(r"(?P<word>\w+) (?P<numbers>\d[\d.]*(?:[-–]\d[\d.]*)?(?:(?:, | og )\d[\d.]*(?:[-–]\d[\d.]*)?)*)")


@cache
def _words() -> dict[str, dict[str, Any]]:
    text = files("gevinst.language").joinpath("locators.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def located(locator: str, language: str) -> tuple[str, str]:
    """A place in a document for a reader of `language`, and the language that it is then in."""
    if language == ENTERED:
        return locator, ENTERED
    translated = _translated(locator)
    return (locator, ENTERED) if translated is None else (translated, language)


def _translated(locator: str) -> str | None:
    words = _words()
    if locator in words["whole"]:
        return words["whole"][locator]
    numbered = _NUMBERS.fullmatch(locator)
    if numbered and numbered["word"] in words["numbered"]:
        numbers = numbered["numbers"]
        form = "other" if re.search(r" og |, |–", numbers) else "one"
        return f"{words['numbered'][numbered['word']][form]} {numbers.replace(' og ', ' and ')}"
    ordinal, _, counted = locator.partition(" ")
    if ordinal in words["ordinals"] and counted in words["counted"]:
        return f"{words['ordinals'][ordinal]} {words['counted'][counted]}"
    return None

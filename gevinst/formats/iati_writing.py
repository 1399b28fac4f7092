"""Activities of IATI while they are written: what they are made of, and texts in both languages.

Belongs here: what activities (`write_iati.py`) and their results (`iati_results.py`) are both written with.
Does not belong here: what any element says.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gevinst.bilingual import LANGUAGES
from gevinst.formats import iati
from gevinst.formats.model import NotCarried
from gevinst.formats.values import readable
from gevinst.language.texts import Catalogue
from gevinst.workspace import Scheme

Row = Mapping[str, Any]
Made = Callable[[str, str], str]
"""What becomes of a text in a language before it is written."""


@dataclass(slots=True)
class Writing:
    """What activities are made of, by what it belongs to, and what could not be written."""

    own: Scheme
    as_of_on: date
    is_illustrative: bool
    reporter_type: str
    levels: Mapping[str, str]
    numbers: Mapping[str, str]
    labels: Mapping[tuple[str, str, str], str]
    events: Mapping[str, list[Row]]
    parts: Mapping[str, list[Row]]
    benefits: Mapping[str, list[Row]]
    plans: Mapping[str, list[Row]]
    left: list[NotCarried] = field(default_factory=list)

    def leave(self, record: str, what: str, reason: str, **values: Any) -> None:
        """Name what is not written."""
        self.left.append(NotCarried(record, what, reason, values))


def as_is(text: str, language: str) -> str:
    """The text itself."""
    return text


def flagged(text: str, language: str, *, is_illustrative: bool) -> str:
    """The text, after words that say that it is invented where it is."""
    return f"{Catalogue(language).t('exchange.illustrative_flag')} {text}" if is_illustrative else text


def texts(parent: ET.Element, row: Row, stem: str, made: Made = as_is) -> None:
    """A narrative for each language that the text is there in."""
    for language in LANGUAGES:
        if text := row[f"{stem}_{language}"]:
            text_in(parent, "narrative", made(text, language), language)


def labelled(parent: ET.Element, codelist: str, code: str, writing: Writing) -> None:
    """What a code is called, in a narrative for each language."""
    for language in LANGUAGES:
        text_in(parent, "narrative", writing.labels[codelist, code, language], language)


def text_in(parent: ET.Element, name: str, text: str, language: str | None = None) -> None:
    """An element with a text in it."""
    ET.SubElement(parent, name, {iati.LANGUAGE: language} if language else {}).text = readable(text)

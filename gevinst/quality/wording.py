"""What a text says, as far as checks need to know: its numbers, its words of cause, and who says so.

Belongs here: reading sentences of the register with the word lists of ``wording.toml``.
Does not belong here: the words (``wording.toml``, each list with its reason), names of persons
(`gevinst.persons_and_contacts`) and the checks (`gevinst.quality.invariants`).
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")
_SPACE = "[ \u00a0\u202f]"
# Thousands are set apart by a space or full stop in Norwegian and by a comma in English; decimals the other way round.
_DIGITS = {
    "nb": r"\d{1,3}(?:[ \u00a0\u202f.]\d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)?",
    "en": r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?",
}

# A full stop before anything but three digits is no sign of thousands: «ByLab 2.0».
_THOUSANDS = {"nb": r"[ \u00a0\u202f]|\.(?=\d{3}(?!\d))", "en": ","}
_DECIMALS = {"nb": ",", "en": "."}


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("gevinst.quality").joinpath("wording.toml").read_text(encoding="utf-8"))


@cache
def _pattern(table: str, language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_words()[table][language])})\b", re.IGNORECASE)


@cache
def _number_pattern(language: str) -> re.Pattern[str]:
    """A number in digits or as a word, with the million that may follow it."""

    def listed(table: str) -> str:
        return "|".join(sorted(map(re.escape, _words()[table][language]), key=len, reverse=True))

    return re.compile(
        rf"(?P<digits>{_DIGITS[language]})(?:{_SPACE}(?P<times>{listed('multiples')})(?!\w))?"
        rf"|\b(?P<word>{listed('numbers')})\b(?:{_SPACE}(?P<word_times>{listed('multiples')})(?!\w))?",
        re.IGNORECASE,
    )


def numbers_in(text: str, language: str, *, words: bool = True) -> list[float]:
    """The numbers of a text in their order, in digits or, with `words`, as a word from two up.

    «15 millioner» is 15 000 000.

    Digits within a name (``H2020``, ``e-ID3``) are numbers too: they are the same in both languages.
    """
    found = []
    for match in _number_pattern(language).finditer(text):
        if match["digits"]:
            value = _value(match["digits"], language)
            times = match["times"]
        elif not words:
            continue
        else:
            value = float(_words()["numbers"][language][match["word"].lower()])
            times = match["word_times"]
        found.append(value * (_words()["multiples"][language][times.lower()] if times else 1))
    return found


def _value(digits: str, language: str) -> float:
    return float(re.sub(_THOUSANDS[language], "", digits).replace(_DECIMALS[language], "."))


def unstated_causes(text: str, language: str) -> list[str]:
    """Words by which the text itself says that one thing came of another; not those in a sentence that names a speaker.

    Source of the rule: docs/truth.md, section 5.
    """
    return [
        match[0]
        for sentence in _SENTENCE_END.split(text)
        if not _pattern("stated", language).search(sentence)
        for match in _pattern("cause", language).finditer(sentence)
    ]


def words_of_future(text: str, language: str) -> list[str]:
    """Words that say that something is still to come."""
    return [match[0] for match in _pattern("future", language).finditer(text)]


def same_words(text: str) -> str:
    """The words of a text alone: two texts that differ only in case, signs or blanks are the same."""
    return " ".join(re.findall(r"\w+", text.lower()))

"""Words that mean the same in bokmål, nynorsk and English: numbers, months, seasons.

Belongs here: lists of words and the patterns made of them that several modules need.
Does not belong here: labels (`labels.py`) and words that only one module looks for.
"""

from __future__ import annotations

import re

NUMBERS = {
    **dict.fromkeys(("én", "ett", "ein", "eitt", "one"), 1),
    **dict.fromkeys(("to", "two"), 2),
    **dict.fromkeys(("tre", "three"), 3),
    **dict.fromkeys(("fire", "four"), 4),
    **dict.fromkeys(("fem", "five"), 5),
    **dict.fromkeys(("seks", "six"), 6),
    **dict.fromkeys(("sju", "syv", "seven"), 7),
    **dict.fromkeys(("åtte", "eight"), 8),
    **dict.fromkeys(("ni", "nine"), 9),
    **dict.fromkeys(("ti", "ten"), 10),
    **dict.fromkeys(("elleve", "eleven"), 11),
    **dict.fromkeys(("tolv", "twelve"), 12),
    **dict.fromkeys(("tretten", "thirteen"), 13),
    **dict.fromkeys(("fjorten", "fourteen"), 14),
    **dict.fromkeys(("femten", "fifteen"), 15),
    **dict.fromkeys(("seksten", "sixteen"), 16),
    **dict.fromkeys(("sytten", "seventeen"), 17),
    **dict.fromkeys(("atten", "eighteen"), 18),
    **dict.fromkeys(("nitten", "nineteen"), 19),
    **dict.fromkeys(("tjue", "tyve", "twenty"), 20),
    **dict.fromkeys(("tretti", "tredve", "thirty"), 30),
    **dict.fromkeys(("førti", "forty"), 40),
    **dict.fromkeys(("femti", "fifty"), 50),
}
NUMBER = rf"(?:\d{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
"""A small whole number in digits or as a word; an ambiguous word is judged by the words around it."""

MONTHS = {
    **dict.fromkeys(("januar", "january", "jan"), 1),
    **dict.fromkeys(("februar", "february", "feb"), 2),
    **dict.fromkeys(("mars", "march", "mar"), 3),
    **dict.fromkeys(("april", "apr"), 4),
    **dict.fromkeys(("mai", "may"), 5),
    **dict.fromkeys(("juni", "june", "jun"), 6),
    **dict.fromkeys(("juli", "july", "jul"), 7),
    **dict.fromkeys(("august", "aug"), 8),
    **dict.fromkeys(("september", "sept", "sep"), 9),
    **dict.fromkeys(("oktober", "october", "okt", "oct"), 10),
    **dict.fromkeys(("november", "nov"), 11),
    **dict.fromkeys(("desember", "december", "des", "dec"), 12),
}
MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
SEASON = r"(?:våren|vår|vårsemesteret|sommeren|sommaren|høsten|hausten|vinteren|spring|summer|autumn|winter)"

_SENTENCE_END = re.compile(r"(?<=[.!?»”])\s+(?=[A-ZÆØÅ«“–(-])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:St|Dr|Kr|kr|ca|Ca|bl|a|jf|nr|Nr|mill|mrd|m|fl|f|eks|dvs|inkl|pr|mfl|o|l)|(?:^|\s)\d{1,2})\.$"
)


def word_list(text: str) -> tuple[str, ...]:
    """The words of a text that is a list."""
    return tuple(text.split())


def number(word: str) -> int | None:
    """The whole number that `word` (digits or a word, any case) stands for."""
    return int(word) if word.isdigit() else NUMBERS.get(word.lower())


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph; full stops of abbreviations, initials and ordinal numbers end none."""
    found: list[str] = []
    for piece in _SENTENCE_END.split(text):
        if found and (_ABBREVIATION.search(found[-1]) or re.search(r"\b[A-ZÆØÅ]\.$", found[-1])):
            found[-1] += " " + piece
        else:
            found.append(piece)
    return [piece.strip() for piece in found if piece.strip()]

"""Ids of new rows: proposed from what a row says, free in the raw files, and permanent from then on.

Belongs here: how an id is made, the same whether a row comes from a page, a workbook or a register.
Does not belong here: ids that a person chose, and whether a key is taken (`integrity.py`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ä": "a", "ö": "o", "ü": "u", "ð": "d", "þ": "th", "ß": "ss"})


def slug(text: str, longest: int = 40) -> str:
    """Text as part of an id: lower-case letters a to z, digits and hyphens, cut between words."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS)).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)
    kept: list[str] = []
    for word in words:
        if kept and len("-".join([*kept, word])) > longest:
            break
        kept.append(word)
    return "-".join(kept)[:longest].strip("-") or "ukjent"


def benefit_id(project_id: str, name: str, taken: Collection[str] = ()) -> str:
    """The id proposed for a benefit, such as ``2019-arkivfloken-spart-tid``; one that is not among `taken`."""
    proposed = f"{project_id}-{slug(name)}"
    number, free = 1, proposed
    while free in taken:  # another benefit of the project whose name begins with the same words
        number += 1
        free = f"{proposed}-{number}"
    return free


def highest_numbers(ids: Iterable[str]) -> dict[str, int]:
    """The highest number in use, by the part of the id before it."""
    highest: dict[str, int] = {}
    for one in ids:
        start, _, number = one.rpartition("-")
        if number.isdigit():
            highest[start] = max(int(number), highest.get(start, 0))
    return highest


def next_numbered(start: str, numbers: dict[str, int]) -> str:
    """The next free id with this beginning, such as ``2019-arkivfloken-status-03``; `numbers` is kept up to date."""
    numbers[start] = numbers.get(start, 0) + 1
    return f"{start}-{numbers[start]:02}"  # two digits sort as text; from 100 on they are as long as needed

"""Ids of new rows: proposed from what a row says, free in the raw files, and permanent from then on.

Belongs here: how an id is made, the same whether a row comes from a page, a workbook or a register.
Does not belong here: ids that a person chose, and whether a key is taken (`integrity.py`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable

from gevinst.persons_and_contacts import find

_MANY_DIGITS = re.compile(r"\d+(?:-\d+)*")
_LEAST_OF_A_TELEPHONE = 8
"""Digits from which numbers in a row are looked at: a name with a date, ``5/26/2004``, becomes ``5-26-2004``."""
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ä": "a", "ö": "o", "ü": "u", "ð": "d", "þ": "th", "ß": "ss"})


def slug(text: str, longest: int = 40) -> str:
    """Text as part of an id: lower-case letters a to z, digits and hyphens, cut between words.

    Of numbers in a row that would be taken for a telephone number, the last stands for all.
    """
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS)).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)
    kept: list[str] = []
    for word in words:
        if kept and len("-".join([*kept, word])) > longest:
            break
        kept.append(word)
    made = "-".join(kept)[:longest].strip("-") or "ukjent"
    return _MANY_DIGITS.sub(lambda run: run[0].rpartition("-")[2], made) if _is_like_a_telephone(made) else made


def _is_like_a_telephone(text: str) -> bool:
    """Whether an id would be refused for holding persons' data, as texts with such numbers are."""
    runs = (re.sub(r"\D", "", run) for run in _MANY_DIGITS.findall(text))
    return any(len(run) >= _LEAST_OF_A_TELEPHONE for run in runs) and bool(find(text))


def free_id(proposed: str, is_taken: Callable[[str], bool]) -> str:
    """The proposed id, or the first with a number behind it that is not taken, nor like a telephone number with it."""
    number, free = 1, proposed
    while is_taken(free) or (number > 1 and _is_like_a_telephone(free)):
        number += 1
        free = f"{proposed}-{number}"
    return free


def benefit_id(project_id: str, name: str, taken: Collection[str] = ()) -> str:
    """The id proposed for a benefit, such as ``2019-arkivfloken-spart-tid``; one that is not among `taken`.

    Another benefit of the project may have a name that begins with the same words.
    """
    return free_id(f"{project_id}-{slug(name)}", lambda one: one in taken)


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
    free = f"{start}-{numbers[start]:02}"  # two digits sort as text; from 100 on they are as long as needed
    return next_numbered(start, numbers) if _is_like_a_telephone(free) else free

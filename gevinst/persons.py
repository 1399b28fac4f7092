"""Names of persons in running text: they stay out of everything that is read, stored and published.

Belongs here: recognising a name, for whoever must leave persons out or refuse them.
Does not belong here: titles and words around names on web pages (`gevinst.announcements`), and telephone numbers and
addresses (`gevinst.quality.invariants.everywhere`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

NAME = re.compile(
    r"\b(?P<first>[A-ZÆØÅ][a-zæøåéèüö]+)(?:-[A-ZÆØÅ][a-zæøå]+)?(?:\s+[A-ZÆØÅ]\.)*"
    r"(?P<rest>(?:\s+(?:van |von |de )?[A-ZÆØÅ][\w'’-]+){1,3})"
)
"""Two to four capitalised words; a name only when the first is a given name (`is_given_name`)."""


@cache
def _given_names() -> frozenset[str]:
    text = files("gevinst").joinpath("persons.toml").read_text(encoding="utf-8")
    return frozenset(name.capitalize() for name in tomllib.loads(text)["given"])


def is_given_name(word: str) -> bool:
    """Whether a capitalised word is a given name that is common in Norway."""
    return word in _given_names()


def persons_in(text: str) -> Iterator[str]:
    """Names of persons in a text. One whose given name is rare is not found, so no text is shown to be free of them."""
    return (match[0] for match in NAME.finditer(text) if is_given_name(match["first"]))


def names_a_person(text: str) -> bool:
    """Whether a text names a person anywhere."""
    return any(True for _ in persons_in(text))

"""Objects of JSON as fields: every value with the path to it.

Belongs here: taking an object apart. Does not belong here: reading JSON (`foreign.py`), and what fields mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from sys import intern
from typing import Any

from gevinst.formats.errors import ExchangeError
from gevinst.formats.foreign import LONGEST_TEXT
from gevinst.formats.headings import UNKNOWN, Leaf
from gevinst.formats.values import readable, shown

_SHOWN = 80
"""Letters of a field's name that a message repeats."""


def leaves(value: dict[str, Any]) -> Iterator[Leaf]:
    """Every value in an object with the path to it, however deep: the file chooses, and recursion would have an end."""
    waiting: list[tuple[str, Any]] = [("", value)]
    while waiting:
        path, one = waiting.pop()
        start = f"{path}/" if path else ""
        if isinstance(one, dict):
            waiting += [(f"{start}{str(key).replace('/', '~1')}", inner) for key, inner in reversed(one.items())]
        elif isinstance(one, list):
            waiting += [(f"{start}{place}", inner) for place, inner in reversed(list(enumerate(one)))]
        elif shown(one):
            field = intern(readable(path))  # the same few in every grant
            if max(len(field), len(one) if isinstance(one, str) else 0) > LONGEST_TEXT:
                raise ExchangeError("text_too_long", where=field[:_SHOWN], most=str(LONGEST_TEXT))
            yield Leaf(field or UNKNOWN, field, one)

"""What a client asks of a file beyond its address: a part of it, only if it has changed, or packed.

Belongs here: reading these headers. Does not belong here: answering (`serve.py`).
Source: RFC 9110, sections 8.8, 12.5.3, 13 and 14.
"""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime

Part = tuple[int, int]
"""First and last byte."""
_PART = re.compile(r"(\d{1,18})-(\d{0,18})|-(\d{1,18})", re.ASCII)
_MOST_PARTS = 100


def parts_asked_for(header: str | None, size: int) -> list[Part] | None:
    """The parts of a file of `size` bytes that a ``Range`` names and that are there; none when it ends before them all.

    `None` when there is no range of bytes in the header: in other units or not well formed, it counts as absent.
    """
    unit, equals, written = (header or "").partition("=")
    named = [part.strip() for part in written.split(",") if part.strip()]
    if unit.strip().lower() != "bytes" or not equals or not 0 < len(named) <= _MOST_PARTS:
        return None
    parts: list[Part] = []
    for part in named:
        found = _PART.fullmatch(part)
        if found is None:
            return None
        first, last, suffix = found.groups()
        if suffix is not None:
            begin, end = max(size - int(suffix), 0), size - 1
        else:
            begin, end = int(first), min(int(last), size - 1) if last else size - 1
            if last and int(last) < begin:
                return None
        if begin <= end:
            parts.append((begin, end))
    return parts


def has_it_already(if_none_match: str | None, if_modified_since: str | None, tag: str, modified: int) -> bool:
    """Whether the client's copy is still good: by its tag, or by its date when it names no tag."""
    if if_none_match is not None:
        known = [part.strip().removeprefix("W/") for part in if_none_match.split(",")]
        return tag in known or known == ["*"]
    try:
        return modified <= parsedate_to_datetime(if_modified_since or "").timestamp()
    except (ValueError, TypeError, OverflowError, OSError):  # no date, or one that no clock can show
        return False


def takes_gzip(header: str | None) -> bool:
    """Whether ``Accept-Encoding`` names gzip, and not with a weight of nothing."""
    weights: dict[str, bool] = {}
    for part in (header or "").lower().split(","):
        name, _, weight = part.partition(";")
        weights[name.strip()] = re.fullmatch(r"\s*q=0(\.0*)?\s*", weight) is None
    return weights.get("gzip", weights.get("*", False))

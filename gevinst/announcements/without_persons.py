"""A reading without persons' data: what becomes of contact persons, addresses and numbers that a page gives.

Belongs here: masking a whole `Reading`, so that neither its rows nor its quotes, statements and summary hold any.
Does not belong here: what is persons' data (`gevinst.persons_and_contacts`), and leaving persons out while reading
(`organisations.py`, `benefits.py`), which finds what stands in their place.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from itertools import pairwise
from typing import Any

from gevinst.announcements.model import Line, Note, Reading
from gevinst.persons_and_contacts import masked

_LEFT_OUT = (
    "siden gir et navn på en person eller kontaktopplysninger her; skriv rollen eller virksomheten i stedet",
    "the page gives a person's name or contact data here; write the role or the organisation instead",
)


def without_persons(reading: Reading) -> Reading:
    """The reading with all persons' data masked, and a note for each value that held any."""
    found = _masked(replace(reading, lines=()))
    notes = [Note("person", *_LEFT_OUT, line, value) for line, value in _changed(replace(reading, lines=()), found)]
    return replace(found, lines=tuple(map(_line, reading.lines)), findings=[*found.findings, *notes])


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, Line):
        return _line(value)
    if isinstance(value, list | tuple):
        return type(value)(map(_masked, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _masked(getattr(value, one.name)) for one in fields(value)})
    return value


def _line(line: Line) -> Line:
    """The line with the offsets of its parts as they are after masking."""
    starts = [0, *(start for start, _ in line.parts[1:]), len(line.text)]
    texts = [masked(line.text[start:end]) for start, end in pairwise(starts)]
    offsets = [sum(map(len, texts[:number])) for number in range(len(texts))]
    parts = tuple((start, source) for start, (_, source) in zip(offsets, line.parts, strict=False))
    cells = tuple(map(_line, line.cells))
    return replace(line, text=masked("".join(texts)), cells=cells, strong=masked(line.strong), parts=parts)


def _changed(before: Any, after: Any) -> list[tuple[int | None, str]]:
    """Line and masked value of each value of a reading that was masked."""
    if isinstance(before, str):
        return []
    if isinstance(before, list):
        return [one for pair in zip(before, after, strict=True) for one in _changed(*pair)]
    if not is_dataclass(before) or isinstance(before, Line):
        return []
    text = next((name for name in ("value", "text") if isinstance(getattr(before, name, None), str)), None)
    if text and not isinstance(before, Note):
        is_same = getattr(before, text) == getattr(after, text)
        return [] if is_same else [(getattr(before, "line", None), getattr(after, text))]
    return [one for part in fields(before) for one in _changed(getattr(before, part.name), getattr(after, part.name))]

"""Calendar files (RFC 5545): whole days with a text, for any calendar programme.

Belongs here: the shape of the file, its escaping and its lines.
Does not belong here: which days there are and what is said of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_LONGEST_LINE = 75
"""Octets of a line without its end (RFC 5545, 3.1); a longer one goes on in the next, after a space."""
_PRODUCT = "-//Gevinst//Follow-up//EN"


@dataclass(frozen=True, slots=True)
class Day:
    """One day in a calendar: `uid` is the same in every file about the same thing, so that a new import updates it."""

    uid: str
    on: date
    summary: str
    description: str


def calendar_text(name: str, days: Iterable[Day], *, written_on: date) -> str:
    """A calendar called `name` with whole days that do not block the reader's time.

    `written_on` is the day the content is of, since the clock would make every file another.
    """
    stamp = f"{written_on:%Y%m%d}T000000Z"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
        *(line for day in days for line in _event(day, stamp)),
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(day: Day, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(day.uid)}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}"
    # The end is the first day that is not part of it.
    yield f"DTEND;VALUE=DATE:{day.on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(day.summary)}"
    yield f"DESCRIPTION:{_escaped(day.description)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\n"), ("\n", "\\n")):
        text = text.replace(sign, written)
    return text


def _folded(line: str) -> Iterator[str]:
    """The line in parts of at most 75 octets, of which none cuts a character in two."""
    part = ""
    for sign in line:
        if len((part + sign).encode()) > _LONGEST_LINE:
            yield part
            part = " "
        part += sign
    yield part

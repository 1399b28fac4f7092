"""The words of the page that a value was read from.

Belongs here: finding them by their line, and cutting them to what a cell has room for.
Does not belong here: which line a value was read from (`model.Found`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gevinst.announcements.model import Line

_LONGEST = 140
"""Characters of a quote: enough to recognise the place, few enough for a comment on a cell."""
_BEFORE = 40
"""Characters kept before a value in a quote that is cut."""


def quote_of(lines: Sequence[Line], number: int | None, value: object) -> str | None:
    """What stands on a line of the page, around `value` where it is long; `None` when nothing is known to stand there.

    Of several blocks on one line of HTML, the first that holds the value.
    """
    found = [text for text in _texts(lines, number) if text]
    if number is None or not found:
        return None
    wanted = str(value).casefold()
    text = next((one for one in found if wanted in one.casefold()), found[0])
    if len(text) <= _LONGEST:
        return text
    start = max(0, min(text.casefold().find(wanted) - _BEFORE, len(text) - _LONGEST))
    end = start + _LONGEST
    return f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"


def _texts(lines: Sequence[Line], number: int | None) -> Iterator[str]:
    for line in lines:
        ends = [*(start for start, _ in line.parts[1:]), len(line.text)]
        for (start, source), end in zip(line.parts or ((0, line.number),), ends, strict=True):
            if source == number:
                yield line.text[start:end].strip()
        yield from (cell.text for cell in line.cells if cell.number == number != line.number)

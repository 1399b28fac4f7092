"""The lines of plain text, with those that were broken at a fixed width joined again.

Belongs here: blanks, bullets, marked headings, and which lines go on in the next one.
Does not belong here: rows of tables (`text_tables.py`), HTML (`html_page.py`), files and encodings (`document.py`), and
what lines mean (`vocabulary`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from gevinst.announcements.model import Line
from gevinst.announcements.text_tables import cells_of
from gevinst.announcements.vocabulary import ANCHORS, MONTH, column_of, compiled, confidence, label_of, limit, one_of
from gevinst.characters import MARKS

_BULLET = re.compile(rf"^(?:[•●▪‣◦·*–—-]|\d{{1,2}}[.)](?!\s*{MONTH})|[a-z]\))\s+", re.IGNORECASE)
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b\ufeff]+")
_GOES_ON = compiled(rf"(?:[,–-]|\b{one_of('document.goes_on')})$")
_AMOUNT_ALONE = re.compile(r"(?:kr|nok)\.?\s*\d[\d .,]*(?:-|kr\.?|kroner)?|\d[\d .]*\d{3}", re.IGNORECASE)
_LABEL = re.compile(r"^[A-ZÆØÅÄÖÉ][^:.!?]{1,44}:\s")
_RULE = re.compile(r"(?:[-_=*~–—•·] ?){4,}")
_BROKEN_WORD = re.compile(r"(?<=[a-zæøåäöé])-$")
_AFTER_HYPHEN = compiled(rf"{one_of('organisations.and')}\b|{one_of('document.or')}\b", re.IGNORECASE)


def clean(text: str) -> str:
    """`text` with every run of white space as one blank and none at the ends, and without marks that nobody sees."""
    return MARKS.sub("", _BLANKS.sub(" ", text)).strip()


def text_lines(text: str) -> list[Line]:
    """The lines of plain text that are not blank; the row of a table keeps its cells."""
    found: list[Line] = []
    gap = True
    rows = text.split("\n")
    tables = cells_of(rows)
    for index, raw in enumerate(rows, start=1):
        cleaned = clean(raw)
        if not cleaned:
            gap = True
            continue
        cells = tables.get(index - 1)
        if cells == () or (_RULE.fullmatch(cleaned) and not cells):
            gap = True
            continue
        bullet = _BULLET.match(cleaned)
        level = len(cleaned) - len(cleaned.lstrip("#")) if re.match(r"#{1,6} ", cleaned) else 0
        bare = cleaned.lstrip("# ") if level else cleaned[bullet.end() :] if bullet else cleaned
        strong = re.match(r"^\*\*(.+?)\*\*", bare)
        bare = re.sub(r"^\*\*(.+?)\*\*", r"\1", bare)
        found.append(
            Line(
                index,
                bare,
                is_bullet=bool(bullet) and not level,
                level=level,
                after_gap=gap,
                cells=cells or (),
                strong=strong[1].rstrip(" :,.–—-") if strong and strong[1] != bare else "",
            )
        )
        gap = False
    return found


def joined(lines: list[Line]) -> list[Line]:
    """Lines, of which those that were broken at a fixed width are joined again."""
    width = _width(lines)
    found: list[Line] = []
    last = ""
    for place, line in enumerate(lines):
        before = found[-1] if found else None
        following = lines[place + 1] if place + 1 < len(lines) else None
        goes_on = before is not None and (_continues(before, last, line, width) or _ends_value(before, line, following))
        if before is not None and goes_on:
            found[-1] = _as_one(before, line)
        else:
            found.append(line)
        last = line.text
    return found


def _ends_value(before: Line, line: Line, following: Line | None) -> bool:
    """Whether a line is the rest of the value of the label above it: another label of the same project is below it."""
    label = label_of(before.text)
    is_plain = not (line.after_gap or line.is_bullet or line.level or line.cells or label_of(line.text))
    if label is None or label.field not in ANCHORS or not label.value or not is_plain or following is None:
        return False
    below = None if following.after_gap else _LABEL.match(following.text)
    begins = label_of(following.text)
    is_rest = len(line.text.split()) <= limit("words_of_rest") and not _LABEL.match(line.text)
    return below is not None and is_rest and not (begins and begins.field in ("name", "owner", "owners"))


def _as_one(before: Line, line: Line) -> Line:
    parts = before.parts or ((0, before.number),)
    # «Kommu-» and «nen» are one word, «barne-» and «og» are not.
    is_word = _BROKEN_WORD.search(before.text) and line.text[:1].islower() and not _AFTER_HYPHEN.match(line.text)
    begun = before.text[:-1] if is_word else f"{before.text} "
    return replace(before, text=f"{begun}{line.text}", parts=(*parts, (len(begun), line.number)))


def _width(lines: Sequence[Line]) -> int:
    """At how many signs the text was broken; 0 when it was not."""
    pairs = [
        (one.text, other.text)
        for one, other in pairwise(lines)
        if not (other.after_gap or other.is_bullet or one.cells or other.cells or one.level or other.level)
    ]
    width = max((len(one) for one, _ in pairs), default=0)
    full = sum(1 for one, other in pairs if _is_full(one, other, width))
    is_broken = limit("shortest_broken_line") < width <= limit("longest_broken_line")
    return width if is_broken and full >= max(limit("least_full_lines"), len(pairs) * confidence("factors.full")) else 0


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the first word of the line below had no room in a line."""
    return len(line) + 1 + len(following.split()[0]) > width


def _continues(before: Line, last: str, line: Line, width: int) -> bool:
    """Whether a line goes on with the paragraph `before`, whose last line is `last`."""
    if line.after_gap or line.is_bullet or line.level or before.level or line.cells or before.cells:
        return False
    # A label that ends in «med» is whole, and an amount alone is a cell or a field.
    if label_of(line.text) or column_of(before.text) or _AMOUNT_ALONE.fullmatch(line.text):
        return False
    if _GOES_ON.search(before.text) or (width and _is_full(last, line.text, width)):
        return True
    is_long = len(last) >= limit("shortest_broken_line") and not re.search(r"[.!?:»”]$", before.text)
    return line.text[:1].islower() or (is_long and bool(before.parts))

"""Rows of tables in plain text: cells parted by tabs, bars, semicolons, slashes or dashes, or set in columns by blanks.

Belongs here: where one cell of a written row ends and the next begins, and rows that go on in the next line.
Does not belong here: lines that are no rows (`text_lines.py`), and what cells mean (`table_cells.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gevinst.announcements.model import Line
from gevinst.announcements.vocabulary import column_of, limit, pattern

Cells = tuple[Line, ...]

_RULING = re.compile(r"\|?[\s:|+-]*-{3,}[\s:|+-]*\|?")
_SEGMENT = re.compile(r"\S+(?: \S+)*")
# In this order: a dash may be inside a cell, a slash with blanks seldom.
_SEPARATORS = (" / ", " · ", " – ", " - ")
_PAGE_NUMBER = pattern("boilerplate.page_numbers")


def cells_of(rows: Sequence[str]) -> dict[int, Cells]:
    """Cells by index of the row; `()` for a row that holds nothing of its own, such as a ruling line."""
    found: dict[int, Cells] = {}
    index = 0
    while index < len(rows):
        if index in found:
            index += 1
            continue
        taken = _aligned(rows, index) or _separated(rows, index)
        if taken:
            found |= taken
        elif (cells := _of_row(rows[index], index + 1)) is not None:
            found[index] = cells
        index += 1
    return found


def _of_row(raw: str, number: int) -> Cells | None:
    """Cells of a row written with tabs, bars or semicolons; `()` for a ruling line, `None` for anything else."""
    stripped = raw.strip()
    if _RULING.fullmatch(stripped) and "|" in stripped:
        return ()
    if stripped.count("|") >= 2 or " | " in stripped:
        parts = stripped.strip("|").split("|")
    elif "\t" in stripped:  # an empty cell is one too, and the last of a row may be
        parts = raw.strip("\r\n \u00a0").split("\t")
    elif len(parts := re.split(r" {3,}", stripped)) >= 2 and all(len(part) < limit("longest_cell") for part in parts):
        pass
    elif stripped.count(";") >= 2 and not re.search(r"; [a-zæøåäöé]", stripped) and len(stripped) < 250:
        parts = stripped.split(";")
    else:
        return None
    return tuple(_cell(part, number) for part in parts) if len(parts) >= 2 else None


def _cell(text: str, number: int) -> Line:
    return Line(number, re.sub(r"\s+", " ", text).strip())


def _heads(parts: Sequence[str]) -> bool:
    """Whether texts are the headings of a table: two of them are known, and at least half."""
    known = sum(1 for part in parts if column_of(re.sub(r"\s*\(.*?\)", "", part)))
    return known >= 2 and known * 2 >= len(parts)


def _separated(rows: Sequence[str], first: int) -> dict[int, Cells] | None:
    """Rows whose cells are parted by the same sign as their headings, each on a line; blank lines may be between."""
    sign = next((one for one in _SEPARATORS if one in rows[first] and _heads(rows[first].split(one))), None)
    if sign is None:
        return None
    width = len(rows[first].split(sign))
    found = {first: tuple(_cell(part, first + 1) for part in rows[first].split(sign))}
    for index in range(first + 1, len(rows)):
        parts = rows[index].split(sign)
        if not rows[index].strip():
            continue
        if len(parts) != width:
            break
        found[index] = tuple(_cell(part, index + 1) for part in parts)
    return found if len(found) > 1 else None


def _aligned(rows: Sequence[str], first: int) -> dict[int, Cells] | None:
    """A table whose cells are set below their headings by blanks, over several lines where they are long."""
    heads = list(_SEGMENT.finditer(rows[first]))
    if len(heads) < 2 or "|" in rows[first] or "\t" in rows[first] or not _heads([head[0] for head in heads]):
        return None
    starts = [head.start() for head in heads]
    body: list[tuple[int, dict[int, str]]] = []
    gap = False
    for index in range(first + 1, len(rows)):
        raw = rows[index]
        if not raw.strip():
            gap = True
            continue
        segments = list(_SEGMENT.finditer(raw))
        placed = _placed(segments, heads)
        if placed is None or (gap and len(placed) < 2) or _PAGE_NUMBER.fullmatch(raw.strip()):
            break
        body.append((index, placed))
        gap = False
    if not body or not any(len(placed) > 1 for _, placed in body):
        return None
    found = {first: tuple(Line(first + 1, head[0]) for head in heads)}
    return found | _whole_rows(body, len(starts))


def _placed(segments: Sequence[re.Match[str]], heads: Sequence[re.Match[str]]) -> dict[int, str] | None:
    """The columns of the parts of a line: each below the one heading that it stands under; `None` when one does not."""
    placed: dict[int, str] = {}
    for segment in segments:
        # Words stand below the beginning of their heading, amounts mostly below its end.
        under = [n for n, head in enumerate(heads) if abs(segment.start() - head.start()) <= 1]
        if not under and re.search(r"\d\W*$", segment[0]):
            under = [n for n, head in enumerate(heads) if abs(segment.end() - head.end()) <= 1]
        if not under:
            under = [n for n, head in enumerate(heads) if segment.start() < head.end() and head.start() < segment.end()]
        if len(under) != 1 or under[0] in placed:
            return None
        placed[under[0]] = segment[0]
    return placed


def _whole_rows(body: Sequence[tuple[int, dict[int, str]]], width: int) -> dict[int, Cells]:
    """Rows by the line that each begins on; a line with fewer cells that begins with none of the first goes on."""
    found: dict[int, Cells] = {}
    most = max(len(placed) for _, placed in body)
    begun = -1
    for index, placed in body:
        goes_on = begun >= 0 and len(placed) < most and 0 not in placed and found[begun][0].text
        is_sum = any(re.search(r"\d{3}\W*$", text) for text in placed.values())
        if goes_on and not is_sum:
            cells = [_with(cell, placed.get(n), index + 1) for n, cell in enumerate(found[begun])]
            found[begun], found[index] = tuple(cells), ()
        else:
            begun = index
            found[index] = tuple(Line(index + 1, placed.get(n, "")) for n in range(width))
    return found


def _with(cell: Line, text: str | None, number: int) -> Line:
    """A cell and the text that goes on in it on a further line."""
    if not text:
        return cell
    parts = (*(cell.parts or ((0, cell.number),)), (len(cell.text) + 1, number))
    return Line(cell.number if cell.text else number, f"{cell.text} {text}".strip(), parts=parts)

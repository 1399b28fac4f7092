"""How many rows of a long table are on a page, which page a row is on, and what one page may name.

Belongs here: that arithmetic. Does not belong here: splitting tables (`gevinst.site.paging`).
"""

from __future__ import annotations

ROWS_PER_PAGE = 100
LONGEST_WHOLE = 200
"""Rows of a table that nobody chooses among: up to so many stay on one page, more are split like any other."""
MOST_NAMED = 100
"""So many things are named in one cell; of more it says how many there are."""
MOST_SHARED = 12
"""So many projects are named of each organisation in a list of all."""
MOST_TRIED = 50
"""Projects that a page carries the yearly amounts of, for readers who try other assumptions."""
_FEW_PARTS = 12
"""Up to so many pages are all linked from each of them."""
_LANDMARKS = 8
"""Pages linked from everywhere, at equal distances, so that none is many steps away."""


def part_count(rows: int) -> int:
    """How many pages so many rows fill; one where there is no row."""
    return -(-rows // ROWS_PER_PAGE) or 1


def part_tail(number: int, of: str = "") -> str:
    """What follows a page's address for page `number` of a long table of the document `of`: nothing for the first."""
    return "/".join(part for part in (of, "" if number == 1 else str(number)) if part)


def tail_at(place: int) -> str:
    """What follows a page's address for the page with the row at `place`, counted from 0."""
    return part_tail(place // ROWS_PER_PAGE + 1)


def linked_parts(number: int, count: int) -> tuple[int, ...]:
    """The pages of `count` that page `number` leads to: all of few; of many its neighbours, the ends and landmarks.

    As many links on every page, however many there are (``linkedParts`` in ``assets/js/paged.js`` says the same).
    """
    if count <= _FEW_PARTS:
        return tuple(range(1, count + 1))
    landmarks = (1 + (count - 1) * place // _LANDMARKS for place in range(_LANDMARKS + 1))
    near = range(max(1, number - 2), min(count, number + 2) + 1)
    return tuple(sorted({*landmarks, *near}))

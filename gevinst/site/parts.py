"""How many rows of a long table are on a page, and which page a row is on.

Belongs here: that arithmetic. Does not belong here: splitting tables (`gevinst.site.paging`).
"""

from __future__ import annotations

ROWS_PER_PAGE = 100


def part_count(rows: int) -> int:
    """How many pages so many rows fill; one where there is no row."""
    return -(-rows // ROWS_PER_PAGE) or 1


def part_tail(number: int) -> str:
    """What follows a page's address for page `number` of a long table: nothing for the first."""
    return "" if number == 1 else str(number)


def tail_at(place: int) -> str:
    """What follows a page's address for the page with the row at `place`, counted from 0."""
    return part_tail(place // ROWS_PER_PAGE + 1)

"""The way of the numbers, read off the contracts: from which file, through which tables, to which others.

Belongs here: which tables a table is made of and which are made of it.
Does not belong here: where tables are shown (`places.py`) and what the page says of them (`page.py`).
"""

from __future__ import annotations

from gevinst.contracts import ALL, Contract, contract


def behind(table: Contract) -> tuple[Contract, ...]:
    """All tables that `table` is computed from, directly or through others, in the order they are listed."""
    names: set[str] = set()
    waiting = list(table.depends_on)
    while waiting:
        name = waiting.pop()
        if name not in names:
            names.add(name)
            waiting += contract(name).depends_on
    return tuple(other for other in ALL if other.name in names)


def users(table: Contract) -> tuple[Contract, ...]:
    """Tables that are computed from `table` directly."""
    return tuple(other for other in ALL if table.name in other.depends_on)


def file_of(table: Contract) -> str | None:
    """The file in ``data/raw`` that a table is read from, `None` for tables that are made."""
    if table.folder is None:
        return None
    year = "*" if table.folder == "evaluations" else ""
    return "/".join(part for part in (table.folder, year, f"{table.name}.csv") if part)

"""Reference data that every scheme needs, as rows that each name their document.

Belongs here: code lists, price index, discount rates, matrices, units, categories and clocks, as files of the same form
as raw files, with a file of the documents behind them. A workspace adds rows of its own below ``data/raw``; of two rows
with the same key the workspace's counts.
What holds for amounts of one currency lies in a folder of its name. The price index of Norway comes with the program;
a scheme in another currency has none until it adds one, and no constant prices.
Does not belong here: anything about a scheme, its projects or its organisations.
"""

from __future__ import annotations

from pathlib import Path

from gevinst.workspace import scheme

FOLDER = Path(__file__).parent


def shipped(table: str) -> Path | None:
    """The file of a table that comes with the program; `None` for one of which nothing does.

    Where a file is of one currency, it is that of the scheme worked in.
    """
    if not ships(table):
        return None
    of_currency = FOLDER / scheme().currency / f"{table}.csv"
    return of_currency if of_currency.exists() else FOLDER / f"{table}.csv"


def ships(table: str) -> bool:
    """Whether rows of a table come with the program, for schemes of any currency or of some."""
    return (FOLDER / f"{table}.csv").exists()

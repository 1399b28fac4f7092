"""Reference data that every scheme needs, as rows that each name their document.

Belongs here: code lists, price index, discount rates, matrices, units, categories and clocks, as files of the same form
as raw files, with a file of the documents behind them. A workspace adds rows of its own below ``data/raw``; of two rows
with the same key the workspace's counts.
Does not belong here: anything about a scheme, its projects or its organisations.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent


def shipped(table: str) -> Path | None:
    """The file of a table that comes with the program; `None` for one of which nothing does."""
    path = FOLDER / f"{table}.csv"
    return path if path.exists() else None

"""Which column of a table is the time that its rows are about: the first of the three clocks.

Belongs here: that choice. Does not belong here: the second clock (`gevinst.method.as_of.source_published`) and the
third, which is a column of its own (`recorded_on`).
"""

from __future__ import annotations

from gevinst.contracts import Contract

RECORDED = "recorded_on"
_STEMS = ("about", "assessed", "measured", "status", "as_of", "event", "awarded", "since", "decided", "coded")
"""Stems of dated columns, in the order in which they say what a row is about."""


def about_stem(table: Contract) -> str | None:
    """The stem of the dated column that says what time a row is about; `None` where no column does."""
    return next((stem for stem in _STEMS if f"{stem}_on" in table.column_names), None)

"""The draft of an invented portfolio: rows by table, and the documents they rest on.

Belongs here: collecting rows, dating documents, and cutting all of it to what was known on a day.
Does not belong here: what the rows say (`registry.py`, `evaluations.py`, `optional.py`).
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from gevinst.contracts import CORE, CORRECTIONS
from gevinst.contracts.vocabulary import TO_THE_DAY, TO_THE_MONTH, TO_THE_YEAR
from gevinst.illustrative.names import slug

Row = dict[str, Any]
Rows = dict[str, list[Row]]
FOLDER_YEAR = "_year"
"""Key of an evaluation row for the year of its folder; not a column."""
UNTIL = "_until"
"""Key of a row for the day on which it is withdrawn; not a column."""

_READ_AFTER = timedelta(days=14)


@dataclass(slots=True)
class Draft:
    """Rows by table name, in the order in which they were added; `rng` is the only source of chance."""

    rng: random.Random
    rows: Rows = field(default_factory=lambda: {table.name: [] for table in (*CORE, CORRECTIONS)})

    def add(self, table: str, row: Row) -> Row:
        """Add a row, which stays open for later changes."""
        self.rows[table].append(row)
        return row

    def source(
        self, source_id: str, title: str, publisher: str, kind: str, on: date, *, precision: str | None = "day"
    ) -> str:
        """Add a document of that day, read two weeks later; without `precision` it is undated. Returns its id.

        Its address is in the domain that is kept free for examples (RFC 2606), so that it leads nowhere.
        """
        self.add(
            "sources",
            {
                "source_id": source_id,
                "title": title,
                "publisher": publisher,
                "document_type_code": kind,
                **(
                    on_day("published", on, precision)
                    if precision
                    else {"published_on": None, "published_precision": None}
                ),
                "accessed_on": on + _READ_AFTER,
                "language_code": "nb",
                "address": f"{slug(publisher)}.example/{source_id}",
                "is_partly_read": False,
            },
        )
        return source_id


def both(stem: str, nb: str, en: str) -> Row:
    """The pair of columns of a text in both languages."""
    return {f"{stem}_nb": nb, f"{stem}_en": en}


def on_day(stem: str, day: date, precision: str = "day") -> Row:
    """The pair of columns of a date; a date of low precision is the first day of its month or year."""
    first = {TO_THE_DAY: day, TO_THE_MONTH: day.replace(day=1), TO_THE_YEAR: date(day.year, 1, 1)}[precision]
    return {f"{stem}_on": first, f"{stem}_precision": precision}


def at(source_id: str, locator: str = "hele dokumentet") -> Row:
    """The pair of columns of a source and the place in it."""
    return {"source_id": source_id, "source_locator": locator}


def cut(rows: Rows, as_of: date) -> Rows:
    """`rows` as they were on `as_of`.

    Rows withdrawn by then, documents read later, and whatever rests on these or refers to them are left out.
    """
    kept = {name: [row for row in found if row.get(UNTIL, date.max) > as_of] for name, found in rows.items()}
    kept["corrections"] = [row for row in kept["corrections"] if row["registered_on"] <= as_of]
    kept["sources"] = [row for row in kept["sources"] if row["accessed_on"] <= as_of]
    # Until nothing more disappears: a row that loses its reference may be the target of others.
    before = -1
    while before != (before := sum(len(found) for found in kept.values())):
        for table in (*CORE, CORRECTIONS):
            for column, target, target_column in table.references:
                there = {row[target_column] for row in kept[target]}
                kept[table.name] = [row for row in kept[table.name] if row.get(column) is None or row[column] in there]
    return kept

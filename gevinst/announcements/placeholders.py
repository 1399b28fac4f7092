"""Placeholders of a draft: what the page did not say, or what stands masked, and a person must write.

Belongs here: how a placeholder is written, and refusing those that nobody replaced.
Does not belong here: which cells get one (`to_rows.py`), and the other checks of a draft (`accept.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import polars as pl

from gevinst.findings import Finding, Rule
from gevinst.intake.read_csv import FILE, ROW
from gevinst.persons_and_contacts import is_masked

NOT_STATED = "[ikke oppgitt]"
WITHOUT_NAME_NB = "[uten navn: {owner}]"
WITHOUT_NAME_EN = "[no name: {owner}]"
_NOT_SAID = (
    "siden sa det ikke; skriv hva det er, eller la cella være tom der den kan være tom",
    "the page did not say; write what it is, or leave the cell empty where it may be",
)
_MASKED = (
    "her er personopplysninger tatt bort; skriv rollen eller virksomheten i stedet, eller la cella være tom",
    "persons' data are taken out here; write the role or the organisation instead, or leave the cell empty",
)
_PLACEHOLDER = re.compile(
    r"\s*\[\s*(?:ikke oppgitt|not stated|uten navn\b[^\]]*|no name\b[^\]]*)\s*\]\s*", re.IGNORECASE
)


def placeholders_in(rows: Mapping[str, pl.DataFrame]) -> Iterator[Finding]:
    """A finding for each cell that still holds a placeholder, in the order of the tables and their rows."""
    for frame in rows.values():
        for row in frame.iter_rows(named=True):
            for column, value in row.items():
                if column not in (ROW, FILE) and isinstance(value, str) and is_placeholder(row, column, value):
                    yield Finding(
                        str(row[FILE]),
                        *(_MASKED if is_masked(value) else _NOT_SAID),
                        row_number=int(row[ROW]),
                        column_name=column,
                        value=value,
                        rule=Rule.REQUIRED,
                    )


def is_placeholder(row: Mapping[str, object], column: str, value: str) -> bool:
    """Whether a cell holds a placeholder."""
    # A title in brackets is how the registry marks one of our own; only the file's name in brackets says nothing.
    return (
        bool(_PLACEHOLDER.fullmatch(value))
        or is_masked(value)
        or (column == "title" and value == f"[{row.get('line_reference')}]")
    )

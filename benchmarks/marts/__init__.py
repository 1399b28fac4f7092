"""Marts of a large portfolio by several engines, with the same results.

Belongs here: which results are compared, who makes them (`makers.py`, `in_pandas.py`, `dbt/`), whether they are the
same (`equal.py`), and what each took (`measure.py`).
Does not belong here: the portfolio itself (`gevinst generate`).
"""

from __future__ import annotations

from gevinst.contracts import CORE, MARTS, contract
from gevinst.contracts.model import Contract

COMPARED = ("project_status", "benefit_evidence", "planned_realised")
"""Status of each project, evidence of each kind of benefit of it and what was planned and measured, each year."""
FIRST_YEAR, LAST_YEAR = 2016, 2026


def needed(names: tuple[str, ...]) -> tuple[list[Contract], list[Contract]]:
    """The core tables and the marts from which those of these names are made, themselves included, in that order."""
    wanted: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in wanted:
            wanted.add(name)
            waiting += contract(name).depends_on
    return [one for one in CORE if one.name in wanted], [one for one in MARTS if one.name in wanted]

"""The invented portfolio as rows by table: one history, and what of it was known on a day.

Belongs here: putting the parts together, and the bounds of what can be made.
Does not belong here: the parts themselves, and files (`write.py`).
"""

from __future__ import annotations

import random
from datetime import date

from gevinst.contracts.vocabulary import AWARDED, INSIGHT, PARTLY_IN_USE, SPREAD, UNDER_WAY, USED
from gevinst.errors import GevinstError
from gevinst.illustrative.asked import add_asked
from gevinst.illustrative.benefits import add_benefits
from gevinst.illustrative.coverage import add_coverage
from gevinst.illustrative.evaluations import add_evaluations
from gevinst.illustrative.model import Draft, Rows, cut
from gevinst.illustrative.names import MOST_PROJECTS, SCHEME
from gevinst.illustrative.optional import add_optional
from gevinst.illustrative.profiles import PROFILES
from gevinst.illustrative.registry import add_registry
from gevinst.illustrative.scheme import add_scheme

HORIZON = date(2026, 11, 22)
"""The last day of the history; a fixed one, so that the same seed gives the same files in any year."""
_FIRST_DAY = date(2017, 12, 31)
"""Before this day there are not two edition years to compare."""
_EVIDENCE_GROUPS = {SPREAD: "A", USED: "A", PARTLY_IN_USE: "A", AWARDED: "C", UNDER_WAY: "C", INSIGHT: "C"}


class IllustrativeError(GevinstError):
    """The requested portfolio cannot be made or written; the message says why."""


def portfolio(projects: int = 24, seed: int = 7, as_of: date = HORIZON) -> Rows:
    """Rows of every core table (except copied reference tables) and of the corrections, as known on `as_of`.

    From 12 projects on, every special case occurs. The same arguments give the same rows, and an earlier `as_of` gives
    an earlier state of the same history. Raises `IllustrativeError` for fewer projects than there are courses, more
    than there are names, or a day outside the history.
    """
    if not len(PROFILES) <= projects <= MOST_PROJECTS:
        raise IllustrativeError(f"there can be from {len(PROFILES)} to {MOST_PROJECTS} projects, not {projects}")
    if not _FIRST_DAY <= as_of <= HORIZON:
        raise IllustrativeError(f"the invented history runs from {_FIRST_DAY} to {HORIZON}; {as_of} is outside it")
    draft = Draft(random.Random(seed))
    made = add_registry(draft, projects)
    add_evaluations(draft, made)
    add_benefits(draft, made)
    add_scheme(draft, made)
    add_optional(draft, made)
    add_coverage(draft, made)
    add_asked(draft, made)
    rows = cut(draft.rows, as_of)
    # A document read on the day of the delivery, as in a real one: the newest reading is the date of the data.
    _add_reading(rows, as_of)
    _group_by_evidence(rows)
    return rows


def _add_reading(rows: Rows, as_of: date) -> None:
    draft = Draft(random.Random(0), rows)
    draft.source("illustrativ-lesning", "Gjennomlesing av alle dokumenter", SCHEME, "own_compilation", as_of)
    rows["sources"][-1]["accessed_on"] = as_of


def _group_by_evidence(rows: Rows) -> None:
    """Give the newest status of each project, and only that one, the group of its evidence as a whole."""
    newest = {row["project_id"]: row for row in sorted(rows["status_assessments"], key=lambda row: row["assessed_on"])}
    for row in newest.values():
        row["public_evidence_group_code"] = _EVIDENCE_GROUPS.get(row["status_code"], "B")

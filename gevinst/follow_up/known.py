"""What core tables hold already that new rows must not repeat, and may contradict.

Belongs here: ids that are taken, and the statuses of each project.
Does not belong here: what a form is filled in with (`prefill.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import polars as pl


class Stated(NamedTuple):
    """A status, the first day that its date can mean, and its document."""

    on: date
    status: str
    source_id: str


@dataclass(slots=True)
class Known:
    """Ids that are taken, by table, so that a second answer gets its own; grows with the rows that are made."""

    ids: Mapping[str, set[str]]
    statuses: dict[str, list[Stated]] = field(default_factory=dict)
    """Of each project every status, as core tables have them and answers add to them."""

    def state(self, project_id: str, stated: Stated) -> None:
        """Add a status of a project."""
        self.statuses.setdefault(project_id, []).append(stated)

    def before(self, project_id: str, on: date, among: Sequence[str] = ()) -> Stated | None:
        """The newest status of a project before the day `on`, of all or of those named."""
        found = [one for one in self.statuses.get(project_id, []) if one.on < on]
        return max((one for one in found if one.status in among or not among), key=lambda one: one.on, default=None)

    def free(self, table: str, wanted: str) -> str:
        """`wanted`, or that with the first number that nobody has, which is taken by then."""
        taken, number, found = self.ids[table], 1, wanted
        while found in taken:
            number += 1
            found = f"{wanted}-{number}"
        taken.add(found)
        return found


def known_of(core: Mapping[str, pl.DataFrame]) -> Known:
    """What core tables hold already."""
    keys = {
        "sources": "source_id",
        "assessment_rounds": "assessment_round_id",
        "answers": "answer_id",
        "status_assessments": "status_assessment_id",
        "benefit_claims": "benefit_claim_id",
        "benefit_plans": "benefit_plan_id",
        "benefit_measurements": "benefit_measurement_id",
        "disagreements": "disagreement_side_id",
        "closing_statements": "closing_statement_id",
        "planned_evaluations": "planned_evaluation_id",
    }
    known = Known({table: set(core[table][key]) for table, key in keys.items()})
    for row in core["status_assessments"].sort("status_assessment_id").iter_rows(named=True):
        known.state(row["project_id"], Stated(row["assessed_on"], row["status_code"], row["source_id"]))
    return known

"""Rules across tables, across edition years, and between an edition and the one published before.

Belongs here: pure functions over the tables of an edition, each of which names the failure it catches.
Does not belong here: the content of one table (`gevinst.quality.suites`), what intake already refuses, and running
anything (`gevinst.quality.catalogue`).
"""

from __future__ import annotations

from gevinst.quality.invariants.benefits import BENEFIT_INVARIANTS
from gevinst.quality.invariants.citations import CITATION_INVARIANTS
from gevinst.quality.invariants.dates import DATE_INVARIANTS
from gevinst.quality.invariants.editions import EDITION_INVARIANTS
from gevinst.quality.invariants.evaluations import EVALUATION_INVARIANTS
from gevinst.quality.invariants.everywhere import INVARIANTS_EVERYWHERE
from gevinst.quality.invariants.model import PREVIOUS, Invariant, Tables
from gevinst.quality.invariants.registry import REGISTRY_INVARIANTS
from gevinst.quality.invariants.statements import STATEMENT_INVARIANTS

INVARIANTS: tuple[Invariant, ...] = (
    *REGISTRY_INVARIANTS,
    *DATE_INVARIANTS,
    *BENEFIT_INVARIANTS,
    *EVALUATION_INVARIANTS,
    *CITATION_INVARIANTS,
    *STATEMENT_INVARIANTS,
    *EDITION_INVARIANTS,
    *INVARIANTS_EVERYWHERE,
)

__all__ = ["INVARIANTS", "PREVIOUS", "Invariant", "Tables"]

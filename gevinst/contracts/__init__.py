"""One contract per table: the single source for columns, types, units, texts, checks, DDL and documentation.

Belongs here: the contracts and the catalogue that finds them by name.
Does not belong here: anything that reads, computes or stores data.
"""

from __future__ import annotations

from gevinst.contracts.evaluations import EVALUATIONS
from gevinst.contracts.model import Contract
from gevinst.contracts.reference import REFERENCE
from gevinst.contracts.registry import REGISTRY

CORE: tuple[Contract, ...] = (*REFERENCE, *REGISTRY, *EVALUATIONS)
"""Tables read from ``data/raw``."""

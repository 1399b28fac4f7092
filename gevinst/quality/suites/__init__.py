"""What is checked in one table at a time, as plain data.

Belongs here: expectations about the content of a table that its contract does not already enforce at intake: how
values look, how two columns of a row agree, how many rows say the same. A frame prepared of several tables is one too.
Does not belong here: types, required values, code lists, bounds, keys and references (`gevinst.intake` stops or sets
aside those), rules across tables (`gevinst.quality.invariants`), and running anything (`gevinst.quality.bridge`).
"""

from __future__ import annotations

from gevinst.quality.suites.evaluations import EVALUATION_CHECKS
from gevinst.quality.suites.marts import MART_CHECKS
from gevinst.quality.suites.model import SuiteCheck
from gevinst.quality.suites.reference import REFERENCE_CHECKS
from gevinst.quality.suites.registry import REGISTRY_CHECKS
from gevinst.quality.suites.sources import SOURCE_CHECKS

SUITE_CHECKS: tuple[SuiteCheck, ...] = (
    *REFERENCE_CHECKS,
    *SOURCE_CHECKS,
    *REGISTRY_CHECKS,
    *EVALUATION_CHECKS,
    *MART_CHECKS,
)

__all__ = ["SUITE_CHECKS", "SuiteCheck"]

"""Whether the tables can be trusted: checks of content, rules across tables, and their results.

Belongs here: what is checked beyond the contracts, how severe a failure is, and who corrects it. Importing this package
does not import Great Expectations.
Does not belong here: refusing or setting rows aside while reading (`gevinst.intake`), publishing, and Dagster.
"""

from gevinst.contracts.vocabulary import Severity
from gevinst.quality.catalogue import ALL_CHECKS, CORE_CHECKS, CORE_TABLES, checks_for, new_faults, run_checks
from gevinst.quality.counts import (
    CheckCounts,
    Unaddressed,
    count_checks,
    count_unaddressed,
    counts_of_table,
    filled_cells,
)
from gevinst.quality.model import ALL_TABLES, OWNERS, Check, CheckResult, Owner, QualityError, results_frame

__all__ = [
    "ALL_CHECKS",
    "ALL_TABLES",
    "CORE_CHECKS",
    "CORE_TABLES",
    "OWNERS",
    "Check",
    "CheckCounts",
    "CheckResult",
    "Owner",
    "QualityError",
    "Severity",
    "Unaddressed",
    "checks_for",
    "count_checks",
    "count_unaddressed",
    "counts_of_table",
    "filled_cells",
    "new_faults",
    "results_frame",
    "run_checks",
]

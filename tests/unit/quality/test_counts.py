from __future__ import annotations

import polars as pl

from gevinst.contracts import QUALITY_CHECKS
from gevinst.quality import (
    ALL_CHECKS,
    CheckCounts,
    Unaddressed,
    count_checks,
    count_unaddressed,
    counts_of_table,
    filled_cells,
)
from gevinst.quality.counts import CLAIMS_CHECK, SOURCES_CHECK
from tests.data.small_edition import frame

CHECKS = frame(
    QUALITY_CHECKS,
    [
        {"check_id": f"c{n}", "table_name": table, "severity_code": severity, "check_outcome_code": outcome}
        for n, (table, severity, outcome) in enumerate(
            (
                ("projects", "critical", "passed"),
                ("projects", "critical", "failed"),
                ("projects", "warning", "failed"),
                ("sources", "warning", "passed"),
                ("sources", "critical", "nothing_to_check"),
            )
        )
    ],
)


def test_checks_are_counted_by_outcome_and_only_critical_failures_stop_an_edition() -> None:
    assert count_checks(CHECKS) == CheckCounts(count=4, passed=2, failed=2, nothing=1, critical_failed=1)


def test_no_check_is_neither_passed_nor_failed() -> None:
    assert count_checks(CHECKS.clear()) == CheckCounts(0, 0, 0, 0, 0)
    assert counts_of_table(CHECKS, "rounds") == CheckCounts(0, 0, 0, 0, 0)


def test_a_table_has_its_own_checks_only() -> None:
    assert counts_of_table(CHECKS, "sources") == CheckCounts(count=1, passed=1, failed=0, nothing=1, critical_failed=0)


def test_claims_without_an_address_are_counted_by_the_checks_that_found_them() -> None:
    assert {CLAIMS_CHECK, SOURCES_CHECK} <= {check.check_id for check in ALL_CHECKS}
    rows = [
        {"check_id": CLAIMS_CHECK, "checked_count": 104, "unexpected_count": 81},
        {"check_id": SOURCES_CHECK, "checked_count": 115, "unexpected_count": 43},
    ]
    assert count_unaddressed(frame(QUALITY_CHECKS, rows)) == Unaddressed(claims=81, of_claims=104, sources=43)
    assert count_unaddressed(frame(QUALITY_CHECKS, rows[:1])) is None, "not counted is not zero"


def test_a_blank_text_is_filled_and_null_is_not() -> None:
    assert filled_cells(pl.DataFrame({"a": ["", None, "x"], "b": [None, None, None]})) == {"a": 2, "b": 0}

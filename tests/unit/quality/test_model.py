"""Results as rows, and what a result means for publication."""

from __future__ import annotations

import polars as pl
import pytest

from gevinst.contracts import QUALITY_CHECKS, contract
from gevinst.contracts.schema import conform
from gevinst.quality import (
    ALL_CHECKS,
    ALL_TABLES,
    Check,
    CheckResult,
    Owner,
    QualityError,
    Severity,
    checks_for,
    results_frame,
    run_checks,
)

CRITICAL = Check("one", "projects", Severity.CRITICAL, "Norsk.", "English.", Owner.EVALUATOR)
WARNING = Check("another", "rounds", Severity.WARNING, "Norsk.", "English.", Owner.EVALUATOR)


def test_results_become_rows_of_the_contract_sorted_by_id() -> None:
    frame = results_frame(
        [CheckResult(CRITICAL, True, 40, 2, ("a", "b")), CheckResult(WARNING, False, 9, 0)], is_illustrative=True
    )
    assert conform(QUALITY_CHECKS, frame).equals(frame)
    assert frame.select(
        "check_id", "severity_code", "check_outcome_code", "unexpected_keys", "is_illustrative"
    ).rows() == [
        ("another", "warning", "passed", None, True),
        ("one", "critical", "failed", "a, b", True),
    ]


@pytest.mark.parametrize(
    ("check", "has_failed", "stops"), [(CRITICAL, True, True), (CRITICAL, False, False), (WARNING, True, False)]
)
def test_only_a_failed_critical_check_stops_publication(check: Check, has_failed: bool, stops: bool) -> None:
    assert CheckResult(check, has_failed, 1, 1).stops_publication is stops


@pytest.mark.parametrize(
    ("has_failed", "checked", "outcome"),
    [(False, 3, "passed"), (False, 0, "nothing_to_check"), (True, 3, "failed"), (True, 0, "failed")],
)
def test_a_check_that_looked_at_nothing_is_never_told_as_passed(has_failed: bool, checked: int, outcome: str) -> None:
    assert CheckResult(WARNING, has_failed, checked, 0).outcome == outcome


def test_every_check_says_what_to_do_in_two_languages() -> None:
    for check in ALL_CHECKS:
        assert check.remedy_nb.endswith(".") and check.remedy_en.endswith("."), check.check_id
        assert check.remedy_nb != check.remedy_en


def test_whoever_entered_a_row_is_told_of_the_fault_in_it_and_not_only_of_a_rule() -> None:
    """«Rett raden» after a rule about the whole table does not say what is wrong in the row, nor what to write."""
    rules = [
        check.check_id
        for check in ALL_CHECKS
        if check.owner is not Owner.MAINTAINER
        and str(check.fault("a and b")("nb")).startswith(check.description_nb)
        and check.remedy_nb == CRITICAL.remedy_nb
    ]
    assert rules == []


def test_a_failure_says_what_to_do_and_who_does_it() -> None:
    text = CheckResult(CRITICAL, True, 40, 1, ("a",)).sentence()
    assert text == ("projects, a: the check one failed. English. Correct the row. To be corrected by the evaluator.")


def test_every_check_has_its_own_snake_case_id() -> None:
    ids = [check.check_id for check in ALL_CHECKS]
    assert len(set(ids)) == len(ids)
    assert all(check_id.isidentifier() and check_id == check_id.lower() for check_id in ids)


def test_every_check_is_about_a_table_with_a_contract_or_about_all() -> None:
    for check in ALL_CHECKS:
        assert check.table_name == ALL_TABLES or contract(check.table_name)


def test_every_check_is_described_in_two_languages_that_differ() -> None:
    for check in ALL_CHECKS:
        assert check.description_nb.endswith(".") and check.description_en.endswith(".")
        assert check.description_nb != check.description_en


def test_checks_of_a_table_are_those_of_its_suite_and_the_rules_about_it() -> None:
    assert {check.check_id for check in checks_for("disagreements")} == {"disagreements_have_two_sides"}
    assert {check.check_id for check in checks_for("kpi")} == {"kpi_index_plausible", "kpi_grows_plausibly"}
    found = [check for name in {check.table_name for check in ALL_CHECKS} for check in checks_for(name)]
    assert sorted(found, key=lambda check: check.check_id) == sorted(ALL_CHECKS, key=lambda check: check.check_id)


def test_results_come_in_the_order_in_which_checks_were_given(world: dict[str, pl.DataFrame]) -> None:
    given = [*checks_for("disagreements"), *checks_for("quarantine"), *checks_for("reconciliation_rules")]
    for checks in (given, given[::-1]):
        assert [result.check for result in run_checks(checks, world)] == checks


def test_a_table_that_was_not_given_is_an_error_that_names_it(world: dict[str, pl.DataFrame]) -> None:
    with pytest.raises(QualityError, match="checks of rounds, but no such table"):
        run_checks(checks_for("rounds"), {"sources": world["sources"]})

"""Wrong edits of the committed data are caught in the row that was edited, and the data themselves hold none."""

from __future__ import annotations

import re
from functools import cache

import pytest

from gevinst.contracts.vocabulary import CheckOutcome, Severity
from gevinst.intake.content import located_faults
from gevinst.quality import ALL_CHECKS, ALL_TABLES, CORE_CHECKS, CheckResult, checks_for, run_checks
from tests.data.edited_register import RAW, Register, committed
from tests.data.wrong_edits import EDITS

BY_ID = {check.check_id: check for check in ALL_CHECKS}


@cache
def unedited(check_id: str) -> CheckResult:
    """What a check finds in the committed tables."""
    return run_checks([BY_ID[check_id]], committed(), listed=None)[0]


def test_there_are_as_many_edits_as_were_promised() -> None:
    assert len(EDITS) >= 30


@pytest.mark.parametrize(("label", "check_id"), EDITS, ids=lambda value: str(value).replace(" ", "_"))
def test_a_wrong_edit_is_caught_in_its_row(label: str, check_id: str) -> None:
    register = Register()
    key = EDITS[label, check_id](register)

    def names_the_row(result: CheckResult) -> bool:
        return any(found == key or found.startswith(f"{key} (") for found in result.unexpected_keys)

    (result,) = run_checks([BY_ID[check_id]], register.tables, listed=None)
    assert result.has_failed
    assert names_the_row(result), (key, result.unexpected_keys)
    assert not names_the_row(unedited(check_id)), "the row was at fault before the edit"


@pytest.fixture(scope="module")
def results() -> list[CheckResult]:
    """What every check of what is read finds in the committed data."""
    return run_checks([*CORE_CHECKS, *checks_for(ALL_TABLES)], committed())


def test_the_committed_data_hold_nothing_that_must_not_be_published(results: list[CheckResult]) -> None:
    assert [result.sentence() for result in results if result.stops_publication] == []


def test_a_check_of_an_empty_table_has_nothing_to_check(results: list[CheckResult]) -> None:
    found = {result.check.check_id: result for result in results}
    assert found["priced_benefits_can_be_computed"].outcome is CheckOutcome.NOTHING, "nobody has priced a benefit"
    empty = [result.check.check_id for result in results if not result.checked_count]
    assert [name for name in empty if found[name].outcome is not CheckOutcome.NOTHING] == []


def test_what_is_found_is_named_with_file_row_column_and_value(results: list[CheckResult]) -> None:
    found = next(result for result in results if result.check.check_id == "claims_rest_on_an_address")
    assert found.check.severity is Severity.WARNING
    row = re.compile(
        r"evaluations/\d{4}/benefit_claims\.csv, row \d+, column source_id, value «[\w-]+»: the source of the claim "
        r"has no public address, .*; find the address and enter it among the sources\."
    )
    assert [place.sentence() for place in located_faults([found], RAW) if not row.match(place.sentence())] == []

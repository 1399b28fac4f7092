"""Findings, faults and keys of checks hold no persons' data, whoever writes them down."""

from __future__ import annotations

import json
from dataclasses import replace

import dagster as dg
import pytest

from assets.failures import MESSAGE_NB, report_errors
from gevinst.errors import GevinstError
from gevinst.findings import Finding, IntakeError
from gevinst.formats.model import NotCarried, not_carried_frame
from gevinst.notices.record import Fault
from gevinst.quality import ALL_CHECKS, CheckResult, Owner, results_frame
from tests.data.canary import SPELLINGS, told_of

FILE = "registry/projects.csv"


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_finding_keeps_its_place_and_not_the_person(spelling: str) -> None:
    finding = Finding(FILE, f"«{spelling}» er feil", f"«{spelling}» is wrong", 3, "name_nb", f"Spør {spelling}")
    error = IntakeError([finding, replace(finding, value=spelling)])
    for text in (finding.sentence("nb"), str(error), error.message("nb"), repr(finding)):
        assert told_of(text) == [] and "[…]" in text
    assert f"{FILE}, row 3, column name_nb, value «Spør " in str(error)


def test_what_is_no_persons_data_is_told_as_it_is() -> None:
    finding = Finding(FILE, "er ikke en dato", "is no date", 3, "awarded_on", "31.12.2026 kl. 12 (kr 12 500 000)")
    assert "«31.12.2026 kl. 12 (kr 12 500 000)»" in finding.sentence()


def test_a_fault_that_is_sent_and_recorded_is_masked() -> None:
    fault = Fault(f"Feil: {SPELLINGS[0]}", f"Wrong: {SPELLINGS[0]}", Owner.MAINTAINER)
    assert told_of(json.dumps([fault.nb, fault.en], ensure_ascii=False)) == []


def test_keys_of_a_check_are_published_masked() -> None:
    result = CheckResult(ALL_CHECKS[0], True, 9, 1, (f"projects/{SPELLINGS[0]}",))
    (row,) = results_frame([result], is_illustrative=False).rows(named=True)
    assert told_of(f"{row} {result.sentence('nb')}") == []
    assert result.unexpected_keys == (f"projects/{SPELLINGS[0]}",), "the row is found by its own key"


def test_what_an_exchange_leaves_behind_is_listed_masked() -> None:
    left = NotCarried(f"Prosjektet til {SPELLINGS[0]}", "Contact", "unknown_field", value=SPELLINGS[1])
    assert told_of(left.sentence("nb") + str(not_carried_frame([left]).rows())) == []


def raised(error: BaseException, cause: BaseException | None = None) -> BaseException:
    with pytest.raises(Exception) as caught, report_errors():
        raise error from cause
    return caught.value


def chain(error: BaseException | None) -> list[str]:
    """Every text that Dagster writes down of an error."""
    if error is None:
        return []
    metadata = [str(value) for value in error.metadata.values()] if isinstance(error, dg.Failure) else []
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return [str(error), repr(error.args), *metadata, *chain(before)]


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("kind", [ValueError, KeyError, GevinstError, OSError, RuntimeError])
def test_an_error_in_a_step_reaches_dagster_masked_with_all_that_caused_it(kind: type, spelling: str) -> None:
    for error in (
        raised(kind(f"cannot convert '{spelling}' to a date")),
        raised(kind("cannot convert a value"), ValueError(f"'{spelling}'")),
        raised(GevinstError("wrong", f"feil: {spelling}"), KeyError(spelling)),
    ):
        assert told_of(" ".join(chain(error))) == []


def test_an_error_without_persons_data_is_left_as_it_is() -> None:
    error = ValueError("cannot convert '31.12' to a date")
    assert raised(error) is error
    said = raised(GevinstError("no such file", "ingen slik fil"), error)
    assert isinstance(said, dg.Failure) and said.metadata[MESSAGE_NB].value == "ingen slik fil"
    assert said.__cause__ is not None and said.__cause__.__cause__ is error


def test_findings_of_a_failed_step_are_there_for_the_page_of_a_dry_run() -> None:
    error = IntakeError([Finding(SPELLINGS[0], "feil", "wrong")])
    cause = raised(error, ValueError(SPELLINGS[0])).__cause__
    assert isinstance(cause, IntakeError) and cause.findings == error.findings and cause.__cause__ is None

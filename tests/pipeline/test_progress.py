"""What a person at the shell is told of a step that failed."""

from __future__ import annotations

import dagster as dg
import pytest

from pipelines.reports import fault_of_step


def words_of(error: Exception) -> str:
    @dg.op
    def failing() -> None:
        raise error

    @dg.job
    def run() -> None:
        failing()

    events = run.execute_in_process(raise_on_error=False).all_events
    (said,) = [fault_of_step(one.step_failure_data).en for one in events if one.is_step_failure]
    return said


def test_an_error_with_words_of_its_own_is_told_in_them_alone() -> None:
    assert words_of(ValueError("projects.csv, line 3: no such year.")) == "projects.csv, line 3: no such year."


@pytest.mark.parametrize("error", [KeyError("heading"), IndexError("list index out of range"), TypeError("None")])
def test_an_error_that_only_code_can_raise_is_called_one_with_its_place(error) -> None:
    said = words_of(error)
    assert said.startswith(f"This is a fault in the code and not in the data: {type(error).__name__}: ")
    assert "test_progress.py" in said

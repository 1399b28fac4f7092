"""What a person at the shell sees while a run goes on.

Belongs here: the Dagster logger that prints one line per step, and the words of a failed step.
Does not belong here: the summary after the run (`run.py`).
"""

import logging
import sys
import time

import dagster as dg
from dagster import DagsterEventType
from dagster._core.execution.plan.objects import StepFailureData

_FAULTS_OF_CODE = frozenset(
    fault.__name__
    for fault in (AssertionError, AttributeError, IndexError, KeyError, NameError, RecursionError, TypeError)
)
"""Errors whose message alone tells nobody anything (``'heading'``), and that no input is meant to raise."""


@dg.logger(config_schema=None, description="One line per step and per message, with seconds since the run began.")
def progress_logger(init_context: dg.InitLoggerContext) -> logging.Logger:
    """A logger that prints what began, what was said and what failed, and leaves the rest out."""
    log = logging.Logger("gevinst.progress", level=logging.DEBUG)  # Dagster logs the start of a step at this level
    log.addHandler(_Lines())
    return log


class _Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.began = time.monotonic()

    def emit(self, record: logging.LogRecord) -> None:
        line = _line(record)
        if line:
            print(f"{time.monotonic() - self.began:6.1f} s  {line}", file=sys.stderr, flush=True)


def _line(record: logging.LogRecord) -> str | None:
    meta = getattr(record, "dagster_meta", {})
    event = meta.get("dagster_event")
    if event is None and record.levelno >= logging.INFO:
        message = str(meta.get("orig_message") or record.getMessage())
        return None if message.startswith("Dependencies for step") else f"    {message}"
    if event is not None and event.event_type is DagsterEventType.STEP_START:
        return str(event.step_key)
    if event is not None and event.event_type is DagsterEventType.STEP_FAILURE:
        return f"{event.step_key} failed. {first_words(event.step_failure_data)}"
    return None


def first_words(failure: StepFailureData) -> str:
    """Why a step failed, in the words of the error itself; the first line says what to fix."""
    if failure.user_failure_data and failure.user_failure_data.description:
        return failure.user_failure_data.description
    error = failure.error.cause or failure.error if failure.error else None
    if error is None:
        return "a step failed without a message"
    if error.cls_name in _FAULTS_OF_CODE:
        place = " ".join(error.stack[-1].split("\n")[0].split()) if error.stack else "no place is known"
        return f"This is a fault in the code and not in the data: {error.message.strip()} ({place})"
    # Dagster puts the class of the error before its message; a reader learns nothing from it.
    return error.message.strip().removeprefix(f"{error.cls_name}: ")

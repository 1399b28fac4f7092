"""What a person at the shell sees while a run goes on.

Belongs here: the Dagster logger that prints one line per step.
Does not belong here: the words of a failed step (`reports.py`) and the summary after the run (`gevinst.notices`).
"""

import logging
import sys
import time

import dagster as dg
from dagster import DagsterEventType

from gevinst.persons_and_contacts import masked
from pipelines.reports import fault_of_step


@dg.logger(
    config_schema={"language": dg.Field(str, default_value="en", description="Language of what failed: nb or en.")},
    description="One line per step and per message, with seconds since the run began.",
)
def progress_logger(init_context: dg.InitLoggerContext) -> logging.Logger:
    """A logger that prints what began, what was said and what failed, and leaves the rest out."""
    log = logging.Logger("gevinst.progress", level=logging.DEBUG)  # Dagster logs the start of a step at this level
    log.addHandler(_Lines(init_context.logger_config["language"]))
    return log


class _Lines(logging.Handler):
    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.began = time.monotonic()

    def emit(self, record: logging.LogRecord) -> None:
        line = _line(record, self.language)
        if line:
            print(f"{time.monotonic() - self.began:6.1f} s  {masked(line)}", file=sys.stderr, flush=True)


def _line(record: logging.LogRecord, language: str) -> str | None:
    meta = getattr(record, "dagster_meta", {})
    event = meta.get("dagster_event")
    if event is None and record.levelno >= logging.INFO:
        message = str(meta.get("orig_message") or record.getMessage())
        return None if message.startswith("Dependencies for step") else f"    {message}"
    if event is not None and event.event_type is DagsterEventType.STEP_START:
        return str(event.step_key)
    if event is not None and event.event_type is DagsterEventType.STEP_FAILURE:
        return f"{event.step_key}: {fault_of_step(event.step_failure_data).message(language)}"
    return None

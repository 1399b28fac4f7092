"""What happens to an error inside a step: reported in its first line, and retried only where that can help.

Belongs here: the one place where errors become Dagster's, which keeps their words for as long as it keeps the run, so
that persons' data are masked here.
Does not belong here: the wording of errors, which stays with the code that raises them.
"""

from collections.abc import Generator
from contextlib import contextmanager

import dagster as dg

from gevinst.errors import GevinstError
from gevinst.findings import IntakeError
from gevinst.machine_faults import machine_fault
from gevinst.persons_and_contacts import masked
from gevinst.quality import Owner
from gevinst.warehouse import WarehouseBusy

MAX_RETRIES = 3
SECONDS_BETWEEN = 20
"""Long enough for a person to close a database browser, short enough that a run is still of the same minute."""


MESSAGE_NB, OWNER = "message_nb", "owner"
"""Metadata of a failure: its message in bokmål, and the role that corrects it."""
_BY_EVALUATORS = "evaluations/"
"""The raw files below this folder are filled from evaluators' workbooks; the others are the registry editor's."""


def failure(message_nb: str, message_en: str, owner: Owner) -> dg.Failure:
    """A step's failure that says in both languages what to fix, and who does it; it is never retried."""
    said = {MESSAGE_NB: dg.MetadataValue.md(masked(message_nb)), OWNER: dg.MetadataValue.text(owner.value)}
    return dg.Failure(description=masked(message_en), metadata=said, allow_retries=False)


class MaskedError(Exception):
    """In place of an error whose words, or those of what caused it, hold persons' data: its words, masked."""

    def __init__(self, error: BaseException) -> None:
        """Keep the words and the place of the error, and nothing else of it."""
        super().__init__(f"{type(error).__name__}: {masked(str(error))}")
        self.with_traceback(error.__traceback__)


def _fit_to_keep(error: BaseException) -> BaseException:
    """The error, or what may be kept of it: Dagster writes down the whole chain of what caused it."""
    causes: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in causes:
        causes.append(cause)
        cause = cause.__cause__ or cause.__context__
    if all(masked(str(one)) == str(one) for one in causes):
        return error
    return IntakeError(error.findings) if isinstance(error, IntakeError) else MaskedError(error)


def _owner(error: GevinstError) -> Owner:
    if not isinstance(error, IntakeError):
        return Owner.MAINTAINER
    is_theirs = all(finding.file.startswith(_BY_EVALUATORS) for finding in error.findings)
    return Owner.EVALUATOR if is_theirs else Owner.REGISTRY_EDITOR


@contextmanager
def report_errors() -> Generator[None]:
    """Report an error that a person can fix as a failed step whose description is its message.

    A database in use is retried; any other such error, and what the machine refuses, ends the run, since a retry would
    meet it again. An error of any other kind is a fault of the program: it ends the run too, with its stack trace.
    Persons' data in any of them are masked.
    """
    try:
        yield
    except WarehouseBusy as error:
        raise dg.RetryRequested(max_retries=MAX_RETRIES, seconds_to_wait=SECONDS_BETWEEN) from error
    except Exception as error:
        fault, kept = machine_fault(error) or error, _fit_to_keep(error)
        if isinstance(fault, GevinstError):
            raise failure(fault.message("nb"), str(fault), _owner(fault)) from kept
        if kept is error:
            raise
        raise kept from None

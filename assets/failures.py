"""What happens to an error inside a step: reported in its first line, and retried only where that can help.

Belongs here: the one place where errors of the domain become Dagster's.
Does not belong here: the wording of errors, which stays with the code that raises them.
"""

from collections.abc import Generator
from contextlib import contextmanager

import dagster as dg

from gevinst.errors import GevinstError
from gevinst.warehouse import WarehouseBusy

MAX_RETRIES = 3
SECONDS_BETWEEN = 20
"""Long enough for a person to close a database browser, short enough that a run is still of the same minute."""


@contextmanager
def report_errors() -> Generator[None]:
    """Report an error that a person can fix as a failed step whose description is its message.

    A database in use is retried; any other such error ends the run, since a retry would meet it again. An error of
    any other kind is a fault of the program: it ends the run too, with its stack trace.
    """
    try:
        yield
    except WarehouseBusy as error:
        raise dg.RetryRequested(max_retries=MAX_RETRIES, seconds_to_wait=SECONDS_BETWEEN) from error
    except GevinstError as error:
        raise dg.Failure(description=str(error), allow_retries=False) from error

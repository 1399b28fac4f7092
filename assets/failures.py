"""What becomes of an error in a step: told in its first line, and tried again only where that can help.

Belongs here: the one place where errors of the domain become Dagster's.
Does not belong here: the wording of errors, which stands with what raises them.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from gevinst.errors import GevinstError
from gevinst.warehouse import WarehouseBusy

MAX_RETRIES = 3
SECONDS_BETWEEN = 20


@contextmanager
def told_plainly() -> Iterator[None]:
    """A database in use is waited for; any other error that a person can mend ends the run, since it would come back.

    An error of any other kind is a fault of the program: it ends the run too, with its stack trace.
    """
    try:
        yield
    except WarehouseBusy as error:
        raise dg.RetryRequested(max_retries=MAX_RETRIES, seconds_to_wait=SECONDS_BETWEEN) from error
    except GevinstError as error:
        raise dg.Failure(description=str(error), allow_retries=False) from error

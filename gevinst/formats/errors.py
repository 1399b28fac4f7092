"""What goes wrong with a file of others.

Belongs here: the error, apart from the shapes of `model.py` so that the command line can list the layouts without
loading any. Does not belong here: the reasons, which each layout states itself.
"""

from gevinst.errors import GevinstError


class ExchangeError(GevinstError):
    """A file cannot be exchanged; the message says which, why and what to do."""

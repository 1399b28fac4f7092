"""What goes wrong with tables.

Belongs here: the errors of the warehouse and how much of DuckDB's words they repeat.
Does not belong here: when they are raised.
"""

from __future__ import annotations

from gevinst.errors import GevinstError


class WarehouseError(GevinstError):
    """A table or its database cannot be read or written; the message says which and why, in one sentence."""


class WarehouseBusy(WarehouseError):
    """Another process has the file open; this passes by itself, so that trying again can help."""


def first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]

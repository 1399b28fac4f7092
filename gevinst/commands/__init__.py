"""The sub-commands of ``gevinst``: one module each.

Belongs here: their list. A module has `add(commands)`, which adds its parser and sets ``run``, a function from parsed
arguments to exit code. What takes long to import is imported inside that function.
Does not belong here: what commands do; that stands with its subject.
"""

from __future__ import annotations

from gevinst.commands import (
    accept,
    agreement,
    check,
    docs,
    exchange,
    explain,
    import_,
    lookup,
    pack,
    read,
    report,
    site,
    workbook,
)

COMMANDS = (explain, site, pack, report, exchange, lookup, workbook, check, import_, agreement, read, accept, docs)
"""In the order in which ``gevinst --help`` lists them."""

"""The sub-commands of ``gevinst``: one thin module each.

Belongs here: their list, and loading them by name. A module holds `command`, a Click command that returns its exit
code; what takes long to import is imported inside that function, so that ``gevinst --help`` answers at once.
Does not belong here: what commands do (each calls the package that owns its subject), and commands of packages above
`gevinst`, which register in the entry-point group of `PLUGINS`.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import entry_points

import click

NAMES = (
    *("status", "verify", "explain", "site", "pack", "report", "compare", "exchange", "lookup"),
    *("workbook", "check", "import"),
    *("agreement", "read", "accept", "undo", "due", "ask", "answers"),
    *("backup", "restore", "audit", "init", "map", "generate", "docs"),
)
"""The domain's own commands, in the order in which ``gevinst --help`` lists them; `import_.py` holds ``import``."""

PLUGINS = "gevinst.commands"
"""Entry-point group in ``pyproject.toml`` by which `pipelines` adds what starts runs: `gevinst` does not import it."""


def command_names() -> list[str]:
    """All commands: those of other packages first, since runs are what most people want."""
    return [*(point.name for point in entry_points(group=PLUGINS)), *NAMES]


def load_command(name: str) -> click.Command | None:
    """The command of that name, imported now; `None` when there is none."""
    if name in NAMES:
        module = import_module(f"{__name__}.{'import_' if name == 'import' else name}")
        return module.command
    return next((point.load() for point in entry_points(group=PLUGINS, name=name)), None)

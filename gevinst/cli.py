"""The command ``gevinst``: the one door from the shell.

Belongs here: the group that finds sub-commands by name and loads the one that is called.
Does not belong here: the sub-commands (`gevinst.commands`), and starting runs (`pipelines.cli`).
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence

import click

from gevinst.commands import command_names, load_command
from gevinst.commands.options import workspace_option

_HELP = ["-h", "--help"]
_WIDTH = 100
"""Columns of help in papers; at a terminal, help follows the terminal."""


class _LazyGroup(click.Group):
    """Imports a command's module when its name is typed; ``--help`` imports them all, so they are thin."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order in which help lists them."""
        return command_names()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or `None`."""
        return load_command(cmd_name)


@click.group("gevinst", cls=_LazyGroup, context_settings={"help_option_names": _HELP}, params=[workspace_option()])
@click.version_option(package_name="gevinst")
def gevinst() -> None:
    """Work with the benefits of a scheme, from its register to published editions."""


def reference() -> str:
    """What ``--help`` says of every command, as Markdown for `docs/commands.md` (``make docs`` writes it there)."""
    door = click.Context(gevinst, info_name="gevinst", terminal_width=_WIDTH, help_option_names=_HELP)
    parts = [f"```text\n{gevinst.get_help(door)}\n```"]
    for name in gevinst.list_commands(door):
        command = gevinst.get_command(door, name)
        parts += [f"## gevinst {name}", *_blocks(command, name, door)] if command else []
    return "\n\n".join(parts) + "\n"


def _blocks(command: click.Command, name: str, parent: click.Context) -> list[str]:
    """The help of a command, and of those inside a group after it."""
    context = click.Context(command, info_name=name, parent=parent, terminal_width=_WIDTH)
    inside = command.commands.items() if isinstance(command, click.Group) else ()
    blocks = [_blocks(part, part_name, context) for part_name, part in inside]
    return [f"```text\n{command.get_help(context)}\n```", *(text for block in blocks for text in block)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one sub-command; 0 when it succeeded, 1 when it could not and said why, 2 for wrong arguments."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal without Norwegian letters shows them by number; it is no reason to stop.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        gevinst.main(args=None if arguments is None else list(arguments), prog_name="gevinst")
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


if __name__ == "__main__":
    sys.exit(main())

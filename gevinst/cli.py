"""The command ``gevinst``: what somebody who works with the figures asks for from the shell.

Belongs here: parsing, and what becomes of an error.
Does not belong here: the sub-commands (`gevinst.commands`) and starting runs (`pipelines.run`).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from gevinst.commands import COMMANDS
from gevinst.errors import GevinstError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one sub-command; 0 when it succeeded, 1 when it could not and said why, 2 for wrong arguments."""
    asked = _parser().parse_args(arguments)
    try:
        return asked.run(asked)
    except GevinstError as error:
        print(error.told(getattr(asked, "language", "en")), file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gevinst", description="Work with the figures of StimuLab's benefits.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())

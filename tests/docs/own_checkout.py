"""A checkout of one's own for commands of the papers: the code of this one, its own raw files, marts and record."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

from tests.data.workspaces import workspace

ROOT = Path(__file__).parents[2]
_OWN = ("arbeid", "build", "data", "test-artefacts")
"""What the checkout does not share with this one."""
_SET_UP = (".venv/.python-ready", "gevinst/site/frontend/node_modules/.frontend-ready")


def own_checkout(folder: Path) -> Path:
    """Make `folder` a checkout with raw files of its own."""
    for shared in ROOT.glob("[!.]*"):
        if shared.name not in _OWN:
            (folder / shared.name).symlink_to(shared)
    (folder / ".venv").symlink_to(sys.prefix)
    (ROOT / ".cache").mkdir(exist_ok=True)
    (folder / ".cache").symlink_to(ROOT / ".cache")
    shutil.copytree(ROOT / "data" / "raw", folder / "data" / "raw")
    return folder


def environment_of(place: Path) -> dict[str, str]:
    """What a reader's shell has in it: nothing that the papers do not tell them to set, and an empty home."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GEVINST_", "DAGSTER_", "MAKE"))}
    return {**kept, "GEVINST_WORKSPACE": str(workspace(place)), "HOME": str(place)}


def without_set_up(command: str) -> str:
    """The command as printed, but that `make` does not install anything again."""
    left = "".join(f" --old-file={stamp}" for stamp in _SET_UP)
    return re.sub(r"^make ", f"make{left} ", command)

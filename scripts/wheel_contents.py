"""What a wheel carries beside the packages of Python: hatchling asks here when it builds one.

A wheel is for machines with Python only. It carries the files of the front-end packages that an edition is made of, and
the files of the repository that lie outside its packages. Without the former it would publish nothing, so that none is
built.

Belongs here: naming those files, and refusing. Runs where only hatchling is installed, so it reads two modules of
Gevinst by their paths and imports none.
Does not belong here: which files are used (`gevinst.site.front_end`, `gevinst.checkout`).
"""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FRONTEND = "gevinst/site/frontend"


class WheelContents(BuildHookInterface):
    """Adds files to a wheel; an editable install reads them from the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the files, or end the build with a sentence."""
        if version == "editable":
            return
        root = Path(self.root)
        if fault := front_end_fault(root):
            raise SystemExit(fault)
        build_data["force_include"] |= {str(root / source): place for source, place in contents(root).items()}


def contents(root: Path) -> dict[str, str]:
    """Place in the wheel by place in the checkout at `root`."""
    checkout = runpy.run_path(str(root / "gevinst/checkout.py"))
    used = [f"{FRONTEND}/node_modules/{name}" for name in _front_end(root)["used_files"]()]
    return dict(zip(used, used, strict=True)) | {name: f"{checkout['COPIES']}/{name}" for name in checkout["CARRIED"]}


def front_end_fault(root: Path) -> str | None:
    """Why the front-end packages of the checkout at `root` cannot go into a wheel; `None` when they can."""
    packages, known = root / FRONTEND / "node_modules", _front_end(root)
    if missing := known["missing_files"](packages):
        return (
            f"No wheel is built without the front-end packages, which it has to carry ({missing[0]} is missing): run "
            "`make frontend` and build again."
        )
    locked = json.loads((root / FRONTEND / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for name in known["USED"]:
        wanted = locked[f"node_modules/{name}"]["version"]
        found = json.loads((packages / name / "package.json").read_text(encoding="utf-8"))["version"]
        if found != wanted:
            return (
                f"No wheel is built with {name} {found}, where the lock names {wanted}: run `make frontend` and build "
                "again."
            )
    return None


def _front_end(root: Path) -> dict[str, Any]:
    return runpy.run_path(str(root / "gevinst/site/front_end.py"))

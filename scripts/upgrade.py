"""Take the newest version of every package within its range, and keep them only if all still works: ``make upgrade``.

Belongs here: the order of the steps, what moved, and the way back.
Does not belong here: how locks are written, packages installed and tests run (the Makefile).
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from gevinst.software.locks import FRONTEND, MEASURING, npm_versions, pins

ROOT = Path(__file__).resolve().parents[1]
TARGETS = ("setup", "lint", "types", "test")
"""What must pass before newer versions are kept; ``make test-slow`` is for whoever hands the change in."""

_BROKEN = "With the old versions these tests pass: one of the newer ones breaks them."
_FAILED_BEFORE = "What fails here, fails with the old versions too: fix that first, then upgrade again."

Run = Callable[[Sequence[str], Path], int]


def locks(root: Path) -> list[Path]:
    """Every lock of the checkout."""
    return [*sorted(root.glob("requirements*.lock")), root / FRONTEND, root / MEASURING]


def versions(root: Path) -> dict[str, str]:
    """Version by package over all locks; a package with several versions has all of them."""
    found: dict[str, set[str]] = {}
    for path in locks(root):
        text = path.read_text(encoding="utf-8")
        named = npm_versions(json.loads(text)) if path.suffix == ".json" else [*pins(text).items()]
        for name, version in named:
            found.setdefault(name, set()).add(version)
    return {name: ", ".join(sorted(several)) for name, several in sorted(found.items())}


def moved(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """A line for each package that has another version, came, or went."""
    return [
        f"  {name}  {before.get(name, 'not there')} -> {after.get(name, 'gone')}"
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    ]


def main(root: Path = ROOT, run: Run | None = None) -> int:
    """Upgrade the locks; 0 when newer versions are kept or there are none, 1 when the old ones were put back."""
    make = run or _run
    kept = {path: path.read_bytes() for path in locks(root)}
    try:
        return _try(kept, versions(root), make, root)
    except BaseException:  # Ctrl-C too: half of new locks would be worse than old ones
        _put_back(kept)
        raise


def _try(kept: dict[Path, bytes], before: dict[str, str], make: Run, root: Path) -> int:
    failed = _first_failure(make, [["lock", "UPGRADE=1"]], root)
    changes = moved(before, versions(root)) if not failed else []
    if not failed and not changes:
        _put_back(kept)
        print("Nothing moved: every package has the newest version within its range.")
        return 0
    failed = failed or _first_failure(make, [[target] for target in TARGETS], root)
    print("\n".join([f"{len(changes)} packages moved:", *changes]))
    if failed:
        _put_back(kept)
        make(["setup"], root)
        print(f"The old versions are back, since make {failed} failed; what it said stands above.", file=sys.stderr)
        if failed == "test":
            # Tests that failed already would keep every upgrade out, and be taken for its fault.
            is_new = make(["test", "ARGS=--last-failed"], root) == 0
            print(_BROKEN if is_new else _FAILED_BEFORE, file=sys.stderr)
        return 1
    print("All passed: commit the locks.")
    return 0


def _first_failure(make: Run, targets: Sequence[Sequence[str]], root: Path) -> str | None:
    return next((" ".join(target) for target in targets if make(target, root) != 0), None)


def _put_back(kept: dict[Path, bytes]) -> None:
    for path, content in kept.items():
        path.write_bytes(content)


def _run(target: Sequence[str], root: Path) -> int:
    return subprocess.run(["make", *target], cwd=root, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

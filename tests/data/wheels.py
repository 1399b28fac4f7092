"""The wheel of this checkout, built as `make wheel` builds it, and a Python that has Gevinst from there alone.

Belongs here: building and installing for tests, without a network. Does not belong here: what tests ask of it.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).parents[2]


def build(folder: Path, root: Path = ROOT, target: str = "wheel") -> subprocess.CompletedProcess[str]:
    """Build the wheel of the checkout at `root` into `folder`, in which it is the only file when that succeeded."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", folder]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def built(folder: Path) -> Path:
    """The wheel of this checkout."""
    done = build(folder)
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    return wheel


def installed(wheel: Path, folder: Path) -> Path:
    """The folder of programs of a new Python, made in `folder`, that has Gevinst from the wheel.

    What Gevinst needs is taken from this environment: its packages are found there, and the link by which it finds this
    checkout is not, since a path file adds folders and follows no path file in them.
    """
    subprocess.run([sys.executable, "-m", "venv", folder], check=True, capture_output=True)
    programs = folder / "bin"
    pip = [programs / "python", "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", wheel]
    subprocess.run(pip, check=True, capture_output=True)
    (own,) = folder.glob("lib/python*/site-packages")
    (own / "what-it-needs.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return programs

"""Results of measurements in files: written, read and held against those before.

Belongs here: what stands in a file of `results/`, and which figures have grown.
Does not belong here: what is measured, and the page made of it (`report.py`).
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.processes import REPOSITORY

FOLDER = REPOSITORY / "benchmarks" / "results"
_LIBRARIES = ("dagster", "duckdb", "great-expectations", "narwhals", "numpy", "pandas", "polars", "pyarrow")
SLOWER = 1.2
"""How many times a figure may be what it was before it is told."""
_NOISE = 0.3
"""Seconds and MiB times a thousand below which a figure says more of the machine than of the program."""

Part = dict[str, float]
"""Figures by name; the end of a name is the unit, and what is or is not so has none."""


@dataclass(frozen=True, slots=True)
class Slower:
    """A figure that has grown, and how many times it is what it was."""

    part: str
    figure: str
    before: float
    now: float

    def __str__(self) -> str:
        return f"{self.part}: {self.figure} {self.before:g} -> {self.now:g}, {self.now / self.before:.2f} times"


def kept(name: str, parts: Mapping[str, Part]) -> Path:
    """Write `parts` into the file of this name; parts of earlier stay where not replaced."""
    FOLDER.mkdir(exist_ok=True)
    file = FOLDER / f"{name}.json"
    before = read(file) if file.exists() else {"commits": {}, "parts": {}}
    commits = before["commits"] | dict.fromkeys(parts, _commit())
    content = {
        "commits": commits,
        "machine": _machine(),
        "versions": _versions(),
        "parts": before["parts"] | parts,
    }
    file.write_text(json.dumps(content, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return file


def read(file: Path) -> dict[str, Any]:
    """What stands in a file of results."""
    return json.loads(file.read_text(encoding="utf-8"))


def files() -> list[Path]:
    """The files of results, the oldest first."""
    return sorted(FOLDER.glob("*.json"))


def slower(before: Mapping[str, Part], now: Mapping[str, Part]) -> Iterator[Slower]:
    """Every figure of seconds, memory or a ratio that has grown by a fifth or more since."""
    for part, figures in now.items():
        for figure, value in figures.items():
            earlier = before.get(part, {}).get(figure)
            if earlier is None or not earlier:
                continue
            is_noise = not figure.endswith("_ratio") and max(value, earlier) < _NOISE
            if value >= SLOWER * earlier and not is_noise:
                yield Slower(part, figure, earlier, value)


def _commit() -> str:
    found = subprocess.run(
        ["git", "rev-parse", "--short=12", "HEAD"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    return found.stdout.strip()


def _machine() -> dict[str, Any]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "architecture": platform.machine(),
        "cores": os.cpu_count(),
        "memory_gib": round(memory / 2**30, 1),
        "processor": _processor(),
        "system": platform.system(),
    }


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text(encoding="utf-8").splitlines() if cpuinfo.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor())


def _versions() -> dict[str, str]:
    return {"python": platform.python_version()} | {name: version(name) for name in _LIBRARIES}

"""What a process took, with all that it started: processor, wall and memory.

Belongs here: how it is measured. Does not belong here: what is measured.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

Progress = Callable[[str], None]
REPOSITORY = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of processor in user and system mode, seconds that passed, and the peak of the largest process in MiB."""

    cpu_s: float
    wall_s: float
    peak_mib: float

    def __str__(self) -> str:
        return f"{self.cpu_s:.1f} s of processor, {self.wall_s:.1f} s in all, {self.peak_mib:.0f} MiB"


class Killed(SystemExit):
    """A program that ended for want of memory: the system killed it, or its engine gave up at its own limit."""


_KILLED = 256 - signal.SIGKILL
"""What a shell is told of a program that was killed, as `_STARTER` passes it on."""
_GAVE_UP = "Out of Memory Error"
"""How DuckDB says that it has no more memory to take."""
_STARTER = """
import os, sys, time
start = time.perf_counter()
child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(child, 0)
with open(sys.argv[1], "w") as told:
    print(usage.ru_utime + usage.ru_stime, time.perf_counter() - start, usage.ru_maxrss / 1024, file=told)
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""A process is started by this small one: its peak counts what started it too, until it has become another program."""


def cost(command: Sequence[str], environment: Mapping[str, str] = {}) -> Cost:
    """Run a program to its end; raises `SystemExit` with what it said last when it fails, or `Killed`."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "usage"
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", _STARTER, told, *command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            cwd=REPOSITORY,
            env=os.environ | environment,
            text=True,
            errors="replace",
        )
        if done.returncode:
            is_starved = done.returncode == _KILLED or _GAVE_UP in done.stdout
            raise (Killed if is_starved else SystemExit)(
                f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-4000:]}"
            )
        return Cost(*map(float, told.read_text(encoding="utf-8").split()))


def python(module: str, *arguments: object) -> list[str]:
    """The command that runs a module of this repository with the interpreter that runs now."""
    return [sys.executable, "-m", module, *map(str, arguments)]


def say(line: str) -> None:
    """A line of progress with the time, apart from what is printed as a result."""
    print(f"{datetime.now(UTC):%H:%M:%S} {line}", file=sys.stderr, flush=True)


def figures(costs: Mapping[str, Sequence[Cost]]) -> dict[str, float]:
    """The medians of what each of these took several times, by its name and the unit."""
    found: dict[str, float] = {}
    for name, several in costs.items():
        found[f"{name}_cpu_s"] = round(median(one.cpu_s for one in several), 2)
        found[f"{name}_wall_s"] = round(median(one.wall_s for one in several), 2)
        found[f"{name}_peak_mib"] = round(median(one.peak_mib for one in several))
    return found

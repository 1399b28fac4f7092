"""Where an edition comes from: the code, the input files, the software and the run.

Belongs here: collecting these, and the manifest that records them.
Does not belong here: the content of the edition; only the manifest may differ from one build to another.
"""

from __future__ import annotations

import hashlib
import platform
import re
import subprocess
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import polars as pl

from gevinst.checkout import CODE
from gevinst.contracts.vocabulary import CheckOutcome
from gevinst.edition.checksums import Link
from gevinst.formats.workbook_limits import left_out
from gevinst.intake.journal import read_steadily
from gevinst.intake.raw_files import is_data
from gevinst.layout import EditionInfo, file_hash
from gevinst.quality import count_checks
from gevinst.settings import Settings
from gevinst.software.installed import version_of
from gevinst.whole_files import files_below

_SHORT = 12
"""Characters of a hash that is shown: no collision is to be expected among the commits or inputs of one project."""


@dataclass(frozen=True, slots=True)
class CodeVersion:
    """The commit of the code in short form, or its version where no repository holds it, and whether files differ."""

    commit: str
    is_dirty: bool | None


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the manifest states beside the edition itself; `inputs` are file hashes by path.

    `is_dirty` says whether the code differed from its commit, `None` when unknown. `built_at` is the only clock
    in an edition. `before` is the edition that was published last when it was built.
    """

    is_dirty: bool | None
    inputs: Mapping[str, str]
    run_id: str
    built_at: datetime
    before: Link | None = None


def code_version(root: Path = CODE) -> CodeVersion:
    """The state of the repository whose root is `root`; where that is none, the version of what is installed.

    An installation may lie inside the repository of somebody's data, whose commits say nothing of the code.
    """
    if _git(root, "rev-parse", "--show-toplevel") != str(root):
        return CodeVersion(f"v{metadata.version('gevinst')}", None)
    commit = _git(root, "rev-parse", f"--short={_SHORT}", "HEAD")
    changes = _git(root, "status", "--porcelain")
    return CodeVersion(commit or "unknown", None if changes is None else bool(changes))


def _git(root: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(["git", "-C", root, *arguments], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def input_hashes(raw_dir: Path) -> dict[str, str]:
    """SHA-256 of every file below `raw_dir` that may hold data, by path relative to it."""
    return read_steadily(raw_dir, lambda: _hashes(raw_dir))


def _hashes(raw_dir: Path) -> dict[str, str]:
    names = [name for name in files_below(raw_dir) if all(map(is_data, name.split("/")))]
    return {name: file_hash(raw_dir / name) for name in names}


def input_hash(raw_dir: Path) -> str:
    """One short hash of the state of all raw files, names and content."""
    lines = "".join(f"{digest}  {name}\n" for name, digest in input_hashes(raw_dir).items())
    return hashlib.sha256(lines.encode()).hexdigest()[:_SHORT]


def manifest(
    info: EditionInfo,
    tables: Mapping[str, pl.DataFrame],
    provenance: Provenance,
    content: Mapping[str, Any],
    settings: Settings,
) -> dict[str, Any]:
    """The manifest of an edition: what it is, of which scheme, what it was made from, how its checks went, and
    fingerprints of what it says (`gevinst.edition.fingerprints.content_of`)."""
    scheme, checks = settings.scheme, tables["quality_checks"]
    counts = count_checks(checks)
    absent = left_out(tables)
    failed = checks.filter(pl.col("check_outcome_code") == CheckOutcome.FAILED.value)
    return {
        "edition": {**asdict(info), "as_of_on": info.as_of_on.isoformat()},
        "scheme": {"name_nb": scheme.name.nb, "name_en": scheme.name.en, "currency": scheme.currency},
        "is_preliminary": bool(settings.owner.lacking),
        "is_code_dirty": provenance.is_dirty,
        "software": {"python": platform.python_version(), **_libraries()},
        "inputs": dict(provenance.inputs),
        "tables": {name: frame.height for name, frame in tables.items()},
        "not_in_workbook": {one.table: {"why": one.why, "rows": one.rows, "file": one.file} for one in absent},
        "checks": {
            "passed": counts.passed,
            "failed": counts.failed,
            "nothing_to_check": counts.nothing,
            "failed_ids": {
                severity: failed.filter(pl.col("severity_code") == severity)["check_id"].to_list()
                for severity in sorted(set(failed["severity_code"]))
            },
        },
        "built_at": provenance.built_at.astimezone(UTC).isoformat(timespec="seconds"),
        "run_id": provenance.run_id,
        "before": provenance.before._asdict() if provenance.before else None,
        "content": dict(content),
    }


def _libraries() -> dict[str, str]:
    """Versions of this project and of the libraries that it requires, those of its extras where they are installed."""
    wanted = [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in metadata.requires("gevinst") or []]
    found = {name: version_of(name) for name in ["gevinst", *sorted(wanted)]}
    return {name: version for name, version in found.items() if version}

"""Accepting a draft: all of its rows into the registry, or none.

Belongs here: which rows a draft brings, and when it may be taken in.
Does not belong here: making drafts (`draft.py`, `rows.py`), and checking and writing rows (`gevinst.intake.append`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from gevinst.contracts import REGISTRY
from gevinst.errors import EvaluatorError
from gevinst.findings import Finding, IntakeError
from gevinst.intake.append import Appended, NewRows, Progress, append_rows
from gevinst.intake.read_csv import FILE, ROW, read_delimited

ACCEPTED = "accepted"


class AcceptError(EvaluatorError):
    """A draft that cannot be taken into the registry; nothing of it was."""


@dataclass(frozen=True, slots=True)
class Additions:
    """The rows that a draft adds, as text by table, and what became of them."""

    tables: dict[str, pl.DataFrame]
    appended: Appended

    def lines(self, language: str) -> list[str]:
        """What is added, a line for each row below the title of its table."""
        found: list[str] = []
        for contract in REGISTRY:
            rows = self.tables.get(contract.name)
            if rows is not None:
                found.append(f"{contract.title(language)}: {rows.height}")
                found += [
                    f"  + {' / '.join(str(cell) for cell in key)}" for key in rows.select(contract.key).iter_rows()
                ]
        return found


def accept_draft(
    folder: Path, raw_dir: Path, *, only_check: bool = False, progress: Progress = lambda *_: None
) -> Additions:
    """Add the rows of the draft in `folder` to `raw_dir`, after every check; with `only_check` add nothing.

    Raises:
        AcceptError: `folder` is no draft, or was accepted before.
        IntakeError, WriteError: as `append_rows`; faults are named with the draft's own file and row.
    """
    if not folder.is_dir():
        raise AcceptError(f"{folder}: utkastet finnes ikke", f"{folder}: there is no such draft")
    if (folder / ACCEPTED).exists():
        raise AcceptError(f"{folder}: dette utkastet er ført inn før", f"{folder}: this draft was accepted before")
    rows = _rows(folder)
    if not rows:
        raise AcceptError(
            f"{folder}: utkastet har ingen fil med rader til registeret",
            f"{folder}: the draft holds no file with rows of the registry",
        )
    appended = append_rows(
        raw_dir,
        [NewRows(name, frame) for name, frame in rows.items()],
        who=f"gevinst accept {folder.name}",
        progress=progress,
        only_check=only_check,
    )
    if not only_check:
        (folder / ACCEPTED).touch()
    return Additions({name: frame.drop(ROW, FILE) for name, frame in rows.items()}, appended)


def _rows(folder: Path) -> dict[str, pl.DataFrame]:
    """Rows as text by table, with the draft's file and line."""
    found: dict[str, pl.DataFrame] = {}
    faults: list[Finding] = []
    for contract in REGISTRY:
        path = folder / f"{contract.name}.csv"
        if path.exists():
            text = read_delimited(path, f"{folder.name}/{path.name}", contract)
            faults += text.findings
            if text.rows.height:
                found[contract.name] = text.rows
    if faults:
        raise IntakeError(faults)
    return found

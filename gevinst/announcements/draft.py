"""Drafts: a folder of files that a person reads, mends and accepts.

Belongs here: which files a draft is and writing them. Nothing here touches the registry.
Does not belong here: what the rows are (`rows.py`) and taking them into the registry (`accept.py`).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from gevinst.announcements.known import read_registry, slug
from gevinst.announcements.model import Reading
from gevinst.announcements.summary import summary_text
from gevinst.announcements.to_rows import draft_of
from gevinst.contracts import REGISTRY
from gevinst.errors import EvaluatorError
from gevinst.intake.write_csv import cell_text, write_rows

EVIDENCE = "evidence.csv"
STATEMENTS = "statements.csv"
SUMMARY = "summary.txt"
_EVIDENCE_COLUMNS = ("table", "key", "column", "value", "line", "confidence")
_STATEMENT_COLUMNS = ("project", "kind", "code", "benefit_code", "text", "line", "confidence")
_REGISTRY_MODALITY = {
    "potential": "potential_asserted",
    "goal": "goal",
    "reported": "realised_self_reported",
    "documented": "measured",
}


class DraftError(EvaluatorError):
    """A draft that cannot be written."""


def write_draft(
    reading: Reading, folder: Path, raw_dir: Path, today: date | None = None, *, language: str = "nb"
) -> Path:
    """Write the draft of a reading to a folder of its own under `folder` and return that.

    One file for each table of the registry that gets rows, `evidence.csv` (line and confidence of every cell that was
    read), `statements.csv` (gains and status, for whoever assesses) and `summary.txt`.

    Raises:
        DraftError: a draft of this page is already there; a person may have worked on it.
    """
    target = folder / slug(Path(reading.file_name).stem, 80)
    if target.exists():
        raise DraftError(
            f"{target}: det finnes et utkast av denne siden; før det inn, eller slett mappa",
            f"{target}: a draft of this page is already there; accept it, or remove the folder",
        )
    draft = draft_of(reading, read_registry(raw_dir), today or datetime.now(UTC).date())
    target.mkdir(parents=True)
    for contract in REGISTRY:
        if rows := draft.rows.get(contract.name):
            write_rows(target, contract, rows)
    _write(target / EVIDENCE, _EVIDENCE_COLUMNS, draft.evidence)
    _write(target / STATEMENTS, _STATEMENT_COLUMNS, statements_of(reading))
    (target / SUMMARY).write_text(summary_text(reading, language) + "\n", encoding="utf-8")
    return target


def statements_of(reading: Reading) -> list[dict[str, Any]]:
    """Gains with the modality of the code list `claim_modality`, and status, of every project."""
    found: list[dict[str, Any]] = []
    for project in reading.projects:
        named = project.name or (project.owners[0] if project.owners else None)
        label = named.value if named else ""
        found += [
            {
                "project": label,
                "kind": "gain",
                "code": _REGISTRY_MODALITY[gain.modality],
                "benefit_code": gain.benefit,
                "text": gain.text,
                "line": gain.line,
                "confidence": round(gain.confidence, 2),
            }
            for gain in project.gains
        ]
        if project.status:
            status = project.status
            row = {"project": label, "kind": "status", "code": status.value, "line": status.line}
            found.append(row | {"confidence": round(status.confidence, 2)})
    return found


def _write(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([cell_text(row.get(name)) for name in columns] for row in rows)

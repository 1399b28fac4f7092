"""Drafts: a folder of files that a person reads, corrects and accepts, all of its rows into the registry or none.

Belongs here: which files a draft is, what it must keep to be taken in, and writing it so that a fault leaves the
registry as it was.
Does not belong here: what the rows are (`to_rows.py`) and the checks themselves (`gevinst.quality`).
"""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from gevinst.announcements.model import Reading
from gevinst.announcements.read_page import summary_text
from gevinst.announcements.to_rows import draft_of, read_registry, slug
from gevinst.contracts import CORE, REGISTRY, Contract
from gevinst.errors import EvaluatorError
from gevinst.findings import Finding, IntakeError
from gevinst.intake.core import CoreTables, read_core
from gevinst.intake.integrity import dangling_references, duplicate_keys
from gevinst.intake.read_csv import FILE, ROW, read_delimited
from gevinst.intake.validate import apply_contract
from gevinst.intake.write_csv import append_rows, cell_text, write_rows
from gevinst.quality.invariants import INVARIANTS
from gevinst.quality.model import CheckResult

ACCEPTED = "accepted"
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


class AcceptError(EvaluatorError):
    """A draft that cannot be taken into the registry; nothing of it was."""


@dataclass(frozen=True, slots=True)
class Additions:
    """The rows that a draft adds, by table, and what the checks say of the registry with them."""

    tables: dict[str, pl.DataFrame]
    warnings: tuple[CheckResult, ...]

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


def accept_draft(folder: Path, raw_dir: Path, *, only_check: bool = False) -> Additions:
    """Check the draft in `folder` against contracts, registry and checks, and add its rows to `raw_dir`.

    With `only_check` nothing is added. Files are replaced one by one after all of them are written beside; if one
    cannot be, those replaced are put back.

    Raises:
        AcceptError: `folder` is no draft, was accepted before, or fails a check that keeps an edition from publication.
        IntakeError: a row does not keep its contract, its key is taken, or it refers to what is not there.
    """
    if not folder.is_dir():
        raise AcceptError(f"{folder}: utkastet finnes ikke", f"{folder}: there is no such draft")
    if (folder / ACCEPTED).exists():
        raise AcceptError(f"{folder}: dette utkastet er ført inn før", f"{folder}: this draft was accepted before")
    before = read_core(raw_dir)
    additions = _checked_rows(folder, before.tables)
    if not additions:
        raise AcceptError(
            f"{folder}: utkastet har ingen fil med rader til registeret",
            f"{folder}: the draft holds no file with rows of the registry",
        )
    with tempfile.TemporaryDirectory(prefix=".gevinst-accept-") as scratch:
        staged = Path(shutil.copytree(raw_dir, Path(scratch) / "raw"))
        for contract in REGISTRY:
            if contract.name in additions:
                _append(staged, folder, contract)
        warnings = _held_together(before, staged)
        if not only_check:
            _replace(staged, raw_dir, [contract for contract in REGISTRY if contract.name in additions])
            (folder / ACCEPTED).touch()
    return Additions(additions, warnings)


def _checked_rows(folder: Path, core: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Typed rows of every file of the draft, each fault named with the draft's own file and row."""
    codes = {name: values for name, values in core["codelists"].group_by("codelist").agg("code").iter_rows()}
    found: dict[str, pl.DataFrame] = {}
    faults: list[Finding] = []
    for contract in REGISTRY:
        path = folder / f"{contract.name}.csv"
        if not path.exists():
            continue
        text = read_delimited(path, f"{folder.name}/{path.name}", contract)
        rows, findings = apply_contract(text.rows, contract, codes)
        faults += [*text.findings, *findings, *duplicate_keys(rows, contract), *_taken(rows, contract, core)]
        if rows.height:
            found[contract.name] = rows
    together = {name: _with(frame, found.get(name)) for name, frame in core.items()}
    for contract in REGISTRY:
        if contract.name in found:
            faults += dangling_references(found[contract.name], contract, together)
    if faults:
        raise IntakeError(faults)
    return {name: rows.drop(ROW, FILE) for name, rows in found.items()}


def _with(frame: pl.DataFrame, rows: pl.DataFrame | None) -> pl.DataFrame:
    return frame if rows is None else pl.concat([frame, rows.drop(ROW, FILE)], how="diagonal_relaxed")


def _taken(rows: pl.DataFrame, contract: Contract, core: dict[str, pl.DataFrame]) -> list[Finding]:
    known = set(core[contract.name].select(contract.key).rows())
    return [
        Finding(
            row[FILE],
            "nøkkelen står allerede i registeret; fjern raden, eller gi den en egen nøkkel.",
            "the key already stands in the registry; remove the row, or give it its own key.",
            row_number=row[ROW],
            column_name=" + ".join(contract.key),
            value=" + ".join(str(row[name]) for name in contract.key),
        )
        for row in rows.iter_rows(named=True)
        if tuple(row[name] for name in contract.key) in known
    ]


def _append(raw_dir: Path, folder: Path, contract: Contract) -> None:
    """Put the draft's lines after those of the registry, in the order of the registry's headings."""
    path = raw_dir / (contract.folder or "") / f"{contract.name}.csv"
    rows = read_delimited(folder / f"{contract.name}.csv", contract.name, contract).rows.drop(ROW, FILE)
    append_rows(path, rows.rows(named=True))


def _held_together(before: CoreTables, staged: Path) -> tuple[CheckResult, ...]:
    """Read the registry with the new rows and run every check that needs no mart; return the new warnings."""
    after = read_core(staged)
    if after.quarantine.height > before.quarantine.height:
        raise AcceptError(
            "rader i utkastet ville blitt lagt til side når registeret leses",
            "rows of the draft would be set aside when the registry is read",
        )
    names = {contract.name for contract in CORE}
    checks = [check for check in INVARIANTS if check.reads and set(check.reads) <= names]
    known = {(check.check.check_id, key) for check in checks for key in check(before.tables).unexpected_keys}
    new: list[CheckResult] = []
    for check in checks:
        result = check(after.tables)
        if any((result.check.check_id, key) not in known for key in result.unexpected_keys):
            new.append(result)
    stops = [result for result in new if result.stops_publication]
    if stops:
        nb, en = ("\n".join(result.sentence(language) for result in stops) for language in ("nb", "en"))
        raise AcceptError(nb, en)
    return tuple(new)


def _replace(staged: Path, raw_dir: Path, contracts: list[Contract]) -> None:
    """Move the new files over the old ones; if one cannot be moved, put those back that were."""
    done: list[tuple[Path, bytes]] = []
    try:
        for contract in contracts:
            name = Path(contract.folder or "") / f"{contract.name}.csv"
            target, beside = raw_dir / name, raw_dir / name.with_suffix(".csv.new")
            old = target.read_bytes()
            shutil.copyfile(staged / name, beside)
            done.append((target, old))
            os.replace(beside, target)
    except OSError as error:
        for target, old in done:
            target.write_bytes(old)
        for contract in contracts:
            (raw_dir / (contract.folder or "") / f"{contract.name}.csv.new").unlink(missing_ok=True)
        raise AcceptError(
            f"registeret kunne ikke skrives ({error}); det er som det var",
            f"the registry could not be written ({error}); it is as it was",
        ) from error


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

"""Accepting a draft: all of its rows into the registry, or none.

Belongs here: what a draft must keep to be taken in, and writing it so that a fault leaves the registry as it was.
Does not belong here: making drafts (`draft.py`, `rows.py`) and the checks themselves (`gevinst.quality`).
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from gevinst.contracts import CORE, REGISTRY, Contract
from gevinst.errors import EvaluatorError
from gevinst.findings import Finding, IntakeError
from gevinst.intake.core import CoreTables, read_core
from gevinst.intake.integrity import dangling_references, duplicate_keys
from gevinst.intake.read_csv import FILE, ROW, read_delimited
from gevinst.intake.validate import apply_contract
from gevinst.intake.write_csv import append_rows
from gevinst.quality.invariants import INVARIANTS
from gevinst.quality.model import CheckResult

ACCEPTED = "accepted"


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

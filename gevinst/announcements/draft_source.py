"""Which file of a draft counts: its workbook or its CSV files, whichever a person has worked on.

Belongs here: the names of the files, what was written in them, and the choice between the two.
Does not belong here: reading the workbook (`read_draft_workbook.py`), and what becomes of the rows (`accept.py`).

What counts as a change is a change of what the file says, never of its date or of how a program saves it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from gevinst.announcements.draft_workbook import DRAFTED
from gevinst.announcements.placeholders import placeholders_in
from gevinst.announcements.read_draft_workbook import DraftWorkbook, read_draft_workbook
from gevinst.errors import EvaluatorError
from gevinst.findings import Finding, IntakeError, Rule
from gevinst.intake.read_csv import FILE, ROW, read_delimited
from gevinst.intake.receipts import hashes_of
from gevinst.intake.write_csv import cell_text
from gevinst.layout import file_hash
from gevinst.workbook.layout import STAMPED

WORKBOOK = "draft.xlsx"
WRITTEN = "written.json"
"""What `gevinst read` wrote: hashes of the rows and of the workbook, and the comments in it."""


class AcceptError(EvaluatorError):
    """A draft that cannot be added to the registry; none of its rows was."""


@dataclass(frozen=True, slots=True)
class Source:
    """The rows of a draft as text by table, with the place of each, and the files they came from.

    `file` is the name shown, `folder` that of the draft, or `None` for a workbook that lies elsewhere.
    """

    rows: dict[str, pl.DataFrame]
    file: str
    folder: Path | None
    inputs: Mapping[str, str]
    workbook: DraftWorkbook | None = None

    def placed(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings with the cell that each is about, where the rows came from a workbook."""
        return self.workbook.placed(findings) if self.workbook else list(findings)


@dataclass(frozen=True, slots=True)
class Written:
    """What `gevinst read` wrote; empty for a draft that says nothing of it."""

    rows: str = ""
    workbook: str = ""
    comments: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Read:
    """A file or files of a draft: what they hold or why they cannot be used, and whether a person changed them."""

    source: Source | IntakeError
    rows_hash: str
    is_changed: bool

    def used(self) -> Source:
        if isinstance(self.source, IntakeError):
            raise self.source
        return self.source


def draft_folder(path: Path) -> Path | None:
    """The folder of the draft at `path`, which is that folder or the workbook in it."""
    folder = path if path.is_dir() else path.parent
    return folder if path.is_dir() or (folder / WRITTEN).is_file() else None


def record_written(folder: Path, rows: Mapping[str, Iterable[Mapping[str, Any]]], comments: list[str]) -> None:
    """Write down what the draft in `folder` holds, by which changes are known later."""
    content = {"rows": _hash(rows), "workbook": file_hash(folder / WORKBOOK), "comments": comments}
    (folder / WRITTEN).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def draft_source(path: Path, raw_dir: Path) -> Source:
    """The rows of the draft at `path`: a workbook, or a folder in which the workbook or the CSV files were changed.

    Raises:
        AcceptError: both were changed, and differ; or the folder holds another workbook, which may be the one meant.
        IntakeError: a file of the draft cannot be used; one finding for each fault.
    """
    folder = draft_folder(path)
    written = _written(folder)
    if path.is_file():
        return _workbook(path, folder, raw_dir, written).used()
    _refuse_others(path)
    files = _files(path, written)
    if not (path / WORKBOOK).exists() or file_hash(path / WORKBOOK) == written.workbook:
        return files.used()
    workbook = _workbook(path / WORKBOOK, path, raw_dir, written)
    if not workbook.is_changed:
        return files.used()
    if files.is_changed and files.rows_hash != workbook.rows_hash:
        raise AcceptError(
            f"{path}: både {WORKBOOK} og CSV-filene er endret, og de sier ikke det samme; før inn regnearket med "
            f"gevinst accept {path / WORKBOOK}, eller slett det for å bruke CSV-filene",
            f"{path}: both {WORKBOOK} and the CSV files were changed, and they do not say the same; add the workbook "
            f"with gevinst accept {path / WORKBOOK}, or delete it to use the CSV files",
        )
    return workbook.used()


def _refuse_others(folder: Path) -> None:
    """Raise `AcceptError` for a workbook under another name: somebody may have saved there what they corrected."""
    kinds = (".xlsx", ".xlsm", ".xls", ".ods")
    own = ("~$", ".")  # how spreadsheet programs name the files by which they know that a workbook is open
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in kinds and path.name != WORKBOOK and not path.name.startswith(own):
            raise AcceptError(
                f"{folder}: mappa har også regnearket {path.name}; før det inn med gevinst accept {path}, eller flytt "
                "det ut av mappa",
                f"{folder}: the folder also holds the workbook {path.name}; add it with gevinst accept {path}, or move "
                "it out of the folder",
            )


def _written(folder: Path | None) -> Written:
    if folder is None or not (folder / WRITTEN).is_file():
        return Written()
    path = folder / WRITTEN
    try:
        return Written(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise AcceptError(
            f"{path}: fila kan ikke leses, så ingen vet hva som er endret i utkastet; lagre {WORKBOOK} i en annen "
            "mappe og før det inn derfra",
            f"{path}: the file cannot be read, so nobody knows what was changed in the draft; save {WORKBOOK} in "
            "another folder and add it from there",
        ) from error


def _files(folder: Path, written: Written) -> _Read:
    """The CSV files of a draft."""
    found: dict[str, pl.DataFrame] = {}
    faults: list[Finding] = []
    for contract in DRAFTED:
        path = folder / f"{contract.name}.csv"
        if path.exists():
            try:
                text = read_delimited(path, f"{folder.name}/{path.name}", contract, is_from_a_person=True)
            except IntakeError as error:
                faults += error.findings
                continue
            faults += text.findings
            if text.rows.height:
                found[contract.name] = text.rows
    is_changed = bool(faults) or _hash_of_frames(found) != written.rows
    faults += placeholders_in(found)
    inputs = {name: digest for name, digest in hashes_of(folder).items() if not name.endswith(f"/{WORKBOOK}")}
    source = IntakeError(faults) if faults else Source(found, folder.name, folder, inputs)
    return _Read(source, _hash_of_frames(found), is_changed)


def _workbook(path: Path, folder: Path | None, raw_dir: Path, written: Written) -> _Read:
    """The workbook of a draft. What is no row counts too: a note that nobody reads would otherwise be lost."""
    shown = f"{folder.name}/{path.name}" if folder else path.name
    try:
        workbook = read_draft_workbook(path, shown, raw_dir, written.comments)
    except IntakeError as error:
        return _Read(error, "", is_changed=True)
    rows = workbook.rows
    faults = workbook.faults()
    source = IntakeError(faults) if faults else Source(rows, shown, folder, {shown: file_hash(path)}, workbook)
    has_more = any(finding.rule is not Rule.HIDDEN for finding in workbook.delivery.findings)
    return _Read(source, _hash_of_frames(rows), has_more or _hash_of_frames(rows) != written.rows)


def _hash_of_frames(rows: Mapping[str, pl.DataFrame]) -> str:
    return _hash({name: frame.drop(ROW, FILE).iter_rows(named=True) for name, frame in rows.items()})


def _hash(rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> str:
    """The same for the same rows in any order, whatever blanks a program puts between words."""
    said = {name: sorted(_said(row) for row in of_table) for name, of_table in rows.items()}
    text = json.dumps({name: found for name, found in sorted(said.items()) if found}, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _said(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    texts = {name: " ".join(cell_text(value).split()) for name, value in row.items() if name not in STAMPED}
    return sorted((name, text) for name, text in texts.items() if text)

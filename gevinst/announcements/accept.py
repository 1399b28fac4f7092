"""Drafts: a folder of files that a person reads, corrects and accepts, all of its rows into the registry or none.

Belongs here: which rows a draft has, and when it may be accepted.
Does not belong here: what the rows are (`to_rows.py`), and checking and writing them (`gevinst.intake.append`).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from gevinst.announcements.benefit_rows import review_round
from gevinst.announcements.draft_source import WORKBOOK, AcceptError, draft_folder, draft_source, record_written
from gevinst.announcements.draft_workbook import DRAFTED, write_draft_workbook
from gevinst.announcements.model import Reading
from gevinst.announcements.quotes import quote_of
from gevinst.announcements.read_page import summary_text
from gevinst.announcements.to_rows import draft_of, read_registry
from gevinst.errors import EvaluatorError
from gevinst.findings import IntakeError
from gevinst.intake.append import Appended, NewRows, Progress, append_rows
from gevinst.intake.core import read_typed
from gevinst.intake.new_ids import slug
from gevinst.intake.raw_files import BY_YEAR
from gevinst.intake.read_csv import FILE, ROW
from gevinst.intake.receipts import read_receipts, undone
from gevinst.intake.write_csv import cell_text, write_rows
from gevinst.whole_files import write_atomically
from gevinst.workbook.codes import options

ACCEPTED = "accepted"
EVIDENCE = "evidence.csv"
STATEMENTS = "statements.csv"
SUMMARY = "summary.txt"
_EVIDENCE_COLUMNS = ("table", "key", "column", "value", "line", "confidence", "quote")
_STATEMENT_COLUMNS = ("project", "kind", "code", "benefit_code", "text", "line", "confidence")
# The reader's words for a modality, by the codes of `claim_modality`: it cannot judge what the code "measured" demands,
# so a person confirms each one when the statement is entered.
_REGISTRY_MODALITY = {
    "potential": "potential_asserted",
    "goal": "goal",
    "reported": "realised_self_reported",
    "documented": "measured",
}


class DraftError(EvaluatorError):
    """A draft that cannot be written."""


@dataclass(frozen=True, slots=True)
class Additions:
    """The rows that a draft adds, as text by table, the name of what they were read from, and the result."""

    tables: dict[str, pl.DataFrame]
    file: str
    appended: Appended

    def lines(self, language: str) -> list[str]:
        """The added rows, one line for each below the title of its table."""
        found: list[str] = []
        for contract in DRAFTED:
            rows = self.tables.get(contract.name)
            if rows is not None:
                found.append(f"{contract.title(language)}: {rows.height}")
                found += [
                    f"  + {' / '.join(str(cell) for cell in key)}" for key in rows.select(contract.key).iter_rows()
                ]
        return found


def accept_draft(
    draft: Path, raw_dir: Path, *, only_check: bool = False, progress: Progress = lambda *_: None
) -> Additions:
    """Add the rows of `draft` to `raw_dir`, after every check; with `only_check`, add nothing.

    A draft is the folder that was written, in which the workbook or the CSV files count, whichever a person changed; or
    its workbook, which counts then.

    Raises:
        AcceptError: `draft` is no draft, was accepted before, or was changed in two ways.
        IntakeError, WriteError: as `append_rows`; findings name the draft's own file and row, or sheet and cell.
    """
    if not draft.exists():
        raise AcceptError(f"{draft}: utkastet finnes ikke", f"{draft}: there is no such draft")
    folder = draft_folder(draft)
    if folder and _is_accepted(folder, raw_dir):
        raise AcceptError(f"{draft}: dette utkastet er ført inn før", f"{draft}: this draft was accepted before")
    source = draft_source(draft, raw_dir)
    rows = source.rows
    if not rows:
        raise AcceptError(
            f"{draft}: utkastet har ingen fil med rader til registeret",
            f"{draft}: the draft holds no file with rows of the registry",
        )
    try:
        appended = append_rows(
            raw_dir,
            _new_rows(rows, raw_dir),
            who=f"gevinst accept {source.file}",
            progress=progress,
            only_check=only_check,
            inputs=source.inputs,
        )
    except IntakeError as error:
        raise IntakeError(source.placed(error.findings)) from error
    if folder and not only_check:
        # After the rows: a command killed in between leaves a draft whose keys are taken, and so is refused, not lost.
        (folder / ACCEPTED).write_text(appended.receipt.receipt_id if appended.receipt else "", encoding="utf-8")
    notes = (source.workbook.notes if source.workbook else []) + source.placed(appended.notes)
    tables = {name: frame.drop(ROW, FILE) for name, frame in rows.items()}
    return Additions(tables, source.file, replace(appended, notes=tuple(notes)))


def _is_accepted(folder: Path, raw_dir: Path) -> bool:
    """Whether the draft's rows are in the registry: accepted, and not taken back since."""
    marked = folder / ACCEPTED
    return marked.exists() and marked.read_text(encoding="utf-8") not in undone(read_receipts(raw_dir))


def _new_rows(rows: Mapping[str, pl.DataFrame], raw_dir: Path) -> list[NewRows]:
    """The rows by file: those of evaluation tables in the year of the round that the draft's claims belong to."""
    by_year = {table.name for table in DRAFTED if table.folder == BY_YEAR}
    year = None
    if by_year & rows.keys():
        registry = read_registry(raw_dir)
        rounds = dict(registry.tables["assessment_rounds"].select("assessment_round_id", "assessment_year").iter_rows())
        claims = rows.get("benefit_claims")
        named = [one for one in claims["assessment_round_id"] if one in rounds] if claims is not None else []
        round_id = named[0] if named else review_round(registry)
        # Without a known round, the rows are refused for what they lack, wherever they would have been put.
        year = int(rounds.get(round_id) or max(rounds.values(), default="2000"))
    return [NewRows(name, frame, year if name in by_year else None) for name, frame in rows.items()]


def write_draft(
    reading: Reading, folder: Path, raw_dir: Path, today: date | None = None, *, language: str = "nb"
) -> Path:
    """Write the draft of a reading to a folder of its own under `folder` and return the path of that.

    One file for each table that gets rows, benefits among them, and `draft.xlsx` with a sheet for each; `evidence.csv`
    (line, confidence and quote of every cell that was read), `statements.csv` (gains and status, for the person who
    assesses) and `summary.txt`.

    Raises:
        DraftError: a draft of this page is already there; a person may have worked on it.
    """
    # 80 characters: enough to recognise the page, within the 260 that a path on Windows has by default.
    target = folder / slug(Path(reading.file_name).stem, 80)
    if target.exists():
        raise DraftError(
            f"{target}: det finnes et utkast av denne siden; før det inn, eller slett mappa",
            f"{target}: a draft of this page is already there; accept it, or remove the folder",
        )
    today = today or datetime.now(UTC).date()
    draft = draft_of(reading, read_registry(raw_dir), today)
    evidence = [one | {"quote": quote_of(reading.lines, one["line"], one["value"])} for one in draft.evidence]
    texts = options(read_typed(raw_dir).rows)

    def write(beside: Path) -> None:
        beside.mkdir()
        for contract in DRAFTED:
            if rows := draft.rows.get(contract.name):
                write_rows(beside, contract, rows)
        _write(beside / EVIDENCE, _EVIDENCE_COLUMNS, evidence)
        _write(beside / STATEMENTS, _STATEMENT_COLUMNS, statements_of(reading))
        (beside / SUMMARY).write_text(summary_text(reading, language) + "\n", encoding="utf-8")
        comments = write_draft_workbook(
            beside / WORKBOOK, reading, draft.rows, evidence, texts, read_on=today, language=language
        )
        record_written(beside, draft.rows, comments)

    return write_atomically(target, write)


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

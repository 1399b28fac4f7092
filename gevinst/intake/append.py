"""The one writer of raw files: new rows after the existing ones, all of them or none.

Belongs here: taking the lock, checking the rows on a copy as a run would, and writing them.
Does not belong here: where rows come from (drafts, workbooks), rules (`validate.py`, `integrity.py`, `gevinst.quality`)
and how several files are replaced together (`journal.py`).

Nothing else in the package writes below the folder of the raw files. The existing content of a file keeps its bytes:
its order of headings, its byte order mark and its line ends, whatever program wrote them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

import polars as pl

from gevinst.contracts import CORE, CORRECTIONS, Contract
from gevinst.findings import Finding, IntakeError, Rule
from gevinst.intake.content import ContentFault, content_faults
from gevinst.intake.core import (
    CoreTables,
    TypedTables,
    read_typed,
    stopping_faults,
    stored,
)
from gevinst.intake.journal import (
    FOLDER,
    changed_meanwhile,
    read_steadily,
    recover_locked,
    replace_files,
    unwritable,
)
from gevinst.intake.raw_files import BY_YEAR, input_files, raw_file
from gevinst.intake.read_csv import FILE, ROW, read_lines
from gevinst.intake.receipts import Block, Receipt, next_receipt_id
from gevinst.intake.write_csv import cell_text
from gevinst.lock import run_lock
from gevinst.reference import ships
from gevinst.scratch import scratch

RECORDED = "recorded_on"
"""The column that this writer fills in."""
_CONTRACTS = {contract.name: contract for contract in (*CORE, CORRECTIONS)}


class Step(StrEnum):
    """What the writer is doing, for messages to the person who waits."""

    WAITING = "waiting"  # for another writer, whose name comes with it
    CHECKING = "checking"  # the content; Great Expectations takes seconds to load


Progress = Callable[[Step, str], object]
"""Called with a step, and with the holder of the lock while waiting; else with an empty text."""


@dataclass(frozen=True, slots=True)
class NewRows:
    """Rows for one file, as text or typed, with `ROW` and `FILE`: the place where a person would correct them.

    A column that is left out is empty. `year` is the folder of an evaluation table, and of no other.
    """

    table: str
    rows: pl.DataFrame
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """Rows added to one file: path relative to the raw folder, table, line of the first row (from 1), rows as text."""

    file: str
    table: str
    first_line: int
    rows: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Appended:
    """The rows added by file, the files created with headings only, the warnings about the new rows, and the receipt.

    The receipt is `None` when nothing was written.
    """

    added: tuple[Added, ...] = ()
    new_files: tuple[str, ...] = ()
    notes: tuple[Finding, ...] = ()
    receipt: Receipt | None = None

    @property
    def counts(self) -> dict[str, int]:
        """Number of rows added, by file."""
        return {one.file: one.rows.height for one in self.added}


def append_rows(
    raw_dir: Path,
    new: Sequence[NewRows],
    *,
    who: str,
    progress: Progress = lambda _step, _holder: None,
    only_check: bool = False,
    recorded_on: date | None = None,
    inputs: Mapping[str, str] | None = None,
) -> Appended:
    """Add the rows of `new` to the raw files under `raw_dir`, after running every check that a run makes of raw files.

    `who` is the name shown to other writers that wait. A year without a folder gets one with every evaluation table.
    With `only_check` nothing is written or locked. Every row is stamped with `recorded_on`, the day it enters the
    register (default: today), whatever the row itself says: nobody but this writer knows. What was added is recorded in
    a receipt, with the SHA-256 of the `inputs` by name, so that it can be taken back (`undo.py`).

    Raises:
        IntakeError: a row does not conform to its contract, its key is taken, a reference has no target, or a critical
            check would keep every later run from publishing; one finding per fault, with the place the row came from.
            Likewise when the raw files cannot be used as they are.
        WriteError: the files cannot be written, or somebody edited one meanwhile.
    """
    new = [one for one in new if one.rows.height]
    if not new:
        return Appended()
    for one in new:
        _refuse_misuse(one)
    receipt: Receipt | None = None
    with _holding(raw_dir, who, progress, is_needed=not only_check), scratch() as place:
        old = read_steadily(raw_dir, lambda: _contents(raw_dir))
        copy = _Copy(place, old, recorded_on or date.today())
        # Read before the rows are added, so that a fault that was there already is not reported as theirs.
        before = read_typed(copy.folder)
        tables = stored(before)
        for one in new:
            copy.add(one)
        after = read_typed(copy.folder, copy.origins)
        if faults := _faults(before, after, copy):
            raise IntakeError(faults)
        progress(Step.CHECKING, "")
        notes = _content(tables, stored(after), copy)
        if not only_check:
            receipt = _receipt(raw_dir, who, copy, inputs or {})
            Change(raw_dir, old).write({**copy.changed, receipt.name: receipt.content()})
    return Appended(tuple(copy.added), tuple(copy.headings_only), tuple(notes), receipt)


@dataclass(frozen=True, slots=True)
class Change:
    """The raw files as they were when the lock was taken, and the one way to replace them."""

    raw_dir: Path
    old: Mapping[str, bytes]

    def write(self, new: Mapping[str, bytes | None]) -> None:
        """Give files their new content, or remove them, all or none; raises `WriteError` when one was edited."""
        # Editors and git take no lock, and the checks take seconds: compare once more, as late as possible.
        _refuse_edits(self.raw_dir, self.old)
        replace_files(self.raw_dir, new, self.old)


@contextmanager
def change_files(raw_dir: Path, who: str, progress: Progress) -> Generator[Change]:
    """A change of the raw files under their lock, for what is no adding of rows."""
    with _holding(raw_dir, who, progress, is_needed=True):
        yield Change(raw_dir, read_steadily(raw_dir, lambda: _contents(raw_dir)))


def _receipt(raw_dir: Path, who: str, copy: _Copy, inputs: Mapping[str, str]) -> Receipt:
    at = datetime.now().astimezone()
    added = {one.file: one for one in copy.added}
    blocks = [
        Block(
            name,
            added[name].table if name in added else Path(name).stem,
            added[name].first_line if name in added else 2,
            added[name].rows.height if name in added else 0,
            copy.texts.get(name, b"").decode(),
            is_new=name in copy.headings,
            heading=copy.headings.get(name, b"").decode(),
            origins=[list(place) for (file, _), place in copy.origins.items() if file == name],
        )
        for name in copy.changed
    ]
    return Receipt(next_receipt_id(raw_dir, at), who, at.isoformat("T", "seconds"), inputs, blocks)


def _refuse_misuse(new: NewRows) -> None:
    contract = _CONTRACTS[new.table]
    if (contract.folder == BY_YEAR) is (new.year is None):
        raise ValueError(f"{new.table}: a year is for the tables of {BY_YEAR}/, and for each of them")
    if unknown := set(new.rows.columns) - {ROW, FILE, *(column.name for column in contract.columns)}:
        raise ValueError(f"{new.table} has no columns {', '.join(sorted(unknown))}")


@contextmanager
def _holding(raw_dir: Path, who: str, progress: Progress, *, is_needed: bool) -> Generator[None]:
    """The lock of the raw files, and nothing left half done in them."""
    if not is_needed:
        yield
        return
    try:
        with run_lock(raw_dir / FOLDER, who, lambda holder: progress(Step.WAITING, holder)):
            recover_locked(raw_dir)
            yield
    except OSError as error:  # `replace_files` raises `WriteError` itself, so up to here nothing was changed
        raise unwritable(error) from error


def _contents(raw_dir: Path) -> dict[str, bytes]:
    """Bytes by name of every input file that exists."""
    return {path.relative_to(raw_dir).as_posix(): path.read_bytes() for path in input_files(raw_dir) if path.is_file()}


def _refuse_edits(raw_dir: Path, old: Mapping[str, bytes]) -> None:
    """Raise `WriteError` if any input file has changed since it was copied.

    This includes the files that get no rows: the new rows were checked against them too.
    """
    now = _contents(raw_dir)
    for name in sorted(old.keys() | now.keys()):
        if old.get(name) != now.get(name):
            raise changed_meanwhile(name)


class _Copy:
    """The raw files in a folder of their own, and the rows that were added to them there."""

    def __init__(self, folder: Path, contents: Mapping[str, bytes], recorded_on: date) -> None:
        self.folder = folder
        self._stamp = {RECORDED: recorded_on}
        self.changed: dict[str, bytes] = {}
        self.added: list[Added] = []
        self.headings_only: list[str] = []
        self.origins: dict[tuple[str, int], tuple[str, int]] = {}
        self.tables: dict[str, list[pl.DataFrame]] = {}
        self.texts: dict[str, bytes] = {}
        self.headings: dict[str, bytes] = {}
        for name, content in contents.items():
            self._write(name, content)

    def _write(self, name: str, content: bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def _change(self, name: str, content: bytes) -> None:
        self._write(name, content)
        self.changed[name] = content

    def add(self, new: NewRows) -> None:
        """Put rows below those of their file."""
        contract = _CONTRACTS[new.table]
        if new.year is not None and not (self.folder / BY_YEAR / str(new.year)).exists():
            self._add_year(new.year)
        path = raw_file(self.folder, contract, new.year)
        name = path.relative_to(self.folder).as_posix()
        if not path.exists() and ships(contract.name):  # a workspace has rows of its own in it from now on
            self._begin(name, contract)
        before = path.read_bytes()
        heading = read_lines(path, name)[0][1]
        given = [row | self._stamp for row in new.rows.iter_rows(named=True)]
        texts = [[cell_text(row.get(column)) for column in heading] for row in given]
        written, lines = _lines(before, texts)
        self._change(name, before + written)
        self.texts[name] = self.texts.get(name, b"") + written
        places = new.rows.select(FILE, ROW).iter_rows()
        self.origins |= {(name, line): (str(file), int(row)) for line, (file, row) in zip(lines, places, strict=True)}
        self.added.append(
            Added(name, new.table, lines[0], pl.DataFrame(texts, dict.fromkeys(heading, pl.String), orient="row"))
        )
        # A new year's files start with headings only; this one has a row now.
        self.headings_only = [file for file in self.headings_only if file != name]
        self.tables.setdefault(new.table, []).append(new.rows)

    def _add_year(self, year: int) -> None:
        for contract in (contract for contract in CORE if contract.folder == BY_YEAR):
            self._begin(raw_file(self.folder, contract, year).relative_to(self.folder).as_posix(), contract)

    def _begin(self, name: str, contract: Contract) -> None:
        self.headings[name] = (",".join(column.name for column in contract.columns) + "\n").encode()
        self._change(name, self.headings[name])
        self.headings_only.append(name)

    @property
    def rows(self) -> dict[str, pl.DataFrame]:
        """All new rows by table."""
        return {name: pl.concat(frames, how="diagonal_relaxed") for name, frames in self.tables.items()}


def _lines(before: bytes, rows: Sequence[Sequence[str]]) -> tuple[bytes, list[int]]:
    """What to put after `before`, with the line ends that its heading has, and the number of each row's first line."""
    end = "\r\n" if before.split(b"\n", 1)[0].endswith(b"\r") else "\n"
    if b"\n" not in before and b"\r" in before:  # of an old Mac; beside other line ends, these would be parts of cells
        end = "\r"
    # Spreadsheets and editors often leave out the last line end; the first new row would then continue the last row.
    written = "" if before.endswith((b"\n", b"\r")) else end
    number = (before.decode("utf-8-sig") + written).count(end[-1]) + 1
    parts, numbers = [written], list[int]()
    for row in rows:
        text = io.StringIO()
        csv.writer(text, lineterminator=end).writerow(row)
        parts.append(text.getvalue())
        numbers.append(number)
        number += parts[-1].count(end[-1])  # more than one for a row with a line break inside quotes
    return "".join(parts).encode(), numbers


def _faults(before: TypedTables, after: TypedTables, copy: _Copy) -> list[Finding]:
    """Findings that stop the rows from being added, each with the place the row came from."""
    # Rows that were set aside before are not the fault of the person who adds rows now.
    known = set(before.set_aside)
    set_aside = [finding for finding in after.set_aside if finding not in known]
    # A row of empty cells is skipped by the CSV reader without a finding: find it by its absence.
    read = {place for frame in after.rows.values() for place in frame.select(FILE, ROW).iter_rows()}
    lost = set(copy.origins.values()) - read - {(finding.file, finding.row_number) for finding in set_aside}
    return [
        *set_aside,
        *(
            Finding(
                file,
                "raden er tom og kan ikke leses tilbake; fyll den ut, eller fjern den.",
                "the row is empty and cannot be read back; fill it in or remove it.",
                row_number=row,
                rule=Rule.REQUIRED,
            )
            for file, row in sorted(lost)
        ),
        *stopping_faults(after),
    ]


def _content(before: CoreTables, after: CoreTables, copy: _Copy) -> list[Finding]:
    """Warnings about the new rows; raises `IntakeError` for faults that would stop an edition from being published."""
    file = next(iter(copy.origins.values()))[0]
    found = [_in_full(fault) for fault in content_faults(before, after, copy.rows, file)]
    if stops := [finding for finding in found if not finding.is_note]:
        raise IntakeError(stops)
    return found


def _in_full(fault: ContentFault) -> Finding:
    """The finding with the id of its check, and what to do then."""
    finding, check = fault.finding, fault.result.check
    return replace(
        finding,
        reason_nb=f"{finding.reason_nb} Prøv så igjen (kontrollen {check.check_id}).",
        reason_en=f"{finding.reason_en} Then try again (check {check.check_id}).",
    )

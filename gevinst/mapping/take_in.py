"""A register into the raw files by its mapping: read, merged with what is known, checked, and written or not.

Belongs here: the order of the steps, when nothing may be written, and findings at the place in the register.
Does not belong here: the steps themselves, and the writer (`gevinst.intake.append`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import polars as pl

from gevinst.bilingual import LANGUAGES
from gevinst.contracts import CORRECTIONS, contract
from gevinst.findings import Finding, IntakeError, Rule
from gevinst.intake.append import NewRows, Progress, append_rows
from gevinst.intake.core import TypedTables, read_typed
from gevinst.intake.raw_files import BY_YEAR
from gevinst.intake.read_csv import FILE, ROW
from gevinst.intake.receipts import hashes_of
from gevinst.mapping.benefit_book import open_book
from gevinst.mapping.mapping_file import RegisterMapping, folded, kind_of, read_mapping
from gevinst.mapping.merge import merge
from gevinst.mapping.register import Entry, Register, open_register
from gevinst.mapping.registry import Merged
from gevinst.mapping.rows import Labels, take_in
from gevinst.workbook.check import check_files
from gevinst.workbook.import_rows import import_rows
from gevinst.workbook.read_xlsx import Book
from gevinst.workbook.register_layout import BENEFITS, read_layout
from gevinst.workspace import scheme

_MOST_SET_ASIDE_PCT = 5
"""Per cent of records that may be set aside, as of rows in a run: with more, something is wrong with the mapping."""


@dataclass(slots=True)
class Outcome:
    """What a register gave: findings, numbers of projects by what became of them, rows by table, and the receipt.

    `faults` are findings that kept everything from being written.
    """

    findings: list[Finding] = field(default_factory=list)
    faults: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    rows: dict[str, int] = field(default_factory=dict)
    receipt_id: str | None = None


def take_in_register(
    path: Path,
    mapping_path: Path,
    raw_dir: Path,
    *,
    only_check: bool = False,
    year: int | None = None,
    today: date | None = None,
    progress: Progress = lambda *_: None,
) -> Outcome:
    """Add the rows of the register at `path` to the raw files, or with `only_check` say what would be added.

    What the rows are of, projects or the benefits of one, is what the mapping says. Rows of evaluations go to the
    folder of `year`, without one to that of the day. Raises `IntakeError` when the mapping or the raw files cannot be
    used, `ExchangeError` and `LimitError` when the register cannot be read, and `WriteError` when the raw files cannot
    be written. What is wrong in the register is in the outcome; with `faults` nothing was written.
    """
    today = today or date.today()
    if kind_of(mapping_path) == BENEFITS:
        return _take_in_benefits(path, mapping_path, raw_dir, year or today.year, progress, only_check=only_check)
    mapping = read_mapping(mapping_path)
    register = open_register(path, mapping.sheet, list(mapping.columns))
    typed = read_typed(raw_dir)
    taken = take_in(register, mapping, typed.codes, labels_of(typed), scheme().currency)
    outcome = Outcome(findings=[*register.told(), *taken.findings], faults=list(taken.faults))
    set_aside, total = taken.set_aside + register.unread, len(register.entries) + register.unread
    outcome.counts["set_aside"] = set_aside
    if set_aside * 100 > _MOST_SET_ASIDE_PCT * total:
        outcome.faults.append(_too_many(register, set_aside, total))
    if outcome.faults:
        return outcome
    merged = merge(taken.projects, register, mapping, typed, today)
    outcome.findings += merged.findings
    outcome.counts += merged.counts
    outcome.rows = {table: len(rows) for table, rows in merged.rows.items()}
    try:
        appended = append_rows(
            raw_dir,
            _new_rows(merged, register, year or (mapping.source.read_on or today).year),
            who=f"gevinst map {path.name}",
            progress=progress,
            only_check=only_check,
            recorded_on=today,
            inputs=hashes_of(path) | hashes_of(mapping_path),
        )
    except IntakeError as error:
        outcome.faults += [_placed(one, register, mapping) for one in error.findings]
        return outcome
    outcome.findings += [_placed(replace(one, is_note=True), register, mapping) for one in appended.notes]
    outcome.receipt_id = appended.receipt.receipt_id if appended.receipt else None
    return outcome


def _take_in_benefits(
    path: Path, mapping_path: Path, raw_dir: Path, year: int, progress: Progress, *, only_check: bool
) -> Outcome:
    """The same for a register of benefits, whose rows are those of the workbook's sheets, and checked as they are."""
    layout = read_layout(mapping_path)
    told: list[Finding] = []

    def opened(path: Path) -> Book:
        book, around = open_book(path, layout)
        told.extend(around)
        return book

    checked = check_files([path], raw_dir, year, None, layout=layout, open_book=opened)
    findings = [*told, *checked.findings]
    rows = {table: frame.height for table, frame in checked.rows.items() if frame.height}
    outcome = Outcome([one for one in findings if one.is_note], [one for one in findings if not one.is_note], rows=rows)
    if not (outcome.faults or only_check):
        who = f"gevinst map {path.name}"
        appended = import_rows(checked.rows, raw_dir, year, progress, (path, mapping_path), who)
        outcome.receipt_id = appended.receipt.receipt_id if appended.receipt else None
    return outcome


def labels_of(typed: TypedTables) -> Labels:
    """Codes by label in small letters, in either language, by code list."""
    found: dict[str, dict[str, str]] = {}
    for row in typed.rows["codelists"].iter_rows(named=True):
        for language in LANGUAGES:
            found.setdefault(row["codelist"], {}).setdefault(folded(row[f"label_{language}"]), row["code"])
    return found


def _new_rows(merged: Merged, register: Register, year: int) -> list[NewRows]:
    new = []
    for table, rows in merged.rows.items():
        names = [column.name for column in contract(table).columns]
        places = [(_row_number(entry), register.file) for _, entry in rows]
        cells = [[row.get(name) for name in names] for row, _ in rows]
        frame = pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String), orient="row").with_columns(
            pl.Series(ROW, [row for row, _ in places], pl.Int64),
            pl.Series(FILE, [file for _, file in places], pl.String),
        )
        is_yearly = table != CORRECTIONS.name and contract(table).folder == BY_YEAR
        new.append(NewRows(table, frame, year if is_yearly else None))
    return new


def _row_number(entry: Entry | None) -> int:
    """The row in the register; of JSON the place in the list, counted from 1."""
    if entry is None:
        return 1
    digits = "".join(filter(str.isdigit, entry.place.rpartition("[")[2] or entry.place))
    return int(digits or 0) + (0 if entry.place.isdecimal() else 1)


def _placed(finding: Finding, register: Register, mapping: RegisterMapping) -> Finding:
    """A finding about a new row, with the sheet and the heading that a person looks for."""
    if finding.file != register.file:
        return finding
    headings = _HEADINGS.get(finding.column_name or "", finding.column_name)
    found = mapping.headings_of(headings or "")
    return replace(finding, sheet=register.sheet or None, column_name=found[0] if found else finding.column_name)


_HEADINGS: Mapping[str, str] = {
    "name_nb": "projects.name",
    "name_en": "projects.name",
    "short_name_nb": "projects.short_name",
    "problem_nb": "projects.problem",
    "problem_en": "projects.problem",
    "sector_code": "projects.sector_code",
    "external_id": "projects.external_id",
    "organisation_name": "owner.name",
    "name": "owner.name",
    "level_code": "owner.level_code",
    "country_code": "owner.country_code",
    "grant_amount": "project_grants.grant_amount",
    "currency_code": "project_grants.currency_code",
    "event_on": "project_events.ended_on",
    "benefit_code": "benefits.benefit_code",
}
"""What a column of the registry was filled in from."""


def _too_many(register: Register, n: int, total: int) -> Finding:
    nb = f"{n} av {total} rader er satt til side, og ingenting er ført inn; rett radene eller koblingen."
    en = f"{n} of {total} rows were set aside, and nothing was entered; correct the rows or the mapping."
    return Finding(register.file, nb, en, rule=Rule.FILE)

"""All raw files to all core tables in one pass, so that every fault is reported at once.

Belongs here: the order of reading, and what stops a run.
Does not belong here: which file holds which table (`raw_files.py`), and how one file, value or rule is handled (the
other modules of this package).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from gevinst.contracts import CORE, CORRECTIONS, QUARANTINE, Contract
from gevinst.contracts.schema import polars_schema
from gevinst.findings import WHOLE_ROW, Finding, IntakeError
from gevinst.intake.corrections import apply_corrections, unknown_tables
from gevinst.intake.integrity import SetAside, circles, dangling_references, duplicate_keys, persons_data
from gevinst.intake.journal import read_steadily
from gevinst.intake.raw_files import is_illustrative, name_of, raw_files, unknown_files
from gevinst.intake.read_csv import FILE, ROW, TextTable, read_delimited
from gevinst.intake.validate import Codes, apply_contract
from gevinst.reference import ships

Origins = Mapping[tuple[str, int], tuple[str, int]]
"""File and line that each line (file, line) of a raw file was copied from."""


@dataclass(frozen=True, slots=True)
class CoreTables:
    """Core tables by name, the findings about rows that were set aside, and the corrections that were applied.

    Every frame conforms to its contract and is sorted by its key.
    """

    tables: dict[str, pl.DataFrame]
    quarantine: pl.DataFrame
    corrections: pl.DataFrame

    @property
    def frames(self) -> dict[str, pl.DataFrame]:
        """All tables by name, in the form that checks take."""
        return {**self.tables, CORRECTIONS.name: self.corrections, QUARANTINE.name: self.quarantine}


@dataclass(frozen=True, slots=True)
class TypedTables:
    """Typed rows by table (the register of corrections too) with `ROW` and `FILE`, before rules across rows and tables.

    `set_aside` are findings about rows that did not fit, `stops` findings about corrections, `codes` the code lists.
    `keys_set_aside` are the keys of those rows by table, with the first finding about each.
    """

    rows: dict[str, pl.DataFrame]
    set_aside: list[Finding]
    stops: list[Finding]
    codes: Codes
    is_illustrative: bool
    keys_set_aside: SetAside = field(default_factory=dict[str, dict[str, Finding]])


def read_core(raw_dir: Path) -> CoreTables:
    """Read every raw file under `raw_dir`.

    Raises:
        IntakeError: a file or column is missing or unreadable, a key is repeated, a reference has no target, a
            correction's guard fails, or a text holds persons' data; with one finding per fault. Nothing is returned
            then.
    """
    return stored(read_typed(raw_dir))


def stored(typed: TypedTables) -> CoreTables:
    """The tables as the pipeline stores them; raises `IntakeError` as `read_core` does."""
    if found := stopping_faults(typed):
        raise IntakeError(found)
    tables = {contract.name: _stored(typed.rows[contract.name], contract, typed.is_illustrative) for contract in CORE}
    return CoreTables(
        tables,
        quarantine_frame(typed.set_aside, is_illustrative=typed.is_illustrative),
        _stored(typed.rows[CORRECTIONS.name], CORRECTIONS, typed.is_illustrative),
    )


def stopping_faults(typed: TypedTables) -> list[Finding]:
    """Faults that stop a run: corrections that do not fit, repeated keys, lost references, and persons' data."""
    return typed.stops + _integrity(typed)


def read_typed(raw_dir: Path, origins: Origins | None = None) -> TypedTables:
    """Every raw file under `raw_dir` as typed rows that keep their file and line.

    A line that is in `origins` keeps the file and line it was copied from. A change by `append` is seen whole or not at
    all. Raises `IntakeError` when a file or column is missing or unreadable.
    """
    return read_steadily(raw_dir, lambda: _read(raw_dir, origins or {}))


def _read(raw_dir: Path, origins: Origins) -> TypedTables:
    is_invented = is_illustrative(raw_dir)
    texts, stops = _read_texts(raw_dir, origins)
    stops += unknown_files(raw_dir)
    if stops:  # without every file and column, the faults found further on would be consequences of these
        raise IntakeError(stops)
    set_aside: list[Finding] = [finding for table in texts.values() for finding in table.findings]
    # Code lists come first, since they say which codes the other tables may have; corrections are applied to text,
    # before any value is parsed, because what they correct is often a value that cannot be parsed.
    codes = _codes(texts["codelists"].rows)
    corrections, findings = apply_contract(texts[CORRECTIONS.name].rows, CORRECTIONS, codes)
    set_aside += findings
    stops += unknown_tables(corrections, {contract.name for contract in CORE})
    typed: dict[str, pl.DataFrame] = {}
    lost: dict[str, dict[str, Finding]] = {}
    for contract in CORE:
        rows, guards = apply_corrections(texts[contract.name].rows, contract, corrections)
        stops += guards
        typed[contract.name], findings = apply_contract(rows, contract, codes)
        set_aside += findings
        lost[contract.name] = texts[contract.name].keys_set_aside | _keys_of(rows, findings, contract)
    typed[CORRECTIONS.name] = corrections
    return TypedTables(typed, set_aside, stops, codes, is_invented, lost)


def _keys_of(rows: pl.DataFrame, findings: list[Finding], contract: Contract) -> dict[str, Finding]:
    """The first column of the key of each row that was set aside, by which other rows refer to it."""
    if not findings:
        return {}
    keys = {(file, row): key for file, row, key in rows.select(FILE, ROW, contract.key[0]).iter_rows()}
    first = {(one.file, one.row_number): one for one in reversed(findings)}
    return {key: one for place, one in first.items() if (key := keys.get(place))}


def _read_texts(raw_dir: Path, origins: Origins) -> tuple[dict[str, TextTable], list[Finding]]:
    texts: dict[str, TextTable] = {}
    stops: list[Finding] = []
    for contract in (*CORE, CORRECTIONS):
        parts: list[TextTable] = []
        for path in raw_files(raw_dir, contract):
            try:
                name = name_of(raw_dir, path)
                parts.append(_with_origins(read_delimited(path, name, contract), name, origins))
            except IntakeError as error:
                stops += error.findings
        if parts:
            texts[contract.name] = TextTable(
                _last_word(contract, [part.rows for part in parts]),
                [finding for part in parts for finding in part.findings],
                {key: finding for part in reversed(parts) for key, finding in part.keys_set_aside.items()},
            )
    return texts, stops


def text_rows(raw_dir: Path, contract: Contract) -> pl.DataFrame:
    """All rows of a table as text, with their file and line; raises `IntakeError` when a file cannot be read."""
    paths = raw_files(raw_dir, contract)
    return _last_word(contract, [read_delimited(path, name_of(raw_dir, path), contract).rows for path in paths])


def _last_word(contract: Contract, parts: list[pl.DataFrame]) -> pl.DataFrame:
    """The rows of all files; of what comes with the program, those that the workspace says nothing else about."""
    if ships(contract.name) and len(parts) > 1:
        # A blank among the columns of a key is a value like any other here; whether it may be blank is asked later.
        parts = [parts[0].join(parts[1], on=list(contract.key), how="anti", nulls_equal=True), *parts[1:]]
    return pl.concat(parts)


def _with_origins(table: TextTable, name: str, origins: Origins) -> TextTable:
    """The table with every copied row under the file and line it was copied from."""
    copied = {line: origin for (file, line), origin in origins.items() if file == name}
    if not copied:
        return table
    places = [copied.get(line, (name, line)) for line in table.rows[ROW]]
    rows = table.rows.with_columns(
        pl.Series(ROW, [line for _, line in places], pl.Int64), pl.Series(FILE, [file for file, _ in places], pl.String)
    )
    # The findings so far are about rows with too few or too many cells. `append` copies a row with a cell for each
    # heading, so these rows were there before and keep their place.
    return TextTable(rows, table.findings, table.keys_set_aside)


def _codes(codelists: pl.DataFrame) -> Codes:
    grouped = codelists.drop_nulls(["codelist", "code"]).group_by("codelist", maintain_order=True).agg("code")
    return {name: values for name, values in grouped.iter_rows()}


def _integrity(typed: TypedTables) -> list[Finding]:
    stops: list[Finding] = []
    for contract in (*CORE, CORRECTIONS):
        rows = typed.rows[contract.name]
        stops += duplicate_keys(rows, contract)
        stops += dangling_references(rows, contract, typed.rows, set_aside=typed.keys_set_aside)
        stops += circles(rows, contract)
        stops += persons_data(rows, contract)
    return stops


def _stored(rows: pl.DataFrame, contract: Contract, is_illustrative: bool) -> pl.DataFrame:
    flagged = rows.drop(ROW, FILE).with_columns(pl.lit(is_illustrative).alias("is_illustrative"))
    return flagged.select(contract.column_names).cast(polars_schema(contract)).sort(contract.key)


def quarantine_frame(findings: list[Finding], *, is_illustrative: bool) -> pl.DataFrame:
    """Findings about rows as a frame that conforms to the `quarantine` contract, sorted by file, row and column."""
    rows = [
        {
            "file": finding.file,
            "sheet": finding.sheet,
            "row_number": finding.row_number,
            "column_name": finding.column_name or WHOLE_ROW,
            "value": finding.value,
            "reason_nb": finding.reason_nb,
            "reason_en": finding.reason_en,
            "is_illustrative": is_illustrative,
        }
        for finding in findings
    ]
    return pl.DataFrame(rows, schema=polars_schema(QUARANTINE)).sort("file", "row_number", "column_name")

"""Checks find the same in tables of any size: in blocks of rows as in all rows at once, in an engine as in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.io.plugins import register_io_source

from gevinst.contracts import ALL, CORRECTIONS, QUARANTINE, contract
from gevinst.illustrative import portfolio, write_portfolio
from gevinst.intake import read_core
from gevinst.method.catalogue import compute_marts
from gevinst.method.frames import Rules
from gevinst.quality import ALL_CHECKS, bridge, run_checks
from gevinst.quality.invariants import INVARIANTS
from gevinst.quality.model import LISTED_KEYS
from gevinst.quality.suites import SUITE_CHECKS, SuiteCheck
from gevinst.warehouse import Warehouse, scans
from tests.data.edited_register import committed
from tests.data.quality_faults import FAULTS, broken
from tests.data.quality_world import with_rows
from tests.pipeline.quality.test_suites import BREAKS, BROKEN_IN

Tables = dict[str, pl.DataFrame]
Said = tuple[bool, int, int, tuple[str, ...]]


def frame_of(check: SuiteCheck, tables: Tables) -> tuple[tuple[str, ...], pl.DataFrame]:
    """The columns that name the rows of the frame that a check is about, and the frame."""
    if check.prepared is None:
        return contract(check.table_name).key, tables[check.table_name]
    return check.prepared.key, check.prepared.make({name: one.lazy() for name, one in tables.items()}).collect()


def by_great_expectations(check: SuiteCheck, tables: Tables) -> Said:
    """What Great Expectations itself says when it has all rows and columns at once."""
    key, frame = frame_of(check, tables)
    if frame.is_empty():
        return False, 0, 0, ()
    (validation,) = bridge._validate(frame, [check], key, frame.height)
    result = validation.result
    keys = sorted("/".join(str(row[name]) for name in key) for row in result["partial_unexpected_index_list"])
    checked = int(result["element_count"]) - int(result.get("missing_count") or 0)
    return not validation.success, checked, int(result["unexpected_count"]), tuple(keys[:LISTED_KEYS])


def in_blocks(check: SuiteCheck, tables: Tables, block_rows: int) -> Said:
    key, frame = frame_of(check, tables)
    # Rows come from an engine in any order.
    mixed = frame.sample(fraction=1, shuffle=True, seed=4)
    (result,) = bridge.run_suite("frame", key, mixed.lazy(), [check], LISTED_KEYS, block_rows)
    return result.has_failed, result.checked_count, result.unexpected_count, result.unexpected_keys


def differences(checks: Iterable[tuple[SuiteCheck, Tables]], block_rows: int) -> dict[str, tuple[Said, Said]]:
    both = {
        check.check_id: (by_great_expectations(check, tables), in_blocks(check, tables, block_rows))
        for check, tables in checks
    }
    return {name: (whole, found) for name, (whole, found) in both.items() if whole != found}


def test_great_expectations_finds_the_same_fault_in_blocks_of_rows_as_in_all_of_them(world: Tables) -> None:
    # Great Expectations needs some time for each block: one fault of each kind of expectation.
    kinds = {(check.expectation, *sorted(check.arguments)): check for check in SUITE_CHECKS}
    assert differences([(check, spoilt(check, world)) for check in kinds.values()], block_rows=2) == {}


@pytest.mark.slow
def test_every_fault_is_found_in_blocks_as_in_all_rows(world: Tables) -> None:
    assert differences([(check, spoilt(check, world)) for check in SUITE_CHECKS], block_rows=2) == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["committed", "invented"])
def test_the_same_is_found_in_blocks_of_whole_portfolios(name: str, tmp_path: Path) -> None:
    read = dict(committed())
    if name == "invented":
        write_portfolio(portfolio(), tmp_path / "raw")
        core = read_core(tmp_path / "raw")
        read = {**core.tables, CORRECTIONS.name: core.corrections, QUARANTINE.name: core.quarantine}
    tables = {**read, **compute_marts(read, Rules(2016, 2026), is_illustrative=name == "invented")}
    assert differences([(check, tables) for check in SUITE_CHECKS], block_rows=97) == {}


def spoilt(check: SuiteCheck, world: Tables) -> Tables:
    name = BROKEN_IN.get(check.check_id, check.table_name)
    rows: list[dict[str, Any]] = world[name].to_dicts()
    BREAKS[check.check_id](rows)
    return with_rows(world, name, rows)


def test_great_expectations_never_has_more_rows_and_columns_at_once_than_it_needs(
    world: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[pl.DataFrame] = []
    validate = bridge._validate

    def watched(frame: pl.DataFrame, *arguments: Any) -> Any:
        seen.append(frame)
        return validate(frame, *arguments)

    monkeypatch.setattr(bridge, "_validate", watched)
    (check,) = [check for check in SUITE_CHECKS if check.check_id == "follow_on_funding_plausible"]
    row = world["follow_on_funding"].row(0, named=True)
    many = with_rows(world, "follow_on_funding", [{**row, "follow_on_funding_id": f"f{n}"} for n in range(7)])
    in_blocks(check, many, block_rows=3)
    assert [frame.height for frame in seen] == [3, 3, 1]
    assert {tuple(frame.columns) for frame in seen} == {("follow_on_funding_id", "amount")}


def test_rules_and_prepared_frames_are_the_same_of_tables_that_stay_in_their_engine(
    world: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # One fault in each table that has any, so that what they find is compared, and not only that nothing is found.
    tables = world
    for fault in {fault.table: fault for fault in FAULTS}.values():
        spoilt_too = broken(tables, fault)
        tables = spoilt_too if is_stored(fault.table, spoilt_too) else tables
    tables = {one.name: tables[one.name].sort(one.key) for one in ALL if one.name in tables}
    held = Warehouse(tmp_path / "held.duckdb")
    stored = [(contract(name), rows) for name, rows in tables.items()]
    held.write_all(stored)
    monkeypatch.setattr(scans, "SMALL_TABLE", 0)
    checks = [check for check in ALL_CHECKS if not isinstance(check, SuiteCheck) or check.prepared]
    in_memory = run_checks(checks, tables)
    with held.scans([one for one, _ in stored]) as seen:
        assert run_checks(checks, seen) == in_memory
    assert sum(result.has_failed for result in in_memory) > 20


def is_stored(name: str, tables: Tables) -> bool:
    """Whether a table has what a warehouse asks of every row: its required columns, and a key of its own."""
    required = [column.name for column in contract(name).all_columns if column.required]
    rows = tables[name]
    return not rows.select(pl.any_horizontal(pl.col(required).is_null().any())).item() and rows.height == len(
        rows.unique(list(contract(name).key))
    )


READS_ALL_TEXTS = {"no_contact_data", "no_person_is_named"}


def test_no_rule_reads_columns_that_it_does_not_ask_about(world: Tables) -> None:
    whole: list[str] = []
    for rule in INVARIANTS:
        asked: dict[str, set[str]] = {}
        rule({name: recording(name, frame, asked) for name, frame in world.items()})
        whole += [
            f"{rule.check.check_id}: {name}"
            for name, columns in asked.items()
            if len(columns) == len(world[name].columns)
        ]
    assert {one.partition(":")[0] for one in whole} <= READS_ALL_TEXTS, whole


def recording(name: str, frame: pl.DataFrame, asked: dict[str, set[str]]) -> pl.LazyFrame:
    """`frame` as one that an engine holds, which notes the columns that are read of it."""

    def rows(columns: list[str] | None, predicate: pl.Expr | None, *_: int | None) -> Iterator[pl.DataFrame]:
        asked.setdefault(name, set()).update(frame.columns if columns is None else columns)
        narrow = frame if columns is None else frame.select(columns)
        yield narrow if predicate is None else narrow.filter(predicate)

    return register_io_source(rows, schema=frame.schema, is_pure=True)

"""Each check of what people enter says what is wrong in which cell, and what to do, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl
import pytest

from gevinst.bilingual import LANGUAGES
from gevinst.contracts import CORE, CORRECTIONS, QUARANTINE
from gevinst.findings import Finding
from gevinst.intake.content import content_faults
from gevinst.intake.core import CoreTables
from gevinst.intake.read_csv import FILE, ROW
from gevinst.intake.write_csv import cell_text
from gevinst.language.texts import entries
from gevinst.persons_and_contacts import masked
from gevinst.quality import ALL_TABLES, Check, Owner
from gevinst.quality.catalogue import RAW_CHECKS
from gevinst.quality.invariants import INVARIANTS
from gevinst.workbook.layout import READ
from tests.data.quality_faults import FAULTS, broken
from tests.data.quality_world import with_rows
from tests.data.variants import quick_first
from tests.pipeline.quality.test_suites import BREAKS, BROKEN_IN

Tables = dict[str, pl.DataFrame]
OF_THE_EDITION = {"published_keys_stay", "one_kind_of_data"}
"""Checks of all tables that need an edition before this one, or rows of another kind than a workbook can bring."""
READS = {invariant.check.check_id: invariant.reads for invariant in INVARIANTS}
WITHOUT_A_WORKBOOK = {"benefits_have_a_category", "reconciliations_sum_known_findings"}
"""They read a table of workbooks, but only what `codelists` and the reference hold can break them."""
# Imperatives after the semicolon.
VERBS = {
    "nb": r"\b(bruk|bytt|finn|fjern|fyll|før|gi|kod|la|oppgi|oversett|rett|sett|skriv|slå|tøm|velg|vis)\b",
    "en": r"\b(add|choose|code|correct|empty|enter|fill|find|give|leave|look|refer|remove|restore|swap|translate|use|"
    r"write)\b",
}


def of_workbooks() -> list[Check]:
    return [
        check
        for check in RAW_CHECKS
        if check.check_id not in OF_THE_EDITION | WITHOUT_A_WORKBOOK
        and (check.table_name in (ALL_TABLES, *READ) or set(READS.get(check.check_id, ())) & set(READ))
        and check.table_name != QUARANTINE.name
        and not check.is_told_once
    ]


def worlds(check: Check, world: Tables) -> Iterator[Tables]:
    """The small world with each fault that the check is there for."""
    if check.check_id in BREAKS:
        name = BROKEN_IN.get(check.check_id, check.table_name)
        rows = world[name].to_dicts()
        BREAKS[check.check_id](rows)
        yield with_rows(world, name, rows)
    yield from (broken(world, fault) for fault in FAULTS if fault.check_id == check.check_id and fault.table in READ)


def core(tables: Tables) -> CoreTables:
    return CoreTables(
        {table.name: tables[table.name] for table in CORE}, tables[QUARANTINE.name], tables[CORRECTIONS.name]
    )


def placed(tables: Tables) -> Tables:
    """The tables of workbooks as an import gives them, with the place of each row."""
    return {
        name: tables[name]
        .with_row_index(ROW, 3)
        .with_columns(pl.col(ROW).cast(pl.Int64), pl.lit("ark.xlsx").alias(FILE))
        for name in READ
    }


@pytest.mark.parametrize("check", quick_first(of_workbooks(), quick=4), ids=lambda check: check.check_id)
def test_a_fault_is_told_with_cell_value_and_remedy(check: Check, world: Tables) -> None:
    for tables in worlds(check, world):
        rows = placed(tables)
        found = [
            fault
            for fault in content_faults(core(world), core(tables), rows, "ark.xlsx")
            if fault.result.check.check_id == check.check_id
        ]
        assert found
        for fault in found:
            finding, table = fault.finding, fault.table
            assert table in READ and finding.row_number is not None
            assert finding.column_name in rows[table].columns
            value = rows[table].row(finding.row_number - 3, named=True)[finding.column_name]
            shown = masked(cell_text(value) or "") or None
            assert finding.value == shown, "what is in the cell, never an id made up, and of a person a mask"
            assert [language for language in LANGUAGES if not remedies(finding, language)] == []
            assert "{" not in finding.reason_nb + finding.reason_en


def remedies(finding: Finding, language: str) -> list[str]:
    """The imperatives that follow what is wrong."""
    _, _, remedy = finding.reason(language).partition(";")
    return re.findall(VERBS[language], remedy)


def test_every_check_of_what_people_enter_has_a_text_of_its_own_and_no_text_is_left_over() -> None:
    named = {check.check_id.removesuffix("_nb").removesuffix("_en") for check in RAW_CHECKS}
    texts = {key.removeprefix("content.") for key in entries() if key.startswith("content.")}
    entered = [*of_workbooks(), *(check for check in RAW_CHECKS if check.owner is not Owner.MAINTAINER)]
    told = [check for check in entered if not check.is_told_once]
    wanted = {check.check_id.removesuffix("_nb").removesuffix("_en") for check in told}
    assert (sorted(wanted - texts), sorted(texts - named)) == ([], [])

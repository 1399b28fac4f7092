"""English texts that wait break no rule and are counted by one; rules about English hold for those that are written."""

from __future__ import annotations

import polars as pl
import pytest

from gevinst.contracts import CORE, CORRECTIONS, QUARANTINE
from gevinst.contracts.translations import TO_TRANSLATE, waiting
from gevinst.intake.content import content_faults
from gevinst.intake.core import CoreTables
from gevinst.intake.read_csv import FILE, ROW
from gevinst.quality import ALL_CHECKS, run_checks
from tests.data.variants import quick_first
from tests.data.waiting import without_english

Tables = dict[str, pl.DataFrame]
COUNTED = "english_texts_are_written"


def failed(tables: Tables) -> list[str]:
    return [result.check.check_id for result in run_checks(ALL_CHECKS, tables) if result.has_failed]


def test_a_register_without_any_english_breaks_no_rule_and_one_warning_counts_what_waits(world: Tables) -> None:
    emptied = without_english(world)
    (counted,) = [result for result in run_checks(ALL_CHECKS, emptied) if result.has_failed]
    texts = [text for table in TO_TRANSLATE for text in waiting(table, emptied[table.name])]
    assert (counted.check.check_id, counted.unexpected_count) == (COUNTED, len(texts))
    assert len(texts) > 20 and not counted.stops_publication


@pytest.mark.parametrize(
    ("table", "first", "second", "check"),
    quick_first(
        [
            ("benefits", {"name_en": "Fewer letters"}, {"name_en": "Fewer letters."}, "benefits_named_once_en"),
            ("status_assessments", {}, {"reason_en": "In use."}, "status_assessments_late_step_has_reason_en"),
            ("benefit_claims", {}, {"statement_en": "Saves 5 million kroner."}, "benefit_claims_state_no_kroner_en"),
        ]
    ),
)
def test_a_rule_about_english_looks_at_what_is_written_among_what_waits(
    world: Tables, table: str, first: dict[str, str], second: dict[str, str], check: str
) -> None:
    emptied = without_english(world)
    rows = emptied[table].to_dicts()
    if table == "benefits":
        rows[1]["project_id"] = rows[0]["project_id"]
    rows[0] |= first
    rows[1] |= second
    emptied[table] = pl.DataFrame(rows, schema=emptied[table].schema)
    assert check in failed(emptied)


def test_a_row_that_waits_brings_no_note_of_its_own(world: Tables) -> None:
    emptied = without_english(world)
    before, after = (
        CoreTables({table.name: one[table.name] for table in CORE}, one[QUARANTINE.name], one[CORRECTIONS.name])
        for one in (world, emptied)
    )
    rows = {
        table.name: emptied[table.name].with_row_index(ROW, 3).with_columns(pl.lit("ark.xlsx").alias(FILE))
        for table in CORE
        if emptied[table.name].height
    }
    assert [fault.result.check.check_id for fault in content_faults(before, after, rows, "ark.xlsx")] == []

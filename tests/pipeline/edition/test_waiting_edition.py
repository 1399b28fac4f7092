"""An edition of a register without a word of English is published like any other."""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest

from assets.resources import Installation
from gevinst.contracts import CORE
from gevinst.layout import CSV_FOLDER, PARQUET_FOLDER
from tests.pipeline.conftest import Run

pytestmark = pytest.mark.slow


def empty_english(raw_dir: Path) -> int:
    """Take all English out of the raw files that people write; returns how many texts wait then."""
    count = 0
    for table in CORE:
        english = [f"{stem}_en" for stem in table.stems_that_wait]
        for path in sorted(raw_dir.glob(f"*/**/{table.name}.csv")) if english else ():
            with path.open(encoding="utf-8", newline="") as file:
                reader = csv.DictReader(file)
                rows, names = list(reader), list(reader.fieldnames or ())
            count += sum(bool(row[name]) for row in rows for name in english)
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, names, lineterminator="\n")
                writer.writeheader()
                writer.writerows({**row, **dict.fromkeys(english, "")} for row in rows)
    return count


def test_an_edition_without_english_is_published_and_its_files_keep_the_empty_cells(
    small: Installation, run: Run, published_small: Path
) -> None:
    waiting = empty_english(Path(small.raw_dir))
    result = run(small, "publish")
    assert result.success
    edition = Path(small.marts_dir) / "current"
    checks = pl.read_parquet(edition / PARQUET_FOLDER / "quality_checks.parquet")
    failed = checks.filter(pl.col("check_outcome_code") == "failed").filter(check_id="english_texts_are_written")
    assert 100 < failed["unexpected_count"].item() <= waiting
    with_english = pl.read_parquet(published_small / "marts" / "current" / PARQUET_FOLDER / "quality_checks.parquet")
    outcomes = (dict(one.select("check_id", "check_outcome_code").iter_rows()) for one in (with_english, checks))
    before, after = outcomes
    differing = {name: outcome for name, outcome in after.items() if before[name] != outcome}
    assert differing.pop("english_texts_are_written") == "failed"
    assert set(differing.values()) == {"nothing_to_check"}, "a rule about English has not passed either"
    assert {name for name in differing if not name.endswith("_en")} <= {"texts_say_the_same_numbers"}
    projects = pl.read_parquet(edition / PARQUET_FOLDER / "projects.parquet")
    assert projects["name_en"].null_count() == projects.height
    assert "name_en" in (edition / CSV_FOLDER / "projects.csv").read_text("utf-8").splitlines()[0]
    assert "None" not in (edition / "site" / "en" / "index.html").read_text("utf-8").split()

"""Rows of checked workbooks in the raw files: all or none, nothing overwritten, the same twice as once."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from gevinst.cli import main
from gevinst.contracts import CORE
from gevinst.intake import read_core
from gevinst.intake.journal import WriteError
from gevinst.workbook.check import check_files
from gevinst.workbook.import_rows import import_rows
from tests.pipeline.workbook.conftest import SOURCE, YEAR, Filling, begin, rate
from tests.pipeline.workbook.test_check import new_status

Opened = Callable[..., Filling]


def taken(raw_dir: Path, *paths: Path) -> dict[str, int]:
    checked = check_files(paths, raw_dir, YEAR, None)
    assert checked.faults == []
    return import_rows(checked.rows, raw_dir, YEAR).counts


def content(raw_dir: Path) -> dict[str, bytes]:
    found = {path.relative_to(raw_dir).as_posix(): path.read_bytes() for path in raw_dir.rglob("*") if path.is_file()}
    return {name: value for name, value in found.items() if not name.startswith(".")}


@pytest.mark.slow
def test_two_coders_are_taken_in_side_by_side_and_nothing_that_stood_there_is_touched(
    opened: Opened, raw_dir: Path
) -> None:
    before = content(raw_dir)
    one, two = rate(begin(opened("koder_1")), 3, 4), rate(begin(opened("koder_2")), 3, 2)
    assert taken(raw_dir, one.save(), two.save()) == {
        "registry/sources.csv": 1,
        "evaluations/2027/assessment_rounds.csv": 1,
        "evaluations/2027/driver_ratings.csv": 4,
    }
    after = content(raw_dir)
    assert {name for name in before if after[name] != before[name]} == {"registry/sources.csv"}
    assert after["registry/sources.csv"].startswith(before["registry/sources.csv"])
    ratings = read_core(raw_dir).tables["driver_ratings"].sort("rated_driver_code", "coder_code")
    assert ratings.select("coder_code", "rating").rows() == [
        ("koder_1", 3),
        ("koder_2", 3),
        ("koder_1", 4),
        ("koder_2", 2),
    ]
    assert set(ratings["assessment_round_id"]) == {"2027-evaluering"}


@pytest.mark.slow
def test_a_new_year_gets_every_evaluation_table_with_its_headings(opened: Opened, raw_dir: Path) -> None:
    taken(raw_dir, begin(rate(opened(), 3)).save())
    tables = {table.name: table for table in CORE if table.folder == "evaluations"}
    files = {path.stem: path for path in (raw_dir / "evaluations" / "2027").iterdir()}
    assert set(files) == set(tables)
    for name, path in files.items():
        with path.open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == [column.name for column in tables[name].columns]
    assert read_core(raw_dir).quarantine.is_empty()


@pytest.mark.slow
def test_the_same_workbook_twice_is_the_same_as_once(opened: Opened, raw_dir: Path) -> None:
    path = new_status(rate(begin(opened()), 3, 4), 4).save()
    assert taken(raw_dir, path)
    once = content(raw_dir)
    assert taken(raw_dir, path) == {}
    assert content(raw_dir) == once


@pytest.mark.slow
def test_a_changed_row_stands_beside_the_old_one_with_an_id_of_its_own(opened: Opened, raw_dir: Path) -> None:
    filling = new_status(begin(opened()), 4)
    old = filling.cell("status_assessments", 4, "status_assessment_id").value
    taken(raw_dir, filling.save())
    rows = read_core(raw_dir).tables["status_assessments"].filter(project_id="2016-arkivtilsyn")
    assert old in rows["status_assessment_id"]
    new = rows.filter(pl.col("assessed_on") == date(2027, 2, 1)).row(0, named=True)
    assert (new["status_assessment_id"], new["status_code"]) == ("2016-arkivtilsyn-status-03", "spredt")
    assert (new["assessment_round_id"], new["source_id"]) == ("2027-evaluering", SOURCE)


@pytest.mark.slow
def test_a_rating_is_never_overwritten(opened: Opened, raw_dir: Path) -> None:
    filling = rate(begin(opened()), 3)
    taken(raw_dir, filling.save())
    filling.put("driver_ratings", 3, rating=5)
    checked = check_files([filling.save()], raw_dir, YEAR, None)
    assert [(f.place, f.rule) for f in checked.faults] == [("Vurderinger av drivere!A3", "key")]
    assert checked.rows == {}


@pytest.mark.slow
def test_a_file_without_a_last_line_break_and_with_headings_in_another_order_gets_whole_rows(
    opened: Opened, raw_dir: Path
) -> None:
    path = raw_dir / "registry" / "sources.csv"
    frame = pl.read_csv(path, infer_schema=False)
    path.write_text(frame.select(reversed(frame.columns)).write_csv().rstrip("\n"), encoding="utf-8")
    taken(raw_dir, begin(rate(opened(), 3)).save())
    assert read_core(raw_dir).tables["sources"].filter(source_id=SOURCE)["title"].to_list() == ["Evaluering 2027"]


@pytest.mark.slow
def test_a_write_that_fails_half_way_leaves_everything_as_it_was(
    opened: Opened, raw_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = check_files([begin(rate(opened(), 3)).save()], raw_dir, YEAR, None)
    before, replace = content(raw_dir), os.replace

    def full_disk(source, target) -> None:
        if str(target).endswith("driver_ratings.csv"):
            raise OSError("no space left")
        replace(source, target)

    monkeypatch.setattr(os, "replace", full_disk)
    with pytest.raises(WriteError, match=r"The disk is full.*The raw files are as they were"):
        import_rows(checked.rows, raw_dir, YEAR)
    assert content(raw_dir) == before
    assert not (raw_dir / "evaluations" / "2027").exists(), "nothing is left behind"
    assert [path.name for path in raw_dir.parent.iterdir()] == ["raw"]


@pytest.mark.slow
def test_the_command_takes_in_nothing_while_one_of_the_workbooks_has_a_fault(
    opened: Opened, raw_dir: Path, capsys
) -> None:
    sound, faulty = rate(begin(opened("koder_1")), 3).save(), rate(begin(opened("koder_2")), 6)
    before = content(raw_dir)
    arguments = ["import", str(sound), str(faulty.save()), "--year", str(YEAR), "--raw-dir", str(raw_dir)]
    assert main(arguments) == 1
    assert "Ingenting er tatt inn" in capsys.readouterr().out
    assert content(raw_dir) == before
    faulty.put("driver_ratings", 3, rating=5)
    faulty.save()
    assert main(arguments) == 0
    assert "evaluations/2027/driver_ratings.csv: 2" in capsys.readouterr().out


@pytest.mark.slow
def test_the_whole_way_from_an_english_workbook(raw_dir: Path, tmp_path: Path, capsys) -> None:
    import openpyxl

    out = tmp_path / "new.xlsx"
    command = ["workbook", "--year", str(YEAR), "--coder", "koder_3", "--language", "en", "--raw-dir", str(raw_dir)]
    assert main([*command, "--out", str(out)]) == 0
    assert main([*command, "--out", str(out)]) == 1, "a workbook that may be filled in is not written over"
    assert main([*command[:3], "--language", "en", "--coder", "Kari", "--out", str(tmp_path / "b.xlsx")]) == 1
    assert "a role, never a name" in capsys.readouterr().err
    filling = rate(begin(Filling(openpyxl.load_workbook(out), out, "en")), 2)
    filling.put("sources", 3, document_type_code="report", language_code="English", is_partly_read="No")
    filling.put("driver_ratings", 3, assessed_precision="day")
    taken(raw_dir, filling.save())
    assert read_core(raw_dir).tables["driver_ratings"]["coder_code"].to_list() == ["koder_3"]

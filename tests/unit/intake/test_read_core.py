from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from gevinst.contracts import CORE, QUARANTINE
from gevinst.contracts.schema import polars_schema
from gevinst.intake import IntakeError, read_core
from gevinst.intake.core import read_typed
from gevinst.intake.read_csv import FILE, ROW
from gevinst.method.disclosure import PERSONS
from gevinst.reference import shipped

Edit = Callable[[str, str, str], None]
PROJECTS = "registry/projects.csv"


def own_kpi(raw_dir: Path) -> Path:
    """A workspace's own file of price indices, with the rows that come with the program."""
    return Path(shutil.copyfile(shipped("kpi"), raw_dir / "reference/kpi.csv"))


def test_of_two_rows_with_one_key_that_of_the_workspace_counts_and_all_others_come_with_the_program(
    raw_dir: Path,
) -> None:
    of_program = read_core(raw_dir).tables["kpi"]
    heading, first, *_ = shipped("kpi").read_text(encoding="utf-8").splitlines()
    year, base, _, rest = first.split(",", 3)
    (raw_dir / "reference/kpi.csv").write_text(f"{heading}\n{year},{base},12.5,{rest}\n", encoding="utf-8")
    table = read_core(raw_dir).tables["kpi"]
    assert table.filter(pl.col("index_value") == 12.5)["year"].to_list() == [int(year)]
    assert table.height == of_program.height
    assert table.filter(pl.col("year") != int(year)).equals(of_program.filter(pl.col("year") != int(year)))


def test_documents_behind_what_comes_with_the_program_are_among_the_documents(raw_dir: Path) -> None:
    path = raw_dir / "registry/sources.csv"
    registered = pl.read_csv(path, infer_schema=False)
    of_program = pl.read_csv(shipped("sources"), infer_schema=False)["source_id"]
    types = dict(read_core(raw_dir).tables["sources"].select("source_id", "document_type_code").iter_rows())
    assert set(of_program) <= types.keys()
    assert types["ssb-kpi"] == "statistics", "the register says itself that it was read"

    registered.filter(pl.col("source_id") != "ssb-kpi").write_csv(path)
    types = dict(read_core(raw_dir).tables["sources"].select("source_id", "document_type_code").iter_rows())
    assert types["ssb-kpi"] == "reference_data"


def test_a_fault_in_a_file_of_the_workspace_that_adds_to_the_programs_own_is_told_by_its_own_name_and_line(
    raw_dir: Path,
) -> None:
    with own_kpi(raw_dir).open("a", encoding="utf-8") as file:
        file.write("2031,2015,mange,,,ssb-kpi,x\n")
    found = read_core(raw_dir).quarantine
    assert found.select("file", "column_name", "value").rows() == [("reference/kpi.csv", "index_value", "mange")]


def stopped(raw_dir: Path) -> str:
    with pytest.raises(IntakeError) as caught:
        read_core(raw_dir)
    return str(caught.value)


def line_of(raw_dir: Path, name: str, text: str) -> int:
    lines = (raw_dir / name).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


def test_the_committed_files_keep_their_contracts_and_nothing_is_set_aside(raw_dir: Path) -> None:
    core = read_core(raw_dir)
    assert {name: dict(frame.schema) for name, frame in core.tables.items()} == {
        contract.name: dict(polars_schema(contract)) for contract in CORE
    }
    assert core.quarantine.height == 0
    assert core.tables["projects"].height == 42


def test_every_table_says_whether_it_is_illustrative(raw_dir: Path, edit: Edit) -> None:
    edit("dataset.toml", "is_illustrative = false", "is_illustrative = true")
    core = read_core(raw_dir)
    for frame in (*core.tables.values(), core.corrections):
        assert frame["is_illustrative"].all()


def test_a_dataset_that_does_not_say_whether_it_is_illustrative_stops(raw_dir: Path, edit: Edit) -> None:
    edit("dataset.toml", "is_illustrative = false", "")
    assert "dataset.toml" in stopped(raw_dir)
    assert "is_illustrative = true or false" in stopped(raw_dir)


def test_a_missing_file_stops_and_is_named(raw_dir: Path) -> None:
    (raw_dir / PROJECTS).unlink()
    assert stopped(raw_dir).startswith(f"{PROJECTS}: the file is missing")


def test_a_table_missing_from_one_year_of_evaluations_stops(raw_dir: Path) -> None:
    shutil.copytree(raw_dir / "evaluations/2026", raw_dir / "evaluations/2027")
    for path in (raw_dir / "evaluations/2027").glob("*.csv"):
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert read_core(raw_dir).tables["status_assessments"].height > 0
    (raw_dir / "evaluations/2027/benefit_claims.csv").unlink()
    assert stopped(raw_dir).startswith("evaluations/2027/benefit_claims.csv: the file is missing")


def test_a_missing_column_stops_and_names_file_and_column(raw_dir: Path, edit: Edit) -> None:
    edit(PROJECTS, "sector_code", "sektor")
    message = stopped(raw_dir)
    assert f"{PROJECTS}, row 1, column sector_code: the column is missing" in message
    assert f"{PROJECTS}, row 1, column sektor: the column is unknown" in message


def test_columns_in_another_order_are_read_by_name(raw_dir: Path) -> None:
    path = raw_dir / PROJECTS
    expected = read_core(raw_dir).tables["projects"]
    frame = pl.read_csv(path, infer_schema=False)
    frame.select(reversed(frame.columns)).write_csv(path)
    assert read_core(raw_dir).tables["projects"].equals(expected)


def test_a_file_in_another_encoding_stops_and_says_how_to_save_it(raw_dir: Path) -> None:
    path = raw_dir / PROJECTS
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1", errors="replace"))
    message = stopped(raw_dir)
    assert message.startswith(PROJECTS)
    assert "UTF-8" in message


def test_a_file_with_a_byte_order_mark_is_read(raw_dir: Path) -> None:
    path = raw_dir / PROJECTS
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_core(raw_dir).tables["projects"].height == 42


def test_an_empty_file_stops(raw_dir: Path) -> None:
    (raw_dir / PROJECTS).write_text("")
    assert "the file is empty" in stopped(raw_dir)


def test_a_quote_that_never_closes_stops_at_its_row(raw_dir: Path) -> None:
    path = own_kpi(raw_dir)
    text = path.read_text(encoding="utf-8")
    row = text.count("\n") + 1
    path.write_text(text + '2030,2015,"never closed\n', encoding="utf-8")
    assert f"reference/kpi.csv, row {row}: the quotes do not match" in stopped(raw_dir)


def test_a_duplicate_key_stops_and_names_both_rows(raw_dir: Path) -> None:
    path = raw_dir / PROJECTS
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    key = lines[1].split(",")[0]
    assert (
        f"{PROJECTS}, row {len(lines) + 1}, column project_id, value «{key}»: "
        f"the key is already used in {PROJECTS}, row 2" in stopped(raw_dir)
    )


def test_a_dangling_reference_stops_and_names_row_column_and_value(raw_dir: Path, edit: Edit) -> None:
    name = "registry/participations.csv"
    edit(name, ",2019-arkivfloken,", ",2019-arkivflokken,")
    row = line_of(raw_dir, name, "2019-arkivflokken")
    message = stopped(raw_dir)
    assert f"{name}, row {row}, column project_id, value «2019-arkivflokken»" in message
    assert "the value is not in projects (project_id)" in message


def test_all_stopping_faults_are_told_at_once(raw_dir: Path) -> None:
    (raw_dir / PROJECTS).unlink()
    (raw_dir / "registry/rounds.csv").write_text("")
    message = stopped(raw_dir)
    assert "registry/projects.csv" in message
    assert "registry/rounds.csv" in message


@pytest.mark.parametrize(
    ("old", "new", "column", "reason"),
    [
        ("true", "ja", "is_preferred", "the value is not true or false"),
        ("selected", "valgt", "measure_code", "the code is not in code list round_measure"),
        (",7.0,", ",sju,", "value", "the value is not a number"),
        (",7.0,", ",-7,", "value", "the value is below 0"),
        (",7.0,", ",,", "value", "the value is missing but is required"),
    ],
)
def test_a_bad_value_sets_its_row_aside_with_place_value_and_reason(
    raw_dir: Path, old: str, new: str, column: str, reason: str
) -> None:
    name = "registry/round_figures.csv"
    path = raw_dir / name
    frame = pl.read_csv(path, infer_schema=False)
    before = frame.height
    target = frame.with_row_index().filter((pl.col("round_id") == "2019") & (pl.col("measure_code") == "selected"))
    index = target["index"][0]
    value = new.strip(",") or None
    frame = frame.with_columns(
        pl.when(pl.int_range(pl.len()) == index).then(pl.lit(value, pl.String)).otherwise(column).alias(column)
    )
    frame.write_csv(path)
    core = read_core(raw_dir)
    assert core.tables["round_figures"].height == before - 1
    assert core.quarantine.height == 1
    finding = core.quarantine.row(0, named=True)
    assert (finding["file"], finding["row_number"], finding["column_name"], finding["value"]) == (
        name,
        index + 2,
        column,
        value,
    )
    assert finding["reason_en"].startswith(reason)
    assert finding["reason_nb"]


def test_answers_of_too_few_to_be_published_are_not_taken_in(raw_dir: Path) -> None:
    path = raw_dir / "evaluations/2026/benefit_measurements.csv"
    rows = pl.read_csv(path, infer_schema=False)
    counts = [str(PERSONS - 1), str(PERSONS), *rows["respondent_count"][2:]]
    rows.with_columns(pl.Series("respondent_count", counts, dtype=pl.String)).write_csv(path)
    core = read_core(raw_dir)
    assert core.quarantine.select("row_number", "column_name", "reason_en").rows() == [
        (2, "respondent_count", f"the value is below {PERSONS}, the lowest allowed; correct it.")
    ]
    assert core.tables["benefit_measurements"].height == rows.height - 1


def test_a_row_with_a_cell_too_many_is_set_aside_whole(raw_dir: Path) -> None:
    path = own_kpi(raw_dir)
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "2024,2015,133.6,a,b,c,d,e,f,g\n", encoding="utf-8")
    quarantine = read_core(raw_dir).quarantine
    assert quarantine.height == 1
    assert quarantine["value"][0] == "2024,2015,133.6,a,b,c,d,e,f,g"
    assert "10 cells" in quarantine["reason_en"][0]


def test_a_row_copied_from_elsewhere_keeps_its_place_there_and_an_old_row_its_own(raw_dir: Path) -> None:
    name = "reference/kpi.csv"
    path = own_kpi(raw_dir)
    lines = path.read_text(encoding="utf-8").splitlines()
    too_short, bad, good = "2024,2015", lines[1].replace("2015", "x"), lines[-1].replace("2024", "2025")
    path.write_text("\n".join([*lines, too_short, bad, good]) + "\n", encoding="utf-8")
    old, first, second = len(lines) + 1, len(lines) + 2, len(lines) + 3
    others = {(file, 2): ("other.xlsx", 2) for file in ("corrections.csv", "registry/rounds.csv")}
    typed = read_typed(raw_dir, {(name, first): ("new.xlsx", 7), (name, second): ("new.xlsx", 8), **others})
    assert [(found.file, found.row_number) for found in typed.set_aside] == [(name, old), ("new.xlsx", 7)]
    places = typed.rows["kpi"].select(FILE, ROW).rows()
    assert (places[0], places[-1]) == ((name, 2), ("new.xlsx", 8))
    assert typed.rows["rounds"].select(FILE, ROW).rows()[:2] == [("other.xlsx", 2), ("registry/rounds.csv", 3)]


def test_the_row_number_counts_lines_inside_quoted_cells(raw_dir: Path) -> None:
    path = own_kpi(raw_dir)
    lines = path.read_text(encoding="utf-8").splitlines()
    cells = lines[1].split(",")
    broken = [*lines[:1], ",".join([*cells[:3], '"two\nlines"', *cells[4:]]), *lines[2:]]
    path.write_text("\n".join([*broken, "x,2015,100,,,gevinst-kartlegging-2026,test"]) + "\n", encoding="utf-8")
    quarantine = read_core(raw_dir).quarantine
    assert quarantine["row_number"].to_list() == [len(lines) + 2]


def test_corrections_change_the_value_and_leave_the_file(raw_dir: Path) -> None:
    before = (raw_dir / "registry/participations.csv").read_bytes()
    core = read_core(raw_dir)
    assert core.corrections.height > 0
    for entry in core.corrections.iter_rows(named=True):
        table = core.tables[entry["table_name"]]
        row = table.filter(pl.col(table.columns[0]) == entry["key"])
        assert row[entry["column_name"]].to_list() == [entry["replace"]]
        assert entry["expect"] not in table[entry["column_name"]].to_list()
    assert (raw_dir / "registry/participations.csv").read_bytes() == before


def test_a_correction_stops_the_run_once_its_source_is_corrected(raw_dir: Path, edit: Edit) -> None:
    entry = read_core(raw_dir).corrections.row(0, named=True)
    edit("registry/participations.csv", entry["expect"], entry["replace"])
    message = stopped(raw_dir)
    assert message.startswith("corrections.csv, row 2, column expect")
    assert "if the source is corrected, remove it" in message


def test_a_correction_of_a_row_that_is_not_there_stops(raw_dir: Path) -> None:
    entry = read_core(raw_dir).corrections.row(0, named=True)
    path = raw_dir / "corrections.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(entry["key"], "nobody"), encoding="utf-8")
    assert "did not find participations, nobody, organisation_name" in stopped(raw_dir)


def test_an_empty_quarantine_is_a_typed_table(raw_dir: Path) -> None:
    assert read_core(raw_dir).quarantine.schema == polars_schema(QUARANTINE)

"""Files, values and relations that nobody meant: known, or named."""

from __future__ import annotations

import shutil
from itertools import zip_longest
from pathlib import Path

import polars as pl
import pytest

from gevinst.edition.provenance import input_hash
from gevinst.findings import IntakeError
from gevinst.intake import read_core
from gevinst.intake.raw_files import is_illustrative


def stopped(raw_dir: Path) -> list[str]:
    with pytest.raises(IntakeError) as caught:
        read_core(raw_dir)
    return str(caught.value).splitlines()


BESIDE = (
    *("evaluations/2026/benefit_claims (1).csv", "registry/projects.CSV", "registry/projects.csv.bak", "notat.docx"),
    *("registry/kpi.csv", "projects.csv", "evaluations/benefits.csv", "reference/kpi.tsv", "reference/Kopi av kpi.csv"),
    *("kladd", "evaluations/2026/gammelt"),
)
NO_YEARS = ("1999", "2015", "2101", "20260", "２０２６", "2026 (1)", "gammel", "-2026")
HARMLESS = (
    *(".DS_Store", "registry/~$x.xlsx", "Thumbs.db", "README.md", "evaluations/.gitkeep"),
    "registry/.~lock.projects.csv#",
)


def test_a_file_or_folder_that_nothing_reads_is_named_before_anything_is_read(raw_dir: Path) -> None:
    for name in BESIDE:
        path = raw_dir / name if "." in name else raw_dir / name / "projects.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_text("hei\n", encoding="utf-8")
    lines = stopped(raw_dir)
    assert sorted(line.partition(": ")[0] for line in lines) == sorted(BESIDE)
    assert all("no table lies here, and what is in it is not read" in line for line in lines)


def test_a_folder_that_is_no_year_of_the_scheme_is_named(raw_dir: Path) -> None:
    for name in NO_YEARS:
        shutil.copytree(raw_dir / "evaluations/2026", raw_dir / "evaluations" / name)
    assert sorted(line.partition(" (")[0] if "(1)" not in line else line[:20] for line in stopped(raw_dir)) == sorted(
        f"evaluations/{name}: the folder is no year" if "(1)" not in name else f"evaluations/{name}"
        for name in NO_YEARS
    )


def test_what_systems_and_programs_leave_beside_files_is_let_be_and_changes_no_hash(raw_dir: Path) -> None:
    before = input_hash(raw_dir)
    for name in HARMLESS:
        (raw_dir / name).write_text("hei\n", encoding="utf-8")
    assert read_core(raw_dir).quarantine.height == 0
    assert input_hash(raw_dir) == before


@pytest.mark.parametrize(
    "said",
    [
        *('is_illustrative = "false"', "is_illustrative = 0", "is_illustrative = []", "is_ilustrative = false", ""),
        *("is_illustrative = false\nis_illustrative = true", "is_illustrative = false\nfarge = 1"),
        *("title_nb = 7\nis_illustrative = true", "is_illustrative = true\n[title_nb]\nx = 1"),
    ],
)
def test_whether_data_are_invented_is_said_exactly(tmp_path: Path, said: str) -> None:
    (tmp_path / "dataset.toml").write_text(said, encoding="utf-8")
    with pytest.raises(IntakeError) as caught:
        is_illustrative(tmp_path)
    assert all(line.startswith("dataset.toml, ") for line in str(caught.value).splitlines())


def test_a_dataset_in_another_encoding_is_one_sentence(raw_dir: Path) -> None:
    (raw_dir / "dataset.toml").write_bytes('title_nb = "Porteføljen"\nis_illustrative = false\n'.encode("latin-1"))
    (line,) = stopped(raw_dir)
    assert line == "dataset.toml, line 1: the file is not UTF-8; save it again as UTF-8."


def put(raw_dir: Path, name: str, *rows: dict[str, str]) -> None:
    """Change cells of the first rows of a file."""
    frame = pl.read_csv(raw_dir / name, infer_schema=False).rows(named=True)
    pl.DataFrame([old | new for old, new in zip_longest(frame, rows, fillvalue={})]).write_csv(raw_dir / name)


@pytest.mark.parametrize("length", [1, 3, 12])
def test_a_successor_that_goes_round_is_named_with_the_way_round(raw_dir: Path, length: int) -> None:
    name = "registry/organisations.csv"
    ids = pl.read_csv(raw_dir / name, infer_schema=False)["organisation_id"].to_list()[:length]
    put(raw_dir, name, *({"successor_id": one} for one in [*ids[1:], ids[0]]))
    (line,) = stopped(raw_dir)
    assert line.startswith(f"{name}, row 2, column successor_id") and "goes round in a circle" in line
    shown = line.partition("circle: ")[2].partition(";")[0].split(" → ")
    assert shown[0] == shown[-1] == ids[0] and (len(shown) == length + 1 if length < 10 else "…" in shown)


def test_a_chain_of_successors_and_two_ways_to_one_are_no_circle(raw_dir: Path) -> None:
    name = "registry/organisations.csv"
    ids = pl.read_csv(raw_dir / name, infer_schema=False)["organisation_id"].to_list()[:4]
    put(raw_dir, name, *({"successor_id": one} for one in (ids[3], ids[3], ids[0])))
    assert read_core(raw_dir).quarantine.height == 0


def test_a_document_that_replaces_itself_is_named(raw_dir: Path) -> None:
    first = pl.read_csv(raw_dir / "registry/sources.csv", infer_schema=False)["source_id"][0]
    put(raw_dir, "registry/sources.csv", {"supersedes_source_id": first})
    assert any("goes round in a circle" in line for line in stopped(raw_dir))


def test_projects_that_go_on_in_each_other_are_named_whichever_of_them_says_so(raw_dir: Path) -> None:
    projects = pl.read_csv(raw_dir / "registry/projects.csv", infer_schema=False)["project_id"].to_list()[:2]
    one, other = projects
    put(
        raw_dir,
        "registry/project_relations.csv",
        {"project_id": one, "relation_code": "continued_in", "related_project_id": other},
        {"project_id": one, "relation_code": "predecessor", "related_project_id": other},
    )
    (line,) = stopped(raw_dir)
    assert f"{one} → {other} → {one}" in line


def test_what_refers_to_a_row_that_was_set_aside_says_that_this_is_the_reason(raw_dir: Path) -> None:
    name = "registry/projects.csv"
    put(raw_dir, name, {"round_id": ""})
    project = pl.read_csv(raw_dir / name, infer_schema=False)["project_id"][0]
    lines = stopped(raw_dir)
    assert len(lines) > 1
    for line in lines:
        assert f"value «{project}»: the row that the value refers to was set aside" in line
        assert f"correct that: {name}, row 2, column round_id: the value is missing but is required" in line


def test_a_row_with_a_cell_too_many_is_the_reason_too(raw_dir: Path) -> None:
    path = raw_dir / "registry/rounds.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    path.write_text("\n".join([lines[0], lines[1] + ",en til", *lines[2:]]), encoding="utf-8")
    assert all("was set aside" in line and "registry/rounds.csv, row 2" in line for line in stopped(raw_dir))

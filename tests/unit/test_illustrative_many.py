"""An invented portfolio of any size: what is asked for comes out, block by block, and it reads like any other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from gevinst.cli import main
from gevinst.contracts import CORE
from gevinst.contracts.schema import conform
from gevinst.illustrative import IllustrativeError, many
from gevinst.illustrative.many import MOST_WITHOUT_COPIES, Frames, blocks
from gevinst.intake import read_core, read_csv

PROJECTS, CLAIMS, SEED = 1_000, 9_000, 7
TABLES = {table.name: table for table in CORE}


@pytest.fixture(scope="module")
def small_blocks() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(many, "_BLOCK", 200)
        yield


@pytest.fixture(scope="module")
def whole(small_blocks: None) -> Frames:
    """A portfolio of six blocks, put together."""
    return together(list(blocks(PROJECTS, CLAIMS, SEED)))


def together(made: list[Frames]) -> Frames:
    return {name: pl.concat([block[name] for block in made]) for name in TABLES}


@pytest.mark.parametrize("projects", [12, MOST_WITHOUT_COPIES, MOST_WITHOUT_COPIES + 1, 961])
def test_there_are_as_many_projects_as_asked_for(projects: int) -> None:
    assert together(list(blocks(projects, None, SEED)))["projects"]["project_id"].n_unique() == projects


@pytest.mark.parametrize("claims", [0, 1, 3_000, CLAIMS])
def test_there_are_as_many_claims_as_asked_for_and_nothing_refers_to_one_that_is_not_there(claims: int) -> None:
    made = together(list(blocks(600, claims, SEED)))
    said = made["benefit_claims"]
    assert (said.height, said["benefit_claim_id"].n_unique()) == (claims, claims)
    for table in CORE:
        for column, target, _ in table.references:
            if target == "benefit_claims":
                assert set(made[table.name][column].drop_nulls()) <= set(said["benefit_claim_id"]), table.name


def test_no_block_holds_more_projects_than_a_block(small_blocks: None) -> None:
    assert [block["projects"].height for block in blocks(PROJECTS, CLAIMS, SEED)] == [192] * 5 + [40]


def test_every_row_has_a_key_of_its_own_and_refers_to_rows_that_are_there(whole: Frames) -> None:
    for name, table in TABLES.items():
        frame = conform(table, whole[name])
        assert frame.filter(pl.struct(table.key).is_duplicated()).is_empty(), name
        for column, target, target_column in table.references:
            lost = frame.drop_nulls(column).join(whole[target], left_on=column, right_on=target_column, how="anti")
            assert lost.is_empty(), (name, column)


def test_every_row_says_that_it_is_invented(whole: Frames) -> None:
    assert [name for name, frame in whole.items() if not frame["is_illustrative"].all()] == []


def test_a_seed_gives_the_same_rows_and_another_others(small_blocks: None, whole: Frames) -> None:
    again = together(list(blocks(PROJECTS, CLAIMS, SEED)))
    assert [name for name in TABLES if not again[name].equals(whole[name])] == []
    other = together(list(blocks(PROJECTS, CLAIMS, SEED + 1)))
    assert not other["benefit_claims"].equals(whole["benefit_claims"])
    assert not other["participations"].equals(whole["participations"])


def test_some_are_spoken_of_and_take_part_more_than_others_as_in_the_register(whole: Frames) -> None:
    # A real register of November 2026: 9.2 claims a project with a standard deviation of 4.1, 87 of 100 of them
    # expectations; the first tenth of the organisations have 35 of 100 participations.
    claims = whole["benefit_claims"]
    per_project = claims.group_by("project_id").len()["len"]
    assert per_project.std() == pytest.approx(4.1, abs=1.5)
    assert claims.filter(evidence_code="forventet").height / claims.height > 0.6
    often = whole["participations"].group_by("organisation_id").len()["len"].sort(descending=True)
    assert sum(often.head(often.len() // 10)) / sum(often) > 0.3


def test_raw_files_are_read_as_the_same_rows_and_none_is_set_aside(
    small_blocks: None, whole: Frames, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "raw"
    size = ("--projects", str(PROJECTS), "--claims", str(CLAIMS), "--seed", str(SEED))
    assert main(["generate", str(out), *size]) == 0
    said = capsys.readouterr()
    assert said.err.splitlines()[1:3] == [
        "384 of 1000 projects written, with 3456 claims.",
        "576 of 1000 projects written, with 5184 claims.",
    ]
    assert f"GEVINST_RAW_DIR={out}" in said.out
    read = read_core(out)
    assert read.quarantine.is_empty()
    for name, table in TABLES.items():
        assert_frame_equal(read.tables[name], whole[name].sort(table.key))


def test_tables_are_written_as_folders_of_parquet(small_blocks: None, whole: Frames, tmp_path: Path) -> None:
    size = ("--projects", str(PROJECTS), "--claims", str(CLAIMS), "--seed", str(SEED))
    assert main(["generate", str(tmp_path / "core"), "--as", "parquet", *size]) == 0
    for name in TABLES:
        assert pl.read_parquet(tmp_path / "core" / name / "*.parquet").equals(whole[name]), name


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--projects", "11"], "there can be from 12"),
        (["--projects", "1000", "--claims", "-1"], "there cannot be -1 claims"),
        (["--projects", "1000", "--as-of", "2020-12-31"], "up to 480 projects, without --claims"),
        (["--claims", "20", "--as-of", "2020-12-31"], "up to 480 projects, without --claims"),
        (["--as", "parquet", "--as-of", "2020-12-31"], "up to 480 projects, without --claims"),
    ],
)
def test_what_cannot_be_made_is_told_in_one_sentence_and_nothing_is_written(
    arguments: list[str], reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["generate", str(tmp_path / "new"), *arguments]) == 1
    assert reason in capsys.readouterr().err
    assert not any(tmp_path.rglob("*.csv"))


def test_raw_files_larger_than_what_is_read_are_not_written(
    small_blocks: None,
    whole: Frames,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    size = ("--projects", str(PROJECTS), "--claims", str(CLAIMS), "--seed", str(SEED))
    monkeypatch.setattr(read_csv, "_MOST_CELLS", whole["sources"].height * 5)
    assert main(["generate", str(tmp_path / "raw"), *size]) == 1
    told = capsys.readouterr().err
    assert "the file is larger than what is read" in told and "--as parquet" in told
    assert not (tmp_path / "raw").exists()


@pytest.mark.parametrize("form", ["raw", "parquet"])
def test_nothing_is_written_over(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    assert main(["generate", str(tmp_path), "--projects", "1000", "--as", form]) == 1
    assert "is not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_number_of_claims_below_nothing_is_refused() -> None:
    with pytest.raises(IllustrativeError, match="there cannot be -1 claims"):
        next(blocks(24, -1, SEED))

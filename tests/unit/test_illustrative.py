"""The invented portfolio: read like any other, invented throughout, and full of what public evidence lacks."""

from __future__ import annotations

import csv
import errno
import re
from datetime import date
from pathlib import Path
from typing import IO, Any

import polars as pl
import pytest

from gevinst.cli import main
from gevinst.contracts import CORE, CORRECTIONS, REFERENCE
from gevinst.contracts.evaluations import DRIVER_RATINGS
from gevinst.contracts.vocabulary import EVIDENCE
from gevinst.illustrative import HORIZON, IllustrativeError, portfolio, write_portfolio
from gevinst.illustrative.names import (
    BEFORE_MERGER,
    EVALUATOR,
    FUNDER,
    MOST_PROJECTS,
    MUNICIPALITIES,
    OWNERS,
    PARTNERS,
    SCHEME,
    SUPPLIERS,
    project_name,
)
from gevinst.illustrative.optional import OPTIONAL
from gevinst.intake import read_core
from gevinst.method.catalogue import compute_marts
from gevinst.method.frames import Rules
from gevinst.method.news import Before, edition_changes
from gevinst.method.withdrawn import withdrawn_rows
from gevinst.quality import ALL_CHECKS, run_checks
from gevinst.reference import shipped

RAW = Path(__file__).parents[2] / "data" / "raw"
REAL_PLACES = Path(__file__).parents[1] / "data" / "real_places.txt"
REGISTERED = {table.name for table in CORE}


def read(folder: Path) -> dict[str, pl.DataFrame]:
    core = read_core(folder)
    return {**core.tables, "corrections": core.corrections, "quarantine": core.quarantine}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("illustrative") / "raw"
    write_portfolio(portfolio(), out)
    return out


@pytest.fixture(scope="module")
def tables(folder: Path) -> dict[str, pl.DataFrame]:
    core = read(folder)
    return {**core, **compute_marts(core, Rules(2016, 2026), is_illustrative=True)}


def newest(tables: dict[str, pl.DataFrame], mart: str) -> pl.DataFrame:
    return tables[mart].filter(pl.col("edition_year") == 2026)


def test_it_is_read_without_a_row_set_aside_and_says_that_it_is_invented(tables) -> None:
    assert tables["quarantine"].is_empty()
    assert tables["projects"].height == 24
    assert all(frame["is_illustrative"].all() for frame in tables.values() if frame.height)


def test_no_text_is_missing_or_the_same_in_both_languages_and_nothing_is_out_of_place(tables) -> None:
    wanted = ("texts_in_both_languages", "english_texts_are_written", "texts_are_translated",
              "participation_names_are_listed", "rough_dates_stand_on_first_day", "grants_within_round_amount",
              "no_rows_set_aside")  # fmt: skip
    results = run_checks([check for check in ALL_CHECKS if check.check_id in wanted], tables)
    assert [result.check.check_id for result in results if result.has_failed] == []
    assert len(results) == len(wanted)


def test_every_special_course_of_a_project_occurs(tables) -> None:
    status = newest(tables, "project_status")
    codes = set(status["current_status_code"])
    assert codes >= {"tildelt", "innsikt", "provd_ut", "delvis_i_bruk", "i_bruk", "spredt", "stanset", "viderefort"}
    assert status["is_stale"].any()
    assert not status["is_stale"].all()
    fell = (
        tables["project_status"]
        .sort("edition_year")
        .with_columns(fell=pl.col("current_step") < pl.col("current_step").shift(1).over("project_id"))
    )
    assert fell["fell"].any()
    assert newest(tables, "status_conflicts").height >= 2
    years = set(tables["assessment_rounds"].filter(pl.col("assessor_role_code") == "evaluator")["assessment_year"])
    assert {2020, 2022} < years
    assert 2021 not in years
    assert 2019 not in set(tables["rounds"]["cohort_year"])


def test_small_counts_of_a_survey_occur_and_a_question_is_reworded(tables) -> None:
    series = newest(tables, "survey_series")
    assert series["is_suppressed"].any()
    assert series["is_wording_changed"].any()
    assert series["change_points"].count() > 0


def test_every_special_case_of_a_benefit_occurs(tables) -> None:
    measured = newest(tables, "planned_realised")
    outcomes = measured.filter("is_measured")["measurement_outcome_code"].drop_nulls()
    assert set(outcomes) == {"reached", "better", "unchanged", "worse"}
    assert measured.filter("is_measured")["target_value"].null_count() > 0
    assert not measured["is_measured"].all(), "plans without a measurement"
    assert measured["is_baseline_changed"].any()
    assert measured["currency_code"].drop_nulls().n_unique() == 2
    assert {"money", "time", "staff_years", "count", "share"} <= set(measured["unit_kind_code"])
    assert measured["desired_direction_code"].n_unique() > 1
    assert measured.group_by("benefit_plan_id").len()["len"].max() > 1, "several measurements of an indicator"
    assert measured["realisation_rate"].max() > 1
    assert measured["realisation_rate"].min() < 0
    assert measured["is_newest"].n_unique() == 2
    trail = newest(tables, "benefit_trail")
    assert set(trail["evidence_code"]) == set(EVIDENCE)
    overview = newest(tables, "benefit_overview")
    assert {"positive", "negative"} == set(overview["benefit_sign_code"])
    assert overview["claim_count"].max() > 2
    assert overview.filter(has_goal=True, is_achieved=True).height > 0, "a goal that is later reported"
    assert overview.filter((pl.col("claim_count") == 0) & (pl.col("plan_count") > 0)).height > 0
    assert overview["depends_on_ids"].str.contains(" ").any(), "a benefit that builds on two others"
    assert tables["benefit_beneficiaries"].group_by("benefit_id").len()["len"].max() > 2
    assert tables["benefit_plans"]["revises_plan_id"].count() > 0
    assert {"forventet", "oppgitt"} <= set(trail.filter("is_superseded")["evidence_code"])
    assert not trail["is_gain"].all()
    assert newest(tables, "unmeasured_benefits")["is_overdue"].n_unique() == 2
    assert newest(tables, "self_report_share")["self_reported_pct"].count() > 0
    assert newest(tables, "round_overview")["has_disagreement"].any()
    assert newest(tables, "round_overview")["applicant_count"].null_count() > 0


def test_two_deliveries_have_news_of_every_kind_that_rows_can_make(tables, tmp_path: Path) -> None:
    day = date(2021, 12, 31)
    write_portfolio(portfolio(24, 7, day), tmp_path / "raw")
    core = read(tmp_path / "raw")
    earlier = {**core, **compute_marts(core, Rules(2016, 2021), is_illustrative=True)}
    changes = edition_changes(Before(earlier, day), tables, 2026, is_illustrative=True)
    kinds = {"round_awarded", "project_named", "status_first", "status_moved", "claim_added", "claim_superseded"}
    assert set(changes["change_kind_code"]) >= kinds | {"measurement_added", "corrected"}
    assert set(changes["change_time_code"].drop_nulls()) >= {"happened", "found"}


@pytest.mark.parametrize("as_of", [date(2017, 12, 31), date(2021, 6, 1)])
def test_an_earlier_delivery_is_sound_too_and_knows_nothing_of_later_years(tmp_path: Path, as_of: date) -> None:
    write_portfolio(portfolio(12, 3, as_of), tmp_path / "raw")
    core = read(tmp_path / "raw")
    assert core["quarantine"].is_empty()
    assert core["sources"].filter(pl.col("recorded_on").is_not_null())["accessed_on"].max() == as_of
    assert max(frame["assessed_on"].max() for frame in [core["status_assessments"]]) <= as_of


def test_a_row_is_withdrawn_between_two_deliveries(tmp_path: Path, tables) -> None:
    write_portfolio(portfolio(as_of=date(2025, 12, 31)), tmp_path / "raw")
    gone = withdrawn_rows(read(tmp_path / "raw"), tables, 2026, is_illustrative=True)
    assert gone.select("from_code", "project_id").rows() == [
        ("benefit_claims", tables["projects"].sort("project_id")["project_id"][2])
    ]


def test_the_same_seed_gives_the_same_files_and_another_seed_others(folder: Path, tmp_path: Path) -> None:
    write_portfolio(portfolio(24, 7), tmp_path / "same")
    write_portfolio(portfolio(24, 8), tmp_path / "other")
    names = sorted(path.relative_to(folder) for path in folder.rglob("*.csv"))
    assert [name for name in names if (folder / name).read_bytes() != (tmp_path / "same" / name).read_bytes()] == []
    assert (folder / "registry/project_grants.csv").read_bytes() != (
        tmp_path / "other/registry/project_grants.csv"
    ).read_bytes()


def invented_names() -> set[str]:
    organisations = (*OWNERS, *PARTNERS, *SUPPLIERS, EVALUATOR, FUNDER, BEFORE_MERGER)
    projects = [project_name(number) for number in range(MOST_PROJECTS)]
    return {SCHEME, *MUNICIPALITIES, *(named.name for named in organisations)} | {
        name for project in projects for name in (project.nb, project.en)
    }


def bare(name: str) -> str:
    return re.sub(r" (kommune|fylkeskommune|helseforetak|as|hf)$", "", name.strip().lower())


def test_no_name_is_borne_by_anybody_in_the_registry_or_by_a_real_place() -> None:
    real = set(REAL_PLACES.read_text(encoding="utf-8").splitlines())
    for table, columns in (
        ("organisations", ("name", "short_name")),
        ("organisation_names", ("name",)),
        ("projects", ("name_nb", "name_en", "short_name_nb", "short_name_en")),
        ("sources", ("publisher",)),
    ):
        with (RAW / "registry" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            real |= {row[column] for row in csv.DictReader(file) for column in columns if row[column]}
    assert len(real) > 600
    taken = {bare(name) for name in real}
    assert [name for name in sorted(invented_names()) if bare(name) in taken] == []


def test_every_name_of_a_project_is_used_once() -> None:
    names = [project_name(number) for number in range(MOST_PROJECTS)]
    assert len({name.nb for name in names}) == len({name.slug for name in names}) == MOST_PROJECTS
    assert max(len(name.nb) for name in names) <= 40
    assert MOST_PROJECTS >= 1000  # as many as the site must be quick with


@pytest.mark.parametrize(
    ("projects", "as_of", "reason"),
    [
        (11, HORIZON, f"from 12 to {MOST_PROJECTS} projects, not 11"),
        (MOST_PROJECTS + 1, HORIZON, f"from 12 to {MOST_PROJECTS} projects, not {MOST_PROJECTS + 1}"),
        (24, date(2027, 1, 1), "2027-01-01 is outside it"),
    ],
)
def test_what_cannot_be_made_is_refused_with_a_reason(projects: int, as_of: date, reason: str) -> None:
    with pytest.raises(IllustrativeError, match=reason):
        portfolio(projects, 7, as_of)


def test_it_never_writes_over_what_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "dataset.toml").write_text("mine", encoding="utf-8")
    assert main(["generate", str(tmp_path)]) == 1
    assert "is not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["dataset.toml"]


def test_the_command_writes_a_directory_and_says_how_to_build_an_edition(tmp_path: Path, capsys) -> None:
    out = tmp_path / "raw"
    assert main(["generate", str(out), "--projects", "12", "--as-of", "2020-12-31"]) == 0
    assert "GEVINST_RAW_DIR" in capsys.readouterr().out
    assert read(out)["projects"].height == 6, "half of the cohorts are from before 2021"


def test_every_registered_table_has_a_file_unless_it_comes_with_the_program_and_there_is_no_other(folder: Path) -> None:
    written = {path.stem for path in folder.rglob("*.csv")}
    of_program = {table.name for table in REFERENCE if shipped(table.name)}
    assert len(of_program) == 7
    assert written == {table.name for table in (*CORE, CORRECTIONS)} - of_program


@pytest.mark.parametrize("name", sorted(OPTIONAL))
def test_a_table_that_may_be_missing_has_rows_exactly_when_its_contract_is_registered(name: str, folder: Path) -> None:
    files = sorted(folder.rglob(f"{name}.csv"))
    assert bool(files) is (name in REGISTERED)
    if files:
        assert sum(len(path.read_text(encoding="utf-8").splitlines()) - 1 for path in files) > 0


def test_several_coders_rate_and_sometimes_differ() -> None:
    import random

    from gevinst.illustrative.model import Draft
    from gevinst.illustrative.registry import add_registry

    draft = Draft(random.Random(7))
    draft.rows.setdefault("driver_ratings", [])
    OPTIONAL["driver_ratings"](draft, add_registry(draft, 24))
    rows = draft.rows["driver_ratings"]
    assert {row["coder_code"] for row in rows} == {"koder_1", "koder_2", "koder_3"}
    assert all(1 <= row["rating"] <= 5 for row in rows)
    assert set().union(*rows) - {"_year"} <= set(DRIVER_RATINGS.column_names)
    assert len({tuple(row[name] for name in DRIVER_RATINGS.key) for row in rows}) == len(rows)
    unit = DRIVER_RATINGS.key[:3]
    given = {
        key: {row["rating"] for row in rows if tuple(row[n] for n in unit) == key}
        for key in {tuple(row[n] for n in unit) for row in rows}
    }
    settled = {tuple(row[n] for n in unit) for row in draft.rows["rating_decisions"]}
    assert settled == {key for key, ratings in given.items() if len(ratings) > 1} != set()


@pytest.mark.parametrize("form", ["raw", "parquet"])
def test_what_could_not_be_written_whole_is_taken_away_and_the_folder_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    out = tmp_path / "raw"
    written: list[Path] = []

    def full_from_the_third(path: Path, mode: str = "r", *arguments: Any, **options: Any) -> IO[Any]:
        if "w" in mode and out in path.parents:
            written.append(path)
            if len(written) > 2:
                raise OSError(errno.ENOSPC, "No space left on device")
        return open(path, mode, *arguments, **options)

    monkeypatch.setattr(Path, "open", full_from_the_third)
    arguments = ["generate", str(out), "--projects", "12", "--as", form]
    assert main(arguments) == 1
    said = capsys.readouterr().err
    assert "disk is full" in said
    assert str(out) in said
    assert len(written) == 3
    assert not out.exists()
    monkeypatch.undo()
    assert main(arguments) == 0

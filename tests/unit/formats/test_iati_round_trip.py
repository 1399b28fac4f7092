"""What Gevinst wrote as IATI comes back equal, but for what one side or the other named."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
import pytest

from gevinst.formats.exchange import export, read
from gevinst.formats.model import NOT_CARRIED, write_draft
from gevinst.formats.write_iati import CARRIED
from gevinst.illustrative.names import FUNDER
from tests.unit.formats.iati_files import FUNDER_ID, YEAR, invented

IN_PROJECTS = ("projects", "participations", "project_events", "benefits")


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory) -> dict[str, pl.DataFrame]:
    return invented(tmp_path_factory.mktemp("invented") / "raw")


@pytest.fixture
def workspace(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("GEVINST_WORKSPACE", str(tmp_path))
    said = f'[scheme]\nname = "Ordningen"\nfunder = "{FUNDER.name}"\nfunder_id = "{FUNDER_ID}"\ncountry = "NO"\n'
    (tmp_path / "scheme.toml").write_text(said, encoding="utf-8")


def cells(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> set[tuple[Any, ...]]:
    return {tuple(row.get(column) for column in columns) for row in rows}


def expected(tables: Mapping[str, pl.DataFrame], projects: set[str]) -> dict[str, list[dict[str, Any]]]:
    """The rows of the registry that an export carries, as it says it does."""
    known = tables["planned_realised"].filter(
        (pl.col("edition_year") == YEAR)
        & pl.col("project_id").is_in(sorted(projects))
        & (pl.col("benefit_sign_code") == "positive")
        & (pl.col("unit_kind_code") != "money")
        & pl.col("gain_nature_code").is_not_null()
    )
    plans = tables["benefit_plans"].filter(pl.col("benefit_plan_id").is_in(known["plan_in_force_id"].to_list()))
    rows = {name: tables[name].filter(pl.col("project_id").is_in(sorted(projects))).to_dicts() for name in IN_PROJECTS}
    return {
        **rows,
        "participations": [
            row for row in rows["participations"] if row["role_code"] != "supplier" and not row["is_disputed"]
        ],
        "benefits": [row for row in rows["benefits"] if row["benefit_id"] in set(plans["benefit_id"])],
        "benefit_plans": plans.to_dicts(),
        "benefit_measurements": tables["benefit_measurements"]
        .filter(pl.col("benefit_measurement_id").is_in(known["benefit_measurement_id"].drop_nulls().to_list()))
        .to_dicts(),
    }


def take_out_what_was_named(row: dict[str, Any], named: set[tuple[str, str]]) -> None:
    """A plan as it can come back: without the target or the month that the export named."""
    plan = row.get("benefit_plan_id", "")
    if {(plan, "abandoned_target"), (plan, "no_target_day")} & named:
        row |= dict.fromkeys(("target_value", "target_on", "target_precision"))
    if (plan, "no_baseline_year") in named:
        row["baseline_value"] = None
    if (plan, "month_of_baseline") in named:
        row |= {"baseline_on": row["baseline_on"].replace(month=1), "baseline_precision": "year"}


def test_what_was_written_comes_back_equal_but_for_what_was_named(portfolio, workspace, tmp_path) -> None:
    path = tmp_path / "activities.xml"
    n, left = export(portfolio, "iati", path, edition_year=YEAR, is_illustrative=False, language="nb")
    draft = read(path, "iati", portfolio["organisation_numbers"])
    projects = {row["project_id"] for row in draft.tables["projects"]}
    assert len(projects) == n == portfolio["projects"].height
    assert draft.faults == [] and draft.tables["organisations"] == []
    named = {(one.record, one.reason) for one in left}
    for table, rows in expected(portfolio, projects).items():
        came = draft.tables[table]
        for row in rows:
            take_out_what_was_named(row, named)
        columns = sorted(CARRIED[table])
        if table == "benefits":
            assert ("benefits", "usual_level") in named
            columns.remove("chain_level_code")
            stated = [row for row in rows if row["chain_level_code"]]
            both = ("benefit_id", "chain_level_code")
            assert cells(stated, both) <= cells(came, both)
        assert cells(came, columns) == cells(rows, columns), table
        assert len(came) == len(rows) > 0
    assert len(draft.tables["benefit_measurements"]) > 10


def test_nothing_but_context_is_named_of_what_was_written(portfolio, workspace, tmp_path) -> None:
    path = tmp_path / "activities.xml"
    export(portfolio, "iati", path, edition_year=YEAR, is_illustrative=False, language="nb")
    draft = read(path, "iati", portfolio["organisation_numbers"])
    assert {one.reason for one in draft.not_carried} == {
        *("around_activities", "fill_in", "iati_language", "iati_reporter", "iati_status", "label_of_code"),
        *("organisation_kind", "own_country", "own_funder", "vocabulary"),
    }


def test_what_the_registry_of_the_repository_says_comes_back(tables, tmp_path) -> None:
    path = tmp_path / "activities.xml"
    export(tables, "iati", path, edition_year=YEAR, is_illustrative=False, language="nb")
    draft = read(path, "iati", tables["organisation_numbers"])
    projects = {row["project_id"] for row in draft.tables["projects"]}
    for table in ("projects", "participations", "project_events"):
        columns = sorted(CARRIED[table])
        rows = expected(tables, projects)[table]
        assert cells(draft.tables[table], columns) == cells(rows, columns)


def test_a_flag_of_invented_data_stays_in_the_names_that_come_back(portfolio, workspace, tmp_path) -> None:
    path = tmp_path / "activities.xml"
    export(portfolio, "iati", path, edition_year=YEAR, is_illustrative=True, language="nb")
    draft = read(path, "iati", portfolio["organisation_numbers"])
    assert all(row["name_nb"].startswith("[Illustrerende data] ") for row in draft.tables["projects"])


def test_a_proposal_is_written_in_the_columns_of_the_registry(portfolio, workspace, tmp_path) -> None:
    path = tmp_path / "activities.xml"
    export(portfolio, "iati", path, edition_year=YEAR, is_illustrative=False, language="nb")
    draft = read(path, "iati", portfolio["organisation_numbers"])
    files = {file.name for file in write_draft(draft, tmp_path / "draft")}
    assert files == {f"{table}.csv" for table in draft.tables} | {NOT_CARRIED}
    came = pl.read_csv(tmp_path / "draft/benefit_plans.csv")
    assert came.height == len(draft.tables["benefit_plans"]) > 10
    assert came["target_value"].null_count() < came.height

"""`gevinst explain ADDRESS`: headline figures with the rows that count, core tables, single rows and single cells."""

from __future__ import annotations

import re
from collections import Counter

import polars as pl
import pytest

from gevinst.cli import main
from gevinst.contracts import PUBLISHED
from gevinst.contracts.addressing import read_address, row_address
from gevinst.explain import ExplainError, explain
from gevinst.method.frames import Rules, lazy
from gevinst.method.headline_figures import FIGURES
from gevinst.method.headlines import counted_rows
from gevinst.settings import Settings

RULES = Rules(2016, 2026)
PROJECT = "2016-en-vei-inn-til-batplasser"


def told_by(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["explain", *arguments]) == 0
    return re.sub(r"\s+", " ", capsys.readouterr().out)


def test_a_headline_figure_names_the_projects_that_it_counts(published: Settings, tables, capsys) -> None:
    in_use = tables["project_status"].filter((pl.col("edition_year") == 2026) & pl.col("is_in_use"))
    found = explain(published, "headline.in_use")
    assert found.counted is not None
    assert set(found.counted.rows["project_id"]) == set(in_use["project_id"]) != set()
    assert found.rows["figure_value"].to_list() == [in_use.height]
    told = told_by(capsys, "headline.in_use")
    assert f"The {in_use.height} rows of Implementation status per project (project_status) that were counted" in told
    assert "What is counted: is_in_use" in told
    assert all(f"project_id = {project_id}" in told for project_id in in_use["project_id"])


def test_every_figure_counts_as_many_rows_as_it_says_in_every_edition_year(tables) -> None:
    frames = {name: lazy(frame) for name, frame in tables.items()}
    said = {
        (row["figure_id"], row["edition_year"]): row["figure_value"]
        for row in tables["headline_counts"].iter_rows(named=True)
    }
    figures = [one for one in FIGURES if one.condition is not None]
    counted = {one.figure_id: Counter(_years(counted_rows(one, frames, RULES))) for one in figures}
    assert sum(map(Counter.total, counted.values())) > 0
    assert {
        (name, year): (value, counted[name][year])
        for (name, year), value in said.items()
        if name in counted and counted[name][year] != value
    } == {}


def test_a_figure_taken_over_a_column_rests_on_the_rows_that_hold_anything(tables) -> None:
    frames = {name: lazy(frame) for name, frame in tables.items()}
    unnamed = next(one for one in FIGURES if one.figure_id == "unnamed_projects")
    rows = counted_rows(unnamed, frames, RULES).collect("polars").to_native().filter(pl.col("edition_year") == 2026)
    (value,) = tables["headline_counts"].filter(
        (pl.col("edition_year") == 2026) & (pl.col("figure_id") == "unnamed_projects")
    )["figure_value"]
    assert rows["unnamed_count"].sum() == value > 0
    assert rows.filter(pl.col("unnamed_count") == 0).is_empty()


def _years(rows) -> list[int]:
    return rows.select("edition_year").collect("polars").to_native()["edition_year"].to_list()


def test_source_rows_behind_a_headline_figure_are_those_of_the_projects_it_counts(published: Settings) -> None:
    found = explain(published, "portfolio.in_use")
    assert found.counted is not None
    counted = set(found.counted.rows["project_id"])
    statuses = next(one.rows for one in found.source_tables if one.contract.name == "status_assessments")
    assert statuses is not None
    assert set() < set(statuses["project_id"]) <= counted


@pytest.mark.parametrize("page", ["headline", "overview", "portfolio", "coverage"])
def test_a_figure_has_the_same_explanation_under_the_name_of_its_page(published: Settings, page: str) -> None:
    found = explain(published, f"{page}.moved_up")
    assert found.rows["figure_id"].to_list() == ["moved_up"]
    assert (found.table.name, found.column) == ("headline_counts", "figure_value")


def test_a_row_of_a_core_table_is_explained_with_its_document_and_the_three_clocks(
    published: Settings,
    tables,
    capsys,
) -> None:
    row = tables["status_assessments"].filter(pl.col("project_id") == PROJECT).row(0, named=True)
    told = told_by(capsys, f"status_assessments.{row['status_assessment_id']}")
    assert "The rows are taken down from the documents" in told
    assert f"is in {row['source_id']}, {row['source_locator']}" in told
    assert re.search(r"; about [^;]+; public [^;]+; recorded [^;]+; is in ", told)
    document = tables["sources"].filter(pl.col("source_id") == row["source_id"]).row(0, named=True)
    assert f"«{document['title']}»" in told
    assert "The document behind it" in told


def test_a_cell_is_named_with_what_its_column_means(published: Settings, tables, capsys) -> None:
    told = told_by(capsys, f"project_status.{PROJECT}.current_step")
    assert "The column current_step" in told
    assert explain(published, f"project_status.{PROJECT}.current_step").rows.height == 1


def test_the_key_may_name_another_edition_year(published: Settings) -> None:
    then = explain(published, "headline_counts.2018/projects")
    assert then.rows["edition_year"].to_list() == [2018]
    assert then.counted is not None
    assert set(then.counted.rows["edition_year"]) == {2018}
    assert explain(published, "edition_years.2018.source_count").rows["edition_year"].to_list() == [2018]


def test_rows_may_be_chosen_by_a_column(published: Settings, tables) -> None:
    found = explain(published, f"benefit_claims.project_id={PROJECT}")
    mine = tables["benefit_claims"].filter(pl.col("project_id") == PROJECT)
    assert set(found.rows["benefit_claim_id"]) == set(mine["benefit_claim_id"]) != set()


def test_every_row_of_every_published_table_is_found_by_its_address(tables) -> None:
    wrong = []
    for table in PUBLISHED:
        frame = tables[table.name]
        for row in [*frame.head(3).iter_rows(named=True), *frame.tail(3).iter_rows(named=True)]:
            address = row_address(table, row, 2026)
            found = read_address(address).rows(frame, 2026)
            if found.select(table.key).rows() != [tuple(row[name] for name in table.key)]:
                wrong.append(address)
    assert wrong == []


def test_answers_given_in_confidence_have_no_explanation(published: Settings) -> None:
    with pytest.raises(ExplainError, match="somebody answered in confidence"):
        explain(published, "survey_results")

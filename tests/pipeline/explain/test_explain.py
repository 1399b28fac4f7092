"""`gevinst explain`: from a figure back to its rule, its source rows and its documents."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date

import polars as pl
import pytest

from gevinst.cli import main
from gevinst.contracts import CORE, MARTS, contract
from gevinst.edition.checksums import write_sums
from gevinst.explain import MOST_ROWS, ExplainError, Explanation, SourceTable, explain, explanation_text
from gevinst.layout import PARQUET_FOLDER
from gevinst.settings import Settings
from gevinst.warehouse import Warehouse
from tests.data.waiting import without_english

PROJECT = "2016-en-vei-inn-til-batplasser"


def test_a_figure_is_explained_with_its_rule_formula_source_rows_and_documents(
    published: Settings, tables, capsys
) -> None:
    assert main(["explain", "project_status", "--project", PROJECT]) == 0
    told = re.sub(r"\s+", " ", capsys.readouterr().out)
    mart = contract("project_status")
    assert "Implementation status per project (project_status) Edition 2026-1" in told
    assert mart.rule_en is not None
    assert mart.rule_en in told
    assert "as_of_on" in told
    newest = tables["project_status"].filter(pl.col("project_id") == PROJECT).sort("edition_year").row(-1, named=True)
    assert f"current_status_code = {newest['current_status_code']} (" in told
    for row in tables["status_assessments"].filter(pl.col("project_id") == PROJECT).iter_rows(named=True):
        assert f"status_assessment_id = {row['status_assessment_id']}" in told
        assert f"is in {row['source_id']}, {row['source_locator']}" in told
        document = tables["sources"].filter(pl.col("source_id") == row["source_id"]).row(0, named=True)
        assert f"«{document['title']}», {document['publisher']}" in told
        assert document["address"] is None or document["address"] in told


def test_it_is_explained_in_norwegian_with_texts_of_codes_and_without_the_english_ones(
    published: Settings, capsys
) -> None:
    assert main(["explain", "project_status", "--project", PROJECT, "--language", "nb"]) == 0
    printed = capsys.readouterr().out
    assert "Regelen\n" in printed
    assert "Dokumentene bak" in printed
    assert "_en = " not in printed
    assert "is_in_use = ja" in printed
    assert "current_status_code = spredt (" in printed


def test_only_rows_about_the_project_stand_behind_it(published: Settings, tables) -> None:
    found = explain(published, "planned_realised", PROJECT, None)
    rows = {table.contract.name: table.rows for table in found.source_tables}
    benefits = tables["benefits"].filter(pl.col("project_id") == PROJECT)
    assert rows["benefits"].sort("benefit_id").equals(benefits.sort("benefit_id"))
    assert set() < set(rows["benefit_plans"]["benefit_id"]) <= set(benefits["benefit_id"])
    measured = set(rows["benefit_measurements"]["benefit_plan_id"])
    assert set() < measured <= set(rows["benefit_plans"]["benefit_plan_id"])
    assert tables["benefit_measurements"].height > rows["benefit_measurements"].height > 0
    assert rows["measurement_units"] is None
    assert [mart.name for mart in found.through] == ["edition_years", "plan_validity"]
    cited = {row for frame in (*rows.values(), found.rows) if frame is not None for row in frame["source_id"]}
    assert set(found.documents["source_id"]) == cited


def test_a_round_is_what_the_project_was_selected_in(published: Settings, tables) -> None:
    found = explain(published, "project_status", PROJECT, None)
    rounds = next(table.rows for table in found.source_tables if table.contract.name == "rounds")
    assert rounds is not None
    assert rounds["round_id"].to_list() == ["2016"]


def test_an_earlier_edition_year_shows_only_what_was_known_then(published: Settings, tables) -> None:
    early, late = (explain(published, "benefit_trail", PROJECT, asked) for asked in (2018, None))
    assert (early.edition_year, late.edition_year) == (2018, 2026)
    assert set(early.rows["edition_year"]) == {2018}
    assert set(early.documents["source_id"]) < set(late.documents["source_id"])


def test_a_table_kept_by_interval_shows_what_was_known_in_the_year_asked_for(published: Settings, capsys) -> None:
    early, late = (explain(published, "status_validity", PROJECT, asked) for asked in (2018, None))
    assert early.rows["valid_from"].max() <= date(2018, 12, 31) < late.rows["valid_from"].max()
    assert early.rows["valid_to"].is_null().sum() == late.rows["valid_to"].is_null().sum() == 1
    assert "status_assessments" in [table.contract.name for table in late.source_tables]
    first_day = late.rows["valid_from"].min()
    assert main(["explain", f"status_validity.{PROJECT}/{first_day}.assessment_count"]) == 0
    printed = re.sub(r"\s+", " ", capsys.readouterr().out)
    assert re.findall(r"valid_from = (\d\S+);", printed) == [first_day.isoformat()]


def test_a_stretch_of_a_benefit_leads_to_its_claims_and_plans(published: Settings, tables) -> None:
    of_project = tables["benefit_validity"].filter(pl.col("project_id") == PROJECT)
    benefit, first_day = of_project.select("benefit_id", "valid_from").row(0)
    found = explain(published, f"benefit_validity.{benefit}/{first_day}", None, None)
    assert found.rows.select("benefit_id", "valid_from").rows() == [(benefit, first_day)]
    assert {"claim_validity", "plan_validity"} <= {mart.name for mart in found.through}
    behind = {table.contract.name: table.rows for table in found.source_tables if table.rows is not None}
    assert set(behind["benefit_claims"]["project_id"]) == {PROJECT}
    assert behind["benefit_plans"].height > 0


def test_an_unmeasured_indicator_is_found_by_its_own_address(published: Settings, tables) -> None:
    rows = tables["plan_validity"].filter(pl.col("benefit_measurement_id").is_null())
    plan, day = rows.select("benefit_plan_id", "valid_from").row(0)
    found = explain(published, f"plan_validity.{plan}//{day}", None, None)
    assert found.rows.select("benefit_plan_id", "valid_from").rows() == [(plan, day)]


def test_a_result_of_an_edition_year_leads_through_the_interval_that_it_shows(published: Settings) -> None:
    pairs = (
        ("project_status", "status_validity"),
        ("benefit_trail", "claim_validity"),
        ("planned_realised", "plan_validity"),
        ("benefit_overview", "benefit_validity"),
        ("project_coverage", "coverage_validity"),
    )
    for name, through in pairs:
        found = explain(published, name, PROJECT, None)
        assert through in [mart.name for mart in found.through]


def test_without_a_project_long_lists_are_cut_and_counted(published: Settings, tables, capsys) -> None:
    assert main(["explain", "unmeasured_benefits"]) == 0
    printed = capsys.readouterr().out
    count = tables["unmeasured_benefits"].filter(pl.col("edition_year") == 2026).height
    assert f"The result, {count} rows" in printed
    assert f"and {count - MOST_ROWS} more rows" in printed
    assert main(["explain", "project_status"]) == 0
    assert "Projects (projects): 12 rows" in capsys.readouterr().out


@pytest.mark.slow
def test_before_the_first_edition_the_working_tables_are_explained(settings: Settings, tables, capsys) -> None:
    warehouse = Warehouse(settings.working_database)
    warehouse.write_all([(table, tables[table.name]) for table in (*CORE, *MARTS)])
    assert main(["explain", "edition_years", "--year", "2025"]) == 0
    assert "working tables of the last run" in capsys.readouterr().out


@pytest.mark.slow
def test_an_edition_older_than_a_table_gives_way_to_the_working_tables(published: Settings, tables, capsys) -> None:
    (published.current / PARQUET_FOLDER / "benefit_trail.parquet").unlink()
    write_sums(published.current)
    assert main(["explain", "benefit_trail"]) == 1
    assert "edition 2026-1 is older than the table benefit_trail" in capsys.readouterr().err
    warehouse = Warehouse(published.working_database)
    warehouse.write_all([(table, tables[table.name]) for table in (*CORE, *MARTS)])
    assert explain(published, "benefit_trail", PROJECT, None).edition_id is None


def test_without_edition_and_run_it_says_what_to_run(settings: Settings, capsys) -> None:
    assert main(["explain", "project_status"]) == 1
    assert "make candidate" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("address", "project", "year", "message"),
    [
        ("project_statsu", None, None, "no table and no figure called project_statsu; near it: project_status,"),
        ("zzz", None, None, r"called zzz; these are the tables:(.|\n)*\n  project_status: Implementation"),
        ("project_status.stepp", None, None, r"project_status has no row stepp in 2026; near it: project_status\.2"),
        (
            f"project_status.{PROJECT}.curent_step",
            None,
            None,
            rf"no row {PROJECT}.curent_step in 2026; near it: .*{PROJECT}",
        ),
        ("headline.inuse", None, None, r"headline_counts has no row inuse in 2026; near it: headline\.in_use"),
        ("headline.in_use.value", None, None, "headline has no column called value; near it: figure_value"),
        (
            "project_status",
            "2016-en-vei-inn-til-batplas",
            None,
            r"no project 2016-en-vei-inn-til-batplas .*near it: 2016-en-vei-inn-til-batplasser",
        ),
        ("project_status", "xyz", None, r"no project xyz .*the first ones are 2016-"),
        ("project_status", None, 1999, r"edition years \d{4} to 2026, not 1999"),
        ("round_overview", PROJECT, None, "round_overview has no rows per project"),
    ],
)
def test_what_cannot_be_explained_says_what_to_ask_instead(
    published: Settings, address, project, year, message
) -> None:
    with pytest.raises(ExplainError, match=message):
        explain(published, address, project, year)


def test_a_table_of_answers_given_in_confidence_is_named_and_not_shown(tables) -> None:
    mart = contract("self_report_share")
    found = Explanation(
        mart,
        "2026-1",
        2026,
        tables[mart.name].clear(),
        (),
        (SourceTable(contract("benefit_claims"), None, is_withheld=True),),
        tables["sources"].clear(),
        tables["codelists"],
    )
    assert "Benefit claims (benefit_claims): not shown" in explanation_text(found, "en")


def test_the_command_starts_without_the_heavy_libraries(published: Settings) -> None:
    heavy = ("dagster", "great_expectations", "plotly", "scipy", "pandas")
    code = (
        "import sys; from gevinst.cli import main; "
        f"assert main(['explain', 'project_status', '--project', '{PROJECT}']) == 0; "
        f"print('LOADED', [name for name in {heavy} if name in sys.modules])"
    )
    environment = {**os.environ, "GEVINST_MARTS_DIR": str(published.marts_dir)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.splitlines()[-1] == "LOADED []"


def test_a_text_without_english_is_explained_in_norwegian_and_said_to_be(
    settings: Settings, tables, publish, capsys
) -> None:
    publish(without_english(tables))
    assert main(["explain", "project_status", "--project", PROJECT, "--language", "en"]) == 0
    told = re.sub(r"\s+", " ", capsys.readouterr().out)
    (reason,) = tables["project_status"].filter(project_id=PROJECT, edition_year=2026)["reason_nb"]
    assert f"reason_nb = {re.sub(' +', ' ', reason)} (in Norwegian)" in told
    assert "reason_en" not in told

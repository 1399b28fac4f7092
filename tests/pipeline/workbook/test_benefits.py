"""A benefit and all that hangs on it, entered in one workbook: whom it is for, plan, claim, measurement."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from gevinst.intake import read_core
from gevinst.intake.append import NewRows, append_rows
from gevinst.intake.read_csv import FILE, ROW
from gevinst.workbook.check import Checked, check_files
from gevinst.workbook.import_rows import import_rows
from tests.pipeline.workbook.conftest import RAW, SOURCE, YEAR, Filling, begin, rate

Opened = Callable[..., Filling]
PROJECT = "2019-arkivfloken"
NAME, BENEFIT = "Spart saksbehandlingstid", "2019-arkivfloken-spart-saksbehandlingstid"
AT = {"source_id": SOURCE, "source_locator": "kapittel 4"}


def check(filling: Filling, raw_dir: Path = RAW) -> Checked:
    return check_files([filling.save()], raw_dir, YEAR, None)


def taken(filling: Filling, raw_dir: Path) -> dict[str, int]:
    checked = check(filling, raw_dir)
    assert [finding.sentence() for finding in checked.faults] == []
    return import_rows(checked.rows, raw_dir, YEAR).counts


def entered(filling: Filling) -> dict[str, pl.DataFrame]:
    """The rows that an import would add, by table."""
    checked = check(filling)
    assert [finding.sentence() for finding in checked.faults] == []
    return checked.rows


def put(filling: Filling, table: str, **values: Any) -> int:
    row = filling.free(table)
    filling.put(table, row, **{**AT, **values})
    return row


def benefit(filling: Filling, **more: Any) -> int:
    values = {
        "project_id": PROJECT,
        "name_nb": NAME,
        "name_en": "Case work time saved",
        "benefit_code": "Spart tid for ansatte",
        "benefit_sign_code": "til det bedre",
    }
    return put(filling, "benefits", **values | more)


def plan(filling: Filling, **more: Any) -> int:
    """The invented row of a Norwegian benefits overview, column by column."""
    values = {
        "benefit_id": NAME,
        "indicator_nb": "Tid til en sak",
        "indicator_en": "Time for a case",
        "unit_code": "minutter per sak",
        "baseline_value": 45,
        "baseline_on": "01.02.2025",
        "baseline_precision": "dag",
        "target_value": 30,
        "target_on": "31.12.2026",
        "target_precision": "dag",
        "benefit_status_code": "planlagt",
    }
    return put(filling, "benefit_plans", **values | more)


def claim(filling: Filling, **more: Any) -> int:
    values = {
        "project_id": PROJECT,
        "benefit_id": NAME,
        "modality_code": "oppgitt som oppnådd",
        "evidence_code": "Oppgitt",
        "stated_by_code": "prosjekteier",
        "statement_nb": "Arkivarene bruker kortere tid på hver sak.",
        "statement_en": "Archivists spend less time on each case.",
    }
    return put(filling, "benefit_claims", **values | more)


def measurement(filling: Filling, **more: Any) -> int:
    values = {
        "benefit_plan_id": "Tid til en sak",
        "measured_value": "32,5",
        "measured_on": date(2027, 2, 1),
        "measured_precision": "måned",
        "stated_by_code": "utenforstående",
        "method_nb": "Målt i saksbehandlingssystemet.",
        "method_en": "Measured in the case system.",
    }
    return put(filling, "benefit_measurements", **values | more)


def new_rows(raw_dir: Path, table: str) -> pl.DataFrame:
    before, after = (read_core(folder).tables[table] for folder in (RAW, raw_dir))
    return after.join(before, on=before.columns[:2], how="anti")


def test_a_benefit_and_all_that_refers_to_it_are_entered_in_one_workbook_by_name(opened: Opened, raw_dir: Path) -> None:
    filling = begin(opened())
    benefit(filling)
    for whom in ("Ansatte", "Innbyggere og brukere"):
        put(filling, "benefit_beneficiaries", benefit_id=NAME, beneficiary_code=whom)
    plan(filling)
    claim(filling)
    measurement(filling)
    once = taken(filling, raw_dir)
    assert once == {
        "registry/sources.csv": 1,
        "evaluations/2027/assessment_rounds.csv": 1,
        "evaluations/2027/benefits.csv": 1,
        "evaluations/2027/benefit_beneficiaries.csv": 2,
        "evaluations/2027/benefit_plans.csv": 1,
        "evaluations/2027/benefit_claims.csv": 1,
        "evaluations/2027/benefit_measurements.csv": 1,
    }
    assert new_rows(raw_dir, "benefit_beneficiaries")["benefit_id"].unique().to_list() == [BENEFIT]
    planned = new_rows(raw_dir, "benefit_plans").row(0, named=True)
    assert (planned["benefit_plan_id"], planned["benefit_id"]) == (f"{BENEFIT}-plan-01", BENEFIT)
    assert new_rows(raw_dir, "benefit_claims")["benefit_id"].to_list() == [BENEFIT]
    measured = new_rows(raw_dir, "benefit_measurements").row(0, named=True)
    assert (measured["benefit_plan_id"], measured["measured_value"]) == (f"{BENEFIT}-plan-01", 32.5)
    assert taken(filling, raw_dir) == {}, "the same workbook twice is the same as once"


def test_a_planned_benefit_needs_no_measurement_and_each_column_of_an_overview_has_a_cell(opened: Opened) -> None:
    filling = begin(opened())
    benefit(
        filling,
        saving_type_code="Spart tid",
        measures_nb="Opplæring",
        measures_en="Training",
        risk_nb="Middels",
        risk_en="Medium",
        responsible_role_code="gevinsteier",
    )
    plan(filling)
    for number, unit in enumerate(("kroner", "årsverk", "poeng fra 1 til 6")):
        money = {"currency_code": "NOK", "price_year": 2025} if unit == "kroner" else {}
        indicator = {"indicator_nb": f"Mål {number}", "indicator_en": f"Measure {number}"}
        plan(filling, unit_code=unit, baseline_value=5, target_value=4, **indicator, **money)
    rows = entered(filling)
    made = rows["benefits"].row(0, named=True)
    assert {name: made[name] for name in ("name_nb", "saving_type_code", "measures_nb", "risk_nb")} == {
        "name_nb": NAME,
        "saving_type_code": "spart_tid",
        "measures_nb": "Opplæring",
        "risk_nb": "Middels",
    }
    assert made["responsible_role_code"] == "gevinsteier"
    plans = rows["benefit_plans"].sort("benefit_plan_id")
    assert plans["unit_code"].to_list() == ["minutes_per_case", "nok", "staff_years", "score_1_6"]
    names = ("baseline_value", "baseline_on", "target_value", "target_on", "benefit_status_code")
    assert plans.select(names).row(0) == (45, date(2025, 2, 1), 30, date(2026, 12, 31), "planned")
    assert "benefit_measurements" not in rows


@pytest.mark.slow
def test_an_id_of_ones_own_is_kept_and_may_be_referred_to(opened: Opened) -> None:
    filling = begin(opened())
    benefit(filling, benefit_id="2019-arkivfloken-tid")
    plan(filling, benefit_id="2019-arkivfloken-tid", benefit_plan_id="2019-arkivfloken-tid-a")
    measurement(filling, benefit_plan_id="2019-arkivfloken-tid-a")
    rows = entered(filling)
    assert rows["benefit_measurements"]["benefit_plan_id"].to_list() == ["2019-arkivfloken-tid-a"]


def test_a_second_benefit_of_the_same_name_is_refused_and_the_first_is_named(opened: Opened) -> None:
    filling = begin(opened())
    benefit(filling)
    row = benefit(filling, source_locator="kapittel 5")
    (found,) = check(filling).faults
    assert (found.rule, found.value, found.row_number) == ("key", NAME, row)
    assert BENEFIT in found.reason_nb


@pytest.mark.slow
def test_a_name_of_two_benefits_is_asked_about_except_where_the_project_tells_them_apart(opened: Opened) -> None:
    filling = begin(opened())
    benefit(filling)
    benefit(filling, project_id="2016-arealbruk")
    claim(filling)
    row = plan(filling)
    (found,) = check(filling).faults
    assert (found.rule, found.column_name, found.row_number) == ("reference", "benefit_id", row)
    assert BENEFIT in found.reason_en and "2016-arealbruk-spart-saksbehandlingstid" in found.reason_en


def test_a_name_that_nothing_has_is_a_reference_to_nothing(opened: Opened) -> None:
    filling = begin(opened())
    row = plan(filling, benefit_id="Noe annet")
    (found,) = check(filling).faults
    assert (found.sheet, found.row_number, found.rule, found.value) == ("Gevinstplaner", row, "reference", "Noe annet")


def test_a_benefit_that_was_entered_stays_as_it_is_and_the_finding_says_where_news_goes(opened: Opened) -> None:
    filling = begin(opened())
    filling.put("benefits", 3, risk_nb="Høy")
    (found,) = check(filling).faults
    assert (found.sheet, found.column_name, found.value) == ("Gevinster", "risk_nb", "Høy")
    assert "velg Rettet" in found.reason_nb


@pytest.mark.slow
def test_a_changed_plan_is_a_later_version_of_the_first_and_needs_a_source_of_its_own(opened: Opened) -> None:
    filling = begin(opened())
    first = filling.cell("benefit_plans", 3, "benefit_plan_id").value
    filling.put("benefit_plans", 3, _choice="Endret", target_value=60)
    (found,) = check(filling).faults
    assert (found.column_name, found.rule) == ("source_id", "choice")
    filling.put("benefit_plans", 3, **AT)
    (made,) = entered(filling)["benefit_plans"].iter_rows(named=True)
    assert (made["revises_plan_id"], made["target_value"]) == (first, 60)
    assert made["benefit_plan_id"] == f"{made['benefit_id']}-plan-01"


@pytest.mark.slow
def test_what_was_read_and_coded_is_the_coders_and_a_counterfactual_is_no_benefit(opened: Opened) -> None:
    filling = begin(opened())
    row = filling.free("coding_coverage")
    filling.put(
        "coding_coverage",
        row,
        project_id=PROJECT,
        source_id=SOURCE,
        read_code="helt",
        is_coded_status="Ja",
        is_coded_expected="Ja",
        is_coded_results="Nei",
        coded_on=date(2027, 3, 2),
    )
    put(
        filling,
        "counterfactual_statements",
        project_id=PROJECT,
        stated_by_code="prosjekteier",
        statement_nb="Eieren ville ikke gjort dette uten ordningen.",
        statement_en="The owner would not have done this without the scheme.",
    )
    rows = entered(filling)
    assert rows["coding_coverage"].select("coder_code", "is_coded_results").rows() == [("koder_1", False)]
    assert rows["counterfactual_statements"]["counterfactual_statement_id"].to_list() == [f"{PROJECT}-uten-01"]


@pytest.mark.slow
@pytest.mark.parametrize(("role", "stated_by"), [("evaluator", "evaluator"), ("prosjekteier", None)])
def test_ratings_of_an_evaluators_round_are_the_evaluators_unless_they_say_otherwise(
    opened: Opened, role: str, stated_by: str | None
) -> None:
    filling = rate(begin(opened()), 3, 4)
    filling.put("assessment_rounds", 3, assessor_role_code=role)
    filling.put("driver_ratings", 4, stated_by_code="prosjekteier")
    rows = entered(filling)
    rated = rows["driver_ratings"].sort("rating")
    assert rated["stated_by_code"].to_list() == [stated_by, "owner"]


@pytest.mark.slow
def test_rows_are_stamped_with_the_day_they_enter_whatever_they_say_and_keep_it_when_imported_again(
    opened: Opened, raw_dir: Path
) -> None:
    filling = begin(opened())
    benefit(filling)
    rows = check(filling, raw_dir).rows
    said = {name: frame.with_columns(recorded_on=pl.lit(date(2001, 1, 1))) for name, frame in rows.items()}
    new = [
        NewRows(name, frame, YEAR if name in ("benefits", "assessment_rounds") else None)
        for name, frame in said.items()
    ]
    append_rows(raw_dir, new, who="a test", recorded_on=date(2027, 3, 9))
    core = read_core(raw_dir)
    stamped = core.tables["benefits"].filter(benefit_id=BENEFIT)["recorded_on"].to_list()
    assert stamped == core.tables["sources"].filter(source_id=SOURCE)["recorded_on"].to_list() == [date(2027, 3, 9)]
    assert taken(filling, raw_dir) == {}
    assert read_core(raw_dir).tables["benefits"].filter(benefit_id=BENEFIT)["recorded_on"].to_list() == stamped
    assert {ROW, FILE} <= set(rows["benefits"].columns)

from datetime import date

import polars as pl
import pytest

from gevinst.contracts import MARTS, NEWS, PUBLISHED
from gevinst.edition import edition_view


@pytest.fixture
def view_of_2016(tables):
    return edition_view(tables, 2016, date(2016, 12, 31))


def ids(view, table, column):
    return view[table][column].to_list()


def test_rows_whose_source_became_known_later_are_left_out(view_of_2016):
    assert ids(view_of_2016, "projects", "project_id") == ["2016-gammel"]
    assert ids(view_of_2016, "status_assessments", "status_assessment_id") == ["s1"]
    assert ids(view_of_2016, "corrections", "correction_id") == []


def test_rows_about_a_project_or_claim_that_was_not_known_are_left_out_although_their_source_was(view_of_2016):
    assert ids(view_of_2016, "participations", "participation_id") == ["p1"]
    assert ids(view_of_2016, "benefit_plans", "benefit_plan_id") == ["p1"]
    assert ids(view_of_2016, "benefit_measurements", "benefit_measurement_id") == ["m1"]
    assert ids(view_of_2016, "disagreements", "disagreement_side_id") == ["d1"]


def test_an_organisation_described_later_stays_when_a_known_project_names_it_and_takes_its_successor_along(
    view_of_2016,
):
    assert ids(view_of_2016, "organisations", "organisation_id") == ["etat", "nyetat"]
    assert ids(view_of_2016, "assessment_rounds", "assessment_round_id") == ["kartlegging"]


def test_reference_tables_are_whole_apart_from_rows_about_something_left_out(tables, view_of_2016):
    assert view_of_2016["kpi"].equals(tables["kpi"])
    assert view_of_2016["codelists"].equals(tables["codelists"])
    assert ids(view_of_2016, "reconciliation_rules", "reconciliation_rule_id") == ["rounds"]


def test_marts_end_with_the_editions_own_year(view_of_2016, tables):
    assert ids(view_of_2016, "edition_years", "edition_year") == [2016]
    assert view_of_2016["project_status"].height == 1
    assert edition_view(tables, 2023, date(2023, 12, 31))["project_status"].height == 3


def test_of_intervals_those_that_had_begun_stay_without_an_end_that_lay_ahead(view_of_2016, tables):
    assert view_of_2016["status_validity"].select("status_assessment_id", "valid_to").rows() == [("s1", None)]
    claims = view_of_2016["claim_validity"].select("benefit_claim_id", "valid_to", "superseded_by_id")
    assert claims.rows() == [("c1", None, None)]
    assert view_of_2016["plan_validity"].select("plan_in_force_id", "valid_to").rows() == [("p1", None)]
    assert view_of_2016["benefit_validity"].select("benefit_id", "valid_to").rows() == [("b1", None)]
    assert view_of_2016["coverage_validity"].select("project_id", "valid_to").rows() == [("2016-gammel", None)]

    on_the_day = edition_view(tables, 2023, date(2023, 3, 1))
    intervals = [mart.name for mart in MARTS if not mart.is_per_edition]
    assert [name for name in intervals if tables[name].is_empty()] == []
    assert [name for name in intervals if not on_the_day[name].equals(tables[name])] == []


def test_intervals_of_a_project_that_is_not_known_are_left_out(tables):
    of_the_new = tables["status_validity"].head(1).with_columns(project_id=pl.lit("2023-ny"))
    tables["status_validity"] = pl.concat([tables["status_validity"], of_the_new])
    view = edition_view(tables, 2016, date(2016, 12, 31))

    assert ids(view, "status_validity", "project_id") == ["2016-gammel"]


def test_a_document_published_in_the_year_but_after_the_day_is_not_known(tables):
    the_day_before = edition_view(tables, 2023, date(2023, 2, 28))
    the_day = edition_view(tables, 2023, date(2023, 3, 1))

    assert ids(the_day_before, "projects", "project_id") == ["2016-gammel"]
    assert ids(the_day, "projects", "project_id") == ["2016-gammel", "2023-ny"]


def test_only_documents_that_were_known_or_are_referred_to_stay(view_of_2016):
    assert ids(view_of_2016, "sources", "source_id") == ["early", "reading"]


@pytest.mark.parametrize("year", [2015, 2016, 2022, 2023, 2024])
def test_every_reference_leads_to_a_row(tables, year):
    view = edition_view(tables, year, date(year, 12, 31))

    for table in set(PUBLISHED) - set(NEWS):  # news are made of two views
        for column, target, target_column in table.references:
            there = set(view[target][target_column])
            assert set(view[table.name][column].drop_nulls()) <= there, f"{table.name}.{column} in {year}"


def test_nothing_is_left_out_of_the_newest_edition(tables):
    view = edition_view(tables, 2026, date(2026, 11, 22))

    assert all(frame.equals(tables[name]) for name, frame in view.items())


def test_answers_that_somebody_gave_are_in_no_edition(tables):
    view = edition_view(tables, 2026, date(2026, 11, 22))
    assert {"survey_results", "counterfactuals"} <= set(tables)
    news = {table.name for table in NEWS}
    assert set(tables) - set(view) - news == {"survey_results", "counterfactuals"}

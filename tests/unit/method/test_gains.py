from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from gevinst.contracts.vocabulary import EVIDENCE
from tests.data.gains import CATEGORIES, SOURCES, claim, measurement, rows
from tests.unit.method.conftest import Marts


@pytest.fixture
def world(build):
    """The marts of some claims, with sources of every year and a project known in 2019."""

    def make(claims: list[dict[str, Any]], **tables: Any) -> Marts:
        given_tables = {"sources": SOURCES, "benefit_categories": CATEGORIES, **tables}
        return Marts(build(benefit_claims=claims, **given_tables))

    return make


def test_a_better_evidenced_claim_supersedes_and_the_older_one_stays_visible(world) -> None:
    trail = world([claim("goal", "forventet", "s2019"), claim("stated", "oppgitt", "s2021")])["benefit_trail"]
    before, after = rows(trail, edition_year=2020, benefit_claim_id="goal"), rows(trail, edition_year=2021)
    assert [(row["is_superseded"], row["valid_to"], row["superseded_by_id"]) for row in before] == [(False, None, None)]
    assert [(row["benefit_claim_id"], row["is_superseded"], row["superseded_by_id"]) for row in after] == [
        ("goal", True, "stated"),
        ("stated", False, None),
    ]
    assert (after[0]["valid_from"], after[0]["valid_to"]) == (date(2019, 6, 1), date(2021, 6, 1))


def test_the_trail_leads_from_goal_through_report_to_measurement(world) -> None:
    claims = [
        claim("goal", "forventet", "s2019"),
        claim("stated", "oppgitt", "s2021"),
        claim("shown", "dokumentert", "s2023"),
    ]
    last = rows(world(claims)["benefit_trail"], edition_year=2026)
    assert {row["benefit_claim_id"]: row["superseded_by_id"] for row in last} == {
        "goal": "stated",
        "stated": "shown",
        "shown": None,
    }


def test_of_two_better_claims_known_on_one_day_the_best_supersedes(world) -> None:
    claims = [
        claim("goal", "forventet", "s2019"),
        claim("a-stated", "oppgitt", "s2021"),
        claim("b-shown", "dokumentert", "s2021"),
    ]
    (row,) = rows(world(claims)["benefit_trail"], edition_year=2022, benefit_claim_id="goal")
    assert row["superseded_by_id"] == "b-shown"


def test_a_weaker_claim_that_comes_later_is_never_in_force(world) -> None:
    trail = world([claim("shown", "dokumentert", "s2019"), claim("hope", "forventet", "s2022")])["benefit_trail"]
    (late,) = rows(trail, edition_year=2022, benefit_claim_id="hope")
    assert (late["is_superseded"], late["valid_from"], late["valid_to"]) == (True, date(2022, 6, 1), date(2022, 6, 1))
    (first,) = rows(trail, edition_year=2022, benefit_claim_id="shown")
    assert first["is_superseded"] is False


def test_a_claim_of_another_benefit_supersedes_nothing_however_alike_the_two_are(world) -> None:
    claims = [
        claim("goal", "forventet", "s2019", benefit_id="waiting", modality_code="goal"),
        claim("stated", "dokumentert", "s2021", benefit_id="understanding"),
    ]
    marts = world(claims)
    assert not marts["benefit_trail"]["is_superseded"].any()
    (headline,) = rows(marts["benefit_headlines"], edition_year=2026)
    assert (headline["goal_count"], headline["achieved_goal_count"]) == (1, 0)


def test_claims_of_one_benefit_supersede_whatever_its_beneficiaries_are(world) -> None:
    claims = [
        claim("goal", "forventet", "s2019", benefit_id="b", modality_code="goal"),
        claim("stated", "oppgitt", "s2021", benefit_id="b"),
    ]
    marts = world(
        claims,
        benefit_beneficiaries=[
            {"benefit_id": "b", "beneficiary_code": whom, "source_id": source}
            for whom, source in (("innbygger", "s2019"), ("ansatte", "s2022"))
        ],
    )
    (row,) = rows(marts["benefit_trail"], edition_year=2021, benefit_claim_id="goal")
    assert row["superseded_by_id"] == "stated"
    by_year = {
        year: [row["beneficiary_code"] for row in rows(marts["benefit_by_beneficiary"], edition_year=year)]
        for year in (2021, 2022)
    }
    assert by_year == {2021: ["innbygger"], 2022: ["ansatte", "innbygger"]}, "each from the day its source is known"
    (headline,) = rows(marts["benefit_headlines"], edition_year=2022)
    assert (headline["claim_count"], headline["goal_count"], headline["achieved_goal_count"]) == (1, 1, 1)


def test_a_benefit_whose_beneficiary_no_source_states_is_counted_as_that(world) -> None:
    marts = world([claim("goal", "forventet", "s2019")], benefit_beneficiaries=[])
    (row,) = rows(marts["benefit_by_beneficiary"], edition_year=2019)
    assert (row["beneficiary_code"], row["benefit_count"], row["expected_count"]) == ("ikke_oppgitt", 1, 1)


def test_the_four_grades_supersede_in_their_order(world) -> None:
    claims = [claim(f"c{n}", evidence, f"s{2019 + n}") for n, evidence in enumerate(EVIDENCE)]
    last = rows(world(claims)["benefit_trail"], edition_year=2026)
    assert [row["superseded_by_id"] for row in last] == ["c1", "c2", "c3", None]


def test_a_disbenefit_is_seen_and_counted_by_itself(world) -> None:
    marts = world([claim("noise", "oppgitt", "s2019", benefit_sign_code="negative")])
    assert rows(marts["benefit_trail"], edition_year=2019)[0]["is_gain"] is False
    assert marts["benefit_evidence"].is_empty()
    assert marts["benefit_by_beneficiary"].is_empty()
    assert marts["unmeasured_benefits"].is_empty()
    (headline,) = rows(marts["benefit_headlines"], edition_year=2019)
    counted = ("benefit_count", "negative_benefit_count", "claim_count", "achieved_project_count", "not_benefit_count")
    assert [headline[name] for name in counted] == [0, 1, 0, 0, 0]


def test_the_place_in_the_chain_is_the_benefits_own_where_it_says_so(world) -> None:
    marts = world([claim("c", "oppgitt", "s2019", chain_level_code="societal_effect")])
    assert marts["benefit_trail"]["gain_nature_code"].unique().to_list() == ["societal_effect"]
    assert marts["benefit_evidence"]["gain_nature_code"].unique().to_list() == ["user_effect"], "that of its category"


def test_achieved_benefits_are_counted_by_who_says_so(world) -> None:
    claims = [
        claim("a", "oppgitt", "s2019", benefit_id="x", stated_by_code="owner"),
        claim("b", "oppgitt", "s2019", benefit_id="x", stated_by_code="owner"),
        claim("c", "oppgitt", "s2019", benefit_id="y", stated_by_code="owner"),
        claim("d", "dokumentert", "s2019", benefit_id="z", stated_by_code="third_party"),
        claim("e", "forventet", "s2019", benefit_id="w", stated_by_code="scheme"),
    ]
    counted = rows(world(claims)["benefit_by_stated_by"], edition_year=2019)
    assert [
        (row["evidence_code"], row["stated_by_code"], row["project_count"], row["benefit_count"], row["claim_count"])
        for row in counted
    ] == [("dokumentert", "third_party", 1, 1, 1), ("oppgitt", "owner", 1, 2, 3)]


def test_a_benefit_that_is_only_in_a_plan_is_listed_without_evidence(world) -> None:
    benefit = {"benefit_id": "b", "project_id": "p", "benefit_code": "user_experience", "source_id": "s2019",
               "responsible_organisation_id": "enhet", "responsible_role_code": "gevinsteier"}  # fmt: skip
    plan = {"benefit_id": "b", "unit_code": "minutes_per_case", "target_value": 10.0, "source_id": "s2019"}
    marts = world([], benefits=[benefit], benefit_plans=[plan])
    (overview,) = rows(marts["benefit_overview"], edition_year=2019)
    assert (overview["best_evidence_code"], overview["claim_count"], overview["plan_count"]) == (None, 0, 1)
    assert (overview["has_goal"], overview["is_achieved"]) == (True, False)
    (row,) = rows(marts["unmeasured_benefits"], edition_year=2019)
    assert (row["evidence_code"], row["responsible_organisation_id"]) == (None, "enhet")
    (headline,) = rows(marts["benefit_headlines"], edition_year=2019)
    assert (headline["plan_count"], headline["unmeasured_plan_count"], headline["unmeasured_count"]) == (1, 1, 1)


def test_equally_well_evidenced_claims_are_in_force_side_by_side(world) -> None:
    evidence = world([claim("a", "oppgitt", "s2019"), claim("b", "oppgitt", "s2021")])["benefit_evidence"]
    (row,) = rows(evidence, edition_year=2021)
    assert (row["reported_count"], row["superseded_count"], row["best_evidence_code"]) == (2, 0, "oppgitt")


def test_evidence_is_counted_of_claims_in_force_and_the_best_is_shown(world) -> None:
    claims = [
        claim("goal", "forventet", "s2019"),
        claim("stated", "oppgitt", "s2021"),
        claim("hope", "forventet", "s2021", benefit_id="another"),
        claim("insight", "oppgitt", "s2021", benefit_code="new_knowledge_insight"),
    ]
    evidence = world(claims)["benefit_evidence"]
    found = {
        row["benefit_category_code"]: (
            row["best_evidence_code"],
            row["expected_count"],
            row["reported_count"],
            row["documented_count"],
            row["superseded_count"],
        )
        for row in rows(evidence, edition_year=2021)
    }
    assert found == {"user_effects": ("oppgitt", 1, 1, 0, 1), "new_knowledge": ("oppgitt", 0, 1, 0, 0)}
    (before,) = rows(evidence, edition_year=2019)
    assert (before["best_evidence_code"], before["expected_count"]) == ("forventet", 1)


def test_a_general_potential_is_seen_and_never_counted_as_a_benefit(world) -> None:
    tables = world([claim("hope", "forventet", "s2019", benefit_code="general_potential")])
    (row,) = rows(tables["benefit_evidence"], edition_year=2020)
    assert (row["benefit_category_code"], row["is_gain"], row["gain_nature_code"]) == ("general_potential", False, None)
    assert tables["benefit_by_beneficiary"].is_empty()
    assert tables["self_report_share"].is_empty()
    assert tables["unmeasured_benefits"].is_empty()


def test_input_factors_stand_apart_from_effects_for_the_same_beneficiary(world) -> None:
    claims = [
        claim("easier", "oppgitt", "s2019"),
        claim("insight", "oppgitt", "s2019", benefit_code="new_knowledge_insight"),
    ]
    counted = rows(world(claims)["benefit_by_beneficiary"], edition_year=2019)
    assert [(row["gain_nature_code"], row["reported_count"]) for row in counted] == [
        ("input_factor", 1),
        ("user_effect", 1),
    ]


def test_projects_are_counted_once_and_only_with_a_claim_in_force(world) -> None:
    projects = [{"project_id": key, "round_id": "r", "source_id": "s2019"} for key in ("p", "q")]
    claims = [
        claim("goal", "forventet", "s2019"),
        claim("stated", "oppgitt", "s2019"),
        claim("same", "oppgitt", "s2019"),
        claim("other", "oppgitt", "s2019", project_id="q"),
    ]
    (row,) = rows(world(claims, projects=projects)["benefit_by_beneficiary"], edition_year=2019)
    assert (row["project_count"], row["reported_count"], row["superseded_count"]) == (2, 3, 1)


def test_shares_are_given_only_from_five_achieved_claims(world) -> None:
    claims = [claim(f"c{n}", "oppgitt", "s2019" if n < 4 else "s2020") for n in range(5)]
    claims[0]["evidence_code"] = "dokumentert"
    claims = [{**row, "benefit_id": f"b{n}"} for n, row in enumerate(claims)]
    shares = world(claims, benefit_measurements=[measurement("c0", "s2019")])["self_report_share"]
    (few,), (enough,) = rows(shares, edition_year=2019), rows(shares, edition_year=2020)
    assert (few["achieved_count"], few["self_reported_count"], few["measured_count"]) == (4, 3, 1)
    assert (few["self_reported_pct"], few["measured_pct"]) == (None, None)
    assert (enough["self_reported_pct"], enough["measured_pct"]) == (80.0, 20.0)


def test_what_participants_measured_is_counted_apart_from_what_others_documented(world) -> None:
    claims = [
        claim("a", "malt_oppgitt", "s2019", benefit_id="x"),
        claim("b", "malt_oppgitt", "s2019", benefit_id="y"),
        claim("c", "dokumentert", "s2021", benefit_id="y"),
    ]
    marts = world(claims, benefit_measurements=[measurement("a", "s2019"), measurement("b", "s2019")])
    names = ("measured_by_participant_count", "documented_count", "measured_count", "achieved_count")
    by_year = {
        year: [rows(marts["self_report_share"], edition_year=year)[0][name] for name in names] for year in (2019, 2021)
    }
    assert by_year == {2019: [2, 0, 2, 2], 2021: [1, 1, 2, 2]}


def test_an_unmeasured_benefit_names_the_owner_until_a_plan_names_another(world) -> None:
    tables = world(
        [claim("goal", "forventet", "s2019")],
        participations=[{"project_id": "p", "organisation_id": "etat", "role_code": "owner", "source_id": "s2019"}],
        benefit_plans=[
            {
                "benefit_id": "p-user_experience-innbygger",
                "unit_code": "percent_of_cases",
                "next_measurement_on": date(2022, 1, 1),
                "next_measurement_precision": "month",
                "responsible_organisation_id": "enhet",
                "responsible_role_code": "gevinsteier",
                "source_id": "s2021",
            }
        ],
    )
    found = {
        row["edition_year"]: (row["responsible_organisation_id"], row["responsible_role_code"], row["is_overdue"])
        for row in tables["unmeasured_benefits"].rows(named=True)
    }
    assert found[2020] == ("etat", "prosjekteier", False)
    assert found[2021] == ("enhet", "gevinsteier", False)
    assert found[2022] == ("enhet", "gevinsteier", True)
    (row,) = rows(tables["unmeasured_benefits"], edition_year=2020)
    assert (row["months_known"], row["next_measurement_on"]) == (18, None)


def test_without_owner_and_plan_nobody_is_named(world) -> None:
    (row,) = rows(world([claim("goal", "forventet", "s2019")])["unmeasured_benefits"], edition_year=2019)
    assert (row["responsible_organisation_id"], row["responsible_role_code"]) == (None, None)


def test_a_benefit_leaves_the_list_once_it_is_measured_against_a_baseline(world) -> None:
    plan = {"benefit_id": "b", "unit_code": "percent_of_cases"}
    tables = world(
        [claim("stated", "oppgitt", "s2019", benefit_id="b")],
        benefit_plans=[
            {**plan, "benefit_plan_id": "without", "source_id": "s2019"},
            {
                **plan,
                "benefit_plan_id": "with",
                "revises_plan_id": "without",
                "baseline_value": 5.0,
                "source_id": "s2022",
            },
        ],
        benefit_measurements=[{"benefit_plan_id": "without", "measured_value": 9.0, "source_id": "s2020"}],
    )
    assert tables["unmeasured_benefits"]["edition_year"].to_list() == [2019, 2020, 2021]


def test_a_measurement_counts_from_the_day_it_was_made_even_if_its_page_is_older(world) -> None:
    made_later = measurement("stated", "s2019", measured_on=date(2023, 1, 1), measured_precision="year")
    tables = world([claim("stated", "oppgitt", "s2019")], benefit_measurements=[made_later])
    assert tables["unmeasured_benefits"]["edition_year"].max() == 2022
    assert tables["planned_realised"].filter("is_measured")["edition_year"].min() == 2023


def test_a_claim_appears_only_in_editions_that_know_its_project(world) -> None:
    late = [{"project_id": "p", "round_id": "r", "source_id": "s2021"}]
    trail = world([claim("goal", "forventet", "s2019")], projects=late)["benefit_trail"]
    assert trail["edition_year"].min() == 2021
    assert trail["valid_from"].unique().to_list() == [date(2021, 6, 1)]


def test_a_claim_is_in_no_count_before_its_benefit_is_known(world) -> None:
    benefit = {"benefit_id": "b", "project_id": "p", "benefit_code": "user_experience", "source_id": "s2022"}
    marts = world([claim("stated", "oppgitt", "s2020", benefit_id="b")], benefits=[benefit])
    assert marts["benefit_trail"]["edition_year"].min() == 2022
    assert marts["project_claims"].filter(pl.col("claim_count") > 0)["edition_year"].min() == 2022
    assert marts["project_coverage"].filter("has_reported_benefit")["edition_year"].min() == 2022
    claims = marts["headline_counts"].filter((pl.col("figure_id") == "claims") & (pl.col("figure_value") > 0))
    assert claims["edition_year"].min() == 2022

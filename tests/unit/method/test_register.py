"""The register of benefits: the furthest that anybody tells of, and why nothing is known of what is only promised."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.data.gains import CATEGORIES, SOURCES, claim, measurement, rows
from tests.unit.method.conftest import Marts

CODED = {"coding_coverage_id": "coded", "project_id": "p", "source_id": "s2019", "is_coded_results": True}


@pytest.fixture
def world(build):
    """The marts of some claims about project p, with sources of every year."""

    def make(*claims: dict[str, Any], **tables: Any) -> Marts:
        given = {"sources": SOURCES, "benefit_categories": CATEGORIES, "benefit_claims": list(claims), **tables}
        return Marts(build(**given))

    return make


def one(world: Marts) -> dict[str, Any]:
    (row,) = rows(world["benefit_register"], edition_year=2026)
    return row


@pytest.mark.parametrize(
    ("evidence", "stage"),
    [("forventet", "promised"), ("oppgitt", "reported"), ("malt_oppgitt", "measured"), ("dokumentert", "documented")],
)
def test_a_benefit_is_at_the_stage_of_its_surest_claim(world, evidence, stage) -> None:
    assert one(world(claim("a", "forventet", "s2019"), claim("b", evidence, "s2021")))["stage_code"] == stage


def test_a_measurement_against_a_baseline_is_measured_whatever_claims_say(world) -> None:
    row = one(world(claim("a", "forventet", "s2019"), benefit_measurements=[measurement("a", "s2021")]))
    assert (row["stage_code"], row["stated_by_code"], row["newest_value"]) == ("measured", "owner", 20.0)
    assert (row["source_id"], row["results_absence_code"]) == ("s2021", None)


def test_a_value_without_a_baseline_is_only_said(world) -> None:
    unknown_start = measurement("a", "s2021", baseline_value=None)
    row = one(world(claim("a", "forventet", "s2019"), benefit_measurements=[unknown_start]))
    assert row["stage_code"] == "reported"


def test_a_measurement_does_not_take_the_place_of_a_surer_claim(world) -> None:
    documented = claim("a", "dokumentert", "s2019", stated_by_code="evaluator")
    row = one(world(documented, benefit_measurements=[measurement("a", "s2021")]))
    assert (row["stage_code"], row["stated_by_code"], row["source_id"]) == ("documented", "evaluator", "s2019")


def planned(status: str | None) -> dict[str, Any]:
    return {
        "benefit_plan_id": "plan",
        "benefit_id": "p-user_experience-innbygger",
        "unit_code": "count",
        "benefit_status_code": status,
        "source_id": "s2020",
    }


@pytest.mark.parametrize(
    ("status", "stage", "absence"),
    [
        ("planned", "promised", "not_coded"),
        ("in_progress", "promised", "not_coded"),
        ("not_realised", "promised", "stated_not"),
        ("abandoned", "promised", "stated_not"),
        ("partly_realised", "reported", None),
        ("realised", "reported", None),
    ],
)
def test_what_a_plan_states_of_itself_is_something_said(world, status, stage, absence) -> None:
    row = one(world(claim("a", "forventet", "s2019"), benefit_plans=[planned(status)]))
    assert (row["stage_code"], row["results_absence_code"]) == (stage, absence)


def test_a_benefit_that_a_plan_alone_says_is_realised_is_stated_by_nobody_else(world) -> None:
    row = one(world(claim("a", "forventet", "s2019", stated_by_code="scheme"), benefit_plans=[planned("realised")]))
    assert (row["stated_by_code"], row["source_id"]) == (None, "s2020")


def test_that_nobody_looked_is_not_that_nothing_was_found(world) -> None:
    promised = claim("a", "forventet", "s2019")
    assert one(world(promised))["results_absence_code"] == "not_coded"
    assert one(world(promised, coding_coverage=[CODED]))["results_absence_code"] == "not_found"


@pytest.mark.parametrize(
    ("modality", "kind"), [("goal", "goal"), ("potential_asserted", "potential"), ("problem_implied", "potential")]
)
def test_a_stated_goal_is_told_from_an_expectation(world, modality, kind) -> None:
    assert one(world(claim("a", "forventet", "s2019", modality_code=modality)))["promise_code"] == kind


def test_what_is_reported_is_promised_no_more(world) -> None:
    row = one(world(claim("a", "forventet", "s2019", modality_code="goal"), claim("b", "oppgitt", "s2021")))
    assert (row["promise_code"], row["has_goal"]) == (None, True)


def test_who_says_so_and_where_are_of_the_newest_of_the_surest_claims(world) -> None:
    first, second = (claim(key, "oppgitt", source) for key, source in (("a", "s2020"), ("b", "s2022")))
    row = one(world(first, second, claim("c", "forventet", "s2023")))
    assert (row["source_id"], row["newest_known_on"]) == ("s2022", date(2022, 6, 1))


@pytest.mark.parametrize(
    ("claims", "decides"),
    [
        ([("a", "oppgitt"), ("b", "oppgitt")], "b"),
        ([("a", "forventet"), ("b", "oppgitt")], "b"),
        ([("a", "oppgitt"), ("b", "forventet")], "a"),
        ([("b", "dokumentert"), ("a", "oppgitt"), ("c", "oppgitt")], "b"),
    ],
)
def test_of_claims_known_on_one_day_the_surest_decides_and_of_equals_the_last_id(world, claims, decides) -> None:
    row = one(world(*(claim(key, evidence, "s2020", source_locator=key) for key, evidence in claims)))
    assert row["source_locator"] == decides


def test_each_edition_has_the_claim_that_was_the_newest_of_the_surest_then(world) -> None:
    said = [
        ("a", "forventet", "s2019"),
        ("b", "oppgitt", "s2021"),
        ("c", "forventet", "s2022"),
        ("d", "oppgitt", "s2023"),
    ]
    register = world(*(claim(*one) for one in said))["benefit_register"]
    assert [row["source_id"] for row in rows(register)] == ["s2019"] * 2 + ["s2021"] * 2 + ["s2023"] * 4


def test_disbenefits_and_general_potentials_are_in_no_register(world) -> None:
    harm = claim("a", "oppgitt", "s2019", benefit_sign_code="negative")
    vague = claim("b", "forventet", "s2019", benefit_code="general_potential")
    assert rows(world(harm, vague)["benefit_register"], edition_year=2026) == []


def test_an_edition_knows_a_benefit_as_it_was_known_then(world) -> None:
    register = world(claim("a", "forventet", "s2019"), claim("b", "oppgitt", "s2021"))["benefit_register"]
    assert [row["stage_code"] for row in rows(register)] == ["promised"] * 2 + ["reported"] * 6


def of_kinds(evidence: str, count: int) -> list[dict[str, Any]]:
    return [claim(f"{evidence}-{n}", evidence, "s2019", benefit_id=f"{evidence}-{n}") for n in range(count)]


def test_counts_add_up_and_tell_what_nobody_looked_for(world) -> None:
    found = world(*of_kinds("forventet", 3), *of_kinds("oppgitt", 2), *of_kinds("dokumentert", 1))
    (row,) = rows(found["register_counts"], edition_year=2026)
    assert (row["benefit_count"], row["project_count"], row["promised_count"], row["told_count"]) == (6, 1, 3, 3)
    assert (row["said_count"], row["measured_stage_count"], row["documented_stage_count"]) == (2, 0, 1)
    # Claims of results show that somebody looked, so that what is missing was looked for.
    assert (row["promised_not_found_count"], row["promised_not_coded_count"], row["coded_count"]) == (3, 0, 6)


@pytest.mark.parametrize(("promised", "share"), [(3, None), (4, 20.0)])
def test_a_share_is_given_of_five_looked_for_and_of_no_fewer(world, promised, share) -> None:
    found = world(*of_kinds("forventet", promised), *of_kinds("oppgitt", 1))
    (row,) = rows(found["register_counts"], edition_year=2026)
    assert row["told_pct"] == share


def test_what_nobody_looked_for_is_in_no_share(world) -> None:
    (row,) = rows(world(*of_kinds("forventet", 9))["register_counts"], edition_year=2026)
    assert (row["promised_not_coded_count"], row["coded_count"], row["told_pct"]) == (9, 0, None)

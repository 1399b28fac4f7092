from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from tests.unit.method.conftest import Marts


def said(key: str, status: str, **more: Any) -> dict[str, Any]:
    return {
        "status_assessment_id": key,
        "assessment_round_id": "2020",
        "project_id": "p",
        "status_code": status,
        "assessed_on": date(2020, 1, 1),
        "assessed_precision": "month",
        "stated_by_code": "owner",
        "source_id": "s2021",
        **more,
    }


@pytest.fixture
def conflicts(build):
    """The contradictions between some assessments of one project."""

    def make(*assessments: dict[str, Any]) -> pl.DataFrame:
        rounds = [
            {"assessment_round_id": key, "assessor_role_code": role, "source_id": "s2019"}
            for key, role in (("2020", "owner"), ("2021", "evaluator"))
        ]
        return Marts(build(assessment_rounds=rounds, status_assessments=list(assessments)))["status_conflicts"]

    return make


def test_two_parties_who_say_different_things_of_one_month_are_both_shown(conflicts) -> None:
    found = conflicts(said("a", "i_bruk"), said("b", "provd_ut", stated_by_code="third_party"))
    sides = found.filter(pl.col("edition_year") == 2022)
    assert sides.select("status_assessment_id", "status_code", "step", "conflict_id").rows() == [
        ("a", "i_bruk", 5, "p/2020-01-01/month"),
        ("b", "provd_ut", 3, "p/2020-01-01/month"),
    ]


def test_two_rounds_that_say_different_things_contradict_one_another(conflicts) -> None:
    found = conflicts(said("a", "i_bruk"), said("b", "provd_ut", assessment_round_id="2021"))
    assert found["assessor_role_code"].unique().sort().to_list() == ["evaluator", "owner"]


def test_an_outcome_outside_the_ladder_contradicts_a_step_and_has_none_itself(conflicts) -> None:
    found = conflicts(said("a", "i_bruk"), said("b", "stanset", stated_by_code="third_party"))
    assert dict(found.select("status_code", "step").iter_rows()) == {"i_bruk": 5, "stanset": None}


@pytest.mark.parametrize(
    "other",
    [
        {"status_code": "i_bruk", "stated_by_code": "third_party"},
        {},
        {"assessed_on": date(2020, 2, 1), "stated_by_code": "third_party"},
        {"assessed_precision": "year", "stated_by_code": "third_party"},
        {"project_id": "q", "stated_by_code": "third_party"},
    ],
    ids=["the same status", "the same party", "another month", "a period that only overlaps", "another project"],
)
def test_this_is_no_contradiction(conflicts, other) -> None:
    assert conflicts(said("a", "i_bruk"), said("b", "provd_ut", **other)).is_empty()


def test_a_contradiction_is_known_from_when_its_second_side_is_and_grows_with_a_third(conflicts) -> None:
    found = conflicts(
        said("a", "i_bruk"),
        said("b", "provd_ut", stated_by_code="third_party", source_id="s2021"),
        said("c", "i_bruk", stated_by_code="supplier", source_id="undated"),
    )
    sides = {year: found.filter(pl.col("edition_year") == year).height for year in (2020, 2021, 2025, 2026)}
    assert sides == {2020: 0, 2021: 2, 2025: 2, 2026: 3}


def test_a_second_party_that_agrees_at_first_is_no_side_until_somebody_disagrees(conflicts) -> None:
    found = conflicts(
        said("a", "i_bruk"),
        said("b", "i_bruk", stated_by_code="third_party"),
        said("c", "provd_ut", source_id="undated"),
    )
    assert found["edition_year"].unique().to_list() == [2026]
    assert found.height == 3

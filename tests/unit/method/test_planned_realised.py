from __future__ import annotations

import math
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gevinst.contracts import contract
from gevinst.contracts.schema import polars_schema
from gevinst.method.catalogue import compute_mart
from gevinst.method.frames import Rules
from tests.data.small_edition import CODELISTS
from tests.unit.method.conftest import Marts

CATEGORIES = [
    {"benefit_code": code, "benefit_category_code": category, "gain_nature_code": nature, "is_gain": True}
    for code, category, nature in (
        ("time", "resource_use", "user_effect"),
        ("insight", "new_knowledge", "input_factor"),
    )
]


def measured(**more: Any) -> dict[str, Any]:
    return {
        "benefit_claim_id": "c",
        "indicator_nb": "Timer brukt",
        "unit_code": "hours_per_year",
        "baseline_value": 100.0,
        "target_value": 60.0,
        "measured_value": 80.0,
        "stated_by_code": "owner",
        "source_id": "s2019",
        **more,
    }


@pytest.fixture
def world(build):
    """The marts of some measurements of two claims known in 2019."""

    def make(*measurements: dict[str, Any]) -> Marts:
        claims = [
            {"benefit_claim_id": key, "project_id": "p", "benefit_code": code, "evidence_code": "dokumentert",
             "beneficiary_code": key, "source_id": "s2019"}
            for key, code in (("c", "time"), ("d", "insight"))
        ]  # fmt: skip
        return Marts(
            build(benefit_claims=claims, benefit_categories=CATEGORIES, benefit_measurements=list(measurements))
        )

    return make


@pytest.fixture
def one(world):
    """The row of one measurement in the edition of 2020."""

    def make(**cells: Any) -> dict[str, Any]:
        return world(measured(**cells))["planned_realised"].filter(pl.col("edition_year") == 2020).row(0, named=True)

    return make


@pytest.mark.parametrize(
    ("baseline", "target", "value", "rate"),
    [
        (100.0, 60.0, 80.0, 0.5),
        (60.0, 100.0, 80.0, 0.5),
        (100.0, 60.0, 40.0, 1.5),
        (100.0, 60.0, 120.0, -0.5),
        (-10.0, 10.0, 0.0, 0.5),
        (100.0, 60.0, 100.0, 0.0),
    ],
)
def test_the_rate_is_the_same_whichever_way_is_better_and_may_pass_one_or_turn_negative(
    one, baseline, target, value, rate
) -> None:
    assert one(baseline_value=baseline, target_value=target, measured_value=value)["realisation_rate"] == rate


def test_no_change_is_zero_and_not_minus_zero_where_the_plan_was_a_decrease(one) -> None:
    assert math.copysign(1, one(measured_value=100.0)["realisation_rate"]) == 1


def test_without_a_target_or_with_one_that_changes_nothing_there_is_no_rate(one) -> None:
    assert one(target_value=None)["realisation_rate"] is None
    assert one(target_value=100.0)["realisation_rate"] is None
    assert one(target_value=None)["planned_change_value"] is None


def test_a_change_of_a_percentage_is_in_points_and_never_in_per_cent(one) -> None:
    # A share that rose from 79 to 88 per cent rose by 9 points, as the World Bank's evaluators print it.
    share = one(unit_code="percent_of_cases", baseline_value=79.0, target_value=None, measured_value=88.0)
    assert (share["change_value"], share["is_percentage_points"], share["change_pct"]) == (9.0, True, None)
    hours = one()
    assert (hours["change_value"], hours["is_percentage_points"], hours["change_pct"]) == (-20.0, False, -20.0)


def test_a_change_from_nothing_has_no_per_cent(one) -> None:
    row = one(baseline_value=0.0, target_value=10.0, measured_value=5.0)
    assert (row["change_pct"], row["change_value"], row["realisation_rate"]) == (None, 5.0, 0.5)


@pytest.mark.parametrize(
    ("cells", "outcome"),
    [
        ({"measured_value": 60.0}, "reached"),
        ({"measured_value": 50.0}, "reached"),
        ({"measured_value": 80.0}, "better"),
        ({"measured_value": 100.0}, "unchanged"),
        ({"measured_value": 110.0}, "worse"),
        ({"target_value": None}, None),
        ({"target_value": None, "desired_direction_code": "lower"}, "better"),
        ({"target_value": None, "desired_direction_code": "higher"}, "worse"),
        ({"target_value": 100.0, "measured_value": 100.0, "desired_direction_code": "lower"}, "reached"),
        ({"target_value": 100.0, "measured_value": 100.0}, None),
    ],
)
def test_how_it_went_follows_the_desired_direction_and_is_unknown_without_one(one, cells, outcome) -> None:
    row = one(**cells)
    assert row["measurement_outcome_code"] == outcome
    assert row["is_disbenefit"] is (outcome == "worse")


def test_a_disbenefit_stands_in_the_same_table_and_is_counted(world) -> None:
    tables = world(measured(), measured(indicator_nb="Klager", unit_code="count_per_year", measured_value=130.0))
    rows = tables["planned_realised"].filter(pl.col("edition_year") == 2020)
    assert sorted(rows["is_disbenefit"].to_list()) == [False, True]
    by_unit = tables["realisation_by_unit"].filter(pl.col("edition_year") == 2020)
    assert dict(by_unit.select("unit_code", "disbenefit_count").iter_rows()) == {
        "count_per_year": 1,
        "hours_per_year": 0,
    }


def test_only_the_newest_measurement_of_an_indicator_counts_and_the_older_stays(world) -> None:
    first = measured(measured_on=date(2019, 1, 1), measured_precision="day", measured_value=90.0)
    second = measured(measured_on=date(2021, 1, 1), measured_precision="day", measured_value=60.0)
    tables = world(first, second)
    newest = tables["planned_realised"].filter("is_newest")
    assert dict(newest.select("edition_year", "measured_value").iter_rows()) == {
        2019: 90.0, 2020: 90.0, 2021: 60.0, 2022: 60.0, 2023: 60.0, 2024: 60.0, 2025: 60.0, 2026: 60.0,
    }  # fmt: skip
    assert tables["planned_realised"].filter(pl.col("edition_year") == 2022).height == 2
    last = tables["realisation_by_unit"].filter(pl.col("edition_year") == 2022).row(0, named=True)
    assert (last["measurement_count"], last["realisation_rate"], last["reached_count"]) == (1, 1.0, 1)


def test_the_rate_of_the_portfolio_weighs_by_what_was_planned(world) -> None:
    small = measured(indicator_nb="Én tjeneste", baseline_value=10.0, target_value=0.0, measured_value=0.0)
    large = measured(indicator_nb="En annen", baseline_value=100.0, target_value=190.0, measured_value=100.0)
    without = measured(indicator_nb="Uten mål", target_value=None)
    row = world(small, large, without)["realisation_by_unit"].row(0, named=True)
    assert row["realisation_rate"] == pytest.approx(10 / 100)
    assert (row["measurement_count"], row["target_count"], row["unknown_count"]) == (3, 2, 1)


@pytest.mark.parametrize("unit", ["percent_of_cases", "days_per_case"])
def test_units_that_cannot_be_summed_have_counts_and_no_rate(world, unit) -> None:
    row = world(measured(unit_code=unit))["realisation_by_unit"].row(0, named=True)
    assert (row["target_count"], row["realisation_rate"]) == (1, None)


def test_different_units_and_links_of_the_chain_never_meet(world) -> None:
    rows = world(measured(), measured(unit_code="count_per_year"), measured(benefit_claim_id="d"))
    by_unit = rows["realisation_by_unit"].filter(pl.col("edition_year") == 2020)
    assert by_unit.select("unit_code", "gain_nature_code", "measurement_count").rows() == [
        ("count_per_year", "user_effect", 1),
        ("hours_per_year", "input_factor", 1),
        ("hours_per_year", "user_effect", 1),
    ]


def test_every_unit_has_a_kind_and_says_whether_it_can_be_summed() -> None:
    listed = pl.read_csv(CODELISTS).filter(pl.col("codelist") == "measurement_unit")["code"].to_list()
    units = pl.read_csv(CODELISTS.with_name("measurement_units.csv"))
    assert sorted(listed) == sorted(units["unit_code"])
    assert not units.filter(pl.col("unit_kind_code").is_in(["share", "score", "index"]))["is_summable"].any()


def plan(**more: Any) -> dict[str, Any]:
    return {
        "benefit_plan_id": "first",
        "benefit_id": "p-time-c",
        "indicator_nb": "Timer brukt",
        "unit_code": "hours_per_year",
        "baseline_value": 100.0,
        "target_value": 60.0,
        "source_id": "s2019",
        **more,
    }


@pytest.fixture
def planned(build):
    """The marts of some plans of one benefit known in 2019, and of what was measured."""

    def make(plans: list[dict[str, Any]], *measurements: dict[str, Any]) -> Marts:
        claims = [{"benefit_claim_id": "c", "benefit_id": "p-time-c", "benefit_code": "time",
                   "evidence_code": "forventet", "source_id": "s2019"}]  # fmt: skip
        return Marts(
            build(
                benefit_claims=claims,
                benefit_categories=CATEGORIES,
                benefit_plans=plans,
                benefit_measurements=[
                    {"benefit_plan_id": "first", "stated_by_code": "owner", "source_id": "s2021", **row}
                    for row in measurements
                ],
            )
        )

    return make


def in_year(marts: Marts, year: int, name: str = "planned_realised") -> list[dict[str, Any]]:
    return marts[name].filter(pl.col("edition_year") == year).rows(named=True)


def test_a_plan_without_a_measurement_has_a_row_and_is_no_measurement(planned) -> None:
    marts = planned([plan()])
    (row,) = in_year(marts, 2020)
    assert (row["is_measured"], row["is_newest"], row["benefit_measurement_id"], row["measured_value"]) == (
        False, False, None, None,
    )  # fmt: skip
    assert (row["planned_change_value"], row["change_value"], row["realisation_rate"]) == (-40.0, None, None)
    assert (row["desired_direction_code"], row["measurement_outcome_code"]) == ("lower", None)
    (unit,) = in_year(marts, 2020, "realisation_by_unit")
    assert (unit["plan_count"], unit["measurement_count"], unit["target_count"], unit["unknown_count"]) == (1, 0, 0, 0)


def test_the_row_without_a_measurement_gives_way_to_the_first_one(planned) -> None:
    marts = planned([plan()], {"measured_value": 80.0})
    assert [row["is_measured"] for row in in_year(marts, 2020)] == [False]
    assert [row["is_measured"] for row in in_year(marts, 2021)] == [True]


def test_a_measurement_needs_neither_baseline_nor_target(planned) -> None:
    (row,) = in_year(planned([plan(baseline_value=None, target_value=None)], {"measured_value": 80.0}), 2021)
    assert (row["measured_value"], row["change_value"], row["realisation_rate"]) == (80.0, None, None)


def test_baseline_and_target_are_those_in_force_when_the_edition_was_made(planned) -> None:
    changed = plan(benefit_plan_id="second", revises_plan_id="first", baseline_value=120.0, source_id="s2021")
    marts = planned([plan(), changed], {"measured_value": 90.0})
    (before,), (after,) = in_year(marts, 2020), in_year(marts, 2021)
    assert (before["baseline_value"], before["is_baseline_changed"], before["plan_change_count"]) == (100.0, False, 0)
    assert (after["baseline_value"], after["first_baseline_value"], after["is_baseline_changed"]) == (
        120.0,
        100.0,
        True,
    )
    assert (after["target_value"], after["is_target_changed"], after["plan_change_count"]) == (60.0, False, 1)
    assert (after["benefit_plan_id"], after["plan_in_force_id"], after["realisation_rate"]) == ("first", "second", 0.5)


def test_a_target_that_is_dropped_is_changed_and_a_first_one_is_not(planned) -> None:
    dropped = plan(benefit_plan_id="second", revises_plan_id="first", target_value=None, source_id="s2021")
    (row,) = in_year(planned([plan(), dropped]), 2021)
    assert (row["target_value"], row["first_target_value"], row["is_target_changed"]) == (None, 60.0, True)
    (late,) = in_year(planned([plan(target_value=None), {**dropped, "target_value": 60.0}]), 2021)
    assert (late["first_target_value"], late["is_target_changed"]) == (60.0, False)


def test_of_changes_in_one_document_the_latest_status_counts(planned) -> None:
    def changed(key: str, year: int, status: str) -> dict[str, Any]:
        dated = {"status_on": date(year, 1, 1), "status_precision": "year", "benefit_status_code": status}
        return plan(benefit_plan_id=key, revises_plan_id="first", source_id="s2021", **dated)

    marts = planned([plan(), changed("a", 2020, "realised"), changed("b", 2019, "in_progress")])
    (row,) = in_year(marts, 2021)
    assert (row["plan_in_force_id"], row["benefit_status_code"]) == ("a", "realised")
    assert in_year(marts, 2021, "benefit_overview")[0]["benefit_status_code"] == "realised"
    assert in_year(marts, 2020, "benefit_overview")[0]["benefit_status_code"] is None


def test_a_measurement_may_refer_to_any_version_of_the_plan(planned) -> None:
    changed = plan(benefit_plan_id="second", revises_plan_id="first", source_id="s2021")
    (row,) = in_year(planned([plan(), changed], {"benefit_plan_id": "second", "measured_value": 80.0}), 2021)
    assert (row["benefit_plan_id"], row["measured_value"]) == ("first", 80.0)


def test_several_indicators_of_one_benefit_are_rows_of_their_own(planned) -> None:
    other = plan(benefit_plan_id="other", indicator_nb="Klager", unit_code="count_per_year")
    marts = planned([plan(), other], {"measured_value": 80.0})
    assert [(row["benefit_plan_id"], row["is_measured"]) for row in in_year(marts, 2021)] == [
        ("first", True),
        ("other", False),
    ]
    (overview,) = in_year(marts, 2021, "benefit_overview")
    assert (overview["plan_count"], overview["measured_plan_count"], overview["has_goal"]) == (2, 1, True)


@pytest.mark.parametrize(
    ("other", "rate"),
    [
        ({}, 0.5),
        ({"price_year": 2021}, None),
        ({"currency_code": "EUR"}, None),
    ],
)
def test_money_has_a_rate_only_within_one_currency_and_price_year(planned, other, rate) -> None:
    money = {"unit_code": "money", "currency_code": "NOK", "price_year": 2019}
    nok = {**money, "unit_code": "nok_per_year"}
    plans = [plan(**nok), plan(benefit_plan_id="second", indicator_nb="Husleie", **{**nok, **other})]
    marts = planned(plans, {"measured_value": 80.0}, {"benefit_plan_id": "second", "measured_value": 80.0})
    (unit,) = in_year(marts, 2021, "realisation_by_unit")
    assert (unit["unit_kind_code"], unit["measurement_count"], unit["realisation_rate"]) == ("money", 2, rate)
    assert {row["currency_code"] for row in in_year(marts, 2021)} == {"NOK", other.get("currency_code", "NOK")}


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    rates=st.lists(
        st.tuples(st.integers(-50, 50), st.integers(-50, 50).filter(bool), st.integers(-100, 100)),
        min_size=1,
        max_size=5,
    )
)
def test_the_rate_of_the_portfolio_lies_between_the_rates_of_its_parts(rates) -> None:
    spec = contract("planned_realised")
    rows = [
        {
            "edition_year": 2020,
            "benefit_measurement_id": str(number),
            "unit_code": "hours_per_year",
            "unit_kind_code": "time",
            "gain_nature_code": "user_effect",
            "is_measured": True,
            "target_value": float(baseline + planned),
            "planned_change_value": float(planned),
            "realisation_rate": change / planned,
            "is_newest": True,
            "is_disbenefit": False,
        }
        for number, (baseline, planned, change) in enumerate(rates)
    ]
    units = [{"unit_code": "hours_per_year", "unit_kind_code": "time", "is_summable": True}]
    tables = {
        "planned_realised": pl.DataFrame(rows, schema=polars_schema(spec)),
        "measurement_units": pl.DataFrame(units, schema=polars_schema(contract("measurement_units"))),
    }
    result = compute_mart(contract("realisation_by_unit"), tables, Rules(2020, 2020), is_illustrative=True)
    parts = [row["realisation_rate"] for row in rows]
    assert min(parts) - 1e-9 <= result["realisation_rate"].item() <= max(parts) + 1e-9

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from gevinst.contracts import contract
from gevinst.contracts.benefits import BENEFIT_VALUES
from gevinst.contracts.marts_benefits import PRICED_EFFECTS
from gevinst.contracts.reference import DISCOUNT_RATES
from gevinst.contracts.schema import polars_schema
from gevinst.method.benefit_value_checks import check_benefit_values
from gevinst.method.discounting import ScheduleError
from gevinst.method.economic_rules import R_109, EconomicRules
from gevinst.method.frames import Rules, collect, finished, lazy
from gevinst.method.npv import break_even, priced_effects
from gevinst.method.prices import MixedBasesError
from gevinst.method.returns import internal_rates
from gevinst.warehouse import Warehouse
from tests.data import priced
from tests.reference.valuations import annuity_factor

AMOUNT = st.floats(-1e6, 1e6).filter(lambda x: abs(x) > 1e-3)
FLOWS = st.lists(st.tuples(AMOUNT, st.integers(2020, 2060), st.integers(1, 40)), min_size=1, max_size=4)
RULES = Rules(2018, 2026)


def rows(flows: list[tuple[float, int, int]], **more: Any) -> list[dict[str, Any]]:
    return [{"amount": a, "first_year": y, "duration_years": n, **more} for a, y, n in flows]


@settings(max_examples=25, deadline=None)
@given(FLOWS, st.floats(0.1, 10))
def test_net_present_value_is_linear_in_the_flows(flows: list[tuple[float, int, int]], factor: float) -> None:
    alone = [row for number, flow in enumerate(flows) for row in rows([flow], project_id=f"part {number}")]
    scaled = rows([(a * factor, y, n) for a, y, n in flows], project_id="scaled")
    nets = priced.net_of([*rows(flows, project_id="whole"), *scaled, *alone], rate=4.0)
    npv = dict(nets.filter(pl.col("scenario_code") == "mid").select("project_id", "npv_amount").iter_rows())
    parts = [value for name, value in npv.items() if name.startswith("part")]
    size = 1e-9 * sum(map(abs, parts))
    assert npv["whole"] == pytest.approx(sum(parts), abs=size)
    assert npv["scaled"] == pytest.approx(factor * npv["whole"], abs=size * factor)


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(6)))
def test_the_order_of_rows_does_not_matter(order: list[int]) -> None:
    values = priced.value_frame(rows([(-9.0, 2024, 1), (2.0, 2025, 9), (1.5, 2026, 4)]) * 2).with_columns(
        project_id=pl.Series(["a", "a", "a", "b", "b", "b"])
    )
    assert_frame_equal(priced.net_of(values[order]), priced.net_of(values), rel_tol=1e-12)


def test_low_middle_and_high_are_summed_apart() -> None:
    stated = [
        {"low_amount": 8.0, "mid_amount": 10.0, "high_amount": 12.0, "first_year": 2024},
        {"low_amount": -5.0, "mid_amount": -4.0, "high_amount": -3.0, "first_year": 2024},
    ]
    nets = priced.net_of(stated)
    assert dict(nets.select("scenario_code", "npv_amount").iter_rows()) == {"low": 3.0, "mid": 6.0, "high": 9.0}


def test_when_nothing_is_known_the_sum_is_unknown_and_not_zero() -> None:
    nets = priced.net_of([{"duration_years": 3}, {}])
    measures = [name for name in nets.columns if name.endswith("_amount") or name.startswith("npv_per_")]
    assert len(measures) == 10
    assert {nets[name].null_count() for name in measures} == {3}
    assert set(nets["unknown_effect_count"]) == {2}


def test_one_unknown_effect_makes_the_sum_unknown_and_leaves_the_other_parts() -> None:
    stated = [{"amount": 10.0, "first_year": 2024}, {"effect_kind_code": "investment", "first_year": 2024}]
    net = priced.mid(priced.net_of(stated))
    assert (net["benefit_pv_amount"], net["investment_pv_amount"], net["npv_amount"]) == (10.0, None, None)
    assert (net["effect_count"], net["unknown_effect_count"]) == (2, 1)


def test_no_investment_stated_is_not_an_investment_of_nothing() -> None:
    net = priced.mid(priced.net_of([{"amount": 10.0, "first_year": 2024}]))
    assert (net["npv_amount"], net["investment_pv_amount"], net["cost_pv_amount"]) == (10.0, None, None)
    assert (net["npv_per_invested"], net["npv_per_budget"]) == (None, None)


def test_value_is_given_per_krone_of_investment_and_of_budget() -> None:
    stated = [
        {"amount": -100.0, "first_year": 2024, "budget_effect_code": "direct"},
        {"amount": -50.0, "first_year": 2024, "effect_kind_code": "operating_cost", "budget_effect_code": "direct"},
        {"amount": 240.0, "first_year": 2024},
    ]
    net = priced.mid(priced.net_of(stated))
    assert (net["npv_amount"], net["tax_financing_pv_amount"], net["budget_effect_pv_amount"]) == (60.0, -30.0, -150.0)
    assert (net["npv_per_invested"], net["npv_per_budget"]) == (0.6, 0.4)


def test_a_gain_for_budgets_has_no_value_per_krone_of_budget() -> None:
    net = priced.mid(priced.net_of([{"amount": 100.0, "first_year": 2024, "budget_effect_code": "direct"}]))
    assert (net["npv_amount"], net["budget_effect_pv_amount"], net["npv_per_budget"]) == (120.0, 100.0, None)


@pytest.mark.parametrize(("years", "rate"), [(1, 4.0), (10, 4.0), (40, 7.0), (10, 0.0)])
def test_the_even_yearly_amount_is_the_annuity_at_a_constant_rate(years: int, rate: float) -> None:
    stated = [{"amount": -100.0, "first_year": 2024}, {"amount": 30.0, "first_year": 2025, "duration_years": years}]
    net = priced.mid(priced.net_of(stated, rate=rate))
    assert net["annual_amount"] == pytest.approx(net["npv_amount"] / annuity_factor(years, rate / 100))
    with pytest.raises(ValueError, match="at least one year"):
        annuity_factor(0, 0.04)


def test_the_residual_value_is_part_of_the_net_present_value() -> None:
    stated = [{"amount": 10.0, "first_year": 2025, "duration_years": 5}]
    whole, cut = priced.mid(priced.net_of(stated)), priced.mid(priced.net_of(stated, EconomicRules(analysis_years=2)))
    assert cut["npv_amount"] == pytest.approx(whole["npv_amount"])
    assert (whole["residual_pv_amount"], cut["residual_pv_amount"]) == (
        0,
        pytest.approx(10 * (1.04**-3 + 1.04**-4 + 1.04**-5)),
    )


@settings(max_examples=20, deadline=None)
@given(FLOWS)
def test_an_effect_multiplied_by_its_break_even_factor_leaves_nothing(flows: list[tuple[float, int, int]]) -> None:
    effects = priced.effects_of(rows(flows), rate=4.0)
    found = break_even(lazy(effects)).collect("polars").to_native().filter(pl.col("scenario_code") == "mid")
    for row in found.rows(named=True):
        left = row["npv_amount"] + (row["break_even_factor"] - 1) * row["present_value_amount"]
        assert left == pytest.approx(0, abs=1e-6 * found["present_value_amount"].abs().sum())


def test_nothing_breaks_even_on_an_effect_without_value_or_beside_an_unknown_one() -> None:
    free = break_even(lazy(priced.effects_of([{"amount": 0.0}, {"amount": 5.0}]))).collect("polars").to_native()
    assert free.filter(pl.col("effect_id") == "effect-00")["break_even_factor"].null_count() == 3
    beside = break_even(lazy(priced.effects_of([{}, {"amount": 5.0}]))).collect("polars").to_native()
    assert beside["break_even_factor"].null_count() == beside.height


def rates_of(*amounts: float | None) -> pl.DataFrame:
    stated = [{"amount": amount, "first_year": 2024 + number} for number, amount in enumerate(amounts)]
    return internal_rates(priced.flows_of(stated)).filter(pl.col("scenario_code") == "mid")


@pytest.mark.parametrize(
    ("amounts", "roots"),
    [
        pytest.param([-100.0, 110.0], [10.0], id="one"),
        pytest.param([-100.0, 230.0, -132.0], [10.0, 20.0], id="two"),
        pytest.param([-100.0, 220.0, -121.0], [10.0], id="double"),
        pytest.param([-100.0, 160.0, -5.25, -55.125], [5.0], id="double beside a negative one"),
        pytest.param([-100.0, 0.0, 0.0, 0.0, 50.0], [-100 + 100 * 0.5**0.25], id="negative"),
        pytest.param([-1000.0, *[50.0] * 60], [4.6782], id="long"),
    ],
)
def test_all_rates_at_which_the_value_is_nothing_are_given(amounts: list[float], roots: list[float]) -> None:
    found = rates_of(*amounts)
    assert found["rate_pct"].to_list() == pytest.approx(roots, abs=1e-3)
    assert found["root_number"].to_list() == list(range(1, len(roots) + 1))
    assert set(found["has_several_roots"]) == {len(roots) > 1}
    for rate in found["rate_pct"]:
        value = sum(amount / (1 + rate / 100) ** year for year, amount in enumerate(amounts))
        assert value == pytest.approx(0, abs=1e-9 * sum(map(abs, amounts)))


def test_a_stream_that_never_turns_has_no_rate() -> None:
    assert rates_of(100.0, 50.0).select("rate_pct", "root_count", "has_several_roots").row(0) == (None, 0, False)


@pytest.mark.parametrize("amounts", [[None, 50.0], [0.0, 0.0]])
def test_unknown_and_empty_streams_have_no_number_of_rates(amounts: list[float | None]) -> None:
    assert rates_of(*amounts).select("rate_pct", "root_count", "has_several_roots").rows() == [(None, None, None)]


def tables(values: list[dict[str, Any]]) -> dict[str, pl.DataFrame]:
    """What the mart reads: the committed index and rates, sources and editions, and the values of a test."""
    return {
        "benefit_values": priced.value_frame(values),
        "kpi": priced.kpi(),
        "discount_rates": priced.rates(),
        **priced.calendar(),
    }


def mart(native: dict[str, pl.DataFrame], economic: EconomicRules = R_109) -> pl.DataFrame:
    inputs = {name: lazy(native[name]) for name in PRICED_EFFECTS.depends_on}
    return collect(
        finished(priced_effects(inputs, RULES, economic), PRICED_EFFECTS, is_illustrative=True), PRICED_EFFECTS
    )


def in_year(result: pl.DataFrame, year: int) -> dict[str, Any]:
    return priced.mid(result.filter(pl.col("edition_year") == year))


def test_a_value_counts_from_the_edition_in_which_its_source_was_known_and_gives_way_to_a_newer_one() -> None:
    first = {"amount": 100.0, "effect_id": "time", "source_id": "s2019", "price_year": 2018, "first_year": 2020}
    result = mart(tables([first, {**first, "amount": 80.0, "source_id": "s2021"}]))
    assert result["edition_year"].unique().sort().to_list() == list(range(2019, 2027))
    real = {year: in_year(result, year)["npv_amount"] for year in (2020, 2021)}
    assert real[2020] == pytest.approx(100 * 110.8 / 108.4)
    assert real[2021] == pytest.approx(80 * 112.2 / 108.4 * 1.04)
    assert set(result["effect_count"]) == {1}


def test_the_mart_says_what_its_figures_rest_on() -> None:
    row = in_year(mart(tables([{"amount": 1.0, "source_id": "s2019"}])), 2024)
    assert (row["is_scenario"], row["ruleset_code"], row["schedule_code"]) == (True, "R-109/2021", "standard")
    assert (row["price_year"], row["reference_year"], row["start_year"], row["last_year"]) == (2023, 2024, 2025, 2025)
    chosen = EconomicRules(price_year=2015, reference_year=2025)
    row = in_year(mart(tables([{"amount": 1.0, "source_id": "s2019"}]), chosen), 2024)
    assert (row["price_year"], row["reference_year"], row["npv_amount"]) == (2015, 2025, pytest.approx(100 / 133.6))


def test_a_portfolio_without_priced_effects_has_an_empty_mart() -> None:
    empty = tables([])
    result = mart({**empty, "discount_rates": empty["discount_rates"].clear()})
    assert result.height == 0
    assert result.schema == polars_schema(PRICED_EFFECTS)


def test_values_without_rates_to_discount_them_by_stop_the_mart() -> None:
    native = tables([{"amount": 1.0, "source_id": "s2019"}])
    with pytest.raises(ScheduleError, match="table discount_rates"):
        mart({**native, "discount_rates": native["discount_rates"].clear()})


def test_an_index_of_two_bases_stops_the_mart() -> None:
    native = tables([{"amount": 1.0, "source_id": "s2019"}])
    native["kpi"] = pl.concat([native["kpi"], native["kpi"].head(1).with_columns(base_year=pl.lit(1998, pl.Int64))])
    with pytest.raises(MixedBasesError, match="table kpi"):
        mart(native)


def test_duckdb_gives_the_same_priced_effects_and_findings(tmp_path: Path) -> None:
    good = {"source_id": "s2019", "price_year": 2018, "first_year": 2020, "duration_years": 45}
    native = tables(
        [
            {
                **good,
                "low_amount": 8.0,
                "mid_amount": 10.0,
                "high_amount": 12.0,
                "ramp_up_code": "linear",
                "ramp_up_years": 2,
            },
            {**good, "amount": -90.0, "duration_years": 1, "budget_effect_code": "direct", "source_id": "s2021"},
            {**good, "mid_amount": 3.0, "drop_off_pct": 5.0, "is_real_growth_eligible": True, "project_id": "q"},
            {**good, "amount": 5.0, "duration_years": -2, "project_id": "r"},
            {**good, "amount": 5.0, "price_year": 2001, "project_id": "q", "budget_effect_code": "indirect"},
        ]
    )
    chosen = EconomicRules(real_growth_pct=0.9, analysis_years=40)
    contracts = {
        table.name: table
        for table in (BENEFIT_VALUES, DISCOUNT_RATES, contract("kpi"), contract("sources"), contract("edition_years"))
    }
    warehouse = Warehouse(tmp_path / "warehouse.duckdb")
    for name, table in contracts.items():
        warehouse.write(table, native[name])
    with warehouse.relations(*contracts.values()) as relations:
        inside = {name: lazy(relation) for name, relation in zip(contracts, relations, strict=True)}
        result = collect(
            finished(priced_effects(inside, RULES, chosen), PRICED_EFFECTS, is_illustrative=True), PRICED_EFFECTS
        )
        found = check_benefit_values(inside["benefit_values"], inside["kpi"]).collect("polars").to_native()
    expected = check_benefit_values(lazy(native["benefit_values"]), lazy(native["kpi"])).collect("polars").to_native()
    order = ["row_id", "column_name"]
    assert_frame_equal(found.sort(order), expected.sort(order))
    assert found.height == 2
    assert_frame_equal(result, mart(native, chosen), rel_tol=1e-12)
    assert result["npv_amount"].null_count() not in (0, result.height)

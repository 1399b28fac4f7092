from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from gevinst.contracts.vocabulary import BUDGET_EFFECTS, EFFECT_KINDS, RAMP_UPS, SCENARIOS
from gevinst.method.benefit_value_checks import check_benefit_values
from gevinst.method.economic_rules import EconomicRules
from gevinst.method.frames import lazy
from tests.data import priced
from tests.data.small_edition import CODELISTS


def amounts(row: dict[str, Any], rules: EconomicRules | None = None, **options: Any) -> list[float]:
    """The middle amounts of one effect, year by year."""
    flows = priced.flows_of([{"amount": 100.0, **row}], rules or EconomicRules(), **options)
    return flows.filter(pl.col("scenario_code") == "mid")["amount"].to_list()


def findings(*rows: dict[str, Any], index: pl.DataFrame | None = None) -> list[tuple[str, ...]]:
    kpi = priced.kpi() if index is None else index
    found = check_benefit_values(lazy(priced.value_frame(rows)), lazy(kpi)).collect("polars").to_native()
    assert found.null_count().select("row_id", "column_name", "reason_nb", "reason_en").sum_horizontal().item() == 0
    return sorted(found.select("table_name", "row_id", "column_name").rows())


def test_there_is_one_row_per_effect_year_and_scenario() -> None:
    flows = priced.flows_of([{"low_amount": 8.0, "mid_amount": 10.0, "high_amount": 12.0, "duration_years": 3}])
    table = flows.select("scenario_code", "year", "amount").rows()
    expected = {"low": 8.0, "mid": 10.0, "high": 12.0}
    assert sorted(table) == sorted((name, year, x) for name, x in expected.items() for year in (2025, 2026, 2027))


def test_what_others_did_what_would_come_anyway_and_what_is_moved_are_taken_off() -> None:
    row = {"attribution_pct": 50.0, "deadweight_pct": 20.0, "displacement_pct": 10.0}
    assert amounts(row) == [pytest.approx(100 * 0.5 * 0.8 * 0.9)]


def test_the_first_year_has_no_drop_off() -> None:
    assert amounts({"drop_off_pct": 10.0, "duration_years": 3}) == pytest.approx([100, 90, 81])


@pytest.mark.parametrize(
    ("pattern", "expected"), [("linear", [100 / 3, 200 / 3, 100, 100]), ("step", [0, 0, 100, 100])]
)
def test_an_effect_is_phased_in_over_the_years_stated(pattern: str, expected: list[float]) -> None:
    assert amounts({"ramp_up_code": pattern, "ramp_up_years": 2, "duration_years": 4}) == pytest.approx(expected)


def test_amounts_are_in_the_prices_asked_for() -> None:
    assert amounts({"price_year": 2018}) == [pytest.approx(100 * 133.6 / 108.4)]
    assert amounts({"price_year": 2018}, price_year=2018) == [pytest.approx(100)]


def test_only_marked_effects_grow_in_real_price_and_only_when_a_growth_is_given() -> None:
    grown = EconomicRules(real_growth_pct=1.0)
    marked = {"is_real_growth_eligible": True, "first_year": 2034}
    assert amounts(marked, grown) == [pytest.approx(100 * 1.01**10)]
    assert amounts(marked) == [100]
    assert amounts({"first_year": 2034}, grown) == [100]


@pytest.mark.parametrize(
    ("amount", "budget", "tax"),
    [(-100.0, "direct", -20.0), (100.0, "direct", 20.0), (100.0, "indirect", 9.0), (100.0, "none", 0.0)],
)
def test_tax_financing_follows_what_really_changes_in_budgets(amount: float, budget: str, tax: float) -> None:
    flow = priced.mid(priced.flows_of([{"amount": amount, "budget_effect_code": budget}]))
    assert (flow["tax_financing_amount"], flow["total_amount"]) == (pytest.approx(tax), pytest.approx(amount + tax))


def test_the_clock_starts_with_the_first_effect_and_not_with_the_investment() -> None:
    investment = {"amount": -10.0, "first_year": 2020}
    with_effect = priced.flows_of([investment, {"amount": 5.0, "first_year": 2023}])
    assert set(with_effect["start_year"]) == {2023}
    assert set(priced.flows_of([investment])["start_year"]) == {2020}


def test_every_project_has_its_own_clock() -> None:
    flows = priced.flows_of([{"amount": 1.0, "project_id": p, "first_year": y} for p, y in [("a", 2020), ("b", 2030)]])
    assert dict(flows.select("project_id", "start_year").unique().iter_rows()) == {"a": 2020, "b": 2030}


def test_after_the_analysis_period_the_last_amount_is_held_as_residual_value() -> None:
    fading = {"amount": 100.0, "drop_off_pct": 50.0, "duration_years": 4}
    late = {"amount": 100.0, "first_year": 2028, "duration_years": 2}
    flows = priced.flows_of([fading, late], EconomicRules(analysis_years=2))
    middle = flows.filter(pl.col("scenario_code") == "mid").select("effect_id", "year", "amount", "is_residual")
    assert middle.rows() == [
        ("effect-00", 2025, 100.0, False),
        ("effect-00", 2026, 50.0, False),
        ("effect-00", 2027, 50.0, True),
        ("effect-00", 2028, 50.0, True),
    ]
    assert set(flows["last_year"]) == {2026}


def test_an_unknown_amount_is_null_in_its_scenario_and_not_zero() -> None:
    flows = priced.flows_of([{"low_amount": 1.0, "mid_amount": 2.0, "duration_years": 2}])
    unknown = flows.filter(pl.col("scenario_code") == "high")
    columns = ("amount", "budget_effect_amount", "tax_financing_amount", "total_amount")
    assert [unknown[name].null_count() for name in columns] == [2, 2, 2, 2]
    assert flows.filter(pl.col("scenario_code") != "high")["amount"].to_list() == [1.0, 1.0, 2.0, 2.0]


BAD = [
    pytest.param({"duration_years": -3}, ["duration_years"], id="negative duration"),
    pytest.param({"duration_years": 101}, ["duration_years"], id="endless duration"),
    pytest.param({"low_amount": 120.0}, ["low_amount"], id="low above mid and high"),
    pytest.param({"low_amount": 120.0, "mid_amount": None}, ["low_amount"], id="low above high and no middle"),
    pytest.param({"mid_amount": 130.0}, ["mid_amount"], id="mid above high"),
    pytest.param({"effect_kind_code": "gain"}, ["effect_kind_code"], id="unknown kind"),
    pytest.param({"budget_effect_code": "both"}, ["budget_effect_code"], id="unknown budget effect"),
    pytest.param({"ramp_up_code": "s_curve", "ramp_up_years": 1}, ["ramp_up_code"], id="unknown ramp-up"),
    pytest.param(
        {"effect_kind_code": "disbenefit"}, ["high_amount", "low_amount", "mid_amount"], id="disbenefit above zero"
    ),
    pytest.param(
        {"low_amount": -9.0, "mid_amount": -8.0, "high_amount": -7.0, "effect_kind_code": "benefit"},
        ["high_amount"],
        id="benefit below zero",
    ),
    pytest.param({"attribution_pct": 110.0}, ["attribution_pct"], id="share above 100"),
    pytest.param({"deadweight_pct": -1.0}, ["deadweight_pct"], id="share below 0"),
    pytest.param({"drop_off_pct": None}, ["drop_off_pct"], id="missing share"),
    pytest.param({"ramp_up_years": 2}, ["ramp_up_years"], id="ramp-up without a form"),
    pytest.param({"ramp_up_code": "linear"}, ["ramp_up_years"], id="ramp-up without years"),
    pytest.param({"price_year": None}, ["price_year"], id="no price year"),
    pytest.param({"first_year": None}, ["first_year"], id="no first year"),
]


@pytest.mark.parametrize(("fault", "columns"), BAD)
def test_a_bad_row_is_reported_by_row_and_column_and_gives_no_amount(fault: dict[str, Any], columns: list[str]) -> None:
    good, bad = {"amount": 100.0}, {"amount": 100.0, "duration_years": 3, **fault}
    assert findings(good, bad) == [("benefit_values", "effect-01", column) for column in columns]
    flows = priced.flows_of([good, bad])
    assert flows.filter(pl.col("effect_id") == "effect-00")["amount"].to_list() == [100.0] * 3
    broken = flows.filter(pl.col("effect_id") == "effect-01")
    assert (broken.height, broken["amount"].null_count()) == (3, 3)


@pytest.mark.parametrize(
    ("codelist", "codes"),
    [("effect_kind", EFFECT_KINDS), ("budget_effect", BUDGET_EFFECTS), ("ramp_up", RAMP_UPS), ("scenario", SCENARIOS)],
)
def test_the_method_knows_just_the_codes_of_the_code_lists(codelist: str, codes: tuple[str, ...]) -> None:
    listed = pl.read_csv(CODELISTS, infer_schema=False).filter(codelist=codelist)["code"]
    assert sorted(codes) == sorted(listed)


def test_good_rows_are_not_reported() -> None:
    cost = {"amount": -5.0, "effect_kind_code": "operating_cost"}
    uncertain = {"low_amount": -1.0, "mid_amount": 1.0, "high_amount": 2.0}
    assert findings({"amount": 1.0}, cost, uncertain, {"mid_amount": 4.0}) == []


def test_a_row_without_any_amount_is_reported() -> None:
    assert findings({}) == [("benefit_values", "effect-00", "mid_amount")]


def test_a_price_year_without_an_index_is_reported_and_gives_no_amount() -> None:
    row = {"amount": 1.0, "price_year": 2001}
    assert findings(row) == [("benefit_values", "effect-00", "price_year")]
    assert priced.flows_of([row])["amount"].null_count() == 3


def test_an_index_of_two_bases_is_reported_row_by_row() -> None:
    other = priced.kpi().head(1).with_columns(base_year=pl.lit(1998, pl.Int64))
    found = findings({"amount": 1.0}, index=pl.concat([priced.kpi(), other]))
    assert len(found) == priced.kpi().height + 1
    assert {(table, column) for table, _, column in found} == {("kpi", "base_year")}

"""Answers that others have published, or that follow from a published rule, against the functions that claim them.

PUB: the answer was seen in the document named; PUB-M: published, but inputs or answer are from memory;
DER: follows from a rule that was seen, so not independent.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from gevinst.method.economic_rules import EconomicRules, Terms
from gevinst.method.frames import lazy
from gevinst.method.npv import break_even, effect_present_values, non_priced_values
from gevinst.method.prices import ratio, to_real
from gevinst.method.uncertainty import one_way
from tests.data import priced
from tests.data.published import published_cases
from tests.reference.formulas import (
    chain_value,
    discount_table,
    hourly_cost,
    index_growth,
    printed_sum_agrees,
    real_rate,
)
from tests.reference.valuations import annuity_factor, expected_values, named_scenarios

_STEPS = [
    *("meget_stor_negativ", "stor_negativ", "middels_negativ", "liten_negativ", "ubetydelig"),
    *("liten_positiv", "middels_positiv", "stor_positiv", "meget_stor_positiv"),
]


@pytest.mark.parametrize("case", published_cases("economics"))
def test_the_published_answer_is_reproduced(case: dict[str, str]) -> None:
    answer = ADAPTERS[case["function"]](json.loads(case["inputs"]))
    expected = json.loads(case["expected"])
    assert answer == pytest.approx(expected, abs=float(case["tolerance"]) + 1e-12, rel=0), case["note"]


@pytest.mark.parametrize(
    ("parts", "printed", "tolerance"),
    [
        pytest.param([-1000, -365], -1356, 0.5, id="Vista 2022-20 table 5.2: operation -365 in a sum of -1 356"),
        pytest.param([285, 40, -17, -3, -16, -2, -7], 263, 3.5, id="Vista 2021/37 S.2: net tax cost 263"),
        pytest.param([-1000, -356, 3753 / 2, 630 / 2], 2700, 50, id="Vista 2022-20 table 5.3: 400 000 young halved"),
    ],
)
def test_a_printed_figure_that_contradicts_its_own_parts_is_flagged(
    parts: list[float], printed: float, tolerance: float
) -> None:
    row = _reconciled({"total": parts}, {"total": printed}, tolerance)["total"]
    assert row["agrees"] is False
    assert row["difference"] == pytest.approx(printed - sum(parts))


def test_a_printed_sum_with_an_unknown_part_is_neither_right_nor_wrong() -> None:
    row = _reconciled({"total": [1.0, None]}, {"total": 1.0, "partless": 2.0}, 0.5)
    assert [(row[name]["computed_value"], row[name]["agrees"]) for name in row] == [(None, None), (None, None)]


def test_a_printed_sum_may_be_off_by_just_its_tolerance() -> None:
    row = _reconciled({"total": [0.1, 0.2]}, {"total": 0.35}, 0.05)["total"]
    assert row["agrees"] is True


def _one(frame: nw.LazyFrame[Any]) -> Any:
    return frame.collect("polars").to_native().item()


def _reconciled(parts: dict[str, list[Any]], printed: dict[str, float], tolerance: float) -> dict[str, dict[str, Any]]:
    items = pl.DataFrame(
        [(name, part) for name, values in parts.items() for part in values],
        schema={"total_id": pl.String, "value": pl.Float64},
        orient="row",
        strict=False,
    )
    totals = pl.DataFrame(
        {"total_id": list(printed), "printed_value": [float(value) for value in printed.values()]}
    ).with_columns(tolerance=pl.lit(tolerance))
    result = printed_sum_agrees(lazy(items), lazy(totals)).collect("polars").to_native()
    return {row["total_id"]: row for row in result.sort("total_id").rows(named=True)}


def _discount_factors(inputs: dict[str, Any]) -> dict[str, float]:
    terms = None if inputs["ruleset"] == "R-109/2021" else Terms(0.0, 0.0, allows_real_growth=False)
    rules = EconomicRules(inputs["ruleset"], inputs["schedule"], inputs["clock"], stated_terms=terms)
    table = discount_table(
        lazy(priced.rates()),
        rules,
        start_year=inputs["start"],
        reference_year=inputs["reference"],
        years=(min(inputs["years"]), max(inputs["years"])),
    )
    return {str(year): factor for year, factor in table.iter_rows() if year in inputs["years"]}


def _npv(inputs: dict[str, Any]) -> float:
    return priced.mid(_nets([inputs["flows"]], inputs))["npv_amount"]


def _npv_of_each(inputs: dict[str, Any]) -> list[float]:
    projects = inputs.get("projects") or [[flow] for flow in inputs["flows"]]
    return _nets(projects, inputs).filter(pl.col("scenario_code") == "mid")["npv_amount"].to_list()


def _nets(projects: list[list[dict[str, Any]]], inputs: dict[str, Any]) -> pl.DataFrame:
    rows = [
        {"project_id": f"p{number}", **flow, "amount": flow["mid_amount"]}
        for number, flows in enumerate(projects)
        for flow in flows
    ]
    return priced.net_of(rows, rate=inputs["rate_pct"], reference_year=inputs["reference"])


def _sums(inputs: dict[str, list[float]]) -> dict[str, float]:
    found = _reconciled(inputs, dict.fromkeys(inputs, 0.0), 0.0)
    return {name: row["computed_value"] for name, row in found.items()}


def _stated_factors(inputs: dict[str, list[list[float]]]) -> dict[str, float]:
    rows = [
        {"project_id": name, "amount": amount, "first_year": 2025 + number}
        for name, parts in inputs.items()
        for number, (amount, _) in enumerate(parts)
    ]
    stated = [float(factor) for parts in inputs.values() for _, factor in parts]
    flows = priced.flows_of(rows)
    by_effect = dict(zip(sorted(flows["benefit_value_id"].unique()), stated, strict=True))
    factors = pl.col("benefit_value_id").replace_strict(by_effect, return_dtype=pl.Float64)
    effects = effect_present_values(lazy(flows.with_columns(discount_factor=factors))).collect("polars").to_native()
    mid = effects.filter(pl.col("scenario_code") == "mid")
    return dict(mid.group_by("project_id").agg(pl.col("present_value_amount").sum()).iter_rows())


def _taxed(inputs: dict[str, list[float]]) -> pl.DataFrame:
    rows = [{"amount": a, "budget_effect_code": code} for code, amounts in inputs.items() for a in amounts]
    return priced.flows_of(rows).filter(pl.col("scenario_code") == "mid")


def _tax_financing(inputs: dict[str, list[float]]) -> list[float]:
    return _taxed(inputs)["tax_financing_amount"].to_list()


def _tax_and_total(inputs: dict[str, list[float]]) -> dict[str, float]:
    flows = _taxed(inputs)
    return {"tax": flows["tax_financing_amount"].sum(), "total": flows["total_amount"].sum()}


def _effects(amounts: dict[str, float]) -> nw.LazyFrame[Any]:
    rows = [
        {"effect_id": name, "amount": amount, "first_year": 2024, "effect_kind_code": "benefit"}
        | ({"effect_kind_code": "investment"} if amount < 0 else {})
        for name, amount in amounts.items()
    ]
    return lazy(priced.effects_of(rows)).filter(nw.col("scenario_code") == "mid")


def _named_scenarios(inputs: dict[str, Any]) -> dict[str, float]:
    effects = _effects({f"e{number}": amount for number, amount in enumerate(inputs["effects"])})
    changes = pl.DataFrame(
        [
            (name, "p", f"e{n}", float(f))
            for name, factors in inputs["scenarios"].items()
            for n, f in enumerate(factors)
        ],
        schema=["scenario_name", "project_id", "effect_id", "factor"],
        orient="row",
    )
    result = named_scenarios(effects, lazy(changes)).collect("polars").to_native()
    return dict(result.select("scenario_name", "npv_amount").iter_rows())


def _one_way(inputs: dict[str, Any]) -> list[float]:
    result = one_way(_effects(inputs["effects"]), inputs["factors"]).filter(nw.col("effect_id") == inputs["effect"])
    by_factor = dict(result.select("factor", "npv_amount").collect("polars").to_native().iter_rows())
    return [by_factor[factor] for factor in inputs["factors"]]


def _break_even(inputs: dict[str, Any]) -> float:
    result = break_even(_effects(inputs["effects"])).filter(nw.col("effect_id") == inputs["effect"])
    row = result.collect("polars").to_native().row(0, named=True)
    amount = row["break_even_factor"] * row["present_value_amount"]
    return {"amount": amount, "change_pct": row["break_even_change_pct"]}[inputs["measure"]]


def _expected_values(inputs: dict[str, Any]) -> dict[str, float]:
    rows = [
        {"option_id": option, "probability": p, "value": value}
        for option, costs in inputs["cost"].items()
        for p, value in zip(inputs["probability"], costs, strict=True)
    ]
    result = expected_values(lazy(pl.DataFrame(rows))).collect("polars").to_native()
    return dict(result.select("option_id", "expected_value").iter_rows())


def _chain(inputs: list[Any]) -> float:
    links = {f"link_{n}": [float(sum(x) if isinstance(x, list) else x)] for n, x in enumerate(inputs)}
    return _one(lazy(pl.DataFrame(links)).select(value=chain_value(*links)))


def _ratio(inputs: list[float]) -> float:
    return _one(lazy(pl.DataFrame({"a": [inputs[0]], "b": [inputs[1]]})).select(value=ratio("a", "b")))


def _hours(inputs: dict[str, float]) -> dict[str, float]:
    frame = lazy(pl.DataFrame({"salary": [inputs["salary"]], "hours": [inputs["hours"]]}))
    hourly = hourly_cost("salary", per_mille=inputs["per_mille"], ceiling=inputs["ceiling"])
    result = frame.with_columns(hourly=hourly).with_columns(amount=chain_value("hourly", "hours"))
    return result.select("hourly", "amount").collect("polars").to_native().row(0, named=True)


def _to_real(inputs: dict[str, int]) -> dict[str, float]:
    frame = pl.DataFrame(
        {"price_year": [int(year) for year in inputs], "to_price_year": list(inputs.values()), "x": [1.0] * len(inputs)}
    )
    result = to_real(lazy(frame), lazy(priced.kpi()), ["x"]).collect("polars").to_native()
    return {str(year): x for year, x in result.select("price_year", "x").iter_rows()}


def _round_trip(inputs: dict[str, int]) -> float:
    ((first, second),) = inputs.items()
    there, back = _to_real({first: second})[first], _to_real({str(second): int(first)})[str(second)]
    return there * back


def _growth(years: list[int], index: pl.DataFrame | None = None) -> list[float]:
    growth = index_growth(lazy(priced.kpi() if index is None else index)).collect("polars").to_native()
    by_year = dict(growth.iter_rows())
    return [by_year[year] for year in years]


def _growth_of_other_base(years: list[int]) -> list[float]:
    growth = _growth(years)
    assert growth != [2.0, 1.2], "the index has another base than the published growth"
    return growth


def _index_that_fits(inputs: dict[str, Any]) -> list[float]:
    first, last = round(inputs["before"] * 10), round(inputs["after"] * 10)
    fitting = []
    for tenths in range(first, last + 1):
        index = pl.DataFrame(
            {
                "year": [2022, 2023, 2024],
                "base_year": [2015] * 3,
                "index_value": [inputs["before"], tenths / 10, inputs["after"]],
            }
        )
        if _growth([2023, 2024], index) == inputs["growth_pct"]:
            fitting.append(tenths / 10)
    return fitting


def _value_matrix(cell: list[str]) -> list[int]:
    steps = [("non_priced_value", code, rank - 4) for rank, code in enumerate(_STEPS)]
    codelists = pl.DataFrame(steps, schema=["codelist", "code", "rank"], orient="row")
    effect = pl.DataFrame([cell], schema=["value_matrix_code", "quantity_code", "unit_value_code"], orient="row")
    valued = non_priced_values(lazy(effect), lazy(priced.matrix()), lazy(codelists))
    return list(valued.select("low_step", "high_step").collect("polars").to_native().row(0))


def _antisymmetry(matrices: list[str]) -> int:
    """How many cells are not the mirror image of the opposite quantity's cell."""
    opposite = {"negativt": "positivt", "positivt": "negativt"}
    wrong = 0
    for matrix, quantity, unit_value in priced.matrix().select(pl.nth(0, 1, 2)).iter_rows():
        size, _, sign = quantity.partition("_")
        mirrored = f"{size}_{opposite[sign]}" if sign else quantity
        low, high = _value_matrix([matrix, quantity, unit_value])
        wrong += matrix in matrices and [-high, -low] != _value_matrix([matrix, mirrored, unit_value])
    return wrong


ADAPTERS: dict[str, Callable[[Any], Any]] = {
    "discount_factors": _discount_factors,
    "npv": _npv,
    "npv_of_each": _npv_of_each,
    "sums": _sums,
    "annuity": lambda inputs: inputs["present_value"] / annuity_factor(inputs["years"], inputs["rate"]),
    "annuity_factor": lambda inputs: annuity_factor(inputs["years"], inputs["rate"]),
    "stated_factors": _stated_factors,
    "real_rate": lambda inputs: real_rate(inputs["nominal"], inputs["inflation"]),
    "tax_financing": _tax_financing,
    "tax_and_total": _tax_and_total,
    "named_scenarios": _named_scenarios,
    "chain": _chain,
    "ratio": _ratio,
    "hours": _hours,
    "one_way": _one_way,
    "break_even": _break_even,
    "expected_values": _expected_values,
    "to_real": _to_real,
    "round_trip": _round_trip,
    "growth": _growth,
    "growth_of_other_base": _growth_of_other_base,
    "index_that_fits": _index_that_fits,
    "value_matrix": _value_matrix,
    "antisymmetry": _antisymmetry,
}

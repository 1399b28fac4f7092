from __future__ import annotations

from typing import Any

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gevinst.method.frames import lazy
from gevinst.method.prices import (
    MixedBasesError,
    ratio,
    real_growth,
    to_real,
)
from tests.data import priced
from tests.reference.formulas import chain_value, hourly_cost, index_growth, real_rate

INDEXED = st.integers(2009, 2024)


def real(amount: float | None, from_year: int, to_year: int, index: pl.DataFrame | None = None) -> float | None:
    frame = pl.DataFrame(
        {"x": [amount], "price_year": [from_year], "to_price_year": [to_year]}, schema_overrides={"x": pl.Float64}
    )
    converted = to_real(lazy(frame), lazy(priced.kpi() if index is None else index), ["x"])
    return converted.select("x").collect("polars").to_native().item()


def value(expression: nw.Expr, **cells: Any) -> Any:
    frame = pl.DataFrame({name: [cell] for name, cell in cells.items()}, schema=dict.fromkeys(cells, pl.Float64))
    return lazy(frame).select(value=expression).collect("polars").to_native().item()


@settings(max_examples=40, deadline=None)
@given(st.floats(-1e12, 1e12), INDEXED, INDEXED)
def test_prices_there_and_back_are_the_same_prices(amount: float, one_year: int, other_year: int) -> None:
    there = real(amount, one_year, other_year)
    assert real(there, other_year, one_year) == pytest.approx(amount, rel=1e-12)


@settings(max_examples=30, deadline=None)
@given(INDEXED, INDEXED, INDEXED)
def test_a_detour_over_a_third_year_changes_nothing(first: int, second: int, third: int) -> None:
    assert real(real(1.0, first, second), second, third) == pytest.approx(real(1.0, first, third), rel=1e-12)


@pytest.mark.parametrize(("from_year", "to_year"), [(1995, 2024), (2024, 2050)])
def test_a_year_without_an_index_gives_no_amount(from_year: int, to_year: int) -> None:
    assert real(100.0, from_year, to_year) is None


def test_an_unknown_amount_stays_unknown() -> None:
    assert real(None, 2018, 2024) is None


def test_two_base_years_are_refused_with_the_table_and_the_rows() -> None:
    index = pl.DataFrame(
        {"year": [2023, 2024, 2024], "base_year": [2015, 2015, 1998], "index_value": [129.6, 133.6, 180.0]}
    )
    with pytest.raises(
        MixedBasesError, match=r"table kpi, column base_year: .*base 1998: years 2024; base 2015: years 2023, 2024"
    ):
        real(1.0, 2023, 2024, index)


def test_growth_is_unknown_in_the_first_year_and_after_a_missing_one() -> None:
    index = pl.DataFrame({"year": [2020, 2021, 2023], "base_year": [2015] * 3, "index_value": [112.2, 116.1, 129.6]})
    growth = index_growth(lazy(index)).sort("year").collect("polars").to_native()
    assert growth["growth_pct"].to_list() == [None, 3.5, None]


def test_real_growth_counts_from_its_base_year() -> None:
    assert value(real_growth("year", "base", 0.9), year=2024, base=2024) == 1
    assert value(real_growth("year", "base", 0.9), year=2034, base=2024) == pytest.approx(1.009**10)
    assert value(real_growth("year", "base", 0.9), year=2023, base=2024) == pytest.approx(1 / 1.009)


@given(st.floats(-0.5, 1), st.floats(-0.5, 1))
def test_the_real_rate_and_inflation_together_are_the_nominal_rate(nominal: float, inflation: float) -> None:
    assert (1 + real_rate(nominal, inflation)) * (1 + inflation) == pytest.approx(1 + nominal)


def test_a_chain_with_a_missing_link_has_no_value() -> None:
    assert value(chain_value("a", "b", "c"), a=2, b=3, c=4) == 24
    assert value(chain_value("a", "b", "c"), a=2, b=None, c=0) is None


def test_nothing_is_divided_by_zero() -> None:
    assert value(ratio("a", "b"), a=1, b=0) is None
    assert value(ratio("a", "b"), a=0, b=4) == 0


def test_an_hour_never_costs_more_than_the_ceiling_and_an_unknown_salary_gives_none() -> None:
    cost = hourly_cost("salary", per_mille=1.2, ceiling=700)
    assert [value(cost, salary=salary) for salary in (500_000, 583_334, 900_000, None)] == [600, 700, 700, None]

from __future__ import annotations

from itertools import pairwise
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gevinst.method.discounting import ScheduleError, discount_factor, discount_sum, rate_schedule
from gevinst.method.economic_rules import START_IS_YEAR_0, START_IS_YEAR_1, EconomicRules, Terms
from gevinst.method.frames import lazy
from tests.data import priced
from tests.reference.formulas import discount_table

CLOCKS = st.sampled_from([START_IS_YEAR_0, START_IS_YEAR_1])
YEARS = st.integers(2000, 2060)


def factors(clock: str = START_IS_YEAR_0, start: int = 2026, reference: int = 2022) -> dict[int, float]:
    rules = EconomicRules(clock_code=clock)
    table = discount_table(lazy(priced.rates()), rules, start_year=start, reference_year=reference, years=(1950, 2200))
    return dict(table.iter_rows())


def table_of(*steps: tuple[int, int | None, float]) -> pl.DataFrame:
    rows = [
        {"ruleset_code": "r", "schedule_code": "s", "from_year": a, "to_year": b, "rate_pct": c} for a, b, c in steps
    ]
    return pl.DataFrame(rows, schema_overrides={"to_year": pl.Int64})


@settings(max_examples=30, deadline=None)
@given(CLOCKS, YEARS, YEARS)
def test_a_later_krone_is_always_worth_less(clock: str, start: int, reference: int) -> None:
    by_year = factors(clock, start, reference)
    ordered = [by_year[year] for year in sorted(by_year)]
    assert all(earlier > later > 0 for earlier, later in pairwise(ordered))
    assert by_year[reference] == 1


@settings(max_examples=30, deadline=None)
@given(CLOCKS, YEARS, YEARS, YEARS)
def test_moving_the_reference_year_scales_all_factors_alike(clock: str, start: int, one: int, other: int) -> None:
    first, second = factors(clock, start, one), factors(clock, start, other)
    assert second[2100] == pytest.approx(first[2100] * second[one], rel=1e-12)


@pytest.mark.parametrize(("clock", "first_lower"), [(START_IS_YEAR_0, 2067), (START_IS_YEAR_1, 2066)])
def test_the_lower_rate_begins_where_the_clock_says(clock: str, first_lower: int) -> None:
    by_year = factors(clock)
    rates = {year: by_year[year - 1] / by_year[year] - 1 for year in range(1951, 2200)}
    assert {year for year, rate in rates.items() if rate == pytest.approx(0.04)} == set(range(1951, first_lower))
    assert rates[first_lower] == pytest.approx(0.03)
    assert rates[first_lower + 35] == pytest.approx(0.02) == rates[2199]


def test_the_steps_follow_the_start_year_and_not_the_reference_year() -> None:
    near, far = factors(reference=2022), factors(reference=2030)
    assert near[2066] / near[2067] == pytest.approx(1.03) == far[2066] / far[2067]


@pytest.mark.parametrize("missing", ["start_year", "reference_year", "year"])
def test_a_missing_year_gives_no_factor(missing: str) -> None:
    frame = pl.DataFrame({"start_year": [2026], "reference_year": [2022], "year": [2030]})
    frame = frame.with_columns(pl.lit(None, pl.Int64).alias(missing))
    steps = rate_schedule(lazy(priced.rates()), "R-109/2021", "standard")
    factor = lazy(frame).select(factor=discount_factor(steps))
    assert factor.collect("polars").to_native()["factor"].to_list() == [None]


@settings(max_examples=30, deadline=None)
@given(CLOCKS, YEARS, YEARS, st.integers(1, 120))
def test_the_sum_of_factors_is_what_one_gets_by_adding_them(clock: str, start: int, reference: int, years: int) -> None:
    schedule = rate_schedule(lazy(priced.rates()), "R-109/2021", "standard")
    frame = pl.DataFrame({"start_year": [start], "reference_year": [reference], "last_year": [start + years - 1]})
    total = lazy(frame).select(total=discount_sum(schedule, clock)).collect("polars").to_native().item()
    by_year = factors(clock, start, reference)
    assert total == pytest.approx(sum(by_year[year] for year in range(start, start + years)), rel=1e-12)


def test_every_committed_schedule_is_whole() -> None:
    known = priced.rates().select("ruleset_code", "schedule_code").unique().rows()
    assert len(known) == 5
    for ruleset, name in known:
        rate_schedule(lazy(priced.rates()), ruleset, name)


def test_a_schedule_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(
        ScheduleError, match=r"ruleset R-109/2021, schedule health: there is none; .*green-book-2026 health"
    ):
        rate_schedule(lazy(priced.rates()), "R-109/2021", "health")


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        pytest.param([(0, 40, 4.0), (42, None, 3.0)], "from year 42 does not follow", id="gap"),
        pytest.param([(0, 40, 4.0), (40, None, 3.0)], "from year 40 does not follow", id="overlap"),
        pytest.param([(0, None, 4.0), (41, None, 3.0)], "from year 41 does not follow", id="after the last"),
        pytest.param([(1, None, 4.0)], "from year 1 does not follow", id="late start"),
        pytest.param([(0, 40, 4.0)], "ends in year 40; leave to_year empty", id="closed end"),
    ],
)
def test_a_schedule_with_holes_is_refused_and_the_step_named(steps: list[Any], reason: str) -> None:
    with pytest.raises(ScheduleError, match=f"table discount_rates, ruleset r, schedule s: .*{reason}"):
        rate_schedule(lazy(table_of(*steps)), "r", "s")


@pytest.mark.parametrize(
    ("choices", "reason"),
    [
        pytest.param({"clock_code": "mid_year"}, "the clock is one of", id="clock"),
        pytest.param({"ruleset_code": "green-book-2026"}, "has no documented terms", id="terms"),
        pytest.param({"analysis_years": 0}, "at least one year", id="period"),
        pytest.param(
            {"stated_terms": Terms(0.0, 0.0, allows_real_growth=False), "real_growth_pct": 0.9},
            "does not allow growth",
            id="growth",
        ),
    ],
)
def test_choices_that_cannot_hold_are_refused(choices: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        EconomicRules(**choices)


def test_another_ruleset_is_taken_with_stated_terms() -> None:
    rules = EconomicRules("green-book-2026", "health", stated_terms=Terms(0.0, 0.0, allows_real_growth=True))
    table = discount_table(lazy(priced.rates()), rules, start_year=2026, reference_year=2026, years=(2027, 2027))
    assert table["discount_factor"].item() == pytest.approx(1 / 1.015)

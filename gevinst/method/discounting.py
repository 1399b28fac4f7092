"""Discounting: the factor that turns an amount of one year into its value in another.

Belongs here: rate schedules as data and the factors that follow from them, in either placing of the steps.
Does not belong here: which amounts are discounted (`flows.py`) and what is made of them (`npv.py`).
"""

from __future__ import annotations

from typing import Any

import narwhals as nw
import polars as pl

from gevinst.method.economic_rules import START_IS_YEAR_0, START_IS_YEAR_1, EconomicRules
from gevinst.method.frames import lazy

_KEYS = ("start_year", "reference_year", "year")
_FAR = 100_000
"""Further from the start than any year: the open ends of the first and the last step."""


class ScheduleError(ValueError):
    """Table `discount_rates` has no such schedule, or one with gaps or overlaps."""


def rate_schedule(rates: nw.LazyFrame[Any], ruleset_code: str, schedule_code: str) -> nw.LazyFrame[Any]:
    """The steps of one schedule: `from_year`, `to_year` (years from the start; null is open-ended) and `rate_pct`.

    The steps run from 0 without gap or overlap, and the last is open. Raises `ScheduleError` naming the table, the
    schedule and the step when they do not, and the schedules there are when this one is missing.
    """
    chosen = rates.filter((nw.col("ruleset_code") == ruleset_code) & (nw.col("schedule_code") == schedule_code))
    steps = chosen.select("from_year", "to_year", "rate_pct")
    rows = steps.sort("from_year").collect("polars").to_native().rows()
    place = f"table discount_rates, ruleset {ruleset_code}, schedule {schedule_code}"
    if not rows:
        found = rates.select("ruleset_code", "schedule_code").unique().sort("ruleset_code", "schedule_code")
        known = [" ".join(row) for row in found.collect("polars").to_native().rows()]
        raise ScheduleError(f"{place}: there is none; there are {', '.join(known) or 'no schedules at all'}")
    expected: int | None = 0
    for from_year, to_year, _ in rows:
        if from_year != expected:
            raise ScheduleError(f"{place}: the step from year {from_year} does not follow the one before it")
        expected = None if to_year is None else to_year + 1
    if expected is not None:
        raise ScheduleError(f"{place}: the last step ends in year {expected - 1}; leave to_year empty")
    return steps


def with_discount_factor(
    frame: nw.LazyFrame[Any], schedule: nw.LazyFrame[Any], clock_code: str = START_IS_YEAR_0
) -> nw.LazyFrame[Any]:
    """`frame` (with `start_year`, `reference_year` and `year`) and `discount_factor`, 1 in the reference year.

    The step into year y has the rate of position y - start (plus 1 when the start is year 1); years before the start
    have the first rate, and a year before the reference year has a factor above 1. Amounts are taken at the end of
    their year. The factor is null when any of the three years is. `schedule` is what `rate_schedule` returns.
    Source: R-109/2021: the rates count from the start year, present value refers to the reference year; placing of
    the steps as in FRAM (start is year 1) or read literally (start is year 0).
    """
    first = 1 if clock_code == START_IS_YEAR_1 else 0
    lower = nw.when(nw.col("from_year") == 0).then(nw.lit(-_FAR)).otherwise(nw.col("from_year") - 1)
    upper = nw.col("to_year").fill_null(_FAR)
    steps = schedule.select(_low=lower, _high=upper, _log=(1 + nw.col("rate_pct") / 100).log())
    years = frame.select(*_KEYS).drop_nulls().unique()
    passed = _within(nw.col("year") - nw.col("start_year") + first) - _within(
        nw.col("reference_year") - nw.col("start_year") + first
    )
    factors = (
        years.join(steps, how="cross")
        .with_columns(_part=passed * nw.col("_log"))
        .group_by(*_KEYS)
        .agg(_sum=nw.col("_part").sum())
        .select(*_KEYS, discount_factor=(-nw.col("_sum")).exp())
    )
    return frame.join(factors, on=list(_KEYS), how="left")


def _within(position: nw.Expr) -> nw.Expr:
    """The position, held inside the step: the difference of two is the years that lie in the step, with sign."""
    return nw.min_horizontal(nw.max_horizontal(position, nw.col("_low")), nw.col("_high"))


def discount_table(
    rates: nw.LazyFrame[Any], rules: EconomicRules, *, start_year: int, reference_year: int, years: tuple[int, int]
) -> pl.DataFrame:
    """One row per year from `years[0]` to `years[1]` with `discount_factor`; for documentation and checks by hand.

    Errors as `rate_schedule`.
    """
    schedule = rate_schedule(rates, rules.ruleset_code, rules.schedule_code).collect("polars").to_native()
    frame = pl.DataFrame({"year": range(years[0], years[1] + 1)}, schema={"year": pl.Int64}).with_columns(
        start_year=pl.lit(start_year, pl.Int64), reference_year=pl.lit(reference_year, pl.Int64)
    )
    factors = with_discount_factor(lazy(frame), lazy(schedule), rules.clock_code)
    return factors.select("year", "discount_factor").sort("year").collect("polars").to_native()

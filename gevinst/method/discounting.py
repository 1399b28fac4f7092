"""Discounting: the factor that converts an amount of one year to its value in another.

Belongs here: rate schedules as data and the factors that follow from them, in either placing of the steps.
Does not belong here: which amounts are discounted (`flows.py`) and what is made of them (`npv.py`).

A schedule has a handful of steps, so factors are expressions over them and need no join; a chain of joins of a frame
with itself would multiply the work of an engine that does not share its parts.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import narwhals as nw

from gevinst.method.counting import different
from gevinst.method.economic_rules import START_IS_YEAR_0, START_IS_YEAR_1
from gevinst.method.frames import reduced


class ScheduleError(ValueError):
    """Table `discount_rates` has no such schedule, or one with gaps or overlaps."""


class Step(NamedTuple):
    """One step of a schedule; years from the start, `to_year` is `None` for the last."""

    from_year: int
    to_year: int | None
    rate: float

    @property
    def low(self) -> int | None:
        """The position just before the step; none for the first, whose rate holds for all years before it too."""
        return None if self.from_year == 0 else self.from_year - 1


Schedule = tuple[Step, ...]


def rate_schedule(rates: nw.LazyFrame[Any], ruleset_code: str, schedule_code: str) -> Schedule:
    """The steps of one schedule of `discount_rates`, in order; rates as fractions.

    The steps run from 0 without gap or overlap, and the last is open. Raises `ScheduleError` naming the table, the
    schedule and the step when they do not, and the schedules there are when this one is missing.
    """
    chosen = rates.filter((nw.col("ruleset_code") == ruleset_code) & (nw.col("schedule_code") == schedule_code))
    rows = reduced(chosen.select("from_year", "to_year", "rate_pct"), "from_year").rows()
    place = f"table discount_rates, ruleset {ruleset_code}, schedule {schedule_code}"
    if not rows:
        found = different(rates, "ruleset_code", "schedule_code")
        known = [" ".join(row) for row in reduced(found, "ruleset_code", "schedule_code").rows()]
        raise ScheduleError(f"{place}: there is none; there are {', '.join(known) or 'no schedules at all'}")
    expected: int | None = 0
    for from_year, to_year, _ in rows:
        if from_year != expected:
            raise ScheduleError(f"{place}: the step from year {from_year} does not follow the one before it")
        expected = None if to_year is None else to_year + 1
    if expected is not None:
        raise ScheduleError(f"{place}: the last step ends in year {expected - 1}; leave to_year empty")
    return tuple(Step(from_year, to_year, rate_pct / 100) for from_year, to_year, rate_pct in rows)


def discount_factor(schedule: Schedule, clock_code: str = START_IS_YEAR_0) -> nw.Expr:
    """The factor of column `year`, 1 in `reference_year`, for a measure that begins in `start_year`.

    The step into year y has the rate of position y - start (plus 1 when the start is year 1); years before the start
    have the first rate, and a year before the reference year has a factor above 1. Amounts are taken at the end of
    their year. Null when any of the three years is.
    Source: R-109/2021: the rates count from the start year, present value refers to the reference year; placing of
    the steps as in FRAM (start is year 1) or read literally (start is year 0).
    """
    year, reference = _position("year", clock_code), _position("reference_year", clock_code)
    return (_growth_until(reference, schedule) - _growth_until(year, schedule)).exp()


def discount_sum(schedule: Schedule, clock_code: str = START_IS_YEAR_0) -> nw.Expr:
    """The sum of the factors of all years from `start_year` to `last_year`: the present value of 1 a year.

    With a constant rate and the year before the start as reference year this is the annuity factor. Null when
    `start_year`, `last_year` or `reference_year` is.
    """
    before = _first(clock_code) - 1
    last = _position("last_year", clock_code)
    until_reference = _growth_until(_position("reference_year", clock_code), schedule)
    total = nw.lit(0.0)
    for step in schedule:
        begun = _within_number(before, step)
        years = _within(last, step) - begun
        even = years if step.rate == 0 else (1 - nw.lit(1 + step.rate) ** (-years)) / step.rate
        total = total + (until_reference - _growth_until_number(begun, schedule)).exp() * even
    return total


def _first(clock_code: str) -> int:
    return 1 if clock_code == START_IS_YEAR_1 else 0


def _position(year: str, clock_code: str) -> nw.Expr:
    return nw.col(year) - nw.col("start_year") + _first(clock_code)


def _growth_until(position: nw.Expr, schedule: Schedule) -> nw.Expr:
    """Logarithm of what 1 grows to up to a position, counted from a point that is the same for all positions."""
    growth = nw.lit(0.0)
    for step in schedule:
        growth = growth + _within(position, step) * math.log1p(step.rate)
    return growth


def _growth_until_number(position: int, schedule: Schedule) -> float:
    return sum(_within_number(position, step) * math.log1p(step.rate) for step in schedule)


def _within(position: nw.Expr, step: Step) -> nw.Expr:
    """The position held inside the step, so that the difference of two is the years between them that lie in it."""
    held = position
    if step.to_year is not None:
        held = nw.when(position > step.to_year).then(nw.lit(step.to_year)).otherwise(held)
    if step.low is not None:
        held = nw.when(position < step.low).then(nw.lit(step.low)).otherwise(held)
    return held


def _within_number(position: int, step: Step) -> int:
    upper = position if step.to_year is None else min(position, step.to_year)
    return upper if step.low is None else max(upper, step.low)

"""Levels of the four drivers, and what came of a project: how the raw figures and tables group projects.

Belongs here: which values stand together, and what a group is called.
Does not belong here: the drivers themselves (`gevinst.method.drivers`) and any figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gevinst.contracts.vocabulary import (
    ACTOR_COUNT,
    COMPLEXITY,
    IMPLEMENTATION_DIFFICULTY,
    MONTHS_SINCE_START,
    RATED_DRIVERS,
)
from gevinst.language.texts import Catalogue

OUTCOMES = ("in_use", "not_in_use", "unknown")
"""In use or spread; known not to be; and nobody has told."""

_FINE = {
    COMPLEXITY: ((1, 1), (2, 2), (3, 3), (4, 4), (5, 5)),
    ACTOR_COUNT: ((1, 1), (2, 2), (3, 3), (4, 4), (5, None)),
    MONTHS_SINCE_START: ((0, 1), (2, 3), (4, 5), (6, 7), (8, None)),
    IMPLEMENTATION_DIFFICULTY: ((1, 1), (2, 2), (3, 3), (4, 4), (5, 5)),
}
_BANDS = {
    COMPLEXITY: ((1, 2), (3, 3), (4, 5)),
    ACTOR_COUNT: ((1, 1), (2, 3), (4, None)),
    MONTHS_SINCE_START: ((0, 2), (3, 5), (6, None)),
    IMPLEMENTATION_DIFFICULTY: ((1, 2), (3, 3), (4, 5)),
}
_RATING_BANDS = ("low", "middle", "high")


@dataclass(frozen=True, slots=True)
class Level:
    """A group of values of one driver, from `low` to `high`, both included; `high` is null when there is no end."""

    label: str
    low: int
    high: int | None

    def holds(self, value: int | None) -> bool:
        """Whether the value belongs here; an unknown one belongs nowhere."""
        return value is not None and value >= self.low and (self.high is None or value <= self.high)


def fine_levels(driver: str, catalogue: Catalogue) -> list[Level]:
    """Five levels of a driver, for figures in which every project is seen."""
    return [Level(_span(driver, low, high, catalogue), low, high) for low, high in _FINE[driver]]


def bands(driver: str, catalogue: Catalogue) -> list[Level]:
    """Three levels of a driver, for tables of counts; ratings are called low, middle and high."""
    levels = [Level(_span(driver, low, high, catalogue), low, high) for low, high in _BANDS[driver]]
    if driver not in RATED_DRIVERS:
        return levels
    return [
        Level(catalogue.t(f"levels.{name}", span=level.label), level.low, level.high)
        for name, level in zip(_RATING_BANDS, levels, strict=True)
    ]


def level_value(row: Mapping[str, Any], driver: str) -> int | None:
    """The value of a driver in a row of `driver_table` as levels count it: time in whole years."""
    value = row[driver]
    return value // 12 if driver == MONTHS_SINCE_START and value is not None else value


def outcome(row: Mapping[str, Any]) -> str:
    """What came of a project, one of `OUTCOMES`, from a row of `driver_table`."""
    if not row["is_outcome_known"]:
        return "unknown"
    return "in_use" if row["is_in_use"] else "not_in_use"


def _span(driver: str, low: int, high: int | None, catalogue: Catalogue) -> str:
    unit = "years" if driver == MONTHS_SINCE_START else "plain"
    if high is None:
        return catalogue.t(f"levels.{unit}_or_more", low=low)
    return catalogue.t(f"levels.{unit}", span=catalogue.number.span(str(low), str(high)))

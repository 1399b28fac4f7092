"""What levels of the four drivers are called, and what came of a project, in words.

Belongs here: names of the levels for figures and tables.
Does not belong here: which values form a level and how many projects are at each (`gevinst.method.driver_levels`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gevinst.addresses import no_figure
from gevinst.contracts.vocabulary import MONTHS_SINCE_START, OUTCOME_PARTLY, RATED_DRIVERS
from gevinst.language.texts import Catalogue
from gevinst.method.driver_levels import COARSE, FINE, level_code

OUTCOMES = ("in_use", "partly_in_use", "not_in_use", "unknown")
"""In use or spread; partly in use; known to be neither; and not reported."""
_RATING_BANDS = ("low", "middle", "high")


@dataclass(frozen=True, slots=True)
class Level:
    """A group of values of one driver, from `low` to `high`, both included; `high` is null when there is no end."""

    label: str
    low: int
    high: int | None

    @property
    def code(self) -> str:
        """What it is called in column `level` of mart `driver_outcomes`."""
        return level_code((self.low, self.high))

    def holds(self, value: int | None) -> bool:
        """Whether the value belongs here; an unknown one belongs nowhere."""
        return value is not None and value >= self.low and (self.high is None or value <= self.high)


def fine_levels(driver: str, catalogue: Catalogue) -> list[Level]:
    """Five levels of a driver, for figures in which every project is seen."""
    return [Level(_span(driver, low, high, catalogue), low, high) for low, high in FINE[driver]]


def bands(driver: str, catalogue: Catalogue) -> list[Level]:
    """Three levels of a driver, for tables of counts; ratings are called low, middle and high."""
    levels = [Level(_span(driver, low, high, catalogue), low, high) for low, high in COARSE[driver]]
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
    if row["outcome_code"] == OUTCOME_PARTLY:
        return "partly_in_use"
    return "in_use" if row["is_in_use"] else "not_in_use"


def _span(driver: str, low: int, high: int | None, catalogue: Catalogue) -> str:
    unit = "years" if driver == MONTHS_SINCE_START else "plain"
    if high is None:
        return catalogue.t(f"levels.{unit}_or_more", low=no_figure(low, "label"))
    return catalogue.t(f"levels.{unit}", span=catalogue.number.span(str(low), str(high)))

"""What a check of one table's content is, and the conditions that limit it to some rows.

Belongs here: `SuiteCheck` and the row conditions, written as plain data in the form Great Expectations reads.
Does not belong here: the checks themselves (the other modules of this package) and Great Expectations, which only
`bridge` imports.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gevinst.quality.model import Check

Condition = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SuiteCheck(Check):
    """One expectation of Great Expectations about one table, by class name and arguments."""

    expectation: str
    arguments: Mapping[str, Any] = field(default_factory=dict)


def where(column: str, operator: str, value: object) -> Condition:
    """Only rows in which `column` compares with `value` by `operator`: ``==``, ``!=``, ``IN`` and the like."""
    return {"type": "comparison", "column": {"name": column}, "operator": operator, "parameter": value}


def where_null(column: str) -> Condition:
    """Only rows in which `column` is empty."""
    return {"type": "nullity", "column": {"name": column}, "is_null": True}

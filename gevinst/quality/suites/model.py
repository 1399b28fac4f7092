"""What a check of one frame's content is, the frames that are prepared for checks, and the conditions on rows.

Belongs here: `SuiteCheck`, `Prepared` and the row conditions, written as plain data in the form Great Expectations
reads.
Does not belong here: the checks themselves (the other modules of this package) and Great Expectations, which only
`bridge` imports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from gevinst.contracts.vocabulary import Severity
from gevinst.quality.model import Check, Owner
from gevinst.workspace import Scheme

LANGUAGES = (("nb", "norsk", "Norwegian"), ("en", "engelsk", "English"))
"""Ending of a column, and what the language is called, for pairs of checks that differ in that alone."""

SLUG = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
"""The form that addresses of pages and files allow everywhere, also where upper and lower case are the same."""

USUAL = "usual_amounts"
"""In place of the bounds of an expectation: the kind of amount whose bounds ``scheme.toml`` gives."""
_ENDS = ("min_value", "max_value")
OWN_CURRENCY = "own_currency"
"""In place of a regular expression: the currency that ``scheme.toml`` names."""

Condition = dict[str, Any]
Tables = Mapping[str, pl.LazyFrame]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A frame made for checks out of the tables it `reads`, so that one expectation can compare columns of several.

    The columns of `key` name its rows: those of the table that its checks are about, or one that holds table and key.
    """

    name: str
    reads: tuple[str, ...]
    key: tuple[str, ...]
    make: Callable[[Tables], pl.LazyFrame]


@dataclass(frozen=True, slots=True)
class SuiteCheck(Check):
    """One expectation of Great Expectations about one table, by class name and arguments.

    With `prepared` it is about a frame made of several tables; `table_name` is then the table in which the fault is
    corrected.
    """

    expectation: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    prepared: Prepared | None = field(default=None, kw_only=True)

    def arguments_of(self, own: Scheme) -> dict[str, Any]:
        """The arguments for a scheme, which says what its currency is, and may say what its usual amounts are."""
        arguments = dict(self.arguments)
        if kind := arguments.pop(USUAL, None):
            arguments |= zip(_ENDS, own.usual_amounts.get(kind, (0, None)), strict=True)
        return {name: f"^{own.currency}$" if value == OWN_CURRENCY else value for name, value in arguments.items()}

    @property
    def column(self) -> str | None:
        """The column in which a person corrects the fault: the one named, or the first that the expectation is of."""
        first = self.column_name or self.arguments.get("column") or self.arguments.get("column_A")
        return str(first) if first else None


def own_currency(table_name: str, owner: Owner) -> SuiteCheck:
    """Amounts of a table are in the scheme's currency: those of others would be added to them as if they were."""
    return SuiteCheck(
        f"{table_name}_in_own_currency",
        table_name,
        Severity.CRITICAL,
        "Beløp er i ordningens valuta (scheme.toml). Beløp i andre valutaer ville blitt lagt sammen med dem.",
        "Amounts are in the scheme's currency (scheme.toml). Those in others would be added to them.",
        owner,
        "ExpectColumnValuesToMatchRegex",
        {"column": "currency_code", "regex": OWN_CURRENCY},
    )


def where(column: str, operator: str, value: object) -> Condition:
    """Only rows in which `column` compares with `value` by `operator`: ``==``, ``!=``, ``IN`` and the like."""
    return {"type": "comparison", "column": {"name": column}, "operator": operator, "parameter": value}


def every_of(*conditions: Condition) -> Condition:
    """Only rows for which each of `conditions` holds."""
    return {"type": "and", "conditions": list(conditions)}


def columns_of(condition: Condition) -> Iterator[str]:
    """The columns that a condition on rows asks for."""
    if "column" in condition:
        yield condition["column"]["name"]
    for part in condition.get("conditions", ()):
        yield from columns_of(part)


def where_null(column: str) -> Condition:
    """Only rows in which `column` is empty."""
    return {"type": "nullity", "column": {"name": column}, "is_null": True}


def where_given(column: str) -> Condition:
    """Only rows in which `column` is filled in."""
    return {"type": "nullity", "column": {"name": column}, "is_null": False}

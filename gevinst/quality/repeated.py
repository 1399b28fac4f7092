"""Expectations about rows beside one another: that no two of them have the same values.

Belongs here: those that no block of a table can be asked alone, in the terms of Great Expectations, and put to the
engine that holds all rows.
Does not belong here: expectations of single rows (`bridge`), and which checks there are (`suites`).
"""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import Any

import polars as pl

from gevinst.quality.model import QualityError
from gevinst.quality.suites.model import Condition, SuiteCheck

_UNIQUE = {"ExpectColumnValuesToBeUnique": "column", "ExpectCompoundColumnsToBeUnique": "column_list"}
"""Expectations, and the argument that names their columns."""
_NAMED = {*_UNIQUE.values(), "ignore_row_if", "row_condition"}


def is_about_other_rows(check: SuiteCheck) -> bool:
    """Whether a row is right or wrong by what is in others."""
    return check.expectation in _UNIQUE


def repeated(check: SuiteCheck, key: pl.Expr, frame: pl.LazyFrame) -> tuple[int, pl.Series]:
    """How many rows the check is about, and `key` of those whose values others have too.

    Raises:
        QualityError: an argument or a column does not exist; with the check's id.
    """
    arguments = check.arguments
    named = arguments.get(_UNIQUE[check.expectation])
    if not named or not arguments.keys() <= _NAMED:
        raise QualityError(f"check {check.check_id} cannot be set up: {', '.join(arguments) or 'no arguments'}")
    columns = [named] if isinstance(named, str) else list(named)
    rows = frame.filter(_holds(arguments["row_condition"])) if "row_condition" in arguments else frame
    # 128 bits stand for the values: long texts of millions of rows would not fit beside one another.
    values = pl.struct(columns)
    told = rows.filter(_is_told(columns, arguments)).select(key.alias("key"), a=values.hash(1), b=values.hash(2))
    try:
        counts = told.group_by("a", "b").len().collect()
        more = counts.lazy().filter(pl.col("len") > 1)
        found = told.join(more, on=["a", "b"], how="semi").select("key").collect()["key"]
    except pl.exceptions.PolarsError as error:
        raise QualityError(f"check {check.check_id} raised an exception: {error}") from error
    return int(counts["len"].sum()), found


def _is_told(columns: list[str], arguments: Any) -> pl.Expr:
    """Whether a row has the values that are compared, by the rules of Great Expectations for empty cells."""
    given = [pl.col(name).is_not_null() for name in columns]
    rule = arguments.get("ignore_row_if", "all_values_are_missing")
    if rule == "never":
        return pl.lit(value=True)
    return pl.any_horizontal(given) if rule == "all_values_are_missing" else pl.all_horizontal(given)


def _holds(condition: Condition) -> pl.Expr:
    """A row condition of `gevinst.quality.suites.model` as an expression."""
    if condition["type"] == "and":
        return reduce(and_, map(_holds, condition["conditions"]))
    column = pl.col(condition["column"]["name"])
    if condition["type"] == "nullity":
        return column.is_null() if condition["is_null"] else column.is_not_null()
    value = condition["parameter"]
    return {
        "==": lambda: column == value,
        "!=": lambda: column != value,
        "IN": lambda: column.is_in(value),
    }[condition["operator"]]()

"""Effects without a price: the value that quantity and unit value together give on an ordinal scale.

Belongs here: looking a combination up in the matrix it was assessed with, and the mart `non_priced_assessments`.
Does not belong here: the matrices, which are data (`value_matrix`), and any sum: ordinal values are never added.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from gevinst.method.frames import Rules, Tables
from gevinst.method.valuations import in_force

VALUE_MATRIX_2023 = "verdimatrise_2023"
PLUS_MINUS_2018 = "pluss_minus_2018"

_CELL = ("value_matrix_code", "quantity_code", "unit_value_code")


def non_priced_values(
    effects: nw.LazyFrame[Any], matrix: nw.LazyFrame[Any], codelists: nw.LazyFrame[Any]
) -> nw.LazyFrame[Any]:
    """`effects` with `low_code`, `high_code` (code list `non_priced_value`) and their steps from -4 to 4.

    An effect without `value_matrix_code` is read in the value matrix of 2023; the plus-minus method of 2018 only when
    it says so. Many cells of the latter are a range, from low to high by step, and stay a range: they are never
    averaged and, like all ordinal values, never summed. All four are null when quantity or unit value is unknown or
    the matrix has no such cell. Source: DFØ's guide of 2023 (value matrix) and of 2018 (plus-minus).
    """
    chosen = effects.with_columns(value_matrix_code=nw.col("value_matrix_code").fill_null(VALUE_MATRIX_2023))
    cells = matrix.select(*_CELL, "low_code", "high_code")
    return (
        chosen.join(cells, on=list(_CELL), how="left")
        .join(_steps(codelists, "low"), on="low_code", how="left")
        .join(_steps(codelists, "high"), on="high_code", how="left")
    )


def non_priced_assessments(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per non-priced effect and edition year in which it is known; contract `non_priced_assessments`.

    Of an effect assessed more than once the newest known row counts. Values and nulls as `non_priced_values`; `rules`
    decides nothing here but is given to every mart.
    """
    known = in_force(tables["non_priced_effects"], tables["sources"], tables["edition_years"], "non_priced_effect_id")
    valued = non_priced_values(known, tables["value_matrix"], tables["codelists"])
    return valued.with_columns(is_range=(nw.col("low_code") != nw.col("high_code")))


def _steps(codelists: nw.LazyFrame[Any], end: str) -> nw.LazyFrame[Any]:
    ranks = codelists.filter(nw.col("codelist") == "non_priced_value")
    return ranks.select(nw.col("code").alias(f"{end}_code"), nw.col("rank").alias(f"{end}_step"))

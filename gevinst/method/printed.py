"""Printed totals: do figures in a document agree with their own parts?

Belongs here: the comparison of a printed figure with the sum of what it is said to consist of.
Does not belong here: totals of the registry against the registry (`reconciliation.py`).
"""

from __future__ import annotations

from typing import Any

import narwhals as nw


def printed_sum_agrees(items: nw.LazyFrame[Any], printed: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """One row per printed total: `printed_value`, `computed_value`, `difference` and `agrees`.

    `items` has `total_id` and `value` (signed parts); `printed` has `total_id`, `printed_value` and `tolerance`, half
    a unit of the last digit printed or what the parts' own rounding allows. `agrees` is null, not false, when a part
    or the total is unknown or has no parts. Figures that do not agree are shown and never used as answers.
    """
    sums = (
        items.with_columns(_unknown=nw.col("value").is_null().cast(nw.Int64))
        .group_by("total_id")
        .agg(_sum=nw.col("value").sum(), _unknown=nw.col("_unknown").sum())
        .select("total_id", computed_value=nw.when(nw.col("_unknown") == 0).then(nw.col("_sum")))
    )
    difference = nw.col("printed_value") - nw.col("computed_value")
    # Sums of decimals are not exact: a difference of just the tolerance still agrees.
    limit = nw.col("tolerance") + 1e-9 * nw.col("computed_value").abs()
    return printed.join(sums, on="total_id", how="left").select(
        "total_id",
        "printed_value",
        "computed_value",
        difference=difference,
        agrees=difference.abs() <= limit,
    )

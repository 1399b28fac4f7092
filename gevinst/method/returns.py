"""Internal rates of return: every rate at which a stream of flows has the net present value 0.

Belongs here: the roots, all of them, and a count that shows when there are several or none.
Does not belong here: ranking by them, which is misleading, and present values (`npv.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

_CLOSE = 1e-6
"""Roots nearer to each other, or to the real line, than this are one real root; a double root is found this exactly."""


def internal_rates(flows: pl.DataFrame, by: Sequence[str] = ("project_id",)) -> pl.DataFrame:
    """One row per `by`, scenario and root: `root_number`, `rate_pct`, `root_count`, `has_several_roots`.

    `flows` is a collected result of `yearly_flows`, tax financing included; the rate replaces the whole schedule. A
    stream without any root has one row with `rate_pct` null and `root_count` 0; a stream with an unknown amount, or
    with nothing but zeros (where every rate is a root), has both null. The roots are found one stream at a time.
    Source: DFØ guide: internal rates may be several and are not for ranking.
    """
    keys = [*by, "scenario_code"]
    yearly = flows.group_by(*keys, "year").agg(
        pl.when(pl.col("total_amount").null_count() == 0).then(pl.col("total_amount").sum()).alias("total_amount")
    )
    streams = yearly.sort(*keys, "year").group_by(*keys, maintain_order=True).agg("year", "total_amount")
    found = [_roots(years, amounts) for years, amounts in zip(streams["year"], streams["total_amount"], strict=True)]
    rooted = streams.select(keys).with_columns(
        root_count=pl.Series([None if roots is None else len(roots) for roots in found], dtype=pl.Int64),
        rate_pct=pl.Series([roots or None for roots in found], dtype=pl.List(pl.Float64)),
    )
    return (
        rooted.with_columns(has_several_roots=pl.col("root_count") > 1)
        .explode("rate_pct")
        .with_columns(
            root_number=pl.when(pl.col("rate_pct").is_not_null()).then(pl.col("rate_pct").cum_count().over(keys))
        )
        .select(*keys, "root_number", "rate_pct", "root_count", "has_several_roots")
    )


def _roots(years: pl.Series, amounts: pl.Series) -> list[float] | None:
    """All rates above -100 per cent, ascending; `None` when the stream is unknown or all zero."""
    if amounts.null_count():
        return None
    first = int(years[0])
    coefficients = np.zeros(int(years[-1]) - first + 1)
    coefficients[years.to_numpy() - first] = amounts.to_numpy()
    if not coefficients.any():
        return None
    return [100 * (root - 1) for root in _positive_roots(coefficients)]


def _positive_roots(coefficients: NDArray[np.float64]) -> list[float]:
    """Real positive roots of the polynomial in 1 + rate, each once, ascending."""
    roots = np.roots(coefficients)
    near = roots[(np.abs(roots.imag) < _CLOSE) & (roots.real > _CLOSE)].real
    slope = np.polyder(coefficients)
    kept: list[float] = []
    found: list[float] = np.sort(near).tolist()
    for root in found:
        steepness = float(np.polyval(slope, root))
        # One step of Newton improves a simple root; at a double one the curve is flat and the root is kept.
        step = float(np.polyval(coefficients, root)) / steepness if steepness else 0.0
        improved = root - step if abs(step) < _CLOSE else root
        if not kept or improved - kept[-1] > _CLOSE:
            kept.append(improved)
    return kept

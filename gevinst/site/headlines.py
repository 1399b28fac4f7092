"""Headline figures in the form that pages and sentences take.

Belongs here: rows of mart `headline_counts` by the id of the figure.
Does not belong here: counting (`gevinst.method.headlines`) and words (`gevinst.site.sentences`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from gevinst.contracts.addressing import addressed_rows


@dataclass(frozen=True, slots=True)
class Headline:
    """One figure: its value, the whole that it is part of, its share in per cent, and the change from the year before.

    `total` and `share_pct` are `None` where it is part of nothing, `share_pct` also where the whole is too small, and
    `change` where no project was known the year before.
    """

    value: int
    total: int | None = None
    share_pct: float | None = None
    change: int | None = None


Headlines = Mapping[str, Headline]
"""By id of the figure."""


def headlines(rows: pl.DataFrame, own_year: int | None = None) -> Headlines:
    """From rows of `headline_counts`, narrowed to one edition year; every number carries its address."""
    return {
        row["figure_id"]: Headline(row["figure_value"], row["total_count"], row["share_pct"], row["change_count"])
        for row in addressed_rows("headline_counts", rows, own_year)
    }

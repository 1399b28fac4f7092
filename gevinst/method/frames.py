"""In and out of narwhals: the two steps around every method function.

Belongs here: making a lazy frame of whatever engine holds the rows, and collecting a result by its contract.
Does not belong here: any rule of the method.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl

from gevinst.contracts import Contract
from gevinst.contracts.schema import polars_schema

Tables = Mapping[str, nw.LazyFrame[Any]]
"""Lazy frames by table name, all of one engine."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The choices that a run makes: which edition years, and the thresholds of the method.

    `stale_after_months` is the age from which an assessment counts as old (24 by default); `min_n_for_shares` the
    smallest base of which a share is given (5 by default).
    """

    first_year: int
    last_year: int
    stale_after_months: int = 24
    min_n_for_shares: int = 5


SIGNIFICANT_DIGITS = 12
"""An engine adds floats in the order its threads finish, so the last of their sixteen digits change from run to run.
Two builds must give the same bytes; no figure here is known to twelve digits."""


def lazy(native: Any) -> nw.LazyFrame[Any]:
    """A narwhals lazy frame over a Polars frame or a DuckDB relation."""
    frame = nw.from_native(native)
    return frame.lazy() if isinstance(frame, nw.DataFrame) else frame


def collect(frame: nw.LazyFrame[Any], contract: Contract, *, is_illustrative: bool) -> pl.DataFrame:
    """The result as Polars, with the contract's columns, types and order, sorted by its key.

    Numbers have `SIGNIFICANT_DIGITS` digits.
    """
    result = frame.collect("polars").to_native()
    flagged = result.with_columns(pl.lit(is_illustrative).alias("is_illustrative"))
    typed = flagged.select(contract.column_names).cast(polars_schema(contract))
    # First to the digits that every engine agrees on: half way between two numbers of twelve digits, where sums of
    # amounts in whole kroner and øre often lie, the sixteenth digit would decide.
    rounded = pl.col(pl.Float64).round_sig_figs(15).round_sig_figs(SIGNIFICANT_DIGITS)
    return typed.with_columns(rounded).sort(contract.key)

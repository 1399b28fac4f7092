"""The guard on sums: a measure is summed only as far as its contract allows.

Belongs here: the one way to sum a measure of a table, and the refusal of sums that would not mean anything.
Does not belong here: counting rows, which every table allows, and what a measure is (`gevinst.contracts`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import narwhals as nw

from gevinst.contracts.model import Additivity, Contract

_YEAR = "edition_year"
_KINDS_OF_GAIN = ("gain_nature_code", "benefit_category_code")


class AdditivityError(Exception):
    """A sum that a contract does not allow; the message names table, column and reason."""


def sum_measure(
    frame: nw.LazyFrame[Any], contract: Contract, column: str | Sequence[str], over: Sequence[str]
) -> nw.LazyFrame[Any]:
    """`frame` (rows of `contract`) grouped by the columns `over`, with the sum of `column` in each group.

    A sum with an unknown part is unknown: null, never a smaller number. Raises `AdditivityError` for a measure that
    may not be summed, for one that may be summed only within an edition when `over` lacks the edition year, for a
    table of benefits when `over` gives neither their nature nor their category (input factors would be added to end
    effects), and for a column that is not a measure; `KeyError` for one that the table does not have.
    """
    columns = [column] if isinstance(column, str) else list(column)
    reasons = [reason for name in columns for reason in _reasons(contract, name, over)]
    if reasons:
        raise AdditivityError("; ".join(reasons))
    known = [nw.col(name).is_null().cast(nw.Int64).sum().alias(f"_unknown_{name}") for name in columns]
    sums = frame.group_by(*over).agg(*(nw.col(name).sum() for name in columns), *known)
    return sums.select(
        *over, *(nw.when(nw.col(f"_unknown_{name}") == 0).then(nw.col(name)).alias(name) for name in columns)
    )


def _reasons(contract: Contract, name: str, over: Sequence[str]) -> Iterator[str]:
    additivity = contract.column(name).additivity
    refusal = f"{contract.name}.{name} may not be summed"
    if additivity is None:
        yield f"{refusal}: it is not a measure"
    if additivity is Additivity.NO:
        yield f"{refusal}: the contract says that it is not additive"
    columns = contract.column_names
    if additivity is Additivity.WITHIN_EDITION and _YEAR in columns and _YEAR not in over:
        yield f"{refusal} across edition years: the same thing appears in every edition after it became known"
    kinds = [kind for kind in _KINDS_OF_GAIN if kind in columns]
    if kinds and not set(kinds) & set(over):
        yield f"{refusal} over all kinds of benefit: input factors and end effects are not of one kind"

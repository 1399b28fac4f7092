"""How coders of one assessment year agree, project by project: what is alike, what is to be settled, what was decided.

Belongs here: the ratings as they were given, compared with one another, before any edition.
Does not belong here: the agreement that an edition publishes (`agreement.py`) and the value it uses (`drivers.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import polars as pl

from gevinst.method.agreement import Agreement, Floats, coders_by_units, cohen_kappa, krippendorff

_UNIT = ("assessment_round_id", "rated_driver_code", "project_id")


@dataclass(frozen=True, slots=True)
class Coding:
    """Agreement on one driver in one assessment round.

    Pairs are two ratings of one project; `kappa` is null unless there are two coders, and where it is undefined.
    `alpha` is ordinal, with its counts and reason.
    """

    assessment_round_id: str
    rated_driver_code: str
    coders: tuple[str, ...]
    pair_count: int
    equal_count: int
    kappa: float | None
    alpha: Agreement


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One project and driver on which coders differ: the rows of `driver_ratings`, and the newest decision, if any."""

    assessment_round_id: str
    rated_driver_code: str
    project_id: str
    ratings: tuple[Mapping[str, Any], ...]
    decision: Mapping[str, Any] | None


def codings(ratings: pl.DataFrame) -> list[Coding]:
    """Agreement by round and driver; `ratings` are rows of `driver_ratings`, in any order."""
    found: list[Coding] = []
    for (round_id, driver), own in ratings.sort(*_UNIT, "coder_code").group_by(_UNIT[:2], maintain_order=True):
        by_project = own.group_by("project_id", maintain_order=True).agg("rating")["rating"].to_list()
        pairs = [pair for given in by_project for pair in combinations(given, 2)]
        coders = tuple(own["coder_code"].unique().sort())
        table = coders_by_units(own)
        found.append(
            Coding(
                str(round_id),
                str(driver),
                coders,
                len(pairs),
                sum(one == other for one, other in pairs),
                _kappa(table) if len(coders) == 2 else None,
                krippendorff(table, "ordinal"),
            )
        )
    return found


def _kappa(table: Floats) -> float | None:
    """Kappa of the two coders of `table`, over the projects that both have rated."""
    values = np.unique(table)  # of both coders together: the table of counts must be square
    # A missing rating (NaN) equals no value, so that a project that one of them left out is not counted.
    first, second = ((coder[:, None] == values).astype(np.float64) for coder in table)
    return cohen_kappa(first.T @ second)


def disagreements(ratings: pl.DataFrame, decisions: pl.DataFrame) -> Iterator[Disagreement]:
    """Every project and driver with ratings that differ, in order of round, driver and project."""
    newest = {tuple(row[name] for name in _UNIT): row for row in decisions.sort("decided_on").iter_rows(named=True)}
    for unit, own in ratings.sort(*_UNIT, "coder_code").group_by(_UNIT, maintain_order=True):
        if own["rating"].n_unique() > 1:
            key = tuple(str(part) for part in unit)
            yield Disagreement(key[0], key[1], key[2], tuple(own.iter_rows(named=True)), newest.get(key))

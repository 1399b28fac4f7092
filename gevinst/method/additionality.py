"""Additionality: what the funding triggered, as those who got it say.

Belongs here: strict and broad shares of the counterfactual codes.
Does not belong here: the benefits themselves and their value in kroner.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from gevinst.contracts.vocabulary import (
    BROADLY_TRIGGERED,
    KNOWN_COUNTERFACTUALS,
    STRICTLY_TRIGGERED,
)
from gevinst.method.as_of import dated_statements, known_in_editions, seats
from gevinst.method.counting import last_of
from gevinst.method.disclosure import ORGANISATIONS
from gevinst.method.frames import Rules, Tables
from gevinst.method.shares import share_pct

MIN_BASE = 10
"""Shares of fewer than this many answers are not given; the counts are."""


def additionality(
    tables: Tables, rules: Rules, *, min_base: int = MIN_BASE, k: int = ORGANISATIONS
) -> nw.LazyFrame[Any]:
    """One row per edition year: how many answers say that the funding was triggering; contract `additionality`.

    Each project's newest answer known by then counts. Shares are per 100 projects with a known answer, unrounded,
    null below `min_base` of them. They describe the projects surveyed and carry no interval: the projects are not a
    sample. An edition without answers has counts of 0 and no shares. Counts that would reveal how fewer than `k`
    projects answered, by themselves or by subtraction, are null with their share, and `is_suppressed` says so.
    Source: the additionality scale (input, output, behavioural) of Norwegian evaluations of innovation support.
    """
    known = known_in_editions(dated_statements(tables["counterfactuals"], tables["sources"]), tables)
    answers = last_of(known, ["edition_year", "project_id"], "about_on", "assessment_round_id")
    code = nw.col("counterfactual_code")
    counted = (
        answers.with_columns(
            asked_count=nw.lit(1, nw.Int64),
            known_count=code.is_in(KNOWN_COUNTERFACTUALS).cast(nw.Int64),
            strict_count=code.is_in(STRICTLY_TRIGGERED).cast(nw.Int64),
            broad_count=code.is_in(BROADLY_TRIGGERED).cast(nw.Int64),
        )
        .group_by("edition_year")
        .agg(nw.col("asked_count", "known_count", "strict_count", "broad_count").sum().cast(nw.Int64))
    )
    projects = seats(tables).group_by("edition_year").agg(project_count=nw.len().cast(nw.Int64))
    counts = nw.col("project_count", "asked_count", "known_count", "strict_count", "broad_count")
    is_enough = nw.col("known_count") >= min_base
    counted_all = (
        tables["edition_years"]
        .select("edition_year")
        .join(projects, on="edition_year", how="left")
        .join(counted, on="edition_year", how="left")
        .with_columns(counts.fill_null(0))
    )
    return _suppressed(counted_all, k).with_columns(
        strict_pct=nw.when(is_enough).then(share_pct("strict_count", "known_count")),
        broad_pct=nw.when(is_enough).then(share_pct("broad_count", "known_count")),
        is_held_back=nw.lit(False, nw.Boolean),  # an edition decides (`disclosure_between.py`)
    )


def _suppressed(counts: nw.LazyFrame[Any], k: int) -> nw.LazyFrame[Any]:
    """`counts` without those that give away how fewer than `k` projects answered, or how all of them did.

    The broad count includes the strict one and is part of the known one, so that three groups can be worked out:
    strict, broad but not strict, and neither. Where one part of a sum is all of it, the zero beside it tells what
    every project answered, as in `gevinst.method.disclosure`; with `k` of 1 nothing is secret.
    """
    strict, broad, known = (nw.col(f"{name}_count") for name in ("strict", "broad", "known"))

    def is_small(group: nw.Expr) -> nw.Expr:
        return (group > 0) & (group < k)

    def is_alike(part: nw.Expr, whole: nw.Expr) -> nw.Expr:
        return (whole > 0) & ((part == 0) | (part == whole)) & nw.lit(k > 1)

    hides_broad = is_small(known - broad) | is_small(broad) | is_alike(broad, known)
    hides_strict = is_small(strict) | is_small(broad - strict) | is_alike(strict, broad)
    return (
        counts.with_columns(_hides_strict=hides_strict, _hides_broad=hides_broad)
        .with_columns(
            is_suppressed=nw.col("_hides_strict") | nw.col("_hides_broad"),
            strict_count=nw.when(~nw.col("_hides_strict")).then(strict),
            broad_count=nw.when(~nw.col("_hides_broad")).then(broad),
        )
        .drop("_hides_strict", "_hides_broad")
    )

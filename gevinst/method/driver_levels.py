"""Levels of the four drivers and other things known of projects, and what came of the projects at each level.

Belongs here: which values are grouped, counts of outcomes by them, and the headline numbers of drivers.
Does not belong here: the drivers themselves (`drivers.py`) and what a level is called (`gevinst.site.figures.levels`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

from gevinst.contracts.vocabulary import (
    ACTOR_COUNT,
    COMPLEXITY,
    DRIVERS,
    IMPLEMENTATION_DIFFICULTY,
    MONTHS_SINCE_START,
    OUTCOME_PARTLY,
    OWNER_ROLES,
)
from gevinst.method.as_of import known_in_editions, with_known_on
from gevinst.method.counting import counted, per_edition
from gevinst.method.frames import Rules, Tables
from gevinst.method.shares import share_pct

BANDS, LEVELS, WHOLE = "band", "level", "whole"
KNOWN, UNKNOWN, MIXED = "known", "unknown", "mixed"
OWNER_COUNT, OWNER_LEVEL, SECTOR, COHORT = "owner_count", "owner_level", "sector", "cohort"

Span = tuple[int, int | None]
"""The lowest and the highest value of a level, both included; no highest when there is no end."""

FINE: Mapping[str, tuple[Span, ...]] = {
    COMPLEXITY: ((1, 1), (2, 2), (3, 3), (4, 4), (5, 5)),
    ACTOR_COUNT: ((1, 1), (2, 2), (3, 3), (4, 4), (5, None)),
    MONTHS_SINCE_START: ((0, 1), (2, 3), (4, 5), (6, 7), (8, None)),
    IMPLEMENTATION_DIFFICULTY: ((1, 1), (2, 2), (3, 3), (4, 4), (5, 5)),
}
"""Five levels of each driver, for figures in which every project is seen."""
COARSE: Mapping[str, tuple[Span, ...]] = {
    COMPLEXITY: ((1, 2), (3, 3), (4, 5)),
    ACTOR_COUNT: ((1, 1), (2, 3), (4, None)),
    MONTHS_SINCE_START: ((0, 2), (3, 5), (6, None)),
    IMPLEMENTATION_DIFFICULTY: ((1, 2), (3, 3), (4, 5)),
}
"""Three bands of each driver, for tables of counts: with some forty projects, finer ones would be nearly empty."""
OWNERS: tuple[Span, ...] = ((1, 1), (2, None))
"""One owner or several: beyond that there are too few projects to tell levels apart."""
_SEAT = ["edition_year", "project_id"]


def level_code(span: Span) -> str:
    """What a level is called in the column `level`: ``2-3``, or ``4-`` without an end."""
    low, high = span
    return f"{low}-{'' if high is None else high}"


def driver_outcomes(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year, characteristic, grouping and level that a project has; contract `driver_outcomes`.

    The four drivers in bands, in finer levels and as known or unknown, and owners, policy area and cohort. A level
    that no project has, has no row. Owner levels are those of owners and co-owners; a project whose owners are of
    several levels is mixed. The share is of projects with a known outcome, null below `rules.min_n_for_shares` of them.
    """
    table = tables["driver_table"].with_columns(_years=(nw.col(MONTHS_SINCE_START) / 12).floor())
    values = {driver: "_years" if driver == MONTHS_SINCE_START else driver for driver in DRIVERS}
    parts = [
        _placed(table, driver, grouping, _in_spans(nw.col(values[driver]), spans[driver]))
        for grouping, spans in ((BANDS, COARSE), (LEVELS, FINE))
        for driver in DRIVERS
    ]
    parts += [
        _placed(table, driver, WHOLE, nw.when(~nw.col(driver).is_null()).then(nw.lit(KNOWN))) for driver in DRIVERS
    ]
    parts += [
        _placed(table, OWNER_COUNT, BANDS, _in_spans(nw.col("owner_count"), OWNERS)),
        _placed(table.join(_owner_levels(tables), on=_SEAT, how="left"), OWNER_LEVEL, BANDS, nw.col("_level")),
        _placed(
            table.join(tables["projects"].select("project_id", "sector_code"), on="project_id", how="left"),
            SECTOR,
            BANDS,
            nw.col("sector_code"),
        ),
        _placed(
            table.join(tables["project_status"].select(*_SEAT, "cohort_year"), on=_SEAT, how="left"),
            COHORT,
            BANDS,
            nw.col("cohort_year").cast(nw.String),
        ),
    ]
    is_known, is_partly = nw.col("is_outcome_known"), _is_partly_in_use()
    counts = counted(
        nw.concat(parts, how="vertical"),
        ("edition_year", "characteristic", "grouping", "level"),
        in_use_count=is_known & nw.col("is_in_use"),
        partly_in_use_count=is_known & is_partly,
        not_in_use_count=is_known & ~nw.col("is_in_use") & ~is_partly,
        unknown_count=~is_known,
        known_count=is_known,
        project_count=~nw.col("project_id").is_null(),
    )
    is_enough = nw.col("known_count") >= rules.min_n_for_shares
    return counts.with_columns(in_use_pct=nw.when(is_enough).then(share_pct("in_use_count", "known_count")))


def _is_partly_in_use() -> nw.Expr:
    """Partly in use is an outcome of its own: neither a use nor the lack of one."""
    return (nw.col("outcome_code") == OUTCOME_PARTLY).fill_null(False)


def _placed(table: nw.LazyFrame[Any], characteristic: str, grouping: str, level: nw.Expr) -> nw.LazyFrame[Any]:
    """Projects with the level they have of one characteristic."""
    return table.select(
        *_SEAT,
        "outcome_code",
        "is_in_use",
        "is_outcome_known",
        characteristic=nw.lit(characteristic),
        grouping=nw.lit(grouping),
        level=nw.when(level.is_null()).then(nw.lit(UNKNOWN)).otherwise(level),
    )


def _in_spans(value: nw.Expr, spans: Sequence[Span]) -> nw.Expr:
    """The code of the level that a value lies in; null when it is unknown or lies in none."""
    level: nw.Expr = nw.lit(None, nw.String)
    for low, high in spans:
        is_in = (value >= low) if high is None else (value >= low) & (value <= high)
        level = nw.when(is_in).then(nw.lit(level_code((low, high)))).otherwise(level)
    return level


def _owner_levels(tables: Tables) -> nw.LazyFrame[Any]:
    """The one level of government of a project's owners, or that they are of several."""
    owners = tables["participations"].filter(nw.col("role_code").is_in(OWNER_ROLES))
    levels = tables["organisations"].select("organisation_id", "level_code")
    known = known_in_editions(
        with_known_on(owners.select("project_id", "organisation_id", "source_id"), tables["sources"]), tables
    ).join(levels, on="organisation_id", how="inner")
    spread = known.group_by(*_SEAT).agg(_low=nw.col("level_code").min(), _high=nw.col("level_code").max())
    one = nw.when(nw.col("_low") == nw.col("_high")).then(nw.col("_low")).otherwise(nw.lit(MIXED))
    return spread.filter(~nw.col("_low").is_null()).select(*_SEAT, _level=one)


def driver_headlines(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year: what the page of drivers says in its headings; contract `driver_headlines`.

    Of each curve of time to use the newest whole year at which at least `rules.min_n_for_shares` projects are followed
    is given here; null when there is none or nothing has come into use.
    """
    curve = tables["time_to_use"]
    ended = curve.group_by("edition_year").agg(nw.col("event_count", "left_count").sum())
    followed = curve.filter(nw.col("month") == 0).select("edition_year", followed_count="at_risk_count")
    used = curve.join(ended.filter(nw.col("event_count") > 0).select("edition_year"), on="edition_year", how="inner")
    point = _newest_year(used, "at_risk_count", rules.min_n_for_shares).select(
        "edition_year",
        curve_years="_year",
        curve_not_in_use_pct="not_in_use_pct",
        curve_at_risk_count="at_risk_count",
        curve_unheard_count="unheard_count",
    )
    heard = _newest_year(used, "heard_count", rules.min_n_for_shares).select(
        "edition_year",
        heard_curve_years="_year",
        heard_curve_not_in_use_pct="heard_not_in_use_pct",
        heard_curve_count="heard_count",
    )
    return per_edition(
        tables["edition_years"],
        _counts(tables["driver_table"]),
        followed,
        ended,
        point,
        heard,
        unknown=[name for frame in (point, heard) for name in frame.collect_schema().names()],
    ).with_columns(driver_count=nw.lit(len(DRIVERS)))


def _counts(table: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Projects by outcome, and drivers that are known of them all, per edition year."""
    is_known = nw.col("is_outcome_known")
    counts = counted(
        table,
        ("edition_year",),
        project_count=~nw.col("project_id").is_null(),
        known_outcome_count=is_known,
        unknown_outcome_count=~is_known,
        in_use_count=is_known & nw.col("is_in_use"),
        partly_in_use_count=is_known & _is_partly_in_use(),
        **{f"_without_{driver}": nw.col(driver).is_null() for driver in DRIVERS},
    )
    fully = [(nw.col(f"_without_{driver}") == 0).cast(nw.Int64) for driver in DRIVERS]
    return counts.with_columns(fully_known_driver_count=nw.sum_horizontal(*fully)).drop(
        *[f"_without_{driver}" for driver in DRIVERS]
    )


def _newest_year(curve: nw.LazyFrame[Any], n: str, min_n: int) -> nw.LazyFrame[Any]:
    """Of each edition the month of the last whole year after the award with at least `min_n` in column `n`."""
    month = nw.col("month")
    years = curve.filter((month % 12 == 0) & (month > 0) & (nw.col(n) >= min_n))
    newest = years.with_columns(_newest=month.max().over("edition_year")).filter(month == nw.col("_newest"))
    return newest.with_columns(_year=month // 12)

"""Levels of the four drivers and other things known of projects, and what came of the projects at each level.

Belongs here: which values are grouped, counts of outcomes by them, and the headline numbers of drivers.
Does not belong here: the drivers themselves (`drivers.py`) and what a level is called (`gevinst.site.figures.levels`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw
import polars as pl

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
from gevinst.method.counting import counted
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


def driver_headlines(tables: Mapping[str, pl.DataFrame], rules: Rules) -> pl.DataFrame:
    """One row per edition year: what the page of drivers says in its headings; contract `driver_headlines`.

    Of each curve of time to use the newest whole year at which at least `rules.min_n_for_shares` projects are followed
    is given here; null when there is none or nothing has come into use.
    """
    rows = [
        _edition(
            year,
            tables["driver_table"].filter(pl.col("edition_year") == year),
            tables["time_to_use"].filter(pl.col("edition_year") == year).sort("month"),
            rules.min_n_for_shares,
        )
        for year in tables["edition_years"]["edition_year"].sort()
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def _edition(year: int, table: pl.DataFrame, curve: pl.DataFrame, min_n: int) -> dict[str, Any]:
    known = table.filter("is_outcome_known")
    events = int(curve["event_count"].sum())
    point, heard = (_newest_year(curve, n, min_n) if events else {} for n in ("at_risk_count", "heard_count"))
    return {
        "edition_year": year,
        "project_count": table.height,
        "known_outcome_count": known.height,
        "unknown_outcome_count": table.height - known.height,
        "in_use_count": int(known["is_in_use"].sum()),
        "partly_in_use_count": known.filter(pl.col("outcome_code") == OUTCOME_PARTLY).height,
        "driver_count": len(DRIVERS),
        "fully_known_driver_count": sum(table[driver].null_count() == 0 for driver in DRIVERS) if table.height else 0,
        "followed_count": int(curve["at_risk_count"][0]) if curve.height else 0,
        "event_count": events,
        "left_count": int(curve["left_count"].sum()),
        "curve_years": point["month"] // 12 if point else None,
        "curve_not_in_use_pct": point.get("not_in_use_pct"),
        "curve_at_risk_count": point.get("at_risk_count"),
        "curve_unheard_count": point.get("unheard_count"),
        "heard_curve_years": heard["month"] // 12 if heard else None,
        "heard_curve_not_in_use_pct": heard.get("heard_not_in_use_pct"),
        "heard_curve_count": heard.get("heard_count"),
    }


def _newest_year(curve: pl.DataFrame, n: str, min_n: int) -> dict[str, Any]:
    """The month of the last whole year after the award with at least `min_n` in column `n`; empty without one."""
    years = curve.filter((pl.col("month") % 12 == 0) & (pl.col("month") > 0) & (pl.col(n) >= min_n))
    return years.row(-1, named=True) if years.height else {}

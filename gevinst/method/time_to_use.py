"""Time from award to use: how long projects are followed, and how many are known to be in use by then.

Belongs here: the Kaplan-Meier estimate with its interval and the spells it rests on, as known at each edition.
Does not belong here: what status a project has (`status.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw
import polars as pl

from gevinst.contracts.vocabulary import ENDED, IN_USE, ROUGH_DATES
from gevinst.method.as_of import dated_statements, known_in_editions, last_possible_day, seats
from gevinst.method.frames import Rules, Tables, lazy
from gevinst.method.scipy_stats import normal_quantile
from gevinst.method.status import months_between

_SEAT = ["edition_year", "project_id"]


def time_to_use(tables: Mapping[str, pl.DataFrame], rules: Rules) -> pl.DataFrame:
    """One row per edition year and month after the award; contract `time_to_use`.

    Shares are of projects not *known* to be in use: an event is the first date that a source known by then says a
    project is in use or spread, and the share falls no faster than news of use comes. `unheard_count` shows how many
    of those at risk no source has reported on since. Editions in which no project has a usable time have no rows.
    """
    names = ("projects", "rounds", "sources", "status_assessments", "edition_years", "project_status")
    spells: pl.DataFrame = use_spells({name: lazy(tables[name]) for name in names}).collect("polars").to_native()
    usable = spells.filter(pl.col("months").is_not_null())
    curves = [
        kaplan_meier(spell).with_columns(pl.lit(year, pl.Int64).alias("edition_year"))
        for (year,), spell in usable.group_by("edition_year", maintain_order=True)
    ]
    left_out = spells.group_by("edition_year").agg(left_out_count=pl.col("months").is_null().sum().cast(pl.Int64))
    empty = kaplan_meier(usable.clear()).with_columns(pl.lit(None, pl.Int64).alias("edition_year"))
    return pl.concat([empty, *curves]).join(left_out, on="edition_year", how="left")


def use_spells(tables: Tables) -> nw.LazyFrame[Any]:
    """One row per project and edition: whole months followed since the award, and whether use ended the spell.

    Ends at the first known use; else where the project was stopped or continued in another form; else at the
    edition's as-of date (right censoring). A use dated after a stop is not counted. Dates are taken at the last day
    they can mean; `months` is 0 where that puts the end before the award though both may fall on one day, and null
    where the award is unknown or the end certainly lies before it. `heard_months` is when the newest statement was
    about, at most `months`. `is_rough` marks spells whose award or use is dated by year or by a lower bound.
    """
    ended = seats(tables).join(_awards(tables), on="project_id", how="left").join(_news(tables), on=_SEAT, how="left")
    is_event = ~nw.col("use_on").is_null() & (nw.col("left_on").is_null() | (nw.col("use_on") <= nw.col("left_on")))
    censored_on = nw.when(nw.col("left_on").is_null()).then(nw.col("as_of_on")).otherwise(nw.col("left_on"))
    timed = (
        ended.with_columns(is_event=is_event.fill_null(False))
        .with_columns(end_on=nw.when(nw.col("is_event")).then(nw.col("use_on")).otherwise(censored_on))
        .with_columns(_months=months_between("award_on", "end_on"), _heard=months_between("award_on", "heard_on"))
        .with_columns(_months=nw.when(nw.col("_months") > 0).then(nw.col("_months")).otherwise(nw.lit(0)))
    )
    is_usable = (nw.col("award_from") <= nw.col("end_on")).fill_null(False)
    heard = nw.when(nw.col("_heard") > 0).then(nw.col("_heard")).otherwise(nw.lit(0))
    is_rough = nw.col("award_is_rough") | (nw.col("is_event") & (nw.col("use_is_rough") > 0).fill_null(False))
    return timed.with_columns(_heard=nw.min_horizontal(heard, nw.col("_months"))).select(
        *_SEAT,
        "is_event",
        "end_on",
        months=nw.when(is_usable).then(nw.col("_months")),
        heard_months=nw.when(is_usable).then(nw.col("_heard")),
        is_rough=is_rough.fill_null(False),
    )


def kaplan_meier(spells: pl.DataFrame) -> pl.DataFrame:
    """The product-limit estimate of spells with `months`, `is_event`, `heard_months` and `is_rough`, month by month.

    Every month from 0 to the longest spell: `at_risk_count` at its start, `event_count` and `censored_count` in it
    (an event goes before a censoring in the same month), and `not_in_use_pct` = 100 times the product of
    (1 - events / at risk) so far, with its 95 % interval: Greenwood's variance on the log-log scale, which keeps the
    bounds within 0 and 100. The bounds are null while the share is 100 and when it is 0. No spells give no rows.
    Source: Kaplan and Meier (1958); Kalbfleisch and Prentice (1980) for the interval.
    """
    longest = spells.select(pl.col("months").max()).item()
    months = pl.DataFrame({"month": range(0 if longest is None else longest + 1)}, schema={"month": pl.Int64})
    per_month = spells.group_by(month=pl.col("months").cast(pl.Int64)).agg(
        event_count=pl.col("is_event").sum().cast(pl.Int64),
        censored_count=(~pl.col("is_event")).sum().cast(pl.Int64),
        rough_count=(pl.col("is_event") & pl.col("is_rough")).sum().cast(pl.Int64),
    )
    heard = spells.group_by(month=pl.col("heard_months").cast(pl.Int64)).agg(_heard=pl.len().cast(pl.Int64))
    counted = (
        months.join(per_month, on="month", how="left", maintain_order="left")
        .join(heard, on="month", how="left", maintain_order="left")
        .with_columns(pl.exclude("month").fill_null(0))
    )
    ended = pl.col("event_count") + pl.col("censored_count")
    # Those who end in a month are at risk at its start, so that the month's own endings are added back.
    at_risk = spells.height - ended.cum_sum() + ended
    heard_of = spells.height - pl.col("_heard").cum_sum() + pl.col("_heard")
    curve = counted.with_columns(at_risk_count=at_risk, unheard_count=at_risk - heard_of)
    share = (1 - pl.col("event_count") / pl.col("at_risk_count")).cum_prod()
    low, high = _interval(share)
    return curve.select(
        "month",
        "at_risk_count",
        "event_count",
        "censored_count",
        "unheard_count",
        "rough_count",
        not_in_use_pct=100.0 * share,
        not_in_use_low_pct=low,
        not_in_use_high_pct=high,
    )


def _interval(share: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Bounds in per cent of the share so far: share to the power of exp(+-z * se of log(-log(share)))."""
    events, at_risk = pl.col("event_count"), pl.col("at_risk_count")
    greenwood = (events / (at_risk * (at_risk - events))).cum_sum()
    # 0.975: 2.5 % in each tail. At shares of 0 and 1 the logarithms have no value, hence `is_defined`.
    half = normal_quantile(0.975) * greenwood.sqrt() / share.log().abs()
    is_defined = (share > 0) & (share < 1)
    low, high = (pl.when(is_defined).then(100.0 * share ** (sign * half).exp()) for sign in (1, -1))
    return low, high


def _awards(tables: Tables) -> nw.LazyFrame[Any]:
    rounds = tables["rounds"].select(
        "round_id",
        award_on=last_possible_day("awarded"),
        award_from="awarded_on",
        award_is_rough=nw.col("awarded_precision").is_in(ROUGH_DATES),
    )
    return tables["projects"].select("project_id", "round_id").join(rounds, on="round_id", how="left")


def _news(tables: Tables) -> nw.LazyFrame[Any]:
    """First use, first leaving and newest word of each project, by what each edition knows."""
    known = known_in_editions(dated_statements(tables["status_assessments"], tables["sources"]), tables)
    about, code = nw.col("about_on"), nw.col("status_code")
    marked = known.with_columns(
        _use=nw.when(code.is_in(IN_USE)).then(about), _left=nw.when(code.is_in(ENDED)).then(about)
    )
    is_rough = nw.col("assessed_precision").is_in(ROUGH_DATES).cast(nw.Int64)
    firsts = marked.with_columns(_first_use=nw.col("_use").min().over(*_SEAT)).with_columns(
        _rough=nw.when(nw.col("_use") == nw.col("_first_use")).then(is_rough)
    )
    return firsts.group_by(*_SEAT).agg(
        use_on=nw.col("_use").min(),
        left_on=nw.col("_left").min(),
        heard_on=about.max(),
        use_is_rough=nw.col("_rough").max(),
    )

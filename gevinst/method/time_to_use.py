"""Time from award to use: how long projects are followed, and what share is estimated to be in use by then.

Belongs here: the Aalen-Johansen estimate with its interval and the spells it rests on, as known at each edition.
Does not belong here: what status a project has (`status.py`).
"""

from __future__ import annotations

from statistics import NormalDist
from typing import Any

import narwhals as nw
import polars as pl

from gevinst.contracts.vocabulary import ENDED, IN_USE, ROUGH_DATES, STEPS
from gevinst.method.as_of import dated_statements, known_in_editions, last_possible_day, seats
from gevinst.method.frames import Rules, Tables, lazy, reduced
from gevinst.method.status import months_between

_SEAT = ["edition_year", "project_id"]


def time_to_use(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year and month after the award; contract `time_to_use`.

    Shares are estimates, of projects not *known* to be in use: an event is the first date that a source known by then
    says a project is in use or spread. Silence can be read in two ways, and the truth most likely lies between the
    two curves. In `not_in_use_pct` projects are followed to the edition's date, as if those nobody reports on were
    not in use: the share falls no faster than news of use comes, and `unheard_count` shows how many of those at risk
    no source has reported on since. In `heard_not_in_use_pct` each is followed only until the newest news of it, as
    if the silent fared like those that are heard of: use is news more often than its absence, so that this share
    falls too fast. Editions in which no project has a usable time have no rows.
    """
    alike = ("edition_year", "months", "heard_months", "is_event", "is_left", "is_rough")
    spells = reduced(use_spells(tables).group_by(*alike).agg(spell_count=nw.len().cast(nw.Int64)), *alike)
    usable = spells.filter(pl.col("months").is_not_null())
    curves = [
        both_curves(spell).with_columns(pl.lit(year, pl.Int64).alias("edition_year"))
        for (year,), spell in usable.group_by("edition_year", maintain_order=True)
    ]
    unusable = pl.col("spell_count").filter(pl.col("months").is_null())
    left_out = spells.group_by("edition_year").agg(left_out_count=unusable.sum())
    empty = both_curves(usable.clear()).with_columns(pl.lit(None, pl.Int64).alias("edition_year"))
    return lazy(pl.concat([empty, *curves]).join(left_out, on="edition_year", how="left"))


def use_spells(tables: Tables) -> nw.LazyFrame[Any]:
    """One row per project and edition: whole months followed since the award, and whether and how the spell ended.

    Ends at the first known use (`is_event`); else where the project was stopped or continued in another form
    (`is_left`); else at the edition's as-of date (right censoring). A use dated after a stop is not counted. Dates are
    taken at the last day they can mean; `months` is 0 where that puts the end before the award though both may fall on
    one day, and null where the award is unknown or the end certainly lies before it. `heard_months` is when the newest
    news was about, at most `months`; that a project is not assessed is no news of it. `is_rough` marks spells whose
    award or use is dated by year or by a lower bound.
    """
    ended = seats(tables).join(_awards(tables), on="project_id", how="left").join(_news(tables), on=_SEAT, how="left")
    is_event = ~nw.col("use_on").is_null() & (nw.col("left_on").is_null() | (nw.col("use_on") <= nw.col("left_on")))
    otherwise_on = nw.when(nw.col("left_on").is_null()).then(nw.col("as_of_on")).otherwise(nw.col("left_on"))
    timed = (
        ended.with_columns(is_event=is_event.fill_null(False))
        .with_columns(
            is_left=~nw.col("is_event") & ~nw.col("left_on").is_null(),
            end_on=nw.when(nw.col("is_event")).then(nw.col("use_on")).otherwise(otherwise_on),
        )
        .with_columns(_months=months_between("award_on", "end_on"), _heard=months_between("award_on", "heard_on"))
        .with_columns(_months=nw.when(nw.col("_months") > 0).then(nw.col("_months")).otherwise(nw.lit(0)))
    )
    is_usable = (nw.col("award_from") <= nw.col("end_on")).fill_null(False)
    heard = nw.when(nw.col("_heard") > 0).then(nw.col("_heard")).otherwise(nw.lit(0))
    is_rough = nw.col("award_is_rough") | (nw.col("is_event") & (nw.col("use_is_rough") > 0).fill_null(False))
    return timed.with_columns(_heard=nw.min_horizontal(heard, nw.col("_months"))).select(
        *_SEAT,
        "is_event",
        "is_left",
        "end_on",
        months=nw.when(is_usable).then(nw.col("_months")),
        heard_months=nw.when(is_usable).then(nw.col("_heard")),
        is_rough=is_rough.fill_null(False),
    )


def both_curves(spells: pl.DataFrame) -> pl.DataFrame:
    """`aalen_johansen` of `spells` (with `heard_months`), and beside it that of the spells as far as they are heard of.

    Adds `unheard_count`, those at risk that nothing is heard of in this month or later, `heard_count`, the others, who
    are at risk in the second curve, and its `heard_not_in_use_pct` with interval: null once nobody is heard of.
    """
    second = ("not_in_use_pct", "not_in_use_low_pct", "not_in_use_high_pct")
    # Use, a stop and a continuation are news themselves, so that only censored spells become shorter.
    heard = aalen_johansen(spells.with_columns(months="heard_months")).select(
        "month", pl.col("at_risk_count").alias("heard_count"), *(pl.col(name).alias(f"heard_{name}") for name in second)
    )
    joined = aalen_johansen(spells).join(heard, on="month", how="left", maintain_order="left")
    return joined.with_columns(pl.col("heard_count").fill_null(0)).with_columns(
        unheard_count=pl.col("at_risk_count") - pl.col("heard_count")
    )


def aalen_johansen(spells: pl.DataFrame) -> pl.DataFrame:
    """The cumulative incidence of use, told as its complement, from `months`, `is_event`, `is_left` and `is_rough`
    of spells, and how many are alike (`spell_count`).

    Every month from 0 to the longest spell: `at_risk_count` at its start, and `event_count`, `left_count` and
    `censored_count` in it; events and leavings go before a censoring in the same month. `not_in_use_pct` is 100 times
    1 - F, where F adds up S (events / at risk) and S is the share with neither event nor leaving before the month.
    A project that was stopped can no longer come into use; censoring it, as Kaplan and Meier's estimate would, says
    that it fares like those still under way, and the share in use comes out too high. Without leavings the two are
    equal. Stopped and continued in another form are one competing event: the estimate of use is the same for any
    division of them, and either alone is of so few projects that its curve would be about single ones.

    The 95 % interval is from the variance of F (which is Greenwood's without leavings) on the log-log scale of 1 - F,
    which keeps the bounds within 0 and 100. They are null before the first event and when the share is 0. No spells
    give no rows.
    Source: Aalen and Johansen (1978); Marubini and Valsecchi (1995), chapter 10, for the variance, as in SAS's PROC
    LIFETEST (error=delta); Kalbfleisch and Prentice (1980) for the scale.
    """
    longest = spells.select(pl.col("months").max()).item()
    months = pl.DataFrame({"month": range(0 if longest is None else longest + 1)}, schema={"month": pl.Int64})
    is_event, is_left, alike = pl.col("is_event"), pl.col("is_left"), pl.col("spell_count")
    per_month = spells.group_by(month=pl.col("months").cast(pl.Int64)).agg(
        event_count=alike.filter(is_event).sum(),
        left_count=alike.filter(is_left).sum(),
        censored_count=alike.filter(~is_event & ~is_left).sum(),
        rough_count=alike.filter(is_event & pl.col("is_rough")).sum(),
    )
    counted = months.join(per_month, on="month", how="left", maintain_order="left").with_columns(
        pl.exclude("month").fill_null(0)
    )
    ended = pl.sum_horizontal("event_count", "left_count", "censored_count")
    # Those who end in a month are at risk at its start, so that the month's own endings are added back.
    with_risk = counted.with_columns(at_risk_count=spells["spell_count"].sum() - ended.cum_sum() + ended)
    events, at_risk = pl.col("event_count"), pl.col("at_risk_count")
    out = events + pl.col("left_count")
    free = (1 - out / at_risk).cum_prod()
    before = free.shift(1, fill_value=1.0)
    # Still free or already out in another way: 1 - F, but exact where all or none have come into use.
    not_in_use = pl.when(events.cum_sum() > 0).then(free + (before * pl.col("left_count") / at_risk).cum_sum())
    share = not_in_use.otherwise(1.0)
    low, high = _interval(with_risk.select(share=share, events=events, out=out, at_risk=at_risk, before=before))
    return with_risk.select(
        "month",
        "at_risk_count",
        "event_count",
        "left_count",
        "censored_count",
        "rough_count",
        not_in_use_pct=100.0 * share,
        not_in_use_low_pct=low,
        not_in_use_high_pct=high,
    )


def _interval(steps: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """Bounds in per cent of the `share` not in use: share to the power of exp(+-z * se of log(-log(share))).

    The variance of F = 1 - share adds up over the months so far, with d events and D endings of n at risk:
    (F - F_i)^2 D / (n (n - D)) + S^2 d (n - d) / n^3 - 2 (F - F_i) S d / n^2.
    """
    share, events, out, at_risk = (pl.col(name) for name in ("share", "events", "out", "at_risk"))
    used, before = 1 - share, pl.col("before")
    # Where all that were left ended, F does not change any more, and the first term is 0 from there on.
    hazard = pl.when(out < at_risk).then(out / (at_risk * (at_risk - out))).otherwise(0.0)
    slope = before * events / at_risk**2
    variance = (
        used**2 * hazard.cum_sum()
        - 2 * used * (hazard * used).cum_sum()
        + (hazard * used**2).cum_sum()
        + (before**2 * events * (at_risk - events) / at_risk**3).cum_sum()
        - 2 * (used * slope.cum_sum() - (slope * used).cum_sum())
    )
    # 0.975: 2.5 % in each tail. At shares of 0 and 1 the logarithms have no value, hence `is_defined`.
    half = NormalDist().inv_cdf(0.975) * variance.clip(lower_bound=0).sqrt() / (share * share.log()).abs()
    is_defined = (events.cum_sum() > 0) & (share > 0)
    found = steps.select(
        **{
            name: pl.when(is_defined).then(100.0 * share ** (sign * half).exp())
            for name, sign in (("low", 1), ("high", -1))
        }
    )
    return found["low"], found["high"]


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
    # A status outside the ladder that is no ending says only that nobody has looked, or that nothing was found.
    marked = known.with_columns(
        _use=nw.when(code.is_in(IN_USE)).then(about),
        _left=nw.when(code.is_in(ENDED)).then(about),
        _heard=nw.when(code.is_in((*STEPS, *ENDED))).then(about),
    )
    is_rough = nw.col("assessed_precision").is_in(ROUGH_DATES).cast(nw.Int64)
    firsts = marked.with_columns(_first_use=nw.col("_use").min().over(*_SEAT)).with_columns(
        _rough=nw.when(nw.col("_use") == nw.col("_first_use")).then(is_rough)
    )
    return firsts.group_by(*_SEAT).agg(
        use_on=nw.col("_use").min(),
        left_on=nw.col("_left").min(),
        heard_on=nw.col("_heard").max(),
        use_is_rough=nw.col("_rough").max(),
    )

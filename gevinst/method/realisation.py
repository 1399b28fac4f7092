"""Realisation: what was planned and what was measured, benefits and disbenefits alike.

Belongs here: the plan in force of each indicator, changes and rates computed from measurements, per unit.
Does not belong here: benefits one by one (`benefits.py`), claims (`gains.py`) and values in kroner (`npv.py`).
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from gevinst.contracts.vocabulary import MONEY, SHARE
from gevinst.method.as_of import as_seen_by_last_edition, last_possible_day, with_known_on
from gevinst.method.benefits import indicators, known_benefits
from gevinst.method.frames import Rules, Tables
from gevinst.method.stretches import known_at_moments, moments, stretches_per_edition

_INDICATOR = "_first_plan"
"""An indicator is known by the first of its plans."""
_MOMENT: tuple[str, ...] = (_INDICATOR, "valid_from")
_ORDER = ("known_on", "_is_revision", "_stated_on", "benefit_plan_id")
"""Plans of one indicator as they became known: the first before those that change it, then by their own dates."""
_REVISED = ("baseline_value", "target_value")
"""What a plan may change of an indicator, and its first value is shown beside."""


def plan_validity(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per indicator, measurement and stretch in which nothing new became known of it; contract `plan_validity`.

    Baseline, target and status are those of the plan in force, and an indicator that is not measured has one row
    without a measurement. A measurement is known from the later of the day it was made and the day its source became
    known. Changes are in the plan's own unit; of shares in percentage points, and then never in per cent. The rate of
    realisation is the change measured over the change planned, which is the same whichever way is better; it may
    exceed 1 or be negative, and is null when the target is missing or equals the baseline. The desired direction is
    the stated one, else that of the target; the outcome is null when neither is known. A change for the worse is a
    disbenefit. Of several measurements of one indicator all are rows of each stretch, and the newest is marked. No two
    stretches say the same: a plan adds to the count of changes, and a measurement is a row.
    Source: baseline, target and follow-up as in Norwegian benefits realisation plans.
    """
    known = _plans_with_measurements(tables)
    changes = known.with_columns(
        change_value=nw.col("measured_value") - nw.col("baseline_value"),
        planned_change_value=nw.col("target_value") - nw.col("baseline_value"),
        is_percentage_points=(nw.col("unit_kind_code") == SHARE).fill_null(False),
    )
    change, planned, baseline = nw.col("change_value"), nw.col("planned_change_value"), nw.col("baseline_value")
    rated = changes.with_columns(
        change_pct=nw.when(~nw.col("is_percentage_points") & (baseline != 0)).then(100.0 * change / baseline.abs()),
        # No change is 0, also where the plan was a decrease: dividing would give minus zero.
        realisation_rate=nw.when(planned != 0).then(nw.when(change == 0).then(nw.lit(0.0)).otherwise(change / planned)),
        desired_direction_code=nw.coalesce("desired_direction_code", _direction_of_target()),
    ).with_columns(_gain=change * _sign_of_direction(), _beyond=_beyond_target())
    decided = rated.with_columns(measurement_outcome_code=_outcome()).with_columns(
        is_disbenefit=(nw.col("measurement_outcome_code") == "worse").fill_null(False)
    )
    return as_seen_by_last_edition(decided, tables["edition_years"])


def planned_realised(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per indicator, measurement and edition year; contract `planned_realised`.

    What an edition says of an indicator are the rows of `plan_validity` whose stretch holds the edition's `as_of_on`.
    Source: baseline, target and follow-up as in Norwegian benefits realisation plans.
    """
    return stretches_per_edition(tables["plan_validity"], tables["edition_years"])


def _plans_with_measurements(tables: Tables) -> nw.LazyFrame[Any]:
    """The plan in force of every indicator in every stretch, with each measurement known by then, or none."""
    units = tables["measurement_units"].select("unit_code", "unit_kind_code")
    plans = _dated_plans(tables)
    measured = _dated_measurements(tables, plans)
    begun = moments(_INDICATOR, plans, measured)
    # Put in order by what decides it alone, and joined with the rest of what they say afterwards: an order moves rows.
    ordered = plans.select(_INDICATOR, *_ORDER, *_REVISED)
    in_force = _plans_in_force(known_at_moments(ordered, begun, _INDICATOR))
    joined = (
        begun.join(in_force, on=list(_MOMENT), how="inner")
        .join(plans.drop(_INDICATOR, *_ORDER[:-1], *_REVISED), on="benefit_plan_id", how="inner")
        .join(_known_measurements(known_at_moments(measured, begun, _INDICATOR)), on=list(_MOMENT), how="left")
        .join(units, on="unit_code", how="left")
    )
    # The id decides between measurements of one day.
    place = (
        nw.col("_measurement")
        .cum_count(reverse=True)
        .over(*_MOMENT, order_by=["_made_on", "_measured_known_on", "_measurement"])
    )
    return joined.with_columns(
        is_measured=~nw.col("benefit_measurement_id").is_null(),
        _measurement=nw.col("benefit_measurement_id").fill_null(""),
    ).with_columns(
        is_newest=nw.col("is_measured") & (place == 1),
        plan_in_force_id=nw.col("benefit_plan_id"),
        benefit_plan_id=nw.col(_INDICATOR),
        source_id=nw.when(nw.col("is_measured")).then(nw.col("_measured_source_id")).otherwise(nw.col("source_id")),
        source_locator=nw.when(nw.col("is_measured"))
        .then(nw.col("_measured_locator"))
        .otherwise(nw.col("source_locator")),
    )


def _dated_plans(tables: Tables) -> nw.LazyFrame[Any]:
    """Plans with their benefit and the first plan of their indicator, known no earlier than any of these."""
    benefits = known_benefits(tables).select(
        "benefit_id",
        "project_id",
        "benefit_code",
        "benefit_category_code",
        "gain_nature_code",
        "benefit_sign_code",
        _benefit_known_on="known_on",
    )
    dated = (
        with_known_on(tables["benefit_plans"].drop("is_illustrative"), tables["sources"])
        .join(benefits, on="benefit_id", how="inner")
        .with_columns(
            known_on=nw.max_horizontal("known_on", "_benefit_known_on"),
            _first_plan=nw.coalesce("revises_plan_id", "benefit_plan_id"),
            _is_revision=(~nw.col("revises_plan_id").is_null()).cast(nw.Int64),
        )
    )
    first = dated.filter(nw.col("_is_revision") == 0).select("_first_plan", _first_on="known_on")
    return (
        dated.join(first, on="_first_plan", how="inner")
        .with_columns(known_on=nw.max_horizontal("known_on", "_first_on"))
        .with_columns(_stated_on=nw.coalesce(last_possible_day("status"), nw.col("known_on")))
        .drop("_first_on", "_benefit_known_on")
    )


def _plans_in_force(known: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """The newest plan of each indicator at each moment, with the first baseline and target ever stated by then."""
    placed = known.with_columns(
        _one=nw.lit(1, nw.Int64),
        _place=nw.col("benefit_plan_id").cum_count(reverse=True).over(*_MOMENT, order_by=list(_ORDER)),
        _baselines=nw.col("baseline_value").cum_count().over(*_MOMENT, order_by=list(_ORDER)),
        _targets=nw.col("target_value").cum_count().over(*_MOMENT, order_by=list(_ORDER)),
    ).with_columns(
        plan_change_count=nw.col("_one").sum().over(*_MOMENT) - 1,
        # Only the first value has a count of 1; later rows without one keep it, and have none of their own.
        _first_baseline=nw.when(nw.col("_baselines") == 1).then(nw.col("baseline_value")),
        _first_target=nw.when(nw.col("_targets") == 1).then(nw.col("target_value")),
    )
    firsts = placed.with_columns(
        first_baseline_value=nw.col("_first_baseline").max().over(*_MOMENT),
        first_target_value=nw.col("_first_target").max().over(*_MOMENT),
    )
    in_force = firsts.filter(nw.col("_place") == 1).drop("_place", "_baselines", "_targets", "_one")
    return in_force.with_columns(
        is_baseline_changed=_differs("baseline_value", "first_baseline_value"),
        is_target_changed=_differs("target_value", "first_target_value"),
    )


def _differs(now: str, first: str) -> nw.Expr:
    """Whether a value is another than the first, or no longer there; null before and after is no change."""
    return ~nw.col(first).is_null() & (nw.col(now).is_null() | (nw.col(now) != nw.col(first)).fill_null(False))


def _dated_measurements(tables: Tables, plans: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Measurements with their indicator, known no earlier than they were made and than the plan they refer to."""
    measured = with_known_on(tables["benefit_measurements"].drop("is_illustrative"), tables["sources"]).with_columns(
        _about_on=last_possible_day("measured")
    )
    of_plans = plans.select("benefit_plan_id", _INDICATOR, _plan_on="known_on")
    return measured.join(of_plans, on="benefit_plan_id", how="inner").with_columns(
        known_on=nw.max_horizontal("known_on", "_about_on", "_plan_on")
    )


def _known_measurements(known: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Measurements at each moment at which they are known, under names that no plan has."""
    return known.select(
        *_MOMENT,
        "benefit_measurement_id",
        "measured_value",
        "measured_on",
        "measured_precision",
        "respondent_count",
        "stated_by_code",
        # A measurement without a date counts as made when it became known.
        _made_on=nw.coalesce("_about_on", "known_on"),
        _measured_known_on="known_on",
        _measured_source_id="source_id",
        _measured_locator="source_locator",
    )


def _direction_of_target() -> nw.Expr:
    planned = nw.col("planned_change_value")
    return nw.when(planned > 0).then(nw.lit("higher")).otherwise(nw.when(planned < 0).then(nw.lit("lower")))


def _sign_of_direction() -> nw.Expr:
    """1 where higher is better, -1 where lower is, null where it is not known."""
    direction = nw.col("desired_direction_code")
    return nw.when(direction == "higher").then(nw.lit(1)).otherwise(nw.when(direction == "lower").then(nw.lit(-1)))


def _beyond_target() -> nw.Expr:
    """How far the value measured is beyond the target, in the desired direction; null without either."""
    return (nw.col("measured_value") - nw.col("target_value")) * _sign_of_direction()


def _outcome() -> nw.Expr:
    """Reached is tested first: a value on target is that even where the target is to keep what there was."""
    gain = nw.col("_gain")
    by_change = (
        nw.when(gain > 0)
        .then(nw.lit("better"))
        .otherwise(nw.when(gain < 0).then(nw.lit("worse")).otherwise(nw.when(gain == 0).then(nw.lit("unchanged"))))
    )
    return nw.when((nw.col("_beyond") >= 0).fill_null(False)).then(nw.lit("reached")).otherwise(by_change)


def realisation_by_unit(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year, unit and link in the chain of results; contract `realisation_by_unit`.

    Counts of indicators, and of the newest measurements by outcome. The rate of the portfolio is the sum of changes
    over the sum of changes planned, each in its desired direction: the mean of rates weighted by how much was planned.
    It is null where nothing has a target, for units that cannot be summed (shares, scores and means), and for money of
    more than one currency or price year; different units never meet. Source: the portfolio rate of benefits
    realisation practice, over benefits of one unit.
    """
    rows = indicators(tables["planned_realised"]).filter(~nw.col("gain_nature_code").is_null())
    # Only measurements with a rate weigh: a change planned without a result would pull the rate towards 0.
    weight = nw.when(~nw.col("realisation_rate").is_null()).then(nw.col("planned_change_value").abs())
    outcome, is_measured = nw.col("measurement_outcome_code"), nw.col("is_measured")
    marked = rows.with_columns(
        _weight=weight,
        _realised=nw.col("realisation_rate") * weight,
        _money=nw.when(~weight.is_null()).then(_money()),
        plan_count=nw.lit(1, nw.Int64),
        measurement_count=is_measured.cast(nw.Int64),
        target_count=(is_measured & ~nw.col("target_value").is_null()).cast(nw.Int64),
        reached_count=(outcome == "reached").fill_null(False).cast(nw.Int64),
        disbenefit_count=nw.col("is_disbenefit").cast(nw.Int64),
        unknown_count=(is_measured & outcome.is_null()).cast(nw.Int64),
    )
    counts = (
        "plan_count",
        "measurement_count",
        "target_count",
        "reached_count",
        "disbenefit_count",
        "unknown_count",
    )
    summed = marked.group_by("edition_year", "unit_code", "unit_kind_code", "gain_nature_code").agg(
        *(nw.col(name).sum().cast(nw.Int64) for name in counts),
        nw.col("_weight").sum(),
        nw.col("_realised").sum(),
        _least=nw.col("_money").min(),
        _most=nw.col("_money").max(),
    )
    summable = tables["measurement_units"].select("unit_code", "is_summable")
    joined = summed.join(summable, on="unit_code", how="left")
    is_one_money = (nw.col("unit_kind_code") != MONEY) | (nw.col("_least") == nw.col("_most"))
    can_be_summed = (nw.col("is_summable") & (nw.col("_weight") > 0) & is_one_money).fill_null(False)
    return joined.with_columns(realisation_rate=nw.when(can_be_summed).then(nw.col("_realised") / nw.col("_weight")))


def _money() -> nw.Expr:
    """Currency and price year as one text: amounts have a sum only where it is the same."""
    return nw.concat_str(
        nw.col("currency_code").fill_null(""), nw.col("price_year").cast(nw.String).fill_null(""), separator=" "
    )

"""Realisation: what was planned and what was measured, benefits and disbenefits alike.

Belongs here: changes and rates computed from measurements, per measurement and per unit.
Does not belong here: claims without a measurement (`gains.py`) and values in kroner (`npv.py`).
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from gevinst.contracts.vocabulary import PERCENTAGES, SUMMABLE
from gevinst.method.as_of import every_edition_of, last_possible_day, with_known_on
from gevinst.method.frames import Rules, Tables

_INDICATOR = ("edition_year", "benefit_claim_id", "indicator_nb", "unit_code")


def planned_realised(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per measurement and edition year that knows it; contract `planned_realised`.

    A measurement is known from the later of the day it was made and the day its source became known. Changes are in
    the measurement's own unit; of percentages in percentage points, and then never in per cent. The rate of
    realisation is the change measured over the change planned, which is the same whichever way is better; it may
    exceed 1 or be negative, and is null when the target is missing or equals the baseline. The desired direction is
    the stated one, else that of the target; the outcome is null when neither is known. A change for the worse is a
    disbenefit. Of several measurements of one indicator for one claim all are rows, and the newest is marked.
    Source: baseline, target and follow-up as in Norwegian benefits realisation plans.
    """
    known = _known_measurements(tables)
    changes = known.with_columns(
        change_value=nw.col("measured_value") - nw.col("baseline_value"),
        planned_change_value=nw.col("target_value") - nw.col("baseline_value"),
        is_percentage_points=nw.col("unit_code").is_in(list(PERCENTAGES)),
    )
    change, planned, baseline = nw.col("change_value"), nw.col("planned_change_value"), nw.col("baseline_value")
    rated = changes.with_columns(
        change_pct=nw.when(~nw.col("is_percentage_points") & (baseline != 0)).then(100.0 * change / baseline.abs()),
        # No change is 0, also where the plan was a decrease: dividing would give minus zero.
        realisation_rate=nw.when(planned != 0).then(nw.when(change == 0).then(nw.lit(0.0)).otherwise(change / planned)),
        desired_direction_code=nw.coalesce("desired_direction_code", _direction_of_target()),
    ).with_columns(_gain=change * _sign_of_direction(), _beyond=_beyond_target())
    return rated.with_columns(measurement_outcome_code=_outcome()).with_columns(
        is_disbenefit=(nw.col("measurement_outcome_code") == "worse").fill_null(False)
    )


def _known_measurements(tables: Tables) -> nw.LazyFrame[Any]:
    """Measurements in every edition that knows both them and their claim, the newest of each indicator marked."""
    measured = with_known_on(tables["benefit_measurements"].drop("is_illustrative"), tables["sources"]).with_columns(
        _about_on=last_possible_day("measured")
    )
    dated = measured.with_columns(known_on=nw.max_horizontal("known_on", "_about_on"))
    trail = tables["benefit_trail"].select(
        "edition_year", "benefit_claim_id", "project_id", "benefit_code", "benefit_category_code", "gain_nature_code"
    )
    known = every_edition_of(dated, tables["edition_years"]).join(
        trail, on=["edition_year", "benefit_claim_id"], how="inner"
    )
    # A measurement without a date counts as made when it became known.
    newest = (  # the id decides between measurements of one day
        nw.col("benefit_measurement_id")
        .last()
        .over(*_INDICATOR, order_by=["_made_on", "known_on", "benefit_measurement_id"])
    )
    return known.with_columns(_made_on=nw.coalesce("_about_on", "known_on")).with_columns(
        is_newest=nw.col("benefit_measurement_id") == newest
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

    Counts of the newest measurements by outcome. The rate of the portfolio is the sum of changes over the sum of
    changes planned, each in its desired direction: the mean of rates weighted by how much was planned. It is null
    where nothing has a target, and for units that cannot be summed (percentages and means); different units never
    meet. Source: the portfolio rate of benefits realisation practice, over benefits of one unit.
    """
    newest = tables["planned_realised"].filter(nw.col("is_newest") & ~nw.col("gain_nature_code").is_null())
    # Only measurements with a rate weigh: a change planned without a result would pull the rate towards 0.
    weight = nw.when(~nw.col("realisation_rate").is_null()).then(nw.col("planned_change_value").abs())
    outcome = nw.col("measurement_outcome_code")
    rows = newest.with_columns(
        _weight=weight,
        _realised=nw.col("realisation_rate") * weight,
        measurement_count=nw.lit(1, nw.Int64),
        target_count=(~nw.col("target_value").is_null()).cast(nw.Int64),
        reached_count=(outcome == "reached").fill_null(False).cast(nw.Int64),
        disbenefit_count=nw.col("is_disbenefit").cast(nw.Int64),
        unknown_count=outcome.is_null().cast(nw.Int64),
    )
    counts = ("measurement_count", "target_count", "reached_count", "disbenefit_count", "unknown_count")
    summed = rows.group_by("edition_year", "unit_code", "gain_nature_code").agg(
        *(nw.col(name).sum().cast(nw.Int64) for name in counts), nw.col("_weight").sum(), nw.col("_realised").sum()
    )
    can_be_summed = nw.col("unit_code").is_in(list(SUMMABLE)) & (nw.col("_weight") > 0)
    return summed.with_columns(realisation_rate=nw.when(can_be_summed).then(nw.col("_realised") / nw.col("_weight")))

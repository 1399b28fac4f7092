"""Present values and the measures made of them: net, per krone invested or budgeted, per year, break-even.

Belongs here: sums over the flows of a project in one scenario, and the mart `priced_effects`.
Does not belong here: the flows (`flows.py`), rates of return (`returns.py`) and uncertainty (`uncertainty.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from gevinst.contracts.vocabulary import BENEFIT, INVESTMENT
from gevinst.method.as_of import in_force
from gevinst.method.discounting import Schedule, discount_sum, rate_schedule
from gevinst.method.economic_rules import R_109, EconomicRules
from gevinst.method.flows import TIMING, yearly_flows
from gevinst.method.frames import Rules, Tables, reduced
from gevinst.method.prices import newest_price_years, ratio

_PROJECT_EDITION = ("edition_year", "project_id")


def effect_present_values(flows: nw.LazyFrame[Any], by: Sequence[str] = ("project_id",)) -> nw.LazyFrame[Any]:
    """One row per effect and scenario: present values in kroner, costs negative; `flows` is what `yearly_flows` gives.

    `amount_pv`, `budget_effect_pv_amount`, `tax_financing_pv_amount`, `residual_pv_amount` (of which, after the
    analysis period) and `present_value_amount` = amount + tax financing. All are null when any year's amount or
    factor is.
    """
    factor = nw.col("discount_factor")
    sums = {
        "amount_pv": nw.col("amount") * factor,
        "budget_effect_pv_amount": nw.col("budget_effect_amount") * factor,
        "tax_financing_pv_amount": nw.col("tax_financing_amount") * factor,
        "residual_pv_amount": nw.when(nw.col("is_residual"))
        .then(nw.col("total_amount") * factor)
        .otherwise(nw.lit(0.0)),
        "present_value_amount": nw.col("total_amount") * factor,
    }
    keys = [*by, "benefit_value_id", "effect_id", "effect_kind_code", "scenario_code", *TIMING]
    grouped = (
        flows.with_columns(**sums)
        .group_by(*keys)
        .agg(*[nw.col(name).sum() for name in sums], _unknown=_nulls("present_value_amount"))
    )
    known = nw.col("_unknown") == 0
    return grouped.with_columns(nw.when(known).then(nw.col(name)).alias(name) for name in sums).drop("_unknown")


def net_present_values(
    effects: nw.LazyFrame[Any],
    schedule: Schedule,
    rules: EconomicRules = R_109,
    by: Sequence[str] = ("project_id",),
) -> nw.LazyFrame[Any]:
    """One row per `by` and scenario with the summary measures; `effects` is what `effect_present_values` gives.

    Kroner of `to_price_year`, value in `reference_year`: `benefit_pv_amount`, `cost_pv_amount` (disbenefits and
    operating costs), `investment_pv_amount`, `tax_financing_pv_amount`, of which `residual_pv_amount`, and their sum
    `npv_amount`; `budget_effect_pv_amount`. `npv_per_invested` and `npv_per_budget` are net present value per krone of
    investment and of net outlay on public budgets. `annual_amount` is the even yearly amount from `start_year` to
    `last_year` with the same present value. `effect_count` and `unknown_effect_count` count effects.

    A sum is null when one of its effects is unknown and when it has none (no investment stated is not an investment
    of nothing), so that `npv_amount` is over what is stated; a quotient is null when there is no outlay to divide by,
    also when budgets gain on the whole. `schedule` is what `rate_schedule` reads. Source: R-109/2021; DFØ guide 2023.
    """
    keys = [*by, "scenario_code", *TIMING]
    measured = (
        _summed(effects, keys)
        .with_columns(
            _invested=-nw.col("investment_pv_amount"),
            _outlay=-nw.col("budget_effect_pv_amount"),
            _annuity=discount_sum(schedule, rules.clock_code),
        )
        .with_columns(
            npv_per_invested=nw.when(nw.col("_invested") > 0).then(ratio("npv_amount", "_invested")),
            npv_per_budget=nw.when(nw.col("_outlay") > 0).then(ratio("npv_amount", "_outlay")),
            annual_amount=ratio("npv_amount", "_annuity"),
        )
    )
    return measured.drop("_invested", "_outlay", "_annuity")


def break_even(effects: nw.LazyFrame[Any], by: Sequence[str] = ("project_id",)) -> nw.LazyFrame[Any]:
    """`effects` (of `effect_present_values`) with what each may be multiplied by before the net present value is 0.

    `npv_amount`, `break_even_factor` = 1 - npv / present value of the effect (others fixed; a net present value is
    linear in every stated amount) and `break_even_change_pct`. Null when anything in the sum is unknown or the
    effect has no value; a negative factor means that no size of this effect alone can do it.
    """
    return (
        with_npv(effects, by)
        .with_columns(_share=ratio("npv_amount", "present_value_amount"))
        .with_columns(break_even_factor=1 - nw.col("_share"), break_even_change_pct=-100 * nw.col("_share"))
        .drop("_share")
    )


def with_npv(effects: nw.LazyFrame[Any], by: Sequence[str] = ("project_id",)) -> nw.LazyFrame[Any]:
    """`effects` with `npv_amount` of the whole each is part of; null when any effect of the whole is unknown."""
    value, whole = nw.col("present_value_amount"), [*by, "scenario_code"]
    summed = effects.with_columns(_unknown=value.is_null().cast(nw.Int64)).with_columns(
        _npv=value.sum().over(*whole), _unknown=nw.col("_unknown").sum().over(*whole)
    )
    return summed.with_columns(npv_amount=nw.when(nw.col("_unknown") == 0).then(nw.col("_npv"))).drop(
        "_npv", "_unknown"
    )


def flows_in_force(tables: Tables, schedule: Schedule, economic: EconomicRules = R_109) -> nw.LazyFrame[Any]:
    """Yearly flows of the values in force in each edition year: what `priced_effects` sums.

    Columns as `yearly_flows` gives them, by `edition_year` and `project_id`. Raises `MixedBasesError`.
    """
    values = in_force(tables["benefit_values"], tables["sources"], tables["edition_years"], "benefit_value_id")
    placed = values.join(_price_years(tables, economic), on="edition_year", how="left").with_columns(
        reference_year=nw.col("edition_year")
        if economic.reference_year is None
        else nw.lit(economic.reference_year, nw.Int64)
    )
    return yearly_flows(placed, tables["kpi"], schedule, economic, _PROJECT_EDITION)


def effects_in_force(tables: Tables, schedule: Schedule, economic: EconomicRules = R_109) -> nw.LazyFrame[Any]:
    """Present values of the effects in force in each edition year, as `effect_present_values` gives them."""
    return effect_present_values(flows_in_force(tables, schedule, economic), _PROJECT_EDITION)


def priced_effects(tables: Tables, rules: Rules, economic: EconomicRules = R_109) -> nw.LazyFrame[Any]:
    """One row per project, edition year and scenario with priced effects known by then; contract `priced_effects`.

    Every figure is a calculation on stated values, not a finding (`is_scenario` is always true). Of an effect valued
    more than once the newest known row counts. Prices are those of the newest year with an index before the edition
    year, and values refer to the edition year, unless `economic` says otherwise. Measures and nulls as in
    `net_present_values` and `yearly_flows`; `rules` decides nothing here but is given to every mart. Raises
    `MixedBasesError`, and `ScheduleError` when there are values and no rates for them.
    """
    schedule = schedule_in_use(tables, economic)
    effects = effects_in_force(tables, schedule, economic)
    sums = net_present_values(effects, schedule, economic, _PROJECT_EDITION)
    return sums.rename({"to_price_year": "price_year"}).with_columns(
        is_scenario=nw.lit(True),
        ruleset_code=nw.lit(economic.ruleset_code),
        schedule_code=nw.lit(economic.schedule_code),
    )


def _nulls(name: str) -> nw.Expr:
    return nw.col(name).is_null().cast(nw.Int64).sum()


def _summed(effects: nw.LazyFrame[Any], keys: Sequence[str]) -> nw.LazyFrame[Any]:
    """Sums over effects, each over the kinds that belong in it; null when one is unknown or there is none."""
    # Known must equal all: a sum with an unknown part is null, and a sum of nothing is null and not 0.
    kind = nw.col("effect_kind_code")
    parts = {
        "benefit_pv_amount": ("amount_pv", kind == BENEFIT),
        "cost_pv_amount": ("amount_pv", ~kind.is_in([BENEFIT, INVESTMENT])),
        "investment_pv_amount": ("amount_pv", kind == INVESTMENT),
        "tax_financing_pv_amount": ("tax_financing_pv_amount", ~kind.is_null()),
        "residual_pv_amount": ("residual_pv_amount", ~kind.is_null()),
        "budget_effect_pv_amount": ("budget_effect_pv_amount", ~kind.is_null()),
        "npv_amount": ("present_value_amount", ~kind.is_null()),
    }
    marked = effects.with_columns(
        *[nw.when(belongs).then(nw.col(source)).alias(f"_{name}") for name, (source, belongs) in parts.items()],
        *[belongs.cast(nw.Int64).alias(f"_n_{name}") for name, (_, belongs) in parts.items()],
    )
    summed = marked.group_by(*keys).agg(
        *[nw.col(f"_{name}").sum().alias(name) for name in parts],
        *[nw.col(f"_n_{name}").sum() for name in parts],
        *[(~nw.col(f"_{name}").is_null()).cast(nw.Int64).sum().alias(f"_known_{name}") for name in parts],
        effect_count=nw.len().cast(nw.Int64),
        unknown_effect_count=_nulls("present_value_amount").cast(nw.Int64),
    )
    complete = {name: (nw.col(f"_n_{name}") > 0) & (nw.col(f"_n_{name}") == nw.col(f"_known_{name}")) for name in parts}
    return summed.with_columns(
        nw.when(is_complete).then(nw.col(name)).alias(name) for name, is_complete in complete.items()
    ).drop(*[f"_n_{name}" for name in parts], *[f"_known_{name}" for name in parts])


def schedule_in_use(tables: Tables, economic: EconomicRules = R_109) -> Schedule:
    """The rates of `economic`; none when no value is stated, since nothing is discounted then.

    Errors as `rate_schedule`.
    """
    if reduced(tables["benefit_values"].select("benefit_value_id").head(1), "benefit_value_id").is_empty():
        return ()
    return rate_schedule(tables["discount_rates"], economic.ruleset_code, economic.schedule_code)


def _price_years(tables: Tables, economic: EconomicRules) -> nw.LazyFrame[Any]:
    """`to_price_year` of each edition year: the one that `economic` states, else the newest with an index."""
    years = tables["edition_years"].select("edition_year")
    if economic.price_year is not None:
        return years.with_columns(to_price_year=nw.lit(economic.price_year, nw.Int64))
    return newest_price_years(years, tables["kpi"])


VALUE_MATRIX_2023 = "verdimatrise_2023"
PLUS_MINUS_2018 = "pluss_minus_2018"

_CELL = ("value_matrix_code", "quantity_code", "unit_value_code")


def non_priced_values(
    effects: nw.LazyFrame[Any], matrix: nw.LazyFrame[Any], codelists: nw.LazyFrame[Any]
) -> nw.LazyFrame[Any]:
    """`effects` with `low_code`, `high_code` (code list `non_priced_value`) and their steps from -4 to 4.

    An effect without `value_matrix_code` is read in the value matrix of 2023; the plus-minus method of 2018 only when
    it says so. Many cells of the latter are a range, from low to high by step, and stay a range: they are never
    averaged and, like all ordinal values, never summed. All four are null when quantity or unit value is unknown or
    the matrix has no such cell. Source: DFØ's guide of 2023 (value matrix) and of 2018 (plus-minus).
    """
    chosen = effects.with_columns(value_matrix_code=nw.col("value_matrix_code").fill_null(VALUE_MATRIX_2023))
    cells = matrix.select(*_CELL, "low_code", "high_code")
    return (
        chosen.join(cells, on=list(_CELL), how="left")
        .join(_steps(codelists, "low"), on="low_code", how="left")
        .join(_steps(codelists, "high"), on="high_code", how="left")
    )


def non_priced_assessments(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per non-priced effect and edition year in which it is known; contract `non_priced_assessments`.

    Of an effect assessed more than once the newest known row counts. Values and nulls as `non_priced_values`; `rules`
    decides nothing here but is given to every mart.
    """
    known = in_force(tables["non_priced_effects"], tables["sources"], tables["edition_years"], "non_priced_effect_id")
    valued = non_priced_values(known, tables["value_matrix"], tables["codelists"])
    return valued.with_columns(is_range=(nw.col("low_code") != nw.col("high_code")))


def _steps(codelists: nw.LazyFrame[Any], end: str) -> nw.LazyFrame[Any]:
    ranks = codelists.filter(nw.col("codelist") == "non_priced_value")
    return ranks.select(nw.col("code").alias(f"{end}_code"), nw.col("rank").alias(f"{end}_step"))

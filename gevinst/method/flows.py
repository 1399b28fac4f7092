"""Yearly flows: what each priced effect amounts to in each year, in real kroner, with its tax financing cost.

Belongs here: from stated values (`benefit_values`) to one row per effect, year and scenario.
Does not belong here: sums and present values (`npv.py`), and uncertainty beyond the three scenarios.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from gevinst.contracts.vocabulary import INVESTMENT, SCENARIOS
from gevinst.method.benefit_value_checks import AMOUNTS, LONGEST_DURATION, is_faulty
from gevinst.method.discounting import Schedule, discount_factor
from gevinst.method.economic_rules import R_109, EconomicRules
from gevinst.method.prices import real_growth, to_real

TIMING = ("start_year", "last_year", "reference_year", "to_price_year")
_COLUMNS = (
    "benefit_value_id",
    "effect_id",
    "effect_kind_code",
    "scenario_code",
    "year",
    "is_residual",
    "amount",
    "budget_effect_amount",
    "tax_financing_amount",
    "total_amount",
)


def yearly_flows(
    values: nw.LazyFrame[Any],
    kpi: nw.LazyFrame[Any],
    schedule: Schedule,
    rules: EconomicRules = R_109,
    by: Sequence[str] = ("project_id",),
) -> nw.LazyFrame[Any]:
    """One row per effect, year and scenario (low, mid, high), signed kroner of `to_price_year`.

    `values` has the columns of `benefit_values` and, per row, `to_price_year` and `reference_year`; `by` is what is
    analysed together (the project). Costs are negative. Columns: `by`, `benefit_value_id`, `effect_id`,
    `effect_kind_code`, `scenario_code`, `year`, `is_residual`, `amount` (what the project can be credited with),
    `budget_effect_amount` (of it, the net effect on public budgets), `tax_financing_amount`, `total_amount` (amount and
    tax financing), `discount_factor`, and the years `start_year`, `last_year`, `reference_year`, `to_price_year`.

    amount = stated value in real kroner x ramp-up x (1 - deadweight)(1 - displacement)(1 - attribution to others)
    x (1 - drop-off)^(year number - 1) x real-price growth where marked. Tax financing = 20 % of the direct effect on
    budgets, and of 45 % of an effect on the tax base; time set free for users or for other work has none. The start
    year is the first year of anything but an investment.

    Amounts are null, never zero, when the value is unknown, has no price index or is in a row that
    `check_benefit_values` objects to; such a row then has its first year only. `schedule` is what `rate_schedule`
    reads. Raises `MixedBasesError`. Source: R-109/2021; DFØ guide 2023 for the indirect part; SROI guide for the
    shares.
    """
    sound = nw.col("_is_sound")
    checked = values.with_columns(_is_sound=~is_faulty())
    usable = checked.with_columns(nw.when(sound).then(nw.col(name)).alias(name) for name in AMOUNTS).with_columns(
        _years=nw.when(sound).then(nw.col("duration_years")).otherwise(nw.lit(1))
    )
    timed = _with_period(to_real(usable, kpi, AMOUNTS), rules, by)
    flows = _by_scenario(_by_year(timed, kpi), kpi, rules)
    if rules.analysis_years is not None:
        flows = _with_residual(flows, by)
    return _with_tax(flows, rules).select(
        *by,
        *_COLUMNS,
        *TIMING,
        discount_factor=discount_factor(schedule, rules.clock_code),
    )


def _listed(engine: nw.LazyFrame[Any], name: str, texts: Iterable[str]) -> nw.LazyFrame[Any]:
    """The texts as a column of their own, inside the engine that holds the table `engine`."""
    one_row = engine.select(_rows=nw.len())
    return one_row.select(nw.lit(" ".join(texts)).str.split(" ").alias(name)).explode(name)


def _with_period(values: nw.LazyFrame[Any], rules: EconomicRules, by: Sequence[str]) -> nw.LazyFrame[Any]:
    """`values` with `start_year` and `last_year` of the whole that is analysed together."""
    begun = nw.when(nw.col("effect_kind_code") != INVESTMENT).then(nw.col("first_year"))
    ends = nw.col("first_year") + nw.col("_years") - 1
    timed = (
        values.with_columns(_begun=begun, _ends=ends)
        .with_columns(
            _start=nw.col("_begun").min().over(*by),
            _first=nw.col("first_year").min().over(*by),
            last_year=nw.col("_ends").max().over(*by),
        )
        .with_columns(start_year=nw.when(nw.col("_start").is_null()).then(nw.col("_first")).otherwise(nw.col("_start")))
    )
    if rules.analysis_years is None:
        return timed
    limit = nw.col("start_year") + (rules.analysis_years - 1)
    return timed.with_columns(last_year=nw.when(nw.col("last_year") > limit).then(limit).otherwise("last_year"))


def _by_year(values: nw.LazyFrame[Any], engine: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Each effect in each year of its duration, with `_share`: what is left of the stated value in that year."""
    texts = _listed(engine, "_text", map(str, range(1, LONGEST_DURATION + 1)))
    numbers = texts.select(year_number=nw.col("_text").cast(nw.Int64))
    spread = values.join(numbers, how="cross").filter(nw.col("year_number") <= nw.col("_years"))
    number, ramp_up = nw.col("year_number"), nw.col("ramp_up_years")
    # With n years of ramp-up the first has 1/(n+1) of the value and the first full year is n+1.
    linear = nw.when(number <= ramp_up).then(number / (ramp_up + 1)).otherwise(nw.lit(1.0))
    step = nw.when(number <= ramp_up).then(nw.lit(0.0)).otherwise(nw.lit(1.0))
    ramp = (
        nw.when(nw.col("ramp_up_code") == "linear")
        .then(linear)
        .otherwise(nw.when(nw.col("ramp_up_code") == "step").then(step).otherwise(nw.lit(1.0)))
    )
    kept = _left("deadweight_pct") * _left("displacement_pct") * _left("attribution_pct")
    return spread.with_columns(
        year=nw.col("first_year") + number - 1,
        _share=ramp * kept * _left("drop_off_pct") ** (number - 1),
    )


def _left(share: str) -> nw.Expr:
    return 1 - nw.col(share) / 100


def _by_scenario(flows: nw.LazyFrame[Any], engine: nw.LazyFrame[Any], rules: EconomicRules) -> nw.LazyFrame[Any]:
    """One row per scenario with `amount`.

    By crossing with the names: a union of three would compute everything before it three times where an engine does
    not share parts.
    """
    scenario = nw.col("scenario_code")
    stated = (
        nw.when(scenario == "low")
        .then(nw.col("low_amount"))
        .otherwise(nw.when(scenario == "mid").then(nw.col("mid_amount")).otherwise(nw.col("high_amount")))
    )
    share = nw.col("_share")
    if rules.real_growth_pct is not None:
        grown = share * real_growth("year", "price_year", rules.real_growth_pct)
        share = nw.when(nw.col("is_real_growth_eligible")).then(grown).otherwise(share)
    crossed = flows.join(_listed(engine, "scenario_code", SCENARIOS), how="cross")
    return crossed.with_columns(is_residual=nw.lit(False), amount=stated * share)


def _with_residual(flows: nw.LazyFrame[Any], by: Sequence[str]) -> nw.LazyFrame[Any]:
    """Flows after the analysis period replaced by the residual value.

    An effect that lasts longer than the period keeps its amount of the period's last year for the rest of its
    duration (R-109/2021); one that has not begun by then is outside the analysis. Reinvestment that falls after the
    period is outside it too, and has to be entered as an effect of its own.
    """
    keys = [*by, "benefit_value_id", "scenario_code"]
    is_last = nw.col("year") == nw.col("last_year")
    marked = flows.with_columns(
        is_residual=nw.col("year") > nw.col("last_year"),
        _last_amount=nw.when(is_last).then(nw.col("amount")),
        _is_last=is_last.cast(nw.Int64),
    ).with_columns(_held=nw.col("_last_amount").max().over(*keys), _reaches=nw.col("_is_last").max().over(*keys))
    kept = marked.filter(~nw.col("is_residual") | (nw.col("_reaches") == 1))
    return kept.with_columns(amount=nw.when(nw.col("is_residual")).then(nw.col("_held")).otherwise(nw.col("amount")))


def _with_tax(flows: nw.LazyFrame[Any], rules: EconomicRules) -> nw.LazyFrame[Any]:
    amount = nw.col("amount")
    budget = (
        nw.when(nw.col("budget_effect_code") == "direct")
        .then(amount)
        .otherwise(
            nw.when(nw.col("budget_effect_code") == "indirect")
            .then(amount * (rules.terms.indirect_budget_pct / 100))
            .otherwise(nw.when(~amount.is_null()).then(nw.lit(0.0)))
        )
    )
    tax = nw.col("budget_effect_amount") * (rules.terms.tax_cost_pct / 100)
    return (
        flows.with_columns(budget_effect_amount=budget)
        .with_columns(tax_financing_amount=tax)
        .with_columns(total_amount=amount + nw.col("tax_financing_amount"))
    )

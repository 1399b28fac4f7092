"""Priced effects one by one and in all: present values, what changes the sign, rates of return, simulation and totals.

Belongs here: the marts that show how far the net present values of `priced_effects` can be trusted.
Does not belong here: the arithmetic they rest on (`flows.py`, `npv.py`, `returns.py`, `uncertainty.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import narwhals as nw
import polars as pl

from gevinst.contracts.vocabulary import BENEFIT, DOCUMENTED, SCENARIOS
from gevinst.method.as_of import every_edition_of, with_known_on
from gevinst.method.counting import counted, different
from gevinst.method.frames import Rules, Tables, blocks
from gevinst.method.npv import break_even, effects_in_force, flows_in_force, schedule_in_use
from gevinst.method.returns import internal_rates
from gevinst.method.uncertainty import monte_carlo, one_way

_SEAT = ("edition_year", "project_id")

FEWEST_IN_TOTAL = 3
"""Kroner of fewer projects than this are never added: a total of one or two reveals each."""
SEED = 20261122
"""Any number will do; it is fixed so that two runs draw the same."""
DRAWS = 10_000
"""The fifth percentile of so many draws lies within about one per cent of its limit."""


def priced_flows(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year, stated value, scenario and year; contract `priced_flows`.

    What `priced_effects` sums, before discounting, and what a reader's own assumptions are computed from. Amounts in
    kroner of `price_year`, costs negative, null where the value is unknown. Errors as `yearly_flows`.
    """
    return flows_in_force(tables, schedule_in_use(tables)).rename({"to_price_year": "price_year"})


def effect_values(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year, stated value and scenario; contract `effect_values`.

    The present value of one effect, the net present value of the project it is part of, and how much it may change,
    the others fixed, before that is 0. Evidence is that of the claim behind the value, null when it is tied to none.
    """
    evidence = (
        tables["benefit_values"]
        .select("benefit_value_id", "benefit_claim_id")
        .join(
            tables["benefit_trail"].select("edition_year", "benefit_claim_id", "evidence_code"),
            on="benefit_claim_id",
            how="inner",
        )
        .select("edition_year", "benefit_value_id", "evidence_code")
    )
    effects = break_even(effects_in_force(tables, schedule_in_use(tables)), _SEAT)
    return effects.join(evidence, on=["edition_year", "benefit_value_id"], how="left").rename(
        {"to_price_year": "price_year"}
    )


def effect_sensitivities(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year, stated value, scenario and factor; contract `effect_sensitivities`.

    The net present value of the project when this effect alone is a fifth smaller or larger (`FRAM_FACTORS`), and
    whether the sign is then another. Source: Kystverket's FRAM.
    """
    changed = one_way(effects_in_force(tables, schedule_in_use(tables)), by=_SEAT)
    # Strictly below 0: a net present value of 0 has no sign to change.
    return changed.with_columns(
        is_sign_turned=(nw.col("npv_amount") * nw.col("stated_npv_amount") < 0).fill_null(False)
    )


def return_rates(tables: Tables, rules: Rules) -> Iterator[pl.DataFrame]:
    """One row per edition year, project, scenario and internal rate of return; contract `return_rates`.

    All rates at which the net present value is 0: there may be none (one row with `root_number` 0) and more than one.
    Errors and nulls as `internal_rates`. Source: DFØ guide: such rates may be several and are not for ranking.
    """
    one = ("edition_year", "benefit_value_id", "scenario_code", "year")
    for flows in blocks(tables["priced_flows"].select("project_id", *one, "total_amount"), "project_id", *one):
        rates = internal_rates(flows, _SEAT)
        yield rates.with_columns(pl.col("root_number").fill_null(0).cast(pl.Int64))


def npv_simulations(tables: Tables, rules: Rules) -> Iterator[pl.DataFrame]:
    """One row per edition year and project: net present value over `DRAWS` simulations; contract `npv_simulations`.

    Every effect is drawn by itself from the triangular distribution of its three present values, as `monte_carlo`
    says. Each project of each edition has its own stream of random numbers, so that neither another project nor
    another edition changes what is drawn, nor which projects are computed together.
    """
    one = ("edition_year", "benefit_value_id", "scenario_code")
    for effects in blocks(
        tables["effect_values"].select("project_id", *one, "present_value_amount"), "project_id", *one
    ):
        yield monte_carlo(effects, seed=SEED, draws=DRAWS, by=_SEAT)


def priced_projects(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year and project with priced effects; contract `priced_projects`.

    The three scenarios of `priced_effects` side by side, what they say together, and how sure the least sure benefit
    is: null when a benefit is tied to no claim or there is none. Source and place are those of the value with the last
    id that the edition knows.
    """
    scenarios = _side_by_side(tables["priced_effects"])
    turned = counted(
        tables["effect_sensitivities"].filter(nw.col("scenario_code") == "mid"), _SEAT, _turned=nw.col("is_sign_turned")
    )
    joined = (
        scenarios.join(_weakest_evidence(tables), on=list(_SEAT), how="left")
        .join(turned, on=list(_SEAT), how="left")
        .join(_newest_source(tables), on=list(_SEAT), how="left")
    )
    low, mid, high = (nw.col(f"{name}_amount") for name in SCENARIOS)
    return joined.with_columns(
        is_known=~(low.is_null() | mid.is_null() | high.is_null()),
        is_positive=((low > 0) & (mid > 0) & (high > 0)).fill_null(False),
        is_negative=((low < 0) & (mid < 0) & (high < 0)).fill_null(False),
        is_turned_by_a_fifth=(nw.col("_turned") > 0).fill_null(False),
    )


def _side_by_side(priced: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    scenario = nw.col("scenario_code")
    picked = priced.with_columns(
        *[nw.when(scenario == name).then(nw.col("npv_amount")).alias(f"{name}_amount") for name in SCENARIOS],
        npv_per_invested=nw.when(scenario == "mid").then(nw.col("npv_per_invested")),
    )
    return picked.group_by(*_SEAT, "price_year", "reference_year", "ruleset_code", "schedule_code").agg(
        nw.col("low_amount", "mid_amount", "high_amount", "npv_per_invested").max(),
        effect_count=nw.col("effect_count").max(),
    )


def _weakest_evidence(tables: Tables) -> nw.LazyFrame[Any]:
    ranks = (
        tables["codelists"].filter(nw.col("codelist") == "evidence").select(evidence_code="code", evidence_rank="rank")
    )
    benefits = tables["effect_values"].filter(nw.col("effect_kind_code") == BENEFIT)
    weakest = (
        benefits.join(ranks, on="evidence_code", how="left")
        .with_columns(_untied=nw.col("evidence_code").is_null().cast(nw.Int64))
        .group_by(*_SEAT)
        .agg(evidence_rank=nw.col("evidence_rank").min(), _untied=nw.col("_untied").sum())
        .filter(nw.col("_untied") == 0)
    )
    return weakest.join(ranks, on="evidence_rank", how="inner").select(*_SEAT, "evidence_code")


def _newest_source(tables: Tables) -> nw.LazyFrame[Any]:
    values = tables["benefit_values"].select("benefit_value_id", "project_id", "source_id", "source_locator")
    known = every_edition_of(with_known_on(values, tables["sources"]), tables["edition_years"])
    newest = known.with_columns(_last=nw.col("benefit_value_id").max().over(*_SEAT))
    return newest.filter(nw.col("benefit_value_id") == nw.col("_last")).select(*_SEAT, "source_id", "source_locator")


def priced_totals(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year: the sum over projects with documented benefits, if any; contract `priced_totals`.

    Only projects all of whose benefits are documented are summed, one scenario at a time. There is no total for fewer
    than `FEWEST_IN_TOTAL` of them, when a sum is unknown, and when one of them builds on another: the same benefit
    could be counted twice. Other sums of these values are refused, because their rows do overlap.
    """
    strong = tables["priced_projects"].filter(nw.col("evidence_code") == DOCUMENTED)
    sums = strong.group_by("edition_year").agg(
        nw.col("low_amount", "mid_amount", "high_amount").sum(),
        project_count=nw.len().cast(nw.Int64),
        price_year=nw.col("price_year").max(),
        _unknown=(~nw.col("is_known")).cast(nw.Int64).sum(),
    )
    tied = _ties(tables, strong).group_by("edition_year").agg(tie_count=nw.len().cast(nw.Int64))
    joined = (
        tables["edition_years"]
        .select("edition_year")
        .join(sums, on="edition_year", how="left")
        .join(tied, on="edition_year", how="left")
        .with_columns(nw.col("project_count", "tie_count").fill_null(0))
    )
    is_enough = (nw.col("project_count") >= FEWEST_IN_TOTAL) & (nw.col("tie_count") == 0)
    summed = joined.with_columns(is_summed=(is_enough & (nw.col("_unknown") == 0)).fill_null(False))
    shown = nw.col("is_summed")
    return summed.with_columns(
        nw.when(shown).then(nw.col(name)).alias(name)
        for name in ("low_amount", "mid_amount", "high_amount", "price_year")
    )


def _ties(tables: Tables, strong: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Relations known by each edition between two projects of `strong`."""
    relations = tables["project_relations"].select("project_id", "related_project_id", "source_id")
    known = every_edition_of(with_known_on(relations, tables["sources"]), tables["edition_years"])
    seats = strong.select(*_SEAT)
    return known.join(seats, on=list(_SEAT), how="inner").join(
        seats.rename({"project_id": "related_project_id"}), on=["edition_year", "related_project_id"], how="inner"
    )


def discount_steps(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year and step of the schedule that its present values use; contract `discount_steps`.

    Years count from the start year of a project. Editions without priced effects have none: nothing is discounted.
    """
    used = different(tables["priced_effects"], "edition_year", "ruleset_code", "schedule_code")
    steps = tables["discount_rates"].select("ruleset_code", "schedule_code", "from_year", "to_year", "rate_pct")
    joined = used.join(steps, on=["ruleset_code", "schedule_code"], how="inner")
    return joined.with_columns(rate=nw.col("rate_pct") / 100)

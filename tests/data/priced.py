"""Invented priced effects: rows of `benefit_values` in which a test says only what it is about.

Belongs here: a plain row, frames of such rows, rates, and the way from rows to effects and net present values.
Does not belong here: expected answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from gevinst.contracts import contract
from gevinst.contracts.benefits import BENEFIT_VALUES
from gevinst.contracts.model import Contract
from gevinst.contracts.reference import DISCOUNT_RATES, KPI, VALUE_MATRIX
from gevinst.contracts.schema import polars_schema
from gevinst.method.discounting import Schedule, Step, rate_schedule
from gevinst.method.economic_rules import R_109, EconomicRules
from gevinst.method.flows import yearly_flows
from gevinst.method.frames import lazy
from gevinst.method.npv import effect_present_values, net_present_values
from gevinst.reference import shipped
from tests.data.small_edition import frame

PLAIN: dict[str, Any] = {
    "project_id": "p",
    "assessment_round_id": "round",
    "name_nb": "navn",
    "name_en": "name",
    "price_year": 2024,
    "first_year": 2025,
    "duration_years": 1,
    "ramp_up_years": 0,
    "ramp_up_code": "none",
    "attribution_pct": 0.0,
    "deadweight_pct": 0.0,
    "displacement_pct": 0.0,
    "drop_off_pct": 0.0,
    "budget_effect_code": "none",
    "is_real_growth_eligible": False,
    "basis_nb": "oppdiktet",
    "basis_en": "invented",
    "source_id": "s",
    "source_locator": "x",
    "is_illustrative": True,
}


def reference(table: Contract) -> pl.DataFrame:
    """A committed reference table, typed by its contract."""
    schema = polars_schema(table)
    rows = pl.read_csv(shipped(table.name), infer_schema=False)
    missing = [pl.lit(False).alias("is_illustrative")] if "is_illustrative" not in rows.columns else []
    return rows.with_columns(missing).select(pl.col(name).cast(kind) for name, kind in schema.items())


def rates() -> pl.DataFrame:
    return reference(DISCOUNT_RATES)


def kpi() -> pl.DataFrame:
    return reference(KPI)


def matrix() -> pl.DataFrame:
    return reference(VALUE_MATRIX)


def calendar() -> dict[str, pl.DataFrame]:
    """Sources known in 2019 and 2021, and the editions of 2018 to 2026."""
    sources = [
        {
            "source_id": f"s{known.year}",
            "title": "Oppdiktet",
            "publisher": "Ingen",
            "document_type_code": "report",
            "published_on": known,
            "published_precision": "day",
            "accessed_on": date(2026, 11, 22),
            "language_code": "nb",
        }
        for known in (date(2019, 6, 1), date(2021, 3, 16))
    ]
    editions = [
        {"edition_year": year, "as_of_on": date(year, 12, 31), "source_count": 0, "project_count": 0}
        for year in range(2018, 2027)
    ]
    tables = {"sources": sources, "edition_years": editions}
    return {name: frame(contract(name), rows) for name, rows in tables.items()}


def schedule_of(rules: EconomicRules, rate_pct: float | None) -> Schedule:
    """The committed schedule of the rules, or one rate for ever in its place."""
    if rate_pct is not None:
        return (Step(0, None, rate_pct / 100),)
    return rate_schedule(lazy(rates()), rules.ruleset_code, rules.schedule_code)


def value_row(number: int, row: Mapping[str, Any]) -> dict[str, Any]:
    """A full row; `amount` is used for low, mid and high, and an amount below zero is an investment."""
    row = dict(row)
    if "amount" in row:
        amount = row.pop("amount")
        row = {"low_amount": amount, "mid_amount": amount, "high_amount": amount, **row}
    is_cost = (row.get("mid_amount") or 0) < 0
    key = f"effect-{number:02d}"
    kind = "investment" if is_cost else "benefit"
    return {**PLAIN, "benefit_value_id": key, "effect_id": key, "effect_kind_code": kind, **row}


def value_frame(rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Rows that keep the contract of `benefit_values`."""
    filled = [value_row(number, row) for number, row in enumerate(rows)]
    return pl.DataFrame(filled, schema=polars_schema(BENEFIT_VALUES))


def flows_of(
    rows: Sequence[Mapping[str, Any]] | pl.DataFrame,
    rules: EconomicRules = R_109,
    *,
    rate: float | None = None,
    reference_year: int = 2024,
    price_year: int = 2024,
) -> pl.DataFrame:
    """Yearly flows of some rows, sorted."""
    values = rows if isinstance(rows, pl.DataFrame) else value_frame(rows)
    placed = values.with_columns(
        to_price_year=pl.lit(price_year, pl.Int64), reference_year=pl.lit(reference_year, pl.Int64)
    )
    flows = yearly_flows(lazy(placed), lazy(kpi()), schedule_of(rules, rate), rules)
    return flows.collect("polars").to_native().sort("project_id", "benefit_value_id", "scenario_code", "year")


def effects_of(rows: Sequence[Mapping[str, Any]] | pl.DataFrame, *args: Any, **options: Any) -> pl.DataFrame:
    """Present values of the effects, sorted."""
    effects = effect_present_values(lazy(flows_of(rows, *args, **options)))
    return effects.collect("polars").to_native().sort("project_id", "benefit_value_id", "scenario_code")


def net_of(
    rows: Sequence[Mapping[str, Any]] | pl.DataFrame,
    rules: EconomicRules = R_109,
    *,
    rate: float | None = None,
    **options: Any,
) -> pl.DataFrame:
    """Net present values, sorted."""
    effects = effects_of(rows, rules, rate=rate, **options)
    sums = net_present_values(lazy(effects), schedule_of(rules, rate), rules)
    return sums.collect("polars").to_native().sort("project_id", "scenario_code")


def mid(frame: pl.DataFrame) -> dict[str, Any]:
    """The one row of the middle estimate."""
    return frame.filter(pl.col("scenario_code") == "mid").row(0, named=True)

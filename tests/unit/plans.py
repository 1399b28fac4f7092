"""A small contract and rows of it, for the tests of the warehouse."""

from dataclasses import replace
from datetime import date

import polars as pl

from gevinst.contracts.model import Additivity, Column, Contract, Type, text
from gevinst.contracts.schema import polars_schema

PLANS = Contract(
    name="plans",
    layer="core",
    title_nb="Planer",
    title_en="Plans",
    grain_nb="Én rad per plan.",
    grain_en="One row per 'plan'.",
    key=("plan_id",),
    columns=(
        text("plan_id", "Nøkkel.", "Id.", required=True),
        Column("planned_amount", Type.NUMBER, "Planlagt.", "Planned.", unit="NOK", additivity=Additivity.YES),
        Column("actual_amount", Type.NUMBER, "Faktisk.", "Actual.", unit="NOK", additivity=Additivity.YES),
        Column("year", Type.INTEGER, "År.", "Year."),
        Column("decided_on", Type.DATE, "Vedtatt.", "Decided."),
    ),
)
RESULTS, OTHERS = replace(PLANS, name="results"), replace(PLANS, name="others")
ROW = {
    "plan_id": "a",
    "planned_amount": 100.0,
    "actual_amount": 40.0,
    "year": 2026,
    "decided_on": date(2026, 11, 22),
    "is_illustrative": True,
}


def plans(*rows):
    return pl.DataFrame([{**ROW, **row} for row in rows], schema=polars_schema(PLANS))

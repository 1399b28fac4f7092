"""The small invented edition with what public evidence does not show: values in kroner, scales and full measurements.

Belongs here: rows that make every special state of the page of benefits occur (a sign that changes, a value tied to no
claim, an unknown amount, too few answers, a change for the worse), and settings at which two calculations are compared.
Does not belong here: expected answers.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import product
from typing import Any

import polars as pl

from gevinst.contracts import CORE, QUALITY, contract
from gevinst.method.catalogue import compute_marts
from tests.data import kept
from tests.data.priced import kpi, matrix, rates, value_frame
from tests.data.small_edition import RULES, frame, small_tables
from tests.data.small_projects import AT, both
from tests.reference.assumptions import Assumptions

Row = dict[str, Any]

SETTINGS = tuple(
    Assumptions(rate, years, residual, level)
    for rate, years, residual, level in product(
        (None, 0.0, 6.5), (None, 5, 10, 40), (True, False), (None, "oppgitt", "dokumentert")
    )
)
"""Three rates, four periods, with and without residual value, three levels of evidence."""


@cache
def priced_tables() -> dict[str, pl.DataFrame]:
    """Every table of the small edition, with priced and non-priced effects and more measurements."""
    return kept.value("priced-tables", _computed)


def _computed() -> dict[str, pl.DataFrame]:
    small = small_tables()
    core = {table.name: small[table.name] for table in (*CORE, *QUALITY)}
    core |= {
        "benefit_values": value_frame(_values()),
        "kpi": kpi(),
        "discount_rates": rates(),
        "value_matrix": matrix(),
    }
    texts = {
        "benefit_plans": _plans(),
        "benefit_measurements": [measurement for _, measurement in _measured()],
        "non_priced_effects": _non_priced(),
    }
    for name, rows in texts.items():
        core[name] = frame(contract(name), rows)
    return {**core, **compute_marts(core, RULES, is_illustrative=True)}


def _effect(project: str, name: str, amounts: tuple[float | None, ...], first: int, years: int, **more: Any) -> Row:
    low, mid, high = amounts
    return {
        "benefit_value_id": f"{project}-{name}",
        "effect_id": f"{project}-{name}",
        "project_id": project,
        **both("name", name, f"{name} (en)"),
        "low_amount": low,
        "mid_amount": mid,
        "high_amount": high,
        "first_year": first,
        "duration_years": years,
        "effect_kind_code": "benefit",
        **AT,
        **more,
    }


def _cost(project: str, kind: str, amounts: tuple[float, ...], first: int, years: int, **more: Any) -> Row:
    return _effect(project, kind, amounts, first, years, effect_kind_code=kind, budget_effect_code="direct", **more)


def _values() -> list[Row]:
    long, thin, weak, late, blank = (
        "2016-hjelpemidler",
        "2018-skyss",
        "2018-inneklima",
        "2021-pasientplan",
        "2023-byggesak",
    )
    ramp: Row = {"ramp_up_years": 3, "ramp_up_code": "linear", "drop_off_pct": 2.0, "deadweight_pct": 10.0}
    step: Row = {"ramp_up_years": 2, "ramp_up_code": "step", "attribution_pct": 25.0}
    none: tuple[None, ...] = (None, None, None)
    return [
        _cost(long, "investment", (-1.2e6, -1.0e6, -0.9e6), 2017, 2),
        _effect(long, "spart tid", (1.0e5, 3.0e5, 5.0e5), 2018, 45, benefit_claim_id=f"{long}-c1", **ramp),
        _cost(long, "operating_cost", (-6e4, -5e4, -4e4), 2019, 44, displacement_pct=5.0),
        _cost(thin, "investment", (-9e5, -8e5, -7e5), 2024, 1),
        _effect(
            thin,
            "færre turer",
            (0.9e5, 1.32e5, 1.8e5),
            2025,
            10,
            budget_effect_code="indirect",
            drop_off_pct=3.0,
            benefit_claim_id=f"{thin}-c1",
        ),
        _cost(weak, "investment", (-5e5, -4e5, -3e5), 2020, 1),
        _effect(weak, "bedre luft", (1e4, 2e4, 3e4), 2021, 12, benefit_claim_id=f"{weak}-c1"),
        _effect(late, "færre reiser", (1e5, 2e5, 3e5), 2030, 20, **step),
        _effect(late, "flere spørsmål", (-4e4, -3e4, -2e4), 2031, 6, effect_kind_code="disbenefit"),
        _effect(blank, "ukjent verdi", none, 2026, 5, benefit_claim_id=f"{blank}-c1"),
        _cost(blank, "investment", (-2e5, -1e5, -1e5), 2025, 1),
    ]


def _measurement(
    number: int, benefit: str, unit: str, baseline: float, measured: float, respondents: int | None = None, **more: Any
) -> tuple[Row, Row]:
    """A plan, and what was measured of its indicator."""
    plan = {
        "benefit_plan_id": f"plan-{number}",
        "benefit_id": benefit,
        "unit_code": unit,
        "baseline_value": baseline,
        **both("indicator", f"Indikator {number}"),
        **AT,
        **more,
    }
    measurement = {
        "benefit_measurement_id": f"m{number}",
        "benefit_plan_id": f"plan-{number}",
        "measured_value": measured,
        "respondent_count": respondents,
        "stated_by_code": "owner",
        "measured_on": date(2022, 10, 1),
        "measured_precision": "month",
        **both("method", "Talt før og etter."),
        **AT,
    }
    return plan, measurement


def _again(number: int, value: float, on: date) -> tuple[Row, Row]:
    """An earlier measurement of the indicator of measurement `number`."""
    plan, measured = _measurement(number, "2018-skyss-b1", "hours_per_year", 4000, value, target_value=3000.0)
    return plan, {**measured, "benefit_measurement_id": f"m{number}-before", "measured_on": on}


def _measured() -> list[tuple[Row, Row]]:
    benefit, other = "2016-hjelpemidler-b1", "2018-skyss-b1"
    return [
        _measurement(1, benefit, "percent_of_respondents", 30, 50, 100, target_value=60.0),
        _measurement(2, benefit, "percent_of_respondents", 20, 75, 40),
        _measurement(3, other, "hours_per_year", 4000, 3000, target_value=3000.0),
        _measurement(4, other, "days_per_case", 40, 44.5, desired_direction_code="lower"),
        _measurement(5, "2021-arbeid-b1", "percent_of_respondents", 10, 10),
        _again(3, 3500, date(2021, 5, 1)),
        _measurement(6, "2021-arbeid-b1", "percent_of_cases", 10, 20, desired_direction_code="higher"),
    ]


def _plans() -> list[Row]:
    return [
        *({plan["benefit_plan_id"]: plan for plan, _ in _measured()}.values()),
        {
            "benefit_plan_id": "plan",
            "benefit_id": "2023-byggesak-b1",
            **both("indicator", "Dager fram til svar"),
            "unit_code": "days_per_case",
            "next_measurement_on": date(2024, 1, 1),
            "next_measurement_precision": "year",
            "responsible_role_code": "gevinsteier",
            **AT,
        },
        *_changed(),
    ]


def _changed() -> list[Row]:
    """A plan in money whose baseline and target were changed, that says itself how far the benefit has come."""
    first: Row = {
        "benefit_plan_id": "plan-kroner",
        "benefit_id": "2018-gjeld-b1",
        **both("indicator", "Utgifter til purringer"),
        "unit_code": "nok_per_year",
        "currency_code": "NOK",
        "price_year": 2021,
        "desired_direction_code": "lower",
        "baseline_value": 900_000.0,
        "baseline_on": date(2021, 1, 1),
        "baseline_precision": "year",
        "target_value": 600_000.0,
        **AT,
    }
    revision = {
        "benefit_plan_id": "plan-kroner-2",
        "revises_plan_id": "plan-kroner",
        "baseline_value": 850_000.0,
        "target_value": 700_000.0,
        "benefit_status_code": "in_progress",
        "status_on": date(2024, 3, 1),
        "status_precision": "month",
    }
    return [first, {**first, **revision}]


def _non_priced() -> list[Row]:
    texts = (
        ("2018-skyss", "tillit", "verdimatrise_2023", "middels_positivt", "middels"),
        ("2018-skyss", "støy", "pluss_minus_2018", "lite_negativt", "middels"),
        ("2018-inneklima", "trivsel", None, None, "liten"),
    )
    return [
        {
            "non_priced_effect_id": f"{project}-{effect}",
            "assessment_round_id": "2026",
            "project_id": project,
            "effect_id": effect,
            **both("name", effect),
            "value_matrix_code": matrix,
            "quantity_code": quantity,
            "unit_value_code": unit_value,
            **both("reason", "Eierens vurdering."),
            **AT,
        }
        for project, effect, matrix, quantity, unit_value in texts
    ]

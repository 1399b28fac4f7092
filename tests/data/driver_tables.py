"""Tables of drivers and of time to use with what a test is about, the rest being blank."""

from __future__ import annotations

from typing import Any

import polars as pl

from gevinst.contracts import contract
from gevinst.contracts.vocabulary import DRIVERS
from tests.data.small_edition import frame


def driver_table(*rows: dict[str, Any]) -> pl.DataFrame:
    """`driver_table` with one project per row; without more it is known not to be in use."""
    blank = {"edition_year": 2026, "current_status_code": "provd_ut", "current_step": 3, "is_outcome_known": True}
    return frame(contract("driver_table"), [{**blank, "project_id": f"p{n}", **row} for n, row in enumerate(rows)])


def outcomes(in_use: int, not_in_use: int, unknown: int) -> pl.DataFrame:
    used = {"is_in_use": True, "current_status_code": "i_bruk", "current_step": 5}
    untold = {"is_outcome_known": False, "current_status_code": "i_gang", "current_step": 0}
    return driver_table(*[used] * in_use, *[{}] * not_in_use, *[untold] * unknown)


def association(**rho: tuple[float, float, float] | str) -> pl.DataFrame:
    """`driver_association`: estimate with bounds for drivers that are shown, the reason for those that are not."""
    rows = []
    for driver in DRIVERS:
        found = rho.get(driver, "too_few_projects")
        written: dict[str, Any] = {"association_reason_code": found}
        if not isinstance(found, str):
            estimate, low, high = found
            written = {"is_shown": True, "rho": estimate, "rho_interval_low": low, "rho_interval_high": high}
            written |= {"rho_low": estimate - 0.05, "rho_high": estimate + 0.05, "rho_p": 0.0123, "rho_p_holm": 0.0492}
        rows.append({"edition_year": 2026, "driver_code": driver, "project_count": 30, "outcome_count": 9, **written})
    return frame(contract("driver_association"), rows)


UP, DOWN, UNCLEAR = (0.5, 0.2, 0.7), (-0.5, -0.7, -0.2), (0.1, -0.3, 0.4)


def curve(*months: dict[str, Any]) -> pl.DataFrame:
    """`time_to_use`, a month per dict; who is not silent is heard of, with the same share in both curves."""
    zeros = ("event_count", "left_count", "censored_count", "unheard_count", "rough_count", "left_out_count")
    blank: dict[str, Any] = {"edition_year": 2026, **dict.fromkeys(zeros, 0)}
    rows = [{**blank, "month": n, **month} for n, month in enumerate(months)]
    for row in rows:
        row.setdefault("heard_count", row["at_risk_count"] - row["unheard_count"])
        if row["heard_count"] > 0:
            row.setdefault("heard_not_in_use_pct", row["not_in_use_pct"])
    return frame(contract("time_to_use"), rows)

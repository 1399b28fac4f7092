"""What makes a stated value of a benefit unusable, as findings with row, column and reason.

Belongs here: the rules that a row of `benefit_values` must keep to be computed with, each said once.
Does not belong here: the computation (`flows.py`), which gives null for a row that breaks one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import narwhals as nw

from gevinst.contracts.vocabulary import BENEFIT, BUDGET_EFFECTS, COSTS, EFFECT_KINDS, RAMP_UPS
from gevinst.method.prices import MixedBasesError, price_index

SHARES = ("attribution_pct", "deadweight_pct", "displacement_pct", "drop_off_pct")
AMOUNTS = ("low_amount", "mid_amount", "high_amount")
LONGEST_DURATION = 100
"""Years. Each effect is crossed with this many years before its own are kept (`flows.py`), and a typing error such as
2030 for a duration must not pass as one."""

_CODES = {"effect_kind_code": EFFECT_KINDS, "budget_effect_code": BUDGET_EFFECTS, "ramp_up_code": RAMP_UPS}


class _Fault(NamedTuple):
    column: str
    is_broken: nw.Expr
    reason_nb: str
    reason_en: str


def is_faulty() -> nw.Expr:
    """True for a row of `benefit_values` that must not be computed with."""
    return nw.any_horizontal([fault.is_broken for fault in _faults()], ignore_nulls=False)


def check_benefit_values(values: nw.LazyFrame[Any], kpi: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Findings on `benefit_values` (and on `kpi`): one row per fault.

    Columns `table_name`, `row_id` (`benefit_value_id`, or the year of the index), `column_name`, `value` as text,
    `reason_nb`, `reason_en`. Faults are amounts out of order, costs above zero, a duration or a ramp-up that cannot
    be, shares outside 0-100, unknown codes, rows without any amount, price years without an index, and an index
    that mixes base years. No finding means that every row can be computed with. Nothing is raised.
    """
    found = [_finding(values.filter(fault.is_broken), fault) for fault in (*_faults(), _no_amounts())]
    return nw.concat([*found, _kpi_findings(values, kpi)], how="vertical")


def _finding(rows: nw.LazyFrame[Any], fault: _Fault) -> nw.LazyFrame[Any]:
    return rows.select(
        table_name=nw.lit("benefit_values"),
        row_id=nw.col("benefit_value_id"),
        column_name=nw.lit(fault.column),
        value=nw.col(fault.column).cast(nw.String),
        reason_nb=nw.lit(fault.reason_nb),
        reason_en=nw.lit(fault.reason_en),
    )


def _faults() -> Iterator[_Fault]:
    low, mid, high = (nw.col(name) for name in AMOUNTS)
    yield _fault(
        "low_amount", (low > mid) | (low > high), "lavt anslag er over midt eller høyt.", "low is above mid or high."
    )
    yield _fault("mid_amount", mid > high, "midtanslaget er over det høye.", "mid is above high.")
    for name in AMOUNTS:
        yield _fault(
            name,
            nw.col("effect_kind_code").is_in(COSTS) & (nw.col(name) > 0),
            "ulemper og kostnader føres med minus.",
            "disbenefits and costs are entered as negative amounts.",
        )
    yield _fault(
        "high_amount",
        (nw.col("effect_kind_code") == BENEFIT) & (high < 0),
        "en nytte som er negativ også på det høyeste, er en ulempe.",
        "a benefit that is negative even at its highest is a disbenefit.",
    )
    yield from _time_faults()
    for name in SHARES:
        yield _missing_or(
            name, (nw.col(name) < 0) | (nw.col(name) > 100), "ikke i prosent 0-100.", "not per cent 0-100."
        )
    for name, codes in _CODES.items():
        listed = ", ".join(codes)
        yield _missing_or(name, ~nw.col(name).is_in(codes), f"ikke en av {listed}.", f"not one of {listed}.")


def _time_faults() -> Iterator[_Fault]:
    duration, ramp_up = nw.col("duration_years"), nw.col("ramp_up_years")
    yield _missing_or(
        "duration_years",
        (duration < 1) | (duration > LONGEST_DURATION),
        f"ikke fra 1 til {LONGEST_DURATION} år.",
        f"not from 1 to {LONGEST_DURATION} years.",
    )
    yield _missing_or("ramp_up_years", ramp_up < 0, "negativ.", "negative.")
    has_pattern = nw.col("ramp_up_code") != "none"
    yield _fault(
        "ramp_up_years",
        (has_pattern & (ramp_up == 0)) | (~has_pattern & (ramp_up > 0)),
        "innfasingen har år, men ikke form, eller form, men ikke år.",
        "the ramp-up has years and no form, or a form and no years.",
    )
    for name in ("first_year", "price_year"):
        yield _missing_or(name, nw.col(name) < 1, "ikke et år.", "not a year.")


def _no_amounts() -> _Fault:
    """Not a fault to compute with (the result is null anyway), but something to report."""
    nothing = nw.col("low_amount").is_null() & nw.col("mid_amount").is_null() & nw.col("high_amount").is_null()
    return _Fault("mid_amount", nothing, "raden har ingen beløp.", "the row has no amount.")


def _fault(column: str, is_broken: nw.Expr, nb: str, en: str) -> _Fault:
    return _Fault(column, is_broken.fill_null(False), nb, en)


def _missing_or(column: str, is_broken: nw.Expr, nb: str, en: str) -> _Fault:
    missing = nw.col(column).is_null()
    return _Fault(column, missing | is_broken.fill_null(False), f"verdien mangler eller er {nb}", f"missing or {en}")


def _kpi_findings(values: nw.LazyFrame[Any], kpi: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Price years without an index; or, when bases are mixed, every row of the index and nothing else."""
    try:
        index = price_index(kpi)
    except MixedBasesError as error:
        return kpi.select(
            table_name=nw.lit("kpi"),
            row_id=nw.col("year").cast(nw.String),
            column_name=nw.lit("base_year"),
            value=nw.col("base_year").cast(nw.String),
            reason_nb=nw.lit("indeksen blander basisår og kan ikke brukes."),
            reason_en=nw.lit(str(error)),
        )
    priced = values.filter(~nw.col("price_year").is_null())
    without = priced.join(index.select(price_year="year"), on="price_year", how="anti")
    return _finding(
        without, _fault("price_year", nw.lit(True), "året har ingen prisindeks.", "the year has no price index.")
    )

"""Answers that others have published, or that follow from a published rule, against the statistics that claim them.

PUB: the answer was seen in the document named; PUB-M: published, but inputs or answer are from memory;
DER: follows from a rule that was seen, so not independent.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import NormalDist
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from gevinst.identifiers import is_organisation_number, municipality_codes_on
from gevinst.method.agreement import cohen_kappa, krippendorff
from gevinst.method.association import holm, kendall, spearman
from gevinst.method.frames import lazy
from gevinst.method.returns import internal_rates
from gevinst.method.shares import percentage_points, share_pct, wilson_interval
from gevinst.method.time_to_use import aalen_johansen
from tests.data.published import published_cases
from tests.reference.formulas import fisher_p, printed_sum_agrees
from tests.reference.two_way_tables import suppressed_table

ROOT = Path(__file__).parents[2]
CHANGES = ROOT / "data" / "raw" / "reference" / "municipality_changes.csv"


@pytest.mark.parametrize("case", published_cases("statistics"))
def test_the_published_answer_is_reproduced(case: dict[str, str]) -> None:
    answer = ADAPTERS[case["function"]](json.loads(case["inputs"]))
    assert _close(answer, json.loads(case["expected"]), float(case["tolerance"]) + 1e-9), (answer, case["note"])


def _close(answer: Any, expected: Any, tolerance: float) -> bool:
    if isinstance(expected, dict):
        return answer.keys() == expected.keys() and all(_close(answer[k], expected[k], tolerance) for k in expected)
    if isinstance(expected, list):
        return len(answer) == len(expected) and all(
            _close(a, b, tolerance) for a, b in zip(answer, expected, strict=True)
        )
    if isinstance(expected, int | float) and not isinstance(expected, bool):
        return answer is not None and abs(answer - expected) <= tolerance
    return answer == expected


def _krippendorff(inputs: dict[str, Any]) -> dict[str, Any]:
    codes = {letter: place for place, letter in enumerate("abcde")}
    ratings = [[float("nan") if v == "." else float(codes.get(v, v)) for v in coder] for coder in inputs["coders"]]
    result = krippendorff(ratings, inputs["level"])
    return {"alpha": result.alpha, "reason": result.reason_code}


def _wilson(inputs: dict[str, Any]) -> list[float]:
    low, high = wilson_interval(nw.col("count"), nw.col("base"), inputs["confidence"])
    return list(nw.from_native(pl.DataFrame([inputs])).select(low=low, high=high).row(0))


def _spearman_reaches(inputs: dict[str, Any]) -> dict[str, Any]:
    result = spearman(range(len(inputs["y"])), inputs["y"], exact_up_to=10)
    assert result.p is not None
    return {"rho": result.estimate, "reaches": result.p <= inputs["alpha"]}


def _spearman_p(inputs: dict[str, Any]) -> dict[str, Any]:
    result = spearman(range(len(inputs["y"])), inputs["y"])
    return {"estimate": result.estimate, "p": result.p}


def _ended(months: list[int], ends: list[str]) -> pl.DataFrame:
    """Spells that ended in use, by leaving or by censoring."""
    return pl.DataFrame(
        {
            "months": months,
            "is_event": [end == "event" for end in ends],
            "is_left": [end == "left" for end in ends],
            "spell_count": [1] * len(ends),
            "is_rough": [False] * len(months),
        }
    )


def _kaplan_meier(inputs: dict[str, Any]) -> dict[str, Any]:
    months = [*inputs["events"], *inputs["censored"]]
    ends = ["event"] * len(inputs["events"]) + ["censored"] * len(inputs["censored"])
    curve = aalen_johansen(_ended(months, ends)).filter(pl.col("month").is_in(inputs["months"]))
    columns = {
        "not_in_use_pct": curve["not_in_use_pct"].to_list(),
        "low_pct": curve["not_in_use_low_pct"].to_list(),
        "high_pct": curve["not_in_use_high_pct"].to_list(),
        "at_risk": curve["at_risk_count"].to_list(),
    }
    return {name: columns[name] for name in inputs.get("asked", columns)}


def _aalen_johansen(inputs: dict[str, Any]) -> dict[str, Any]:
    """Incidence of each cause, the others competing with it; 0 is censored."""
    incidence = {}
    for cause in sorted(set(inputs["causes"]) - {0}):
        ends = ["event" if one == cause else "left" if one else "censored" for one in inputs["causes"]]
        curve = aalen_johansen(_ended(inputs["months"], ends)).filter(pl.col("month").is_in(inputs["at"]))
        incidence[str(cause)] = (1 - curve["not_in_use_pct"] / 100).to_list()
    return incidence


def _aalen_johansen_error(inputs: dict[str, Any]) -> list[float]:
    """The standard error of the incidence of one cause, from the lower bound of what is not in use."""
    ends = ["event" if one == inputs["cause"] else "left" if one else "censored" for one in inputs["causes"]]
    curve = aalen_johansen(_ended(inputs["months"], ends)).filter(pl.col("month").is_in(inputs["at"]))
    share, low = curve["not_in_use_pct"] / 100, curve["not_in_use_low_pct"] / 100
    half = (low.log() / share.log()).log()
    return (half / NormalDist().inv_cdf(0.975) * share * share.log().abs()).to_list()


def _ranked(inputs: dict[str, Any], what: str) -> dict[str, Any]:
    both = {"rho": spearman(inputs["x"], inputs["y"]), "tau": kendall(inputs["x"], inputs["y"])}
    return {name: getattr(found, what) for name, found in both.items()}


def _internal_rates(inputs: dict[str, Any]) -> dict[str, Any]:
    amounts = inputs["flows"]
    stream = pl.DataFrame(
        {
            "project_id": ["p"] * len(amounts),
            "scenario_code": ["expected"] * len(amounts),
            "year": range(len(amounts)),
            "total_amount": [float(amount) for amount in amounts],
        }
    )
    found = internal_rates(stream)
    return {"rates": found["rate_pct"].to_list(), "several": found["has_several_roots"].unique().to_list()}


def _suppressed(inputs: dict[str, Any]) -> list[list[str]]:
    """The labels of what is hidden; no label is a total."""
    cells = pl.DataFrame(inputs["cells"], schema=["row", "column", "n"], orient="row")
    structural = [(row, column) for row, column in inputs["structural"]]
    table = suppressed_table(cells, "row", "column", "n", inputs["k"], structural=structural)
    return sorted([row or "total", column or "total"] for row, column, _, hidden in table.iter_rows() if hidden)


def _municipality_codes(inputs: dict[str, Any]) -> list[str | None]:
    changes = pl.read_csv(CHANGES, infer_schema_length=0).with_columns(pl.col("changed_on").str.to_date())
    codes = pl.DataFrame({"municipality_code": [inputs["code"]], "valid_on": [date.fromisoformat(inputs["valid_on"])]})
    answers: list[str | None] = []
    for on in inputs["on"]:
        row = municipality_codes_on(codes, changes, date.fromisoformat(on)).row(0, named=True)
        flag = next((name for name in ("split", "backwards") if row[f"is_{name}"]), None)
        assert (row["code_then"] is None) is (flag is not None)
        answers.append(flag or row["code_then"])
    return answers


def _one(inputs: dict[str, float], expression: nw.Expr) -> float:
    return nw.from_native(pl.DataFrame([inputs])).select(value=expression).item()


def _published_total(inputs: dict[str, Any]) -> float:
    parts = pl.DataFrame({"total_id": "t", "value": [float(part) for part in inputs["parts"]]})
    printed = pl.DataFrame({"total_id": ["t"], "printed_value": [0.0], "tolerance": [0.0]})
    return printed_sum_agrees(lazy(parts), lazy(printed)).collect("polars").to_native()["computed_value"].item()


ADAPTERS: dict[str, Callable[[Any], Any]] = {
    "krippendorff": _krippendorff,
    "cohen_kappa": lambda inputs: cohen_kappa(inputs["table"]),
    "spearman_reaches": _spearman_reaches,
    "spearman_p": _spearman_p,
    "fisher_p": lambda inputs: list(fisher_p(inputs["table"]) or ()),
    "share_pct": lambda inputs: _one(inputs, share_pct("count", "base")),
    "percentage_points": lambda inputs: _one(inputs, percentage_points("earlier", "later")),
    "wilson_interval": _wilson,
    "kaplan_meier": _kaplan_meier,
    "aalen_johansen": _aalen_johansen,
    "aalen_johansen_error": _aalen_johansen_error,
    "spearman_kendall": lambda inputs: _ranked(inputs, "estimate"),
    "spearman_kendall_p": lambda inputs: _ranked(inputs, "p"),
    "holm": holm,
    "internal_rates": _internal_rates,
    "suppressed_table": _suppressed,
    "organisation_numbers": lambda numbers: (
        pl.DataFrame({"number": numbers}).select(is_organisation_number("number")).to_series().to_list()
    ),
    "municipality_codes": _municipality_codes,
    "published_total": _published_total,
}

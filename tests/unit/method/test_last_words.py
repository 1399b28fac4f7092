"""The last word of each project: the latest by what it is about, and how old it is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gevinst.contracts import contract
from gevinst.contracts.vocabulary import ACHIEVED
from tests.data.marts import mart_of
from tests.data.small_edition import frame

Row = dict[str, Any]
YEAR = 2026


def word(
    status_on: date | None = None, claims: tuple[Row, ...] = (), measured_on: date | None = None, **own: Any
) -> Row:
    """The last word of a project that was awarded funding in 2019."""
    seat = {"edition_year": YEAR, "project_id": "p"}
    trail = [
        {**seat, "benefit_claim_id": f"c{n}", "benefit_id": "b", "evidence_code": one["evidence_code"]}
        for n, one in enumerate(claims)
    ]
    about = [
        {"benefit_claim_id": f"c{n}", "about_on": one["on"], "about_precision": one.get("precision", "day")}
        for n, one in enumerate(claims)
    ]
    measured = {**seat, "benefit_plan_id": "plan", "benefit_measurement_id": "m", "benefit_id": "b", "is_newest": True}
    award = {"round_id": "r", "awarded_on": date(2019, 6, 1), "awarded_precision": "day"}
    (row,) = mart_of(
        "last_words",
        project_status=frame(
            contract("project_status"),
            [{**seat, "round_id": "r", "status_on": status_on, "status_precision": "day", **own}],
        ),
        rounds=frame(contract("rounds"), [award]),
        benefit_trail=frame(contract("benefit_trail"), trail),
        benefit_claims=frame(contract("benefit_claims"), about),
        planned_realised=frame(
            contract("planned_realised"),
            [{**measured, "measured_on": measured_on, "measured_precision": "day"}] if measured_on else [],
        ),
    ).to_dicts()
    return row


def achieved(on: date, evidence: str = ACHIEVED[0], **own: Any) -> Row:
    return {"on": on, "evidence_code": evidence, **own}


@pytest.mark.parametrize(
    ("said", "kind", "on"),
    [
        ({}, "award", date(2019, 6, 1)),
        ({"status_on": date(2019, 5, 1)}, "status", date(2019, 5, 1)),
        ({"status_on": date(2021, 1, 1), "claims": (achieved(date(2022, 1, 1)),)}, "claim", date(2022, 1, 1)),
        ({"status_on": date(2022, 1, 1), "claims": (achieved(date(2022, 1, 1)),)}, "status", date(2022, 1, 1)),
        (
            {"status_on": date(2021, 1, 1), "claims": (achieved(date(2025, 1, 1), "forventet"),)},
            "status",
            date(2021, 1, 1),
        ),
        ({"status_on": date(2021, 1, 1), "measured_on": date(2023, 1, 1)}, "measurement", date(2023, 1, 1)),
    ],
)
def test_the_last_word_is_the_latest_by_what_it_is_about_and_no_expectation(said, kind, on) -> None:
    row = word(**said)
    assert (row["last_word_code"], row["last_word_on"]) == (kind, on)


def test_a_word_about_the_year_that_still_runs_is_as_new_as_can_be_and_none_is_of_the_future() -> None:
    row = word(claims=(achieved(date(2026, 1, 1), precision="year"),))
    assert (row["last_word_code"], row["months_since_last_word"], row["years_since_last_word"]) == ("claim", 0, 0)


@pytest.mark.parametrize(
    ("on", "months", "years"),
    [
        (date(2024, 11, 22), 24, 2),
        (date(2024, 11, 23), 23, 1),
        (date(2024, 12, 1), 23, 1),
        (date(2024, 10, 30), 24, 2),
    ],
)
def test_ages_are_in_whole_months_and_whole_years(on, months, years) -> None:
    row = word(status_on=on)
    assert (row["months_since_last_word"], row["years_since_last_word"]) == (months, years)

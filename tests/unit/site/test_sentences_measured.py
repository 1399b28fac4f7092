"""Headings of what was planned, measured and reported by the projects themselves: none, one, many and all."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from gevinst.contracts import contract
from gevinst.language.texts import Catalogue
from gevinst.site.sentences import benefits as sentences
from tests.data.marts import projects_known, row_of
from tests.data.small_edition import frame

NB = Catalogue("nb")
Row = dict[str, Any]


def counted(total: int = 0, **inputs: pl.DataFrame) -> Row:
    """The row of `benefit_headlines` of an edition with `total` projects."""
    return row_of("benefit_headlines", project_status=projects_known(total), **inputs)


def trail(*rows: tuple[str, str, str]) -> pl.DataFrame:
    """`benefit_trail` from (benefit, modality, evidence), all of one project and for one beneficiary."""
    return frame(
        contract("benefit_trail"),
        [
            {
                "edition_year": 2026,
                "benefit_claim_id": f"c{number}",
                "project_id": "p",
                "benefit_code": benefit,
                "beneficiary_code": "ansatte",
                "is_gain": benefit != "general_potential",
                "modality_code": modality,
                "evidence_code": level,
            }
            for number, (benefit, modality, level) in enumerate(rows)
        ],
    )


def measurements(*rows: tuple[float | None, str | None]) -> pl.DataFrame:
    """`planned_realised` from (target, outcome)."""
    return frame(
        contract("planned_realised"),
        [
            {
                "edition_year": 2026,
                "benefit_measurement_id": f"m{number}",
                "target_value": target,
                "measurement_outcome_code": outcome,
                "is_newest": True,
            }
            for number, (target, outcome) in enumerate(rows)
        ],
    )


def unmeasured(*rows: tuple[bool, bool]) -> pl.DataFrame:
    """`unmeasured_benefits` from (has a plan, is overdue)."""
    return frame(
        contract("unmeasured_benefits"),
        [
            {
                "edition_year": 2026,
                "benefit_claim_id": f"c{number}",
                "next_measurement_on": date(2025, 1, 1) if planned else None,
                "is_overdue": overdue,
            }
            for number, (planned, overdue) in enumerate(rows)
        ],
    )


def test_a_benefit_with_a_goal_counts_once_however_many_claims_there_are() -> None:
    rows = trail(
        ("time_saved_staff", "goal", "forventet"),
        ("time_saved_staff", "goal", "forventet"),
        ("time_saved_staff", "realised_self_reported", "oppgitt"),
        ("environment", "goal", "forventet"),
        ("prevention", "potential_asserted", "forventet"),
        ("service_quality", "measured", "dokumentert"),
    )
    found = counted(benefit_trail=rows)
    assert (found["goal_count"], found["achieved_goal_count"]) == (2, 1)


@pytest.mark.parametrize(
    ("reported", "nb"),
    [
        (0, "Ingen av 2 gevinster med et uttalt mål er oppgitt eller dokumentert som oppnådd"),
        (1, "Én av 2 gevinster med et uttalt mål er oppgitt eller dokumentert som oppnådd"),
        (2, "To av 2 gevinster med et uttalt mål er oppgitt eller dokumentert som oppnådd"),
    ],
)
def test_plans_are_headed_by_how_many_goals_are_said_to_be_reached(reported, nb) -> None:
    goals = ("time_saved_staff", "environment")
    achieved = [(goal, "realised_self_reported", "oppgitt") for goal in goals[:reported]]
    rows = trail(*((goal, "goal", "forventet") for goal in goals), *achieved)
    assert sentences.plans_heading(counted(benefit_trail=rows), NB) == nb


def test_without_a_goal_nothing_is_said_to_be_reached() -> None:
    rows = trail(("environment", "potential_asserted", "forventet"))
    assert sentences.plans_heading(counted(benefit_trail=rows), NB) == "Ingen gevinst har et uttalt mål"


@pytest.mark.parametrize(
    ("rows", "nb"),
    [
        ((), "Ingen måling er kjent"),
        (((None, "better"),), "Én måling er kjent, og ingen har et mål å sammenligne med"),
        (((5.0, "better"),), "Én måling er kjent, én har et mål å sammenligne med, og ingen nådde det"),
        (
            ((5.0, "reached"), (5.0, "worse"), (None, None)),
            "Tre målinger er kjent, to har et mål å sammenligne med, og én nådde det",
        ),
    ],
)
def test_measurements_are_headed_by_targets_and_whether_they_were_reached(rows, nb) -> None:
    assert sentences.measurements_heading(counted(planned_realised=measurements(*rows)), NB) == nb


@pytest.mark.parametrize(
    ("rows", "nb"),
    [
        ((), "Alle gevinster er målt eller bekreftet"),
        (((False, False),), "Én gevinst er ikke målt mot et nullpunkt, og ingen plan sier når det skal måles"),
        (
            ((True, False), (False, False)),
            "To gevinstutsagn er ikke målt mot et nullpunkt, og ingen av dem skulle ha vært målt ennå",
        ),
        (
            ((True, True), (True, False)),
            "To gevinstutsagn er ikke målt mot et nullpunkt, og én av dem skulle ha vært målt nå",
        ),
    ],
)
def test_what_is_not_measured_is_headed_by_plans_and_what_is_overdue(rows, nb) -> None:
    assert sentences.unmeasured_heading(counted(unmeasured_benefits=unmeasured(*rows)), NB) == nb


@pytest.mark.parametrize(
    ("counts", "nb"),
    [
        ((), "Ingen gevinst er oppgitt eller dokumentert som oppnådd"),
        (((3, 0),), "Ingen av 3 utsagn om noe oppnådd hviler bare på deltakernes egen rapport"),
        (((3, 1), (2, 0)), "Ett av 5 utsagn om noe oppnådd hviler bare på deltakernes egen rapport"),
        (((3, 3), (2, 1)), "Fire av 5 utsagn om noe oppnådd hviler bare på deltakernes egen rapport"),
    ],
)
def test_self_report_is_headed_by_how_much_rests_on_it(counts, nb) -> None:
    rows = [{"edition_year": 2026, "achieved_count": n, "self_reported_count": own} for n, own in counts]
    found = counted(self_report_share=frame(contract("self_report_share"), rows))
    assert sentences.self_report_heading(found, NB) == nb
